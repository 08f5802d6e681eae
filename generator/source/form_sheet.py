"""A sheet of a filled-in form as it was found: its cells, its marks, where its rows begin and end."""

from __future__ import annotations

from collections.abc import Callable

from generator.ooxml.worksheet_cells import Rows


class ReadSheet:
    """A sheet that was found: its cells, and where its marks stand.

    Args:
        rows: the cells that hold something, by row and column.
        line: of a row.
        columns: the column number of each mark of the hidden row.
        first: the first row below the header.
        end: the last row of the sheet's table (list object); None where there is none.
    """

    def __init__(self, rows: Rows, line: Callable[[int], int], columns: dict[str, int], first: int):
        self.rows = rows
        self.line = line
        self.columns = columns
        self.first = first
        self.end: int | None = None

    def at(self, row: int, column: int) -> tuple[int, int]:
        """A cell's place."""
        return self.line(row), column
