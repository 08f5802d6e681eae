"""What a sheet shows and prints: frozen panes, selections, page breaks, columns, its dimension."""

from __future__ import annotations

from lxml import etree

from generator.excel.follow.formulas import Frame
from generator.excel.follow.layout import AxisLayout
from generator.excel.follow.ranges import Box, anchor, cover, follow_list
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, cell, parse_area
from generator.ooxml.package import copy_of, local
from generator.ooxml.spreadsheet import set_attributes
from generator.ooxml.stated_numbers import real, whole


def follow_views(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<sheetViews>` (or one view) after the move: what is frozen stays frozen, what is selected stays selected."""
    sheet = frame.here
    changed = False
    for view in element.iter():
        name = local(view)
        if name in ("sheetView", "customSheetView"):
            changed |= _top_left(view, sheet)
        elif name == "pane":
            changed |= _pane(view, sheet)
        elif name == "selection":
            changed |= _selection(view, sheet)
    return [element] if changed else None


def _address(text: str | None) -> tuple[int, int]:
    area = parse_area(text or "")
    if area is None or area.top is None or area.left is None:
        return 1, 1
    return area.top.number, area.left.number


def _top_left(element: etree._Element, sheet: SheetLayout) -> bool:
    if element.get("topLeftCell") is None:
        return False
    return set_attributes(element, {"topLeftCell": cell(*anchor(*_address(element.get("topLeftCell")), sheet))})


def _pane(pane: etree._Element, sheet: SheetLayout) -> bool:
    changed = False
    if pane.get("state") in ("frozen", "frozenSplit"):
        view = pane.getparent()
        row, column = _address(view.get("topLeftCell") if view is not None else None)
        for name, first, axis in (("ySplit", row, sheet.rows), ("xSplit", column, sheet.columns)):
            count = int(real(pane.get(name, "0")))
            if count:
                changed |= set_attributes(pane, {name: str(_frozen(first, count, axis))})
    return _top_left(pane, sheet) or changed


def _frozen(first: int, count: int, axis: AxisLayout) -> int:
    """How many positions the frozen ones became: at least one, so that the pane stays a pane."""
    span = axis.cover(first, first + count - 1)
    return span.last - span.first + 1 if span else 1


def _selection(selection: etree._Element, sheet: SheetLayout) -> bool:
    active = selection.get("activeCell", "A1")
    moved = cell(*anchor(*_address(active), sheet))
    text = selection.get("sqref", active)
    sqref = moved if text == active else follow_list(text, sheet) or moved
    if moved == active and sqref == text:
        return False
    if not any(moved == word.partition(":")[0] for word in sqref.split()):
        sqref = moved  # the active cell must lie within the selection
    selection.set("activeCell", moved)
    selection.set("sqref", sqref)
    if "activeCellId" in selection.attrib:
        del selection.attrib["activeCellId"]
    return True


def follow_breaks(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<rowBreaks>` or `<colBreaks>`: a break stays behind its row, in a loop behind each instance of it."""
    sheet = frame.here
    axis, limit = (sheet.rows, MAX_ROWS) if local(element) == "rowBreaks" else (sheet.columns, MAX_COLUMNS)
    if axis.identity:
        return None
    found: dict[int, etree._Element] = {}
    for mark in list(element):
        source = whole(mark.get("id", "0"))
        outputs = [output for _, output in axis.outputs(source)]
        if not outputs:
            span = axis.cover(1, source)
            outputs = [span.last] if span else []
        for output in outputs:
            if 0 < output < limit:
                twin = copy_of(mark)
                twin.set("id", str(output))
                found.setdefault(output, twin)
        element.remove(mark)
    for output in sorted(found):
        element.append(found[output])
    if not found:
        return []
    element.set("count", str(len(found)))
    manual = sum(mark.get("man") in ("1", "true") for mark in found.values())
    if element.get("manualBreakCount") is not None:
        element.set("manualBreakCount", str(manual))
    return [element]


def follow_columns(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<cols>`: widths, styles and outline levels of columns go where the columns went."""
    sheet = frame.here
    if sheet.columns.identity:
        return None
    found: list[tuple[int, int, etree._Element]] = []
    for column in list(element):
        for span in sheet.columns.spans(whole(column.get("min", "1")), whole(column.get("max", "1"))):
            found.append((span.first, span.last, copy_of(column)))
        element.remove(column)
    for first, last, column in sorted(found, key=lambda item: item[:2]):
        column.set("min", str(first))
        column.set("max", str(min(last, MAX_COLUMNS)))
        element.append(column)
    return [element] if found else []


def follow_dimension(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<dimension>`: the rectangle around what the template's one became."""
    sheet = frame.here
    area = parse_area(element.get("ref", ""))
    if area is None or not sheet.moved:
        return None
    box = cover(area, sheet) or Box(1, 1, 1, 1)
    return [element] if set_attributes(element, {"ref": str(box)}) else None
