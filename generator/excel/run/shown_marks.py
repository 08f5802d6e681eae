"""A draft's marks where their reader sees all of them: on yellow, or grey where they may stay, wrapped, in rows high enough.

A column for amounts is too narrow for `【待填：本年“三公经费”预算总额】`, and rows for amounts are one line high.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.excel.calculate.open_formulas import marked_cells
from generator.excel.read.sheet_xml import SheetXml
from generator.excel.read.workbook import Workbook
from generator.excel.run.added_styles import StyleBook
from generator.excel.run.row_heights import MAX_HEIGHT, height, lines, merged_areas, text_width, widths
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import cell as address_of
from generator.ooxml.addresses import column_number

_YELLOW = "FFFF99"
_SHRINKS = (
    1.3  # of a cell's width: what is a little too wide for it is printed smaller, on one line, and still readable
)
_CELL = lazy(rb'(<(?:\w+:)?c r="([A-Z]+)(\d+)")([^>]*)(?=>)')
_ROW = lazy(rb'(<(?:\w+:)?row r="(\d+)")([^>]*?)(?=/?>)')
_STYLE = lazy(rb'\ss="(\d+)"')
_HEIGHT, _HEIGHTS = lazy(rb'\sht="([^"]*)"'), lazy(rb'\s(?:ht|customHeight)="[^"]*"')


def show_marks(xml: bytes, workbook: Workbook, styles: StyleBook, faint: Collection[str] = ()) -> bytes:
    """The sheet with its marks shown.

    Args:
        xml: a finished worksheet.
        workbook: the template, whose formats the cells have.
        styles: of the render, which takes the new ones.
        faint: the addresses of marks that may stay: grey, not on yellow.
    """
    marks = {(row, column): text for row, column, text in marked_cells(xml)}
    if not marks or not workbook.part_of_kind("styles"):
        return xml
    sheet = _Sheet(xml, workbook, styles)
    for (row, column), text in marks.items():
        sheet.show(row, column, text, faint=address_of(row, column) in faint)
    return sheet.written()


class _Sheet:
    """One sheet: the styles and heights that its marks need."""

    def __init__(self, xml: bytes, workbook: Workbook, book: StyleBook):
        self.workbook = workbook
        self.book = book
        self.xml = xml
        self.rows = {int(match[2]): match for match in _ROW.finditer(xml)}
        around = SheetXml(xml[: xml.find(b"sheetData>")], (), xml[xml.rfind(b"sheetData>") :])
        self.merged = merged_areas(around)
        self.widths = widths(around, workbook.format(0).size)
        self.cells: dict[int, list[tuple[int, int, bool]]] = {}
        self.styles: dict[tuple[int, int], int] = {}
        self.heights: dict[int, float] = {}

    def _cells(self, row: int) -> list[tuple[int, int, bool]]:
        """The cells of a row that has a mark: column, style, whether anything is in it."""
        if row not in self.cells:
            start = self.rows[row].end()
            end = self.xml.find(b"row>", start)
            self.cells[row] = [
                (column_number(match[2].decode()), int(style[1]) if style else 0, self._filled(match))
                for match in _CELL.finditer(self.xml, start, end)
                for style in [_STYLE.search(match[4])]
            ]
        return self.cells[row]

    def _filled(self, cell: re.Match[bytes]) -> bool:
        return not cell[4].endswith(b"/") and self.xml[cell.end() + 1 : cell.end() + 3] != b"</"

    def show(self, row: int, column: int, text: str, *, faint: bool) -> None:
        """Take note of what a mark needs."""
        own = next(style for at, style, _ in self._cells(row) if at == column)
        style = self.book.faint(own) if faint else self.book.shaded(own, _YELLOW)
        form = self.workbook.format(self.book.origin(own))
        down, across = self.merged.size(row, column)
        room = self.widths.capacity(column, column + across - 1, form.size, form.indent)
        stays = form.wrap or (down, across) != (1, 1) or not self._overflows(row, column, text, form.size)
        if stays and room < text_width(text) <= room * _SHRINKS and "\n" not in text:
            style = self.book.shrunk(style)  # its bracket would stand alone on a second line
        elif lines(text, room) > 1 and stays:
            style = self.book.wrapped(style)
            self._grow(range(row, row + down), height(text, room, form.size, self.widths.row_height))
        self.styles[row, column] = style

    def _overflows(self, row: int, column: int, text: str, size: float) -> bool:
        """Whether the empty cells beside a cell take the rest of its text, in a font of `size` points."""
        behind = [at for at, _, filled in self._cells(row) if at > column and filled]
        last = min(behind, default=column + 20) - 1
        return lines(text, self.widths.capacity(column, last, size)) == 1

    def _grow(self, rows: range, needed: float) -> None:
        there = sum(self.heights.get(one, self._height(one)) for one in rows)
        if needed > there:
            first = self.heights.get(rows[0], self._height(rows[0]))
            self.heights[rows[0]] = min(first + needed - there, MAX_HEIGHT)

    def _height(self, number: int) -> float:
        stated = _HEIGHT.search(self.rows[number][3]) if number in self.rows else None
        return float(stated[1]) if stated else self.widths.row_height

    def written(self) -> bytes:
        """The sheet as noted."""

        def cell(match: re.Match[bytes]) -> bytes:
            style = self.styles.get((int(match[3]), column_number(match[2].decode())))
            return match[0] if style is None else match[1] + b' s="%d"' % style + _STYLE.sub(b"", match[4])

        def row(match: re.Match[bytes]) -> bytes:
            grown = self.heights.get(int(match[2]))
            if grown is None:
                return match[0]
            return match[1] + _HEIGHTS.sub(b"", match[3]) + b' ht="%.4g" customHeight="1"' % grown

        return _ROW.sub(row, _CELL.sub(cell, self.xml))
