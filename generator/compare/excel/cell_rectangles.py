"""Cells and lines beside each other, as few ranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def runs_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in ascending order as ranges."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def rectangles(cells: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Cells as few rectangles: runs of columns in a row, equal runs of rows below each other joined."""
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in cells:
        by_row[row].append(column)
    open_runs: dict[tuple[int, int], list[int]] = {}
    found: list[tuple[int, int, int, int]] = []
    for row in sorted(by_row):
        runs = runs_of(sorted(by_row[row]))
        for run in list(open_runs):
            if run not in runs or open_runs[run][1] != row - 1:
                first, last = open_runs.pop(run)
                found.append((first, run[0], last, run[1]))
        for run in runs:
            if run in open_runs:
                open_runs[run][1] = row
            else:
                open_runs[run] = [row, row]
    found += [(first, run[0], last, run[1]) for run, (first, last) in open_runs.items()]
    return sorted(found)
