"""What a reader sees of cells: colours worked out, the font under formatted characters, what a merged area hides, sizes in pixels."""

from __future__ import annotations

import colorsys
import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from lxml import etree

from generator.compare.canonical import Properties
from generator.compare.excel.workbook_model import Area, Line, Sheet
from generator.compare.package_facts import Parts
from generator.ooxml.package import local
from generator.ooxml.stated_numbers import digits, real

_SCHEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")  # 18.8.3, color
_DIGIT = 7  # pixels of the widest digit of the default font, Calibri 11 (18.3.1.13)
_EMU_PER_PIXEL = 9525
_HEX = re.compile("[0-9A-F]{6}")


class Colours:
    """The colours of a workbook: those of its theme and of its palette as red, green and blue."""

    def __init__(self, parts: Parts, main: str, palette: Sequence[etree._Element]):
        from openpyxl.styles.colors import COLOR_INDEX  # the palette that a workbook has unless it states another

        stated = [colour.get("rgb", "")[-6:].upper() for group in palette for colour in group if colour.get("rgb")]
        self._indexed = stated or [colour[-6:].upper() for colour in COLOR_INDEX]
        theme = parts.one(main, "theme")
        self._theme = {} if theme is None else _theme_colours(parts.xml(theme))

    def seen(self, colour: Any) -> Any:
        """A colour as it is seen, where it is known; black text and the system's own colours go without saying."""
        if not isinstance(colour, tuple) or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in colour):
            return colour
        given = dict(colour)
        found = given.get("rgb")
        if "theme" in given:
            found = self._theme.get(_at(_SCHEME, given["theme"]))
        elif "indexed" in given:
            if given["indexed"] in ("64", "65"):
                return ()
            found = _at(self._indexed, given["indexed"])
        if found is None:
            return () if "auto" in given else colour
        return (("rgb", _tinted(found, given.get("tint"))),)


def _at(values: Sequence[str], index: str) -> str:
    at = digits(index)
    return values[at] if at is not None and at < len(values) else ""


def _theme_colours(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for scheme in root.iter():
        if local(scheme) == "clrScheme":
            for slot in scheme:
                for colour in slot:
                    found[local(slot)] = (colour.get("lastClr") or colour.get("val") or "").upper()
    return found


def _tinted(colour: str, tint: str | None) -> str:
    """A colour lighter or darker by a share (18.8.19): its luminance moves towards white or black."""
    if tint is None or not _HEX.fullmatch(colour):
        return colour
    share = max(-1.0, min(real(tint), 1.0))
    hue, light, depth = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, depth))


def seen_font(font: Properties, colours: Colours) -> Properties:
    """A font with its colour as it is seen; black is what text is anyway."""
    found = dict(font)
    if "color" in found:
        found["color"] = colours.seen(found["color"])
        if found["color"] in ((), (("rgb", "000000"),)):
            del found["color"]
    return tuple(sorted(found.items()))


def seen_run(look: Properties, font: Properties) -> Properties:
    """A format of characters over the font of their cell: what it does not state is the cell's, toggles apart."""
    under = [("rFont" if name == "name" else name, value) for name, value in font if not look or value is not True]
    return tuple(sorted({**dict(under), **dict(look)}.items()))


class Merged:
    """The cells that merged areas cover."""

    def __init__(self, areas: Sequence[Area]):
        self._areas = sorted(areas)
        self._tops = [area[0] for area in self._areas]
        self._tallest = max((area[2] - area[0] for area in self._areas), default=0)

    def area(self, row: int, column: int) -> Area | None:
        """The merged area that a cell lies in."""
        index = bisect_right(self._tops, row) - 1
        while index >= 0 and self._tops[index] >= row - self._tallest:
            top, left, bottom, right = self._areas[index]
            if row <= bottom and left <= column <= right:
                return top, left, bottom, right
            index -= 1
        return None

    def seen(self, look: Any, row: int, column: int) -> Any:
        """A cell's look without what lies within a merged area: all of it but the outer borders, unless the cell is its first."""
        area = self.area(row, column)
        if area is None:
            return look
        top, left, bottom, right = area
        inner = {"top": row > top, "bottom": row < bottom, "left": column > left, "right": column < right}
        found = dict(look)
        found["border"] = tuple(pair for pair in found.get("border", ()) if not inner.get(pair[0], False))
        if (row, column) != (top, left):
            found = {"border": found["border"]}
        return tuple(found.items())


def pixels_high(height: str) -> int:
    """How many whole pixels a row of so many points is high, at 96 to the inch."""
    return math.floor(float(height) / 0.75 + 1e-9)


def pixels_wide(width: str) -> int:
    """How many pixels a column is wide whose width is stated in digits (18.3.1.13)."""
    return math.trunc((256 * float(width) + math.trunc(128 / _DIGIT)) / 256 * _DIGIT)


def drawing_size(sheet: Sheet, row: int, column: int, frame: Any) -> tuple[int, int] | None:
    """Width and height of a drawing in EMU, by its extent or by the cells that it covers; None where neither is stated.

    Args:
        sheet: where it stands.
        row, column: the cell in which it begins, from 1.
        frame: its `frame`: where it begins within that cell, its extent, how far it reaches.
    """
    start, extent, reach = frame
    if extent:
        return digits(extent[0]) or 0, digits(extent[1]) or 0
    if not reach:
        return None
    rows, columns, row_offset, column_offset = reach
    high = sum(_pixels(sheet.lines.get(row + n), sheet, "defaultRowHeight") for n in range(rows))
    wide = sum(_pixels(sheet.columns.get(column + n), sheet, "defaultColWidth") for n in range(columns))
    high, wide = high * _EMU_PER_PIXEL + row_offset, wide * _EMU_PER_PIXEL + column_offset
    return (wide - (start[1] if start else 0), high - (start[0] if start else 0))


# where a sheet states neither
_MEASURES = {"defaultRowHeight": (pixels_high, 20), "defaultColWidth": (pixels_wide, 64)}


def _pixels(line: Line | None, sheet: Sheet, default: str) -> int:
    """How many pixels a row or a column takes; `default` is what the sheet calls the size of those that state none."""
    if line is not None and line.hidden:
        return 0
    measure, otherwise = _MEASURES[default]
    size = line.size if line is not None and line.size else dict(sheet.view).get(default)
    return otherwise if size is None else measure(size)
