"""Texts that Excel reads as numbers, and those of which nobody knows without the settings of the machine.

Read alike in every country whose decimals have a point: `-1,234.50`, `12%`, `(3.25)`, `1.5E3`, and dates and times in the
order of ISO 8601 (`2020-1-15`, `2020/01/15`, `12:30`). What else looks like a number, an amount of money or a date is doubtful.
"""

from __future__ import annotations

import datetime
import re

from generator.excel.calculate.cell_arrays import Doubtful, error
from generator.kept.lazy_patterns import lazy

_NUMBER = lazy(r"([+-]?)\s*((?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|\.\d+)(E[+-]?\d+)?\s*(%?)", re.IGNORECASE | re.ASCII)
_NEGATIVE = lazy(r"\((\d[\d,]*(?:\.\d*)?)\)", re.ASCII)
_DATE = lazy(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)
_TIME = lazy(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_LOOKS = lazy(
    r"[\s\d.,:/\-+()%$¥￥€£eE]+|[\d.,:/\-\s]*+(?:[年月日时分秒点]|上午|下午|[ap]m).*+"
    r"|(?!.*\n).*?\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+\b.*+",
    re.IGNORECASE,
)
_EPOCH = datetime.date(1899, 12, 30)


def number_in_text(text: str) -> float | None:
    """The number that a text is; None if it is none.

    Raises:
        Doubtful: it depends on the country's settings, or nobody documents it.
    """
    bare = text.strip(" ")
    if (match := _NUMBER.fullmatch(bare)) is not None:
        number = float(match[1] + match[2].replace(",", "") + (match[3] or ""))
        return float(f"{number / 100:.15g}") if match[4] else number
    if (match := _NEGATIVE.fullmatch(bare)) is not None:
        return -float(match[1].replace(",", ""))
    if (match := _DATE.fullmatch(bare)) is not None:
        return _serial(int(match[1]), int(match[3]), int(match[4]))
    if (match := _TIME.fullmatch(bare)) is not None:
        hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
        if hours < 24 and minutes < 60 and seconds < 60:
            return (hours * 3600 + minutes * 60 + seconds) / 86400
        raise Doubtful("a time beyond the day")
    if bare and any(letter.isdigit() for letter in bare) and _LOOKS.fullmatch(bare):
        raise Doubtful("it may be a number or a date")
    return None


def _serial(year: int, month: int, day: int) -> float | None:
    try:
        serial = (datetime.date(year, month, day) - _EPOCH).days
    except ValueError:
        return None
    if year < 1901:
        raise Doubtful("days before March 1900 count differently")
    return float(serial)


def value_of_text(value: object) -> object:
    """What VALUE gives for a value.

    Raises:
        Doubtful: the text may be a number.
    """
    if isinstance(value, bool):
        raise Doubtful("a truth value is no number")
    if isinstance(value, float | int):
        return float(value)
    number = number_in_text(value) if isinstance(value, str) else None if value is not None else 0.0
    return error("Value") if number is None else number


def day_of_text(value: object) -> float:
    """What DATEVALUE gives for a text.

    Raises:
        Doubtful: it is no date in the order of ISO 8601.
    """
    return _number_of_form(value, _DATE, "date")


def time_of_text(value: object) -> object:
    """What TIMEVALUE gives for a text.

    Raises:
        Doubtful: it is no time in hours, minutes and seconds.
    """
    return _number_of_form(value, _TIME, "time")


def _number_of_form(value: object, form: re.Pattern[str], what: str) -> float:
    text = value.strip(" ") if isinstance(value, str) else ""
    number = number_in_text(text) if form.fullmatch(text) else None
    if number is None:
        raise Doubtful(f"no {what} that every country reads")
    return number


_SEPARATED = lazy(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:E[+-]?\d+)?", re.IGNORECASE | re.ASCII)


def number_value(value: object, decimal: object = ".", group: object = ",") -> object:
    """NUMBERVALUE: a text with separators of its own; spaces do not count, each % at the end divides by 100.

    Source: Microsoft, "NUMBERVALUE function".
    """
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(value)
    if not (isinstance(value, str) and isinstance(decimal, str) and isinstance(group, str) and decimal and group):
        raise Doubtful("separators or values that are no texts")
    point, comma = decimal[0], group[0]
    bare = value.replace(" ", "")
    if not bare:
        return 0.0
    body = bare.rstrip("%")
    if point == comma or body.count(point) > 1 or comma in body.partition(point)[2]:
        return error("Value")
    body = body.replace(comma, "").replace(point, ".") if point != "." else body.replace(comma, "")
    if point != "." and "." in value.replace(comma, ""):
        return error("Value")
    if not _SEPARATED.fullmatch(body):
        if any(sign in body for sign in "(/:-") or not body.isascii():
            raise Doubtful("it may be an amount or a date")
        return error("Value")
    return float(f"{float(body) / 100 ** (len(bare) - len(bare.rstrip('%'))):.15g}")


def number_or_error(value: object) -> object:
    """An operand of arithmetic: the number that a text is, or the error of a text that is none.

    Raises:
        Doubtful: the text may be a number.
    """
    if not isinstance(value, str):
        return value
    if value.casefold() in ("true", "false"):
        raise Doubtful("a truth value as a text")
    number = number_in_text(value)
    return error("Value") if number is None else number
