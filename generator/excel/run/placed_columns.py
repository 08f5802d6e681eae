"""Where the columns of a sheet went whose columns repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from generator.excel.follow.layout import AxisLayout, Band
from generator.excel.follow.layout_recorder import LayoutRecorder
from generator.ooxml.addresses import MAX_COLUMNS


def placed_columns(
    bands: Sequence[Band], pieces: Iterable[Any], count_loop: Callable[[list[int], int], None]
) -> tuple[AxisLayout, list[tuple[int, int]]]:
    """The layout of the columns, and each band that was placed with its first column.

    Args:
        bands: of the template's columns.
        pieces: what the program of the columns yields.
        count_loop: counts the turns of loops (see `SheetRun`).
    """
    recorder = LayoutRecorder(bands, limit=MAX_COLUMNS)
    placed: list[tuple[int, int]] = []
    counters: list[int] = []
    position = 1
    for piece in pieces:
        if type(piece) is int:
            count_loop(counters, piece)
            continue
        band: int = piece[0]
        recorder.place(band, tuple(counters), position)
        placed.append((band, position))
        position += bands[band].last - bands[band].first + 1
    return recorder.finish(), placed
