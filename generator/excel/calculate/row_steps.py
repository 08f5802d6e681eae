"""The steps of a formula over numbers of its own row, as functions of Python (see `row_numbers`).

Each gives the very double that the calculation engine gives, or is left to it; tests/excel/test_row_numbers.py compares them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from operator import itemgetter
from typing import Any, Protocol

from generator.excel.calculate import comparisons
from generator.excel.calculate.cell_arrays import Doubtful
from generator.excel.calculate.formula_areas import Node
from generator.excel.calculate.signatures import COMPARE, HALF, MINUS, NUMERIC, WHOLE
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import columns_of, parse_area, rows_of

MOST_OPERANDS = 40
_LEAST, _MOST = 1e-20, 1e20  # the sizes of operands: nothing that is computed from them overflows (see `Size`)
_DECIMALS = range(9)
_EXACT = 1e15
_AT_HALF = 1e-6

Call = Callable[[Sequence[float]], Any]  # computes from the operands


def middling(number: float) -> bool:
    """Whether a number may be an operand."""
    return _LEAST <= number <= _MOST or -_MOST <= number <= -_LEAST or number == 0


class Beyond(Exception):
    """What is left to the engine."""


@dataclass(frozen=True, slots=True)
class Size:
    """The powers of ten between which a result lies, if it is not 0: no step may overflow or underflow."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low < -280 or self.high > 280:
            raise Beyond

    def sum(self) -> Size:
        """Of sums: what cancels leaves a unit of the smallest operand's last place."""
        return Size(self.low - 17, self.high + 2)

    def either(self, other: Size) -> Size:
        return Size(min(self.low, other.low), max(self.high, other.high))


@dataclass(frozen=True, slots=True)
class Step:
    """What a node computes from the operands; kind is "number", "text" or "truth"."""

    call: Call
    kind: str = "number"
    size: Size = Size(0, 0)


class NotFound(ZeroDivisionError):
    """A look-up that finds nothing: an error value, as a division by nothing gives one."""


class Operands(Protocol):
    """What the references of a formula mean as operands."""

    def cells(self, node: Node) -> list[Step]:
        """An operand for each cell of a reference.

        Raises:
            Beyond: it is left to the engine.
        """
        ...

    def listed(self, node: Node, adds: bool) -> list[Step]:
        """The same of an argument of a function over many; where they are added, what is no number may count as nothing."""
        ...

    def called(self, node: Node) -> Step | None:
        """A call that is more than one of single values; None: it is one of these."""
        ...


def operand_step(index: int, size: Size | None = None) -> Step:
    """An operand by its number."""
    return Step(itemgetter(index), size=size or Size(math.log10(_LEAST), math.log10(_MOST)))


@dataclass(slots=True)
class OwnRow:
    """The row of a formula, and the columns of its operands in their order."""

    row: int
    columns: list[int] = field(default_factory=list)

    def cells(self, node: Node) -> list[Step]:
        """See `Operands`."""
        return [self._operand(column) for column in _columns(node, self.row)]

    def listed(self, node: Node, adds: bool) -> list[Step]:
        """See `Operands`."""
        return self.cells(node)

    def called(self, node: Node) -> Step | None:
        """See `Operands`."""
        return None

    def _operand(self, column: int) -> Step:
        if column not in self.columns:
            self.columns.append(column)
        return operand_step(self.columns.index(column))


def read_step(node: Node, walk: Operands) -> Step:
    """What a node of a judged formula computes.

    Raises:
        Beyond: it is left to the engine.
    """
    reader = _READERS.get(node["node_type"])
    if reader is None:
        raise Beyond
    return reader(node, walk)


def _number(node: Node, walk: Operands) -> Step:
    step = read_step(node, walk)
    if step.kind != "number":
        raise Beyond
    return step


def _literal(node: Node, walk: Operands) -> Step:
    value = node["value"]
    if isinstance(value, str):
        return Step(lambda _: value, "text")
    if isinstance(value, bool) or not isinstance(value, int | float) or not middling(float(value)):
        raise Beyond
    number, size = float(value), math.log10(abs(value)) if value else 0.0
    return Step(lambda _: number, size=Size(size, size))


