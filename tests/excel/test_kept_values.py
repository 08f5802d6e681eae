"""Values that a rendered workbook keeps for its formulas: the right ones, or none (and a note with the cell)."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ExcelTemplate
from generator.excel.calculate.cached_values import cells_with_formulas, formula_cells
from tests.support.unmeant import opened, packed

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


PIECES = st.sampled_from(
    [
        '<c r="A1">',
        '<c r="B22" s="3" t="str">',
        '<c r="C3"/>',
        '<c s="1" r="D4">',
        "<f>A1+1</f>",
        "<f/>",
        '<f t="shared" si="0"/>',
        "<v>1</v>",
        "</c>",
        "<formula>1</formula>",
        "<filterColumn/>",
    ]
)


@given(st.lists(PIECES, max_size=30), st.booleans())
def it_finds_from_their_formulas_the_cells_that_a_search_through_all_cells_finds(pieces, computed):
    xml = "".join(pieces).encode()
    looked_through = [match.span() for match in cells_with_formulas(b"", computed).finditer(xml)]
    assert [match.span() for match in formula_cells(xml, b"", computed)] == looked_through


@pytest.mark.parametrize("formula", ["C1+A1", "SUM(C$1:C1)+A1"])
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (' r="C1"><v></v>', 1),
        (' r="C1" t="n"><v></v>', 1),
        (' r="C1" t="s"><v></v>', 1),
        (' r="C1"><v>abc</v>', None),
        (' r="C1"><v>-</v>', None),
        (' r="C1" t="n"><v>1e999</v>', None),
    ],
)
def it_takes_a_value_without_text_for_none_and_computes_nothing_from_a_number_that_is_none(formula, written, expected):
    made = openpyxl.Workbook()
    made.worksheets[0].append(["{{ 1 }}", f"={formula}", 5])
    file = BytesIO()
    made.save(file)
    members = opened(file.getvalue())
    name = "xl/worksheets/sheet1.xml"
    members[name], found = re.subn(rb' r="C1"[^>]*><v>5</v>', written.encode(), members[name])
    assert found
    rendered = zipfile.ZipFile(BytesIO(ExcelTemplate(packed(members, Random(0))).render({})))
    cell = re.search(rb'<c r="B1"[^>]*>.*?</c>', rendered.read(name))
    assert cell is not None
    value = re.search(rb"<v>(.*)</v>", cell[0])
    assert (value and float(value[1])) == expected
