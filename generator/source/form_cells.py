"""The value of a cell of a filled-in form as the text that a data file would hold.

Nothing is guessed: what a clerk sees in the cell is what is read; a cell that cannot be read that way (a formula, an error
value, a date where a text belongs) is refused with a hint. How a cell is read is one of few readings: `text` as it stands, a
`line` or a `choice` without what surrounds it, a `number`, a `percent`, a `date`, or `any` of them.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import source_hints as words
from generator.ooxml.cell_dates import shows_date
from generator.ooxml.worksheet_cells import SheetCell
from generator.source.nodes import Refused, Scalar, Source, Written, locate

NUMBERS = frozenset({"number", "percent"})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|_.')
MARKER = "generator"  # the author of notes that hold findings
NOTE_BELOW = "\n——\n"  # between the findings of a note and what stood there before
_MANY = 10**15  # a spreadsheet keeps 15 digits
_UNSURE = 10  # a fraction that shows as 1000% and more is rather a percent typed into a cell of fractions


class Unreadable(Exception):
    """A cell that cannot be taken as it stands."""

    def __init__(self, code: str, hint: Text | None = None, **arguments: Any):
        self.code = code
        self.hint = hint
        self.arguments = arguments
        super().__init__(code)


def own_note(comment: Any) -> str:
    """A note of a cell (its `text` and `author`), without what `check --mark` wrote into it."""
    if comment is None or not comment.text:
        return ""
    words = str(comment.text)
    if comment.author == MARKER:
        words = words.partition(NOTE_BELOW)[2]
    return words.strip()


def is_blank(cell: SheetCell | None) -> bool:
    """Whether nothing, or nothing but white space, stands in a cell."""
    if cell is None:
        return True
    return cell.formula is None and (cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()))


def is_typed(cell: SheetCell | None) -> bool:
    """Whether somebody typed a value into a cell: not a formula, an error or nothing."""
    return cell is not None and not is_blank(cell) and cell.formula is None and cell.data_type != "e"


def cell_node(source: Source, cell: SheetCell | None, position: tuple[int, int], reading: str, label: str) -> Scalar:
    """A cell's value as a scalar at its place; a `Refused` one, told in the source's findings, where it cannot be taken."""
    if cell is None:
        return Written("", *position, "plain")
    if words := own_note(cell.comment):
        source.comments[position] = words
    try:
        plainly = is_blank(cell) or reading in NUMBERS or reading in ("date", "any")
        return Written(cell_text(cell, reading), *position, "plain" if plainly else "quoted")
    except Unreadable as wrong:
        found = diagnostic(wrong.code, locate(source, position), hint=wrong.hint, label=label, **wrong.arguments)
        source.findings.append(found)
        return Refused(str(cell.formula or cell.value)[:40] or "?", *position, "quoted")


def cell_text(cell: SheetCell, reading: str) -> str:
    """The text of a cell of a field of that reading; "" for an empty one.

    Raises:
        Unreadable: it cannot be taken as it stands.
    """
    value = cell.value
    if cell.formula is not None:
        raise Unreadable("form-formula", formula=cell.formula[:60])
    if is_blank(cell):
        return ""
    if cell.data_type == "e" and reading == "date" and shows_date(cell.number_format):
        raise Unreadable("form-number-for-date", text="######")  # 20240430 is no day that a spreadsheet can count
    if cell.data_type == "e":
        raise Unreadable("form-error-value", text=str(value))
    if isinstance(value, str):
        return _typed_text(value, reading)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, cell.number_format, reading)
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, reading)
    raise Unreadable("form-time", text=str(value))


def _typed_text(value: str, reading: str) -> str:
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if reading in ("text", "any"):
        return text
    text = text.replace("\u00a0", " ").strip()
    if text.startswith(("'", "’", "‘")) and reading != "choice":
        text = text[1:]  # an apostrophe that says “text” to a spreadsheet, typed where it is none
    return text.strip()


def _number(value: float, number_format: str, reading: str) -> str:
    if abs(value) >= _MANY and reading not in NUMBERS:
        raise Unreadable("form-long-number", text=format(value, ".0f"))
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if reading == "date":
        day = _day(plain(number))
        raise Unreadable("form-number-for-date", words.DAY_MEANT.filled(text=day) if day else None, text=plain(number))
    shows_percent = "%" in _QUOTED.sub("", number_format)
    if reading == "percent" and shows_percent and abs(number) >= _UNSURE:
        shown = plain(number * 100)
        raise Unreadable("form-percent-unsure", text=f"{shown}%", meant=f"{plain(number)}%")
    return plain(number * 100) + "%" if shows_percent else plain(number)


def _day(text: str) -> str:
    """The day that a number stands for: as spreadsheets count days, or written close; "" where it is none."""
    try:
        if len(text) == 5 and text.isdecimal():
            return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(text))).isoformat()
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat() if len(text) == 8 else ""
    except (ValueError, OverflowError):
        return ""


def plain(number: Decimal) -> str:
    """A number written out, without zeros behind its last digit."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _date(value: datetime.date, reading: str) -> str:
    shown = f"{value:%Y-%m-%d}"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute or value.second):
        shown = f"{value:%Y-%m-%d %H:%M:%S}"
    if reading == "date":
        return shown
    raise Unreadable("form-date-for-number" if reading in NUMBERS else "form-date-for-text", text=shown)
