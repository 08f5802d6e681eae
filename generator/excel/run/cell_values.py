"""Values as cells: numbers, dates and booleans keep their type, text is text.

A cell's content is inline, so it stands alone: `<c r="B5" s="3"` comes from the template, what follows from here. Text is
never a formula, whatever it begins with. Numbers of more than 15 digits, which Excel would round, are text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from generator.diagnostics import InvalidTemplate
from generator.excel.calculate.loose_marks import AT_PATH, COMPUTED, LOOSE, OPTIONAL
from generator.figures import Blank, Figure, Paragraphs, check_printable
from generator.figures.marked_text import AT_FAULT, MARKED, TO_FILL_IN, MarkedText
from generator.kept.lazy_patterns import lazy
from generator.ooxml.deflater import BLOCK
from generator.ooxml.escaping import escape
from generator.template.faults import PlacedTag
from generator.template.image import Image
from generator.template.printable import printable

MAX_LENGTH = 32_767  # characters of a cell's text (ECMA-376 leaves it open; Excel's limit)
SPECIAL = lazy("[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff_]")  # text without these is written as it is
SURELY_SHORT = 16_000  # characters that are fewer than `MAX_LENGTH` units whatever they are
LONG_NUMBER = 7  # characters of a number that a narrow cell without a number format would round
DIGITS = 10**15  # whole numbers below it keep their digits in Excel
_LOOKED_AT = BLOCK // len('<c r="A1"><v>1</v></c>')  # numbers of a sheet that is small; others are left alone
_ILLEGAL = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = lazy("_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)
RUN_MARK = lazy("\x02([0-9]+)\x03")

Fault = Callable[..., None]


def run_mark(number: int) -> str:
    """What separates the runs of rich text while it is put together."""
    return f"\x02{number}\x03"


class ValueFault(Exception):
    """A value that no cell can hold: the code of its finding and the wording's arguments."""

    def __init__(self, code: str, **arguments: Any):
        self.code = code
        self.arguments = arguments
        super().__init__(code)


def cell_text(text: str) -> str:
    """Text as XML; what reads like Excel's own escapes (`_x000D_`) is kept from being read so.

    Raises:
        ValueFault: it holds a character that XML cannot.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _ILLEGAL.search(text):
        raise ValueFault("excel-control-character", character=f"U+{ord(match[0]):04X}", text=_excerpt(text))
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    return escape(text)


def storable(text: str, placed: PlacedTag) -> str:
    """The text of a name or a property, if a workbook can hold it.

    Args:
        text: what was printed.
        placed: the tag that printed it.

    Raises:
        InvalidTemplate: it holds a character that XML cannot.
    """
    try:
        cell_text(text)
    except ValueFault as fault:
        raise InvalidTemplate([placed.finding(fault.code, **fault.arguments)]) from None
    return text


def _excerpt(text: str) -> str:
    shown = "".join(character if character.isprintable() else "·" for character in text[:30])
    return shown + ("…" if len(text) > 30 else "")


def length(text: str) -> int:
    """A text's length as Excel counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def checked(text: str) -> str:
    """The text, if a cell can hold it.

    Raises:
        ValueFault: it is too long.
    """
    if len(text) * 2 > MAX_LENGTH and (size := length(text)) > MAX_LENGTH:
        raise ValueFault("excel-text-too-long", length=size, text=_excerpt(text))
    return text


def text_of(value: Any) -> str:
    """What a value prints inside text: None and blanks print nothing, whole numbers no decimal point.

    Raises:
        UndefinedError: the value is an undefined name that is not allowed.
    """
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value.unescape()
    printable(value)
    return str(value)


def serial(value: datetime.datetime, date_1904: bool = False) -> float | int:
    """A date and time as Excel's number of days.

    Args:
        value: without or with a time zone, which is dropped.
        date_1904: days count from 1904-01-01.
    """
    distance = value.replace(tzinfo=datetime.UTC) - _EPOCH
    days: float | int = distance.days
    if distance.seconds or distance.microseconds:
        days = round(distance.days + (distance.seconds + distance.microseconds / 1e6) / 86_400, 10)
    if days < 61:
        days -= 1  # Excel believes in 1900-02-29
    return days - 1462 if date_1904 else days


