"""Texts with tags beside the cells: headers and footers, comments, text boxes, chart titles, hyperlinks.

Each is printed by the sheet's program where its anchor stands, so a comment in a loop sees the loop's variables; what was
printed is kept by its template text and its output cell, and put in when the part around it has followed its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from urllib.parse import quote, unquote

from lxml import etree

from generator.diagnostics import Location
from generator.diagnostics.places import in_document
from generator.excel.compile.rule_texts import rule_texts
from generator.excel.follow.control_copies import SHAPE, shape_cells
from generator.excel.read.sheet_xml import Run, SheetXml, attributes_of
from generator.excel.read.workbook import Sheet, Workbook
from generator.excel.run.cell_values import RUN_MARK
from generator.excel.run.workbook_parts import remove_relationships, with_attribute
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import Area, parse_area, parse_areas
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.escaping import QUOTE, escape
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import local, parse_xml
from generator.ooxml.relationships import Readable, Relationship, related, relationships
from generator.template.printable import safe_link
from generator.template.tags import has_tags

Printed = Mapping[tuple[str, "int | None", "int | None"], str]

HEADER = lazy(rb"(<(?:\w+:)?(?:odd|even|first)(Header|Footer)(?:\s[^>]*)?>)([^<]*)(</)")
LINK = lazy(rb"<(?:\w+:)?hyperlink\s[^>]*?/?>")
_CAPTION = lazy(rb"(?<=>)[^<>]*\{[{%][^<>]*(?=<)")  # of a button, in VML
_LINK_TEXTS = (b"display", b"tooltip", b"location")


@dataclass(frozen=True, slots=True)
class Side:
    """A text with tags beside the cells.

    Args:
        kind: "header", "comment", "shape" or "link".
        key: the text as it is written.
        runs: the same in runs, each with its number for properties where there are several.
        row, column: the source cell that it stands on; None for one that belongs to the sheet as a whole.
        location: its place in the template.
        areas: of a rule, what it covers.
    """

    kind: str
    key: str
    runs: tuple[Run, ...]
    row: int | None
    column: int | None
    location: Location
    areas: tuple[Area, ...] = ()


class _Found:
    """The texts with tags beside a sheet's cells as they are found; each is told once a cell."""

    def __init__(self, workbook: Workbook, sheet: Sheet):
        self.package, self.sheet = workbook.package, sheet
        self.sides: list[Side] = []
        self._told: set[tuple[str, int | None, int | None]] = set()

    def take(
        self,
        kind: str,
        texts: Sequence[str],
        at: tuple[int | None, int | None] = (None, None),
        area: str = "",
        on: str = "",
    ) -> None:
        """Take a text, given in runs, if it holds tags.

        Args:
            at: row and column.
            area: of the sheet, for texts without a cell.
            on: the sheet that it stands on, where it is another one.
        """
        text = "".join(texts)
        if not has_tags(text):
            return
        anchor = {"sheet": on or self.sheet.name}
        row, column = at
        if area:
            anchor["area"] = area
        elif row is not None and column is not None:
            anchor["cell"] = cell_name(row, column)
        runs = tuple(Run(b"%d" % number if len(texts) > 1 else b"", one) for number, one in enumerate(texts))
        side = Side(kind, text, runs, row, column, in_document(anchor))
        if (text, row, column) not in self._told:
            self._told.add((text, row, column))
            self.sides.append(side)

    def rules(self, tail: bytes) -> None:
        """The texts of conditional formats and validations."""
        for area, text in rule_texts(tail):
            first = area.split(" ")[0]
            location = in_document({"sheet": self.sheet.name, "range": first})
            runs, areas = (Run(b"", text),), tuple(parse_areas(area))
            self.sides.append(Side("rule", text, runs, *_first_cell(first), location, areas))

    def links(self, tail: bytes, links: Mapping[str, Relationship]) -> None:
        """The texts and targets of hyperlinks."""
        for reference, texts in link_texts(tail, links):
            for text in texts:
                self.take("link", [text], _first_cell(reference))

    def parts(self, sheet: Sheet) -> None:
        """The texts of the parts that a sheet leads to: comments, shapes, drawings with their charts."""
        for kind, part in related(self.package, sheet.part).values():
            if kind in ("comments", "threadedComment"):
                data = self.package.read(part)
                if _may_hold_tags(data):
                    for row, column, runs in comment_texts(parse_xml(data, part=part)):
                        self.take("comment", [run.text or "" for run in runs], (row, column), on=sheet.name)
            elif kind == "vmlDrawing":
                for shape in SHAPE.finditer(self.package.read(part)):
                    for caption in _CAPTION.finditer(shape[0]):
                        text = unescape(caption[0].decode("utf-8", "replace"))
                        self.take("shape", [text], _shape_cell(shape[0]), on=sheet.name)
            elif kind == "drawing":
                self.drawing(part, sheet.name)

    def drawing(self, part: str, on: str) -> None:
        """The texts of a drawing; of a chart sheet's they stand on no cell."""
        for row, column, anchor, charts in drawing_anchors(self.package, part, self.package.xml(part)):
            at = (row, column) if on == self.sheet.name else (None, None)
            for element, name in _descriptions(anchor):
                self.take("shape", [element.get(name, "")], at, on=on)
            for root in (anchor, *map(self.package.xml, charts)):
                for runs in _paragraphs(root):
                    self.take("shape", [run.text or "" for run in runs], at, on=on)


