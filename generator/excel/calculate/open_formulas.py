"""Formulas of a draft: what reads a cell that is still to fill in names that field, instead of a partial total or #VALUE!.

Word prints a computed field that lacks an input as something to fill in; the formula of the same figure has to agree. The
formula stays in its cell, behind a condition, so that it computes as soon as somebody types the missing value there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from generator.excel.calculate.cached_values import ReadSheet, read_formulas
from generator.excel.follow.formulas import parse_formula
from generator.excel.follow.ranges import columns_of, rows_of
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import Area, column_number, write_area
from generator.ooxml.escaping import escape

MARK = "【待填"
SHOWN = "【待填】"
_CELL = lazy(rb'<(\w+:)?c r="([A-Z]+)(\d+)"[^>]*(?<!/)>(.*?)</(?:\w+:)?c>', re.S)
_TEXT = lazy(rb"<(?:\w+:)?[tv](?:\s[^>]*)?>([^<]*)<")
_NORMAL = lazy(rb'(<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?f>)([^<]*)(?=</)')
_LONGEST = 8192  # characters of a formula (Excel's limit)

Place = tuple[str, int, int]  # sheet, row, column


def open_formulas(sheets: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """The parts in which a formula depends on a cell that is to fill in, with those formulas behind a condition.

    Args:
        sheets: the worksheets by name: their parts' names and contents.
    """
    read = {name: read_formulas(name, xml) for name, (_, xml) in sheets.items()}
    reads = {
        (name, *place): list(_areas(cell.text, name))
        for name, sheet in read.items()
        for place, cell in sheet.formulas.items()
        if cell.known
    }
    marked = {place: text for name, sheet in read.items() for place, text in _marks(name, sheet)}
    found: dict[Place, tuple[list[Area], str]] = {}
    grown = True
    while grown:  # a total of totals waits as well
        grown = False
        for place, areas in reads.items():
            waiting = [area for names, area in areas if any(_covers(names, area, one) for one in marked)]
            if waiting and (place not in found or waiting != found[place][0]):
                first = min(one for one in marked for names, area in areas if _covers(names, area, one))
                found[place], grown = (waiting, marked[first]), True
                marked[place] = marked[first]
    changed = {name for name, _, _ in found}
    return {sheets[name][0]: _write(name, sheet, found) for name, sheet in read.items() if name in changed}


def _areas(text: str, sheet: str) -> Iterator[tuple[tuple[str, ...], Area]]:
    """What a formula refers to, with the sheets that it lies on; a span of sheets is left out: COUNTIF reads none."""
    for area in parse_formula(text).areas:
        if len(area.sheets) < 2:
            yield area.sheets or (sheet,), area


def marked_cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of the cells that say that something is to fill in, formulas' values too."""
    for match in _CELL.finditer(xml):
        if MARK.encode() in match[4]:
            text = unescape(b"".join(_TEXT.findall(match[4])).decode())
            if MARK in text:
                yield int(match[3]), column_number(match[2].decode()), text


def _marks(name: str, sheet: ReadSheet) -> Iterator[tuple[Place, str]]:
    """The cells, with their marks, that are to fill in and nothing else: beside other words, a mark is no figure's."""
    for row, column, text in marked_cells(sheet.xml):
        if text.startswith(MARK) and (row, column) not in sheet.formulas:
            yield (name, row, column), text[: text.find("】") + 1] or SHOWN


def _covers(names: tuple[str, ...], area: Area, place: Place) -> bool:
    sheet, row, column = place
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    return sheet in names and top <= row <= bottom and left <= column <= right


def _write(name: str, sheet: ReadSheet, found: Mapping[Place, tuple[list[Area], str]]) -> bytes:
    def guard(match: re.Match[bytes]) -> bytes:
        waits = found.get((name, int(match[3]), column_number(match[2].decode())))
        if not waits:
            return match[0]
        areas, mark = waits
        shown = mark.replace('"', '""')
        counts = "+".join(f'COUNTIF({text},"{MARK}*")' for text in dict.fromkeys(map(write_area, areas)))
        text = f'IF({counts}>0,"{shown}",{unescape(match[4].decode())})'
        return match[1] + escape(text).encode() if len(text) <= _LONGEST else match[0]

    return _NORMAL.sub(guard, sheet.xml)
