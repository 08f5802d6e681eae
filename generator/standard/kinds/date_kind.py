"""A day that exists in the calendar."""

from __future__ import annotations

import re

from generator.diagnostics.wording import value_words as words
from generator.figures import Date, NoDate, NoSuchDate, read_date
from generator.formula import Type
from generator.standard.kinds.kind import BadValue, FormCell, Kind, bounded
from generator.standard.kinds.meant_values import date_meant
from generator.standard.kinds.mended_values import DAY_OF_OTHER_SIGNS, mended_day
from generator.standard.model import Field

_SCHEMA = {"type": ["string", "null"], "pattern": r"^[0-9]{4}(-[0-9]{1,2}-[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)$"}


def _is_no_day(text: str) -> bool:
    """Whether a text is a day that there is not, with other signs between: `2024/4/31`."""
    found = DAY_OF_OTHER_SIGNS.match(text.strip())
    try:
        read_date("-".join(found.groups()) if found else "")
    except NoSuchDate:
        return True
    except NoDate:
        pass
    return False


def _date(text: str) -> Date:
    try:
        return read_date(text)
    except NoSuchDate:
        raise BadValue("value-no-such-date", text=text.strip()) from None
    except NoDate:
        if _is_no_day(text):
            raise BadValue("value-no-such-date", text=text.strip()) from None
        hint = date_meant(text) or words.DATE_EXAMPLE
        raise BadValue("value-not-date", hint, text=text.strip()[:40]) from None


def _example(field: Field, year: int | None) -> str:
    month_and_day = field.example[4:] if re.match(r"\d{4}-", field.example) else ""
    if not month_and_day:
        return field.example or f"{year or 2020}-12-31"
    if year is None or int(field.example[:4]) in (year, year + 1):
        return field.example
    return f"{year + 1}{month_and_day}"


DATE_KIND = Kind(
    "date",
    lambda field: words.DATE,
    lambda field: Type("date"),
    lambda field: lambda text: bounded(field, _date(text)),
    lambda field: dict(_SCHEMA),
    lambda field: Date,
    mended=mended_day,
    comment=lambda field: words.A_DATE,
    example=_example,
    cell=FormCell("date", lambda field: "yyyy-mm-dd", lambda field: None, "2020-12-31"),
    day=True,
    ordered=True,
)