def find_sides(workbook: Workbook, sheet: Sheet, xml: SheetXml) -> list[Side]:
    """The texts with tags beside a sheet's cells."""
    found = _Found(workbook, sheet)
    for match in HEADER.finditer(xml.tail):
        found.take("header", [unescape(match[3].decode())], area=match[2].decode().lower())
    found.rules(xml.tail)
    found.links(xml.tail, relationships(workbook.package, sheet.part))
    found.parts(sheet)
    if sheet is next((one for one in workbook.sheets if one.worksheet), None):  # it prints what chart sheets hold
        for other in workbook.sheets:
            if not other.worksheet:
                found.parts(other)
    return found.sides


def _may_hold_tags(data: bytes) -> bool:
    return b"{" in data or b"&#" in data


def link_texts(tail: bytes, links: Mapping[str, Relationship]) -> Iterator[tuple[str, list[str]]]:
    """The cells of every hyperlink, its texts and its target."""
    for match in LINK.finditer(tail):
        attributes = attributes_of(match[0])
        texts = [unescape(attributes[name].decode()) for name in _LINK_TEXTS if name in attributes]
        identifier = next((value.decode() for name, value in attributes.items() if name.endswith(b":id")), "")
        if identifier in links and links[identifier].external:
            texts.append(target_text(links[identifier].target))
        yield attributes.get(b"ref", b"").decode(), texts


def target_text(target: str) -> str:
    return unquote(target) if re.search("%7[bB]%7[bB]|%7[bB]%25", target) else target


def _first_cell(reference: str) -> tuple[int | None, int | None]:
    area = parse_area(reference)
    return (area.top.number, area.left.number) if area and area.top and area.left else (None, None)


def comment_texts(root: etree._Element) -> Iterator[tuple[int | None, int | None, list[etree._Element]]]:
    """Row, column and text nodes of every comment."""
    for comment in root.iter():
        if local(comment) in ("comment", "threadedComment"):
            texts = [node for node in comment.iter() if local(node) == "t"]
            if local(comment) == "threadedComment":
                texts = [node for node in comment if local(node) == "text"]
            yield *_first_cell(comment.get("ref", "")), texts


def drawing_anchors(
    package: Readable, part: str, root: etree._Element
) -> Iterator[tuple[int | None, int | None, etree._Element, list[str]]]:
    """Row and column of every anchor of a drawing, the anchor, and the parts of the charts that it shows."""
    links = {key: name for key, (kind, name) in related(package, part).items() if kind == "chart"}
    for anchor in root:
        shown = (element.attrib.values() for element in anchor.iter() if local(element) == "chart")
        charts = [name for keys in shown for name in [links[str(key)] for key in keys if str(key) in links][:1]]
        start = next((child for child in anchor if local(child) == "from"), None)
        if start is None:
            yield None, None, anchor, charts
            continue
        numbers = {local(child): int(float((child.text or "0").strip())) for child in start}
        yield numbers.get("row", 0) + 1, numbers.get("col", 0) + 1, anchor, charts


def _paragraphs(root: etree._Element) -> Iterator[list[etree._Element]]:
    """The text nodes of every paragraph (DrawingML `a:p`), of every name that a chart's series or trendline states."""
    for paragraph in root.iter():
        owner = paragraph.getparent()
        if (local(paragraph), "" if owner is None else local(owner)) in (("v", "tx"), ("name", "trendline")):
            yield [paragraph]
        if local(paragraph) == "p":
            texts = [node for run in paragraph if local(run) in ("r", "fld") for node in run if local(node) == "t"]
            if texts:
                yield texts


