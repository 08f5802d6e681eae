"""Tables (list objects): they cover the rendered rows; structured references to them stay valid."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from generator.render.excel.elements import local, set_attributes
from generator.render.excel.filters import follow_filter, follow_sort
from generator.render.excel.formulas import Frame, parse_formula, rewrite
from generator.render.excel.layout import Origin
from generator.render.excel.ranges import cover, repeat
from generator.render.excel.references import parse_area

HeaderText = Callable[[int, int], str | None]


def follow_table(root: etree._Element, frame: Frame, header: HeaderText | None = None) -> bool:
    """A table part, changed in place; whether anything changed.

    Args:
        root: the `<table>` element.
        frame: the layout and the table's sheet; takes what cannot follow: a table that a loop would repeat, one whose
            columns a loop moves, one that is left without a row of data.
        header: the rendered text of a header cell by its output row and column, None if no tag changed it.
    """
    sheet = frame.sheet
    assert sheet is not None
    area = parse_area(root.get("ref", ""))
    if area is None or area.top is None or area.bottom is None or area.left is None or area.right is None:
        return False
    name = root.get("displayName") or root.get("name") or ""
    place: dict[str, object] = {"sheet": sheet.source, "range": str(area)}
    headers = int(root.get("headerRowCount", "1"))
    totals = int(root.get("totalsRowCount", "0"))
    changed = False
    top, left = area.top.number, area.left.number
    if sheet.moved:
        box = cover(area, sheet)
        if box is None or len(list(zip(repeat(area, sheet), range(2), strict=False))) > 1:
            frame.refuse("excel-table-repeated", place, table=name)
            return False
        if box.right - box.left != area.right.number - area.left.number:
            frame.refuse("excel-table-columns", place, table=name)
            return False
        if box.bottom - box.top + 1 < headers + totals + 1 or _without_data(
            area.top.number, area.bottom.number, headers, totals, frame
        ):
            frame.refuse("excel-table-empty", place, table=name)
            return False
        top, left = box.top, box.left
        changed |= set_attributes(root, {"ref": str(box)})
        for child in list(root):
            if local(child) in ("autoFilter", "sortState"):
                found = (follow_filter if local(child) == "autoFilter" else follow_sort)(child, frame)
                changed |= found is not None
                if found == []:
                    root.remove(child)
    row = Origin(area.top.number + headers, ())
    for formula in root.iter():
        if local(formula) in ("calculatedColumnFormula", "totalsRowFormula") and formula.text:
            moved = rewrite(parse_formula(formula.text), frame, row if local(formula)[0] == "c" else None)
            if moved != formula.text:
                formula.text = moved
                changed = True
    if header is not None and headers:
        changed |= _headers(root, top, left, header)
    return changed


def _without_data(top: int, bottom: int, headers: int, totals: int, frame: Frame) -> bool:
    assert frame.sheet is not None
    first, last = top + headers, bottom - totals
    return first > last or frame.sheet.rows.cover(first, last) is None


def _headers(root: etree._Element, top: int, left: int, header: HeaderText) -> bool:
    columns = [column for group in root if local(group) == "tableColumns" for column in group]
    changed = False
    for number, column in enumerate(columns):
        text = header(top, left + number)
        if text is not None:
            changed |= set_attributes(column, {"name": text.replace("\n", "_x000a_")})
    return changed
