"""The layout map against a list of output rows that was written down one by one."""

import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from generator.excel.follow.layout import AxisLayout, Band, Origin, Span
from generator.excel.follow.layout_recorder import LayoutRecorder
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from tests.support.examples import examples


@dataclass
class Expanded:
    """A sheet expanded by hand: (source row, loops, instance) for every output row, from 1."""

    bands: list[Band]
    rows: list[tuple[int, tuple[int, ...], tuple[int, ...]]]
    layout: AxisLayout


@st.composite
def trees(draw, depth=0):
    """Rows, loops with their counts per visit, and conditions."""
    kinds = ["rows", "loop", "if"] if depth < 2 else ["rows"]
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(kinds))
        if kind == "rows":
            parts.append(("rows", draw(st.integers(1, 3))))
        else:
            visits = draw(st.lists(st.integers(0, 3 if kind == "loop" else 1), min_size=1, max_size=4))
            parts.append((kind, visits, draw(trees(depth=depth + 1))))
    return parts


def expand(tree) -> Expanded:
    bands: list[Band] = []
    plan = []
    position = 0

    def place(parts, loops):
        nonlocal position
        steps = []
        for part in parts:
            if part[0] == "rows":
                first = position + 1
                position += part[1]
                bands.append(Band(first, position, loops))
                steps.append(("band", len(bands) - 1))
            else:
                position += 1
                name = position
                inner = place(part[2], (*loops, name) if part[0] == "loop" else loops)
                position += 1
                steps.append((part[0], part[1], inner))
        return steps

    plan = place(tree, ())
    bands.append(Band(position + 1, 1000))
    recorder = LayoutRecorder(bands, limit=1000)
    rows = []
    visits: dict[int, int] = {}

    def run(steps, instance):
        for step in steps:
            if step[0] == "band":
                band = bands[step[1]]
                recorder.place(step[1], instance, len(rows) + 1)
                rows.extend((row, band.loops, instance) for row in range(band.first, band.last + 1))
                continue
            visit = visits.get(id(step), 0)
            visits[id(step)] = visit + 1
            times = step[1][visit % len(step[1])]
            for number in range(times):
                run(step[2], (*instance, number) if step[0] == "loop" else instance)

    run(plan, ())
    recorder.place(len(bands) - 1, (), len(rows) + 1)
    rows.append((position + 1, (), ()))
    return Expanded(bands, rows, recorder.finish())


def visible(expanded, first, last, origin):
    """Output rows of the source range that have the loops in common with origin in the same iteration."""
    found = []
    origin_loops = next((loops for row, loops, _ in expanded.rows if origin and row == origin.source), ())
    for number, (row, loops, instance) in enumerate(expanded.rows, 1):
        if not first <= row <= last:
            continue
        same = True
        for depth, (one, other) in enumerate(zip(loops, origin_loops, strict=False)):
            if one != other:
                break
            same = same and instance[depth] == origin.instance[depth]
        if same:
            found.append((row, number))
    return found


@examples(150)
@given(trees(), st.data())
def it_finds_every_row_where_the_expanded_sheet_has_it(tree, data):
    expanded = expand(tree)
    layout = expanded.layout
    sources = {row for row, _, _ in expanded.rows}
    for row in range(1, expanded.bands[-1].first + 1):
        wanted = [(instance, number) for number, (source, _, instance) in enumerate(expanded.rows, 1) if source == row]
        assert list(layout.outputs(row)) == wanted
        for instance, number in wanted:
            assert layout.at(row, instance) == number
        if row not in sources:
            assert layout.seen_from(row) is None
    row, _, instance = data.draw(st.sampled_from(expanded.rows))
    origin = Origin(row, instance)
    first = data.draw(st.integers(1, expanded.bands[-1].first))
    last = data.draw(st.integers(first, expanded.bands[-1].first))
    seen = visible(expanded, first, last, origin)
    span = layout.cover(first, last, origin)
    assert span == ((min(n for _, n in seen), max(n for _, n in seen)) if seen else None)
    everywhere = {number for number, (source, _, _) in enumerate(expanded.rows, 1) if first <= source <= last}
    spans = layout.spans(first, last if last < expanded.bands[-1].first else last - 1) if last > first else []
    covered = {number for span in spans for number in range(span.first, span.last + 1)}
    if spans and last < expanded.bands[-1].first:
        assert covered == everywhere
    assert all(one.last + 1 < other.first for one, other in itertools.pairwise(spans))


