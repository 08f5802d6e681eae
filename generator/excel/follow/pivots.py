"""Pivot tables: their sources grow with the loops, and what they kept of them is computed anew when the workbook is opened.

The records that a pivot table keeps of its source are those of the template; nobody but Excel can make them anew, so the
cache is marked to refresh (`refreshOnLoad`). Source: ECMA-376 part 1, 18.10.1.67 and 18.10.1.95.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.formulas import Frame
from generator.excel.follow.ranges import cover, repeat
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.ooxml.addresses import parse_area, quote_sheet, shape_of
from generator.ooxml.package import local
from generator.ooxml.spreadsheet import set_attributes


def follow_pivot(root: etree._Element, frame: Frame) -> bool:
    """A pivot table on a worksheet, changed in place; whether it changed. It moves as a whole or is refused."""
    sheet = frame.sheet
    if sheet is None or not sheet.moved:
        return False
    changed = False
    for element in root.iter():
        if local(element) != "location" or (area := parse_area(ref := element.get("ref", ""))) is None:
            continue
        boxes = [placed.box for placed in repeat(area, sheet)]
        moved = boxes[0].area() if len(boxes) == 1 else None
        if moved is None or shape_of(moved) != shape_of(area):
            frame.refuse("excel-cannot-follow", {"sheet": sheet.source, "range": ref}, what=words.PIVOT, reference=ref)
        else:
            changed |= set_attributes(element, {"ref": str(moved)})
    return changed


def follow_pivot_source(root: etree._Element, frame: Frame, rendered: Collection[str]) -> bool:
    """A pivot cache (`pivotCacheDefinition`), changed in place; whether it changed.

    Args:
        root: the definition.
        frame: the layout, without a sheet; takes what cannot follow: a source that is gone, is left without a row or became several.
        rendered: the template's names of the sheets whose cells changed.
    """
    changed = False
    folded = {name.casefold() for name in rendered}
    for element in root.iter():
        if local(element) not in ("worksheetSource", "rangeSet"):
            continue
        name, ref = element.get("sheet", ""), element.get("ref", "")
        if parse_area(ref) is None:
            changed |= bool(folded and element.get("name"))
            continue
        if name.casefold() not in folded and name.casefold() not in {one.casefold() for one in frame.workbook.removed}:
            continue
        moved = _moved(frame.workbook.outputs(name), ref)
        if moved is None:
            place: dict[str, object] = {"sheet": name, "range": ref.replace("$", "")}
            frame.refuse("excel-cannot-follow", place, what=words.PIVOT_SOURCE, reference=f"{quote_sheet(name)}!{ref}")
            continue
        set_attributes(element, {"sheet": moved[0], "ref": moved[1]})
        changed = True
    return (changed and set_attributes(root, {"refreshOnLoad": "1"})) or changed


def _moved(sheets: Collection[SheetLayout], ref: str) -> tuple[str, str] | None:
    """The sheet and the area of a source after the move; None if there is no one area with a header and a row."""
    area = parse_area(ref)
    if len(sheets) != 1 or area is None:
        return None
    sheet = next(iter(sheets))
    box = cover(area, sheet)
    if box is None or box.bottom == box.top:
        return None
    return sheet.name, str(box)
