"""Formulas that move with their own rows are written as they are by looking each reference up."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from generator import ExcelTemplate
from generator.excel.follow.along_rows import along_rows
from generator.ooxml.cut_formulas import parse_formula, shift_formula


def rendered(rows, context):
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    content = ExcelTemplate(file.getvalue()).render(context)
    return load_workbook(io.BytesIO(content)).worksheets[0]


@given(
    st.sampled_from(["A5*B5", "SUM(A5:B6)", '$A5&"100%<"&B6', "IF(A5>B5,A6,'x')", "A5/100%"]),
    st.integers(-4, 1000),
)
def it_moves_a_formula_as_a_copy_of_its_cell_would(text, by):
    formula = parse_formula(text)
    found = along_rows(formula, 5, 6)
    assert found is not None
    moved = found.moved(by).decode()
    shifted = shift_formula(formula, by, 0).text
    assert moved.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"') == shifted


@pytest.mark.parametrize("text", ["A$5", "A4", "A7", "SUM(A4:A5)", "SUM(A:A)", "S!A5", "1+1", "总和", "5:6"])
def it_leaves_all_others_to_be_looked_up(text):
    assert along_rows(parse_formula(text), 5, 6) is None


def it_writes_each_instance_in_loops_of_loops():
    rows = [
        ["=B1*2", 7],
        ["{%tr for x in items %}"],
        ["{{ x.name }}", 1, "=B3+1"],
        ["{%tr for y in x.parts %}"],
        ["{{ y }}", 2, "=A5*B5", "=B3"],
        ["{%tr endfor %}"],
        ["{%tr endfor %}"],
        ["=SUM(C5)"],
    ]
    sheet = rendered(
        rows, {"items": [{"name": "a", "parts": [1, 2]}, {"name": "b", "parts": []}, {"name": "c", "parts": [3]}]}
    )
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[2] for row in found[1:-1]] == ["=B2+1", "=A3*B3", "=A4*B4", "=B5+1", "=B6+1", "=A7*B7"]
    assert found[2][3] == "=B2"
    assert found[6][3] == "=B6"
    assert found[0][0] == "=B1*2"
