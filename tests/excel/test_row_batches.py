"""Rows of plain values that are written many at once: the bytes that each of them has alone.

Rows of a list of records are taken from the loop many at once, those of a tuple come one by one.
"""

import datetime
import io
import sys
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ExcelTemplate, InvalidTemplate
from generator.excel.run import row_batches
from generator.figures import Figure
from generator.ooxml.limits import Limits, within
from tests.excel.small_sheets import Checked, opened, rendered, values, workbook

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


HEAD = {
    "A1": "{{ title }}",
    "B1": "=SUM(C3)",
    "A2": "{%tr for r in rows %}",
    "A4": "{%tr endfor %}",
    "A5": "{{ title }}",
}
CELLS = {"A3": "{{ loop.index }}", "B3": "{{ r.a }}", "C3": "{{ r['b'] }}", "D3": "{{ r.c }}", "E3": "固定 100%"}
FORMULA = {"F3": "=C3*2", "G3": "=SUM(C$3:C3)"}
RECORDS = ExcelTemplate(workbook(HEAD | CELLS))
FORMULAS = ExcelTemplate(workbook(HEAD | CELLS | FORMULA))
ONE = ExcelTemplate(workbook(HEAD | {"B1": "头", "B3": "{{ r.b }}", "C3": "=B3*2"}))
VALUES = st.sampled_from(
    [TEXTS, NUMBERS, st.decimals(allow_nan=False, places=2), TEXTS | NUMBERS | st.none() | st.booleans()]
)
TABLES_OF_RECORDS = st.tuples(VALUES, VALUES, VALUES).flatmap(
    lambda of: st.lists(st.fixed_dictionaries(dict(zip("abc", of, strict=True))), max_size=40)
)
PLAIN = {"a": "一", "b": 2, "c": 0.5}


def outcome(template: ExcelTemplate, rows, **options) -> object:
    """The workbook, or what is told of the rows."""
    try:
        return template.render({"title": "题", "rows": rows}, **options)
    except InvalidTemplate as fault:
        return fault.diagnostics


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(row_batches, "MOST", 16)


@given(TABLES_OF_RECORDS, st.sampled_from([RECORDS, FORMULAS, ONE]), st.sampled_from([0, 10**6]))
def it_writes_records_together_as_it_writes_them_alone(rows, template, far):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_batches, "MOST", 16)
        patch.setattr(row_batches, "_FAR", far)
        assert outcome(template, rows) == outcome(template, tuple(rows))


@pytest.mark.parametrize("count", [1, 7, 8, 9, 15, 16, 17, 31, 33, 300])
@pytest.mark.usefixtures("small_batches")
def it_numbers_every_record_once_and_in_its_order(count):
    rows = [{**PLAIN, "a": f"第{number}行"} for number in range(count)]
    content = RECORDS.render({"title": "题", "rows": rows})
    found = [[index, name] for index, name, *_ in values(opened(content))[1:-1]]
    assert found == [[number + 1, f"第{number}行"] for number in range(count)]


@pytest.mark.parametrize("place", [0, 5, 20, 39])
@pytest.mark.parametrize(
    "odd",
    [
        {"a": "一", "b": 2},
        {**PLAIN, "b": datetime.date(2026, 3, 1)},
        {**PLAIN, "b": [1]},
        {**PLAIN, "a": "\x01"},
        {**PLAIN, "a": "`"},
        {**PLAIN, "a": "` "},
        {**PLAIN, "a": " 前"},
        {**PLAIN, "a": "后\u3000"},
        {**PLAIN, "a": "_x000D_"},
        {**PLAIN, "c": float("nan")},
        {**PLAIN, "b": 10**15},
        ("keine",),
        "text",
    ],
    ids=repr,
)
@pytest.mark.usefixtures("small_batches")
def it_tells_of_a_record_that_needs_more_what_it_tells_of_it_alone(odd, place):
    rows = [PLAIN] * 40
    rows[place] = odd
    assert outcome(RECORDS, rows) == outcome(RECORDS, tuple(rows))
    assert outcome(RECORDS, rows, draft=True) == outcome(RECORDS, tuple(rows), draft=True)


@pytest.mark.parametrize(
    "bounds", [Limits(turns=60), Limits(turns=95), Limits(output=2_000), Limits(seconds=0)], ids=repr
)
def it_tells_of_a_limit_what_it_tells_of_rows_one_by_one(bounds):
    rows = [PLAIN] * 128
    with within(bounds):
        found = outcome(RECORDS, rows)
        assert found == outcome(RECORDS, tuple(rows))
    assert not isinstance(found, bytes)


@pytest.mark.usefixtures("small_batches")
def it_writes_records_of_loops_within_loops():
    outer = {"A1": "{%tr for g in groups %}", "A2": "{{ g.name }}", "A3": "{%tr for r in g.rows %}"}
    row = {"A4": "{{ loop.index0 }}", "B4": "{{ r.a }}", "C4": "{{ r.b }}", "D4": "=A4+C4"}
    ends = {"A5": "{%tr endfor %}", "A6": "=SUM(C4)", "A7": "{%tr endfor %}"}
    template = ExcelTemplate(workbook(outer | row | ends))
    rows = [{"a": f"{number}", "b": number} for number in range(40)]
    groups = [{"name": f"G{count}", "rows": rows[:count]} for count in (9, 0, 40, 3, 17)]
    alone = [{**group, "rows": tuple(group["rows"])} for group in groups]
    assert template.render({"groups": groups}) == template.render({"groups": alone})


def it_refuses_more_records_than_a_sheet_has_rows():
    rows = [PLAIN] * 1_048_600
    (found,) = outcome(RECORDS, rows)
    assert found.code == "excel-too-many-rows"


def it_runs_no_line_of_the_program_for_each_record_of_a_large_table():
    rows = [{**PLAIN, "a": f"第{number}行"} for number in range(2_000)]
    RECORDS.render({"title": "题", "rows": rows})
    steps = 0

    def count(frame, event, argument):
        nonlocal steps
        steps += "__jinja_template__" in frame.f_globals
        return count

    sys.settrace(count)
    try:
        RECORDS.render({"title": "题", "rows": rows}, trusted=True)
    finally:
        sys.settrace(None)
    assert 0 < steps < len(rows) / 10


def it_sees_every_blank_at_the_end_of_a_text():
    odd = [chr(code) for code in range(0x3100) if chr(code).isspace()]
    assert all(not one.isprintable() for one in odd if one != " ")
    rows = [{**PLAIN, "a": text} for one in odd for text in (one + "一", "一" + one)]
    assert outcome(RECORDS, rows) == outcome(RECORDS, tuple(rows))
