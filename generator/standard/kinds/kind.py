"""What a kind of field is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Text
from generator.formula import Type


class BadValue(Exception):
    """A text that is no value of its field."""

    def __init__(self, code: str, hint: Text | None = None, **arguments: Any):
        self.code = code
        self.hint = hint
        self.arguments = arguments
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field.

    Args:
        name: the base type in a standard.
        wanted: what a field takes, in words.
        static: what formulas know of it.
        read: the value of a text; raises `BadValue`.
        schema: its JSON Schema, as YAML reads a value.
        python: the type of its values.
    """

    name: str
    wanted: Text
    static: Type
    read: Callable[[str], Any]
    schema: dict[str, Any]
    python: Any
