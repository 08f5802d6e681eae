"""Two loops over the same list: a formula in one that reads a cell of the other means the cell of its own item.

That is what a person gets who writes `=明细!B3` beside the first item and copies it down. It holds where one value is wanted (`B3*2`,
`IF(明细!B3>0,…)`); what is added up or looked in (`SUM(明细!B3)`) stays all of the loop.
"""

from __future__ import annotations

from generator.excel.follow.argument_lists import row_arguments, single_places
from generator.excel.follow.layout import Origin
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.kept.light_classes import replace
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


def first_turns(
    text: str, areas: tuple[Area, ...], groups: list[tuple[Area, ...]], sheet: SheetLayout, row: Origin
) -> list[tuple[Area, ...]]:
    """What the references of a formula became, with `B$3` as the first turn's row where it cannot mean the formula's own.

    That is so beside the same cell without `$` (`B3/B$3`, `B3-B$3`) and in `ROW(B$3)`: of its own row a formula would say nothing.
    Otherwise a cell of the loop is that of its own turn, with `$` or without. Arguments as in `paired`.
    """
    found = list(groups)
    own = sheet.rows.loops(row.source)
    for number, area in enumerate(areas):
        if not area.single or area.sheets or area.top is None or not area.top.absolute or area.left is None:
            continue
        if not own or sheet.rows.loops(area.top.number) != own:
            continue
        beside = any(
            other.single
            and not other.sheets
            and other.top
            and other.left
            and not other.top.absolute
            and (other.top.number, other.left.number) == (area.top.number, area.left.number)
            for other in areas
        )
        if beside or number in row_arguments(text):
            window = sheet.rows.cover(area.top.number, area.top.number, Origin(row.source, row.instance[:-1]))
            if window is not None and len(found[number]) == 1:
                end = Position(window.first, True)
                found[number] = (replace(found[number][0], top=end, bottom=end),)
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
