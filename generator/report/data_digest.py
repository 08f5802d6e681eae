"""The digest of what a data file states: the same for the same values, whatever the file's form, order and comments."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from generator.formula import INVALID
from generator.report.record import Record
from generator.report.report import Report
from generator.standard import Section
from generator.template.image import Image


def data_digest(report: Report) -> str:
    """SHA-256, in hexadecimal, over the report's inputs by field path.

    A computed field counts only where the data file states it (a published exception); everything else that documents
    print follows from these values and the standard.
    """
    values = _record(report.root, set())
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def _record(record: Record, above: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    inside = {*above, id(record)}
    source = record.source
    for name, only_stated in _counting(record.section):
        if only_stated and name not in source:
            continue
        value = record[name]
        if value is None:
            continue
        value = value.strip() if type(value) is str else _value(value, inside)
        if value:  # not None, "", [] or {}
            found[name] = value
    return found


@lru_cache(maxsize=4096)
def _counting(section: Section) -> tuple[tuple[str, bool], ...]:
    """The fields of a section by name, each with whether it counts only where the data file states it."""
    cells = sorted(section.cells.items(), key=itemgetter(0))
    return tuple((name, cell.compute is not None and (cell.section is None or cell.field.many)) for name, cell in cells)


def _value(value: Any, above: set[int]) -> Any:
    """A value as JSON, in one form only: `1.50` and `1.5` are the same number."""
    if type(value) is str:  # what most values are
        return value.strip()
    if value is None:
        return None
    if value is INVALID:
        return {"": "invalid"}
    if isinstance(value, Record):
        return None if id(value) in above else _record(value, above)
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Image):
        return hashlib.sha256(value.vector or value.content).hexdigest()
    if isinstance(value, dict):
        named = sorted(((str(key), item) for key, item in value.items()), key=itemgetter(0))
        return {key: _value(item, above) for key, item in named}
    if isinstance(value, list | tuple):
        return [_value(item, above) for item in value]
    return str(value).strip()
