"""Form controls that a loop repeats: once an item, each linked to its own row.

A control has a shape in the old drawing language (VML), and in files of Excel 2010 and later a `<control>` in the worksheet, a
part with its properties and a twin in the drawing; the number of the shape ties them. A control that begins in a loop's row and
ends in the loop (or laps over into the control row behind it) is there once for each instance, and not at all for none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.formulas import Frame, rewrite
from generator.excel.follow.layout import Origin
from generator.excel.follow.ranges import repeat
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, cell, parse_area, rectangle
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import copy_of, local, parse_xml
from generator.ooxml.relationships import related
from generator.ooxml.spreadsheet import set_attributes
from generator.ooxml.stated_numbers import whole

# prefixes are as the writing program chose them: v:, x:, o: of Excel, ns0: of others
# a shape ends before the next begins: what has no end is looked through once, not once for each beginning before it
SHAPE = lazy(rb"<(?:\w+:)?shape\s(?:[^<]++|<(?!(?:\w+:)?shape\s))*?</(?:\w+:)?shape>")
IDENTIFIER = lazy(rb'(<(?:\w+:)?shape\s[^<>]*?\bid=")(_x0000_s(\d+))(")', re.S)
ANCHOR = lazy(rb"(<(?:\w+:)?Anchor>)([^<]*)(</(?:\w+:)?Anchor>)")
_TWIN = lazy(r"_x0000_s(\d+)$")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINKS = ("fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup")


@dataclass(frozen=True, slots=True)
class ControlCopy:
    """One instance of a control.

    Args:
        number: of its shape.
        row, column: the source row and column of its first cell with their instances.
        down, right: by how many rows and columns it went.
    """

    number: int
    row: Origin
    column: Origin
    down: int
    right: int


Copies = Mapping[int, tuple[ControlCopy, ...]]


def anchor_numbers(text: bytes) -> list[int] | None:
    """The eight numbers of a shape's anchor: column, offset, row, offset of its first corner, then of its last; from 0."""
    words = text.split(b",")
    return [int(float(word)) for word in words] if len(words) == 8 else None


def shape_cells(vml: bytes) -> dict[int, tuple[int, int]]:
    """The first cell (row and column from 1) of every control in a VML drawing, by its shape's number."""
    return {number: (corners[2] + 1, corners[0] + 1) for number, corners in _shapes(vml).items()}


def _shapes(vml: bytes) -> dict[int, list[int]]:
    found = {}
    for match in SHAPE.finditer(vml):
        identifier, anchored = IDENTIFIER.search(match[0]), ANCHOR.search(match[0])
        corners = anchor_numbers(anchored[2]) if anchored else None
        if identifier and corners and b'ObjectType="Note"' not in match[0]:
            found[int(identifier[3])] = corners
    return found


def control_copies(vml: bytes, sheet: SheetLayout) -> dict[int, tuple[ControlCopy, ...]]:
    """The controls that loops repeat or leave out, by the number of their shape; others stay one.

    Args:
        vml: the sheet's VML drawing, as the template has it.
        sheet: where its cells went.
    """
    if not sheet.moved:
        return {}
    last = max((int(match[3]) for match in IDENTIFIER.finditer(vml)), default=1024)
    found: dict[int, tuple[ControlCopy, ...]] = {}
    for number, corners in _shapes(vml).items():
        top, left = corners[2] + 1, corners[0] + 1
        bottom = max(corners[6] + bool(corners[7]), top)
        placed = list(repeat(rectangle(top, left, top, left), sheet))
        looped = (*sheet.rows.loops(top), *sheet.columns.loops(left))
        if (placed and not looped) or sheet.rows.band_of(top) is None or _end_of_loop(top, sheet) + 1 < bottom:
            continue
        copies = []
        for index, one in enumerate(placed):
            last += bool(index)
            row, column = Origin(top, one.row), Origin(left, one.column)
            copies.append(ControlCopy(last if index else number, row, column, one.box.top - top, one.box.left - left))
        found[number] = tuple(copies)
    return found


def _end_of_loop(row: int, sheet: SheetLayout) -> int:
    """The last source row of the innermost loop around a row."""
    loops = sheet.rows.loops(row)
    if not loops:
        return MAX_ROWS
    return max(band.last for band in sheet.rows.bands if loops[-1] in band.loops)


def renumbered(element: etree._Element, number: int) -> None:
    """Give the twin that a control has in the drawing another number and name."""
    for inner in element.iter():
        if local(inner) == "compatExt":
            inner.set("spid", f"_x0000_s{number}")
        elif local(inner) == "cNvPr":
            inner.set("id", str(number))
            if name := inner.get("name"):
                inner.set("name", f"{name} ({number})")


def twin_number(element: etree._Element) -> int | None:
    """The number of the shape whose twin an anchor of a drawing holds; None: it holds none."""
    for inner in element.iter():
        if local(inner) == "compatExt" and (match := _TWIN.search(inner.get("spid", ""))):
            return int(match[1])
    return None


