"""Functions that cut, join and turn arrays, or cut texts into them: TAKE, VSTACK, TOCOL, TEXTSPLIT and their kin.

What an empty cell becomes in them is doubtful. Source: Microsoft's page of each function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.excel.calculate.cell_arrays import (
    Doubtful,
    error,
    flat,
    number_of_value,
    rows_of_value,
    same_length,
    text_of_value,
    turned,
)

Grid = list[list[Any]]


def _grid(value: Any) -> Grid:
    grid = rows_of_value(value)
    if any(item is None for row in grid for item in row):
        raise Doubtful("an empty cell in an array")
    return grid


def _whole(value: Any, default: int = 0) -> int:
    return default if value is None else int(number_of_value(value))


def stacked(across: bool) -> Callable[..., Any]:
    """VSTACK and HSTACK; what is missing is #N/A."""

    def apply(*values: Any) -> Grid:
        grids = [turned(_grid(value)) if across else _grid(value) for value in values]
        width = max(len(grid[0]) for grid in grids)
        rows = [row + [error("Na")] * (width - len(row)) for grid in grids for row in grid]
        return turned(rows) if across else rows

    return apply


def take(value: Any, rows: Any = None, columns: Any = None) -> Any:
    """TAKE: the first rows and columns, or the last ones."""
    found = _taken(_grid(value), rows)
    return turned(_taken(turned(found), columns)) if columns is not None else found


def _taken(grid: Grid, count: Any) -> Grid:
    if count is None:
        return grid
    kept = _whole(count)
    if not kept:
        raise Doubtful("nothing is left")
    return grid[:kept] if kept > 0 else grid[kept:]


def drop(value: Any, rows: Any = None, columns: Any = None) -> Any:
    """DROP: all but the first rows and columns, or the last ones."""
    return turned(_dropped(turned(_dropped(_grid(value), rows)), columns))


def _dropped(grid: Grid, count: Any) -> Grid:
    gone = _whole(count)
    found = grid[gone:] if gone >= 0 else grid[:gone]
    if not found:
        raise Doubtful("nothing is left")
    return found


def chosen(across: bool) -> Callable[..., Any]:
    """CHOOSECOLS and CHOOSEROWS; negative numbers count from the end."""

    def apply(value: Any, *numbers: Any) -> Any:
        grid = turned(_grid(value)) if across else _grid(value)
        places = [_whole(number) for one in numbers for number in flat(one)]
        if not all(1 <= abs(place) <= len(grid) for place in places):
            return error("Value")
        rows = [grid[place - 1 if place > 0 else place] for place in places]
        return turned(rows) if across else rows

    return apply


def in_line(across: bool) -> Callable[..., Any]:
    """TOCOL and TOROW: all values one after another; 2 and 3 leave out errors."""

    def apply(value: Any, ignored: Any = None, by_columns: Any = None) -> Any:
        leaves = _whole(ignored)
        if leaves not in (0, 2):
            raise Doubtful("what counts as blank")
        grid = _grid(value)
        values = [item for row in (turned(grid) if _whole(by_columns) else grid) for item in row]
        kept = [item for item in values if not (leaves and isinstance(item, dict))]
        if not kept:
            raise Doubtful("nothing is left")
        return [kept] if across else [[item] for item in kept]

    return apply


def wrapped(across: bool) -> Callable[..., Any]:
    """WRAPROWS and WRAPCOLS: a line of values in rows, or columns, of so many; what is missing is #N/A."""

    def apply(value: Any, count: Any, filling: Any = None) -> Any:
        grid, size = _grid(value), _whole(count)
        if len(grid) > 1 and len(grid[0]) > 1:
            return error("Value")
        if size < 1:
            return error("Num")
        values = list(flat(grid))
        pad = error("Na") if filling is None else filling
        rows = [values[at : at + size] for at in range(0, len(values), size)]
        rows[-1] += [pad] * (size - len(rows[-1]))
        return rows if across else turned(rows)

    return apply


def expanded(value: Any, rows: Any = None, columns: Any = None, filling: Any = None) -> Any:
    """EXPAND: a larger array, filled up with #N/A."""
    grid = _grid(value)
    height, width = _whole(rows, len(grid)), _whole(columns, len(grid[0]))
    if height < len(grid) or width < len(grid[0]):
        return error("Value")
    pad = error("Na") if filling is None else filling
    wide = [row + [pad] * (width - len(row)) for row in grid]
    return wide + [[pad] * width for _ in range(height - len(grid))]


def text_part(after: bool) -> Callable[..., Any]:
    """TEXTBEFORE and TEXTAFTER with one delimiter; from the end where the number is negative; not found is #N/A."""

    def apply(
        text: Any, delimiter: Any, number: Any = None, mode: Any = None, end: Any = None, other: Any = None
    ) -> Any:
        whole, sign = (_text(value) for value in (text, delimiter))
        place = _whole(number, 1)
        if not sign or _whole(end):
            raise Doubtful("the end as a delimiter")
        if not place:
            return error("Value")
        folded, wanted = (same_length(whole), same_length(sign)) if _whole(mode) else (whole, sign)
        starts = _starts(folded, wanted)
        if abs(place) > len(starts):
            return error("Na") if other is None else other
        at = starts[place - 1 if place > 0 else place]
        return whole[at + len(sign) :] if after else whole[:at]

    return apply


def _starts(text: str, sign: str) -> list[int]:
    found, at = [], text.find(sign)
    while at >= 0:
        found.append(at)
        at = text.find(sign, at + len(sign))
    return found


def _text(value: Any) -> str:
    if isinstance(value, list | dict):
        raise Doubtful("several texts")
    return text_of_value(value)


def text_split(
    text: Any, columns: Any = None, rows: Any = None, ignored: Any = None, mode: Any = None, filling: Any = None
) -> Any:
    """TEXTSPLIT with one delimiter each for columns and rows; what is missing is #N/A."""
    whole = _text(text)
    signs = [None if sign is None else _text(sign) for sign in (rows, columns)]
    if "" in signs or signs == [None, None] or not whole:
        raise Doubtful("nothing to cut, or to cut at")
    if _whole(mode) and any(sign and sign.upper() != sign.lower() for sign in signs):
        raise Doubtful("cut without case")
    leaves = bool(_whole(ignored))

    def cut(one: str, sign: str | None) -> list[str]:
        pieces = [one] if sign is None else one.split(sign)
        return [piece for piece in pieces if piece or not leaves]

    grid: Grid = [list(cut(line, signs[1])) for line in cut(whole, signs[0])]
    grid = [row for row in grid if row]
    if not grid:
        raise Doubtful("nothing is left")
    width = max(map(len, grid))
    pad = error("Na") if filling is None else filling
    return [row + [pad] * (width - len(row)) for row in grid]
