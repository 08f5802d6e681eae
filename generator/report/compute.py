"""Computes the fields of a report: narrative, defaults, `set`, `total`, formulas, wordings; and stated values.

A field is computed when it is first read, after what it reads. The standard has no cycles; texts of the data file may
refer to each other, so the texts that are being printed are remembered.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from generator.diagnostics import Diagnostic, Text
from generator.diagnostics.catalogue import diagnostic
from generator.figures import Paragraphs, round_half_up
from generator.formula import (
    INVALID,
    Compiled,
    InvalidInput,
    Recorder,
    Tag,
)
from generator.report.narrative import print_narrative
from generator.report.record import Record
from generator.report.stated import compare_stated, note_blank
from generator.report.stated_text import NO_VALUES, has_tag, says_nothing
from generator.source import List, Map, Node, Scalar, Source, locate
from generator.standard import Cell, Field, RecordType, Standard
from generator.standard.convert import MAX_TEXT, BadValue, check_text, convert, paragraphs, single
from generator.standard.field_wording import wanted
from generator.standard.model import PUBLISHED
from generator.standard.standard_faults import shape

# 34 digits are more than any budget needs; the decimal context of the calling program does not matter
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP)
MAX_CHAIN = 30  # texts that refer to texts that refer to texts …
TOO_LARGE = Decimal("1e24")


class NarrativeCycle(InvalidInput):
    """Texts of the data file refer to each other in a circle; told where it closed."""


class Computation:
    """The values of one data file in the making."""

    def __init__(self, standard: Standard, source: Source):
        self.standard = standard
        self.source = source
        self.diagnostics: dict[Diagnostic, None] = {}
        self.root: Record = Record(self, standard.root, None, None, NO_VALUES)
        self.records: dict[str, list[Record]] = {}
        self.noted: set[tuple[int, int]] = set()
        self.missing: set[tuple[int, str]] = set()
        self.active: dict[tuple[int, str], tuple[Record, str]] = {}
        self.compiled: dict[tuple[RecordType, str], list[str | tuple[Tag, Compiled]]] = {}
        self.printed: dict[int, list[tuple[int, str, bool]]] = {}  # of a text by node: where each part is written
        self._missing_codes: set[Diagnostic] = set()

    # --- findings

    def tell(
        self,
        code: str,
        at: Node | tuple[int, int],
        path: str,
        hint: Text | None = None,
        **arguments: Any,
    ) -> Diagnostic:
        """Note a finding at a place of the data file."""
        found = diagnostic(code, locate(self.source, at, path), hint=hint, **arguments)
        self.diagnostics[found] = None
        return found

    def tell_missing(self, code: str, at: tuple[int, int], path: str, **arguments: Any) -> None:
        """Note that a value is missing, which a draft may leave open."""
        self._missing_codes.add(self.tell(code, at, path, **arguments))

    @property
    def only_missing(self) -> bool:
        """Whether every error is that a value is missing."""
        return all(found in self._missing_codes for found in self.diagnostics if found.severity == "error")

    def bad_value(self, bad: BadValue, node: Node, record: Record, field: Field, path: str = "") -> Any:
        """Note what is wrong with a value; the slot is invalid."""
        path = path or record.path_of(field.name)
        self.tell(bad.code, node, path, bad.hint, label=field.label, **bad.arguments)
        return INVALID

    # --- values

    def value(self, record: Record, name: str) -> Any:
        """The value of a field that is read for the first time; it is kept in the record.

        Raises:
            NarrativeCycle: the field is being computed already.
        """
        cell = record.section.cells[name]
        if cell.origin == "data" and name in record.source:
            found = self.guarded(record, name, cell)
        else:  # formulas have no cycles, so that every circle goes through a text of the data file
            try:
                found = self.compute(record, name, cell)
            except InvalidInput:
                found = INVALID
        record[name] = found
        return found

    def guarded(self, record: Record, name: str, cell: Cell) -> Any:
        """The value of an input, which may refer to other fields; a circle of references is told once."""
        key = (id(record), name)
        if key in self.active:
            self.cycle(key)
            raise NarrativeCycle
        if len(self.active) >= MAX_CHAIN:
            self.tell("narrative-too-deep", record.place_of(name), record.path_of(name), count=MAX_CHAIN)
            raise InvalidInput
        self.active[key] = (record, name)
        try:
            return self.compute(record, name, cell)
        except InvalidInput:
            return INVALID
        finally:
            del self.active[key]

    def cycle(self, key: tuple[int, str]) -> None:
        chain = list(self.active)
        ring = [self.active[other] for other in chain[chain.index(key) :]]
        texts = [pair for pair in ring if not says_nothing(pair[0].source.get(pair[1]))]
        record, name = texts[0] if texts else ring[0]
        shown = " → ".join(record.path_of(name) for record, name in [*ring, ring[0]])
        self.tell("narrative-cycle", record.place_of(name), record.path_of(name), chain=shown)

    def compute(self, record: Record, name: str, cell: Cell) -> Any:
        field = cell.field
        node = record.source.get(name)
        if cell.origin == "data":
            if field.kind != "record" and not says_nothing(node):
                assert node is not None
                return self.given(record, field, node)
            if field.default_formula is not None:
                return self.stored(record, field, field.default_formula.function(record))
            return field.default
        value = self.evaluated(record, cell)
        found = self.stored(record, field, value)
        if says_nothing(node):
            if found is None and field.required:
                note_blank(self, record, cell)
            return found
        assert node is not None
        return compare_stated(self, record, cell, node, found)

    def evaluated(self, record: Record, cell: Cell, seen: dict[tuple[int, str], tuple[Any, str]] | None = None) -> Any:
        """What a cell's formula gives; `seen` collects what it reads."""
        assert cell.compute is not None
        at: Record | None = record
        for _ in range(cell.up):
            at = at.parent if at is not None else None
        assert at is not None
        return cell.compute(at if seen is None else Recorder(at, seen))

    def stored(self, record: Record, field: Field, value: Any) -> Any:
        """A computed value as it is kept: rounded half-up to the field's places."""
        if value is None or value is INVALID:
            return value
        if field.many:
            return [self.stored_one(record, field, item, None) for item in value]
        return self.stored_one(record, field, value, field.name)

    def stored_one(self, record: Record, field: Field, value: Any, name: str | None) -> Any:
        if isinstance(value, Decimal):
            if abs(value) >= TOO_LARGE:
                at = record.place
                self.tell("value-too-large", at, record.path_of(field.name), label=field.label, text=f"{value:.3E}")
                raise InvalidInput
            rounded = round_half_up(value, field.stored_places)
            if name is not None and rounded != value:
                if record.exact_values is None:
                    record.exact_values = {}
                record.exact_values[name] = value
            return rounded
        if field.kind == "paragraphs" and not isinstance(value, Paragraphs):
            value = paragraphs(str(value))
        elif field.kind == "text" and isinstance(value, Paragraphs):
            value = str(value)
        if isinstance(value, str) and len(value) > MAX_TEXT:
            self.tell(
                "value-too-long",
                record.place,
                record.path_of(field.name),
                label=field.label,
                length=len(value),
                limit=MAX_TEXT,
            )
            raise InvalidInput
        return value

    # --- what the data file gives

    def given(self, record: Record, field: Field, node: Node) -> Any:
        """The value of an input from its node, narrative printed."""
        if isinstance(node, Map) and PUBLISHED in node:
            self.tell("exception-on-input", node, record.path_of(field.name), label=field.label)
            return INVALID
        if field.many:
            if not isinstance(node, List):
                return self.wrong_shape(record, field, node)
            self.check_items(record, field, node)
            one = single(field)
            values = []
            for index, item in enumerate(node):
                if says_nothing(item):
                    continue
                values.append(self.one(record, one, item, f"{record.path_of(field.name)}[{index}]"))
            return INVALID if any(value is INVALID for value in values) else values
        return self.one(record, field, node, "")

    def one(self, record: Record, field: Field, node: Node, path: str) -> Any:
        if field.kind in ("map", "bands"):
            if not isinstance(node, Map):
                return self.wrong_shape(record, field, node, path)
            of = field.of or Field(field.name, "number")
            found = {}
            base = path or record.path_of(field.name)
            for name, item in node.items():
                found[name] = None if says_nothing(item) else self.one(record, of, item, f"{base}.{name}")
            return INVALID if any(value is INVALID for value in found.values()) else found
        if field.kind == "paragraphs" and isinstance(node, List):
            lines = []
            for index, item in enumerate(node):
                inner = f"{path or record.path_of(field.name)}[{index}]"
                value = self.one(record, field, item, inner)
                if value is INVALID:
                    return INVALID
                lines.extend(value)
            return Paragraphs(lines)
        if not isinstance(node, Scalar):
            return self.wrong_shape(record, field, node, path)
        text = node.text
        try:
            if "{" in text and field.kind in ("text", "paragraphs") and not field.plain and has_tag(text):
                check_text(text)
                text = print_narrative(self, record, field, node, path)
                if text is None:
                    return INVALID
                if field.kind == "paragraphs":
                    return self.stored_one(record, field, paragraphs(text), None)
                return self.stored_one(record, field, text.strip(), None)
            if field.plain and "{{" in text and field.name == record.section.type.key:
                self.tell("narrative-in-key", node, path or record.path_of(field.name), label=field.label)
                return INVALID
            return convert(field)(text)
        except BadValue as bad:
            return self.bad_value(bad, node, record, field, path)

    def wrong_shape(self, record: Record, field: Field, node: Node, path: str = "") -> Any:
        self.tell(
            "wrong-shape",
            node,
            path or record.path_of(field.name),
            label=field.label,
            wanted=wanted(field),
            found=shape(node),
        )
        return INVALID

    def check_items(self, record: Record, field: Field, node: List) -> None:
        """The number of items of a list against its bounds."""
        count = len(node)
        low, high = field.minimum, field.maximum
        bound = None
        if isinstance(low, Decimal) and count < low:
            bound = Text(f"至少要{low}项", f"at least {low} are wanted")
        elif isinstance(high, Decimal) and count > high:
            bound = Text(f"最多{high}项", f"at most {high} are allowed")
        if bound:
            self.tell("value-items", node, record.path_of(field.name), label=field.label, count=count, bound=bound)
