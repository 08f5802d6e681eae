"""Formulas over their own row get the same cells whether their rows are written together or one by one."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from generator import ExcelTemplate
from generator.excel.run import row_batches

FORMULAS = [
    "A3*B3",
    'IF(A3>B3,"高","低 & %")',
    "ROUND(A3/B3,2)",
    "A3-C3",
    "A3*E3+G3",
    "SUM(A3:C3)",
    "-A3%",
    "A3/(B3-B3)",
    "A3/A$6",
]
ODD = [None, "文", "", 0, -7, 2.5, 1e300, 10**15, 1e-30, True, 12345678.25, "1<2"]


def template(formulas):
    """A table with a constant, formulas between its values and behind them, and totals below."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["数量", "单价", "差额"])
    sheet.append(["{%tr for x in items %}"])
    first, *others = [f"={formula}" for formula in formulas]
    sheet.append(["{{ x.a }}", "{{ x.b }}", "{{ x.c }}", first, 4, *others])
    sheet.append(["{%tr endfor %}"])
    sheet.append([None])
    sheet.append(["=SUM(A3)", None, None, "=COUNT(D3)"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(count, odd):
    """Rows of numbers, with odd values by their row and column."""
    found = [{"a": number * 1.5, "b": number % 7 - 3, "c": 0.1 * number} for number in range(count)]
    for (row, name), value in odd.items():
        found[row % count][name] = value
    return {"items": found}


def one_by_one(source, data):
    """The workbook where no rows are written together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_batches, "_FEW", 1 << 30)
        return ExcelTemplate(source).render(data)


PLACES = st.tuples(st.integers(0, 599), st.sampled_from("abc"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(FORMULAS), min_size=1, max_size=3),
    st.integers(1, 600),
    st.dictionaries(PLACES, st.sampled_from(ODD), max_size=3),
)
def it_writes_the_cells_that_rows_one_by_one_have(formulas, count, odd):
    source = template(formulas)
    assert ExcelTemplate(source).render(rows(count, odd)) == one_by_one(source, rows(count, odd))


def it_asks_a_formula_for_each_row_without_reading_the_row_again(monkeypatch):
    from generator.excel.run.own_rows import OwnRows

    source = template(["A3*B3", "ROUND(A3/B3,2)"])
    asked = []
    values = OwnRows.values
    monkeypatch.setattr(OwnRows, "values", lambda *given: asked.append(given) or values(*given))
    ExcelTemplate(source).render({"items": [{"a": number, "b": 2.5, "c": 1} for number in range(500)]})
    assert not asked
