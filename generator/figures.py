"""Figures: decimal numbers that know their unit and how they print; and what stands where a value is missing.

Rounding is half-up (四舍五入). A figure prints without its unit, a percent with `%`. A template may compare figures but
not calculate with them: what a report prints is computed by its standard, once.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
        exact: the value before it was rounded on storing; printing at other places starts from it.
    """

    value: Decimal
    unit: str = ""
    places: int = 2
    form: Literal["trim", "fixed"] = "trim"
    exact: Decimal | None = None

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
        parts: of an absent record, its fields; a path through it leads to one of them.
    """

    path: str = ""
    label: str = ""
    empty: str = ""
    required: bool = False
    parts: Mapping[str, Blank] | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return self.empty

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Any:
        return iter(())

    def __getitem__(self, key: object) -> Blank:
        if self.parts is not None:
            return self.parts[str(key)]
        return Blank(f"{self.path}.{key}", str(key), self.empty, self.required)

    def _never(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never


def fixed(value: object, places: int = 2) -> str:
    """A number with exactly `places` decimal places, rounded half-up; a percent keeps its sign, blank stays blank."""
    return _printed(value, places, "fixed")


def trim(value: object, places: int | None = None) -> str:
    """A number without trailing zeros, rounded half-up to at most `places`; text without blanks at its ends."""
    if isinstance(value, str):
        return value.strip()
    return _printed(value, places, "trim")


def _printed(value: object, places: int | None, form: Literal["trim", "fixed"]) -> str:
    if isinstance(value, Blank):
        return str(value)
    if isinstance(value, Figure):
        start = value.value if places is None or value.exact is None else value.exact
        return str(Figure(start, value.unit, value.places if places is None else places, form))
    number = _read(value)
    if places is None:
        places = max(0, -int(number.as_tuple().exponent))
    return str(Figure(number, "", places, form))


def _read(value: object) -> Decimal:
    number = _number(value)
    if number is None and isinstance(value, str):
        with contextlib.suppress(ArithmeticError):
            number = Decimal(value.strip())
    if number is None or not number.is_finite():
        raise TypeError(f"not a number: {value!r}")
    return number


def yuan(value: object) -> Figure | Blank:
    """An amount of 万元 in 元; one that is in 元 stays."""
    if isinstance(value, Blank):
        return value
    if isinstance(value, Figure):
        return Figure(value.value * 10_000, "元", 2, value.form) if value.unit == "万元" else value
    return Figure(_read(value) * 10_000, "元", 2)


def wan_yuan(value: object, places: int = 2) -> Figure | Blank:
    """An amount of 元 in 万元; one that is in 万元 stays."""
    if isinstance(value, Blank):
        return value
    if isinstance(value, Figure):
        return Figure(value.value / 10_000, "万元", places, value.form) if value.unit == "元" else value
    return Figure(_read(value) / 10_000, "万元", places)


_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_NUMERALS = "〇一二三四五六七八九"


def capital(value: object) -> str:
    """An amount in capital characters (大写金额): a Figure of 万元 counts as such, every other number is 元.

    After the rules of the People's Bank of China for notes (《支付结算办法》附件《正确填写票据和结算凭证的基本规定》): 整 after
    元 or 角, 零 for inner zeros.
    """
    if isinstance(value, Blank):
        return str(value)
    number = value.value * 10_000 if isinstance(value, Figure) and value.unit == "万元" else _read(value)
    cents = int(round_half_up(abs(number), 2) * 100)
    if cents >= 10**18:
        raise ValueError(f"too large an amount: {value!r}")
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = _groups(whole, _CAPITALS, ("拾", "佰", "仟")) + "元" if whole else ""
    if jiao:
        text += _CAPITALS[jiao] + "角"
    elif fen and whole:
        text += "零"
    text += _CAPITALS[fen] + "分" if fen else "整" if text else "零元整"
    return ("负" if number < 0 and cents else "") + text


def chinese_number(value: object) -> str:
    """A whole number in Chinese numerals (十二), as headings are numbered."""
    if isinstance(value, Blank):
        return str(value)
    number = _read(value)
    if number != int(number) or abs(number) >= 10**16:
        raise ValueError(f"not a whole number: {value!r}")
    whole = abs(int(number))
    text = _groups(whole, "零" + _NUMERALS[1:], ("十", "百", "千")) if whole else "零"
    if text.startswith("一十"):
        text = text[1:]
    return ("负" if number < 0 else "") + text


def _groups(number: int, digits: str, units: tuple[str, str, str]) -> str:
    """A positive number below 10^16 in groups of four digits with 万 and 亿."""
    out = ""
    pending = False  # zeros since the last digit
    groups = [number // 10_000**power % 10_000 for power in (3, 2, 1, 0)]
    for power, group in zip((3, 2, 1, 0), groups, strict=True):
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if not digit:
                pending = True
                continue
            if pending and out:
                out += digits[0]
            pending = False
            out += digits[digit] + (units[place - 1] if place else "")
        if group:
            out += ("", "万", "亿", "万")[power]
        if power == 2 and out and not out.endswith("亿") and (groups[0] or groups[1]):
            out += "亿"  # 一万亿: the group of 亿 itself is empty
    return out


def chinese_date(value: object, form: str = "") -> str:
    """A date as 2021年3月5日, or in a `strftime` form that holds digits only (`%Y.%m`)."""
    if isinstance(value, Blank):
        return str(value)
    if isinstance(value, str):
        value = datetime.date.fromisoformat(value.strip()[:10])
    if not isinstance(value, datetime.date):
        raise TypeError(f"not a date: {value!r}")
    if not form:
        return f"{value.year}年{value.month}月{value.day}日"
    parts = {"%Y": f"{value.year:04}", "%m": f"{value.month:02}", "%d": f"{value.day:02}", "%-m": str(value.month)}
    parts |= {"%-d": str(value.day), "%y": f"{value.year % 100:02}", "%%": "%"}
    if isinstance(value, datetime.datetime):
        parts |= {"%H": f"{value.hour:02}", "%M": f"{value.minute:02}", "%S": f"{value.second:02}"}
    return re.sub(r"%-?.", lambda match: parts.get(match[0], match[0]), form)  # strftime depends on locale and system


PRINT_FILTERS: dict[str, Callable[..., Any]] = {
    "fixed": fixed,
    "trim": trim,
    "yuan": yuan,
    "元": yuan,
    "万元": wan_yuan,
    "capital": capital,
    "大写": capital,
    "chinese": chinese_number,
    "中文数字": chinese_number,
    "date": chinese_date,
    "日期": chinese_date,
}
