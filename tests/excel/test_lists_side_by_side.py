"""Lists side by side: what is printed of each, what formulas below and beside them mean, and why some cannot stand so."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import openpyxl.comments
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.excel.followed_formulas import CASES, filled, place, rendered
from tests.support.examples import examples

BESIDE = {
    "A2": "{%tr for r in rows %}",
    "D2": "{%tr for q in others %}",
    "A4": "{%tr endfor %}",
    "D4": "{%tr endfor %}",
}


@pytest.mark.parametrize("name", ["two_loops_same_row2", "two_loops_same_row3"])
def it_puts_two_lists_side_by_side(name):
    sheet = openpyxl.load_workbook(io.BytesIO(filled(name))).worksheets[0]
    assert [[sheet.cell(row, column).value for column in (1, 4)] for row in range(2, 6)] == [
        [1, 1],
        [2, 2],
        [3, None],
        [None, None],
    ]


@examples(15)
@given(
    st.lists(st.lists(st.integers(1, 99), max_size=4), min_size=2, max_size=3),
    st.integers(1, 2),
    st.booleans(),
)
def it_prints_each_list_in_its_columns_and_adds_up_each(lists, height, ends_together):
    """Lists of any lengths, with one or two rows an item, a plain text and a formula each; totals below."""
    cells: dict[str, Any] = {"A1": "头"}
    letters = ["A", "E", "I"]
    last = 3 + height
    for index, _ in enumerate(lists):
        value, plain, double = (chr(ord(letters[index]) + step) for step in range(3))
        cells[f"{value}2"] = "{%tr for x" + str(index) + " in l" + str(index) + " %}"
        cells[f"{value}3"] = "{{ x" + str(index) + " }}"
        cells[f"{plain}3"] = "元"
        cells[f"{double}3"] = f"={value}3*2"
        if height == 2:
            cells[f"{plain}4"] = "{% if x" + str(index) + " > 50 %}大{% else %}小{% endif %}"
        cells[f"{value if not ends_together else 'A'}{last}"] = "{%tr endfor %}" * (len(lists) if ends_together else 1)
        cells[f"{value}{last + 1}"] = f"=SUM({value}3)"
        cells[f"{plain}{last + 1}"] = f"=COUNTA({plain}3)"
        cells[f"{double}{last + 1}"] = f"=SUM({double}3)"

    content = rendered(cells, {f"l{index}": own for index, own in enumerate(lists)})

    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["表"]
    count = max(map(len, lists))
    for index, own in enumerate(lists):
        left = ord(letters[index]) - 64
        for number in range(count):
            row = 2 + number * height
            found = [sheet.cell(row, left + step).value for step in range(3)]
            assert found == ([own[number], "元", own[number] * 2] if number < len(own) else [None] * 3)
            if height == 2:
                wanted = ("大" if own[number] > 50 else "小") if number < len(own) else None
                assert sheet.cell(row + 1, left + 1).value == wanted
        totals = [sheet.cell(2 + count * height, left + step).value for step in range(3)]
        assert totals == [sum(own), len(own), sum(own) * 2]


def it_nests_loops_of_one_row_of_which_one_uses_the_other():
    cells = {"A1": "{%tr for g in gs %}", "B1": "{%tr for x in g.xs %}", "A2": "{{ g.n }}", "B2": "{{ x }}"}
    context = {"gs": [{"n": "甲", "xs": [1, 2]}, {"n": "乙", "xs": [3]}]}
    for ends in ({"A3": "{%tr endfor %}", "B3": "{%tr endfor %}"}, {"A3": "{%tr endfor %}{%tr endfor %}"}):
        sheet = openpyxl.load_workbook(io.BytesIO(rendered({**cells, **ends}, context)))["表"]
        assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3, max_col=2)] == [
            ["甲", 1],
            ["甲", 2],
            ["乙", 3],
        ]


def it_prints_nothing_and_no_comment_where_a_list_beside_has_ended():
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for address, value in {**BESIDE, "A3": "{{ r }}", "D3": "{{ q.n }}", "E3": "{{ q.d }}"}.items():
        sheet[address] = value
    sheet["D3"].comment = openpyxl.comments.Comment("注{{ q.n }}", "张")
    stream = io.BytesIO()
    book.save(stream)
    content = ExcelTemplate(stream.getvalue()).render({"rows": [1, 2], "others": [{"n": "甲", "d": None}]})
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [sheet["A3"].value, sheet["D2"].value, sheet["D3"].value] == [2, "甲", None]
    assert sheet["D2"].comment.text == "注甲"


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"D2": "{%tr for r in others %}", "A3": "{{ r }}", "D3": "{{ r }}"}, "r"),
        ({"A3": "{{ loop.length }}", "D3": "{{ q }}"}, "loop.length"),
        ({"A2": "{%tr for r in rows if r %}", "A3": "{{ r }}", "D3": "{{ q }}"}, "条件"),
    ],
)
def it_says_why_loops_cannot_stand_side_by_side(cells, word):
    with pytest.raises(InvalidTemplate) as caught:
        rendered({**BESIDE, **cells}, {"rows": [1], "others": [1]})
    (found,) = caught.value.diagnostics
    assert (found.code, place(found)) == ("excel-loops-beside", "表!D2")
    assert word in repr(found.message)


def it_knows_what_lists_side_by_side_use():
    assert ExcelTemplate(CASES / "two_loops_same_row3.xlsx").variables() == {"rows[].n", "rows2[].n"}
