"""What a run of formulas computes from the columns that it reads, as functions of Python (see `column_runs`).

The steps are those of a single row (see `row_steps`). An operand is a cell that goes down with the formulas or stays where it is; a range
that begins at one cell and grows with each formula is an operand too: its totals are counted on from row to row, in the
engine's order, so that they are the engine's very doubles.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import reduce
from itertools import accumulate
from operator import add
from typing import Any

from generator.excel.calculate.cell_arrays import Doubtful, round15
from generator.excel.calculate.column_cells import OPEN, Columns, Unread
from generator.excel.calculate.formula_areas import Node
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_names import Refused
from generator.excel.calculate.row_steps import MOST_OPERANDS, Beyond, NotFound, Size, Step, middling, operand_step
from generator.excel.calculate.signatures import CRITERION, KEY
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import MAX_ROWS, Area, columns_of, parse_area, rows_of

_TOTALS = ("SUM", "COUNT", "MAX", "MIN", "AVERAGE")


class Waits(Exception):
    """Values of a column are not known yet: `places` has the sheet, row and column of each."""

    def __init__(self, sheet: str, column: int, cells: Iterable[tuple[int, Any]]) -> None:
        rows = tuple(dict.fromkeys(row for row, value in cells if value is OPEN))
        super().__init__(sheet, column, rows)
        self.places = [(sheet, row, column) for row in rows]


@dataclass(frozen=True, slots=True)
class MovingCells:
    """A cell for each formula, every `step` rows one; with `lenient` a text or an empty cell is nothing."""

    sheet: str
    column: int
    row: int
    step: int
    lenient: bool = False

    def values(self, columns: Columns, count: int, begin: int) -> list[float]:
        """The numbers for so many formulas from the `begin`th on.

        Raises:
            Waits: some are not known yet.
            Beyond: one is no number, or was not read.
        """
        cells = columns.get(self.sheet, self.column)
        if cells is None:
            raise Beyond
        try:
            found = cells.read(self.row + self.step * begin, self.step, count)
        except Unread:
            raise Beyond from None
        if OPEN in found:
            raise Waits(
                self.sheet, self.column, ((self.row + self.step * by, value) for by, value in enumerate(found, begin))
            )
        if self.lenient and not all(type(value) is float for value in found):
            found = [0.0 if value is None or isinstance(value, str) else value for value in found]
        return numbers(found)

    @property
    def rows(self) -> tuple[int, int]:
        """The first and last row that the first formula reads."""
        return self.row, self.row

    def value(self, columns: Columns) -> float:
        """The number for the first formula.

        Raises:
            Beyond: it is no number, or was not read.
        """
        cells = columns.get(self.sheet, self.column)
        if cells is None or cells.sparse or self.row < cells.first:
            raise Beyond
        at = self.row - cells.first
        found = cells.values[at] if at < len(cells.values) else None
        if self.lenient and (found is None or isinstance(found, str)):
            return 0.0
        if type(found) is not float or not middling(found):
            raise Beyond
        return found


def numbers(values: list[Any]) -> list[float]:
    """Values that are all numbers of a middling size.

    Raises:
        Beyond: one is none.
    """
    for value in values:
        if type(value) is not float or not middling(value):
            raise Beyond
    return values


@dataclass(frozen=True, slots=True)
class Total:
    """A total of the cells of a column between two rows, of which the lower may go down with the formulas."""

    name: str
    sheet: str
    column: int
    top: int
    bottom: int
    step: int

    def values(self, columns: Columns, count: int, begin: int) -> list[float]:
        """As `MovingCells.values`."""
        first = self.bottom + self.step * begin
        if first < self.top:
            raise Beyond
        last = first + self.step * (count - 1)
        found = held(columns, self.sheet, self.column, self.top, last)
        counts = list(accumulate(1 if type(value) is float else 0 for value in found))
        plain = numbers([value for value in found if type(value) is float])
        totals = list(accumulate(plain, {"MAX": max, "MIN": min}.get(self.name), initial=None if plain else 0.0))
        wanted = [min(row - self.top, len(found) - 1) for row in range(first, last + 1, self.step or 1)]
        taken = [counts[at] if at >= 0 else 0 for at in wanted]
        if self.name == "COUNT":
            values = [float(number) for number in taken]
        elif self.name == "SUM":
            values = [totals[number - 1] + 0.0 if number else 0.0 for number in taken]
        elif 0 in taken:
            raise Beyond
        else:
            values = [totals[number - 1] / (number if self.name == "AVERAGE" else 1) for number in taken]
        return values if self.step else values * count

    @property
    def rows(self) -> tuple[int, int]:
        """The first and last row that the first formula reads."""
        return self.top, self.bottom

    def value(self, columns: Columns) -> float:
        """As `MovingCells.value`."""
        if self.bottom < self.top:
            raise Beyond
        plain = numbers([cell for cell in held(columns, self.sheet, self.column, *self.rows) if type(cell) is float])
        if self.name == "COUNT":
            return float(len(plain))
        if not plain:
            if self.name == "SUM":
                return 0.0
            raise Beyond
        total = reduce({"MAX": max, "MIN": min}.get(self.name, add), plain)
        return total / len(plain) if self.name == "AVERAGE" else total + 0.0 if self.name == "SUM" else total


def held(columns: Columns, sheet: str, column: int, top: int, bottom: int) -> list[Any]:
    """The numbers, texts and empty cells of a column between two rows.

    Raises:
        Waits: some are not known yet.
        Beyond: one is something else, or was not read.
    """
    cells = columns.get(sheet, column)
    if cells is None:
        raise Beyond
    try:
        found = cells.between(top, bottom)
    except Unread:
        raise Beyond from None
    if OPEN in found:
        raise Waits(sheet, column, enumerate(found, top))
    if not all(value is None or type(value) is float or type(value) is str for value in found):
        raise Beyond
    return found


@dataclass(slots=True)
class KeyedCells:
    """What numbers are looked for in: a column of keys, and what stands beside them; `name` tells what is found of it.

    Args:
        found: by key, once it is read.
        empty: whether a key is an empty cell.
    """

    name: str
    sheet: str
    keys: int
    values: tuple[str, int]
    top: int
    bottom: int
    found: dict[float, Any] = field(default_factory=dict)
    empty: bool = False

    def read(self, columns: Columns) -> None:
        """Read it.

        Raises:
            Waits, Beyond: as `held`.
        """
        keys = held(columns, self.sheet, self.keys, self.top, self.bottom)
        beside = held(columns, *self.values, self.top, self.bottom)
        beside += [None] * (len(keys) - len(beside))
        self.found.clear()
        self.empty = len(keys) <= self.bottom - self.top or None in keys
        for key, value in zip(keys, beside, strict=False):
            if isinstance(key, str) and any(letter.isdigit() for letter in key):
                raise Beyond  # it may read as a number
            if type(key) is not float:
                continue
            if round15(key) != key:
                raise Beyond
            if self.name == "VLOOKUP":
                self.found.setdefault(key, value)
            elif self.name == "COUNTIF":
                self.found[key] = self.found.get(key, 0.0) + 1.0
            elif type(value) is float:
                self.found[key] = self.found.get(key, 0.0) + numbers([value])[0]

    def at(self, key: float) -> float:
        """What is found for a number.

        Raises:
            NotFound: no key is this number.
            Doubtful: what is found is left to the engine.
        """
        if round15(key) != key or (key == 0 and self.empty):
            raise Doubtful("more than 15 digits, or nothing")
        value = self.found.get(key, None if self.name == "VLOOKUP" else 0.0)
        if value is None and key not in self.found:
            raise NotFound
        if type(value) is not float or not middling(value):
            raise Doubtful("no number")
        return value


Source = MovingCells | Total


@dataclass(slots=True)
class RunWalk:
    """The sheet and number of a run's formulas, its references with the last formula's, and the operands in their order."""

    sheet: str
    count: int
    pairs: dict[int, tuple[Area, Area]]
    sources: list[Source] = field(default_factory=list)
    tables: list[KeyedCells] = field(default_factory=list)

    def cells(self, node: Node) -> list[Step]:
        """An operand for each cell of a small reference."""
        return self._cells(node, False)

    def _cells(self, node: Node, lenient: bool) -> list[Step]:
        sheet, left, right, tops, bottoms = self._edges(node)
        (top, step), (bottom, other) = tops, bottoms
        if step != other or (bottom - top + 1) * (right - left + 1) > MOST_OPERANDS:
            raise Beyond
        places = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        return [self._operand(MovingCells(sheet, column, row, step, lenient)) for row, column in places]

    def _edges(self, node: Node) -> tuple[str, int, int, tuple[int, int], tuple[int, int]]:
        """The sheet and columns of a reference; its first and last row in the first formula, each with its step."""
        first, last = self.pairs.get(id(node), (None, None))
        if first is None or last is None or len(first.sheets) > 1 or first.sheets != last.sheets:
            raise Beyond
        if columns_of(first) != columns_of(last) or first.left is None:
            raise Beyond
        edges: list[tuple[int, int]] = []
        for one, other in zip(rows_of(first), rows_of(last), strict=True):
            step, rest = divmod(other - one, self.count - 1)
            if rest:
                raise Beyond
            edges.append((one, step))
        return first.sheets[0] if first.sheets else self.sheet, *columns_of(first), edges[0], edges[1]

    def _operand(self, source: Source, size: Size | None = None) -> Step:
        if source not in self.sources:
            self.sources.append(source)
        return operand_step(self.sources.index(source), size)

    def called(self, node: Node) -> Step | None:
        """A call over a growing range, of N, or of a look-up; None: it is called as in a row."""
        name, arguments = node["name"], node["args"]
        if name == "N" and len(arguments) == 1 and arguments[0]["node_type"] == "Reference":
            found = self._cells(arguments[0], True)
            if len(found) != 1:
                raise Beyond
            return found[0]
        if name in _TOTALS and len(arguments) == 1 and arguments[0]["node_type"] == "Reference":
            return self._total(name, arguments[0])
        if name in ("VLOOKUP", "SUMIF", "COUNTIF"):
            return self._looked_up(name, arguments)
        return None

    def listed(self, node: Node, adds: bool) -> list[Step]:
        """The cells of an argument of a function over many; where they are added, texts count as nothing."""
        return self._cells(node, adds)

    def _total(self, name: str, node: Node) -> Step | None:
        sheet, left, right, (top, step), (bottom, other) = self._edges(node)
        if step or left != right or other < 0:
            return None
        size = Size(0, 7) if name == "COUNT" else Size(math.log10(1e-20) - 17, math.log10(1e20) + 7)
        return self._operand(Total(name, sheet, left, top, min(bottom, MAX_ROWS), other), size)

    def _looked_up(self, name: str, arguments: list[Node]) -> Step:
        position = 0 if name == "VLOOKUP" else 1
        if len(arguments) != {"VLOOKUP": 4, "SUMIF": 3, "COUNTIF": 2}[name]:
            raise Beyond
        asked = arguments[position]
        if asked["node_type"] != "Function" or asked["name"] not in (KEY, CRITERION) or len(asked["args"]) != 1:
            raise Beyond
        key = asked["args"][0]
        found = self.cells(key) if key["node_type"] == "Reference" else []
        if len(found) != 1:
            raise Beyond
        table = self._table(name, arguments)
        if table not in self.tables:
            self.tables.append(table)
        own, look = self.tables[self.tables.index(table)], found[0].call
        return Step(lambda x: own.at(look(x)), size=found[0].size)

    def _table(self, name: str, arguments: list[Node]) -> KeyedCells:
        sheet, left, right, (top, step), (bottom, other) = self._edges(arguments[1 if name == "VLOOKUP" else 0])
        if step or other:
            raise Beyond
        values = sheet, left
        if name == "VLOOKUP":
            place, near = arguments[2].get("value"), arguments[3].get("value")
            if not isinstance(place, float | int) or near not in (0, False) or not 1 <= place <= right - left + 1:
                raise Beyond
            values = sheet, left + int(place) - 1
        elif left != right:
            raise Beyond
        if name == "SUMIF":
            page, first, last, tops, bottoms = self._edges(arguments[2])
            if first != last or tops != (top, 0) or bottoms != (bottom, 0):
                raise Beyond
            values = page, first
        return KeyedCells(name, sheet, left, values, top, bottom)


def pairs_of(first: Judged, last: Judged) -> tuple[Node, dict[int, tuple[Area, Area]]]:
    """The tree of a run's first formula, and its references by node, each with the last formula's.

    Raises:
        Beyond: more than references differs, or there are too many.
    """
    try:
        one, other = first.tree(), last.tree()
    except Refused:
        raise Beyond from None
    found: dict[int, tuple[Area, Area]] = {}
    _pair(one, other, found)
    return one, found


def _pair(one: Any, other: Any, found: dict[int, tuple[Area, Area]]) -> None:
    if isinstance(one, dict) and isinstance(other, dict):
        if one.get("node_type") == other.get("node_type") == "Reference":
            areas = parse_area(one["reference"]), parse_area(other["reference"])
            if areas[0] is not None and areas[1] is not None:
                found[id(one)] = areas[0], areas[1]
                return
        if one.keys() != other.keys():
            raise Beyond
        _pair_all(one.values(), other.values(), found)
    elif isinstance(one, list) and isinstance(other, list):
        _pair_all(one, other, found)
    elif one != other:
        raise Beyond


def _pair_all(ones: Iterable[Any], others: Iterable[Any], found: dict[int, tuple[Area, Area]]) -> None:
    left, right = list(ones), list(others)
    if len(left) != len(right):
        raise Beyond
    for one, other in zip(left, right, strict=True):
        _pair(one, other, found)
