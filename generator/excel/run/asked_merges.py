"""The merges that the data of one sheet ask for: the tags `vm`, `hm` and `colspan`."""

from __future__ import annotations

from typing import Any

from generator.excel.run.merged_cells import Merge
from generator.kept.light_classes import dataclass, field
from generator.template.merging import Runs, same


@dataclass(slots=True)
class AskedMerges:
    """The merges of a sheet whose program runs, in rows and columns of the rendered sheet.

    Args:
        vertical: the first row and column of a `vm` -> its last row.
        spans: a cell of `hm` or `colspan` -> how many columns.
        latest: a tag -> row, column and first column of the `hm` that it printed last, and its value.
    """

    runs: Runs = field(default_factory=Runs)
    vertical: dict[tuple[int, int], int] = field(default_factory=dict)
    spans: dict[tuple[int, int], int] = field(default_factory=dict)
    latest: dict[int, tuple[int, int, int, Any]] = field(default_factory=dict)

    def down(self, row: int, column: int, value: Any) -> bool:
        """Whether a cell with `vm` merges with the one above."""
        start = self.runs.start_of("rows", column, value, row)
        if start < row:
            self.vertical[start, column] = row
        return start < row

    def across(self, tag: int, row: int, column: int, value: Any) -> bool:
        """Whether a cell with `hm` merges with the one to its left, which the same tag printed in this row."""
        last = self.latest.get(tag)
        if last is not None and last[0] == row and last[1] == column - 1 and (value is None or same(last[3], value)):
            self.latest[tag] = (row, column, last[2], value)
            self.spans[row, last[2]] = column - last[2] + 1
            return True
        self.latest[tag] = (row, column, column, value)
        return False

    def last_row(self, row: int, column: int) -> int:
        """The last row that a cell covers by `vm`."""
        return self.vertical.get((row, column), row)

    def merges(self) -> list[Merge]:
        """All of them."""
        found = [Merge(start, column, end, column) for (start, column), end in self.vertical.items()]
        for (row, column), count in self.spans.items():
            end = self.vertical.get((row, column))
            if end is None:
                found.append(Merge(row, column, row, column + count - 1))
            else:
                found.remove(Merge(row, column, end, column))
                found.append(Merge(row, column, end, column + count - 1))
        return sorted(found)
