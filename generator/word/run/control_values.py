"""What content controls show of a value: whether the data holds one, the day of a date, an item of a list."""

from __future__ import annotations

import datetime
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.figures import Blank, NoDate, Paragraphs, chinese_number, read_date
from generator.kept.lazy_patterns import lazy

_PART = lazy(r"yyyy|yy|EEEE|MM|M|dd|d|O|A|'([^']*)'|[A-Za-z]+")
_YEAR_DIGITS = "〇一二三四五六七八九"


@pass_context
def held(context: Context, root: Any, names: list[str]) -> bool:
    """Whether the data holds a single value at a path: a text, number, date, figure, or blank of a report.

    Args:
        context: of the render.
        root: the value of the path's first name, None where there is none.
        names: the other names.
    """
    value = root
    for name in names:
        if value is None or isinstance(value, Undefined):
            return False
        value = context.environment.getattr(value, name)
    if value is None or isinstance(value, Undefined | dict) or callable(value):
        return False
    return isinstance(value, Paragraphs) or not isinstance(value, list | tuple | set)


def _day(value: Any) -> datetime.date | None:
    """The day that a value names; None for a blank.

    Raises:
        InvalidTemplate: it is no date.
    """
    if isinstance(value, Undefined):
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = str(value).strip()
    if value is None or isinstance(value, Blank) or not text:
        return None
    try:
        return read_date(text)
    except NoDate:
        raise InvalidTemplate([diagnostic("word-control-date", value=text[:40])]) from None


def full_date(value: Any) -> str:
    """The day of a date control as its `w:fullDate` says it (ECMA-376 part 1 §17.5.2.7), "" for what is none: its text
    tells that."""
    try:
        day = _day(value)
    except InvalidTemplate:
        day = None
    return "" if day is None else f"{day.isoformat()}T00:00:00Z"


def dated(value: Any, form: str) -> Any:
    """A date as its control shows it: by the control's format, or as it prints where that holds more than a day.

    Args:
        value: a date, or a text that is one.
        form: as `yyyy年M月d日`; `EEEE年O月A日` shows Chinese numerals.
    """
    day = _day(value)
    parts = [match[0] for match in _PART.finditer(form)]
    if day is None or not form or any(part[0] != "'" and part not in _FORMS for part in parts):
        return value
    return _PART.sub(lambda match: match[1] if match[1] is not None else _FORMS[match[0]](day), form)


_FORMS = {
    "yyyy": lambda day: f"{day.year:04d}",
    "yy": lambda day: f"{day.year % 100:02d}",
    "EEEE": lambda day: "".join(_YEAR_DIGITS[int(digit)] for digit in str(day.year)),
    "MM": lambda day: f"{day.month:02d}",
    "M": lambda day: str(day.month),
    "O": lambda day: chinese_number(day.month),
    "dd": lambda day: f"{day.day:02d}",
    "d": lambda day: str(day.day),
    "A": lambda day: chinese_number(day.day),
}


def chosen(value: Any, items: list[tuple[str, str]]) -> Any:
    """What a drop-down list shows of a value, which is one of its texts or the value behind it.

    Raises:
        InvalidTemplate: it is none of them.
    """
    if value is None or isinstance(value, Undefined | Blank):
        return value
    text = str(value).strip()
    for shown, behind in [*((shown, shown) for shown, _ in items), *items]:
        if text == behind:
            return shown
    if not text:
        return ""
    choices = "、".join(shown for shown, behind in items if behind) or "—"
    raise InvalidTemplate([diagnostic("word-control-choice", value=text[:40], choices=choices)])
