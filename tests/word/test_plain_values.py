"""Rows of plain values that are printed many at once: the bytes that each of them has alone.

A tuple of rows goes through the program row by row, a list of the same rows many at once.
"""

import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import InvalidTemplate, WordTemplate
from generator.figures import Figure
from generator.ooxml.limits import Limits, within
from generator.template import plain_rows
from generator.template.plain_rows import LastRows
from generator.word.run import value_xml
from generator.word.run.last_check import UnsoundPart, parsed
from tests.support import words
from tests.support.words import document, paragraph, row, table

LOOP = (row(paragraph("{%tr for r in rows %}"), "", ""), row(paragraph("{%tr endfor %}"), "", ""))


def template_of(*cells):
    return document(table(LOOP[0], row(*map(paragraph, cells)), LOOP[1], columns=3), paragraph("末 {{ end }}"))


ROWS = WordTemplate(template_of("{{ r.a }}", "甲 {{ r['b'] }}％ 100% {{ r.c }}", "{{ r.p }}"))
KEYS = "abcp"
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8),
    st.sampled_from(
        ["R&D <试点>", '"', "一\n二", "甲\a乙", "\u2028", "a&\u2028", "\ufdd2", "，。（）", "%b %s", "\x7f", ""]
    ),
)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.builds(lambda number: Figure(Decimal(number), "万元", 2), st.integers(-(10**6), 10**6)),
)
COLUMNS = st.sampled_from([TEXTS, TEXTS, NUMBERS, TEXTS | NUMBERS, st.booleans() | TEXTS])
TABLES = st.tuples(COLUMNS, COLUMNS, COLUMNS).flatmap(lambda of: st.lists(st.tuples(*of, TEXTS), max_size=40))


def records(rows):
    return [dict(zip(KEYS, one, strict=True)) for one in rows]


def outcome(template, rows, **options):
    """The document, or what is told of the rows."""
    try:
        return template.render({"rows": rows, "end": "止"}, **options)
    except InvalidTemplate as fault:
        return fault.diagnostics


def told(rows):
    """The code of each finding, and where it stands."""
    with pytest.raises(InvalidTemplate) as fault:
        ROWS.render({"rows": rows, "end": "止"})
    return [(one.code, str(one.location.place)) for one in fault.value.diagnostics]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(plain_rows, "_MOST", 16)


@given(TABLES)
def it_prints_rows_together_as_it_prints_them_alone(rows):
    made = records(rows)
    assert outcome(ROWS, made) == outcome(ROWS, tuple(made))


@given(TABLES)
def it_prints_drafts_of_rows_as_it_prints_them_alone(rows):
    made = [*records(rows), {"a": "【待填】", "b": "【x】"}] * 3
    assert outcome(ROWS, made, draft=True) == outcome(ROWS, tuple(made), draft=True)


NUMBERED = WordTemplate(template_of("{{ loop.index }}", "{{ r.a }} {{ loop.index0 }}", "{{ r.b }}"))


ONE = WordTemplate(document(paragraph("{%p for r in rows %}"), paragraph("甲 {{ r.b }}"), paragraph("{%p endfor %}")))


@given(TABLES, st.sampled_from([NUMBERED, ONE]))
def it_prints_the_numbers_of_rows_together_as_it_prints_them_alone(rows, template):
    made = records(rows)
    assert outcome(template, made) == outcome(template, tuple(made))


@pytest.mark.parametrize("count", [1, 7, 8, 15, 16, 17, 31, 33, 300])
def it_numbers_every_row_once_and_in_its_order(count):
    rows = [{"a": "甲", "b": number} for number in range(count)]
    texts = words.texts(NUMBERED.render({"rows": rows, "end": ""}))
    found = [text for text in texts if text and not text.startswith("末")]
    assert found[0::3] == [str(number + 1) for number in range(count)]
    assert [text.split()[-1] for text in found[1::3]] == [str(number) for number in range(count)]


PLAIN = {"a": "一", "b": "二", "c": "三", "p": "四"}


@pytest.mark.parametrize("count", [1, 7, 8, 15, 16, 17, 31, 32, 33, 300])
def it_prints_every_row_once_and_in_its_order(count):
    rows = [{**PLAIN, "a": f"第{number}行"} for number in range(count)]
    found = [text for text in words.texts(ROWS.render({"rows": rows, "end": ""})) if text.startswith("第")]
    assert found == [f"第{number}行" for number in range(count)]


@pytest.mark.parametrize(
    "odd",
    [
        {key: value for key, value in PLAIN.items() if key != "c"},
        {**PLAIN, "b": None},
        {**PLAIN, "b": [1]},
        {**PLAIN, "b": "\x01"},
        {**PLAIN, "b": "\x1f"},
        {**PLAIN, "b": "\x1f", "a": "\x1f"},
        {**PLAIN, "b": "\ud800"},
        {**PLAIN, "b": "\uffff"},
        {**PLAIN, "b": float("nan")},
        {**PLAIN, "b": True},
        ["keine"],
        "text",
    ],
    ids=repr,
)
def it_tells_of_a_row_that_cannot_be_printed_what_it_tells_of_it_alone(odd):
    rows = [PLAIN] * 20 + [odd] + [PLAIN] * 20
    together, alone = outcome(ROWS, rows), outcome(ROWS, tuple(rows))
    assert together == alone


