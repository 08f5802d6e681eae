"""What is known of a value before there is data: its kind, its unit, how it prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from generator.diagnostics import Text

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
    "number": Text("数", "a number"),
    "text": Text("文字", "text"),
    "paragraphs": Text("段落", "paragraphs"),
    "boolean": Text("条件", "a condition"),
    "date": Text("日期", "a date"),
    "record": Text("一条记录", "a record"),
    "map": Text("一张对照表", "a map"),
    "image": Text("一张图片", "a picture"),
    "nothing": Text("空值", "nothing"),
    "any": Text("未知的值", "an unknown value"),
}


def describe(found: Type) -> Text:
    """A type in words."""
    if found.many:
        word = _KINDS[found.kind]
        return Text(
            f"一列{word.zh.removeprefix('一条').removeprefix('一张')}", f"a list of {word.en.split(' ', 1)[-1]}s"
        )
    if found.kind == "number" and found.unit:
        if found.unit in MONEY_UNITS:
            return Text(f"金额（{found.unit}）", f"an amount in {found.unit}")
        percent = Text("百分数", "a percentage")
        return percent if found.unit == "%" else Text(f"数（{found.unit}）", f"a number ({found.unit})")
    return _KINDS[found.kind]
