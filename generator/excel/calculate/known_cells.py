"""Which formulas an engine that does not hold all of them can compute: those that read nothing of what is missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_runs import JudgedRun
from generator.ooxml.addresses import columns_of, parse_area, rows_of

_Column = tuple[str, int]


class KnownCells:
    """What each single formula of a workbook reads, through others too.

    Args:
        judged: the single formulas, which the engine holds.
        runs: formulas that it does not hold, until they are named in `add`, or from a row on only (`begin`).
    """

    def __init__(self, judged: Mapping[Place, Judged], runs: Iterable[JudgedRun]) -> None:
        self._judged = judged
        self._singles: dict[_Column, list[int]] = {}
        for sheet, row, column in judged:
            self._singles.setdefault((sheet, column), []).append(row)
        for rows in self._singles.values():
            rows.sort()
        self._missing: dict[_Column, list[JudgedRun]] = {}
        for run in runs:
            self._missing.setdefault((run.sheet, run.column), []).append(run)
        self._begins: dict[int, int] = {}  # by the run's identity
        self._of_sheet: dict[str, set[int]] = {}
        for sheet, column in (*self._singles, *self._missing):
            self._of_sheet.setdefault(sheet, set()).add(column)
        self._found: set[Place] = set()

    def add(self, run: JudgedRun) -> None:
        """The engine has the values of a run."""
        self._missing[run.sheet, run.column].remove(run)

    def begin(self, run: JudgedRun, row: int) -> None:
        """The engine has the values of a run above a row."""
        self._begins[id(run)] = row

    def missing(self, sheet: str, areas: Iterable[str]) -> JudgedRun | None:
        """A run that areas, written on a sheet, depend on and that the engine does not have.

        Raises:
            ValueError: an area cannot be read.
        """
        waiting = [(sheet, text) for text in areas]
        reached: set[Place] = set()
        while waiting:
            name, top, bottom, columns = self._rectangle(*waiting.pop())
            for column in columns:
                for run in self._missing.get((name, column), ()):
                    if self._begins.get(id(run), run.row) <= bottom and run.place(run.count - 1)[1] >= top:
                        return run
                rows = self._singles.get((name, column), [])
                for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
                    place = name, row, column
                    if place not in reached and place not in self._found:
                        reached.add(place)
                        waiting += [(name, text) for text in self._judged[place].areas]
        self._found |= reached
        return None

    def _rectangle(self, sheet: str, text: str) -> tuple[str, int, int, list[int]]:
        """The sheet of an area, its first and last row, and its columns that hold formulas."""
        area = parse_area(text)
        if area is None or len(area.sheets) > 1:
            raise ValueError(text)
        sheet = area.sheets[0] if area.sheets else sheet
        left, right = columns_of(area)
        return sheet, *rows_of(area), [column for column in self._of_sheet.get(sheet, ()) if left <= column <= right]
