"""Two loops over the same list: which cell of one a formula in the other means."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from generator.excel.template import ExcelTemplate
from tests.support.ooxml import assert_valid

DETAIL = {"A1": "名", "A2": "{%tr for r in rows %}", "A3": "{{ r.n }}", "B3": "{{ r.v }}", "A4": "{%tr endfor %}"}


def rows(count: int) -> dict[str, Any]:
    return {"rows": [{"n": f"甲{number}", "v": number * 10} for number in range(1, count + 1)]}


def formulas(context: dict[str, Any], **sheets: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Formulas and values of the first sheet by cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        sheet: Any = book.create_sheet(title)
        for address, value in cells.items():
            sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    content = ExcelTemplate(stream.getvalue()).render(context)
    assert_valid(content, stream.getvalue())
    written, values = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=only).worksheets[0] for only in (False, True)
    )
    return {
        cell.coordinate: (cell.value, values[cell.coordinate].value)
        for line in written.iter_rows()
        for cell in line
        if cell.data_type == "f"
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def it_reads_the_cell_of_its_own_item_on_another_sheet(count):
    cells = {
        "A1": "{%tr for r in rows %}",
        "B2": "=明细!B3*2",
        "C2": '=IF(明细!B3>10,明细!A3,"")',
        "A3": "{%tr endfor %}",
    }
    found = formulas(rows(count), 汇总=cells, 明细=DETAIL)
    assert [found[f"B{row}"] for row in range(1, count + 1)] == [
        (f"=明细!B{row + 1}*2", row * 20) for row in range(1, count + 1)
    ]
    assert [found[f"C{row}"][1] for row in range(1, count + 1)] == [None, "甲2", "甲3"][:count]


def it_reads_the_subtotal_of_its_own_group():
    groups = {
        "A1": "{%tr for g in gs %}",
        "A2": "{%tr for x in g.xs %}",
        "B3": "{{ x }}",
        "A4": "{%tr endfor %}",
        "B5": "=SUM(B3)",
        "A6": "{%tr endfor %}",
    }
    cells = {"A1": "{%tr for 组 in gs %}", "B2": "=明细!B5", "A3": "{%tr endfor %}", "B4": "=SUM(明细!B5)"}
    found = formulas({"gs": [{"xs": [1, 2]}, {"xs": []}, {"xs": [5]}]}, 汇总=cells, 明细=groups)
    assert found == {
        "B1": ("=明细!B3", 3),
        "B2": ("=明细!B4", 0),
        "B3": ("=明细!B6", 5),
        "B4": ("=SUM(明细!B3:B4,明细!B6)", 8),
    }


def it_reads_the_first_list_from_the_second_on_one_sheet():
    second = {"A6": "{%tr for r in rows %}", "B7": "=B3+1", "C7": "=B3/SUM(B3)", "D7": "=VLOOKUP(A3,A3:B3,2,0)"}
    found = formulas(rows(2), 表={**DETAIL, **second, "A8": "{%tr endfor %}"})
    assert [found[f"B{row}"] for row in (5, 6)] == [("=B2+1", 11), ("=B3+1", 21)]
    assert found["C6"][0] == "=B3/SUM(B2:B3)"


def it_leaves_what_is_added_up_filtered_or_held_by_a_dollar_as_it_was():
    cells = {"A1": "{%tr for r in rows %}", "B2": "=SUM(明细!B3)", "C2": "=MAX(明细!B3,0)", "A3": "{%tr endfor %}"}
    found = formulas(rows(2), 汇总={**cells, "D2": "=COUNT(明细!B$3)"}, 明细=DETAIL)
    assert [found[f"{column}1"][0] for column in "BCD"] == [
        "=SUM(明细!B2:B3)",
        "=MAX(明细!B2:B3,0)",
        "=COUNT(明细!B$2:B$3)",
    ]
    some = {**DETAIL, "A2": "{%tr for r in rows if r.v > 10 %}"}
    found = formulas(rows(3), 汇总={**cells, "B2": "=明细!B3"}, 明细=some)
    assert found["B1"][0] == "=明细!B2:B3"


def it_holds_a_cell_with_a_dollar_at_the_first_item_where_it_cannot_be_the_own_one():
    cells = {**DETAIL, "C3": "=B3/B$3", "D3": "=B3-$B$3", "E3": "=ROW()-ROW(B$3)+1", "F3": "=C3*B$3", "G3": "=$B$3*2"}
    found = formulas(rows(3), 表=cells)
    assert [found[f"{column}4"] for column in "CDE"] == [("=B4/B$2", 3), ("=B4-$B$2", 20), ("=ROW()-ROW(B$2)+1", 3)]
    assert [found[f"{column}4"][0] for column in "FG"] == ["=C4*B$4", "=$B$4*2"]


def it_holds_it_at_the_first_item_of_its_own_group():
    groups = {
        "A1": "{%tr for g in gs %}{%tr for x in g %}",
        "B2": "{{ x }}",
        "C2": "=B2-B$2",
        "A3": "{%tr endfor %}{%tr endfor %}",
    }
    found = formulas({"gs": [[1, 4], [7, 9]]}, 表=groups)
    assert [found[f"C{row}"] for row in (1, 2, 3, 4)] == [
        ("=B1-B$1", 0),
        ("=B2-B$1", 3),
        ("=B3-B$3", 0),
        ("=B4-B$3", 2),
    ]