def linked(text: str, frame: Frame, one: bool, row: Origin | None = None, column: Origin | None = None) -> str:
    """A control's reference after the move.

    Args:
        text: as the template has it.
        frame: the layout and the sheet; takes what cannot follow.
        one: whether it must be one cell.
        row, column: the control's first cell with its instance; None where it is not known.
    """
    moved = rewrite(parse_formula(text), frame, row, column)
    area = parse_area(moved)
    ends = (area.top and area.top.number, area.left and area.left.number) if area else (None, None)
    gone = ends[0] == MAX_ROWS or ends[1] == MAX_COLUMNS
    if one and moved != text and (area is None or not area.single or gone):
        refuse_control(frame, words.CONTROL, text, row, column)
    return moved


def refuse_control(frame: Frame, what: Text, reference: str, row: Origin | None, column: Origin | None) -> None:
    """Note a control that cannot follow, at its first cell."""
    place: dict[str, object] = {"sheet": frame.here.source}
    if row is not None and column is not None:
        place["cell"] = cell(row.source, column.source)
    frame.refuse("excel-cannot-follow", place, what=what, reference=reference)


def follow_properties(
    root: etree._Element, frame: Frame, row: Origin | None = None, column: Origin | None = None
) -> bool:
    """The part with a control's properties, changed in place: what it is linked to follows; whether anything changed."""
    changed = False
    for name in _LINKS:
        if text := root.get(name):
            changed |= set_attributes(root, {name: linked(text, frame, name == "fmlaLink", row, column)})
    return changed


@dataclass(slots=True)
class SheetControls:
    """The controls of one worksheet that moved.

    Args:
        frame: the layout and the sheet; takes what cannot follow.
        part: the sheet's part in the rendered workbook.
        vml: its VML drawing, as the template has it.
        parts: the package as the render has it; takes the properties of controls, and relationships to those of copies.
        free: a free name for a copy of a member.
    """

    frame: Frame
    part: str
    vml: bytes
    parts: Overlay
    free: Callable[[str], str]
    _copies: Copies = field(init=False)
    _cells: Mapping[int, tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._copies = control_copies(self.vml, self.frame.here)
        self._cells = shape_cells(self.vml)

    def follow(self, element: etree._Element) -> tuple[bool, set[etree._Element]]:
        """The `<control>`s in an element of the worksheet, changed in place.

        Returns:
            Whether anything changed, and the controls that are dealt with.
        """
        done: set[etree._Element] = set()
        changed = False
        links = related(self.parts, self.part)
        for control in [child for child in element.iter() if local(child) in ("control", "oleObject")]:
            number = whole(control.get("shapeId", "0"))
            kind, target = links.get(control.get(_RELATION, ""), ("", ""))
            copies = self._copies.get(number)
            if copies is None:
                if kind == "ctrlProp":
                    top, left = self._cells.get(number, (0, 0))
                    place = (Origin(top, ()), Origin(left, ())) if top else (None, None)
                    self._properties(self.parts.read(target), target, *place)
                continue
            if kind != "ctrlProp":
                if len(copies) != 1:
                    top, left = self._cells[number]
                    refuse_control(self.frame, words.ACTIVE_X, cell(top, left), Origin(top, ()), Origin(left, ()))
                continue
            done |= self._repeat(control, target, copies)
            changed = True
        return changed, done

    def _repeat(self, control: etree._Element, target: str, copies: tuple[ControlCopy, ...]) -> set[etree._Element]:
        holder = _whole(control, "controls")
        parent = holder.getparent()
        assert parent is not None
        written: set[etree._Element] = set()
        properties = self.parts.read(target)
        for index, copy in enumerate(copies):
            twin = copy_of(holder)
            inner = next(child for child in twin.iter() if local(child) == "control")
            part = self.free(target) if index else target
            self._properties(properties, part, copy.row, copy.column, new=index > 0)
            if index:
                inner.set("shapeId", str(copy.number))
                inner.set(_RELATION, self.parts.relate_alike(self.part, control.get(_RELATION, ""), part))
                if name := inner.get("name"):
                    inner.set("name", f"{name} ({copy.number})")
            for child in twin.iter():
                if local(child) == "anchor":
                    _shift(child, copy)
                elif local(child) == "controlPr" and (text := child.get("linkedCell")):
                    child.set("linkedCell", linked(text, self.frame, True, copy.row, copy.column))
            holder.addprevious(twin)
            written |= set(twin.iter())
        parent.remove(holder)
        return written

    def _properties(
        self, content: bytes, part: str, row: Origin | None, column: Origin | None, *, new: bool = False
    ) -> None:
        root = parse_xml(content, part=part)
        if follow_properties(root, self.frame, row, column) or new:
            self.parts.write_xml(part, root)


def _whole(control: etree._Element, group: str) -> etree._Element:
    """The entry of the group that holds a control: itself, or the alternatives around it."""
    element = control
    while (parent := element.getparent()) is not None and local(parent) != group:
        element = parent
    return element


def _shift(element: etree._Element, copy: ControlCopy) -> None:
    for marker in element:
        for child in marker:
            if local(child) in ("row", "col") and child.text:
                child.text = str(whole(child.text, signed=True) + (copy.down if local(child) == "row" else copy.right))
