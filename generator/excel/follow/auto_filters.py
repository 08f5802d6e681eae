"""Auto-filters and sort states, of sheets and of tables."""

from __future__ import annotations

from lxml import etree

from generator.excel.follow.formulas import Frame
from generator.excel.follow.ranges import cover
from generator.ooxml.addresses import parse_area
from generator.ooxml.package import local
from generator.ooxml.spreadsheet import set_attributes
from generator.ooxml.stated_numbers import whole


def follow_filter(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<autoFilter>`: it covers the rendered rows; a filtered column stays that column."""
    sheet = frame.here
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
            source = area.left.number + whole(column.get("colId", "0"))
            span = sheet.columns.cover(source, source)
            if span is None:
                element.remove(column)
                changed = True
            else:
                changed |= set_attributes(column, {"colId": str(span.first - box.left)})
    changed |= follow_filters_within(element, frame)
    return [element] if changed else None


def follow_filters_within(element: etree._Element, frame: Frame) -> bool:
    """The filter and the sort state that a table, or a filter, holds: those of nothing go; whether anything changed."""
    changed = False
    for child in list(element):
        follow = {"autoFilter": follow_filter, "sortState": follow_sort}.get(local(child))
        found = follow(child, frame) if follow is not None else None
        changed |= found is not None
        if found == []:
            element.remove(child)
    return changed


def follow_sort(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<sortState>` with its conditions."""
    sheet = frame.here
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
