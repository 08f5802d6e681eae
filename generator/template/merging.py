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


class _Table:
    """The runs of one table: by column the row that was asked last, its value, and where its run began.

    `opened` is the last row in which a run began, `leftmost` the first column in which one did.
    """

    __slots__ = ("begun", "columns", "leftmost", "opened", "rows")

    def __init__(self) -> None:
        self.rows = self.begun = 0
        self.columns: dict[int, tuple[int, Any, int]] = {}
        self.opened = self.leftmost = -1

    def record(self, column: int, number: int, value: Any, start: int) -> int:
        """A cell of the row `number` belongs to a run that began at `start`, which is given back."""
        if start == number:
            if self.opened != number:
                self.opened, self.leftmost = number, column
            elif column < self.leftmost:
                self.leftmost = column
        self.columns[column] = number, value, start
        return start


@dataclass(slots=True)
class Runs:
    """The merges of one render; `table` names a table (or a sheet) of the template, columns count from the left."""

    _tables: dict[Hashable, _Table] = field(default_factory=dict)

    def begin(self, table: Hashable) -> None:
        """A table, or the outermost row loop within it, begins: no run goes on from before."""
        own = self.of(table)
        own.columns, own.opened = {}, -1
        own.begun = own.rows

    def of(self, table: Hashable) -> _Table:
        """The runs of a table."""
        own = self._tables.get(table)
        if own is None:
            own = self._tables[table] = _Table()
        return own

    def has_rows(self, table: Hashable) -> bool:
        """Whether a row came since the table last began."""
        own = self.of(table)
        return own.rows > own.begun

    def row(self, table: Hashable) -> int:
        """The next row of a table begins; its number, counted from 1 over the whole render."""
        own = self.of(table)
        own.rows += 1
        return own.rows

    def start_of(self, table: Hashable, column: int, value: Any, row: int | None = None) -> int:
        """The row at which the run of a cell began: the cell's own row if it starts a run.

        Cells of a row are asked from left to right.

        Args:
            table: the table, as in `row`.
            column: the cell's column; those to its left that have a `vm` were asked before.
            value: what must stay the same.
            row: the cell's row where the caller counts rows itself; the last that `row` gave otherwise.
        """
        own = self._tables.get(table) or self.of(table)
        number = own.rows if row is None else row
        above = own.columns.get(column)
        if (
            above is not None
            and above[0] == number - 1
            and (own.opened != number or own.leftmost >= column)  # else a run begins to its left
            and same(above[1], value)
        ):
            own.columns[column] = number, value, above[2]
            return above[2]
        return own.record(column, number, value, number)

    def continues(self, table: Hashable, column: int, value: Any, row: int | None = None) -> bool:
        """Whether a cell merges with the one above it (see `start_of`)."""
        start = self.start_of(table, column, value, row)
        return start < (self._tables[table].rows if row is None else row)

    def force(self, table: Hashable, column: int, *, continues: bool) -> bool:
        """Record a cell that the caller wants to merge with the one above, or not, for those to its right.

        Returns:
            Whether it does merge: where no such cell stands above it, there is nothing to merge with.
        """
        own = self.of(table)
        number = own.rows
        above = own.columns.get(column)
        start = above[2] if continues and above is not None and above[0] == number - 1 else number
        return own.record(column, number, None, start) < number
