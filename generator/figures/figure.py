"""A number of a report that knows its unit and how it prints; paragraphs; and what stands where a value is missing."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import total_ordering
from typing import Any, Literal, NoReturn

from generator.figures.report_values import note_silent
from generator.kept.light_classes import dataclass, field, replace

_DIGITS = Context(prec=28)
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(8))

_PLAIN = 6  # places of a number that Decimal prints without an exponent, whatever it is


def round_half_up(value: Decimal, places: int) -> Decimal:
    """`value` to `places` decimal places, halves away from zero; −0 is 0."""
    step = _STEPS[places] if 0 <= places < len(_STEPS) else Decimal(1).scaleb(-places)
    if value and value.same_quantum(step):  # it has these places
        return value
    wanted = value.adjusted() + places + 2
    digits = _DIGITS if wanted <= _DIGITS.prec else Context(prec=wanted)  # so that no size of number is refused
    rounded = value.quantize(step, ROUND_HALF_UP, digits)
    return rounded if rounded else abs(rounded)


def figure_text(value: Decimal, unit: str, places: int, form: str) -> str:
    """How a number prints (see `Figure`)."""
    if form == "trim" and unit != "%" and 0 <= places <= _PLAIN:
        text = str(value)
        if text.isdigit():
            return text
        digits = text.partition(".")[2]
        if value and len(digits) <= places and digits.isdigit():  # nothing is rounded
            return text.rstrip("0").rstrip(".")
    percent = unit == "%"
    rounded = round_half_up(value.scaleb(2) if percent else value, places)
    text = str(rounded) if 0 <= places <= _PLAIN else format(rounded, "f")
    if form == "trim" and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + "%" if percent else text


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
        exact: the value before it was rounded on storing; printing at other places starts from it.
    """

    value: Decimal
    unit: str = ""
    places: int = 2
    form: Literal["trim", "fixed"] = "trim"
    exact: Decimal | None = None

    def __str__(self) -> str:
        return figure_text(self.value, self.unit, self.places, self.form)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        number = number_of(other)
        return NotImplemented if number is None else self.value == number

    def __lt__(self, other: object) -> bool:
        number = number_of(other)
        return NotImplemented if number is None else self.value < number

    def _refuse(self, *_: Any) -> NoReturn:
        raise FigureArithmetic("arithmetic on a figure")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = __abs__ = _refuse
    __round__ = __floor__ = __ceil__ = _refuse


def number_of(value: object) -> Decimal | None:
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


def read_number(value: object) -> Decimal:
    """The decimal value of a figure, a number, or a text of digits.

    Raises:
        TypeError: it is none of these, or not finite.
    """
    number = number_of(value)
    if number is None and isinstance(value, str):
        with contextlib.suppress(ArithmeticError):
            number = Decimal(value.strip())
    if number is None or not number.is_finite():
        raise TypeError(f"not a number: {value!r}")
    return number


class Paragraphs(tuple[str, ...]):
    """Text in paragraphs; alone in a paragraph of a Word template each one becomes a paragraph of that format."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(self)


@dataclass(frozen=True, slots=True)
class Blank:
    """A declared field without a value: false, prints its `empty` wording, an empty cell in Excel.

    A path through it is blank too; a comparison with it is false; it has no items, but for the one that a draft shows.

    Args:
        path: the field's path in the report, for the list of a draft.
        label: the form's wording of the field, for 【待填：…】.
        empty: what it prints.
        required: whether a report cannot do without it.
        intended: whether the standard says what it prints, be it nothing.
        draft: whether it prints itself as something to fill in: 【待填：…】.
        optional: whether the field may be left out.
        parts: of an absent record, its fields; a path through it leads to one of them.
        item: of absent paragraphs or an absent list of texts in a draft, what stands for them.
        typed: what the data file says there, of a value at fault in a draft.
        computed: whether it comes of itself once other fields are filled in.
    """

    path: str = ""
    label: str = ""
    empty: str = ""
    required: bool = False
    intended: bool = False
    draft: bool = False
    optional: bool = False
    parts: Mapping[str, Blank] | None = field(default=None, compare=False, repr=False)
    item: Blank | None = field(default=None, compare=False, repr=False)
    typed: str = ""
    computed: bool = False

    def __str__(self) -> str:
        if self.open:
            return self.to_fill_in
        if self.empty or self.intended:
            return self.empty
        note_silent(self)
        return ""

    @property
    def open(self) -> bool:
        """Whether a draft marks it: a reader would see nothing there, and the standard does not mean that."""
        return self.draft and (self.required or not (self.empty or self.intended))

    @property
    def to_fill_in(self) -> str:
        """What a draft prints in its place."""
        return f"【有误：{self.typed}】" if self.typed else f"【待填：{self.label or self.path}】"

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Any:
        return iter(self._items)

    @property
    def _items(self) -> tuple[Blank, ...]:
        return () if self.item is None else (self.item,)

    def __getitem__(self, key: object) -> Blank:
        if self.parts is not None:
            return self.parts[str(key)]
        return replace(self, path=f"{self.path}.{key}", label=str(key), parts=None)

    def _never(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never
