"""Heights of rows whose text wraps, estimated from the text.

Excel and LibreOffice leave a wrapped row without a height at one line until somebody edits it, and neither fits rows to
merged cells. A Chinese character counts two half-widths; Latin words stay whole; the line is as high as the tallest of the
fonts that stand in for 宋体 and 仿宋 needs. Heights that the author fixed (`customHeight`) are not touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from html import unescape

from generator.excel.calculate.loose_marks import without_signs
from generator.excel.read.sheet_xml import SheetXml, attributes_of
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import parse_area
from generator.ooxml.stated_numbers import real, whole

MAX_HEIGHT = 409.5  # points, Excel's limit
_LINE = 1.45  # of the font's size; Noto CJK, LibreOffice's stand-in, needs the most
_KNOWN = 500  # characters of a text whose lines are remembered
_PADDING = 2.0  # points, above and below together
_WIDE_ONES = "[\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e“”]+"  # that are two half-widths, and most of what is written
_WIDE = lazy(_WIDE_ONES)
_TOKEN = lazy(rf"{_WIDE_ONES}|[!-~]+|\s+|.", re.S)
FIRST_OF_SIGNS = "\ufdd0".encode()[:2]  # of a draft's marks, behind which more stands until the sheet is finished
_TEXT = lazy(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")


def text_width(text: str) -> int:
    """The width of a text in half-widths."""
    if text.isascii():
        return len(text)
    rest = _WIDE.sub("", text)
    width = 2 * (len(text) - len(rest))
    if rest.isascii():
        return width + len(rest)
    return width + sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in rest)


def lines(text: str, capacity: float) -> int:
    """How many lines a text takes.

    Args:
        text: with line breaks as they are.
        capacity: of a line in half-widths.
    """
    return (_lines if len(text) <= _KNOWN else _lines.__wrapped__)(text, capacity)


@lru_cache(maxsize=4096)  # a batch prints the same words in every document
def _lines(text: str, capacity: float) -> int:
    count = 0
    room = max(capacity, 2.0)
    for paragraph in text.split("\n"):
        if text_width(paragraph) <= room:
            count += 1
            continue
        used = 0.0
        own = 1
        for token in _TOKEN.findall(paragraph):
            width = text_width(token)
            if _WIDE.match(token):
                more, used = _flowed(len(token), used, room)
                own += more
            elif used + width <= room or token.isspace():
                used += width
            elif width <= room:
                own += 1
                used = width
            else:  # a word longer than the line
                over = used + width
                own += int(over // room)
                used = over % room
        count += own
    return count


def _flowed(count: int, used: float, room: float) -> tuple[int, float]:
    """How many lines are begun by characters of two half-widths, and how much of the last one is used then."""
    if used % 1:  # sums of such fractions are not what their product is
        begun = 0
        for _ in range(count):
            begun, used = (begun, used + 2) if used + 2 <= room else (begun + 1, 2.0)
        return begun, used
    here = int((room - used) // 2)
    here = max(here + (used + 2 * (here + 1) <= room) - (used + 2 * here > room), 0)
    if count <= here:
        return 0, used + 2 * count
    each = int(room // 2)
    full, last = divmod(count - here - 1, each)
    return full + 1, 2.0 * (last + 1)


def height(text: str, capacity: float, size: float, standard: float) -> float:
    """The height in points that a wrapped text needs; 0 for a line that fits into a row that says nothing.

    Args:
        text: with line breaks as they are.
        capacity: of a line in half-widths.
        size: of the font in points.
        standard: the height of a row that says nothing, in points.
    """
    count = lines(text, capacity)
    return 0.0 if count == 1 and _fits(size, standard) else count * size * _LINE + _PADDING


def surely_short(capacity: float, size: float, standard: float) -> int:
    """How many characters without a line break need no height, whatever they are (see `height`)."""
    return max(int(capacity // 2), 0) if _fits(size, standard) else 0


def _fits(size: float, standard: float) -> bool:
    """Whether a row that says nothing holds a line."""
    return size * 1.3 <= standard


def content_text(cell: bytes) -> str:
    """The text of a written cell as it will be read; "" for a number."""
    if b"<" not in cell or b"inlineStr" not in cell[:40]:
        return ""
    before, _, rest = cell.partition(b"<t>")
    if b"<t" in before or b"<t" in rest or not rest:  # runs, kept white space, a prefix
        text = b"".join(_TEXT.findall(cell)).decode()
    else:
        text = rest[: rest.find(b"<")].decode()
    if FIRST_OF_SIGNS in cell:
        text = without_signs(text)
    return unescape(text) if "&" in text else text


@dataclass(frozen=True, slots=True)
class Widths:
    """The column widths of a sheet in characters of the workbook's standard font.

    Args:
        columns: those that are set.
        default: of the others.
        digit: the width of a digit of the standard font, in pixels.
        row_height: of a row that says nothing, in points.
    """

    columns: Mapping[int, float]
    default: float
    digit: int
    row_height: float

    def capacity(self, first: int, last: int, size: float, indent: int = 0) -> float:
        """How many half-widths of a font of `size` points fit into the columns `first` to `last`."""
        pixels = sum(self.columns.get(column, self.default) for column in range(first, last + 1)) * self.digit
        pixels += 5 * (last - first) - 9 * indent
        return pixels * 0.75 / (size / 2)


def widths(xml: SheetXml, standard_size: float) -> Widths:
    """The column widths that a sheet sets.

    Args:
        xml: the sheet.
        standard_size: of the workbook's standard font, in points.
    """
    columns: dict[int, float] = {}
    for match in re.finditer(rb"<(?:\w+:)?col\s[^>]*>", xml.head):
        attributes = attributes_of(match[0])
        if b"width" in attributes:
            first = whole(attributes.get(b"min", b""))
            last = min(whole(attributes.get(b"max", b"")), first + 1000)
            for column in range(first, last + 1):
                hidden = attributes.get(b"hidden") in (b"1", b"true")
                columns[column] = 0.0 if hidden else real(attributes[b"width"]) - 0.71
    shape = re.search(rb"<(?:\w+:)?sheetFormatPr\s[^>]*>", xml.head)
    attributes = attributes_of(shape[0]) if shape else {}
    default = real(attributes.get(b"defaultColWidth", b"9.14")) - 0.71
    row_height = real(attributes.get(b"defaultRowHeight", b"15"))
    return Widths(columns, default, max(round(standard_size * 96 / 72 / 2), 5), row_height)


@dataclass(frozen=True, slots=True)
class MergedAreas:
    """The merges of a template's sheet, by their first cell: (rows, columns)."""

    areas: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def size(self, row: int, column: int) -> tuple[int, int]:
        """How many rows and columns a cell spans."""
        return self.areas.get((row, column), (1, 1))


def merged_areas(xml: SheetXml) -> MergedAreas:
    """The merges that a sheet's XML holds."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for match in re.finditer(rb"<(?:\w+:)?mergeCell\s[^>]*>", xml.tail):
        area = parse_area(attributes_of(match[0]).get(b"ref", b"").decode())
        if area and area.top and area.bottom and area.left and area.right:
            rows = area.bottom.number - area.top.number + 1
            found[area.top.number, area.left.number] = (rows, area.right.number - area.left.number + 1)
    return MergedAreas(found)
