"""A report as templates see it: plain dicts, lists, text, dates and figures; every declared field is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.figures import Blank, Date, Figure, Paragraphs, YesNo, markdown
from generator.formula import INVALID, Parameter, Type
from generator.kept.light_classes import replace
from generator.report.draft_marks import DraftMarks
from generator.report.record import Record
from generator.standard import Field, Section
from generator.standard.kinds import kind_of
from generator.template.image import Image

_MAX_EMPTY_DEPTH = 12


class Contexts:
    """Makes the context of one report; a record is the same dict wherever it is reached.

    Args:
        marks: of a draft, where what is missing or at fault prints as something to fill in.
        printed: takes the blanks that were printed as text and printed nothing.
    """

    def __init__(self, *, marks: DraftMarks | None = None, printed: list[Blank] | None = None):
        self.marks = marks
        self.draft = marks is not None
        self.printed = printed
        self.made: dict[int, dict[str, Any]] = {}

    def record(self, record: Record) -> dict[str, Any]:
        """A record's fields by name."""
        if (found := self.made.get(id(record))) is not None:
            return found
        found = self.made[id(record)] = {}
        base = record.path
        before = f"{base}." if base else ""
        draft, printed = self.draft, self.printed
        for name, field, shape, computed, asked, plain in _slots(record.section):
            value = record[name]
            if plain and type(value) is str and value:  # what most values are
                found[name] = value if self.marks is None and not field.markdown else self.text(field, value)
            elif plain and value is None and shape is None and not draft:
                path, label, empty, said = before + name, field.label, field.empty, field.says_empty
                found[name] = Blank(path, label, empty, False, said, False, not asked, printed, computed=computed)
            elif plain and value is None:
                found[name] = self.blank(field, shape, before + name, computed=computed)
            else:
                found[name] = self.value(record, field, shape, value, before + name)
        return found

    def value(self, record: Record, field: Field, section: Section | None, value: Any, path: str) -> Any:
        """A field's value: what it prints where there is none."""
        if type(value) is Record:
            return self.record(value)
        if isinstance(value, Decimal):
            exact = record.exact_values.get(field.name) if record.exact_values else None
            return Figure(value, field.unit, field.places, field.form, exact)
        lacking = value is INVALID
        typed = self.marks.typed(record, field.name) if lacking and self.marks is not None else ""
        if field.many and not lacking:
            items = [self.item(field, item, f"{path}[{index}]") for index, item in enumerate(value or ())]
            if section is not None:
                while len(items) < field.rows:
                    items.append(self.empty_row(section, f"{path}[{len(items)}]"))
            nothing_said = value is None or field.empty or (self.draft and section is None)
            return items or (self.no_items(field, section, path) if nothing_said else [])
        if field.many and self.draft:  # a list to fill in shows what one of its items holds
            if section is not None:
                return [self.empty_row(section, f"{path}[0]", lacking=True)]
            return [replace(self.blank(field, None, path, lacking=True), typed=typed)]
        if value is None or lacking or (field.empty and value in ("", ())):
            blank = self.blank(field, section, path, lacking, computed=_is_computed(record, field.name))
            return _with_typed(blank, blank, typed) if typed else blank
        return self.item(field, value, path)

    def text(self, field: Field, text: str) -> Any:
        """A text, in a draft with what its marks stand for."""
        if field.markdown:
            return markdown(text)
        return text if self.marks is None else self.marks.marked(text)

    def item(self, field: Field, value: Any, path: str) -> Any:
        """A value, or an item of a list."""
        if type(value) is str:  # what most values are
            return self.text(field, value)
        if type(value) is Record:
            return self.record(value)
        if value is None or value is INVALID:
            return self.blank(field, None, path, value is INVALID)
        if isinstance(value, Decimal):
            return Figure(value, field.unit, field.places, field.form)
        if isinstance(value, bool):
            return YesNo(value)
        if isinstance(value, Image):
            return value
        if isinstance(value, dict):
            of = field.of or field
            return {name: self.entry(of, name, entry, f"{path}.{name}") for name, entry in value.items()}
        if isinstance(value, date):
            return Date.of(value)
        assert isinstance(value, str | Paragraphs)
        if self.marks is not None and isinstance(value, Paragraphs) and not field.markdown:
            return Paragraphs(map(self.marks.marked, value))
        return markdown(value) if field.markdown else value

    def entry(self, field: Field, name: str, value: Any, path: str) -> Any:
        """The value of a map at one of its names."""
        typed = "" if self.marks is None or value is not None else self.marks.typed_at(path)
        if typed:
            return Blank(path, name, required=True, draft=True, typed=typed)
        return self.item(field, value, path)

    def blank(
        self,
        field: Field,
        section: Section | None,
        path: str,
        lacking: bool = False,
        depth: int = 0,
        *,
        computed: bool = False,
        loose: bool = False,
    ) -> Blank:
        """The blank of a field; of an absent record with the blanks of its fields.

        `loose` is whether its record or row may be absent, and then the field as well.
        """
        parts: Mapping[str, Blank] | None = None
        if section is not None and not field.many and depth < _MAX_EMPTY_DEPTH:
            parts = {
                name: self.blank(
                    inner,
                    shape,
                    f"{path}.{name}",
                    lacking and (derived or asked),
                    depth + 1,
                    computed=derived,
                    loose=loose or not lacking,
                )
                for name, inner, shape, derived, asked, _ in _slots(section)
            }
        blank = Blank(
            path,
            field.label,
            field.empty,
            lacking,
            field.says_empty,
            self.draft,
            loose or not _asked(field),
            self.printed,
            parts,
            computed=computed,
        )
        return replace(blank, item=blank) if self.draft and blank.open and kind_of(field).lines else blank

    def no_items(self, field: Field, section: Section | None, path: str) -> Blank:
        """A list of which the data say nothing; of a list of texts a draft shows where they would stand."""
        blank = self.blank(field, section, path)
        return replace(blank, item=self.blank(field, None, path)) if blank.open and section is None else blank

    def empty_row(self, section: Section, path: str, lacking: bool = False) -> dict[str, Any]:
        """A row of blanks, so that a nested table keeps its row; lists that want rows have theirs."""
        row: dict[str, Any] = {}
        for name, cell in section.cells.items():
            field, inner = cell.field, f"{path}.{name}"
            wanted = lacking and (_asked(field) or cell.origin != "data")
            if field.many and cell.section is not None and (field.rows or wanted):
                count = max(field.rows, 1)
                row[name] = [self.empty_row(cell.section, f"{inner}[{index}]", wanted) for index in range(count)]
            elif field.many:
                none = self.no_items(field, cell.shape, inner) if self.draft else []
                row[name] = [self.blank(field, None, inner, lacking=True)] if wanted else none
            else:
                own = self.blank(field, cell.shape, inner, wanted, computed=cell.origin != "data", loose=not lacking)
                says = self.draft and own.computed and own.empty  # of a row that is not there, as if it were known
                row[name] = replace(own, empty="", intended=False) if says else own
        return row


