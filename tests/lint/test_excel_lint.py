"""A golden case for every finding about addresses, values and formats in workbooks, from lint and from rendering."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.table import Table

from generator.diagnostics import Diagnostic, Invalid
from generator.excel.template import ExcelTemplate
from generator.lint import lint_template
from generator.standard import load_standard
from tests.excel.feature_workbook import read_parts, write_parts
from tests.support.golden import check_every_code, check_golden

CASES = Path(__file__).parents[1] / "cases" / "excel_addresses"
STANDARD = """
standard: 样本-2023
title: 样本
issuer: 某局
fiscal_year: 2023
version: 1.0.0
types:
  指标:
    key: 名称
    fields: {名称: text, 得分: score}
fields:
  年度: year
  资金:
    fields: {预算数: money, 执行数: money, 执行率: percent = 执行数 / 预算数}
  指标: list of 指标
"""
LOOP = {"A2": "{%tr for 项 in 指标 %}", "A3": "{{ 项.名称 }}", "B3": "{{ 项.得分 }}", "A4": "{%tr endfor %}"}


def made(cells: dict[str, Any], *, sheets: dict[str, dict[str, Any]] | None = None, **formats: str) -> Any:
    """A workbook with cells on its sheet `表`; number formats by address."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, content in {"表": cells, **(sheets or {})}.items():
        sheet = book.create_sheet(title)
        for address, value in content.items():
            sheet[address] = value
            sheet[address].number_format = formats.get(address, "General")
    return book


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def linted(content: bytes) -> list[Diagnostic]:
    """What lint finds in a template of the sample standard."""
    Path("standards").mkdir(exist_ok=True)
    Path("standards/样本-2023.yaml").write_text(STANDARD, "utf-8")
    Path("模板.xlsx").write_bytes(content)
    return lint_template("模板.xlsx", load_standard("standards/样本-2023.yaml"))


def rendered(content: bytes, context: dict[str, Any]) -> list[Diagnostic]:
    """What rendering finds."""
    Path("模板.xlsx").write_bytes(content)
    with pytest.raises(Invalid) as caught:
        ExcelTemplate("模板.xlsx").render(context)
    return [finding for finding in caught.value.diagnostics if finding.severity == "error"]


def notes(content: bytes, context: dict[str, Any]) -> list[Diagnostic]:
    return ExcelTemplate(content).render_with_notes(context)[1]


def items(count: int) -> dict[str, Any]:
    return {"指标": [{"名称": f"指标{number}", "得分": number} for number in range(count)]}


def tabled(ref: str, header: str = "B1") -> bytes:
    book = made({"A1": "名称", "B1": "得分", **LOOP})
    book["表"].add_table(Table(displayName="表1", ref=ref))
    return saved(book)


def with_part(content: bytes, name: str, old: str, new: str) -> bytes:
    parts = read_parts(content)
    parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    return write_parts(parts)


def what_if() -> bytes:
    content = saved(made({**LOOP, "A6": "合计"}))
    element = '<scenarios><scenario name="s" count="1"><inputCells r="A6" val="1"/></scenario></scenarios>'
    return with_part(content, "xl/worksheets/sheet1.xml", "</sheetData>", "</sheetData>" + element)


def columns_in_table() -> bytes:
    book = made(
        {"A1": "名称", "B1": "{%tc for 项 in 指标 %}", "C1": "得分", "D1": "{%tc endfor %}", "E1": "合计", "A2": 1}
    )
    book["表"].add_table(Table(displayName="表1", ref="A1:E2"))
    return saved(book)


def headed() -> bytes:
    book = made({"A1": "{{ 甲 }}", "B1": "{{ 乙 }}", "C1": "{{ 丙 }}", "A2": 1})
    book["表"].add_table(Table(displayName="表1", ref="A1:C2"))
    return saved(book)


def chosen() -> bytes:
    from openpyxl.worksheet.datavalidation import DataValidation

    book = made({"A1": "名称"})
    rule = DataValidation(type="list", formula1='"{{ 甲 }},良"')
    rule.add("B1:B9")
    book["表"].add_data_validation(rule)
    return saved(book)


