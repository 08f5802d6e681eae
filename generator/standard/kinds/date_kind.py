"""A day that exists in the calendar."""

from __future__ import annotations

from generator.diagnostics.wording import value_words as words
from generator.figures import Date, NoDate, NoSuchDate, read_date
from generator.formula import Type
from generator.standard.kinds.kind import BadValue, Kind, bounded
from generator.standard.kinds.meant_values import date_meant

_SCHEMA = {
    "type": ["string", "null"],
    "pattern": r"^[0-9]{4}(-[0-9]{1,2}-[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)$",
}


def _date(text: str) -> Date:
    try:
        return read_date(text)
    except NoSuchDate:
        raise BadValue("value-no-such-date", text=text.strip()) from None
    except NoDate:
        hint = date_meant(text) or words.DATE_EXAMPLE
        raise BadValue("value-not-date", hint, text=text.strip()[:40]) from None


DATE_KIND = Kind(
    "date",
    lambda field: words.DATE,
    lambda field: Type("date"),
    lambda field: lambda text: bounded(field, _date(text)),
    lambda field: dict(_SCHEMA),
    lambda field: Date,
)
