"""What follows moved rows in a workbook made by openpyxl: everything that holds an address, and values of formulas."""

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.excel.feature_workbook import read_parts, write_parts

ROWS = [
    ["标题 {{ 标题 }}"],
    ["名称", "数量", "单价", "金额"],
    ["{%tr for r in rows %}"],
    ["{{ r.n }}", "{{ r.a }}", "{{ r.b }}", "=ROUND(B4*C4,2)"],
    ["{%tr endfor %}"],
    ["合计", "=SUM(B4:B4)", None, "=SUM(D4:D4)"],
    ["平均", "=IFERROR(AVERAGE(B4:B4),0)", "=TODAY()", "=C7+1"],
    ["累计", "=SUM(D$4:D4)"],
]


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "自评表"
    for row in ROWS:
        sheet.append(row)
    sheet["C8"] = ArrayFormula("C8", "=SUM(B4:B4*C4:C4)")
    other = book.create_sheet("汇 总")
    formulas = ["=自评表!D6", '=VLOOKUP("乙",自评表!A4:D4,4,FALSE)', "=总额*2", "=SUM(自评表!B:B)", "=SUM(自评表!4:4)"]
    for number, formula in enumerate(formulas, 1):
        other.cell(number, 1, formula)
    book.defined_names["总额"] = DefinedName("总额", attr_text="自评表!$D$6")
    other.defined_names["本地"] = DefinedName("本地", attr_text="自评表!$A$4:$D$4")
    sheet.conditional_formatting.add("B4:B4", FormulaRule(formula=["$B4>$B$6/2"]))
    sheet.conditional_formatting.add("D6", CellIsRule(operator="greaterThan", formula=["$D$2"]))
    validation = DataValidation(type="list", formula1="$A$6:$A$7")
    validation.add("A4")
    sheet.add_data_validation(validation)
    sheet["B4"].comment = Comment("注", "甲")
    sheet["D6"].comment = Comment("合计注", "甲")
    sheet.freeze_panes = "B3"
    sheet.auto_filter.ref = "A2:D4"
    sheet.print_area = "A1:D7"
    sheet.print_title_rows = "2:2"
    sheet.row_breaks.append(Break(6))
    sheet["A6"].hyperlink = Hyperlink(ref="A6", location="自评表!A6")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=4, max_row=4))
    chart.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=4))
    sheet.add_chart(chart, "F6")
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def template() -> ExcelTemplate:
    return ExcelTemplate(saved(workbook()))


def context(count: int):
    return {"标题": "石峰", "rows": [{"n": "甲乙丙丁戊"[i % 5], "a": i + 1, "b": 2.5} for i in range(count)]}


def rendered(template: ExcelTemplate, count: int, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template.render(context(count))), data_only=values)


def it_moves_formulas_and_keeps_their_values(template):
    sheet = rendered(template, 3)["自评表"]
    assert [cell.value for cell in sheet[4]] == ["乙", 2, 2.5, "=ROUND(B4*C4,2)"]
    assert [cell.value for cell in sheet[6]] == ["合计", "=SUM(B3:B5)", None, "=SUM(D3:D5)"]
    assert sheet["C8"].value.text == "=SUM(B3:B5*C3:C5)"
    sheet = rendered(template, 3, values=True)["自评表"]
    assert [[cell.value for cell in row] for row in sheet["A3:D8"]] == [
        ["甲", 1, 2.5, 2.5],
        ["乙", 2, 2.5, 5],
        ["丙", 3, 2.5, 7.5],
        ["合计", 6, None, 15],
        ["平均", 2, None, None],  # TODAY() and what depends on it
        ["累计", 15, 15, None],
    ]


@pytest.mark.parametrize(
    ("count", "formulas", "values"),
    [
        (0, ["=自评表!D3", '=VLOOKUP("乙",自评表!A1048576:D1048576,4,FALSE)', "=总额*2"], [0, "#N/A", 0, 0, 0]),
        (1, ["=自评表!D4", '=VLOOKUP("乙",自评表!A3:D3,4,FALSE)', "=总额*2"], [2.5, "#N/A", 5, 5.5, 6]),
        (5, ["=自评表!D8", '=VLOOKUP("乙",自评表!A3:D7,4,FALSE)', "=总额*2"], [37.5, 5, 75, 70.5, 65]),
    ],
)
def it_follows_on_a_sheet_without_tags(template, count, formulas, values):
    assert [cell.value for cell in rendered(template, count)["汇 总"]["A"]][:3] == formulas
    assert [cell.value for cell in rendered(template, count, values=True)["汇 总"]["A"]] == values


def it_moves_formats_validations_comments_links_breaks_panes_and_filters(template):
    sheet: Any = rendered(template, 3)["自评表"]
    rules = {
        str(ranges.sqref): [rule.formula for rule in found]
        for ranges, found in sheet.conditional_formatting._cf_rules.items()
    }
    assert rules == {"B3:B5": [["$B3>$B$6/2"]], "D6": [["$D$2"]]}
    assert [(str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation] == [
        ("A3:A5", "$A$6:$A$7")
    ]
    comments = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert comments == {"B3": "注", "B4": "注", "B5": "注", "D6": "合计注"}
    assert sheet["A6"].hyperlink.location == "自评表!A6"
    assert [mark.id for mark in sheet.row_breaks.brk] == [6]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions) == ("B3", "A2:D5", "A1:D8")
    assert (sheet.print_area, sheet.print_title_rows) == ("'自评表'!$A$1:$D$7", "$2:$2")