def table_in_loop() -> bytes:
    book = made({"A1": "{%tr for 项 in 指标 %}", "A2": "名称", "A3": "{{ 项.名称 }}", "A4": "{%tr endfor %}"})
    book["表"].add_table(Table(displayName="表1", ref="A2:A3"))
    return saved(book)


def sheets(*, apart: bool = False) -> tuple[bytes, dict[str, Any]]:
    own = {"A1": "{%sheet for 项 in 指标 %}", "B1": "{%sheet name 项.名称 %}", "A2": "{%tr for x in 项.行 %}", "A3": 1}
    own |= {"A4": "{%tr endfor %}", "A5": "合计"}
    content = saved(made({"A1": "=分表!A5*2"}, sheets={"分表": own}))
    return content, {"指标": [{"名称": "甲", "行": [1]}, {"名称": "乙", "行": [1, 2]}]}


def apart() -> list[Diagnostic]:
    """No template makes such a layout today; the rule is held all the same."""
    from generator.excel.follow.formulas import Frame, rewrite
    from generator.excel.follow.layout import AxisLayout, Origin
    from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
    from generator.ooxml.addresses import MAX_COLUMNS
    from generator.ooxml.cut_formulas import parse_formula

    still = AxisLayout.unmoved(), AxisLayout.unmoved(MAX_COLUMNS)
    one, other = (SheetLayout("分表", name, *still, loop="l", index=index) for index, name in enumerate("甲乙"))
    total = SheetLayout("表", "表", *still)
    frame = Frame(WorkbookLayout((one, total, other)), total)
    rewrite(parse_formula("分表!A5*2"), frame, Origin(1, ()), Origin(1, ()))
    return frame.findings


def groups(total: str) -> bytes:
    """Groups with rows and a subtotal each, and a total below."""
    cells = {
        "A1": "{%tr for 组 in 指标 %}",
        "A2": "{%tr for x in 组.行 %}",
        "A3": "{{ x }}",
        "B3": 1,
        "A4": "{%tr endfor %}",
    }
    return saved(made({**cells, "A5": "小计", "B5": "=SUM(B3)", "A6": "{%tr endfor %}", "A7": "合计", "B7": total}))


def rule_of_many() -> list[Diagnostic]:
    from openpyxl.formatting.rule import FormulaRule

    cells = {"A1": "{%tr for 项 in 指标 %}", "A2": "{{ 项.名称 }}", "A3": "{%tr for x in 项.行 %}", "A4": "{{ x }}"}
    book = made({**cells, "A5": "{%tr endfor %}", "A6": "{%tr endfor %}"})
    book["表"].conditional_formatting.add("A2", FormulaRule(formula=["$A$2>SUM($A$4:$A$4)"]))
    return rendered(saved(book), {"指标": [{"名称": "甲", "行": range(index % 3 + 1)} for index in range(2100)]})


def chart_of_sheets() -> bytes:
    """A chart on a sheet of its own, of a cell on each sheet of a list."""
    book = made({"A1": "图"})
    sheet = book.create_sheet("分表")
    sheet["A1"], sheet["B2"] = "{%sheet for 项 in 项目 %}{%sheet name 项.名称 %}", 5
    chart = BarChart()
    chart.add_data(Reference(sheet, range_string="分表!$B$2"))
    book["表"].add_chart(chart, "C1")
    return saved(book)


