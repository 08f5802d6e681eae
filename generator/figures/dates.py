"""Dates: read as they are typed, printed as 2021年3月5日 whatever the locale."""

from __future__ import annotations

import datetime
import re

from generator.figures.figure import Blank
from generator.kept.lazy_patterns import lazy

_DATE = lazy(r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)\Z")


class NoDate(ValueError):
    """A text is not written as a date."""


class NoSuchDate(NoDate):
    """A text is written as a date that no calendar has, as 2020-2-30."""


class Date(datetime.date):
    """A day that prints as 2021年3月5日 in text and is a date in a cell of Excel."""

    __slots__ = ()

    @classmethod
    def of(cls, day: datetime.date) -> Date:
        """The day of a date."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        return chinese_date(self)


def read_date(text: str) -> Date:
    """The day that `2020-12-31` or `2020年12月31日` names; month and day may have one digit.

    Raises:
        NoSuchDate: the calendar has no such day.
        NoDate: it is written otherwise.
    """
    found = _DATE.match(text.strip())
    if found is None:
        raise NoDate(f"not a date: {text!r}")
    year, *parts = (int(part) for part in found.groups() if part is not None)
    try:
        return Date(year, *parts)
    except ValueError:
        raise NoSuchDate(f"no such date: {text!r}") from None


def chinese_date(value: object, form: str = "") -> str:
    """A date as 2021年3月5日, or in a `strftime` form that holds digits only (`%Y.%m`).

    Raises:
        TypeError: it is no date.
        NoDate: it is a text that is no date.
    """
    if isinstance(value, Blank):
        return str(value)
    if isinstance(value, str):
        value = read_date(value)
    if not isinstance(value, datetime.date):
        raise TypeError(f"not a date: {value!r}")
    if not form:
        return f"{value.year}年{value.month}月{value.day}日"
    parts = {"%Y": f"{value.year:04}", "%m": f"{value.month:02}", "%d": f"{value.day:02}", "%-m": str(value.month)}
    parts |= {"%-d": str(value.day), "%y": f"{value.year % 100:02}", "%%": "%"}
    if isinstance(value, datetime.datetime):
        parts |= {"%H": f"{value.hour:02}", "%M": f"{value.minute:02}", "%S": f"{value.second:02}"}
    return re.sub(r"%-?.", lambda match: parts.get(match[0], match[0]), form)  # strftime depends on locale and system
