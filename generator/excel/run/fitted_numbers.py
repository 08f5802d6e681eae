"""Numbers that their cells are too narrow for: a cell without a number format would round them, or print 1.2E+11, without a word.

Such a cell gets the places of its number as its format and prints it smaller. Long tables are left alone: their columns are
as wide as their author made them for such rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from generator.excel.read.sheet_xml import SheetXml
from generator.excel.read.workbook import CellFormat, Workbook
from generator.excel.run.added_styles import StyleBook
from generator.excel.run.rendered_sheet import RenderedSheet
from generator.excel.run.row_heights import MergedAreas, Widths, merged_areas, widths
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import column_number
from generator.ooxml.overlay import Overlay

_MOST = 11  # characters that a cell without a number format shows of a number
_DIGITS = 15  # of a number, in Excel
_PLACES = 6  # of an amount; a number with more is a quotient, which may be rounded
_LONG = lazy(rb"v>-?[0-9.]{7,}<")
_NUMBER = lazy(
    rb'(<(?:\w+:)?c r="([A-Z]+)(\d+)")([^>]*)'
    rb"(?=>(?:<(?:\w+:)?f[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>(-?[0-9.]{7,})<)"
)
_STYLE, _TYPE = lazy(rb'\ss="(\d+)"'), lazy(rb'\st="(?!n")')


def fit_sheets(sheets: Iterable[RenderedSheet], parts: Overlay, fit: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """The parts of small sheets that hold numbers which a narrow cell would not show, with formats for these.

    Args:
        sheets: as they were run.
        parts: the package as the render has it.
        fit: see `fit_numbers`.
    """
    found: dict[str, bytes] = {}
    for sheet in sheets:
        part, rows = sheet.output.part, sheet.body.small
        if rows is None or not (sheet.run.writer.long_numbers or sheet.compiled.general_numbers):
            continue
        xml = parts.read(part)
        if _LONG.search(xml) is None:
            continue
        if (fitted := fit(xml)) != xml:
            found[part] = fitted
    return found


def fit_numbers(xml: bytes, workbook: Workbook, styles: StyleBook) -> bytes:
    """The sheet with formats for the numbers that would not be shown whole.

    Args:
        xml: a finished worksheet.
        workbook: the template, whose formats the cells have.
        styles: of the render, which takes the new ones.
    """
    if not workbook.part_of_kind("styles"):
        return xml
    looks: dict[bytes, tuple[int, CellFormat] | None] = {}  # of cells, by their attributes: many are alike
    grid: list[tuple[Widths, MergedAreas]] = []  # asked for by the first such number

    def fitted(match: re.Match[bytes]) -> bytes:
        if match[4] not in looks:
            looks[match[4]] = _general(match[4], workbook, styles)
        look = looks[match[4]]
        if look is None:
            return match[0]
        style, form = look
        if not grid:
            around = SheetXml(xml[: xml.find(b"sheetData>")], (), xml[xml.rfind(b"sheetData>") :])
            grid.append((widths(around, workbook.format(0).size), merged_areas(around)))
        columns, merged = grid[0]
        column = column_number(match[2].decode())
        _, across = merged.size(int(match[3]), column)
        places = _places(match[5].decode(), int(columns.capacity(column, column + across - 1, form.size, form.indent)))
        if places is None:
            return match[0]
        return match[1] + b' s="%d"' % styles.shrunk(styles.placed(style, places)) + _STYLE.sub(b"", match[4])

    return _NUMBER.sub(fitted, xml)


def _general(attributes: bytes, workbook: Workbook, styles: StyleBook) -> tuple[int, CellFormat] | None:
    """The style of a cell and its format, if it is a number without a number format in a style of the template's."""
    stated = _STYLE.search(attributes)
    style = int(stated[1]) if stated else 0
    form = workbook.format(styles.origin(style))
    general = form.general and styles.origin(style) == style and not _TYPE.search(attributes)
    return (style, form) if general else None


def _places(number: str, room: int) -> int | None:
    """The decimal places of a number that a cell has no room for; nothing for one that is shown as it is."""
    number = format(float(number), ".15g") if len(number) > _DIGITS else number  # more digits are no part of a figure
    whole, _, places = number.partition(".")
    limit = min(room, _MOST)
    if len(places) > _PLACES:
        return 2 if len(whole) > limit else None
    return len(places) if len(number) > limit else None