MADE: dict[str, Callable[[], list[Diagnostic]]] = {
    "excel-sheets-apart": apart,
    "excel-sheets-differ": lambda: rendered(*sheets()),
    "excel-cannot-follow": lambda: linted(what_if()),
    "excel-rule-differs": rule_of_many,
    "excel-control-row-referenced": lambda: linted(saved(made({**LOOP, "A6": "=B2+1"}))),
    "excel-chart-sheets": lambda: rendered(chart_of_sheets(), {"项目": [{"名称": name} for name in "甲乙"]}),
    "excel-control-row-meant": lambda: linted(saved(made({**LOOP, "B5": "=B4"}))),
    "excel-rows-apart": lambda: rendered(groups("=VLOOKUP(1,A3:B3,2,FALSE)"), {"指标": [{"行": [1]}] * 2}),
    "excel-formula-too-long": lambda: rendered(groups("=SUM(B3)"), {"指标": [{"行": [1, 2]}] * 1000}),
    "excel-table-repeated": lambda: rendered(table_in_loop(), items(3)),
    "excel-table-header": lambda: rendered(headed(), {"甲": 2024, "乙": 2024, "丙": None}),
    "excel-rule-text-too-long": lambda: rendered(chosen(), {"甲": "优" * 300}),
    "excel-table-columns": lambda: rendered(columns_in_table(), items(2)),
    "excel-table-empty": lambda: [*linted(tabled("A1:B4")), *rendered(tabled("A1:B4"), items(0))],
    "excel-formula-unreadable": lambda: linted(saved(made({"A1": "=SUM(B1", "B1": "{{ 年度 }}"}))),
    "excel-formula-cell-of-loop": lambda: linted(saved(made({**LOOP, "A6": "=B3*2", "A7": "=SUM(B3)"}))),
    "excel-not-computed": lambda: linted(saved(made({"A1": "=TODAY()", "A2": "=自定义(A1)", "B1": "{{ 年度 }}"}))),
    "excel-not-computed-more": lambda: [
        note
        for note in notes(saved(made({**LOOP, "C3": "=NOW()"})), items(25))
        if note.code == "excel-not-computed-more"
    ],
    "lint-percent-format": lambda: linted(
        saved(made({"A1": "{{ 资金.执行率 }}", "A2": "{{ 资金.执行率 }}", "A3": "率{{ 资金.执行率 }}"}, A2="0.00%"))
    ),
}


@pytest.mark.parametrize("code", sorted(MADE))
def it_says_what_is_wrong(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    findings = MADE[code]()
    assert {finding.code for finding in findings} == {code}
    check_golden(CASES / code, findings, request.config.getoption("--update-golden"))


def it_finds_all_in_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = {"A1": "（请在此处填写标题）", "B1": "{{ 资金.执行率 }}%", "C1": "{{ 资金.无 }}", "D1": "{{ 资金.执行率 }}"}
    content = saved(made({**cells, **LOOP, "A6": "=B3*2", "A7": "=RAND()", "B7": "{{ 指标 }}"}))
    found = {(finding.code, str(finding.as_json()["place"])) for finding in linted(content)}
    assert found == {
        ("lint-guidance-left", "表!A1"),
        ("lint-unit-doubled", "表!B1"),
        ("lint-unknown-path", "表!C1"),
        ("lint-percent-format", "表!D1"),
        ("lint-list-printed", "表!B7"),
        ("excel-formula-cell-of-loop", "表!A6"),
        ("excel-not-computed", "表!A7"),
    }


def it_finds_nothing_in_a_sound_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = {"A1": "{{ 年度 }}年", "B1": "{{ 资金.执行率 }}", "C1": "{{ 资金.预算数 }}万元", "D1": "{{ 资金.执行数 }}"}
    assert linted(saved(made({**cells, **LOOP, "B6": "=SUM(B3:B3)"}, B1="0.00%"))) == []


def charted(rows: list[list[Any]], chart: str = "A2:B3") -> bytes:
    """A worksheet with a chart of some of its cells."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        first, last = chart.split(":")
        drawn = book.add_chart({"type": "column"})
        drawn.add_series(
            {
                "categories": f"=表!$A${first[1:]}:$A${last[1:]}",
                "values": f"=表!$B${first[1:]}:$B${last[1:]}",
            }
        )
        sheet.insert_chart("D2", drawn)
    return buffer.getvalue()


def it_tells_a_chart_whose_cells_nothing_feeds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    typed = charted([["{{ 年度 }}", ""], ["人员", 12], ["公用", 3]])
    found = [one for one in linted(typed) if one.code == "lint-chart-unfed"]
    assert [one.location.place.zh for one in found if one.location.place] == ["表!D2"]
    for rows in (
        [["科目"], ["人员", "{{ 资金.预算数 }}"], ["公用", 3]],
        [["{{ 资金.预算数 }}"], ["人员", "=A1*2"], ["公用", 3]],
    ):
        assert "lint-chart-unfed" not in [one.code for one in linted(charted(rows))]


def it_has_a_case_for_every_code():
    check_every_code(MADE, "excel_addresses")
