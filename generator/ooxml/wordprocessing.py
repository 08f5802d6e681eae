"""How a Word part is built: its names, its paragraphs and where each stands, text in front of and behind elements.

ECMA-376 part 1 §17 (WordprocessingML). Tables are counted over the whole body, columns on the table's grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from generator.kept.lazy_patterns import lazy
from generator.kept.name_sets import listed
from generator.ooxml.package import take_out
from generator.ooxml.stated_numbers import digits

Element = etree._Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W = f"{{{MAIN}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
BODY, P, RUN, T, TBL, TR, TC = (f"{W}{name}" for name in ("body", "p", "r", "t", "tbl", "tr", "tc"))
PPR, RPR, TCPR, TRPR = (f"{W}{name}" for name in ("pPr", "rPr", "tcPr", "trPr"))
TEXT_BOX = f"{W}txbxContent"
FIELD_MARK = f"{W}fldChar"
INSTRUCTION, DELETED, DELETED_INSTRUCTION = f"{W}instrText", f"{W}delText", f"{W}delInstrText"
KEEP_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CHANGES = {f"{W}{name}": name for name in ("ins", "del", "moveFrom", "moveTo")}
REMOVALS = {f"{W}del", f"{W}moveFrom"}
# elements that must hold a paragraph, and the one that must end with it
CONTAINERS = {f"{W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "comment")}

# children of tcPr in the order of the schema (§17.4.69)
_IN_CELLS = listed(
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
    "cellIns cellDel cellMerge tcPrChange"
)
TCPR_ORDER = {f"{W}{name}": place for place, name in enumerate(_IN_CELLS)}


def ancestor(element: Element, tag: str) -> Element | None:
    """The nearest ancestor with a tag."""
    return next(element.iterancestors(tag), None)


def value_of(element: Element, *names: str) -> str:
    """What the element says (`w:val`) to which a path of names leads; "" where there is none."""
    found = element.find("/".join(f"{W}{name}" for name in names))
    return "" if found is None else found.get(f"{W}val", "")


def grid_span(cell: Element) -> int:
    """How many columns of the grid a cell spans."""
    value = digits(value_of(cell, "tcPr", "gridSpan"))
    return 1 if value is None else value


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those in content controls and tracked changes too, not those of nested tables."""
    return _own(table, TR)


def cells(row: Element) -> Iterator[tuple[Element, int]]:
    """The cells of a row, each with its column on the grid, counted from 1."""
    column = 1 + (digits(value_of(row, "trPr", "gridBefore")) or 0)
    for cell in _own(row, TC):
        yield cell, column
        column += grid_span(cell)


def _own(holder: Element, tag: str) -> Iterator[Element]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", *CHANGES):
            yield from _own(child, tag)


def set_cell_property(cell: Element, name: str, attributes: Mapping[str, str]) -> Element:
    """Set a property of a cell at its place in the order of the schema; one that is there is replaced."""
    properties = cell.find(TCPR)
    if properties is None:
        properties = etree.Element(TCPR)
        cell.insert(0, properties)
        properties.tail, cell.text = cell.text, None
    tag = f"{W}{name}"
    for old in properties.findall(tag):
        properties.remove(old)
    made = etree.Element(tag)
    for key, value in attributes.items():
        made.set(f"{W}{key}", value)
    at = len(properties)
    for index, child in enumerate(properties):
        if TCPR_ORDER.get(str(child.tag), 99) > TCPR_ORDER[tag]:
            at = index
            break
    properties.insert(at, made)
    return made


class Places:
    """The anchors of a part's paragraphs; text boxes are counted over the whole document."""

    def __init__(self) -> None:
        self.boxes = 0

    def walk(self, root: Element, part: Mapping[str, Any]) -> Iterator[tuple[Element, dict[str, Any]]]:
        """Every paragraph of a story with its anchor.

        Args:
            root: the body, or the root of a header, a footnote, ….
            part: the anchor of the story.
        """
        yield from self._blocks(root, dict(part), {"paragraph": 0, "table": 0}, in_cell=False)

    def _blocks(
        self, container: Element, base: dict[str, Any], counts: dict[str, int], *, in_cell: bool
    ) -> Iterator[tuple[Element, dict[str, Any]]]:
        for child in container:
            if child.tag == P:
                counts["paragraph"] += 1
                yield child, {**base, "paragraph": counts["paragraph"]}
                yield from self._boxes(child)
            elif child.tag == TBL:
                counts["table"] += 1
                yield from self._table(child, base, counts["table"], in_cell=in_cell)
            elif child.tag == TEXT_BOX:
                yield from self._box(child)
            elif isinstance(child.tag, str) and child.tag not in (TCPR, f"{W}sectPr"):
                yield from self._blocks(child, base, counts, in_cell=in_cell)

    def _table(
        self, table: Element, base: dict[str, Any], number: int, *, in_cell: bool
    ) -> Iterator[tuple[Element, dict[str, Any]]]:
        for row_number, row in enumerate(rows(table), 1):
            for cell, column in cells(row):
                step = {"table": number, "row": row_number, "column": column}
                anchor = _nested(base, step) if in_cell else {**base, **step}
                several = sum(1 for child in cell if child.tag == P) > 1
                for paragraph, place in self._blocks(cell, anchor, {"paragraph": 0, "table": 0}, in_cell=True):
                    yield paragraph, place if several or paragraph.getparent() is not cell else anchor

    def _boxes(self, paragraph: Element) -> Iterator[tuple[Element, dict[str, Any]]]:
        for box in paragraph.iter(TEXT_BOX):
            if ancestor(box, P) is paragraph:
                yield from self._box(box)

    def _box(self, box: Element) -> Iterator[tuple[Element, dict[str, Any]]]:
        if ancestor(box, f"{MC}Fallback") is None:
            self.boxes += 1
        base = {"part": "textbox", "number": max(1, self.boxes)}
        yield from self._blocks(box, base, {"paragraph": 0, "table": 0}, in_cell=False)


def _nested(base: dict[str, Any], place: dict[str, int]) -> dict[str, Any]:
    if "nested" in base:
        return {**base, "nested": _nested(base["nested"], place)}
    return {**base, "nested": dict(place)}


def put_before(element: Element, text: str) -> None:
    """Put text in front of an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        assert parent is not None
        parent.text = (parent.text or "") + text


def put_behind(element: Element, text: str) -> None:
    """Put text behind an element."""
    element.tail = text + (element.tail or "")


def put_at_end(container: Element, text: str) -> None:
    """Put text at the end of what an element holds."""
    if len(container):
        container[-1].tail = (container[-1].tail or "") + text
    else:
        container.text = (container.text or "") + text


def insert_before(container: Element, element: Element, following: Element | None) -> None:
    """Put an element in front of a child, at the end where there is none."""
    if following is None:
        container.append(element)
    else:
        following.addprevious(element)


def leave_text(element: Element) -> None:
    """Take an element out of its parent; the text behind it stays."""
    put_before(element, element.tail or "")
    take_out(element)


def xml_of(element: Element | None) -> str:
    """An element as it stands in its part, without namespace declarations."""
    if element is None:
        return ""
    return _DECLARATION.sub("", etree.tostring(element, encoding="unicode", with_tail=False))


_DECLARATION = lazy(r' xmlns(?::[\w.-]+)?="[^"]*"')
