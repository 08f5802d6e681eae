"""The digest of what a data file states: the same for the same values, whatever the file's form, order and comments."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from generator.formula import INVALID
from generator.report.record import Record
from generator.report.report import Report
from generator.standard import Section
from generator.template.image import Image

_NOTHING = frozenset(("null", '""', "[]", "{}"))
_PLAIN = 20  # characters of a number of which every digit counts


def data_digest(report: Report) -> str:
    """SHA-256, in hexadecimal, over the report's inputs by field path.

    A computed field counts only where the data file states it (a published exception); everything else that documents
    print follows from these values and the standard.
    """
    return hashlib.sha256(_record(report.root, set()).encode()).hexdigest()


def _record(record: Record, above: set[int]) -> str:
    """A record as JSON, without the fields of which nothing is stated; `above` are the identities of those that hold it."""
    found: list[str] = []
    above.add(id(record))
    source = record.source
    inputs, fields, computed = _counting(record.section)
    for name, key in inputs if computed.isdisjoint(source) else fields:
        if name in computed and name not in source:
            continue
        value = record[name]
        if value is None:
            continue
        if type(value) is str:  # what most values are
            if text := value.strip():
                found.append(key + encode_basestring(text))
        elif (written := _value(value, above)) not in _NOTHING:
            found.append(key + written)
    above.discard(id(record))
    return f"{{{', '.join(found)}}}"


@lru_cache(maxsize=4096)
def _counting(section: Section) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], frozenset[str]]:
    """The inputs of a section by name, as keys of JSON; all of its fields; those that count only where the data file states them."""
    cells = section.cells.items()
    computed = {name for name, cell in cells if cell.compute is not None and (cell.section is None or cell.field.many)}
    fields = tuple((name, f"{encode_basestring(name)}: ") for name in sorted(section.cells))
    return tuple(field for field in fields if field[0] not in computed), fields, frozenset(computed)


def _value(value: Any, above: set[int]) -> str:
    """A value as JSON, in one form only: `1.50` and `1.5` are the same number."""
    if isinstance(value, Decimal):
        return f'"{_number(value)}"'
    if type(value) is str:
        return encode_basestring(value.strip())
    if value is None:
        return "null"
    if value is INVALID:
        return '{"": "invalid"}'
    if isinstance(value, Record):
        return "null" if id(value) in above else _record(value, above)
    if isinstance(value, list | tuple):
        return f"[{', '.join([_value(item, above) for item in value])}]"
    if isinstance(value, dict):
        named = sorted(((str(key), item) for key, item in value.items()), key=itemgetter(0))
        return f"{{{', '.join([f'{encode_basestring(key)}: {_value(item, above)}' for key, item in named])}}}"
    return encode_basestring(_text(value))


def _number(value: Decimal) -> str:
    """The shortest of all that mean the same, without an exponent."""
    text = str(value)
    if len(text) > _PLAIN or "E" in text or text[0] == "-":
        return format(value.normalize() + 0, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Image):
        return hashlib.sha256(value.vector or value.content).hexdigest()
    return str(value) if isinstance(value, bool | int) else str(value).strip()
