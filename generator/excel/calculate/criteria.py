"""Criteria of COUNTIF and its kin: `">=90%"`, `"<2020-06-01"`, `"*经费*"`.

Source: Microsoft, "COUNTIF function" and "Using wildcard characters". A criterion that is a text is read: an operator, then a
number, a percent, a date or a text with wildcards. What depends on the country, on an order of texts or on the last bits of a
double is doubtful.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from generator.excel.calculate.cell_arrays import (
    Doubtful,
    error,
    flat,
    is_number,
    number_of_value,
    over_arrays,
    round15,
    rows_of_value,
)
from generator.excel.calculate.comparisons import OPERATORS
from generator.excel.calculate.text_numbers import number_in_text
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass

_SIGN = lazy(r"(<=|>=|<>|<|>|=)?(.*)", re.S)
_WILDCARD = lazy(r"~[*?~]|[*?]")
_DIGITS = lazy(r"-?\d+(\.\d+)?", re.ASCII)
_NEAR = 1e-13


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a cell is asked for.

    Args:
        sign: `=`, `<>`, `<`, `>`, `<=`, `>=`.
        operand: a number, a truth value or a text with wildcards.
        bare: the text had no operator, so that an empty one means empty cells and empty texts alike.
    """

    sign: str
    operand: float | bool | str
    bare: bool = False


def read_criterion(value: Any) -> Criterion:
    """A criterion from the value that was given for it.

    Raises:
        Doubtful: it could be read in several ways.
    """
    if isinstance(value, dict):
        raise Doubtful("an error as a criterion")
    if isinstance(value, bool):
        return Criterion("=", value)
    if not isinstance(value, str):
        number = number_of_value(value)
        if number != round15(number):
            raise Doubtful("more than 15 digits")
        return Criterion("=", number)
    return _read_text(value)


@lru_cache(maxsize=4096)
def _read_text(text: str) -> Criterion:
    match = _SIGN.fullmatch(text)
    assert match is not None
    sign, operand = match[1] or "=", match[2]
    if operand.upper() in ("TRUE", "FALSE"):
        if sign not in ("=", "<>"):
            raise Doubtful("an order of truth values")
        return Criterion(sign, operand.upper() == "TRUE")
    if operand.startswith("#"):
        raise Doubtful("an error as a criterion")
    number = number_in_text(operand) if operand else None
    if number is not None:
        return Criterion(sign, number)
    if sign not in ("=", "<>"):
        raise Doubtful("an order of texts")
    return Criterion(sign, operand, match[1] is None)


@over_arrays
def criterion(value: Any) -> Any:
    """A criterion as the engine reads it rightly: percents, grouped digits and dates as plain numbers.

    Raises:
        Doubtful: it could be read in several ways.
    """
    if isinstance(value, dict):
        return value
    read = read_criterion(value)
    if isinstance(value, str) and is_number(read.operand):
        return f"{read.sign}{read.operand!r}" if read.sign != "=" or not value.startswith("=") else f"={read.operand!r}"
    return value if value or not isinstance(value, float) else 0.0  # the engine holds -0.0 for another number


def matcher(wanted: Criterion) -> Callable[[Any], bool]:
    """The test of a cell's value by a criterion; it raises Doubtful where the last bits decide."""
    operand, sign = wanted.operand, wanted.sign
    if isinstance(operand, bool):
        return lambda value: (isinstance(value, bool) and value == operand) is (sign == "=")
    if isinstance(operand, str):
        return _text_matcher(operand, sign, wanted.bare)
    return lambda value: _number_matches(value, sign, operand)


def _number_matches(cell: Any, sign: str, operand: float) -> bool:
    if isinstance(cell, str) and sign in ("=", "<>"):
        read = number_in_text(cell)
        if read is not None and read == operand and not _DIGITS.fullmatch(cell):
            raise Doubtful("a text that reads as the number")
        cell = read
    if not is_number(cell):
        return sign == "<>"
    value = float(cell)
    if value != operand and abs(value - operand) <= _NEAR * max(abs(value), abs(operand)):
        raise Doubtful("the last bits decide")
    return OPERATORS[sign](value, operand)


