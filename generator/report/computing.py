"""Computes the fields of a report: narrative, defaults, `set`, `total`, formulas, wordings; and stated values.

A field is computed when it is first read, after what it reads. The standard has no cycles; texts of the data file may
refer to each other, so the texts that are being printed are remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from generator.diagnostics import Diagnostic, Text
from generator.figures import Paragraphs, round_half_up
from generator.formula import (
    INVALID,
    Compiled,
    Fault,
    FormulaError,
    InvalidInput,
    Names,
    Recorder,
    Tag,
    compile_printed,
    parse_text,
)
from generator.formula.printing import plain, printer
from generator.messages import diagnostic
from generator.report.record import Record
from generator.source import List, Map, Node, Scalar, Source, locate, position_in
from generator.standard import Cell, Field, Standard
from generator.standard.converting import MAX_TEXT, BadValue, check_text, converter, paragraphs
from generator.standard.findings import shape
from generator.standard.model import NUMERIC
from generator.standard.wording import wanted

# 34 digits are more than any budget needs; the decimal context of the calling program does not matter
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP)
NO_VALUES = Map()
PUBLISHED, REASON = "公布", "理由"
SHOWN_INPUTS = 6
TOO_LARGE = Decimal("1e24")


class NarrativeCycle(InvalidInput):
    """Texts of the data file refer to each other in a circle; told where it closed."""


@lru_cache(maxsize=4096)
def convert(field: Field) -> Callable[[str], Any]:
    """The converter of a field, made once."""
    return converter(field)


@lru_cache(maxsize=4096)
def loose(field: Field) -> Callable[[str], Any]:
    """The converter of stated values: any number of places of a percent, no bounds."""
    places = 8 if field.kind == "percent" else field.places
    return converter(replace(field, places=places, minimum=None, maximum=None))


@lru_cache(maxsize=4096)
def _single(field: Field) -> Field:
    """The field of one item of a list."""
    return replace(field, many=False, minimum=None, maximum=None)


def says_nothing(node: Node | None) -> bool:
    """Whether a value is absent: null, empty text, or a mapping of nothing but such."""
    if node is None:
        return True
    if isinstance(node, Scalar):
        return node.is_null or not node.text.strip()
    if isinstance(node, Map):
        return bool(node) and all(_nothing_inside(value) for value in node.values())
    return False


def _nothing_inside(node: Node) -> bool:
    """The same inside a mapping, where a list of items that say nothing says nothing either."""
    if isinstance(node, List):
        return bool(node) and all(_nothing_inside(item) for item in node)
    return says_nothing(node)


class Computation:
    """The values of one data file in the making."""

    def __init__(self, standard: Standard, source: Source):
        self.standard = standard
        self.source = source
        self.diagnostics: dict[Diagnostic, None] = {}
        self.root: Record = Record(self, standard.root, None, None, NO_VALUES)
        self.records: dict[str, list[Record]] = {}
        self.missing: set[tuple[int, str]] = set()
        self.active: dict[tuple[int, str], tuple[Record, str]] = {}
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
                self.note_blank(record, cell)
            return found
        assert node is not None
        return self.stated(record, cell, node, found)

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
            one = _single(field)
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
            if "{" in text and field.kind in ("text", "paragraphs") and not field.plain and _has_tag(text):
                check_text(text)
                text = self.narrative(record, field, node, path)
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

    # --- narrative

    def narrative(self, record: Record, field: Field, node: Scalar, path: str) -> str | None:
        """A text with its tags printed; None where it is at fault."""
        path = path or record.path_of(field.name)
        names = Names(record.section.type, self.standard.root.type, {}, narrative=True)
        faults: list[Fault] = []
        try:
            parts = parse_text(node.text, filters=True)
        except FormulaError as error:
            parts, faults = error.parts, list(error.faults)
        compiled: list[str | tuple[Tag, Compiled]] = []
        for part in parts:
            try:
                compiled.append(part if isinstance(part, str) else (part, compile_printed(part.node, names)))
            except FormulaError as error:
                faults += error.faults
        for fault in faults:
            found = fault.at(locate(self.source, position_in(self.source, node, fault.offset), path))
            self.diagnostics[found] = None
        if faults:
            return None
        pieces: list[str] = []
        for index, part in enumerate(compiled):
            if isinstance(part, str):
                pieces.append(part)
                continue
            tag, expression = part
            value = expression.function(record)
            place = position_in(self.source, node, tag.start)
            if value is None:
                self.tell("narrative-blank", place, path, text=expression.text)
            following = compiled[index + 1] if index + 1 < len(compiled) else ""
            if isinstance(following, str) and (after := _contradicts(expression.type.unit, following)):
                unit = Text("百分数", "percent") if expression.type.unit == "%" else expression.type.unit
                self.tell("narrative-unit", place, path, text=expression.text, unit=unit, after=after)
            pieces.append(value or "")
        return "".join(pieces)

    # --- stated values

    def stated(self, record: Record, cell: Cell, node: Node, computed: Any) -> Any:
        """A computed field that the data file gives: it agrees, differs, or is a published exception."""
        field = cell.field
        path = record.path_of(field.name)
        reason = None
        if isinstance(node, Map) and PUBLISHED in node:
            for key in node:
                if key not in (PUBLISHED, REASON):
                    self.tell("unknown-field", node.key_at[key], path, where=field.label, name=key)
            stated_reason = node.get(REASON)
            reason = stated_reason.text.strip() if isinstance(stated_reason, Scalar) else ""
            if not reason or says_nothing(stated_reason):
                self.tell("exception-without-reason", node, path, label=field.label)
                reason = "—"
            node = node[PUBLISHED]
        if field.many or not isinstance(node, Scalar) or field.kind in ("map", "bands"):
            if isinstance(node, List) and (field.many or field.kind == "paragraphs"):
                return self.stated_list(record, cell, node, computed, reason)
            return self.wrong_shape(record, field, node)
        try:
            text = node.text
            if field.kind in ("text", "paragraphs"):
                value = self.one(record, field, node, path) if field.plain or _has_tag(text) else convert(field)(text)
            else:
                value = loose(field)(text)
        except BadValue as bad:
            return self.bad_value(bad, node, record, field)
        if value is INVALID or computed is INVALID:
            return INVALID
        kept = round_half_up(value, field.stored_places) if isinstance(value, Decimal) else value
        shown = node.text.strip()
        if computed is None:
            self.tell("stated-not-computable", node, path, label=field.label, stated=shown, formula=cell.formula)
            return kept
        if self.agrees(record, field, value, shown, computed):
            return computed
        computed_text = self.printed(record, field, computed, shown)
        if reason is not None:
            self.tell(
                "stated-exception", node, path, label=field.label, stated=shown, computed=computed_text, reason=reason
            )
        else:
            self.tell(
                "stated-differs",
                node,
                path,
                label=field.label,
                stated=shown,
                computed=computed_text,
                formula=cell.formula,
                inputs=self.inputs(record, cell),
            )
        if record.exact_values:
            record.exact_values.pop(field.name, None)
        return kept

    def stated_list(self, record: Record, cell: Cell, node: List, computed: Any, reason: str | None) -> Any:
        """A computed list that the data file gives: it agrees if every item does."""
        field = cell.field
        path = record.path_of(field.name)
        stated = self.given(record, field, node)
        if stated is INVALID or computed is INVALID:
            return INVALID
        texts = ["、".join(map(plain, items)) for items in (stated, computed or ())]
        if computed is None:
            self.tell("stated-not-computable", node, path, label=field.label, stated=texts[0], formula=cell.formula)
        elif list(stated) == list(computed):
            return computed
        elif reason is not None:
            self.tell(
                "stated-exception", node, path, label=field.label, stated=texts[0], computed=texts[1], reason=reason
            )
        else:
            self.tell(
                "stated-differs",
                node,
                path,
                label=field.label,
                stated=texts[0],
                computed=texts[1],
                formula=cell.formula,
                inputs=self.inputs(record, cell),
            )
        return stated

    def agrees(self, record: Record, field: Field, stated: Any, shown: str, computed: Any) -> bool:
        """Whether a stated value is the computed one: percents at the places typed, others at the field's."""
        if isinstance(stated, Decimal):
            if field.kind == "percent":
                typed = typed_places(shown)
                exact = (record.exact_values or {}).get(field.name, computed)
                return round_half_up(exact, typed + 2) == stated
            return stated == computed
        return "".join(str(stated).split()) == "".join(str(computed).split())

    def printed(self, record: Record, field: Field, value: Any, typed: str = "") -> str:
        """A value as its field prints it; a percent with at least the places that were typed."""
        if isinstance(value, Decimal) and field.kind == "percent" and typed:
            exact = (record.exact_values or {}).get(field.name, value)
            places = max(field.places, typed_places(typed))
            return printer(replace(field.type, places=places))(exact)
        text = printer(field.type)(value)
        return f"“{text}”" if isinstance(value, str) else text

    def inputs(self, record: Record, cell: Cell) -> Text:
        """What a formula read, with its values, for a message."""
        seen: dict[tuple[int, str], tuple[Any, str]] = {}
        try:
            self.evaluated(record, cell, seen)
        except InvalidInput:
            return Text("", "")
        shown = []
        base: Record | None = record
        for _ in range(cell.up):
            base = base.parent if base is not None else None
        prefix = f"{base.path}." if base is not None and base.path else ""
        for other, name in list(seen.values())[:SHOWN_INPUTS]:
            value = other[name]
            path = other.path_of(name).removeprefix(prefix)
            field = other.section.cells[name].field
            text = (
                "空"
                if value is None
                else self.printed(other, field, value)
                if not isinstance(value, list | dict)
                else "…"
            )
            shown.append(f"{path} = {text}")
        if not shown:
            return Text("", "")
        more = len(seen) > SHOWN_INPUTS
        return Text(
            f"（{'，'.join(shown)}{' 等' + str(len(seen)) + '项' if more else ''}）",
            f" ({', '.join(shown)}{' and ' + str(len(seen) - SHOWN_INPUTS) + ' more' if more else ''})",
        )

    def note_blank(self, record: Record, cell: Cell) -> None:
        """Note that a computed field is blank although everything that it reads has a value: a division by zero."""
        if cell.origin == "text":
            return
        if not cell.up and any(len(path) == 1 and record[path[0]] is None for path in cell.paths if path[0] != "报告"):
            return
        seen: dict[tuple[int, str], tuple[Any, str]] = {}
        self.evaluated(record, cell, seen)
        if any(other[name] is None for other, name in seen.values()) or not seen:
            return
        numeric = cell.field.kind in NUMERIC
        reason = Text("除数是 0", "it would divide by 0") if numeric else Text("没有相应的档次", "no band matches")
        first, name = next(iter(seen.values()))
        place = first.place_of(name) if first.source.get(name) is not None else record.place
        self.tell("computed-blank", place, record.path_of(cell.field.name), label=cell.field.label, reason=reason)


def _has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text


def typed_places(text: str) -> int:
    return len(text.rstrip("% ％").partition(".")[2])


def _contradicts(unit: str, following: str) -> str:
    """What follows a printed number and contradicts its unit; "" where nothing does."""
    after = following.lstrip()
    if unit == "%" and after[:1] in ("%", "％"):
        return after[:1]
    if unit == "万元" and after.startswith("元"):
        return "元"
    if unit == "元" and after.startswith("万元"):
        return "万元"
    return ""