class Writer:
    """Writes the values of one sheet.

    Args:
        prefix: of the sheet's element names, "" or "x:".
        date_1904: how the workbook counts days.
        fault: takes a value's fault and its tag's line; the cell is then left empty.
        picture: takes a picture and its tag's line.
        general: the lines of tags in cells without a number format.
    """

    DATE = b"\x04"  # behind the style of a cell that holds a date: the driver gives it a date format if it has none
    TIME = b"\x05"
    MOMENT = b"\x06"

    def __init__(
        self,
        prefix: bytes,
        date_1904: bool,
        fault: Callable[[ValueFault, int], None],
        picture: Callable[[Image, int], None],
        general: frozenset[int] = frozenset(),
    ):
        self.picture = picture
        self.date_1904 = date_1904
        self.fault = fault
        self.marked = False  # a date was written since the driver last looked
        self.general = general
        self.long_numbers = False  # one was written into a cell without a number format
        self.looked_at = 0  # numbers in columns of such cells
        self.made: bytes | None = None  # the text that was written last, and what it shows
        self.shown = ""
        self.is_plain = SPECIAL.search
        plain = self.prefix = prefix.decode()
        self._open = f' t="inlineStr"><{plain}is>'
        self._close = f"</{plain}is></{plain}c>"
        self._text = f"<{plain}t>"
        self._kept = f'<{plain}t xml:space="preserve">'
        self._text_end = f"</{plain}t>"
        self.number_layout = b"><%bv>%%a</%bv></%bc>" % (prefix, prefix, prefix)
        self.other_layout = b"><%bv>%%b</%bv></%bc>" % (prefix, prefix, prefix)
        self.text_layout = (self._open + self._text).encode() + b"%b" + (self._text_end + self._close).encode()
        self.kept_layout = (self._open + self._kept).encode() + b"%b" + (self._text_end + self._close).encode()
        self.empty = b"/>"

    def fast_cell(self) -> Callable[[Any, int], bytes]:
        """`cell` with everything that it looks up at hand; it runs once a cell."""
        text_layout, number_layout, slow, special = self.text_layout, self.number_layout, self.cell, self.is_plain
        given, general, long = self._given, self.general, len(number_layout % 0) + LONG_NUMBER - 1

        def cell(value: Any, line: int) -> bytes:
            kind = type(value)
            if kind is str:
                if special(value) is None and value.strip() is value and len(value) < SURELY_SHORT and value:
                    return text_layout % value.encode()
                return given(value, line)
            if kind is float:
                if value - value != 0:
                    return slow(value, line)
            elif kind is not int or not -DIGITS < value < DIGITS:
                return slow(value, line)
            made = number_layout % value
            if len(made) >= long and line in general:
                self.long_numbers = True
            return made

        return cell

    def cell(self, value: Any, line: int) -> bytes:
        """A value that stands alone in its cell."""
        if type(value) is Blank and not value.open:
            return self.empty
        if isinstance(value, Image):
            self.picture(value, line)
            return self.empty
        try:
            made = self._cell(value)
        except ValueFault as fault:
            self.fault(fault, line)
            return self.empty
        if line in self.general and made.startswith(b"><"):  # no text, no date
            self.long_numbers = self.long_numbers or len(made) >= len(self.number_layout % 0) + LONG_NUMBER - 1
        return made

    def look_at(self, numbers: Sequence[int | float], line: int) -> None:
        """Note whether there is a long one among numbers that are written into a column."""
        if line in self.general and not self.long_numbers and self.looked_at < _LOOKED_AT:
            self.looked_at += len(numbers)
            self.long_numbers = max(map(len, map(repr, numbers))) >= LONG_NUMBER

    def _given(self, text: str, line: int) -> bytes:
        """A text that stands alone in its cell."""
        try:
            return self.text(text)
        except ValueFault as fault:
            self.fault(fault, line)
            return self.empty

    def _cell(self, value: Any) -> bytes:
        if isinstance(value, Figure):
            value = value.value
        if isinstance(value, Decimal):
            return self._decimal(value)
        if isinstance(value, str):
            return self.text(_joined([value]))
        if isinstance(value, Blank):
            return self.text(_joined([value])) if value.open else self.empty
        if value is None:
            return self.empty
        check_printable(value)
        if isinstance(value, bool):
            return b' t="b"' + self.other_layout % (b"1" if value else b"0")
        if isinstance(value, int):
            if -DIGITS < value < DIGITS:
                return self.other_layout % str(int(value)).encode()
            return self.text(str(value))
        if isinstance(value, float):
            if value - value != 0:
                raise ValueFault("excel-not-finite", value=str(value))
            return self.other_layout % repr(float(value)).encode()
        if isinstance(value, datetime.datetime):
            return self._date(value, self.MOMENT if value.time() != datetime.time() else self.DATE)
        if isinstance(value, datetime.date):
            return self._date(datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC), self.DATE)
        if isinstance(value, datetime.time):
            seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
            self.marked = True
            return self.TIME + self.other_layout % repr(round(seconds / 86_400, 10)).encode()
        if isinstance(value, datetime.timedelta):
            self.marked = True
            return self.TIME + self.other_layout % repr(round(value.total_seconds() / 86_400, 10)).encode()
        if isinstance(value, Undefined):
            return self.text(str(value))  # raises where names must be defined
        number = _number_like(value)
        return self.text(_joined([value])) if number is None else self._cell(number)

    def _decimal(self, value: Decimal) -> bytes:
        """A number at all its digits."""
        if not value.is_finite():
            raise ValueFault("excel-not-finite", value=str(value))
        if abs(value) >= DIGITS and value == value.to_integral_value():
            return self.text(format(value, "f"))
        if -20 < value.adjusted() < 20:
            return self.other_layout % (format(value.normalize(), "f").encode() if value else b"0")
        number = float(value)
        if number - number != 0:
            raise ValueFault("excel-not-finite", value=str(value)[:30])
        return self.other_layout % (repr(number).encode() if value else b"0")

    def _date(self, value: datetime.datetime, mark: bytes) -> bytes:
        first = datetime.date(1904, 1, 1) if self.date_1904 else datetime.date(1900, 1, 1)
        if value.date() < first:
            return self.text(value.date().isoformat() if mark == self.DATE else value.isoformat(" "))
        self.marked = True
        return mark + self.other_layout % repr(serial(value, self.date_1904)).encode()

    def text(self, text: str) -> bytes:
        """Text, whatever it looks like; no text is an empty cell."""
        if not text:
            return self.empty
        shown = cell_text(checked(text))
        layout = self.text_layout if text.strip() == text and "\n" not in text else self.kept_layout
        made = layout % shown.encode()
        if "_x" in text or "\r" in text:
            self.made = None
        else:
            self.made, self.shown = made, text
        return made

    def joined(self, *arguments: Any) -> bytes:
        """Text and values in turns; the last argument is the line."""
        try:
            return self.text(_joined(arguments[:-1]))
        except ValueFault as fault:
            self.fault(fault, arguments[-1])
            return self.empty

    def rich(self, properties: tuple[bytes, ...], *arguments: Any) -> bytes:
        """Text and values in turns with marks where a run of other properties begins; the last argument is the line."""
        try:
            return self._rich(properties, _joined(arguments[:-1]))
        except ValueFault as fault:
            self.fault(fault, arguments[-1])
            return self.empty

    def _rich(self, properties: tuple[bytes, ...], text: str) -> bytes:
        plain = self.prefix
        pieces = RUN_MARK.split(text)
        checked("".join(pieces[::2]))
        runs = []
        for number, piece in [("0", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]:
            if piece:
                runs.append(
                    f"<{plain}r>{self._prefixed(properties[int(number)])}{self._kept}{cell_text(piece)}{self._text_end}</{plain}r>"
                )
        if not runs:
            return self.empty
        return (self._open + "".join(runs) + self._close).encode()

    def _prefixed(self, properties: bytes) -> str:
        text = properties.decode()
        return re.sub(r"<(/?)(?=\w)", rf"<\1{self.prefix}", text) if self.prefix else text

    def styled(self, value: Any, properties: bytes, line: int) -> bytes:
        """A value alone in a cell of rich text: text keeps the run's properties, a number its type."""
        if isinstance(value, str) and value:
            return self.rich((properties,), value, line)
        return self.cell(value, line)


def _joined(values: Sequence[Any]) -> str:
    """Text and values in turns as one text; of a draft, its marks tell alike whether the cell may stay as it is."""
    text = "".join(map(text_of, values))
    if AT_FAULT in text:
        text += "".join(f"{AT_PATH}{path}{AT_PATH}" for path in _at_fault(values, text))
    if TO_FILL_IN not in text:
        return text
    blanks = [one for one in values if isinstance(one, Blank) and one.open]
    signs = {_loose(one) for one in blanks}
    marks = sum(len(MARKED.findall(one.to_fill_in)) for one in blanks)
    if "" in signs or marks < len(MARKED.findall(text)):  # something has to be typed there
        return text
    sign = COMPUTED if COMPUTED in signs else LOOSE if LOOSE in signs else OPTIONAL
    return MARKED.sub(rf"\g<0>{sign}", text)


def _at_fault(values: Sequence[Any], text: str) -> Iterator[str]:
    """The paths of the values at fault that a text shows; of more values typed alike than it shows, none."""
    pieces = (piece for one in values for piece in (one if isinstance(one, Paragraphs) else (one,)))
    found = (blank for piece in pieces for blank in (piece.blanks if isinstance(piece, MarkedText) else (piece,)))
    blanks = {one.path: one.to_fill_in for one in found if isinstance(one, Blank) and one.typed}
    marks = [*blanks.values()]
    return (path for path, mark in blanks.items() if marks.count(mark) <= text.count(mark))


def _loose(blank: Blank) -> str:
    """What tells formulas that a mark stands for nothing, and the list whether it may stay so; it is not written."""
    if blank.required:
        return COMPUTED if blank.computed and not blank.typed else ""
    return OPTIONAL if blank.optional else LOOSE


def _number_like(value: Any) -> int | float | None:
    """A number of another library (numpy's, for one) as Python's own."""
    if hasattr(value, "item") and hasattr(value, "dtype"):
        value = value.item()
        return value if isinstance(value, int | float) else None
    return None
