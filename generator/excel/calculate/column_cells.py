"""Cells of columns as lists: what formulas below each other read when a whole run of them is computed at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.kept.light_classes import dataclass, field

OPEN: Any = object()  # stands for the value of a formula that is not known yet
_FURTHEST = 10_000  # rows that a list is filled up with nothing for


class Unread(Exception):
    """Cells that cannot be read here: beyond what was kept."""


@dataclass(slots=True)
class ColumnCells:
    """The cells of a column from a row on; beyond the last of them nothing stands."""

    first: int
    values: list[Any] = field(default_factory=list)
    sparse: bool = False

    def put(self, row: int, values: Sequence[Any], stride: int = 1) -> None:
        """Put values into every `stride`th cell from a row on; what stands above the first row is not kept."""
        if row < self.first:
            above = -((row - self.first) // stride)
            row, values = row + above * stride, values[above:]
        at = row - self.first
        gap = at + (len(values) - 1) * stride + 1 - len(self.values)
        if not values or self.sparse or gap > _FURTHEST + len(values) * stride:
            self.sparse = self.sparse or bool(values)
            return
        if gap == len(values) and stride == 1:
            self.values.extend(values)
            return
        if gap > 0:
            self.values.extend([None] * gap)
        self.values[at : at + (len(values) - 1) * stride + 1 : stride] = values

    def read(self, row: int, step: int, count: int) -> list[Any]:
        """`count` values, every `step` rows one.

        Raises:
            Unread: some of these were not kept.
        """
        at, last = row - self.first, row - self.first + step * (count - 1)
        if self.sparse or at < 0 or last < 0:
            raise Unread
        if step == 0:
            return [self.values[at] if at < len(self.values) else None] * count
        if step < 0:
            raise Unread
        found = self.values[at : last + 1 : step]
        return found if len(found) == count else [*found, *[None] * (count - len(found))]

    def between(self, first: int, last: int) -> list[Any]:
        """The values from one row to another, without the empty cells behind the last that holds anything.

        Raises:
            Unread: some of these were not kept.
        """
        if self.sparse or first < self.first:
            raise Unread
        return self.values[first - self.first : max(last + 1 - self.first, 0)]


class Columns:
    """The cells of the columns that runs read, by sheet and column."""

    def __init__(self, needed: Mapping[str, Mapping[int, tuple[int, int]]]) -> None:
        self._cells = {
            (sheet, column): ColumnCells(first)
            for sheet, columns in needed.items()
            for column, (first, _) in columns.items()
        }

    def get(self, sheet: str, column: int) -> ColumnCells | None:
        """The cells of a column; None: no run reads it."""
        return self._cells.get((sheet, column))

    def put(self, sheet: str, row: int, column: int, values: Sequence[Any], stride: int = 1) -> None:
        """Put values into a column, if a run reads it."""
        cells = self._cells.get((sheet, column))
        if cells is not None:
            cells.put(row, values, stride)

    def take(self, sheet: str, row: int, column: int, block: Sequence[Sequence[Any]]) -> None:
        """Put a block of values into the columns that runs read."""
        for right in range(len(block[0]) if block else 0):
            if (sheet, column + right) in self._cells:
                self.put(sheet, row, column + right, [values[right] for values in block])
