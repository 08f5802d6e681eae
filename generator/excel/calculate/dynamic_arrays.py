"""Functions that give arrays, and AGGREGATE: UNIQUE, FILTER, SORT, SORTBY, TRANSPOSE, SEQUENCE, MMULT, FREQUENCY.

Texts are sorted only where every country sorts them alike. Source: Microsoft, "Dynamic array formulas", "AGGREGATE function".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from generator.excel.calculate.cell_arrays import (
    Doubtful,
    error,
    flat,
    is_number,
    number_of_value,
    rows_of_value,
    turned,
)
from generator.excel.calculate.comparisons import compare


def _given(value: Any, default: float) -> float:
    return default if value is None else number_of_value(value)


def transpose(value: Any) -> list[list[Any]]:
    """TRANSPOSE."""
    return turned(rows_of_value(value))


def unique(value: Any, across: Any = None, once: Any = None) -> Any:
    """UNIQUE: each row (or column) once, or those that stand only once."""
    grid = rows_of_value(value)
    if _given(across, 0):
        grid = turned(grid)
    counts: dict[tuple[Any, ...], int] = {}
    first: dict[tuple[Any, ...], list[Any]] = {}
    for row in grid:
        key = tuple(_key(item) for item in row)
        counts[key] = counts.get(key, 0) + 1
        first.setdefault(key, row)
    kept = [first[key] for key, count in counts.items() if count == 1 or not _given(once, 0)]
    if not kept:
        raise Doubtful("nothing is left")
    return turned(kept) if _given(across, 0) else kept


def _key(value: Any) -> Any:
    if isinstance(value, dict):
        raise Doubtful("an error among the values")
    return (type(value).__name__, value.casefold()) if isinstance(value, str) else (isinstance(value, bool), value)


def filter_rows(value: Any, include: Any, empty: Any = None) -> Any:
    """FILTER."""
    grid, chosen = rows_of_value(value), rows_of_value(include)
    across = len(chosen) == 1 and len(grid) != 1
    if across:
        grid, chosen = turned(grid), turned(chosen)
    if len(chosen) != len(grid) or any(isinstance(row[0], dict | str) for row in chosen):
        raise Doubtful("conditions of another size or kind")
    kept = [row for row, yes in zip(grid, chosen, strict=True) if yes[0]]
    if not kept:
        if empty is None:
            raise Doubtful("nothing is left")
        return empty
    return turned(kept) if across else kept


def _ordered(one: Any, other: Any) -> int:
    if one is None or other is None:
        raise Doubtful("empty cells among the keys")
    if isinstance(one, dict) or isinstance(other, dict):
        raise Doubtful("an error among the keys")
    if compare(one, "=", other):
        return 0
    return -1 if compare(one, "<", other) else 1


def sort_rows(value: Any, index: Any = None, order: Any = None, across: Any = None) -> Any:
    """SORT by one column."""
    if _given(across, 0):
        raise Doubtful("sorted across")
    grid, at = rows_of_value(value), int(_given(index, 1)) - 1
    if not 0 <= at < len(grid[0]):
        raise Doubtful("no such column")
    return sort_by(value, [[row[at]] for row in grid], order)


def sort_by(value: Any, keys: Any, order: Any = None) -> Any:
    """SORTBY with one column of keys."""
    grid, keyed = rows_of_value(value), list(flat(keys))
    if len(keyed) != len(grid):
        raise Doubtful("keys of another size")
    turn = -1 if _given(order, 1) < 0 else 1

    def order_of(one: int, other: int) -> int:
        return turn * _ordered(keyed[one], keyed[other])

    key = cmp_to_key(order_of)
    return [grid[place] for place in sorted(range(len(grid)), key=key)]


def sequence(rows: Any, columns: Any = None, start: Any = None, step: Any = None) -> Any:
    """SEQUENCE."""
    height, width = int(number_of_value(rows)), int(_given(columns, 1))
    if not (1 <= height <= 10_000 and 1 <= width <= 1_000):
        raise Doubtful("too many")
    first, by = _given(start, 1), _given(step, 1)
    return [[first + by * (row * width + column) for column in range(width)] for row in range(height)]


def multiply(left: Any, right: Any) -> Any:
    """MMULT."""
    one, other = rows_of_value(left), rows_of_value(right)
    if len(one[0]) != len(other) or not all(is_number(value) for grid in (one, other) for value in flat(grid)):
        raise Doubtful("matrices that do not fit")
    return [
        [float(sum(a * row[c] for a, row in zip(line, other, strict=True))) for c in range(len(other[0]))]
        for line in one
    ]


def frequency(values: Any, bounds: Any) -> Any:
    """FREQUENCY: how many numbers lie up to each bound, and above the last; a bound that stands twice counts once."""
    limits = [float(value) for value in flat(bounds) if is_number(value)]
    steps = sorted(set(limits))
    counts = [0.0] * (len(steps) + 1)
    for value in flat(values):
        if is_number(value):
            counts[sum(1 for step in steps if not compare(float(value), "<=", step))] += 1
    left = dict(zip(steps, counts, strict=False))
    return [*([left.pop(limit, 0.0)] for limit in limits), [counts[-1]]]


def in_pairs(term: Callable[[float, float], float]) -> Callable[[Any, Any], float]:
    """A sum over pairs of numbers (SUMXMY2 and its kin)."""

    def apply(left: Any, right: Any) -> float:
        one, other = list(flat(left)), list(flat(right))
        if len(one) != len(other) or not all(is_number(value) for value in (*one, *other)):
            raise Doubtful("pairs of which one is no number")
        return float(sum(term(float(a), float(b)) for a, b in zip(one, other, strict=True)))

    return apply


def ranked(largest: bool) -> Any:
    """LARGE or SMALL with an array of places."""

    def apply(values: Any, places: Any) -> Any:
        numbers = sorted((float(value) for value in flat(values) if is_number(value)), reverse=largest)
        if any(isinstance(value, dict) for value in flat(values)):
            raise Doubtful("an error among the values")

        def one(place: Any) -> Any:
            at = int(number_of_value(place))
            return numbers[at - 1] if 1 <= at <= len(numbers) else error("Num")

        return [[one(place) for place in row] for row in places] if isinstance(places, list) else one(places)

    return apply


def aggregate(kind: Any, option: Any, *values: Any) -> Any:
    """AGGREGATE over values from which hidden rows and nested totals are left out already.

    Raises:
        Doubtful: a kind that is not computed here.
    """
    code, ignores = int(number_of_value(kind)), int(number_of_value(option)) in (2, 3, 6, 7)
    place = None
    ranges = list(values)
    if code >= 14:
        place = ranges.pop()
    found = [value for one in ranges for value in flat(one)]
    faults = [value for value in found if isinstance(value, dict)]
    if faults and not ignores:
        return faults[0]
    numbers = [float(value) for value in found if is_number(value)]
    if code == 3:
        return float(sum(value is not None and not isinstance(value, dict) for value in found))
    if code in (14, 15):
        return ranked(code == 14)([numbers], place)
    return _total(code, numbers)


def _total(code: int, numbers: list[float]) -> Any:
    if code == 2:
        return float(len(numbers))
    if code == 9:
        return float(sum(numbers))
    if code in (4, 5):
        return (max if code == 4 else min)(numbers, default=0.0)
    if code not in (1, 12):
        raise Doubtful("a total that is not computed here")
    if not numbers:
        return error("Div" if code == 1 else "Num")
    if code == 1:
        return sum(numbers) / len(numbers)
    from statistics import median  # rare, and the import is not free

    return median(numbers)
