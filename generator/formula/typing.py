"""What is known of a value before there is data: its kind, its unit, how it prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, Protocol

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.kept.light_classes import dataclass, replace

Kind = Literal["number", "text", "paragraphs", "boolean", "date", "record", "map", "image", "nothing", "any"]

MONEY_UNITS = ("万元", "元")


class Scope(Protocol):
    """The names that an expression sees as its own: a record type, or the report."""

    @property
    def name(self) -> str:
        """How messages call it."""
        ...

    @property
    def key(self) -> str | None:
        """The field by which a list of these records is looked up."""
        ...

    def type_of(self, name: str) -> Type | None:
        """The type of a field, None where there is no such field."""
        ...

    def names(self) -> Iterable[str]:
        """Every field."""
        ...


@dataclass(frozen=True, slots=True)
class Type:
    """A static type.

    Args:
        kind: what sort of value.
        many: whether it is a list of them.
        unit: of a number: `万元`, `元`, `%` for a fraction that prints as a percent, another unit, or "".
        places: decimal places when printed; of a percent, of the printed digits.
        form: whether trailing zeros are dropped or kept.
        record: the record's fields.
        of: the type of a map's values.
        empty: what a blank prints.
    """

    kind: Kind
    many: bool = False
    unit: str = ""
    places: int = 2
    form: Literal["trim", "fixed"] = "trim"
    record: Scope | None = None
    of: Type | None = None
    empty: str = ""

    @property
    def one(self) -> Type:
        """The type of an item of the list."""
        return replace(self, many=False)

    @property
    def list(self) -> Type:
        """A list of it."""
        return replace(self, many=True)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A constant of the bureau: its type, and its value (None: the standard has yet to set it)."""

    type: Type
    value: Any


ANY = Type("any")
NOTHING = Type("nothing")
NUMBER = Type("number")
TEXT = Type("text")
BOOLEAN = Type("boolean")
DATE = Type("date")

_KINDS = {
    "number": words.NUMBER,
    "text": words.TEXT,
    "paragraphs": words.PARAGRAPHS,
    "boolean": words.CONDITION,
    "date": words.DATE,
    "record": words.RECORD,
    "map": words.MAP,
    "image": words.IMAGE,
    "nothing": words.NOTHING,
    "any": words.ANY,
}


def describe(found: Type) -> Text:
    """A type in words."""
    if found.many:
        word = _KINDS[found.kind]
        return words.LIST_OF.filled(zh=word.zh.removeprefix("一条").removeprefix("一张"), en=word.en.split(" ", 1)[-1])
    if found.kind == "number" and found.unit:
        if found.unit in MONEY_UNITS:
            return words.AMOUNT.filled(unit=found.unit)
        percent = words.PERCENTAGE
        return percent if found.unit == "%" else words.NUMBER_OF_UNIT.filled(unit=found.unit)
    return _KINDS[found.kind]
