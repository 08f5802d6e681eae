"""Merged cells of a rendered sheet: the template's, repeated with their rows and columns, and those that data asks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from operator import attrgetter

from generator.excel.follow.layout import Span
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import cell


class Merge(NamedTuple):
    """Merged output rows and columns, all included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell(self.top, self.left)}:{cell(self.bottom, self.right)}"

    def holds(self, other: Merge) -> bool:
        """Whether the other lies within."""
        return (
            self.top <= other.top
            and self.left <= other.left
            and self.bottom >= other.bottom
            and self.right >= other.right
        )

    def meets(self, other: Merge) -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


_MOST_OVERLAPS = 1_000  # more findings than are printed
_left = attrgetter("left")


def repeated(areas: Mapping[tuple[int, int], tuple[int, int]], layout: SheetLayout) -> Iterator[Merge]:
    """The template's merges where they stand in the rendered sheet.

    Args:
        areas: rows and columns that a merge spans, by its first source cell.
        layout: of the sheet.
    """
    still, axis = layout.columns.identity, layout.rows
    for (row, column), (rows, columns) in areas.items():
        if still:
            across = [Span(column, column + columns - 1)]
        else:
            across = [span for _, span in layout.columns.instances(column, column + columns - 1)]
        index = axis.band_of(row)
        if index is not None and not axis.bands[index].loops and row + rows - 1 <= axis.bands[index].last:
            # most merges stand outside of loops, within one band
            starts = [run.start + row - axis.bands[index].first for run in axis.runs[index]]
            down = [Span(start, start + rows - 1) for start in starts]
        else:
            down = [span for _, span in axis.instances(row, row + rows - 1)]
        for top, bottom in down:
            for left, right in across:
                if top != bottom or left != right:
                    yield Merge(top, left, bottom, right)


def joined(templates: Iterable[Merge], asked: Sequence[Merge]) -> tuple[list[Merge], list[tuple[Merge, Merge]]]:
    """All merges in order, and the pairs that overlap.

    A merge that data asks for grows by the template's merges that begin in its first cells (a `vm` in a cell that spans two
    columns) and takes the place of those inside it.
    """
    if not asked:
        merges = sorted(templates)
        return merges, overlaps(merges)
    starts = {(merge.top, merge.left): merge for merge in templates}
    grown: list[Merge] = []
    for merge in asked:
        first = starts.get((merge.top, merge.left))
        right = max(merge.right, first.right) if first else merge.right
        last = starts.get((merge.bottom, merge.left))
        bottom = max(merge.bottom, last.bottom) if last else merge.bottom
        grown.append(Merge(merge.top, merge.left, bottom, right))
    for merge in grown:
        for row in range(merge.top, merge.bottom + 1):
            for column in range(merge.left, merge.right + 1):
                inner = starts.get((row, column))
                if inner is not None and merge.holds(inner):
                    del starts[row, column]
    merges = sorted([*starts.values(), *grown])
    return merges, overlaps(merges)


def overlaps(merges: Iterable[Merge]) -> list[tuple[Merge, Merge]]:
    """Of sorted merges each that overlaps one before it, behind that one; at most `_MOST_OVERLAPS` of them."""
    found: list[tuple[Merge, Merge]] = []
    apart: list[Merge] = []  # those that reach down to here, which share no column, by their columns
    ends: list[tuple[int, int]] = []  # of theirs: the last row and the first column, the earliest end first
    crossing: list[Merge] = []
    for merge in merges:
        while ends and ends[0][0] < merge.top:
            del apart[bisect_left(apart, heappop(ends)[1], key=_left)]
        place = bisect_left(apart, merge.left, key=_left)
        beside = (*apart[max(place - 1, 0) : place + 1], *crossing)
        other = next((one for one in beside if one.meets(merge)), None)
        if other is None:
            apart.insert(place, merge)
            heappush(ends, (merge.bottom, merge.left))
            continue
        found.append((other, merge))
        crossing.append(merge)
        if len(found) == _MOST_OVERLAPS:
            break
    return found


_ELEMENT = lazy(rb"<(?:\w+:)?mergeCells(?:\s[^>]*)?(?:(?<=/)>|(?<!/)>.*?</(?:\w+:)?mergeCells>|/>)", re.S)
# what stands before mergeCells behind the rows, in the order of the schema
_BEFORE = lazy(
    rb"\s*<(?:\w+:)?(sheetCalcPr|sheetProtection|protectedRanges|scenarios|autoFilter|sortState|dataConsolidate|customSheetViews)"
    rb"(?=[\s/>])"
)


def element_of(merges: Sequence[Merge], prefix: bytes = b"") -> bytes:
    """The element that lists merges; nothing for none."""
    if not merges:
        return b""
    cells = b"".join(b'<%bmergeCell ref="%b"/>' % (prefix, str(merge).encode()) for merge in merges)
    return b'<%bmergeCells count="%d">%b</%bmergeCells>' % (prefix, len(merges), cells, prefix)


def put(tail: bytes, element: bytes) -> bytes:
    """What stands behind the rows with these merges instead of its own."""
    if match := _ELEMENT.search(tail):
        return tail[: match.start()] + element + tail[match.end() :]
    if not element:
        return tail
    position = tail.index(b">") + 1  # behind </sheetData>
    while match := _BEFORE.match(tail, position):
        position = _end(tail, match.end(1), match[1])
    return tail[:position] + element + tail[position:]


def _end(tail: bytes, position: int, name: bytes) -> int:
    close = tail.index(b">", position)
    if tail[close - 1 : close] == b"/":
        return close + 1
    match = re.compile(rb"</(?:\w+:)?%b>" % name).search(tail, position)
    assert match is not None
    return match.end()