def it_names_the_tag_of_every_value_that_is_not_there():
    rows = [PLAIN] * 50 + [{**PLAIN, "c": "\x01"}, {"a": "一"}]
    assert [(code, "第3列" in place) for code, place in told(rows)] == [
        ("word-control-character", False),
        ("template-undefined-item", False),
        ("template-undefined-item", True),
    ]


def it_counts_the_turns_of_rows_that_it_prints_together():
    rows = [PLAIN] * 100
    with within(Limits(turns=60)):
        found = told(rows)
        assert found == told(tuple(rows))
    assert [code for code, _ in found] == ["template-too-many-turns"]


def it_puts_no_values_together_that_are_very_long():
    long = "长" * 600_000
    rows = [{**PLAIN, "a": long}] * 8
    assert outcome(ROWS, rows) == outcome(ROWS, tuple(rows))


def it_numbers_the_notes_of_rows_in_their_order():
    rows = [{**PLAIN, "b": ROWS.footnote(f"注{n}", "x"), "c": ROWS.footnote(f"又{n}")} for n in range(20)]
    assert outcome(ROWS, rows) == outcome(ROWS, tuple(rows))


def it_prints_rows_within_loops_and_conditions():
    inner = [paragraph("{%p for g in groups %}"), paragraph("{%p if g.on %}")]
    ends = [paragraph("{%p endif %}"), paragraph("{%p endfor %}")]
    rows = table(
        row(paragraph("{%tr for r in g.rows %}"), ""),
        row(paragraph("{{ r.a }}"), paragraph("{{ r.b }}")),
        row(paragraph("{%tr endfor %}"), ""),
        columns=2,
    )
    captured = "{% set s %}{% for r in groups[0].rows %}{{ r.a }}{{ r.b }}{% endfor %}{% endset %}{{ s }}"
    template = WordTemplate(document(*inner, rows, *ends, paragraph(captured)))
    made = [{"a": f"{number}", "b": "乙&"} for number in range(20)]
    groups = [{"on": True, "rows": made}, {"on": False, "rows": made}, {"on": True, "rows": made[:9]}]
    alone = [{**group, "rows": tuple(group["rows"])} for group in groups]
    assert template.render({"groups": groups}) == template.render({"groups": alone})


@pytest.mark.parametrize("template", [ROWS, NUMBERED], ids=["values", "numbers"])
def it_calls_no_function_for_each_value_of_a_large_table(template):
    rows = [{**PLAIN, "a": f"第{number}行"} for number in range(2_000)]
    template.render({"rows": rows, "end": ""})
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        template.render({"rows": rows, "end": ""}, trusted=True)
    finally:
        sys.setprofile(None)
    assert calls < 2 * len(rows)


def part_of(piece, times):
    """A part of rows that are printed at once, each time noted as alike."""
    rows, pieces = LastRows(), (b"", b"")

    def chunks():
        yield b"<a><b>"
        for _ in range(times):
            rows.content, rows.pieces = bytes(bytearray(piece)), pieces
            yield rows.content
        yield b"</b></a>"

    return parsed(chunks(), "part", rows)


def it_lets_rows_pass_that_close_what_they_open():
    assert b"".join(part_of(b"<r>1</r><r/>", 5)) == b"<a><b>" + b"<r>1</r><r/>" * 5 + b"</b></a>"


@pytest.mark.parametrize("piece", [b"<r>", b"</b>", b"<r></b>", b"<r>&</r>", b"<x:r/>", b"</b></a><a><b>"])
@pytest.mark.parametrize("times", [1, 2, 5])
def it_refuses_rows_that_do_not(piece, times):
    with pytest.raises(UnsoundPart):
        list(part_of(piece, times))


def it_parses_all_rows_that_close_more_than_they_open():
    assert b"".join(part_of(b"</b><b>", 3)) == b"<a><b>" + b"</b><b>" * 3 + b"</b></a>"
    with pytest.raises(UnsoundPart):
        list(part_of(b"</b><c>", 3))


@pytest.mark.parametrize(("value", "broken"), [("一\n二", True), ("一", False)])
def it_parses_every_row_whose_values_are_more_than_text(monkeypatch, value, broken):
    own = value_xml._listing
    made = []

    def breaks(content, slot):
        made.append(content)
        return own(content, slot) + ("<w:br>" if len(made) == 100 else "")

    monkeypatch.setattr(value_xml, "_listing", breaks)
    template = WordTemplate(template_of("{{ r.a }}", "{{ r.b }}", "{{ r.c }}"))
    rows = [{**PLAIN, "a": value}] * 200
    if broken:
        with pytest.raises(UnsoundPart):
            template.render({"rows": rows, "end": ""})
    else:
        template.render({"rows": rows, "end": ""})
    assert bool(made) == broken