@examples(150)
@given(trees(), st.data())
def it_repeats_a_range_once_for_each_iteration_of_the_loops_around_it(tree, data):
    expanded = expand(tree)
    first = data.draw(st.integers(1, expanded.bands[-1].first - 1))
    last = data.draw(st.integers(first, expanded.bands[-1].first - 1))
    repeated = list(expanded.layout.instances(first, last))
    inside = [band for band in expanded.bands if band.first <= last and band.last >= first]
    depth = 0
    if inside:
        while all(
            len(band.loops) > depth and band.loops[depth] == inside[0].loops[depth] for band in (inside[0], inside[-1])
        ):
            depth += 1
    groups: dict[tuple[int, ...], list[int]] = {}
    for number, (row, _, instance) in enumerate(expanded.rows, 1):
        if first <= row <= last:
            groups.setdefault(instance[:depth], []).append(number)
    assert repeated == [(instance, Span(min(rows), max(rows))) for instance, rows in sorted(groups.items())]


def it_keeps_a_regular_loop_of_any_length_in_one_entry():
    recorder = LayoutRecorder([Band(1, 1), Band(3, 4, (2,)), Band(6, 1_048_576)])
    recorder.place(0, (), 1)
    for number in range(100_000):
        recorder.place(1, (number,), 2 + 2 * number)
    recorder.place(2, (), 200_002)
    layout = recorder.finish()
    assert sum(map(len, layout.runs)) == 3
    assert layout.at(4, (99_999,)) == 200_001
    assert layout.cover(3, 4) == (2, 200_001)
    assert layout.cover(1, 6) == (1, 200_002)
    assert layout.seen_from(3, Origin(4, (7,))) == (16, 16)
    assert layout.spans(3, 4) == [Span(2, 200_001)]
    assert layout.anchor(2) == 2
    assert layout.anchor(5) == 200_002


def it_keeps_only_the_extent_of_an_irregular_loop_that_nothing_looks_into():
    recorder = LayoutRecorder([Band(1, 1, (0,)), Band(2, 1_048_576)], covered=[0])
    start = 1
    for number in range(10_000):
        recorder.place(0, (number,), start)
        start += 1 + number % 3
    recorder.place(1, (), start)
    layout = recorder.finish()
    assert len(layout.runs[0]) == 2
    assert layout.cover(1, 1) == (1, start - 1)
    assert layout.cover(1, 2) == (1, start)


def it_leaves_everything_in_place_where_nothing_moves():
    layout = AxisLayout.unmoved()
    assert layout.identity
    assert layout.cover(3, 1_048_576) == (3, 1_048_576)
    assert layout.at(7, ()) == 7


def it_finds_the_sheet_of_the_same_iteration():
    still = AxisLayout.unmoved()
    sheets = tuple(
        SheetLayout(source, f"{source}{index}", still, still, "部门", index)
        for source in ("明细", "汇总")
        for index in (0, 1)
    )
    total = SheetLayout("总表", "总表", still, still)
    layout = WorkbookLayout((total, *sheets))
    assert [sheet.name for sheet in layout.seen_from("明细", sheets[3])] == ["明细1"]
    assert [sheet.name for sheet in layout.seen_from("明细", total)] == ["明细0", "明细1"]
    assert layout.seen_from("总表", sheets[0]) == (total,)
    assert not layout.unmoved
