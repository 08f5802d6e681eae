"""What a sheet can hold at most: rows, columns, the height of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.compile.compiled_sheet import BandHeights, Measure
from generator.excel.run.row_heights import MAX_HEIGHT
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import MAX_ROWS

_HOLDS = lazy(rb"<(?:\w+:)?(?:v|is|f)[\s>]|\x01")


def height_attribute(height: float, standard: float) -> bytes:
    """A row's `ht` in points; nothing for a row of one line, which needs none."""
    if height <= standard:
        return b""
    return b' ht="%.4g" customHeight="1"' % min(round(height * 4) / 4, MAX_HEIGHT)


def too_high(heights: Mapping[int, float], sheet: str, first: int) -> Iterator[Diagnostic]:
    """What is told of rows that Excel cannot make as high as their text.

    Args:
        heights: of rows by their place in a band, in points.
        sheet: theirs.
        first: the band's first row.
    """
    for place, needed in heights.items():
        if needed > MAX_HEIGHT:
            row = first + place
            location = in_document({"sheet": sheet, "rows": f"{row}:{row}"})
            yield diagnostic("excel-row-too-high", location, needed=f"{needed:.0f}", limit=f"{MAX_HEIGHT:g}")


class TooManyRows(Exception):
    """The sheet would pass the last row of the format."""


class TooManyColumns(Exception):
    """The sheet would pass the last column of the format."""


def within_sheet(position: int, offsets: Sequence[int], rows: Sequence[bytes]) -> tuple[list[int], list[bytes]]:
    """The rows of a band that reaches beyond the last row, by their places.

    Some programs write formatted rows down to the last; those that hold nothing may fall off the end.

    Raises:
        TooManyRows: one that falls off holds something.
    """
    found = zip(offsets, rows, strict=True)
    left = [(number, row) for number, row in found if position + number <= MAX_ROWS or _HOLDS.search(row)]
    if left and position + left[-1][0] > MAX_ROWS:
        raise TooManyRows
    return [number for number, _ in left], [row for _, row in left]


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
