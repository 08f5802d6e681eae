"""A day that exists in the calendar."""

from __future__ import annotations

from generator.diagnostics import Text
from generator.figures import Date, NoDate, NoSuchDate, read_date
from generator.formula import Type
from generator.standard.kinds.kind import BadValue, Kind, bounded

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
        hint = Text("写成 2020-12-31 或 2020年12月31日。", "Write 2020-12-31 or 2020年12月31日.")
        raise BadValue("value-not-date", hint, text=text.strip()[:40]) from None


DATE_KIND = Kind(
    "date",
    lambda field: Text("日期，例如 2020-12-31", "a date such as 2020-12-31"),
    lambda field: Type("date"),
    lambda field: lambda text: bounded(field, _date(text)),
    lambda field: dict(_SCHEMA),
    lambda field: Date,
)
