"""Numbers in cells that are too narrow for them: a reader sees every digit, or none is shown at all."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from generator import ExcelTemplate


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
