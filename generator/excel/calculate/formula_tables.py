"""The formulas of a sheet, of which those below each other that differ by numbers alone are kept as one.

`=C5/C$20`, `=C6/C$20`, … in a hundred thousand rows are a text, two numbers and a count: no object a cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import product

from generator.excel.follow.growing_texts import Growing, growing, grown
from generator.kept.light_classes import dataclass

MOST_SINGLE = 8  # formulas that are taken one by one though they are alike


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula (without `=`) and, for an array formula, how many rows and columns it fills."""

    text: str
    array: tuple[int, int] | None = None
    known: bool = True  # False: a kind of formula that nobody reads (a data table)

    def filled(self, row: int, column: int) -> Iterator[tuple[int, int]]:
        """The cells that it fills from its own on, row by row."""
        rows, columns = self.array or (1, 1)
        return product(range(row, row + rows), range(column, column + columns))


@dataclass(slots=True)
class AlikeFormulas:
    """Formulas of a column, every `stride` rows one, that differ by numbers alone.

    Args:
        row, column: of the first.
        first: its text.
        form: what all have alike, once there are two.
        following: the row in which the next stands, if there is one more.
    """

    row: int
    column: int
    first: str
    stride: int = 0
    count: int = 1
    form: Growing | None = None
    following: int = 0

    def takes(self, row: int, text: str) -> bool:
        """Count the next formula of the column, if it goes on so."""
        if self.form is None:
            form = growing(self.first, text, 1)
            if self.count > 1 or form is None:
                return False
            self.form, self.stride, self.following = form, row - self.row, row
        elif row != self.following or text != grown(self.form, self.count):
            return False
        self.count += 1
        self.following += self.stride
        return True

    @property
    def last(self) -> str:
        """The text of the last."""
        return self.first if self.form is None else grown(self.form, self.count - 1)

    def at(self, by: int) -> str:
        """The text of a formula by its number from 0."""
        return self.first if self.form is None else grown(self.form, by)

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        """The rows and the column of all."""
        return ((self.row + self.stride * by, self.column) for by in range(self.count))

    @property
    def last_row(self) -> int:
        """The row of the last."""
        return self.row + self.stride * (self.count - 1)

    def number_at(self, row: int) -> int | None:
        """The number of the formula that stands in a row; None: none does."""
        if not self.row <= row <= self.last_row:
            return None
        by, rest = divmod(row - self.row, self.stride or 1)
        return None if rest else by


class FormulaTable(Mapping[tuple[int, int], FormulaCell]):
    """The formulas of a sheet by row and column: `singles`, and `runs` of many that are alike.

    Formulas are added from above to below; `close` follows the last of them.
    """

    __slots__ = ("_last", "_starts", "_within", "runs", "singles")

    def __init__(self) -> None:
        self.singles: dict[tuple[int, int], FormulaCell] = {}
        self.runs: list[AlikeFormulas] = []
        self._last: dict[int, AlikeFormulas] = {}
        self._within: dict[int, list[AlikeFormulas]] = {}  # by column, none of which reaches into the next
        self._starts: dict[int, list[int]] = {}

    def add(self, row: int, column: int, text: str) -> AlikeFormulas:
        """Add a formula that is no array; the run that took it."""
        run = self._last.get(column)
        if run is None or not run.takes(row, text):
            self._last[column] = run = AlikeFormulas(row, column, text)
            self.runs.append(run)
        return run

    def close(self) -> FormulaTable:
        """Take runs of few formulas for single ones; this table."""
        few = [run for run in self.runs if run.count < MOST_SINGLE]
        self.runs = [run for run in self.runs if run.count >= MOST_SINGLE]
        self.singles |= {place: FormulaCell(run.at(by)) for run in few for by, place in enumerate(run.places)}
        self.singles = dict(sorted(self.singles.items()))
        self._last.clear()
        self._within, self._starts = {}, {}
        for run in self.runs:
            self._within.setdefault(run.column, []).append(run)
            self._starts.setdefault(run.column, []).append(run.row)
        return self

    @property
    def last_row(self) -> int:
        """The last row that holds a formula; 0: none does."""
        return max((0, *(row for row, _ in self.singles), *(run.last_row for run in self.runs)))

    def texts(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Each single formula, and the first of each run."""
        yield from ((place, cell.text) for place, cell in self.singles.items())
        yield from (((run.row, run.column), run.first) for run in self.runs)

    def holding(self, pattern: re.Pattern[str]) -> frozenset[tuple[int, int]]:
        """The places of the formulas in which a pattern is found that asks for no number."""
        found = {place for place, cell in self.singles.items() if pattern.search(cell.text)}
        return frozenset(found.union(*(run.places for run in self.runs if pattern.search(run.first))))

    def __getitem__(self, place: tuple[int, int]) -> FormulaCell:
        cell = self.singles.get(place)
        if cell is not None:
            return cell
        found = self._run(*place)
        if found is None:
            raise KeyError(place)
        return FormulaCell(found[0].at(found[1]))

    def __contains__(self, place: object) -> bool:
        return place in self.singles or (isinstance(place, tuple) and self._run(*place) is not None)

    def _run(self, row: int, column: int) -> tuple[AlikeFormulas, int] | None:
        """The run that a formula belongs to, and its number in it."""
        starts = self._starts.get(column)
        index = bisect_right(starts, row) - 1 if starts else -1
        if index < 0:
            return None
        run = self._within[column][index]
        by = run.number_at(row)
        return None if by is None else (run, by)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return merge(self.singles, *(run.places for run in self.runs))

    def __len__(self) -> int:
        return len(self.singles) + sum(run.count for run in self.runs)


def tabled(formulas: Mapping[tuple[int, int], FormulaCell]) -> FormulaTable:
    """Formulas, those of a column from above to below, as a table."""
    table = FormulaTable()
    for (row, column), cell in formulas.items():
        if cell.array is None and cell.known:
            table.add(row, column, cell.text)
        else:
            table.singles[row, column] = cell
    return table.close()
