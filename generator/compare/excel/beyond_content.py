"""What stands below the last row of a sheet, or beside its last column: whether it went along with what was added or removed there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.compare.excel.formula_references import area_numbers, pieces
from generator.compare.excel.workbook_model import Area, Sheet, Workbook
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS


def stays(old: tuple[Workbook, Sheet], new: tuple[Workbook, Sheet], axis: int, lengths: tuple[int, int]) -> bool:
    """Whether what stands beyond the content stayed where it is, although rows (or columns) were added or removed at its end.

    A row that is typed below the last one, and one that is inserted there, leave the same cells; what stands further below, and
    the ranges that end there, tell them apart.

    Args:
        old, new: a sheet before and after, with its workbook.
        axis: 0 for rows, 1 for columns.
        lengths: how many of them have content before and after.
    """
    before, after = (
        Counter(position for position in _positions(*side, axis) if position > length)
        for side, length in zip((old, new), lengths, strict=True)
    )
    shift = lengths[1] - lengths[0]
    moved = Counter({position + shift: count for position, count in before.items()})
    return (before & after).total() > (moved & after).total()


def _positions(book: Workbook, sheet: Sheet, axis: int) -> Iterator[int]:
    """Where things stand and end along an axis."""
    for drawing in sheet.drawings:
        yield (drawing.row, drawing.column)[axis]
    for area in _areas(book, sheet):
        if area[axis + 2] < (MAX_ROWS, MAX_COLUMNS)[axis]:
            yield area[axis + 2]
    if axis == 0:
        yield from (number for number, line in sheet.lines.items() if line.custom or line.hidden)


def _areas(book: Workbook, sheet: Sheet) -> Iterator[Area]:
    yield from sheet.merges
    for rule in (*sheet.validations, *sheet.conditionals):
        yield from rule.areas
    for (_, scope), (formula, _) in book.names.items():
        for piece in pieces(formula):
            if not isinstance(piece, str) and (":".join(piece.sheets) or scope) == sheet.name:
                yield area_numbers(piece)
