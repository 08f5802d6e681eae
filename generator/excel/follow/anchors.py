"""Drawings: pictures, shapes, charts and controls go with the cells that they are anchored to.

A picture or shape whose cells are all inside a loop is repeated with it and vanishes with it; so is a chart of one of its rows
(see `chart_copies`), and so is a form control (see `control_copies`). An embedded object, of which there can be only one, goes with the first instance. An object around a loop grows with it, unless its author fixed its size;
one that its author fixed to the page stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from generator.excel.follow.chart_copies import ChartCopies
from generator.excel.follow.control_copies import ControlCopy, Copies, SheetControls, renumbered, twin_number
from generator.excel.follow.formulas import Frame, rewrite
from generator.excel.follow.ranges import anchor, repeat
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import rectangle
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.package import copy_of, local
from generator.ooxml.spreadsheet import put_instead, set_attributes
from generator.ooxml.stated_numbers import digits

_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor"})
_ONLY_ONCE = frozenset({"graphicFrame", "contentPart", "control", "oleObject"})
_LINKS = frozenset({"textlink", "cellRange"})


class Markers(NamedTuple):
    """The cells under an object, from 1, all included; `row_edge` and `column_edge`: it ends on the edge of the last one."""

    top: int
    left: int
    bottom: int
    right: int
    row_edge: bool = False
    column_edge: bool = False


def follow_drawing(
    root: etree._Element, frame: Frame, charts: ChartCopies | None = None, controls: Copies | None = None
) -> bool:
    """A sheet's drawing part (`wsDr`), changed in place; whether anything changed.

    Args:
        root: the part.
        frame: the layout and the sheet; takes what cannot follow.
        charts: makes the copies of charts that a loop repeats; None: every chart stays one.
        controls: the controls that loops repeat; their twins here are repeated alike.
    """
    sheet = frame.here
    changed = _links(root, frame)
    if not sheet.moved:
        return changed
    controls = controls or {}
    numbers = _Numbers(root, max((copy.number for copies in controls.values() for copy in copies), default=0))
    for element in list(root):
        number = twin_number(element)
        if number is not None and number in controls:
            changed |= _repeat_control(element, controls[number])
            continue
        if local(element) in _ANCHORS:
            changed |= _follow_anchor(element, frame, numbers, charts)
        elif local(element) == "AlternateContent":
            for inner in element.iter():
                if local(inner) in _ANCHORS:
                    changed |= _follow_once(inner, sheet)
    return changed


def follow_control_anchors(
    element: etree._Element, frame: Frame, controls: SheetControls | None = None
) -> list[etree._Element] | None:
    """Controls and embedded objects in a worksheet: their anchors and linked cells.

    Args:
        element: that holds them.
        frame: the layout and the sheet; takes what cannot follow.
        controls: makes the copies of controls that a loop repeats; None: every control stays one.
    """
    sheet = frame.here
    changed, done = controls.follow(element) if controls else (False, set())
    for child in element.iter():
        if child in done:
            continue
        if local(child) == "anchor" and sheet.moved:
            changed |= _follow_once(child, sheet)
        if local(child) == "controlPr":
            for name in ("linkedCell", "listFillRange"):
                if text := child.get(name):
                    changed |= set_attributes(child, {name: rewrite(parse_formula(text), frame)})
    if not changed:
        return None
    emptied = (
        local(element) in ("controls", "AlternateContent")
        and bool(controls)
        and not any(local(child) in ("control", "oleObject") for child in element.iter())
    )
    return [] if emptied else [element]


def _links(root: etree._Element, frame: Frame) -> bool:
    changed = False
    for element in root.iter():
        for name in _LINKS & {str(key) for key in element.attrib}:
            if text := element.get(name):
                moved = rewrite(parse_formula(text.removeprefix("=")), frame)
                changed |= set_attributes(element, {name: "=" * text.startswith("=") + moved})
    return changed


def _repeat_control(element: etree._Element, copies: tuple[ControlCopy, ...]) -> bool:
    """The twin of a control in the drawing, once for each of its copies."""
    twins = [copy_of(element) for _ in copies]
    for index, (twin, copy) in enumerate(zip(twins, copies, strict=True)):
        if index:
            renumbered(twin, copy.number)
        for anchored in twin.iter():
            if local(anchored) in _ANCHORS and (markers := _markers(anchored)) is not None:
                top, left = markers.top + copy.down, markers.left + copy.right
                bottom, right = markers.bottom + copy.down, markers.right + copy.right
                _place(anchored, markers, top, left, bottom, right)
    put_instead(element, twins)
    return True


def _repeat_chart(element: etree._Element, markers: Markers, numbers: _Numbers, charts: ChartCopies) -> bool:
    """A chart once for each instance of its row; whether it is one of those."""
    places = charts.places(element, markers.top, markers.left, markers.bottom, markers.right)
    if places is None:
        return False
    twins = charts.copies(element, [origin for _, origin in places])
    return _put(element, markers, numbers, zip(twins, (box for box, _ in places), strict=True))


def _put(
    element: etree._Element,
    markers: Markers,
    numbers: _Numbers,
    twins: Iterable[tuple[etree._Element, tuple[int, int, int, int]]],
) -> bool:
    """Copies of an anchor, each at its rectangle, in its place; those behind the first get numbers of their own."""
    placed = list(twins)
    for number, (twin, box) in enumerate(placed):
        _place(twin, markers, *box)
        if number:
            numbers.renew(twin)
    put_instead(element, [twin for twin, _ in placed])
    return True


def _follow_anchor(element: etree._Element, frame: Frame, numbers: _Numbers, charts: ChartCopies | None = None) -> bool:
    sheet = frame.here
    if element.get("editAs") == "absolute":
        return False
    names = {local(child) for child in element.iter()}
    markers = _markers(element)
    if charts is not None and markers is not None and _repeat_chart(element, markers, numbers, charts):
        return True
    if names & _ONLY_ONCE or markers is None:
        return _follow_once(element, sheet)
    area = rectangle(markers.top, markers.left, markers.bottom, markers.right)
    places = [placed.box for placed in repeat(area, sheet)]
    if [tuple(box) for box in places] == [tuple(markers[:4])]:
        return False
    return _put(element, markers, numbers, ((copy_of(element), box) for box in places))


def _follow_once(element: etree._Element, sheet: SheetLayout) -> bool:
    """An object that there is once: at its first instance, or where its row would have been."""
    markers = _markers(element)
    if markers is None or element.get("editAs") == "absolute":
        return False
    area = rectangle(markers.top, markers.left, markers.bottom, markers.right)
    placed = next(repeat(area, sheet), None)
    before = etree.tostring(element)
    if placed is not None:
        _place(element, markers, *placed.box)
    else:
        top, left = anchor(markers.top, markers.left, sheet)
        height, width = markers.bottom - markers.top, markers.right - markers.left
        _place(element, markers, top, left, top + height, left + width)
    return etree.tostring(element) != before


def _marker(element: etree._Element, name: str) -> dict[str, etree._Element] | None:
    for child in element:
        if local(child) == name:
            return {local(part): part for part in child}
    return None


def _number(marker: dict[str, etree._Element], name: str) -> int:
    return int(float((marker[name].text or "0").strip())) if name in marker else 0


def _markers(element: etree._Element) -> Markers | None:
    start, end = _marker(element, "from"), _marker(element, "to")
    if start is None or "row" not in start or "col" not in start:
        return None
    top, left = _number(start, "row") + 1, _number(start, "col") + 1
    if end is None or "row" not in end or "col" not in end:
        return Markers(top, left, top, left)
    bottom, right = _number(end, "row") + 1, _number(end, "col") + 1
    row_edge = bottom > top and _number(end, "rowOff") == 0
    column_edge = right > left and _number(end, "colOff") == 0
    return Markers(top, left, max(bottom - row_edge, top), max(right - column_edge, left), row_edge, column_edge)


def _place(element: etree._Element, old: Markers, top: int, left: int, bottom: int, right: int) -> None:
    start, end = _marker(element, "from"), _marker(element, "to")
    assert start is not None
    start["row"].text, start["col"].text = str(top - 1), str(left - 1)
    if end is None or "row" not in end:
        return
    if element.get("editAs") == "oneCell":
        bottom, right = top + old.bottom - old.top, left + old.right - old.left
    end["row"].text, end["col"].text = str(bottom - 1 + old.row_edge), str(right - 1 + old.column_edge)


class _Numbers:
    """Numbers for copies of drawing objects, which must be unique in their drawing."""

    def __init__(self, root: etree._Element, taken: int = 0):
        self._last = max((int(element.get("id", "0")) for element in _properties(root)), default=0)
        self._last = max(self._last, taken)

    def renew(self, element: etree._Element) -> None:
        for properties in _properties(element):
            self._last += 1
            properties.set("id", str(self._last))
            for extension in [child for child in properties.iter() if local(child) == "creationId"]:
                holder = extension.getparent()
                if holder is not None and (above := holder.getparent()) is not None:
                    above.remove(holder)


def _properties(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if local(element) == "cNvPr" and digits(element.get("id")) is not None)
