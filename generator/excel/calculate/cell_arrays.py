"""Values as the calculation engine hands them to functions of ours: single ones and lists of rows, errors among them.

An empty cell is None, an error a mapping with its kind. `Doubtful` says that programs, countries or the last bits of a
double decide what the result is: the cell then gets no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

ROUNDING = 1e-9  # what is not 0 and smaller may be what rounding left of 0


class Doubtful(ValueError):
    """The result is not the same everywhere."""


def error(kind: str) -> dict[str, str]:
    """A cell's error as the engine takes it (`Div`, `Na`, `Num`, `Ref`, `Value`)."""
    return {"type": "Error", "kind": kind}


def is_number(value: Any) -> bool:
    """Whether a value is a number; truth values are none."""
    return isinstance(value, float | int) and not isinstance(value, bool)


def rows_of_value(value: Any) -> list[list[Any]]:
    """A value as a list of rows."""
    return value if isinstance(value, list) else [[value]]


def turned(grid: list[list[Any]]) -> list[list[Any]]:
    """Rows as columns."""
    return [list(row) for row in zip(*grid, strict=True)]


def same_length(text: str) -> str:
    """A text without case.

    Raises:
        Doubtful: it has another number of letters so.
    """
    folded = text.casefold()
    if len(folded) != len(text):
        raise Doubtful("letters that change their number")
    return folded


def flat(value: Any) -> Iterator[Any]:
    """The single values of a value, row by row."""
    if isinstance(value, list):
        for row in value:
            yield from row
    else:
        yield value


def number_of_value(value: Any) -> float:
    """A value where a number belongs; an empty cell is 0, a truth value 1 or 0.

    Raises:
        Doubtful: a text, which Excel converts by the settings of the country.
    """
    if value is None:
        return 0.0
    if isinstance(value, str | dict):
        raise Doubtful("text where a number belongs")
    return float(value)


def text_of_value(value: Any) -> str:
    """A value as it is printed into a text: numbers with 15 digits.

    Raises:
        Doubtful: a number that is so large or small that programs print it differently.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        if value and not 1e-4 <= abs(value) < 1e15:
            raise Doubtful("printed differently")
        return f"{round15(float(value)):.15g}"
    return str(value)


def round15(value: Any) -> Any:
    """A number at 15 significant digits, as Excel compares and prints it; anything else as it is."""
    return float(f"{value:.15g}") if isinstance(value, float) else value


def lifted(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of single values over arrays too, as an array formula applies it; the first error of a place stays.

    Args:
        function: takes no errors.
    """

    def single(*arguments: Any) -> Any:
        for argument in arguments:
            if isinstance(argument, dict):
                return argument
        return function(*arguments)

    return over_arrays(single)


def over_arrays(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of single values, errors included, over arrays too."""

    def apply(*arguments: Any) -> Any:
        grids = [argument for argument in arguments if isinstance(argument, list)]
        if not grids:
            return function(*arguments)
        height, width = max(len(grid) for grid in grids), max(len(grid[0]) for grid in grids)
        if any(len(grid) not in (1, height) or len(grid[0]) not in (1, width) for grid in grids):
            raise Doubtful("arrays of different sizes")
        if len(arguments) == 1:
            return [[function(value) for value in row] for row in arguments[0]]

        def at(argument: Any, row: int, column: int) -> Any:
            if not isinstance(argument, list):
                return argument
            cells = argument[row if len(argument) > 1 else 0]
            return cells[column if len(cells) > 1 else 0]

        return [
            [function(*(at(argument, row, column) for argument in arguments)) for column in range(width)]
            for row in range(height)
        ]

    return apply


def single(value: Any) -> Any:
    """The only value of a value.

    Raises:
        Doubtful: there are several.
    """
    if isinstance(value, list):
        if len(value) != 1 or len(value[0]) != 1:
            raise Doubtful("several values where one belongs")
        return value[0][0]
    return value
