"""The cells that formulas read, as columns with their first and last row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import column_number, columns_of, parse_area, rows_of

_PLAIN = lazy(r"\$?([A-Z]{1,3})\$?(\d+)")
_column = lru_cache(maxsize=1024)(column_number)


def needed_cells(areas: Iterable[tuple[str, str]]) -> dict[str, dict[int, tuple[int, int]]]:
    """The columns that areas touch, by sheet, each with its first and last row.

    Args:
        areas: the sheet that each stands on, and its text.
    """
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for sheet, text in areas:
        if (plain := _PLAIN.fullmatch(text)) is not None:  # most areas of a long sheet: one cell of its own
            columns, column, row = found.setdefault(sheet, {}), _column(plain[1]), int(plain[2])
            known = columns.get(column)
            if known is None or not known[0] <= row <= known[1]:
                columns[column] = (min(row, known[0]), max(row, known[1])) if known else (row, row)
            continue
        area = parse_area(text)
        if area is None:
            continue
        columns = found.setdefault(area.sheets[0] if area.sheets else sheet, {})
        first, last = rows_of(area)
        left, right = columns_of(area)
        for column in range(left, right + 1):
            known = columns.get(column)
            columns[column] = (min(first, known[0]), max(last, known[1])) if known else (first, last)
    return found