def _descriptions(anchor: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The alternative texts and titles of what an anchor holds, as elements with an attribute's name."""
    for element in anchor.iter():
        if local(element) == "cNvPr":
            yield from ((element, name) for name in ("descr", "title") if element.get(name))


def drawing_texts(root: etree._Element) -> Iterator[tuple[list[etree._Element], list[tuple[etree._Element, str]]]]:
    """The text nodes and the attributes of a drawing or a chart that are printed."""
    for nodes in list(_paragraphs(root)):
        yield nodes, []
    yield [], list(_descriptions(root))


def _printed(printed: Printed, key: str, row: int | None, column: int | None) -> str:
    """What a text came to at its cell; of one that stands on no row, what it came to for the sheet."""
    found = printed.get((key, row, column))
    return printed.get((key, None, None), "") if found is None else found


def _shape_cell(shape: bytes) -> tuple[int | None, int | None]:
    """The first cell of a control in a VML drawing."""
    cells = list(shape_cells(shape).values())
    return cells[0] if cells else (None, None)


def _captions(shape: bytes, printed: Printed) -> bytes:
    row, column = _shape_cell(shape)

    def caption(match: re.Match[bytes]) -> bytes:
        found = unescape(match[0].decode("utf-8", "replace"))
        return escape(_printed(printed, found, row, column)).encode() if has_tags(found) else match[0]

    return _CAPTION.sub(caption, shape)


def _fill(nodes: Sequence[etree._Element], row: int | None, column: int | None, printed: Printed) -> bool:
    """Put what was printed into the text nodes of one text; whether it held tags."""
    key = "".join(node.text or "" for node in nodes)
    if not has_tags(key):
        return False
    texts = [""] * len(nodes)
    pieces = RUN_MARK.split(_printed(printed, key, row, column))
    for number, piece in [("0", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]:
        texts[int(number)] += piece
    for node, text in zip(nodes, texts, strict=True):
        node.text = text
        if text != text.strip() and local(node) == "t" and "drawingml" not in str(node.tag):
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return True


def _fill_all(texts: Iterable[tuple[int | None, int | None, list[etree._Element]]], printed: Printed) -> bool:
    filled = [_fill(nodes, row, column, printed) for row, column, nodes in texts]
    return any(filled)


def fill_parts(part: str, parts: Overlay, printed: Printed) -> None:
    """Put what was printed into the parts that hang on a sheet.

    Args:
        part: the sheet's.
        parts: the parts as the render has them; everything has followed its cells; takes what changes.
        printed: texts by their template text and output cell.
    """
    for kind, target in list(related(parts, part).values()):
        if kind in ("comments", "threadedComment"):
            root = parse_xml(parts.read(target), part=target)
            if _fill_all(comment_texts(root), printed):
                parts.write_xml(target, root)
        elif kind == "vmlDrawing":
            data = parts.read(target)
            written = SHAPE.sub(lambda match: _captions(match[0], printed), data)
            if written != data:
                parts.write(target, written)
        elif kind == "drawing":
            _fill_drawing(target, parts, printed)


def _fill_drawing(part: str, parts: Overlay, printed: Printed) -> None:
    root = parse_xml(parts.read(part), part=part)
    changed = False
    for row, column, anchor, charts in drawing_anchors(parts, part, root):
        changed |= _fill_all(((row, column, nodes) for nodes in _paragraphs(anchor)), printed)
        for element, name in _descriptions(anchor):
            if has_tags(key := element.get(name, "")):
                element.set(name, _printed(printed, key, row, column))
                changed = True
        for name in charts:
            chart = parse_xml(parts.read(name), part=name)
            if _fill_all(((row, column, nodes) for nodes in _paragraphs(chart)), printed):
                parts.write_xml(name, chart)
    if changed:
        parts.write_xml(part, root)


def fill_tail(tail: bytes, printed: Printed) -> bytes:
    """What stands behind the rows with its headers and footers printed."""

    def header(match: re.Match[bytes]) -> bytes:
        text = unescape(match[3].decode())
        if not has_tags(text):
            return match[0]
        return match[1] + escape(printed.get((text, None, None), "")).encode() + match[4]

    return HEADER.sub(header, tail)


def fill_links(tail: bytes, relations: bytes | None, printed: Printed) -> tuple[bytes, bytes | None]:
    """Hyperlinks with their texts and targets printed; a target from data gets a relationship of its own.

    Args:
        tail: what stands behind the rows, after the move.
        relations: the sheet's relationships.
        printed: texts by their template text and output cell.
    """
    added: list[bytes] = []
    targets = dict(_targets(relations or b""))

    def link(match: re.Match[bytes]) -> bytes:
        element = match[0]
        attributes = attributes_of(element)
        row, column = _first_cell(attributes.get(b"ref", b"").decode())
        for name in _LINK_TEXTS:
            text = unescape(attributes.get(name, b"").decode())
            if has_tags(text):
                value = escape(printed.get((text, row, column), ""), {**QUOTE, "\n": "&#10;"})
                element = with_attribute(element, name, value.encode())
        name = next((name for name in attributes if name.endswith(b":id")), None)
        if name is not None and has_tags(text := targets.get(attributes[name].decode(), "")):
            identifier = f"rIdL{len(added) + 1}"
            target = quote(safe_link(printed.get((text, row, column), "")), safe="%/:=&?~#+!$,;'@()*[]")
            added.append(
                b'<Relationship Id="%b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
                b' Target="%b" TargetMode="External"/>' % (identifier.encode(), escape(target, QUOTE).encode())
            )
            element = with_attribute(element, name, identifier.encode())
        return element

    tail = LINK.sub(link, tail)
    if relations is not None:
        tagged = [identifier for identifier, text in targets.items() if has_tags(text)]
        if tagged:
            relations = remove_relationships(relations, tagged)
            end = relations.rindex(b"</")
            relations = relations[:end] + b"".join(added) + relations[end:]
    return tail, relations


def _targets(relations: bytes) -> Iterator[tuple[str, str]]:
    for match in re.finditer(rb"<(?:\w+:)?Relationship\s[^>]*>", relations):
        attributes = attributes_of(match[0])
        if attributes.get(b"TargetMode") == b"External":
            yield attributes[b"Id"].decode(), target_text(unescape(attributes[b"Target"].decode()))
