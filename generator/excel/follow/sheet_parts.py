"""The elements of a worksheet that hold addresses, each with what makes it follow its cells."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.anchors import follow_control_anchors
from generator.excel.follow.auto_filters import follow_filter, follow_sort
from generator.excel.follow.control_copies import SheetControls
from generator.excel.follow.extended_rules import follow_extensions
from generator.excel.follow.format_rules import follow_conditional_format, follow_validations
from generator.excel.follow.formulas import Frame, changes, covering, rewrite_areas
from generator.excel.follow.layout import Origin
from generator.excel.follow.ranges import covers_elsewhere, follow_list, repeat, repeat_children
from generator.excel.follow.views import follow_breaks, follow_columns, follow_dimension, follow_views
from generator.excel.read.formula_cells import formula_cells
from generator.excel.read.sheet_xml import SheetXml
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.ooxml.addresses import columns_of, parse_area, rows_of
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.package import copy_of, local, parse_xml
from generator.ooxml.spreadsheet import cut, forget_uid, namespaces_of, put_instead, rewrite_element, set_attributes

Follow = Callable[[etree._Element, Frame], "list[etree._Element] | None"]


def follow_sheet(head: bytes, tail: bytes, frame: Frame, controls: SheetControls | None = None) -> tuple[bytes, bytes]:
    """A worksheet's XML before and behind its rows, after the move; merges are taken as they are (see `merges`).

    Args:
        head: up to and with `<sheetData>`.
        tail: from `</sheetData>` on.
        frame: the layout and the sheet; takes what cannot follow.
        controls: makes the copies of controls that a loop repeats; None: every control stays one.
    """
    if frame.workbook.unmoved:
        return head, tail
    pieces = cut(head + tail)
    declarations = namespaces_of(head)
    written: list[bytes] = []
    split = 0
    for number, piece in enumerate(pieces):
        xml = piece.xml
        if piece.name == "sheetData":
            split = number
        elif piece.name in _CONTROLS:
            xml = rewrite_element(xml, declarations, lambda element: follow_control_anchors(element, frame, controls))
        elif (follow := _FOLLOW.get(piece.name)) is not None:
            xml = rewrite_element(xml, declarations, lambda element, follow=follow: follow(element, frame))
        written.append(xml)
    data = pieces[split].xml
    start = data.index(b">") + 1
    return b"".join([*written[:split], data[:start]]), b"".join([data[start:], *written[split + 1 :]])


def _hyperlinks(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    sheet = frame.here
    changed = False
    for link in list(element):
        location = parse_formula(link.get("location", ""))
        area = parse_area(link.get("ref", ""))
        if area is None or not sheet.moved:
            changed |= bool(location.text) and set_attributes(link, {"location": covering(location, frame)})
            continue
        top, left = rows_of(area)[0], columns_of(area)[0]
        twins = [
            (str(placed.box), covering(location, frame, Origin(top, placed.row), Origin(left, placed.column)))
            for placed in repeat(area, sheet)
        ]
        if twins == [(link.get("ref"), location.text)]:
            continue
        changed = True
        copies = [copy_of(link) for _ in twins]
        for number, (twin, (ref, target)) in enumerate(zip(copies, twins, strict=True)):
            twin.set("ref", ref)
            if target:
                twin.set("location", target)
            if number:
                forget_uid(twin)
        put_instead(link, copies)
    if not changed:
        return None
    return [element] if len(element) else []


def _lists(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """Children with an `sqref`: ignored errors, protected ranges."""
    sheet = frame.here
    if not sheet.moved:
        return None
    changed = False
    for child in list(element):
        text = child.get("sqref")
        if text is None:
            continue
        moved = follow_list(text, sheet)
        if not moved:
            element.remove(child)
            changed = True
        else:
            changed |= set_attributes(child, {"sqref": moved})
    if not changed:
        return None
    return [element] if any(child.get("sqref") for child in element) else []


def _single_cells(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """Children with an `r`: watched cells."""
    if not repeat_children(element, frame.here, "r"):
        return None
    return [element] if len(element) else []


def _scenarios(element: etree._Element, frame: Frame) -> None:
    sheet = frame.here
    for child in element.iter():
        if local(child) == "inputCells" and covers_elsewhere(text := child.get("r", ""), sheet):
            _refuse(frame, words.SCENARIO, text)


def _extensions(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    return follow_extensions(element, frame, _refuse)


def _refuse(frame: Frame, what: Text, reference: str) -> None:
    sheet = frame.here
    area = parse_area(reference.split()[0]) if reference.split() else None
    anchor: dict[str, object] = {"sheet": sheet.source}
    if area is not None and area.top and area.left and area.sheets in ((), (sheet.source,)):
        anchor["cell" if area.single else "range"] = str(replace(area, sheets=())).replace("$", "")
    frame.refuse("excel-cannot-follow", anchor, what=what, reference=reference)


def _consolidation(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """`<dataConsolidate>`: the ranges of this workbook that it sums up, and the sheets that they stand on."""
    changed = False
    for reference in element.iter():
        area = parse_area(reference.get("ref", "")) if local(reference) == "dataRef" else None
        outside = any(str(name).endswith("}id") for name in reference.attrib)
        if area is None or outside or frame.sheet is None:
            continue
        source = reference.get("sheet")
        found = rewrite_areas(replace(area, sheets=(source,) if source else ()), frame)
        if len(found) != 1 or len(found[0].sheets) > 1:
            _refuse(frame, words.CONSOLIDATION, str(replace(area, sheets=(source,) if source else ())))
            continue
        changed |= set_attributes(reference, {"ref": str(replace(found[0], sheets=()))})
        if source and found[0].sheets:
            changed |= set_attributes(reference, {"sheet": found[0].sheets[0]})
    return [element] if changed else None


_CONTROLS = frozenset({"oleObjects", "controls", "AlternateContent"})
_FOLLOW: dict[str, Follow] = {
    "dimension": follow_dimension,
    "sheetViews": follow_views,
    "cols": follow_columns,
    "protectedRanges": _lists,
    "scenarios": _scenarios,
    "autoFilter": follow_filter,
    "sortState": follow_sort,
    "customSheetViews": follow_views,
    "conditionalFormatting": follow_conditional_format,
    "dataValidations": follow_validations,
    "dataConsolidate": _consolidation,
    "hyperlinks": _hyperlinks,
    "rowBreaks": follow_breaks,
    "colBreaks": follow_breaks,
    "cellWatches": _single_cells,
    "ignoredErrors": _lists,
    "extLst": _extensions,
}


_CELL = lazy(rb"<(?:\w+:)?row(?:\s[^>]*)?>|<(?:\w+:)?c(?:\s[^>]*?)?(?:/>|>.*?</(?:\w+:)?c>)", re.S)
_FORMULA = lazy(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)", re.S)


def follow_still_sheet(xml: SheetXml, data: bytes, frame: Frame) -> bytes:
    """A worksheet without tags, of which formulas or other elements may refer to cells that moved on other sheets.

    Args:
        xml: its part, cut.
        data: the same whole.
        frame: the layout and the sheet.
    """
    head, tail = follow_sheet(xml.head, xml.tail, frame)
    cells = formula_cells(xml)
    moved = any(
        cell.formula is None or changes(cell.formula, frame, Origin(cell.row, ()), Origin(cell.column, ()))
        for cell in cells.values()
    )
    if not moved and (head, tail) == (xml.head, xml.tail):
        return data
    if not xml.empty and not data.startswith(xml.head):  # it was in another encoding
        data = etree.tostring(parse_xml(data), encoding="UTF-8", xml_declaration=True, standalone=True)
    rows = b"" if xml.empty else data[len(xml.head) : len(data) - len(xml.tail)]
    if not moved:
        return head + rows + tail
    formulas = iter(cells.values())  # in the order of the cells

    def rewritten(match: re.Match[bytes]) -> bytes:
        found = match[0]
        inner = _FORMULA.search(found)
        if inner is None:
            return found
        cell = next(formulas)
        written = cell.write(frame, Origin(cell.row, ()), Origin(cell.column, ()), xml.prefix)
        return found[: inner.start()] + written + found[inner.end() :]

    return head + _CELL.sub(rewritten, rows) + tail