def it_moves_names_and_charts_with_what_the_chart_shows(template):
    book = rendered(template, 4)
    assert book.defined_names["总额"].attr_text == "自评表!$D$7"
    assert book["汇 总"].defined_names["本地"].attr_text == "自评表!$A$3:$D$6"
    shown: Any = book["自评表"]
    chart = shown._charts[0]
    series = chart.series[0]
    assert (chart.anchor._from.row, chart.anchor._from.col) == (6, 5)
    assert series.val.numRef.f == "自评表!$B$3:$B$6"
    assert [float(point.v) for point in series.val.numRef.numCache.pt] == [1.0, 2.0, 3.0, 4.0]


def it_leaves_nothing_at_a_wrong_place_after_an_empty_loop(template):
    content = template.render(context(0))
    parts = {name: data for name, data in parts_of(content).items() if name.endswith((".xml", ".vml"))}
    assert not [name for name, data in parts.items() if b"#REF!" in data]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["自评表"]
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"D3"}
    assert len(sheet.data_validations.dataValidation) == 0
    assert sheet.auto_filter.ref == "A2:D2"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def it_marks_the_workbook_for_recalculation_and_says_which_cells_have_no_value():
    content = ExcelTemplate(saved(workbook())).render(context(2))
    assert re.search(rb'<calcPr[^>]*fullCalcOnLoad="1"', parts_of(content)["xl/workbook.xml"])
    book = workbook()
    for address in ("C7", "D7"):
        book["自评表"][address] = None
    book.calculation.fullCalcOnLoad = None
    content = ExcelTemplate(saved(book)).render(context(2))
    assert b"fullCalcOnLoad" not in parts_of(content)["xl/workbook.xml"]


def it_repeats_the_boxes_of_comments(template):
    parts = parts_of(template.render(context(3)))
    vml = b"".join(data for name, data in parts.items() if name.endswith(".vml"))
    rows = [int(number) for number in re.findall(rb"<\w+:Row>(\d+)</", vml)]
    assert sorted(rows) == [2, 3, 4, 5]
    identifiers = re.findall(rb'<\w+:shape\s[^>]* id="([^"]+)"', vml)
    assert len(identifiers) == len(set(identifiers)) == 4


def it_gives_the_same_bytes_every_time(template):
    assert template.render(context(3)) == template.render(context(3))


def it_refuses_what_cannot_follow_with_its_place():
    content = parts_of(saved(workbook()))
    sheet = content["xl/worksheets/sheet1.xml"]
    content["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"<autoFilter",
        b'<scenarios><scenario name="s" count="1"><inputCells r="B6" val="1"/></scenario></scenarios><autoFilter',
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    template = ExcelTemplate(stream.getvalue())
    template.render(context(3))  # two control rows go, two more rows come: the cell stays
    with pytest.raises(InvalidTemplate) as refused:
        template.render(context(5))
    errors = [found.as_json() for found in refused.value.diagnostics if found.severity == "error"]
    assert [(found["code"], found["place"]) for found in errors] == [("excel-cannot-follow", "自评表!B6")]


def it_gives_the_cells_of_a_what_if_table_no_value_and_none_that_read_them():
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    cells = {"A1": "{%tr for r in rows %}", "A2": "{{ r }}", "A3": "{%tr endfor %}", "A4": "=SUM(A2)", "K6": 1}
    for address, value in {**cells, "M8": 1, "M9": 2, "N7": "=A4*K6", "N9": 99, "P8": "=N9*2"}.items():
        sheet[address] = value
    sheet["N8"] = DataTableFormula(ref="N8:N9", r1="K6")
    stream = io.BytesIO()
    book.save(stream)
    rendered = ExcelTemplate(stream.getvalue()).render_with_notes({"rows": [1, 2, 3, 4]})
    sheet = openpyxl.load_workbook(io.BytesIO(rendered.content), data_only=True).worksheets[0]
    assert [sheet[cell].value for cell in ("A5", "N8", "N9", "N10", "P9")] == [10, 10, None, None, None]
    moved = openpyxl.load_workbook(io.BytesIO(rendered.content)).worksheets[0]
    table: Any = moved["N9"].value
    assert (table.ref, table.r1) == ("N9:N10", "K7")
    assert any("TABLE(K7)" in str(note.message) for note in rendered.notes)


@pytest.mark.parametrize(
    ("ref", "sheet", "expected"), [("A7:B8", None, "A8:B9"), ("A2:A2", "一", "A1:A4"), ("A2:A4", None, "A1:A5")]
)
def it_lets_a_consolidation_follow_its_ranges(ref, sheet, expected):
    content = _consolidated(ref, sheet)
    assert f'ref="{expected}"' in content


def it_refuses_a_consolidation_of_a_row_that_vanishes():
    with pytest.raises(InvalidTemplate) as caught:
        _consolidated("A1:A1", None)
    assert [found.location.anchor for found in caught.value.diagnostics] == [{"sheet": "一"}]


def _consolidated(ref: str, sheet: str | None) -> str:
    """The element of a rendered sheet that adds up a range."""
    book = openpyxl.Workbook()
    first: Any = book.worksheets[0]
    first.title = "一"
    cells = {"A1": "{%tr for r in rows %}", "A2": "{{ r }}", "A3": "{%tr endfor %}", "A4": "=SUM(A2)", "A7": 1, "B8": 2}
    for address, value in cells.items():
        first[address] = value
    stream = io.BytesIO()
    book.save(stream)
    parts = read_parts(stream.getvalue())
    named = f' sheet="{sheet}"' if sheet else ""
    element = f'<dataConsolidate><dataRefs count="1"><dataRef ref="{ref}"{named}/></dataRefs></dataConsolidate>'
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + element.encode())
    return read_parts(ExcelTemplate(write_parts(parts)).render({"rows": [1, 2, 3, 4]}))[name].decode()
