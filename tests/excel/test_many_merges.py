"""Merges and loops by the thousand: what is found of them, and that it takes as long as they are many."""

import random
import time
from itertools import combinations

from generator.excel.follow.layout import AxisLayout
from generator.excel.follow.placed_bands import Band, Run, Span
from generator.excel.run.merged_cells import Merge, overlaps


def areas(chance: random.Random, count: int) -> list[Merge]:
    """Small merges in a small place."""
    found = set()
    for _ in range(count):
        top, left = chance.randint(1, 12), chance.randint(1, 12)
        found.add(Merge(top, left, top + chance.randint(0, 3), left + chance.randint(0, 3)))
    return sorted(found)


def it_finds_each_merge_that_overlaps_one_before_it():
    for seed in range(300):
        merges = areas(random.Random(seed), seed % 12 + 1)
        meeting = {other for one, other in combinations(merges, 2) if one.meets(other)}
        found = overlaps(merges)
        assert [other for _, other in found] == sorted(meeting)
        assert all(one.meets(other) and one < other for one, other in found)


def it_compares_no_merge_with_each_that_reaches_down_beside_it():
    def spent(count: int) -> float:
        merges = [Merge(10, column, 1_048_576, column) for column in range(1, count + 1)]
        begun = time.thread_time()
        assert overlaps(merges) == []
        return time.thread_time() - begun

    assert min(spent(8_000) for _ in range(3)) < 8 * max(spent(1_000), 0.01)


def loops(chance: random.Random, count: int) -> AxisLayout:
    """Of a sheet: plain rows and loops of one or two bands after each other, each loop run up to three times."""
    bands, runs, row, output = [], [], 1, 1
    for number in range(count):
        size = chance.randint(1, 3)
        if chance.random() < 0.3:
            bands.append(Band(row, row + size - 1))
            runs.append((Run((), -1, output),))
            row, output = row + size, output + size
            continue
        turns = chance.randint(0, 3)
        heights = [chance.randint(1, 2) for _ in range(chance.randint(1, 2))]
        for place, height in enumerate(heights):
            start = output + sum(heights[:place])
            bands.append(Band(row + 1, row + height, (number,)))
            runs.append((Run((), 0, start, sum(heights), turns),) if turns else ())
            row += height + 1
        row, output = row + 1, output + turns * sum(heights)
    return AxisLayout((*bands, Band(row, 1_048_576)), (*runs, (Run((), -1, output),)))


def places(layout: AxisLayout, first: int, last: int) -> list[int]:
    """The output rows of a range, each looked up."""
    return sorted(place for row in range(first, last + 1) for _, place in layout.outputs(row))


def it_places_a_range_over_many_loops_as_its_rows_are():
    for seed in range(6):
        chance = random.Random(seed)
        layout = loops(chance, 400)
        end = layout.bands[-1].first + 2
        for _ in range(20):
            first, last = sorted((chance.randint(1, end), chance.randint(1, end)))
            rows = places(layout, first, last)
            assert layout.cover(first, last) == (Span(rows[0], rows[-1]) if rows else None)
            spans = layout.spans(first, last)
            assert [row for span in spans for row in range(span.first, span.last + 1)] == rows
