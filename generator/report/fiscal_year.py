"""Years and dates that cannot be: a report is about its standard's year, and is written in that year or the one after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from generator.report.compute import Computation
from generator.standard import Field, Section
from generator.standard.kinds import kind_of


def check_years(computation: Computation) -> None:
    """Tell a report's year that is not its standard's, and dates outside that year and the one after.

    A date field that states `min` or `max` says itself what it can be.
    """
    year = computation.standard.fiscal_year
    if year is None or not _year_agrees(computation, year):
        return
    for records in computation.records.values():
        for name, field in _days(records[0].section):
            for record in records:
                value = record.get(name)
                if isinstance(value, date) and not year <= value.year <= year + 1:
                    told = {"label": field.label, "text": value.isoformat(), "year": year, "next": year + 1}
                    computation.tell("date-outside-year", record.place_of(name), record.path_of(name), **told)


@lru_cache(maxsize=4096)
def _days(section: Section) -> tuple[tuple[str, Field], ...]:
    """The dates of a section that state neither `min` nor `max`."""
    fields = ((name, cell.field) for name, cell in section.cells.items() if cell.origin == "data")
    return tuple(
        (name, field)
        for name, field in fields
        if kind_of(field).day and not field.many and field.minimum is None and field.maximum is None
    )


def _year_agrees(computation: Computation, year: int) -> bool:
    """Whether the first year that the report states, its own, is the standard's."""
    for name, cell in computation.standard.root.cells.items():
        if not kind_of(cell.field).year or cell.origin != "data" or cell.field.many:
            continue
        stated = computation.root.get(name)
        if isinstance(stated, int | Decimal) and stated != year:
            at, told = computation.root.place_of(name), {"label": cell.field.label, "stated": stated, "year": year}
            computation.tell("year-not-fiscal", at, name, **told)
            for failure in computation.failures:  # what reads the year follows from it
                if any(name in path for path in failure.check.rule.paths):
                    computation.diagnostics.pop(failure.found, None)
            return False
        return True
    return True