def _text_matcher(operand: str, sign: str, bare: bool) -> Callable[[Any], bool]:
    if not operand:
        if bare:
            return lambda value: value is None or value == ""
        return lambda value: (value is None) is (sign == "=")
    pattern = wildcard(operand)
    return lambda value: (isinstance(value, str) and pattern.fullmatch(value.casefold()) is not None) is (sign == "=")


@lru_cache(maxsize=1024)
def wildcard(text: str) -> re.Pattern[str]:
    """A text with `*`, `?` and `~` as a pattern for texts in lower case."""
    out, at = "", 0
    text = text.casefold()
    for match in _WILDCARD.finditer(text):
        out += re.escape(text[at : match.start()])
        out += ".*" if match[0] == "*" else "." if match[0] == "?" else re.escape(match[0][1])
        at = match.end()
    return re.compile(out + re.escape(text[at:]), re.S)


def _chosen(pairs: tuple[Any, ...], wanted: list[Any]) -> Iterator[tuple[int, int]]:
    """Row and column of the places at which every range meets its criterion."""
    ranges = [rows_of_value(pairs[index]) for index in range(0, len(pairs), 2)]
    shapes = {(len(grid), len(grid[0])) for grid in ranges}
    if len(shapes) > 1:
        raise Doubtful("ranges of different sizes")
    tests = [matcher(read_criterion(value)) for value in wanted]
    for row, cells in enumerate(ranges[0]):
        for column in range(len(cells)):
            if all(test(grid[row][column]) for test, grid in zip(tests, ranges, strict=True)):
                yield row, column


def count_ifs(*pairs: Any) -> Any:
    """COUNTIFS with arrays of criteria: one count for each."""
    return over_arrays(lambda *wanted: float(sum(1 for _ in _chosen(pairs, list(wanted)))))(*pairs[1::2])


def _summed(numbers: list[float], name: str) -> Any:
    if name == "AVERAGE":
        return sum(numbers) / len(numbers) if numbers else error("Div")
    if name in ("MAX", "MIN"):
        return (max if name == "MAX" else min)(numbers, default=0.0)
    return float(sum(numbers))


def fold_ifs(name: str) -> Callable[..., Any]:
    """SUMIFS, AVERAGEIFS, MAXIFS or MINIFS with arrays of criteria.

    Args:
        name: SUM, AVERAGE, MAX or MIN.
    """

    def fold(values: Any, *pairs: Any) -> Any:
        grid = rows_of_value(values)
        first = rows_of_value(pairs[0])
        if (len(grid), len(grid[0])) != (len(first), len(first[0])):
            raise Doubtful("ranges of different sizes")

        def one(*wanted: Any) -> Any:
            found = [grid[row][column] for row, column in _chosen(pairs, list(wanted))]
            if faults := [value for value in found if isinstance(value, dict)]:
                return faults[0]
            return _summed([value for value in found if is_number(value)], name)

        return over_arrays(one)(*pairs[1::2])

    return fold


def fold_if(name: str) -> Callable[..., Any]:
    """SUMIF or AVERAGEIF with arrays of criteria (range, criterion, values)."""
    folded = fold_ifs(name)
    return lambda cells, wanted, values=None: folded(cells if values is None else values, cells, wanted)


def doubtful_numbers(values: Any) -> list[float]:
    """Numbers of cells that may or may not meet a criterion close to them: more than 15 digits, or texts that read as numbers.

    The engine holds -0.0, which `=A1*-1` gives for nothing, for another number than 0.
    """
    found = []
    for value in flat(values):
        if isinstance(value, float) and (value != round15(value) or (not value and math.copysign(1, value) < 0)):
            found.append(value)
        elif isinstance(value, str) and any(letter.isdigit() for letter in value):
            try:
                number = number_in_text(value)
            except Doubtful:
                continue
            if number is not None and not _DIGITS.fullmatch(value):
                found.append(number)
    return sorted(found)
