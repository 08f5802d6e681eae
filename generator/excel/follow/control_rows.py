"""References to control rows, which are gone when the sheet is rendered.

To the rows that touch it, a control row is the row that is printed there (`AxisLayout.beside`): inside the loop that is the row
before, as a running balance needs it. A formula outside the loop may mean its last row (a closing balance, `=D4`) or all of
them: the first is told, and a total of that one cell (`=SUM(D4)`) refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.argument_lists import only_arguments
from generator.excel.follow.layout import AxisLayout, Origin
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.ooxml.addresses import Area, column_letters

Noted = tuple[str, Area, dict[str, Any]]


def meant_beside(text: str, areas: Sequence[Area], sheet: SheetLayout, row: Origin, column: Origin) -> Iterator[Noted]:
    """References of a formula outside a loop to one of its control rows: a code, the reference, and words for the finding.

    Args:
        text: the formula, without `=`.
        areas: its references.
        sheet: the formula's.
        row, column: the formula's source row and column with their instance.
    """
    for number, area in enumerate(areas):
        top, left = area.top, area.left
        if not area.single or area.sheets or top is None or left is None:
            continue
        down = top.number != row.source and not top.absolute and sheet.rows.enters(top.number, row)
        across = left.number != column.source and not left.absolute and sheet.columns.enters(left.number, column)
        if not down and not across:
            continue
        total = number in only_arguments(text)
        vanished = described(area, sheet, rows=down)
        if total:
            yield "excel-control-row-referenced", area, vanished
            continue
        number, axis, own = (top.number, sheet.rows, row) if down else (left.number, sheet.columns, column)
        yield "excel-control-row-meant", area, {**vanished, "near": _called(_inside(number, axis, own), down)}


def described(area: Area, sheet: SheetLayout, *, rows: bool) -> dict[str, Any]:
    """The control rows, or columns, that an area stands on, and the printed ones next to them, in words for people."""
    axis, ends = (sheet.rows, (area.top, area.bottom)) if rows else (sheet.columns, (area.left, area.right))
    first, last = (end.number if end else 1 for end in ends)
    return {"position": _called(first, rows), "near": _near(first, last, axis, rows)}


def _inside(number: int, axis: AxisLayout, origin: Origin) -> int:
    """The row of the loop that is next to its control row, seen from a row outside."""
    if number < origin.source:
        return max(band.last for band in axis.bands if band.last < number)
    return min(band.first for band in axis.bands if band.first > number)


def _near(first: int, last: int, axis: AxisLayout, rows: bool) -> Text:
    before = [band.last for band in axis.bands if band.last < first][-1:]
    after = [band.first for band in axis.bands if band.first > last][:1]
    found = [_called(number, rows) for number in (*before, *after)]
    return found[0] if len(found) == 1 else words.EITHER.filled(one=found[0], other=found[1])


def _called(number: int, rows: bool) -> Text:
    return words.ROW.filled(number=number) if rows else words.COLUMN.filled(letters=column_letters(number))
