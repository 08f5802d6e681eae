"""Between which bounds the number of an expression lies whatever is filled in, as far as the standard says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from generator.figures import round_half_up
from generator.formula import FormulaError, parse_expression
from generator.formula.tree import Arithmetic, Attribute, Call, Item, Name, Negative, Node, Number
from generator.kept.light_classes import dataclass
from generator.standard.kinds import kind_of, stored_places
from generator.standard.model import Field

_DEEPEST = 8  # formulas that refer to formulas


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive bounds; None: without."""

    low: Decimal | None = None
    high: Decimal | None = None

    def __add__(self, other: Range) -> Range:
        return Range(_sum(self.low, other.low), _sum(self.high, other.high))

    def __neg__(self) -> Range:
        return Range(_minus(self.high), _minus(self.low))

    def __mul__(self, other: Range) -> Range:
        edges = [_product(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        known = _known(edges)
        if len(known) == len(edges):
            return Range(min(known), max(known))
        return NOT_NEGATIVE if self.positive and other.positive else ANY

    @property
    def positive(self) -> bool:
        """Whether it is never below 0."""
        return self.low is not None and self.low >= 0

    def rounded(self, places: int) -> Range:
        """The bounds as they are stored."""
        low = None if self.low is None else round_half_up(self.low, places)
        return Range(low, None if self.high is None else round_half_up(self.high, places))


ANY = Range()
NOT_NEGATIVE = Range(Decimal(0))


def range_of(
    node: Node, field_of: Callable[[Node], Field | None], constant: Callable[[str], Decimal | None], depth: int = 0
) -> Range:
    """The bounds of an expression.

    Args:
        node: the expression; a path over a list stands for each of its values.
        field_of: the field that a name or path leads to.
        constant: the value of a parameter that is a number.
    """

    def inner(one: Node) -> Range:
        return range_of(one, field_of, constant, depth)

    match node:
        case Number(value=value):
            return Range(value, value)
        case Negative(value=value):
            return -inner(value)
        case Arithmetic(operator="+", left=left, right=right):
            return inner(left) + inner(right)
        case Arithmetic(operator="-", left=left, right=right):
            return inner(left) + -inner(right)
        case Arithmetic(operator="*", left=left, right=right):
            return inner(left) * inner(right)
        case Arithmetic(operator="/", left=left, right=right):
            return NOT_NEGATIVE if inner(left).positive and inner(right).positive else ANY
        case Call(function=name, arguments=arguments):
            return _of_call(name, [inner(one) for one in arguments])
        case Name(name=name) if (value := constant(name)) is not None:
            return Range(value, value)
        case Name() | Attribute() | Item():
            field = field_of(node)
            return _of_field(field, field_of, constant, depth) if field is not None else ANY
    return ANY


def _of_call(name: str, ranges: list[Range]) -> Range:
    lows, highs = _known(one.low for one in ranges), _known(one.high for one in ranges)
    match name:
        case "count":
            return NOT_NEGATIVE
        case "sum":
            each = ranges[-1]
            return NOT_NEGATIVE if each.positive else -NOT_NEGATIVE if (-each).positive else ANY
        case "abs":
            return ranges[0] if ranges[0].positive else NOT_NEGATIVE
        case "min":
            return Range(min(lows) if len(lows) == len(ranges) else None, min(highs, default=None))
        case "max":
            return Range(max(lows, default=None), max(highs) if len(highs) == len(ranges) else None)
    return ANY


def _of_field(
    field: Field, field_of: Callable[[Node], Field | None], constant: Callable[[str], Decimal | None], depth: int
) -> Range:
    if not kind_of(field).numeric or field.set or field.total:
        return ANY
    if field.texts or field.default is not None or field.default_formula is not None:
        return ANY
    if field.formula is None:
        low, high = field.minimum, field.maximum
        return Range(low if isinstance(low, Decimal) else None, high if isinstance(high, Decimal) else None)
    if depth >= _DEEPEST or field_of(Name(field.name, 0)) is not field:
        return ANY  # a formula of another record sees other names
    try:
        tree = parse_expression(field.formula.text)
    except FormulaError:
        return ANY
    return range_of(tree, field_of, constant, depth + 1).rounded(stored_places(field))


def _known(bounds: Iterable[Decimal | None]) -> list[Decimal]:
    return [one for one in bounds if one is not None]


def _product(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one * other


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _minus(one: Decimal | None) -> Decimal | None:
    return None if one is None else -one
