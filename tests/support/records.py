"""Records and scopes for expressions, without a standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.formula import Names, RecordBase, Type, compile_expression, parse_expression


@dataclass
class Fields:
    """The fields of a record type, by name."""

    types: Mapping[str, Type]
    name: str = "例"
    key: str | None = None

    def type_of(self, name: str) -> Type | None:
        return self.types.get(name)

    def names(self) -> Iterable[str]:
        return self.types


class Values(dict[str, Any], RecordBase):
    """A record with fixed values; the report is the record itself where no other is given."""

    def __init__(self, values: Mapping[str, Any], root: Values | None = None, key: str | None = None):
        super().__init__(values)
        self.root = root or self
        self.key_value = values.get(key) if key else None

    def exact(self, name: str) -> Any:
        return self[name]

    __hash__ = object.__hash__  # type: ignore[assignment]


def evaluate(
    text: str,
    types: Mapping[str, Type],
    values: Mapping[str, Any],
    condition: bool = False,
    parameters: Mapping[str, Any] | None = None,
) -> Any:
    """The value of an expression over fields of these types and values."""
    scope = Fields(types)
    compiled = compile_expression(parse_expression(text), Names(scope, scope, parameters or {}), condition)
    return compiled.function(Values(values))
