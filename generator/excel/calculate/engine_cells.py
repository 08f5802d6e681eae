"""The constants of a workbook in the engine, and beside it what runs of formulas read that are computed by columns."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from generator.excel.calculate.column_cells import OPEN, Columns
from generator.excel.calculate.column_runs import ColumnRun
from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import ErrorValue, Needed, SheetCells
from generator.excel.calculate.formula_runs import JudgedRun
from generator.excel.calculate.needed_columns import needed_cells
from generator.kept.name_sets import pairs

if TYPE_CHECKING:
    from formualizer import LiteralValue, Workbook

_CODES = pairs("#DIV/0!=Div #N/A=Na #NAME?=Name #NULL!=Null #NUM!=Num #REF!=Ref #VALUE!=Value")
_FEW_COLUMNS = 256  # whose square is nothing
_AT_ONCE = 5_000  # values that are handed over at once


class EngineCells:
    """Which cells the engine has.

    Args:
        workbook: the engine, which has no sheets yet.
        sheets: what it is to compute.
        runs: what is computed beside it; `columns` has the cells that these read, formulas among them `OPEN`.
    """

    def __init__(self, workbook: Workbook, sheets: Sequence[SheetCells], runs: Sequence[ColumnRun]) -> None:
        self.workbook = workbook
        self.last_rows = {sheet.name: 0 for sheet in sheets}
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._loaded: dict[str, set[int]] = {name: set() for name in self._sheets}
        self._runs = {id(one.run): one for one in runs}
        self._given: set[int] = set()
        for name in self._sheets:
            workbook.add_sheet(name)
        self._read = needed_cells(
            (one.run.sheet, area) for one in runs for _, end in one.run.ends for area in end.areas
        )
        self.columns = Columns(self._read)

    def begin(self, formulas: Iterable[tuple[Place, Judged]]) -> None:
        """Read the constants that formulas and runs read, and give the engine those of the formulas."""
        needed = needed_cells((place[0], area) for place, formula in formulas for area in formula.areas)
        for name, sheet in self._sheets.items():
            own, read = needed.get(name, {}), self._read.get(name, {})
            both = {column: _hull(own.get(column), read.get(column)) for column in {*own, *read}}
            self._loaded[name] |= own.keys()
            self._load(sheet, both, own)
        for name, sheet in self._sheets.items() if self._read else ():
            for run in sheet.formulas.runs:
                self.columns.put(name, run.row, run.column, [OPEN] * run.count, run.stride)
            for row, column in sheet.formulas.singles:
                self.columns.put(name, row, column, [OPEN])

    def add(self, formulas: Iterable[tuple[Place, Judged]]) -> None:
        """Give the engine the constants that more formulas read."""
        needed = needed_cells((place[0], area) for place, formula in formulas for area in formula.areas)
        for name, sheet in self._sheets.items():
            own = {column: rows for column, rows in needed.get(name, {}).items() if column not in self._loaded[name]}
            whole = {column: _hull(rows, self._read.get(name, {}).get(column)) for column, rows in own.items()}
            self._loaded[name] |= own.keys()
            self._load(sheet, whole, own)

    def _load(self, sheet: SheetCells, needed: Needed, own: Container[int]) -> None:
        """Read the constants of a sheet, and put those of its `own` columns into the engine."""
        widen(self.workbook, [(sheet.name, rows[0], column) for column, rows in needed.items() if column in own])
        for row, column, block in sheet.constants(needed) if needed else ():
            self.columns.take(sheet.name, row, column, block)
            self.last_rows[sheet.name] = max(self.last_rows[sheet.name], row + len(block) - 1)
            if len(block[0]) > 1 or column in own:
                self.workbook.set_values_batch(sheet.name, row, column, _taken(block))

    def give(self, run: JudgedRun) -> bool:
        """Give the engine the values of a run; whether they are known."""
        one = self._runs.get(id(run))
        if one is None or one.values is None:
            return False
        if one.number not in self._given:
            self._given.add(one.number)
            if run.stride == 1:
                for begin in range(0, len(one.values), _AT_ONCE):
                    block = [[value] for value in one.values[begin : begin + _AT_ONCE]]
                    self.workbook.set_values_batch(run.sheet, one.row + begin, run.column, _taken(block))
            else:
                for by, value in enumerate(one.values):
                    self.workbook.set_value(run.sheet, one.row + by * run.stride, run.column, _taken([[value]])[0][0])
        return True

    def give_needed(self) -> None:
        """Give the engine the values of the runs that its formulas read."""
        for one in self._runs.values():
            if one.run.column in self._loaded[one.run.sheet]:
                self.give(one.run)


def widen(workbook: Workbook, places: Iterable[Place]) -> None:
    """Name the last column of each sheet before any other: the engine takes the square of the time of columns that come one
    behind the other.

    Args:
        workbook: the engine's.
        places: that are given something next.
    """
    last: dict[str, Place] = {}
    for place in places:
        last[place[0]] = max(place, last.get(place[0], place), key=_column)
    for place in last.values():
        if place[2] > _FEW_COLUMNS:
            workbook.set_value(*place, None)


def _column(place: Place) -> int:
    return place[2]


def _hull(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int]:
    """The rows from the first of both to the last."""
    both = [rows for rows in (one, other) if rows is not None]
    return min(first for first, _ in both), max(last for _, last in both)


def _taken(block: list[list[Any]]) -> list[list[Any]]:
    """A block with its errors as the engine takes them."""
    for values in block:
        for index, value in enumerate(values):
            if isinstance(value, ErrorValue):
                values[index] = _error(value)
    return block


def _error(value: ErrorValue) -> LiteralValue:
    from formualizer import LiteralValue

    return LiteralValue.error(_CODES.get(value.text, "Value"), None)
