"""Look-ups that search for the nearest key, and XLOOKUP.

Excel halves the keys (binary search), which is right on sorted ones. On others the result is known only where every key is
smaller (the last one: `LOOKUP(9E+307,A:A)`, `LOOKUP(1,0/(…))`) or greater; all else is doubtful. Keys of another kind than the
wanted value, errors and empty cells are passed over. Source: Microsoft, "LOOKUP", "MATCH", "VLOOKUP", "XLOOKUP function".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
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
from generator.excel.calculate.criteria import wildcard
from generator.kept.lazy_patterns import lazy

_NEAR = 1e-13
_PLAIN_WORD = lazy(r"[A-Za-z0-9]*")


def _nearest(wanted: Any, keys: Sequence[Any], descending: bool = False) -> int | None:
    """The index of the last key that is not greater than the wanted value (not smaller, if descending).

    Raises:
        Doubtful: the keys are not sorted, or a key is equal but for the last bits.
    """
    if wanted is None or isinstance(wanted, bool):
        raise Doubtful("no value to look for")
    places: list[tuple[int, Any]]
    if isinstance(wanted, str):
        wanted = wanted.casefold()
        places = [(index, key.casefold()) for index, key in enumerate(keys) if isinstance(key, str)]
        if not all(_PLAIN_WORD.fullmatch(text) for text in (wanted, *(key for _, key in places))):
            raise Doubtful("the order of texts depends on the country")
    else:
        wanted = float(wanted)
        places = [(index, float(key)) for index, key in enumerate(keys) if is_number(key)]
        for _, key in places:
            if key != wanted and abs(key - wanted) <= _NEAR * max(abs(key), abs(wanted)):
                raise Doubtful("the last bits decide")
    if descending:
        if any(one[1] < other[1] for one, other in itertools.pairwise(places)):
            raise Doubtful("the keys are not sorted")
        return next((index for index, key in reversed(places) if key >= wanted), None)
    if not places or all(key > wanted for _, key in places):
        return None
    if all(key <= wanted for _, key in places) and places[-1][1] < wanted:
        return places[-1][0]
    if any(one[1] > other[1] for one, other in itertools.pairwise(places)):
        raise Doubtful("the keys are not sorted")
    return next(index for index, key in reversed(places) if key <= wanted)


def lookup(wanted: Any, keys: Any, results: Any = None) -> Any:
    """LOOKUP, as a vector or, without results, as an array."""
    if isinstance(wanted, dict):
        return wanted
    grid = rows_of_value(keys)
    if results is None and len(grid) > 1 and len(grid[0]) > 1:
        across = len(grid[0]) > len(grid)
        searched = grid[0] if across else [row[0] for row in grid]
        found = [row[-1] for row in grid] if not across else grid[-1]
    else:
        searched = list(flat(keys))
        found = searched if results is None else list(flat(results))
    index = _nearest(wanted, searched)
    if index is None:
        return error("Na")
    if index >= len(found):
        raise Doubtful("the results end before the keys")
    return found[index]


def vertical(wanted: Any, table: Any, column: Any, nearest: Any = True) -> Any:
    """VLOOKUP for the nearest key."""
    return _by_line(wanted, rows_of_value(table), column, nearest)


def horizontal(wanted: Any, table: Any, row: Any, nearest: Any = True) -> Any:
    """HLOOKUP for the nearest key."""
    return _by_line(wanted, turned(rows_of_value(table)), row, nearest)


def _by_line(wanted: Any, lines: list[list[Any]], number: Any, nearest: Any) -> Any:
    if isinstance(wanted, list):
        return [[_by_line(one, lines, number, nearest) for one in row] for row in wanted]
    if isinstance(wanted, dict):
        return wanted
    at = int(number_of_value(number))
    if at < 1:
        raise Doubtful("no such column")
    keys = [line[0] for line in lines]
    index = _nearest(wanted, keys) if number_of_value(nearest) else exact(wanted, keys, True)
    if index is None:
        return error("Na")
    return lines[index][at - 1] if at <= len(lines[0]) else error("Ref")


def match(wanted: Any, keys: Any, kind: Any = 1.0) -> Any:
    """MATCH; `kind` 1: not greater, -1: not smaller, 0: equal."""
    if isinstance(wanted, list):
        return [[match(one, keys, kind) for one in row] for row in wanted]
    if isinstance(wanted, dict):
        return wanted
    order = number_of_value(kind)
    searched = list(flat(keys))
    index = exact(wanted, searched, True) if order == 0 else _nearest(wanted, searched, order < 0)
    return error("Na") if index is None else float(index + 1)


def exact(wanted: Any, keys: Sequence[Any], wild: bool, last: bool = False) -> int | None:
    """The index of the first (or last) key that equals the wanted value.

    Args:
        wanted: a value.
        keys: the keys.
        wild: whether `*`, `?` and `~` in a wanted text stand for others.
        last: search from the end.

    Raises:
        Doubtful: a key is equal but for the last bits, or nothing is wanted.
    """
    if wanted is None:
        raise Doubtful("no value to look for")
    indexes = range(len(keys) - 1, -1, -1) if last else range(len(keys))
    if isinstance(wanted, str):
        pattern = wildcard(wanted if wild else re.sub(r"[*?~]", r"~\g<0>", wanted))
        return next((i for i in indexes if isinstance(keys[i], str) and pattern.fullmatch(keys[i].casefold())), None)
    if isinstance(wanted, bool):
        return next((i for i in indexes if isinstance(keys[i], bool) and keys[i] == wanted), None)
    for index in indexes:
        key = keys[index]
        if is_number(key):
            if key == wanted:
                return index
            if abs(key - wanted) <= _NEAR * max(abs(key), abs(wanted)):
                raise Doubtful("the last bits decide")
    return None


def _position(wanted: Any, keys: Any, mode: Any, search: Any) -> int | None:
    order, direction = number_of_value(mode), 1.0 if search is None else number_of_value(search)
    searched = list(flat(keys))
    if direction not in (1, -1):
        raise Doubtful("a binary search")
    index = exact(wanted, searched, order == 2, direction == -1)
    if index is not None or order in (0, 2):
        return index
    if not is_number(wanted):
        raise Doubtful("the order of texts depends on the country")
    numbers = [key for key in searched if is_number(key) and (key < wanted if order < 0 else key > wanted)]
    if not numbers:
        return None
    return exact(max(numbers) if order < 0 else min(numbers), searched, False, direction == -1)


def xmatch(wanted: Any, keys: Any, mode: Any = 0.0, search: Any = 1.0) -> Any:
    """XMATCH."""
    if isinstance(wanted, dict):
        return wanted
    index = _position(wanted, keys, mode, search)
    return error("Na") if index is None else float(index + 1)


def xlookup(wanted: Any, keys: Any, results: Any, missing: Any = None, mode: Any = 0.0, search: Any = 1.0) -> Any:
    """XLOOKUP of one value; several result columns give an array."""
    if isinstance(wanted, list):
        if len(list(flat(wanted))) > 1:
            return [[xlookup(one, keys, results, missing, mode, search) for one in row] for row in wanted]
        wanted = wanted[0][0]
    if isinstance(wanted, dict):
        return wanted
    grid, keyed = rows_of_value(results), rows_of_value(keys)
    upright = len(keyed[0]) == 1
    if len(grid if upright else grid[0]) != len(keyed if upright else keyed[0]):
        raise Doubtful("keys and results of different sizes")
    index = _position(wanted, keys, mode, search)
    if index is None:
        return error("Na") if missing is None else missing
    found = [grid[index]] if upright else [[row[index]] for row in grid]
    return found if len(found) > 1 or len(found[0]) > 1 else found[0][0]