def _columns(node: Node, row: int) -> range:
    """The columns of an area of the own row."""
    area = parse_area(node["reference"]) if node["node_type"] == "Reference" else None
    if area is None or area.sheets:
        raise Beyond
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    if not top == bottom == row or right - left > MOST_OPERANDS:
        raise Beyond
    return range(left, right + 1)


def _reference(node: Node, walk: Operands) -> Step:
    found = walk.cells(node)
    if len(found) != 1:
        raise Beyond
    return found[0]


def _binary(node: Node, walk: Operands) -> Step:
    left, right = _number(node["left"], walk), _number(node["right"], walk)
    one, other, low, high = left.call, right.call, left.size, right.size
    match node["operator"]:
        case "+":
            return Step(lambda x: one(x) + other(x), size=low.either(high).sum())
        case "-":
            return Step(lambda x: one(x) - other(x), size=low.either(high).sum())
        case "*":
            return Step(lambda x: one(x) * other(x), size=Size(low.low + high.low, low.high + high.high))
        case "/":
            return Step(lambda x: one(x) / other(x), size=Size(low.low - high.high, low.high - high.low))
        case _:
            raise Beyond


def _unary(node: Node, walk: Operands) -> Step:
    operand = _number(node["operand"], walk)
    call, size = operand.call, operand.size
    match node["operator"]:
        case "%":
            return Step(lambda x: call(x) / 100.0, size=Size(size.low - 2, size.high))
        case "-":
            return Step(lambda x: -call(x), size=size)
        case _:
            return operand


def _listed(arguments: list[Node], walk: Operands, adds: bool = False) -> tuple[list[Call], Size]:
    """The numbers of arguments, areas cell by cell, and their sizes."""
    found: list[Step] = []
    for argument in arguments:
        if argument["node_type"] == "Reference":
            found += walk.listed(argument, adds)
        else:
            found.append(_number(argument, walk))
    size = found[0].size
    for step in found[1:]:
        size = size.either(step.size)
    return [step.call for step in found], size


def _sum(arguments: list[Node], walk: Operands) -> Step:
    calls, size = _listed(arguments, walk, adds=True)
    return Step(lambda x: _total(calls, x), size=size.sum())


def _total(calls: list[Call], operands: Sequence[float]) -> float:
    """The sum in order: `sum` of later Pythons compensates for what is lost, the engine does not."""
    total = 0.0
    for call in calls:
        total += call(operands)
    return total


def _average(arguments: list[Node], walk: Operands) -> Step:
    calls, size = _listed(arguments, walk)
    total, count = size.sum(), len(calls)
    return Step(lambda x: _total(calls, x) / count, size=Size(total.low - 2, total.high))


def _extreme(choose: Callable[[list[float]], float]) -> Callable[[list[Node], Operands], Step]:
    def read(arguments: list[Node], walk: Operands) -> Step:
        calls, size = _listed(arguments, walk)
        return Step(lambda x: choose([call(x) for call in calls]), size=size)

    return read


def _absolute(arguments: list[Node], walk: Operands) -> Step:
    number = _number(_only(arguments), walk)
    call = number.call
    return Step(lambda x: abs(call(x)), size=number.size)


def _only(arguments: list[Node]) -> Node:
    if len(arguments) != 1:
        raise Beyond
    return arguments[0]


def _guarded(argument: Node, guard: str) -> list[Node]:
    """The two arguments of the function of ours that an argument is a call of."""
    if argument["node_type"] != "Function" or argument["name"] != guard or len(argument["args"]) != 2:
        raise Beyond
    return argument["args"]


def _rounded(arguments: list[Node], walk: Operands) -> Step:
    if len(arguments) != 2:
        raise Beyond
    inner, places = _guarded(arguments[0], HALF), arguments[1].get("value")
    if not isinstance(places, int | float) or places not in _DECIMALS or inner[1].get("value") != places:
        raise Beyond
    number, decimals = _number(inner[0], walk), int(places)
    call, size = number.call, number.size
    return Step(lambda x: _round(call(x), decimals), size=Size(min(-decimals, size.low), size.high + 1))


def _integer(arguments: list[Node], walk: Operands) -> Step:
    number = _number(_guarded(_only(arguments), WHOLE)[0], walk)
    call, size = number.call, number.size
    return Step(lambda x: _floor(call(x)), size=Size(min(0, size.low), size.high + 1))


