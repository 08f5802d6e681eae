"""Comparisons as Excel makes them: numbers at 15 digits, texts without case, kinds in the order number < text < truth value.

Source: Microsoft, "Floating-point arithmetic may give inaccurate results in Excel", "Calculation operators and precedence".
Whether Chinese stands before Chinese depends on the collation of the machine, so such an order is doubtful.
"""

from __future__ import annotations

import math
import operator
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from itertools import chain
from typing import Any

from generator.excel.calculate.cell_arrays import ROUNDING, Doubtful, lifted, number_of_value, over_arrays, round15
from generator.kept.lazy_patterns import lazy

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_NUMBERS = frozenset((int, float))
_NEAR = 2.0**-48  # below it LibreOffice holds them for equal
_PLAIN_WORD = lazy(r"[A-Za-z0-9]*")


@lifted
def compare(left: Any, sign: str, right: Any) -> bool:
    """Whether a comparison holds.

    Args:
        left, right: values; arrays give an array.
        sign: `=`, `<>`, `<`, `>`, `<=` or `>=`.

    Raises:
        Doubtful: it hangs on the last bits, or on an order of texts that depends on the country.
    """
    left, right = _beside(left, right), _beside(right, left)
    kinds = _kind(left), _kind(right)
    if kinds[0] != kinds[1]:
        return OPERATORS[sign](*kinds)
    if kinds[0] == 1:
        return OPERATORS[sign](*_texts(left, right, sign))
    return compare_numbers(float(left), sign, float(right))


def compare_numbers(left: float, sign: str, right: float) -> bool:
    """Whether a comparison of numbers holds (see `compare`).

    Raises:
        Doubtful: it hangs on the last bits.
    """
    return OPERATORS[sign](*_numbers(left, right))


def _beside(value: Any, other: Any) -> Any:
    """An empty cell takes the kind of what it is compared with."""
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0


def _kind(value: Any) -> int:
    return 1 if isinstance(value, str) else 2 if isinstance(value, bool) else 0


def _numbers(left: float, right: float) -> tuple[float, float]:
    one, other = round15(left), round15(right)
    if one == other:
        return one, other
    if abs(one - other) <= _NEAR * max(abs(one), abs(other)):
        raise Doubtful("the last bits decide")
    if not (one and other) and abs(one - other) < ROUNDING:
        raise Doubtful("nothing but rounding")
    return one, other


def _texts(left: str, right: str, sign: str) -> tuple[str, str]:
    one, other = left.casefold(), right.casefold()
    if one == other:
        return one, other
    if unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other):
        raise Doubtful("full width and half width")
    if sign not in ("=", "<>") and one and other and not (_PLAIN_WORD.fullmatch(one) and _PLAIN_WORD.fullmatch(other)):
        raise Doubtful("the order of texts depends on the country")
    return one, other


@lifted
def minus(left: Any, right: Any) -> float:
    """A difference that is about to be compared.

    Raises:
        Doubtful: it is nothing but rounding.
    """
    return minus_numbers(number_of_value(left), number_of_value(right))


def minus_numbers(one: float, other: float) -> float:
    """A difference of numbers that is about to be compared (see `minus`).

    Raises:
        Doubtful: it is nothing but rounding.
    """
    difference = one - other
    if difference and abs(difference) < 1e-12 * max(abs(one), abs(other)):
        raise Doubtful("within rounding")
    return difference


@lifted
def printed(value: Any) -> Any:
    """A number as it is printed.

    Raises:
        Doubtful: programs print it differently (`1E+20`, `1E-15`), or half a unit of the 15th digit up or down.
    """
    if not isinstance(value, float):
        return value
    if not value:
        return 0.0  # `-A1` of nothing prints no sign
    digits = Decimal(value).as_tuple().digits
    if not 1e-4 <= abs(value) < 1e15 or (len(digits) == 16 and digits[-1] == 5):
        raise Doubtful("printed differently")
    return round15(value)


@lifted
def half(value: Any, places: Any) -> Any:
    """A number about to be rounded.

    Raises:
        Doubtful: it has more than 15 digits and lies at a half, where the last bits decide.
    """
    return steady(value, 10.0 ** number_of_value(places), 0.5)


@lifted
def whole(value: Any, places: Any) -> Any:
    """A number about to be cut off.

    Raises:
        Doubtful: it has more than 15 digits and lies at a whole step.
    """
    return steady(value, 10.0 ** number_of_value(places), 0.0)


@lifted
def ratio(value: Any, step: Any) -> Any:
    """A number about to be divided into whole steps.

    Raises:
        Doubtful: it lies at a step, and one of the two is no integer.
    """
    by = number_of_value(step)
    if by == 0 or (float(by).is_integer() and isinstance(value, float) and value.is_integer()):
        return value
    return steady(value, 1 / by, 0.0, always=True)


@lifted
def modulo(value: Any, step: Any) -> Any:
    """A number of which the rest is about to be taken.

    Raises:
        Doubtful: see `ratio`; or the rest that remains by Microsoft's formula `n-d*INT(n/d)` is not the exact one.
    """
    number, by = number_of_value(value), number_of_value(step)
    if by and round15(number % by) != round15(number - by * math.floor(number / by)):
        raise Doubtful("the last bits decide")
    return ratio(value, step)


@lifted
def raised(base: Any, exponent: Any) -> Any:
    """An exponent, about to be used.

    Raises:
        Doubtful: nothing to the power of nothing, which is an error in Excel and 1 elsewhere.
    """
    if not number_of_value(base) and not number_of_value(exponent):
        raise Doubtful("0^0")
    return exponent


def numbers_only(value: Any) -> Any:
    """A part of a sum of products: what is no number counts as nothing.

    Raises:
        Doubtful: a truth value, which Excel leaves out and others count.
    """
    if isinstance(value, list) and _NUMBERS.issuperset(map(type, chain.from_iterable(value))):
        return value  # most areas: a call for each of their cells was a quarter of the formula's time
    return _numbers_only(value)


@over_arrays
def _numbers_only(value: Any) -> Any:
    if isinstance(value, bool):
        raise Doubtful("truth values are left out, or not")
    return value if isinstance(value, dict | float | int) else 0.0


@over_arrays
def filled(value: Any) -> Any:
    """What IF chose of an area.

    Raises:
        Doubtful: an empty cell, which is 0 in Excel and is left out elsewhere.
    """
    if value is None:
        raise Doubtful("an empty cell in an array")
    return value


@lifted
def dayed(value: Any) -> Any:
    """A day as a number.

    Raises:
        Doubtful: one before March 1900 or beyond 9999, a truth value, or a text.
    """
    if isinstance(value, bool) or not 62 <= number_of_value(value) < 2958466:
        raise Doubtful("no day that every program counts alike")
    return value


@lifted
def signed(value: Any) -> Any:
    """A number whose sign is about to be asked for.

    Raises:
        Doubtful: it is nothing but rounding.
    """
    if isinstance(value, float) and 0 < abs(value) < ROUNDING:
        raise Doubtful("within rounding")
    return value


def steady(value: Any, scale: float, at: float, always: bool = False) -> Any:
    """A value that is about to lose its decimals.

    Args:
        value: a number, or what is none.
        scale: of the step.
        at: the part of a step at which the last bits decide.
        always: even a number of at most 15 digits may lie there.

    Raises:
        Doubtful: it lies there.
    """
    if isinstance(value, float) and (always or value != round15(value)):
        scaled = value * scale - at
        if abs(scaled - round(scaled)) < 1e-12 * max(abs(scaled), 1.0):
            raise Doubtful("the last bits decide")
    return value
