"""Functions of single values as Excel has them, over arrays too: parts of dates and texts, steps, tests.

The engine has most of them for single values; what stands here it computes otherwise than Excel, or not over arrays.
Source: Microsoft's page of each function.
"""

from __future__ import annotations

import datetime
import math
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from generator.excel.calculate.cell_arrays import (
    Doubtful,
    error,
    is_number,
    lifted,
    number_of_value,
    over_arrays,
    round15,
    text_of_value,
)
from generator.excel.calculate.comparisons import ratio
from generator.excel.calculate.criteria import wildcard
from generator.excel.calculate.text_formats import chinese_digits, text_by_format
from generator.excel.calculate.text_numbers import number_in_text, value_of_text

_EPOCH = datetime.date(1899, 12, 30)
_LAST_DAY = 2958465


def _day(value: Any) -> datetime.date:
    number = number_in_text(value) if isinstance(value, str) else number_of_value(value)
    if number is None or not 61 <= number <= _LAST_DAY:
        raise Doubtful("no day, or one before March 1900")
    return _EPOCH + datetime.timedelta(days=int(number))


year = lifted(lambda value: float(_day(value).year))
month = lifted(lambda value: float(_day(value).month))
day = lifted(lambda value: float(_day(value).day))


@lifted
def weekday(value: Any, kind: Any = 1.0) -> float:
    """WEEKDAY; kinds 1, 2 and 3."""
    at, way = _day(value).weekday(), number_of_value(kind)
    if way not in (1, 2, 3):
        raise Doubtful("a kind that is not computed here")
    return float({1: (at + 1) % 7 + 1, 2: at + 1, 3: at}[int(way)])


@lifted
def days_between(start: Any, end: Any, unit: Any) -> Any:
    """DATEDIF with `ym`, `md` or `yd`.

    Raises:
        Doubtful: the end of a month, where Excel's own results are known to be wrong.
    """
    first, last, what = _day(start), _day(end), text_of_value(unit).lower()
    if first > last:
        return error("Num")
    if what == "ym":
        return float((last.month - first.month - (last.day < first.day)) % 12)
    if what == "md":
        if last.day >= first.day:
            return float(last.day - first.day)
        before = last.replace(day=1) - datetime.timedelta(days=1)
        if first.day > before.day:
            raise Doubtful("the month before is shorter")
        return float(last.day + before.day - first.day)
    if (first.month, first.day) == (2, 29):
        raise Doubtful("a day that not every year has")
    turn = first.replace(year=last.year)
    found = {(last - (turn if turn <= last else first.replace(year=last.year - 1))).days}
    later = last.replace(year=first.year) if (last.month, last.day) != (2, 29) else None
    if later is None:
        raise Doubtful("a day that not every year has")
    found.add(((later if later >= first else last.replace(year=first.year + 1)) - first).days)
    if len(found) > 1:
        raise Doubtful("leap years count differently")
    return float(found.pop())


@lifted
def ceiling(value: Any, step: Any) -> Any:
    """CEILING: away from nothing where both are negative."""
    number, by = number_of_value(value), number_of_value(step)
    if not by or not number:
        return 0.0
    if number > 0 > by:
        return error("Num")
    return _stepped(number, by, math.ceil)


@lifted
def floor(value: Any, step: Any) -> Any:
    """FLOOR: towards nothing where both are negative."""
    number, by = number_of_value(value), number_of_value(step)
    if not number:
        return 0.0
    if not by:
        return error("Div")
    if number > 0 > by:
        return error("Num")
    return _stepped(number, by, math.floor)


def _stepped(number: float, by: float, turn: Any) -> float:
    if number != round15(number):
        ratio(number, by)  # as good as a whole step, or not: the last bits decide
    steps = turn(Decimal(f"{number:.15g}") / Decimal(f"{by:.15g}"))
    return float(steps * Decimal(f"{by:.15g}")) + 0.0


@lifted
def trim(value: Any) -> str:
    """TRIM: only the plain space counts, not the full-width one."""
    return " ".join(part for part in text_of_value(value).split(" ") if part)


left = lifted(lambda value, count=1.0: text_of_value(value)[: _count(count)])


@lifted
def right(value: Any, count: Any = 1.0) -> str:
    """RIGHT."""
    text, kept = text_of_value(value), _count(count)
    return text[max(len(text) - kept, 0) :]


@lifted
def middle(value: Any, start: Any, count: Any) -> str:
    """MID."""
    first = _count(start)
    if first < 1:
        raise Doubtful("before the first letter")
    return text_of_value(value)[first - 1 : first - 1 + _count(count)]


def _count(value: Any) -> int:
    number = int(number_of_value(value))
    if number < 0:
        raise Doubtful("fewer than none")
    return number


def _plain(text: str) -> str:
    if any(ord(letter) > 0xFFFF for letter in text):
        raise Doubtful("letters that count as two")
    return text


