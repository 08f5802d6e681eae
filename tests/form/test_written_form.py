"""What a form holds, cell by cell: values, formulas, rules of input, what may be typed where, how it prints.

The listing is a golden file: `pytest --update-golden` writes it anew; read the difference before you keep it.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator import Standard
from generator.form.forms import blank_form, form_of
from generator.source import Map, Scalar, read_source
from generator.standard import load_standard

ROOT = Path(__file__).parents[2]
CASE = Path(__file__).parents[1] / "cases" / "form-written"


@pytest.fixture(scope="module")
def content() -> bytes:
    return form_of(CASE / "data.yaml", load_standard(str(CASE / "case.yaml"))).content


def _cells(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value not in (None, "") or not cell.protection.locked:
                look = [cell.number_format] if cell.number_format != "General" else []
                look += ["open"] if not cell.protection.locked else []
                look += ["bold"] if cell.font.b else []
                look += [f"{cell.font.sz:g}pt"] if cell.font.sz not in (10, 10.5, 11) else []
                look += [f"fill {cell.fill.fgColor.rgb}"] if cell.fill.fill_type else []
                look += [f"to {cell.hyperlink.location}"] if cell.hyperlink else []
                look += [f"note {cell.comment.text!r}"] if cell.comment else []
                yield " | ".join([cell.coordinate, repr(cell.value), *look])


def _sheet(sheet: Worksheet) -> Iterator[str]:
    page = sheet.page_setup
    yield f"## {sheet.title}: {sheet.sheet_state}, protected {sheet.protection.sheet}, panes {sheet.freeze_panes}"
    yield f"   {page.orientation}, {page.fitToWidth} × {page.fitToHeight} pages, repeats {sheet.print_title_rows}"
    yield "   widths " + ", ".join(
        f"{one.min}-{one.max} {'hidden' if one.hidden else format(one.width, '.1f')}"
        for one in sheet.column_dimensions.values()
    )
    yield "   heights " + ", ".join(
        f"{number} {'hidden' if one.hidden else format(one.height, 'g')}"
        for number, one in sheet.row_dimensions.items()
        if one.height or one.hidden
    )
    yield from _cells(sheet)
    yield "   merged " + " ".join(sorted(map(str, sheet.merged_cells.ranges)))
    for rule in sheet.data_validations.dataValidation:
        told = (rule.type, rule.operator, rule.formula1, rule.formula2, rule.promptTitle, rule.prompt, rule.error)
        yield f"rule {rule.sqref}: " + " | ".join(str(one) for one in told if one)
    for area in sheet.conditional_formatting:
        yield f"look {area.sqref}: {[rule.formula for rule in area.rules]}"
    for name, area in sheet.tables.items():
        yield f"table {name} {area}"


def it_holds_these_cells(content, request):
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    lines = [line for sheet in book for line in _sheet(sheet)]
    lines += [f"name {name}: {one.attr_text}" for name, one in book.defined_names.items()]
    lines.append(f"{book.active.title if book.active else ''} | {book.properties.title} | {book.properties.created}")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    lines.append(
                        f"{sheet.title}!{cell.coordinate} shows {values[sheet.title][cell.coordinate].value!r}"
                    )
    listing = re.sub(r"[0-9a-f]{12,}", "<digest>", "\n".join(lines) + "\n")
    golden = CASE / "expected.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(listing, encoding="utf-8", newline="\n")
    assert listing == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["beita-2023", "wanzhou-2020"])
def it_speaks_english_where_english_is_asked_for_and_says_nothing_else_otherwise(name: str):
    standard = load_standard(name)
    chinese, english = (
        openpyxl.load_workbook(io.BytesIO(blank_form(standard, language).content)) for language in ("zh", "en")
    )
    own = {"填报说明": "How to fill in", "填报": "Inputs", "正文": "Long texts"}
    own |= {"公布值": "Published values", "另载": "Stated elsewhere", "保留": "Kept as published"}
    assert english.sheetnames == [own.get(title, title) for title in chinese.sheetnames]
    first = english.worksheets[0]
    assert first["A4"].value == "How to fill it in"
    steps = [first.cell(row, 2).value for row in range(5, 15)]
    assert str(steps[0]).startswith("Fill in sheet “Inputs”")
    assert str(steps[-1]).startswith("When done, run generator check")
    inputs = english["Inputs"]
    assert [inputs.cell(4, column).value for column in range(2, 6)] == [
        "Field",
        "Value",
        "Unit",
        "What it takes, with an example",
    ]
    told = {str(inputs.cell(row, 5).value or "") for row in range(5, inputs.max_row + 1)}
    assert any(one.startswith("required") for one in told)
    assert any(one.startswith("optional") for one in told)
    words = [str(cell.value) for sheet in english.worksheets[:-1] for row in sheet.iter_rows() for cell in row]
    ours = (
        "必填",
        "选填",
        "由程序计算",
        "不小于",
        "一行一",
        "一般不用填",
        "基本情况",
        "所属序号",
        "填在哪一项",
        "公布的值",
    )
    assert not [one for one in words if one.startswith(ours)]
    titles = {rule.errorTitle for rule in inputs.data_validations.dataValidation}
    assert titles == {"Not what is asked for", "Not to be filled in"}


@pytest.mark.parametrize("name", ["beita-2023", "wanzhou-2020"])
def it_reads_a_form_with_english_words_as_one_with_chinese_ones(name: str):
    data = (ROOT / "data" / f"{name}.yaml").read_bytes()
    chinese, english = (
        read_source(Standard(name).form(data, language=language), "form.xlsx", form=True) for language in ("zh", "en")
    )
    assert english.findings == []
    assert plain(english.root) == plain(chinese.root)


def plain(node: Any) -> Any:
    """What a node says, without its place."""
    if isinstance(node, Scalar):
        return node.text
    return {key: plain(one) for key, one in node.items()} if isinstance(node, Map) else [*map(plain, node)]


def it_lists_options_in_cells_where_a_rule_would_part_them_at_their_commas(tmp_path):
    (tmp_path / "case.yaml").write_text(
        "standard: case\ntitle: 例\nversion: 1.0.0\nfields:\n  甲: {type: choice, of: ['好,快', 慢]}\n",
        encoding="utf-8",
    )
    book = openpyxl.load_workbook(io.BytesIO(blank_form(load_standard(str(tmp_path / "case.yaml"))).content))
    (source,) = [
        rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation if rule.type == "list"
    ]
    sheet, cells = source.lstrip("=").replace("'", "").split("!")
    assert [row[0].value for row in book[sheet][cells.replace("$", "")]] == ["好,快", "慢"]
