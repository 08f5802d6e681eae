"""What a kind of field is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.formula import Type
from generator.kept.light_classes import dataclass
from generator.standard.model import Field


class BadValue(Exception):
    """A text that is no value of its field."""

    def __init__(self, code: str, hint: Text | None = None, **arguments: Any):
        self.code = code
        self.hint = hint
        self.arguments = arguments
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field; each function is given the field (of a list, that of one item).

    Args:
        name: the base type in a standard.
        wanted: what a field takes, in words.
        static: what formulas know of it.
        reader: the function that makes a value from its text; it raises `BadValue`.
        schema: its JSON Schema, as YAML reads a value (a number may stand quoted).
        python: the type of its values.
        numeric: whether its values are numbers; `whole` whether they are whole ones.
        unit: that its numbers have where the standard states none.
        hundredths: whether people write its numbers times a hundred, with `%`.
        prose: whether its values are texts of sentences, which may refer to fields; `keyed` whether they are names with values.
    """

    name: str
    wanted: Callable[[Field], Text]
    static: Callable[[Field], Type]
    reader: Callable[[Field], Callable[[str], Any]]
    schema: Callable[[Field], dict[str, Any]]
    python: Callable[[Field], Any]
    numeric: bool = False
    whole: bool = False
    unit: str = ""
    hundredths: bool = False
    prose: bool = False
    keyed: bool = False


def bound_text(field: Field, bound: Any) -> str:
    """A bound of a field as people write it: 10, 95%, 2020-12-31."""
    if isinstance(bound, Decimal):
        percent = field.kind == "percent"
        return format((bound * 100 if percent else bound).normalize(), "f") + ("%" if percent else "")
    return str(bound)


def bounded(field: Field, value: Any) -> Any:
    """The value, which lies within the field's bounds.

    Raises:
        BadValue: it does not.
    """
    if field.minimum is not None and value < field.minimum:
        raise BadValue("value-below", text=bound_text(field, value), limit=bound_text(field, field.minimum))
    if field.maximum is not None and value > field.maximum:
        raise BadValue("value-above", text=bound_text(field, value), limit=bound_text(field, field.maximum))
    return value
