"""Few formulas get the values that they get where their sheets are read again, and nothing else of the workbook differs."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from generator import ExcelTemplate
from generator.excel import given_values
from generator.figures import Blank

OWN_ROWS = ["A3*B3", 'IF(N(B3)=0,"",ROUND(A3/B3,4))', "A3-说明!B$1", 'IF(A3>B3,"高","低 & 低")', "N(C2)+A3", "A3/B3"]
BELOW = [
    "SUM(A3)",
    "AVERAGE(B3)",
    "MAX(A3)-MIN(B3)",
    "COUNT(A3:B3)",
    "C6*2",
    "说明!B2+1",
    "SUM(C3)",
    "SUM(A:A)",
    "A3&B3",
    "C7",
]
VALUES = (
    st.integers(-999, 999)
    | st.floats(-1e9, 1e9)
    | st.sampled_from([None, "", "文", "1<2", True, 1e300, date(2026, 1, 2)])
)
ROWS = st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=6)


def template(own, below):
    """A table of rows, each with a formula, some formulas below it, and a sheet that they read."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["数量", "单价", "金额"], ["{%tr for x in items %}"], ["{{ x.a }}", "{{ x.b }}", f"={own}"]):
        sheet.append(row)
    sheet.append(["{%tr endfor %}"])
    for text in below:
        sheet.append([None, None, f"={text}"])
    other = book.create_sheet("说明")
    other.append(["{{ 说明 }}", 3])
    other.append(["=B1*2", "=B1+1"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def outcome(made, data, draft=False):
    """The document and its notes."""
    found = made.render_with_notes({"说明": "说明", **data}, draft=draft)
    return found.content, found.notes


def in_full(made, data, draft=False):
    """The same where every sheet is read again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(given_values, "give_few", lambda *_: False)
        return outcome(made, data, draft)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(OWN_ROWS), st.lists(st.sampled_from(BELOW), max_size=4), st.lists(ROWS, min_size=1, max_size=3))
def it_gives_the_values_that_reading_again_gives(own, below, turns):
    source = template(own, below)
    made, other = ExcelTemplate(source), ExcelTemplate(source)
    for rows in turns:
        assert outcome(made, {"items": rows}) == in_full(other, {"items": rows})


def it_knows_them_in_the_next_render(monkeypatch):
    made = ExcelTemplate(template("A3*B3", ["SUM(A3)", "SUM(C3)"]))
    first = outcome(made, {"items": [{"a": 2, "b": 3}, {"a": 4, "b": 5}]})

    def refuse(*_):
        raise AssertionError("the sheets were read again")

    monkeypatch.setattr(given_values, "read_formulas", refuse)
    again = outcome(made, {"items": [{"a": 2, "b": 3}, {"a": 4, "b": 5}]})
    assert again == first
    other = load_workbook(io.BytesIO(outcome(made, {"items": [{"a": 7, "b": 1}, {"a": 1, "b": 1}]})[0]), data_only=True)
    assert [cell.value for cell in other.worksheets[0]["C"]] == ["金额", 7, 1, 8, 8]


def it_leaves_a_text_among_the_numbers_to_the_engine():
    made = ExcelTemplate(template("A3*2", ["SUM(A3)", "A3+1"]))
    for rows in ([{"a": 1, "b": 1}], [{"a": "文", "b": 1}], [{"a": 5, "b": 1}]):
        assert outcome(made, {"items": rows}) == in_full(made, {"items": rows})


def it_gives_a_draft_the_same_values():
    made = ExcelTemplate(template("A3*B3", ["SUM(A3)"]))
    data = {"items": [{"a": 2, "b": Blank("单价", "单价", required=True, draft=True)}, {"a": 4, "b": 5}]}
    assert outcome(made, data, draft=True) == in_full(made, data, draft=True)
