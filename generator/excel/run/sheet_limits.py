"""What a sheet can hold at most: rows, columns, the height of a row."""

from __future__ import annotations

from collections.abc import Sequence

from generator.excel.compile.compiled_sheet import BandHeights, Measure
from generator.excel.run.row_heights import MAX_HEIGHT


def height_attribute(height: float, standard: float) -> bytes:
    """A row's `ht` in points; nothing for a row of one line, which needs none."""
    if height <= standard:
        return b""
    return b' ht="%.4g" customHeight="1"' % min(round(height * 4) / 4, MAX_HEIGHT)


class TooManyRows(Exception):
    """The sheet would pass the last row of the format."""


class TooManyColumns(Exception):
    """The sheet would pass the last column of the format."""


def spread_heights(heights: BandHeights, needs: Sequence[tuple[Measure, float]]) -> dict[int, float]:
    """The heights of a band's measured rows, by their place, in points: what each row needs, and what merges lack at their end.

    Args:
        heights: the rows' own.
        needs: what the texts of measured cells need, in points.
    """
    found = dict(heights.measured)
    for measure, needed in needs:
        if not measure.others and needed > found[measure.target]:
            found[measure.target] = needed
    for measure, needed in needs:
        if measure.others:
            others = sum(found.get(place, heights.base.get(place, 15.0)) for place in measure.others)
            found[measure.target] = max(found[measure.target], needed - others)
    return found
