"""Numbers in cells that are too narrow for them: a reader sees every digit, or none is shown at all."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from generator import ExcelTemplate
from generator.excel import workbook_render
from generator.figures import Figure


def rendered(value: object, *, width: float = 10, formula: bool = False, **look: object) -> Worksheet:
    template = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.column_dimensions["A"].width = width
    sheet["A1"], sheet["C1"] = "{{ 数 }}", "元"
    if formula:
        sheet["A2"] = "=A1*1"
    for name, given in look.items():
        setattr(sheet["A1"], name, given)
    book.save(template)
    made = openpyxl.load_workbook(io.BytesIO(ExcelTemplate(template.getvalue()).render({"数": value}))).active
    assert isinstance(made, Worksheet)
    return made


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (Decimal("123456735890.11"), "0.00"),
        (Decimal("-1234567.5"), "0.0"),
        (123456735890, "0"),
        (1234567.891, "0.000"),
        (Decimal("12345678901.5"), "0.0"),
    ],
)
def it_shows_a_number_whole_and_smaller_where_its_cell_is_too_narrow(value: object, form: str):
    cell = rendered(value)["A1"]
    assert (cell.number_format, cell.alignment.shrink_to_fit) == (form, True)


@pytest.mark.parametrize("value", [161.4, Decimal("12345.67"), 100, "123456735890.11", Decimal(1) / 3])
def it_leaves_what_is_shown_as_it_is(value: object):
    cell = rendered(value)["A1"]
    assert (cell.number_format, cell.alignment.shrink_to_fit) == ("General", None)


def it_shows_more_than_eleven_characters_in_a_wide_cell_too():
    """Excel shows no more of a number without a format, however wide its column."""
    assert rendered(Decimal("123456735890.11"), width=30)["A1"].number_format == "0.00"
    assert rendered(Decimal("12345678.11"), width=30)["A1"].number_format == "General"


def it_shows_the_values_of_formulas_whole():
    assert rendered(Decimal("123456735890.11"), formula=True)["A2"].number_format == "0.00"


def it_keeps_the_format_that_an_author_gave():
    assert rendered(Decimal("123456735890.11"), number_format="#,##0.00")["A1"].number_format == "#,##0.00"


def it_lets_text_of_such_a_cell_wrap_no_more_but_stand_where_it_stood():
    alignment = rendered(Decimal("123456735890.11"), alignment=Alignment(wrap_text=True, horizontal="right"))[
        "A1"
    ].alignment
    assert (alignment.wrap_text, alignment.shrink_to_fit, alignment.horizontal) == (None, True, "right")


LONG = Decimal("123456735890.11")
ROWS = {"A1": "{%tr for r in rows %}", "A2": "{{ r.a }}", "B2": "{{ r.b }}", "C2": "{{ r.c }}", "A3": "{%tr endfor %}"}


def filled(cells: Mapping[str, Any], data: Mapping[str, Any], formats: Mapping[str, str] | None = None) -> Worksheet:
    template = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for address, content in cells.items():
        sheet[address] = content
    for address, form in (formats or {}).items():
        sheet[address].number_format = form
    book.save(template)
    made = openpyxl.load_workbook(io.BytesIO(ExcelTemplate(template.getvalue()).render(data))).active
    assert isinstance(made, Worksheet)
    return made


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize(
    ("usual", "long", "form"),
    [
        (7, 123456735890, "0"),
        (-7, -123456735890, "0"),
        (0.5, 123456735890.25, "0.00"),
        (Decimal("0.5"), LONG, "0.00"),
        (Figure(Decimal("0.5"), "万元", 2), Figure(LONG, "万元", 2), "0.00"),
        ("无", 123456735890, "0"),
        (None, 123456735890.25, "0.00"),
    ],
)
def it_shows_a_long_number_of_a_table_whole_wherever_it_stands(usual: object, long: object, form: str, count: int):
    rows = [{"a": "甲", "b": usual, "c": usual} for _ in range(count)]
    made = filled(ROWS, {"rows": [*rows, {"a": "乙", "b": usual, "c": long}]})
    assert made.cell(count + 1, 3).number_format == form
    assert {made.cell(row, column).number_format for row in range(1, count + 1) for column in (1, 2, 3)} == {"General"}


def it_shows_a_long_number_whole_where_columns_repeat():
    cells = {"A1": "甲", "B1": "{%tc for n in numbers %}", "C1": "{{ n }}", "D1": "{%tc endfor %}"}
    made = filled(cells, {"numbers": [7, LONG]})
    assert [made["B1"].number_format, made["C1"].number_format] == ["General", "0.00"]


def it_shows_a_long_number_whole_in_a_cell_of_rich_text():
    text = CellRichText(TextBlock(InlineFont(b=True), "{{ 数 }}"))
    assert filled({"A1": text}, {"数": LONG})["A1"].number_format == "0.00"


def it_shows_a_long_number_of_the_template_whole():
    made = filled({"A1": "{{ 数 }}", "A2": 123456735890.25}, {"数": 7})
    assert [made["A1"].number_format, made["A2"].number_format] == ["General", "0.00"]


def it_looks_through_no_sheet_whose_long_numbers_have_an_author_s_format(monkeypatch: pytest.MonkeyPatch):
    looked: list[bytes] = []
    fit = workbook_render.fit_numbers

    def noted(xml: bytes, **more: Any) -> bytes:
        looked.append(xml)
        return fit(xml, **more)

    monkeypatch.setattr(workbook_render, "fit_numbers", noted)
    rows = [{"a": f"{number}号{'附注' * 9}", "b": number, "c": LONG + number} for number in range(40)]
    formats = {"C2": "#,##0.00"}
    filled(ROWS, {"rows": rows}, formats)
    assert not looked
    filled(ROWS, {"rows": [*rows, {"a": "合计", "b": LONG, "c": LONG}]}, formats)
    assert len(looked) == 1