@lru_cache(maxsize=4096)
def _slots(section: Section) -> tuple[tuple[str, Field, Section | None, bool, bool, bool], ...]:
    """The fields of a section by name: each with what its records are like, whether it is computed, whether it has to be filled in,
    whether it holds one value."""
    return tuple(
        (name, cell.field, cell.shape, cell.origin != "data", _asked(cell.field), not cell.field.many)
        for name, cell in section.cells.items()
    )


def _asked(field: Field) -> bool:
    """Whether a field has to be filled in: what has a default need not be, in a record that is not there either."""
    return field.needed and field.default is None and field.default_formula is None


def _is_computed(record: Record, name: str) -> bool:
    cell = record.section.cells.get(name)
    return cell is not None and cell.origin != "data"


def _with_typed(blank: Blank, of: Blank, typed: str) -> Blank:
    """A blank of what was typed, and of a record all that it would hold, under the record's own path."""
    parts = blank.parts and {
        name: part if part.computed else _with_typed(part, of, typed) for name, part in blank.parts.items()
    }
    blank = replace(blank, path=of.path, label=of.label, typed=typed, parts=parts, required=True)
    return replace(blank, item=blank) if blank.item is not None else blank


def copied(context: dict[str, Any]) -> dict[str, Any]:
    """A context of its own with the same values: dicts and lists anew, a record the same dict wherever it is reached."""
    return _copied(context, {})


def _copied(value: Any, made: dict[int, Any]) -> Any:
    kind = type(value)
    if kind is dict:
        found = made.get(id(value))
        if found is None:
            found = made[id(value)] = {}
            for name, one in value.items():
                of = type(one)
                found[name] = _copied(one, made) if of is dict or of is list else one
        return found
    return [_copied(one, made) if type(one) is dict or type(one) is list else one for one in value]


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
