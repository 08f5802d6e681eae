"""A part of an expression, compiled: its function, its static type, the fields that it reads."""

from __future__ import annotations

import operator as operators
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.formula.slots import INVALID, InvalidInput
from generator.formula.typing import ANY, Type
from generator.kept.light_classes import dataclass

Function = Callable[[Any], Any]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    function: Function
    type: Type
    paths: tuple[Path, ...] = ()
    exact: Function | None = None


BROKEN = Part(lambda record: None, ANY)


def field_part(base: Function | None, found: Type, name: str, prefixes: tuple[Path, ...], mapped: bool = False) -> Part:
    """The value of a field: of the own record, of a record on a path, or of every record of a list."""
    paths = tuple((*prefix, name) for prefix in prefixes)
    exact: Function | None = None
    if mapped:
        assert base is not None
        many = found.many

        def flattened(record: Any) -> list[Any]:
            values = []
            for item in base(record):
                if item is None:
                    continue
                value = item[name]
                if value is INVALID:
                    raise InvalidInput
                if not many:
                    values.append(value)
                elif value:
                    values.extend(value)
            return values

        return Part(flattened, found.list, paths)
    if base is None:

        def own(record: Any) -> Any:
            value = record[name]
            if value is INVALID:
                raise InvalidInput
            return value

        function, exact = own, (lambda record: record.exact(name) if own(record) is not None else None)
    else:

        def through(record: Any) -> Any:
            item = base(record)
            if item is None:
                return None
            value = item[name]
            if value is INVALID:
                raise InvalidInput
            return value

        function = through
        exact = lambda record: base(record).exact(name) if through(record) is not None else None  # noqa: E731 None of others
    if found.many:
        inner = function
        return Part(lambda record: inner(record) or [], found, paths)
    return Part(function, found, paths, exact)


def exponent_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _equal(left: Any, right: Any) -> bool:
    return left == right if type(left) is type(right) else str(left) == str(right)


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
}
