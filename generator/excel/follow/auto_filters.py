"""Auto-filters and sort states, of sheets and of tables."""

from __future__ import annotations

from lxml import etree

from generator.excel.follow.formulas import Frame
from generator.excel.follow.ranges import cover
from generator.ooxml.addresses import parse_area
from generator.ooxml.package import local
from generator.ooxml.spreadsheet import set_attributes


def follow_filter(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<autoFilter>`: it covers the rendered rows; a filtered column stays that column."""
    sheet = frame.sheet
    assert sheet is not None
    area = parse_area(element.get("ref", ""))
    if area is None or not sheet.moved:
        return None
    box = cover(area, sheet)
    if box is None:
        return []
    changed = set_attributes(element, {"ref": str(box)})
    if not sheet.columns.identity and area.left:
        for column in list(element):
            if local(column) != "filterColumn":
                continue
            source = area.left.number + int(column.get("colId", "0"))
            span = sheet.columns.cover(source, source)
            if span is None:
                element.remove(column)
                changed = True
            else:
                changed |= set_attributes(column, {"colId": str(span.first - box.left)})
    for child in list(element):
        if local(child) == "sortState":
            found = follow_sort(child, frame)
            changed |= found is not None
            if found == []:
                element.remove(child)
    return [element] if changed else None


def follow_sort(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<sortState>` with its conditions."""
    sheet = frame.sheet
    assert sheet is not None
    if not sheet.moved:
        return None
    changed = False
    for child in (element, *element):
        area = parse_area(child.get("ref", ""))
        if area is None:
            continue
        box = cover(area, sheet)
        if box is None:
            return []
        changed |= set_attributes(child, {"ref": str(box)})
    return [element] if changed else None
