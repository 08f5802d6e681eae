"""A report as templates see it: plain dicts, lists, text, dates and figures; every declared field is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from generator.figures import Blank, Date, Figure, Paragraphs, YesNo
from generator.formula import INVALID, Parameter, Type
from generator.report.record import Record
from generator.standard import Field, Section
from generator.template.image import Image

_MAX_EMPTY_DEPTH = 12


class Contexts:
    """Makes the context of one report; a record is the same dict wherever it is reached."""

    def __init__(self, missing: set[tuple[int, str]]):
        self.missing = missing
        self.made: dict[int, dict[str, Any]] = {}

    def record(self, record: Record) -> dict[str, Any]:
        """A record's fields by name."""
        if (found := self.made.get(id(record))) is not None:
            return found
        found = self.made[id(record)] = {}
        base = record.path
        for name, cell in record.section.cells.items():
            path = f"{base}.{name}" if base else name
            value = record[name]
            required = value is INVALID and (id(record), name) in self.missing
            found[name] = self.value(record, cell.field, cell.shape, value, path, required)
        return found

    def value(
        self, record: Record, field: Field, section: Section | None, value: Any, path: str, required: bool
    ) -> Any:
        """A field's value: what it prints where there is none."""
        if isinstance(value, Record):
            return self.record(value)
        if field.many and value is not INVALID:
            items = [self.item(field, item, f"{path}[{index}]") for index, item in enumerate(value or ())]
            if section is not None:
                while len(items) < field.rows:
                    items.append(empty_row(section, f"{path}[{len(items)}]"))
            return items or (blank(field, section, path, required) if value is None or field.empty else [])
        if value is None or value is INVALID or (value in ("", ()) and field.empty):
            return blank(field, section, path, required)
        if isinstance(value, Decimal):
            exact = record.exact_values.get(field.name) if record.exact_values else None
            return Figure(value, field.unit, field.places, field.form, exact)
        return self.item(field, value, path)

    def item(self, field: Field, value: Any, path: str) -> Any:
        """A value, or an item of a list."""
        if isinstance(value, Record):
            return self.record(value)
        if value is None or value is INVALID:
            return Blank(path, field.label, field.empty)
        if isinstance(value, Decimal):
            return Figure(value, field.unit, field.places, field.form)
        if isinstance(value, bool):
            return YesNo(value)
        if isinstance(value, Image):
            return value
        if isinstance(value, dict):
            of = field.of or field
            return {name: self.item(of, entry, f"{path}.{name}") for name, entry in value.items()}
        if isinstance(value, date):
            return Date.of(value)
        assert isinstance(value, str | Paragraphs)
        return value


def blank(field: Field, section: Section | None, path: str, required: bool = False, depth: int = 0) -> Blank:
    """The blank of a field; of an absent record with the blanks of its fields."""
    parts: Mapping[str, Blank] | None = None
    if section is not None and not field.many and depth < _MAX_EMPTY_DEPTH:
        parts = {
            name: blank(cell.field, cell.shape, f"{path}.{name}", required and cell.field.required, depth + 1)
            for name, cell in section.cells.items()
        }
    return Blank(path, field.label, field.empty, required, parts)


def empty_row(section: Section, path: str) -> dict[str, Any]:
    """A row of blanks, so that a nested table keeps its row; lists that want rows have theirs."""
    row: dict[str, Any] = {}
    for name, cell in section.cells.items():
        field, inner = cell.field, f"{path}.{name}"
        if field.many and cell.section is not None and field.rows:
            row[name] = [empty_row(cell.section, f"{inner}[{index}]") for index in range(field.rows)]
        elif field.many:
            row[name] = []
        else:
            row[name] = blank(field, cell.shape, inner)
    return row


def parameter_value(parameter: Parameter) -> Any:
    """A parameter as templates see it."""
    return _constant(parameter.value, parameter.type)


def _constant(value: Any, found: Type) -> Any:
    if isinstance(value, bool):
        return YesNo(value)
    if isinstance(value, Decimal):
        places = max(0, -int(value.as_tuple().exponent)) - (2 if found.unit == "%" else 0)
        return Figure(value, found.unit, max(found.places, places), found.form)
    if isinstance(value, dict):
        return {name: _constant(item, found.of or found) for name, item in value.items()}
    if isinstance(value, list):
        return [_constant(item, found) for item in value]
    return value
