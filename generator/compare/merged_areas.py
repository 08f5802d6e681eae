"""Merged areas before and after, where rows and columns moved."""

from __future__ import annotations

from collections.abc import Sequence

from generator.compare.align import Axis

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, from 1


def match_merges(
    old: Sequence[Merge], new: Sequence[Merge], rows: Axis, columns: Axis
) -> tuple[list[tuple[Merge, Merge]], list[Merge], list[Merge]]:
    """The merged areas that changed (old, new), those only in the old grid and those only in the new one.

    An area that lies in deleted or in inserted rows or columns goes with them; one that grew because a row was inserted
    within or beside it is the same.
    """
    starts = {(b[0], b[1]): b for b in new}
    matched: set[Merge] = set()
    left: list[Merge] = []
    for a in old:
        start = _start(a, rows, columns)
        b = starts.get(start) if start else None
        if b is not None and rows.same(a[0], a[2], b[0], b[2]) and columns.same(a[1], a[3], b[1], b[3]):
            matched.add(b)
        elif start is not None:
            left.append(a)
    right = [b for b in new if b not in matched]
    by_start = {(b[0], b[1]): b for b in right}
    changes: list[tuple[Merge, Merge]] = []
    gone: list[Merge] = []
    for a in left:
        start = _start(a, rows, columns) or (0, 0)
        partner = by_start.get(start) or next((b for b in right if _holds(b, start)), None)
        if partner is not None and partner in right:
            right.remove(partner)
            by_start.pop((partner[0], partner[1]), None)
            if not (rows.same(a[0], a[2], partner[0], partner[2]) and columns.same(a[1], a[3], partner[1], partner[3])):
                changes.append((a, partner))
        elif _size(a, rows, columns) > 1:
            gone.append(a)
    come = [b for b in right if rows.kept_in(b[0], b[2]) * columns.kept_in(b[1], b[3]) > 1]
    return changes, gone, come


def _start(area: Merge, rows: Axis, columns: Axis) -> tuple[int, int] | None:
    """Where the first cell of an area that is left went, None where nothing is left."""
    row, column = rows.first(area[0], area[2]), columns.first(area[1], area[3])
    return (row, column) if row is not None and column is not None else None


def _size(area: Merge, rows: Axis, columns: Axis) -> int:
    """How many cells of an area are left."""
    return rows.surviving(area[0], area[2]) * columns.surviving(area[1], area[3])


def _holds(area: Merge, cell: tuple[int, int]) -> bool:
    return area[0] <= cell[0] <= area[2] and area[1] <= cell[1] <= area[3]
