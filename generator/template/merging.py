"""Which cells of a column merge: `{% vm expr %}`, alike in Word and Excel.

A cell merges with the one above while its value stays the same and every `vm` to its left continues. Records are the
same only if they are the same record; text, numbers and dates if they are equal. A run belongs to one table and, within
it, to one execution of the outermost row loop: loops that nest do not end it, two loops one after the other do. A row
that has no `vm` in a column ends that column's run.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from generator.kept.light_classes import dataclass, field


def same(one: Any, other: Any) -> bool:
    """Whether two values of a `vm` are the same: records and lists by identity, everything else by equality."""
    if one is other:
        return True
    if type(one) is tuple and type(other) is tuple:  # several `vm` of one cell
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    if hasattr(one, "__dict__") or isinstance(one, dict | list | set) or isinstance(other, dict | list | set):
        return False
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


@dataclass(slots=True)
class _Column:
    row: int
    value: Any
    start: int


@dataclass(slots=True)
class Runs:
    """The merges of one render; `table` names a table (or a sheet) of the template, columns count from the left."""

    _columns: dict[Hashable, dict[int, _Column]] = field(default_factory=dict)
    _rows: dict[Hashable, int] = field(default_factory=dict)
    _begun: dict[Hashable, int] = field(default_factory=dict)

    def begin(self, table: Hashable) -> None:
        """A table, or the outermost row loop within it, begins: no run goes on from before."""
        self._columns[table] = {}
        self._begun[table] = self._rows.get(table, 0)

    def has_rows(self, table: Hashable) -> bool:
        """Whether a row came since the table last began."""
        return self._rows.get(table, 0) > self._begun.get(table, 0)

    def row(self, table: Hashable) -> int:
        """The next row of a table begins; its number, counted from 1 over the whole render."""
        number = self._rows.get(table, 0) + 1
        self._rows[table] = number
        return number

    def start_of(self, table: Hashable, column: int, value: Any, row: int | None = None) -> int:
        """The row at which the run of a cell began: the cell's own row if it starts a run.

        Cells of a row are asked from left to right.

        Args:
            table: the table, as in `row`.
            column: the cell's column; those to its left that have a `vm` were asked before.
            value: what must stay the same.
            row: the cell's row where the caller counts rows itself; the last that `row` gave otherwise.
        """
        number = self._rows.get(table, 0) if row is None else row
        columns = self._columns.setdefault(table, {})
        above = columns.get(column)
        start = number
        if above is not None and above.row == number - 1 and same(above.value, value):
            for key, one in columns.items():
                if key < column and one.row == number == one.start:  # a run begins to its left
                    break
            else:
                start = above.start
        columns[column] = _Column(number, value, start)
        return start

    def continues(self, table: Hashable, column: int, value: Any, row: int | None = None) -> bool:
        """Whether a cell merges with the one above it (see `start_of`)."""
        number = self._rows.get(table, 0) if row is None else row
        return self.start_of(table, column, value, row) < number

    def force(self, table: Hashable, column: int, *, continues: bool) -> bool:
        """Record a cell that the caller wants to merge with the one above, or not, for those to its right.

        Returns:
            Whether it does merge: where no such cell stands above it, there is nothing to merge with.
        """
        number = self._rows.get(table, 0)
        columns = self._columns.setdefault(table, {})
        above = columns.get(column)
        start = above.start if continues and above is not None and above.row == number - 1 else number
        columns[column] = _Column(number, None, start)
        return start < number