length = lifted(lambda value: float(len(_plain(text_of_value(value)))))


@over_arrays
def find(part: Any, text: Any, start: Any = 1.0) -> Any:
    """FIND; not found is #VALUE!."""
    return _found(part, text, start, False)


@over_arrays
def search(part: Any, text: Any, start: Any = 1.0) -> Any:
    """SEARCH: without case, with wildcards; not found is #VALUE!."""
    return _found(part, text, start, True)


def _found(part: Any, text: Any, start: Any, loose: bool) -> Any:
    for value in (part, text, start):
        if isinstance(value, dict):
            return value
    wanted, whole, first = text_of_value(part), text_of_value(text), _count(start) - 1
    if loose:
        match = wildcard(wanted).search(whole.casefold(), first)
        at = match.start() if match else -1
    else:
        at = whole.find(wanted, first)
    return error("Value") if at < 0 or first < 0 else float(at + 1)


@lifted
def replaced(text: Any, start: Any, count: Any, new: Any) -> str:
    """REPLACE; from beyond the end on nothing is taken away."""
    whole, first, taken = _plain(text_of_value(text)), _count(start), _count(count)
    if first < 1:
        raise Doubtful("before the first letter")
    return whole[: first - 1] + text_of_value(new) + whole[first - 1 + taken :]


@lifted
def substitute(text: Any, old: Any, new: Any) -> str:
    """SUBSTITUTE of every occurrence."""
    wanted = text_of_value(old)
    return text_of_value(text).replace(wanted, text_of_value(new)) if wanted else text_of_value(text)


same = lifted(lambda one, other: text_of_value(one) == text_of_value(other))
value = lifted(value_of_text)
absolute = lifted(lambda number: abs(number_of_value(number)))
negation = lifted(lambda truth: not number_of_value(truth))
is_number_value = over_arrays(is_number)
is_text_value = over_arrays(lambda item: isinstance(item, str))
is_blank_value = over_arrays(lambda item: item is None)
is_error_value = over_arrays(lambda item: isinstance(item, dict))


@lifted
def rounded(number: Any, places: Any = 0.0) -> float:
    """ROUND of a number that `half` found steady."""
    return _quantized(number, places, ROUND_HALF_UP)


@lifted
def cut(number: Any, places: Any = 0.0) -> float:
    """TRUNC and ROUNDDOWN of a number that `whole` found steady."""
    return _quantized(number, places, ROUND_DOWN)


def _quantized(number: Any, places: Any, way: str) -> float:
    at = int(number_of_value(places))
    exact = Decimal(repr(round15(number_of_value(number))))
    return float(exact.scaleb(at).quantize(Decimal(1), way).scaleb(-at)) + 0.0


@lifted
def integer(number: Any, places: Any = 0.0) -> float:
    """INT of a number that `whole` found steady."""
    del places
    return float(math.floor(round15(number_of_value(number))))


@lifted
def remainder(number: Any, by: Any) -> Any:
    """MOD with the sign of the divisor."""
    one, other = number_of_value(number), number_of_value(by)
    if not other:
        return error("Div")
    if one != int(one) or other != int(other):
        raise Doubtful("the last bits decide")
    return float(one % other)


@lifted
def half_width(value: Any) -> str:
    """ASC: full-width letters, digits and signs as those of ASCII."""
    text = _plain(text_of_value(value))
    if any("\uff61" <= letter <= "\uffee" or "\u3041" <= letter <= "\u30ff" for letter in text):
        raise Doubtful("letters of other scripts")
    return text.translate(_HALF_WIDTH)


_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@lifted
def code_of(value: Any) -> Any:
    """CODE of a letter of ASCII; others depend on the system's code page."""
    text = text_of_value(value)
    if not text:
        return error("Value")
    if ord(text[0]) > 127:
        raise Doubtful("the system's code page decides")
    return float(ord(text[0]))


@lifted
def renminbi(amount: Any, places: Any = 2.0) -> str:
    """RMB of an amount that is not negative: programs write negative ones differently."""
    number, kept = number_of_value(amount), int(number_of_value(places))
    if number < 0 or not 0 <= kept <= 15:
        raise Doubtful("negative amounts are written differently")
    return "¥" + str(text_by_format(number, "#,##0" + ("." + "0" * kept if kept else "")))


@lifted
def number_string(number: Any, kind: Any) -> str:
    """NUMBERSTRING of a whole number: kind 2, 壹仟贰佰; kinds 1 and 3 where no zero stands in it."""
    whole, way = number_of_value(number), number_of_value(kind)
    if whole != int(whole) or whole < 0 or way not in (1, 2, 3):
        raise Doubtful("not a whole number")
    if way == 3:
        digits = str(int(whole))
        if "0" in digits:
            raise Doubtful("zeros are written differently")
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in digits)
    return chinese_digits(str(int(whole)), str(int(way)))
