"""Alignment, the wording of changes and references hold what they promise, whatever they are given."""

import random

from hypothesis import given
from hypothesis import strategies as st

from generator.compare.align import Axis, align
from generator.compare.excel.cell_rectangles import rectangles
from generator.compare.excel.formula_references import Grid, area_name, pieces, read_area, same_formula
from generator.compare.text_changes import equal_stretches, hunks, tokens
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.addresses import column_letters, column_number
from generator.ooxml.cut_formulas import parse_formula, shift_formula
from tests.support.examples import examples

sequences = st.lists(st.sampled_from("abcdefgh "), max_size=30)
texts = st.text(alphabet="年度支出增加减少1234.5%万元abc \n，。", max_size=60)


@given(sequences, sequences, st.booleans(), st.booleans())
def it_places_every_element_once(old, new, movable, similar):
    aligned = align(
        old,
        new,
        similarity=(lambda i, j: 0.6 if (i + j) % 3 == 0 else 0.2) if similar else None,
        movable=(lambda i: True) if movable else None,
    )
    both = [*aligned.pairs, *aligned.moved]
    assert sorted([i for i, _ in both] + aligned.deleted) == list(range(len(old)))
    assert sorted([j for _, j in both] + aligned.inserted) == list(range(len(new)))
    assert aligned.pairs == sorted(aligned.pairs)
    assert [j for _, j in aligned.pairs] == sorted(j for _, j in aligned.pairs)
    assert all(old[i] == new[j] for i, j in aligned.moved)


@given(st.lists(st.integers(), unique=True, min_size=1, max_size=40), st.data())
def it_finds_one_inserted_element(items, data):
    place = data.draw(st.integers(0, len(items)))
    new = [*items[:place], "neu", *items[place:]]
    aligned = align(items, new)
    assert (aligned.deleted, aligned.inserted, aligned.moved) == ([], [place], [])
    back = align(new, items)
    assert (back.deleted, back.inserted) == ([place], [])


@given(st.lists(st.integers(), unique=True, min_size=2, max_size=40), st.data())
def it_finds_one_moved_element(items, data):
    source = data.draw(st.integers(0, len(items) - 1))
    rest = [*items[:source], *items[source + 1 :]]
    target = data.draw(st.integers(0, len(rest)).filter(lambda t: t != source))
    aligned = align(items, [*rest[:target], items[source], *rest[target:]], movable=lambda i: True)
    assert len(aligned.moved) == 1
    assert not aligned.deleted
    assert not aligned.inserted


@given(texts, texts)
def it_tells_changes_that_make_the_new_text_of_the_old(old, new):
    assert "".join(tokens(old)) == old
    result, position = [], 0
    for hunk in hunks(old, new):
        assert old[hunk.old_start : hunk.old_end] != new[hunk.new_start : hunk.new_end]
        result += [old[position : hunk.old_start], new[hunk.new_start : hunk.new_end]]
        position = hunk.old_end
    assert "".join([*result, old[position:]]) == new
    for i, j, length in equal_stretches(old, new):
        assert old[i : i + length] == new[j : j + length]


def it_keeps_numbers_and_words_whole_and_takes_chinese_by_characters():
    assert tokens("支出161.4万元，增长12.5% on time") == [
        *"支出", "161.4", *"万元，增长", "12.5%", " ", "on", " ", "time",
    ]  # fmt: skip


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def it_reads_the_names_that_it_writes(column, row):
    assert column_number(column_letters(column)) == column
    assert read_area(cell_name(row, column))[:2] == (row, column)
    area = (row, column, min(row + 3, 1_048_576), min(column + 2, 16_384))
    assert read_area(area_name(area)) == area


@given(st.integers(0, 50), st.integers(0, 20))
def it_shifts_relative_references_only(down, right):
    moved = shift_formula(parse_formula("SUM(A1:$B$2)+'表 一'!C$3&\"A1\""), down, right).text
    assert moved == (f"SUM({column_letters(1 + right)}{1 + down}:$B$2)+'表 一'!{column_letters(3 + right)}$3&\"A1\"")


def it_reads_references_beside_names_functions_and_texts():
    found = [
        p
        for p in pieces("LOG10(A1)+自评表!B2:C3+'张''三'!D4+\"E5\"+名称_1+Table1[A1]+F:G+7:8")
        if not isinstance(p, str)
    ]
    assert [(p.sheets, str(p)) for p in found] == [
        ((), "A1"),
        (("自评表",), "自评表!B2:C3"),
        (("张'三",), "'张''三'!D4"),
        ((), "F:G"),
        ((), "7:8"),
    ]


@examples(60)
@given(st.integers(2, 30), st.data())
def it_follows_references_over_inserted_and_deleted_rows(length, data):
    place = data.draw(st.integers(0, length))
    items = list(range(length))
    new = [*items[:place], "neu", *items[place:]]
    axis = Axis(align(items, new), length, length + 1)
    plain = Axis(align([0], [0]), 1, 1)
    grids = {"表": Grid("表", axis, plain)}
    row = data.draw(st.integers(1, length))
    there = row if row <= place else row + 1
    assert axis.map(row) == there
    assert same_formula(f"A{row}*2", f"A{there}*2", "表", grids)
    assert not same_formula(f"A{row}*2", f"A{there + 1}*2", "表", grids)
    assert same_formula(f"SUM(A1:A{length})", f"SUM(A1:A{length + 1})", "表", grids)
    assert axis.map(length + 7) == length + 8


@given(st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=30))
def it_covers_cells_by_rectangles_once(cells):
    found = [
        (row, column)
        for top, left, bottom, right in rectangles(list(cells))
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    assert sorted(found) == sorted(cells)


def it_aligns_long_sequences_that_are_nothing_alike_in_reasonable_time():
    draw = random.Random(1)
    old = [draw.randrange(10**9) for _ in range(60_000)]
    new = [draw.randrange(10**9) for _ in range(60_000)]
    aligned = align(old, new)
    assert len(aligned.pairs) + len(aligned.deleted) == 60_000
    many = align([draw.randrange(5) for _ in range(30_000)], [draw.randrange(5) for _ in range(30_500)])
    assert len(many.pairs) > 15_000
