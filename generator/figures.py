"""Figures: decimal numbers that know their unit and how they print; and what stands where a value is missing.

Rounding is half-up (四舍五入). A figure prints without its unit, a percent with `%`. A template may compare figures but
not calculate with them: what a report prints is computed by its standard, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import total_ordering
from typing import Any, Literal, NoReturn


def round_half_up(value: Decimal, places: int) -> Decimal:
    """`value` to `places` decimal places, halves away from zero; −0 is 0."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


class FigureArithmetic(TypeError):
    """A template calculates with a figure; a computed field of the standard should."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number of a report.

    Args:
        value: the exact value; a rate is a fraction (0.4557 for 45.57%).
        unit: `万元`, `元`, `分`, `%` for a percent, or "".
        places: decimal places that are printed at most (`trim`) or exactly (`fixed`); of a percent, of the printed digits.
        form: `trim` drops trailing zeros (161.4), `fixed` keeps them (161.40).
    """

    value: Decimal
    unit: str = ""
    places: int = 2
    form: Literal["trim", "fixed"] = "trim"

    @property
    def percent(self) -> bool:
        return self.unit == "%"

    def __str__(self) -> str:
        shown = round_half_up(self.value * 100 if self.percent else self.value, self.places)
        text = format(shown, "f")
        if self.form == "trim" and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text + "%" if self.percent else text

    def __bool__(self) -> bool:
        return bool(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.value == number

    def __lt__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.value < number

    def _refuse(self, *_: Any) -> NoReturn:
        raise FigureArithmetic("arithmetic on a figure")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = __abs__ = _refuse


def _number(value: object) -> Decimal | None:
    """A figure's or a literal's decimal value; a float is read as it is written (0.9 is 0.9)."""
    if isinstance(value, Figure):
        return value.value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    return None


class Paragraphs(tuple[str, ...]):
    """Text in paragraphs; alone in a paragraph of a Word template each one becomes a paragraph of that format."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(self)


@dataclass(frozen=True, slots=True)
class Blank:
    """A declared field without a value: false, prints its `empty` wording, an empty cell in Excel.

    A path through it is blank too; a comparison with it is false; it has no items.

    Args:
        path: the field's path in the report, for the list of a draft.
        label: the form's wording of the field, for 【待填：…】.
        empty: what it prints.
        required: whether a report cannot do without it.
    """

    path: str = ""
    label: str = ""
    empty: str = ""
    required: bool = False

    def __str__(self) -> str:
        return self.empty

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Any:
        return iter(())

    def __getitem__(self, key: object) -> Blank:
        return Blank(f"{self.path}.{key}", str(key), self.empty, self.required)

    def _never(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never
