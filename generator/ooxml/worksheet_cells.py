"""What the cells of a worksheet hold: values, formulas, notes, and what of the sheet is merged, hidden or a table.

Only what holds something is kept, for formats alone can reach to the last row. Whatever a malformed part holds, `Unsound`
says what and where; nothing is guessed (ECMA-376 part 1, 18.3).
"""

from __future__ import annotations

import io
import math
import re
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Literal

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import ooxml_words as words
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, Area, cell, column_number, parse_area
from generator.ooxml.cell_dates import iso_moment, moment, shows_date, shows_elapsed
from generator.ooxml.package import local

SPACES = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_CELL, _VALUE, _FORMULA, _INLINE = (
    frozenset(f"{{{space}}}{name}" for space in SPACES) for name in ("c", "v", "f", "is")
)
MOST_CELLS = 1_000_000  # of a workbook that hold something; they are all kept in memory
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_LONG_NUMBER = 400  # characters; no program writes more
_EXACT = 30  # digits of a whole number that is kept as it is written
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

DataType = Literal["n", "s", "b", "e", "d"]  # number, text, boolean, error, date


class Unsound(Exception):
    """A workbook that cannot be read: `reason` says what is wrong with which part or cell."""

    def __init__(self, reason: Text):
        self.reason = reason
        super().__init__(reason.zh)


@dataclass(frozen=True, slots=True)
class Note:
    """A note (comment) of a cell."""

    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that holds something.

    Args:
        value: int, float, str, bool, or a date, time or duration; of a formula the cached value, None without one.
        data_type: of the value; an error's value is its text (`#N/A`).
        number_format: the code.
        formula: with its `=`; None where there is none.
    """

    value: Any
    data_type: DataType = "s"
    number_format: str = "General"
    comment: Note | None = None
    formula: str | None = None


Rows = dict[int, dict[int, SheetCell]]


class TableArea(NamedTuple):
    """Where a table (list object) lies: its rows with headers and totals, from 1, and its columns."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A worksheet.

    Args:
        title: of the tab.
        rows: the cells that hold something by row and column, from 1; of merged cells the first only.
        state: `visible`, `hidden` or `veryHidden`.
        merged: the merged areas.
        hidden_rows, hidden_columns: what is not shown; columns as first and last.
        tables: the tables.
        notes: every note by row and column, of empty cells too.
    """

    title: str
    rows: Rows
    state: str = "visible"
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    tables: tuple[TableArea, ...] = ()
    notes: dict[tuple[int, int], Note] = field(default_factory=dict)


@dataclass(slots=True)
class Surroundings:
    """What cells refer to.

    Args:
        strings: the shared strings.
        formats: the number format of each cell style.
        since_1904: the workbook counts days from 1904.
        room: how many more cells may be kept.
    """

    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool = False
    room: int = MOST_CELLS


def rich_text(element: Any) -> str:
    """The text of a string: of its runs, without the phonetic guide; `_x000D_` and its like are characters."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(piece.text or "" for piece in child if local(piece) == "t")
    text = "".join(parts)
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    allowed = code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF and code < 0xFFFE)
    return chr(code) if allowed else match[0]


