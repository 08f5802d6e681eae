"""Values that a rendered workbook keeps for its formulas: the right ones, or none (and a note with the cell)."""

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from generator import ExcelTemplate

CASES = Path(__file__).parents[1] / "cases" / "workbooks"


def kept(name: str) -> dict[str, object]:
    """The values of the formula cells of a rendered case."""
    template = ExcelTemplate(CASES / f"{name}.xlsx")
    content = template.render(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))
    formulas = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    values = openpyxl.load_workbook(BytesIO(content), data_only=True).worksheets[0]
    return {
        cell.coordinate: values[cell.coordinate].value
        for row in formulas.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("R3_countif_percent", [2, 1, 0.5, 2, 1]),
        ("R3_difference_equal", ["平", "平", "达标"]),
        ("R3_ceiling_trim", [-4, -2, None, "　全角　", None]),
    ],
)
def it_keeps_the_value_that_excel_shows_or_none(name, expected):
    assert list(kept(name).values()) == expected