def _choice(arguments: list[Node], walk: Operands) -> Step:
    if len(arguments) != 3:
        raise Beyond
    asked, one, other = (read_step(argument, walk) for argument in arguments)
    if asked.kind != "truth":
        raise Beyond
    condition, first, second = asked.call, one.call, other.call
    return _either(lambda x: first(x) if condition(x) else second(x), one, other)


def _caught(arguments: list[Node], walk: Operands) -> Step:
    if len(arguments) != 2:
        raise Beyond
    one, other = _number(arguments[0], walk), read_step(arguments[1], walk)
    first, second = one.call, other.call

    def call(operands: Sequence[float]) -> Any:
        try:
            return first(operands)
        except ZeroDivisionError:
            return second(operands)

    return _either(call, one, other)


def _either(call: Call, one: Step, other: Step) -> Step:
    if "truth" in (one.kind, other.kind):
        raise Beyond
    kind = "number" if one.kind == other.kind == "number" else "text"  # what may be a text is no operand
    return Step(call, kind, one.size.either(other.size))


def _compared(arguments: list[Node], walk: Operands) -> Step:
    left, sign, right = _number(arguments[0], walk).call, arguments[1]["value"], _number(arguments[2], walk).call
    return Step(lambda x: comparisons.compare_numbers(left(x), sign, right(x)), "truth")


def _minus(arguments: list[Node], walk: Operands) -> Step:
    left, right = _number(arguments[0], walk), _number(arguments[1], walk)
    one, other = left.call, right.call
    return Step(lambda x: comparisons.minus_numbers(one(x), other(x)), size=left.size.either(right.size).sum())


def _numeric(arguments: list[Node], walk: Operands) -> Step:
    step = read_step(_only(arguments), walk)
    if step.kind == "text":
        raise Beyond
    return step


def _is_number(arguments: list[Node], walk: Operands) -> Step:
    """ISNUMBER of a cell: one that holds none is left to the engine, as any operand."""
    _reference(_only(arguments), walk)
    return Step(lambda _: True, "truth")


def _joined(every: bool) -> Callable[[list[Node], Operands], Step]:
    """AND or OR: all conditions are asked, since a failure of any is the result."""

    def read(arguments: list[Node], walk: Operands) -> Step:
        steps = [read_step(argument, walk) for argument in arguments]
        if any(step.kind != "truth" for step in steps):
            raise Beyond
        calls, join = [step.call for step in steps], all if every else any
        return Step(lambda x: join([call(x) for call in calls]), "truth")

    return read


def _function(node: Node, walk: Operands) -> Step:
    found = walk.called(node)
    if found is not None:
        return found
    reader = _FUNCTIONS.get(node["name"])
    if reader is None or not node["args"]:
        raise Beyond
    return reader(node["args"], walk)


_FUNCTIONS: dict[str, Callable[[list[Node], Operands], Step]] = {
    "SUM": _sum,
    "AVERAGE": _average,
    "MAX": _extreme(max),
    "MIN": _extreme(min),
    "ABS": _absolute,
    "ROUND": _rounded,
    "INT": _integer,
    "IF": _choice,
    "IFERROR": _caught,
    "AND": _joined(every=True),
    "OR": _joined(every=False),
    "ISNUMBER": _is_number,
    COMPARE: _compared,
    MINUS: _minus,
    NUMERIC: _numeric,
}

_READERS: dict[str, Callable[[Node, Operands], Step]] = {
    "Literal": _literal,
    "Reference": _reference,
    "BinaryOp": _binary,
    "UnaryOp": _unary,
    "Function": _function,
}


def _round(value: float, places: int) -> float:
    """Half away from zero by the decimals of a number, as the engine does it.

    Raises:
        Doubtful: see `comparisons.half`; or the number is too large to hold its decimals.
    """
    scale = 10.0**places
    scaled = abs(value * scale)
    if scaled >= _EXACT:
        raise Doubtful("more than 15 digits")
    comparisons.steady(value, scale, 0.5)
    floor = math.floor(scaled)
    if abs(scaled - floor - 0.5) < _AT_HALF:  # 1.005 * 100 is less than 100.5
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return math.copysign(floor + (scaled - floor >= 0.5), value) / scale


def _floor(value: float) -> float:
    if abs(value) >= _EXACT:
        raise Doubtful("more than 15 digits")
    return float(math.floor(comparisons.steady(value, 1.0, 0.0)))