@lru_cache(maxsize=20_000)
def _address(text: str) -> tuple[int, int]:
    """Row and column of an address; zeros where it is none."""
    match = _ADDRESS.fullmatch(text)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def read_sheet(
    title: str,
    state: str,
    data: bytes,
    around: Surroundings,
    notes: dict[tuple[int, int], Note],
    tables: tuple[TableArea, ...],
) -> SheetCells:
    """Read a worksheet's part, which is known to be sound XML.

    Raises:
        Unsound: a cell stands nowhere or twice, refers to what there is not, or holds what its type cannot.
    """
    reading = _Reading(title, around, notes)
    wanted = [f"{{{space}}}{name}" for space in SPACES for name in ("row", "mergeCell", "col")]
    # what is no worksheet has none of these
    events = etree.iterparse(
        io.BytesIO(data), tag=wanted, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for _, element in events:
            reading.element(element)
    except etree.XMLSyntaxError as fault:
        raise Unsound(Text(f"{title}: {fault.msg}", f"{title}: {fault.msg}")) from None
    rows = _without_covered(title, reading.rows, reading.merged)
    hidden = tuple(reading.hidden_columns)
    return SheetCells(title, rows, state, tuple(reading.merged), frozenset(reading.hidden_rows), hidden, tables, notes)


class _Reading:
    """One pass over a worksheet."""

    def __init__(self, title: str, around: Surroundings, notes: dict[tuple[int, int], Note]):
        self.title = title
        self.around = around
        self.notes = notes
        self.rows: Rows = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.formats: dict[str, str] = {}
        self.last_row = 0
        self.last_column = 0
        self.kinds: dict[str, Callable[[Any, str, str], tuple[Any, DataType]]] = {
            "n": self._number,
            "s": self._shared,
            "str": lambda at, text, code: (_ESCAPE.sub(_character, text), "s"),
            "b": self._boolean,
            "e": lambda at, text, code: (text, "e"),
            "d": self._iso,
        }

    def unsound(self, what: Text, at: str, text: str = "") -> Unsound:
        return Unsound(what.filled(at=f"{self.title}!{at}", text=text[:20]))

    def element(self, element: Any) -> None:
        name = local(element)
        if name == "row":
            self.row(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif name == "mergeCell":
            area = parse_area(element.get("ref", ""))
            if area is None or area.top is None or area.left is None:
                raise self.unsound(words.NO_MERGED_AREA, element.get("ref", "")[:20])
            if not area.single:
                self.merged.append(area)
        elif element.get("hidden") in ("1", "true"):
            first, last = element.get("min", ""), element.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(first + last) < 12:
                self.hidden_columns.append((int(first), int(last)))

    def row(self, row: Any) -> None:
        stated = row.get("r")
        if stated is None:
            number = self.last_row + 1
        else:
            number = int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 8 else 0
        if not 1 <= number <= MAX_ROWS:
            raise self.unsound(words.NO_ROW, str(stated)[:20])
        self.last_row, self.last_column = number, 0
        if row.get("hidden") in ("1", "true"):
            self.hidden_rows.add(number)
        for child in row:
            if child.tag in _CELL:
                self.cell(child)

    def cell(self, element: Any) -> None:
        address = element.get("r")
        if address is None:
            row, column = self.last_row, self.last_column + 1
            address = cell(row, column)
        else:
            row, column = _address(address)
            if not row:
                raise self.unsound(words.NO_ADDRESS, address[:20])
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise self.unsound(words.OUTSIDE_SHEET, address[:20])
        self.last_column = column
        if not len(element):
            return
        stated: str | None = None
        formula: str | None = None
        inline: str | None = None
        for child in element:
            name = child.tag
            if name in _VALUE:
                stated = child.text or ""
            elif name in _FORMULA:
                formula = "=" + (child.text or "…").removeprefix(
                    "="
                )  # one that others share stands at the first of them
            elif name in _INLINE:
                inline = rich_text(child)
        kind = element.get("t", "n")
        code = self.format(element.get("s", "0"), address)
        value: Any = None
        data_type: DataType = "n"
        if kind == "inlineStr":
            value, data_type = inline if inline is not None else stated, "s"
        elif kind not in self.kinds:
            raise self.unsound(words.NO_TYPE, address, kind)
        elif stated is not None and (stated.strip() or kind == "str"):
            value, data_type = self.kinds[kind](address, stated, code)
        if value is None and formula is None:
            return
        at = self.rows.setdefault(row, {})
        if column in at:
            raise self.unsound(words.STANDS_TWICE, address)
        self.around.room -= 1
        if self.around.room < 0:
            raise self.unsound(words.TOO_MANY_CELLS, address, str(MOST_CELLS))
        at[column] = SheetCell(value, data_type, code, self.notes.get((row, column)), formula)

    def format(self, style: str, at: str) -> str:
        if (known := self.formats.get(style)) is not None:
            return known
        index = int(style) if style.isascii() and style.isdecimal() and len(style) < 9 else -1
        if not 0 <= index < len(self.around.formats):
            raise self.unsound(words.NO_STYLE, at, style)
        return self.formats.setdefault(style, self.around.formats[index])

    def _number(self, at: str, text: str, code: str) -> tuple[Any, DataType]:
        text = text.strip()
        if len(text) > _LONG_NUMBER or not _NUMBER.fullmatch(text):
            raise self.unsound(words.NO_NUMBER, at, text)
        number: int | float = int(text) if len(text) <= _EXACT and text.lstrip("+-").isdecimal() else float(text)
        if math.isinf(number):
            raise self.unsound(words.TOO_LARGE, at, text)
        if not shows_date(code):
            return number, "n"
        found = moment(number, self.around.since_1904, shows_elapsed(code))
        return ("#VALUE!", "e") if found is None else (found, "d")

    def _shared(self, at: str, text: str, code: str) -> tuple[Any, DataType]:
        text = text.strip()
        index = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        if not 0 <= index < len(self.around.strings):
            raise self.unsound(words.NO_SHARED_TEXT, at, text)
        return self.around.strings[index], "s"

    def _boolean(self, at: str, text: str, code: str) -> tuple[Any, DataType]:
        text = text.strip().lower()
        if text not in ("0", "1", "true", "false"):
            raise self.unsound(words.NO_BOOLEAN, at, text)
        return text in ("1", "true"), "b"

    def _iso(self, at: str, text: str, code: str) -> tuple[Any, DataType]:
        found = iso_moment(text.strip())
        if found is None:
            raise self.unsound(words.NO_DATE, at, text)
        return found, "d"


def _without_covered(title: str, rows: Rows, merged: Iterable[Area]) -> Rows:
    """The cells without those that lie under the first of a merged area, where nobody sees them."""
    pending = sorted(
        (
            (area.top.number, area.left.number, area.bottom.number, area.right.number)
            for area in merged
            if area.top and area.left and area.bottom and area.right
        ),
        reverse=True,
    )
    if not pending:
        return rows
    active: list[tuple[int, int, int, int]] = []  # left, right, top, bottom; in order, for they do not overlap
    nearest = MAX_ROWS + 1  # the first row below which one of them ends
    for row in sorted(rows):
        if row > nearest:
            active = [one for one in active if one[3] >= row]
            nearest = min((one[3] for one in active), default=MAX_ROWS + 1)
        while pending and pending[-1][0] <= row:
            top, left, bottom, right = pending.pop()
            if bottom < row:
                continue
            index = bisect_right(active, (left, MAX_COLUMNS + 1, 0, 0))
            if (index and active[index - 1][1] >= left) or (index < len(active) and active[index][0] <= right):
                at = cell(top, left)
                raise Unsound(words.MERGES_OVERLAP.filled(title=title, at=at))
            insort(active, (left, right, top, bottom))
            nearest = min(nearest, bottom)
        if not active:
            continue
        for column in list(rows[row]):
            index = bisect_right(active, (column, MAX_COLUMNS + 1, 0, 0)) - 1
            if index >= 0:
                left, right, top, _ = active[index]
                if column <= right and (row, column) != (top, left):
                    del rows[row][column]
    return {row: cells for row, cells in rows.items() if cells}
