"""A report as templates see it: plain dicts, lists, text, dates and figures; every declared field is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
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
_ROWS = 100  # of a list, of which blanks are kept
_HOLDING = (dict, list)
_Slot = tuple[Field, Section | None, bool]  # a field, what its records are like, whether it is computed


class Contexts:
    """Makes the context of one report; a record is the same dict wherever it is reached.

    Args:
        marks: of a draft, where what is missing or at fault prints as something to fill in.
    """

    def __init__(self, *, marks: DraftMarks | None = None):
        self.marks = marks
        self.draft = marks is not None
        self.made: dict[int, dict[str, Any]] = {}
        self.holding: dict[int, list[str]] = {}  # of what was made of records, the fields that hold more than one value

    def record(self, record: Record) -> dict[str, Any]:
        """A record's fields by name."""
        if (before := self.made.get(id(record))) is not None:
            return before
        slots, values_of, odd = _slots(record.section)
        found = self.made[id(record)] = dict[str, Any]()
        holding = self.holding[id(found)] = []
        base, index, exact_values = record.path, record.index, record.exact_values
        above = f"{base}." if base else ""
        draft = self.draft
        known: dict[str, Blank] = (
            {} if draft or (index is not None and index > _ROWS) else _blanks(record.section, base)
        )
        changed = slots if draft else odd  # fields in which a text does not stay as it is
        for name, value in zip(slots, values_of(record), strict=True):
            if type(value) is str and value and name not in changed:  # what most values are
                found[name] = value
                continue
            if value is None and name in known:
                found[name] = known[name]
                continue
            field, shape, computed = slots[name]
            if type(value) is Decimal:
                exact = exact_values.get(name) if exact_values else None
                found[name] = Figure(value, field.unit, field.places, field.form, exact)
            elif type(value) is Record:
                found[name] = self.record(value)
                holding.append(name)
            elif value is None and not field.many and not draft:
                found[name] = known[name] = self.blank(field, shape, above + name, computed=computed)
            else:
                made = found[name] = self.value(record, field, shape, value, above + name)
                if type(made) in _HOLDING:
                    holding.append(name)
        return found

    def copied(self, context: dict[str, Any]) -> dict[str, Any]:
        """A context that holds what was made here, of its own with the same values: dicts and lists anew, a record the same dict
        wherever it is reached."""
        return self._copied(context, {})

    def _copied(self, value: Any, made: dict[int, Any]) -> Any:
        if type(value) is list:
            return [self._copied(one, made) if type(one) in _HOLDING else one for one in value]
        found = made.get(id(value))
        if found is None:
            found = made[id(value)] = value.copy()
            holding = self.holding.get(id(value))
            if holding is None:
                holding = [name for name, one in value.items() if type(one) in _HOLDING]
            for name in holding:
                found[name] = self._copied(value[name], made)
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
            items = [
                self.record(item) if type(item) is Record else self.item(field, item, f"{path}[{index}]")
                for index, item in enumerate(value or ())
            ]
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
                    lacking and (derived or _asked(inner)),
                    depth + 1,
                    computed=derived,
                    loose=loose or not lacking,
                )
                for name, (inner, shape, derived) in _slots(section)[0].items()
            }
        blank = Blank(
            path,
            field.label,
            field.empty,
            lacking,
            field.says_empty,
            self.draft,
            loose or not _asked(field),
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
def _slots(section: Section) -> tuple[dict[str, _Slot], Callable[[Record], tuple[Any, ...]], frozenset[str]]:
    """The fields of a section by name, what reads their values of a record, and those in which a text does not stay as it is."""
    slots = {name: (cell.field, cell.shape, cell.origin != "data") for name, cell in section.cells.items()}
    names = tuple(slots)
    odd = frozenset(name for name, (field, _, _) in slots.items() if field.many or field.markdown)
    if len(names) > 1:
        return slots, itemgetter(*names), odd
    return slots, lambda record: tuple(record[name] for name in names), odd


@lru_cache(maxsize=1024)
def _blanks(section: Section, path: str) -> dict[str, Blank]:
    """The blanks that stand for what records at a path do not have, as far as one did not have it: they are the same in all reports."""
    return {}


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
