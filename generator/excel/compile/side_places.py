"""Where texts with tags beside the cells are printed: on the row of their anchor, or for the sheet as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from generator.excel.compile.axes import Structure
from generator.excel.compile.side_texts import Side
from generator.excel.follow.layout import Band
from generator.excel.read.sheet_xml import SheetXml, SourceRow
from generator.kept.light_classes import replace
from generator.ooxml.addresses import columns_of, rows_of


def standing(sides: Iterable[Side], rows: Structure, columns: Structure) -> list[Side]:
    """The texts, each with the cell that prints it; what stands on none sees what the sheet sees.

    A control row or column is gone, so nothing stands on it. A text of a rule (a conditional format, a validation) is printed
    once per item where all that the rule covers lies in one loop, together with its first cell.
    """
    found: dict[tuple[str, int | None, int | None], Side] = {}
    for side in sides:
        placed = side
        if side.row in rows.controls or side.column in columns.controls or not _repeats(side, rows, columns):
            placed = replace(side, row=None, column=None)
        key = (placed.key, placed.row, placed.column)
        found.setdefault(key, placed)
    return list(found.values())


def _repeats(side: Side, rows: Structure, columns: Structure) -> bool:
    if side.kind != "rule":
        return True
    down = {_loops(rows.bands, *rows_of(area)) for area in side.areas}
    across = {_loops(columns.bands, *columns_of(area)) for area in side.areas}
    return len(down) == len(across) == 1 and None not in down | across and down | across != {()}


def _loops(bands: Iterable[Band], first: int, last: int) -> tuple[int, ...] | None:
    """The loops around all of a range; None where its parts, or its first position, lie in other loops."""
    inside = [band for band in bands if band.first <= last and band.last >= first]
    if not inside:
        return ()
    loops = inside[0].loops
    within = all(band.loops[: len(loops)] == loops for band in inside)
    return loops if within and inside[0].first <= first else None


def with_rows(xml: SheetXml, wanted: set[int]) -> SheetXml:
    """The sheet with empty rows where texts beside the cells are anchored and there is none."""
    missing = wanted - {row.number for row in xml.rows}
    if not missing:
        return xml
    start = b'<%brow r="\0"' % xml.prefix
    rows = [*xml.rows, *(SourceRow(number, start, ()) for number in missing)]
    return replace(xml, rows=tuple(sorted(rows, key=lambda row: row.number)))
