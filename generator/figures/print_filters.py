"""How a template prints a number otherwise than its field says: places, units, capitals, numbering, dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from generator.figures.dates import chinese_date
from generator.figures.figure import Blank, Figure, read_number
from generator.figures.numerals import capital, chinese_number, numbered


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
    number = read_number(value)
    if places is None:
        places = max(0, -int(number.as_tuple().exponent))
    return str(Figure(number, "", places, form))


def thousands(value: object, places: int | None = None) -> str:
    """A number with a comma between each three digits: 12,345.6; as its field prints, or with exactly `places`."""
    if isinstance(value, Blank):
        return str(value)
    if places is not None:
        text = fixed(value, places)
    else:
        text = str(value) if isinstance(value, Figure) else _printed(value, None, "trim")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    whole, percent = (whole[:-1], "%") if whole.endswith("%") else (whole, "")
    return sign + f"{int(whole):,}" + percent + point + rest


def yuan(value: object) -> Figure | Blank:
    """An amount of 万元 in 元; one that is in 元 stays, a number without a unit is 万元.

    Raises:
        TypeError: it is no amount of money.
    """
    return _converted(value, 4, "元", 2)


def wan_yuan(value: object, places: int = 2) -> Figure | Blank:
    """An amount of 元 in 万元; one that is in 万元 stays, a number without a unit is 元.

    Raises:
        TypeError: it is no amount of money.
    """
    return _converted(value, -4, "万元", places)


def yi_yuan(value: object, places: int = 2) -> Figure | Blank:
    """An amount of 元 or 万元 in 亿元; a number without a unit is 元.

    Raises:
        TypeError: it is no amount of money.
    """
    return _converted(value, -4 if isinstance(value, Figure) and value.unit == "万元" else -8, "亿元", places)


def _converted(value: object, power: int, unit: str, places: int) -> Figure | Blank:
    """An amount times ten to the `power`, in `unit`; one that is in it stays, and so does a blank."""
    if isinstance(value, Blank) or (isinstance(value, Figure) and value.unit == unit):
        return value
    if not isinstance(value, Figure):
        return Figure(read_number(value).scaleb(power), unit, places)
    if value.unit not in ("元", "万元", ""):
        raise TypeError(f"not an amount of money: {value}")
    exact = None if value.exact is None else value.exact.scaleb(power)
    return Figure(value.value.scaleb(power), unit, places, value.form, exact)


PRINT_FILTERS: dict[str, Callable[..., Any]] = {
    "fixed": fixed,
    "trim": trim,
    "yuan": yuan,
    "元": yuan,
    "万元": wan_yuan,
    "亿元": yi_yuan,
    "thousands": thousands,
    "千分位": thousands,
    "capital": capital,
    "大写": capital,
    "chinese": chinese_number,
    "中文数字": chinese_number,
    "numbered": numbered,
    "编号": numbered,
    "date": chinese_date,
    "日期": chinese_date,
}
