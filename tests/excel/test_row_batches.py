"""Rows of plain values that are written many at once: the bytes that each of them has alone."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ExcelTemplate, InvalidTemplate
from generator.excel.run import row_batches
from generator.figures import Figure
from tests.excel.small_sheets import Checked, rendered, values, workbook

LOOP = {"A1": "{%tr for r in rows %}", "A3": "{%tr endfor %}"}
ROW = {"A2": "{{ r[0] }}", "B2": "{{ r[1] }}", "C2": "{{ r[2] }}"}
TEMPLATE = ExcelTemplate(workbook(LOOP | ROW))

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8),
    st.sampled_from(["R&D <试点>", " 前", "后 ", "一\n二", "_x000D_", "\u3000", "=1+1", "𠮷", "a\tb", "%b %s"]),
)
NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-1e6, 1e6),
    st.sampled_from([0.0, -0.0, 1e-4, 9.999e-5, 1e15, 1e16, 123456789.125, 5e-324, 0.1 + 0.2]),
)
INTEGERS = st.integers(-(10**16), 10**16)
COLUMNS = st.sampled_from([TEXTS, NUMBERS, INTEGERS, st.none(), TEXTS | NUMBERS | st.none() | st.booleans()])
TABLES = st.tuples(COLUMNS, COLUMNS, COLUMNS).flatmap(lambda of: st.lists(st.tuples(*of), min_size=1, max_size=40))


def sheet(template: ExcelTemplate, rows: list) -> bytes:
    content = template.render({"rows": rows})
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.fixture(scope="module")
def one_by_one():
    """What a render gives where no row waits for another."""

    def alone(rows: list) -> bytes:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(row_batches, "_FEW", 10**9)
            return sheet(TEMPLATE, rows)

    return alone


@given(TABLES, st.sampled_from([20, 10**6]))
def it_gives_the_same_bytes_as_row_by_row(one_by_one, table, long):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_batches, "_FAR", 0)
        patch.setattr(row_batches, "_LONG", long)
        assert sheet(TEMPLATE, table) == one_by_one(table)


@pytest.mark.parametrize(
    "odd",
    [
        datetime.date(2026, 3, 1),
        datetime.datetime(2026, 3, 1, 12, 30, tzinfo=datetime.UTC),
        Decimal("1.50"),
        Figure(Decimal("0.5"), "%"),
        10**15,
        1e300,
        "长" * 16_001,
        True,
        "",
    ],
    ids=str,
)
def it_keeps_the_place_of_a_row_that_needs_more(one_by_one, odd):
    table = [[number, f"第{number}行", float(number)] for number in range(600)]
    table[300][1] = odd
    made = sheet(TEMPLATE, table)
    assert made == one_by_one(table)
    assert made.count(b"<row ") == 600


def it_numbers_rows_on_both_sides_of_a_batch():
    cells = {"A1": "{{ title }}", "A2": "{%tr for r in rows %}", "A4": "{%tr endfor %}", "A5": "{{ title }}"}
    row = {"A3": "{{ r.a }}", "B3": "{{ r.b }}", "C3": "{{ r.c }}"}
    rows = [{"a": number, "b": f"{number}&", "c": None} for number in range(300)]
    found = values(rendered(cells | row, {"title": "题", "rows": rows}))
    assert found[0] == found[-1] == ["题", None, None]
    assert found[1:-1] == [[number, f"{number}&", None] for number in range(300)]


def it_names_the_tag_of_a_value_that_no_cell_holds():
    table = [[number, "好", 1.5] for number in range(40)]
    table[30][1] = "坏\x01"
    with pytest.raises(InvalidTemplate) as caught:
        Checked(workbook(LOOP | ROW)).render({"rows": table})
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.anchor) == ("excel-control-character", {"sheet": "表", "cell": "B2"})


def it_refuses_numbers_that_are_none_among_many():
    table = [[number, "好", 1.5] for number in range(40)]
    table[30][2] = float("nan")
    with pytest.raises(InvalidTemplate) as caught:
        Checked(workbook(LOOP | ROW)).render({"rows": table})
    assert [found.code for found in caught.value.diagnostics] == ["excel-not-finite"]
