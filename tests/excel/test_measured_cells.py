"""What a wrapped text needs is known when it is written, and is what its written cell says when it is read again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.excel.compile.compiled_sheet import Measure
from generator.excel.run.cell_values import Writer
from generator.excel.run.measured_cells import MeasuredCells
from generator.excel.run.row_heights import content_text, height, surely_short
from generator.figures.marked_text import TO_FILL_IN

STANDARD = 15.0
TEXTS = st.text(st.sampled_from("市a &<_x005F\n\r \t,，“—é" + TO_FILL_IN), max_size=40)
VALUES = (
    TEXTS
    | st.none()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.booleans()
)


def noted(values, capacity, size, prefix=b"", vertical=False):
    """What is noted of values that are written by `measured_cell` or, of several, by `measured_joined`, and their cell."""
    writer = Writer(prefix, False, lambda *_: None, lambda *_: None)
    measure = Measure(0, 1, 0, (), capacity, size, vertical, surely_short(capacity, size, STANDARD))
    measured = MeasuredCells([measure], STANDARD, writer, lambda row, column: (row + 7, column))
    functions = measured.functions(writer.fast_cell())
    if len(values) == 1:
        cell = functions["measured_cell"](0, values[0], 1)
        assert cell == writer.fast_cell()(values[0], 1)
    else:
        cell = functions["measured_joined"](0, *values, 1)
        assert cell == writer.joined(*values, 1)
    needs = [*measured.vertical.values()] if vertical else [needed for _, needed in measured.needs]
    assert not vertical or [*measured.vertical] == [(7, 1)] * len(needs)
    return (needs or [0.0])[0], cell


@given(
    st.lists(VALUES, min_size=1, max_size=3),
    st.floats(1, 60),
    st.floats(6, 20),
    st.sampled_from((b"", b"x:")),
    st.booleans(),
)
def it_needs_what_its_written_cell_needs(values, capacity, size, prefix, vertical):
    needed, cell = noted(values, capacity, size, prefix, vertical)
    text = content_text(cell)
    assert needed == (height(text, capacity, size, STANDARD) if text else 0.0)


@given(TEXTS.filter(lambda text: text and "\n" not in text), st.floats(-5, 60), st.floats(6, 20))
def it_calls_short_only_what_needs_nothing(text, capacity, size):
    if len(text) <= surely_short(capacity, size, STANDARD):
        assert height(text, capacity, size, STANDARD) == 0


@pytest.mark.parametrize("value", [12, 1.5, Decimal("12.50"), None, True])
def it_notes_nothing_of_numbers_and_nothing(value):
    assert noted([value], 4, 11)[0] == 0


def it_notes_text_that_takes_several_lines():
    needed, _ = noted(["一二三四五六七八九十"], 10, 11)
    assert needed == height("一二三四五六七八九十", 10, 11, STANDARD) > STANDARD
