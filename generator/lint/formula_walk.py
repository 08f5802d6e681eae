"""One expression of a standard looked through: comparisons that never hold, maps that lack a key, what reads no field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import standard_words as words
from generator.formula import FormulaError, Tag, parse_expression, parse_text
from generator.formula.scope import OWN, ROOT
from generator.formula.tree import (
    Arithmetic,
    Attribute,
    Call,
    Comparison,
    Conditional,
    Item,
    Items,
    Name,
    Node,
    Number,
    String,
    children,
)
from generator.formula.unparse import show
from generator.lint.path_types import FRACTION, outcomes
from generator.lint.sure_conditions import SureConditions, reads_nothing
from generator.lint.value_ranges import Range, range_of
from generator.source import Scalar
from generator.standard.kinds import kind_of
from generator.standard.model import Field, RecordType, Standard

_PER_ITEM = ("sum", "count", "join", "filter", "sort")
_Inside = tuple[RecordType | None, ...]  # the records of lists that the expression stands within


class FormulaWalk:
    """Looks through the expressions of a record; `owner` is the field that they compute."""

    def __init__(self, standard: Standard, own: RecordType, at: Location, owner: Field | None):
        self.standard, self.own, self.at, self.owner = standard, own, at, owner

    def expression(self, text: str) -> Iterator[Diagnostic]:
        try:
            tree = parse_expression(text)
        except FormulaError:
            return
        yield from self.node(tree, ())

    def condition(self, text: str) -> Iterator[Diagnostic]:
        """What can be said of a rule or a `when`; what always comes out alike is told once."""
        found = list(self.expression(text))
        yield from found
        if not found and (outcome := self.outcome(text)) is not None:
            yield diagnostic("lint-constant", self.at, text=text, why=words.ALWAYS if outcome else words.NEVER)

    def outcome(self, text: str) -> bool | None:
        """What a condition of the record always comes to."""
        try:
            return SureConditions(self.range, self.choices, self.constant).outcome(parse_expression(text))
        except FormulaError:
            return None

    def wording(self, text: str) -> Iterator[Diagnostic]:
        try:
            parts = parse_text(text)
        except FormulaError:
            return
        for part in parts:
            if isinstance(part, Tag):
                yield from self.node(part.node, ())

    def node(self, node: Node, items: _Inside) -> Iterator[Diagnostic]:
        if isinstance(node, Conditional):  # its test may see to it that a divisor is there
            owner, self.owner = self.owner, None
            for child in children(node):
                yield from self.node(child, items)
            self.owner = owner
            return
        if isinstance(node, Call) and node.function in _PER_ITEM and len(node.arguments) > 1:
            yield from self.node(node.arguments[0], items)
            inner = self.record(node.arguments[0], items)
            if inner is not None and reads_nothing(node.arguments[1]):
                yield diagnostic("lint-constant", self.at, text=show(node.arguments[1]), why=words.READS_NO_FIELD)
            for argument in node.arguments[1:]:
                yield from self.node(argument, (*items, inner))
            return
        if isinstance(node, Call):
            yield from self.called(node, items)
        if isinstance(node, Comparison):
            yield from self.comparison(node, items)
        elif isinstance(node, Arithmetic) and node.operator == "/" and self.owner is not None and not items:
            divisor = self.field(node.right, items)
            if divisor is not None and self.owner.needed and may_be_blank(divisor, self.standard):
                yield diagnostic("lint-division-blank", self.at, name=self.owner.name, divisor=divisor.name)
        elif isinstance(node, Item | Attribute):
            yield from self.lookup(node, items)
        for child in children(node):
            yield from self.node(child, items)

    def comparison(self, node: Comparison, items: _Inside) -> Iterator[Diagnostic]:
        left = node.first
        for _, right in node.rest:
            if show(left) == show(right):
                yield diagnostic("lint-constant", self.at, text=show(node), why=words.BOTH_SIDES_ONE)
            for one, other in ((left, right), (right, left)):
                field = self.field(one, items)
                if field is None:
                    continue
                if kind_of(field).hundredths and isinstance(other, Number) and other.value >= FRACTION:
                    yield self.percent(field, other.value)
                choices = self.choices(one, items)
                for text in other.items if isinstance(other, Items) else (other,):
                    if choices and isinstance(text, String) and text.value not in choices:
                        shown = words.listed(choices)
                        yield diagnostic("lint-not-a-choice", self.at, text=text.value, name=field.name, choices=shown)
            left = right

    def called(self, node: Call, items: _Inside) -> Iterator[Diagnostic]:
        if node.function == "first" and len(node.arguments) > 1:
            count = node.arguments[1]
            if isinstance(count, Number) and count.value < 1:
                yield diagnostic("lint-constant", self.at, text=show(node), why=words.TAKES_NOTHING)
        if node.function == "band" and len(node.arguments) == 2 and isinstance(node.arguments[1], Name):
            yield from self.banded(node.arguments[0], node.arguments[1].name, items)

    def banded(self, value: Node, name: str, items: _Inside) -> Iterator[Diagnostic]:
        """Bands of which some are never reached by what is put into them."""
        parameter = self.standard.parameters.get(name)
        entries = parameter.value if parameter is not None else None
        if not isinstance(entries, dict):
            return
        bounds = {band: bound for band, bound in entries.items() if isinstance(bound, Decimal)}
        field = self.field(value, items)
        if field is not None and kind_of(field).hundredths and any(bound > FRACTION for bound in bounds.values()):
            yield self.percent(field, max(bounds.values()))
            return
        high = self.range(value).high if not items else None
        for band, bound in bounds.items():
            if high is not None and bound > high:
                why = words.ABOVE_MOST.filled(bound=bound, text=show(value), most=high)
                yield diagnostic("lint-band-unreached", self.at, name=name, band=band, why=why)

    def percent(self, field: Field, number: Decimal) -> Diagnostic:
        percent = format((number * 100).normalize(), "f")
        return diagnostic("lint-percent-compared", self.at, name=field.name, number=number, percent=percent)

    def lookup(self, node: Item | Attribute, items: _Inside) -> Iterator[Diagnostic]:
        """A map that lacks what it is looked up by."""
        entries, name = self.entries(node.base, items)
        if entries is None:
            return
        if isinstance(node, Attribute):
            keys = [node.name]
        elif isinstance(node.key, String):
            keys = [node.key.value]
        else:
            field = self.field(node.key, items)
            if field is None:
                return
            keys = [*field.choices, *(self.prescribed(items[-1] if items else self.own, field.name))]
        if lacking := [key for key in dict.fromkeys(keys) if key not in entries]:
            shown = words.listed([f"“{key}”" for key in lacking])
            yield diagnostic("lint-map-lacks", self.at, name=name, keys=shown)

    def entries(self, node: Node, items: _Inside) -> tuple[tuple[str, ...] | None, str]:
        """The keys of a map that has no others, and its name: a parameter, or a field whose rows the bureau prescribes."""
        if isinstance(node, Name) and node.name in self.standard.parameters:
            value = self.standard.parameters[node.name].value
            return (tuple(value) if isinstance(value, dict) else None), node.name
        field = self.field(node, items)
        if field is None or not kind_of(field).facts or field.fixed is None or field.fixed.open:
            return None, ""
        return tuple(field.fixed.names), field.name

    def prescribed(self, record: RecordType | None, name: str) -> list[str]:
        """What rows that the bureau prescribes state of a field."""
        found = []
        for other in records_of(self.standard):
            for field in other.fields.values():
                if field.fixed is not None and field.record is record:
                    cells = (row.get(name) for row in field.fixed.rows)
                    found += [cell.text for cell in cells if isinstance(cell, Scalar)]
        return found

    def record(self, node: Node, items: _Inside) -> RecordType | None:
        if isinstance(node, Name) and node.name == ROOT:
            return self.standard.root.type
        if isinstance(node, Name) and node.name == OWN:
            return self.own
        if isinstance(node, Call) and node.function in ("filter", "sort", "first"):
            return self.record(node.arguments[0], items)
        if isinstance(node, Item):
            return self.record(node.base, items)
        field = self.field(node, items)
        return field.record if field else None

    def field(self, node: Node, items: _Inside) -> Field | None:
        match node:
            case Name(name=name):
                record = items[-1] if items else self.own
                return record.fields.get(name) if record else None
            case Attribute(base=base, name=name):
                record = self.record(base, items)
                return record.fields.get(name) if record else None
        return None

    def range(self, node: Node) -> Range:
        """Between which bounds an expression of the record lies."""

        def bounded(one: Node) -> Field | None:
            found = self.field(one, ())
            outside = found is not None and {"set", "total"} & set(_origins(found, self.standard))
            return None if outside else found

        def constant(name: str) -> Decimal | None:
            value = self.constant(Name(name, 0))
            return value if isinstance(value, Decimal) else None

        return range_of(node, bounded, constant)

    def choices(self, node: Node, items: _Inside = ()) -> tuple[str, ...]:
        """What a field can be, of choices."""
        field = self.field(node, items)
        return outcomes(field, self.standard) if field is not None and not field.many else ()

    def constant(self, node: Node) -> Decimal | str | None:
        """The value of a constant."""
        match node:
            case Number(value=value) | String(value=value):
                return value
            case Name(name=name) if name not in self.own.fields and name in self.standard.parameters:
                found: Any = self.standard.parameters[name].value
                return found if isinstance(found, Decimal | str) else None
        return None


def may_be_blank(field: Field, standard: Standard) -> bool:
    """Whether a data file may leave a field empty, and nothing stands in."""
    stands = field.default is not None or field.default_formula is not None
    if field.required or stands or field.many:
        return False
    return any(origin not in ("set", "total") for origin in _origins(field, standard))


def _origins(field: Field, standard: Standard) -> list[str]:
    """Where the values of a field come from, in each use of its type."""
    return [cell.origin for section in standard.root.walk() for cell in section.cells.values() if cell.field is field]


def records_of(standard: Standard) -> list[RecordType]:
    """Every record type that the report uses, once."""
    seen: dict[int, RecordType] = {}
    for section in standard.root.walk():
        seen.setdefault(id(section.type), section.type)
    return list(seen.values())
