"""Two loops over the same list: a formula in one that reads a cell of the other means the cell of its own item.

That is what a person gets who writes `=明细!B3` beside the first item and copies it down. It holds where one value is wanted (`B3*2`,
`IF(明细!B3>0,…)`); what is added up or looked in (`SUM(明细!B3)`) stays all of the loop.
"""

from __future__ import annotations

from dataclasses import replace

from generator.excel.follow.argument_lists import single_places
from generator.excel.follow.layout import Origin
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.ooxml.addresses import MAX_ROWS, Area, Position


def paired(
    text: str,
    areas: tuple[Area, ...],
    groups: list[tuple[Area, ...]],
    layout: WorkbookLayout,
    sheet: SheetLayout,
    row: Origin,
) -> list[tuple[Area, ...]]:
    """What the references of a formula became, those to a cell of a loop over the same list as the formula's as one cell.

    Args:
        text: the formula, without `=`.
        areas: its references.
        groups: what each became.
        layout: of the workbook.
        sheet, row: where the formula stands: its sheet, its source row with the instance.
    """
    found = list(groups)
    for number, (area, own) in enumerate(zip(areas, groups, strict=True)):
        if not area.single or (len(own) == 1 and own[0].single) or area.top is None or area.top.absolute:
            continue
        output = _row_of_item(area, layout, sheet, row)
        if output is not None and number in single_places(text) and len({(one.left, one.right) for one in own}) == 1:
            end = Position(output)
            found[number] = (replace(own[0], top=end, bottom=end, single=own[0].left == own[0].right),)
    return found


def _row_of_item(area: Area, layout: WorkbookLayout, sheet: SheetLayout, row: Origin) -> int | None:
    """Where an area's row stands for the item of the formula's own loop; the last row of all where it was left out."""
    targets = layout.seen_from(area.sheets[0], sheet, row) if area.sheets else (sheet,)
    if len(targets) != 1 or len(area.sheets) > 1 or area.top is None:
        return None
    target = targets[0]
    loops = target.rows.loops(area.top.number)
    key = target.row_loops.get(loops[0]) if len(loops) == 1 else None
    if key is None:
        return None
    for depth, loop in enumerate(sheet.rows.loops(row.source)):
        if sheet.row_loops.get(loop) == key and depth < len(row.instance):
            return target.rows.at(area.top.number, (row.instance[depth],)) or MAX_ROWS
    return None
