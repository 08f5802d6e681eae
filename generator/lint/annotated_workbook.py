"""Notes added to the cells of a workbook (ECMA-376 part 1 §18.7, the shapes part 4 §19), everything else as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from generator.excel.read.workbook import Sheet, Workbook
from generator.ooxml.addresses import column_number
from generator.ooxml.escaping import escape
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES, parse_xml
from generator.ooxml.relationships import TYPES, related_part, relationships

AUTHOR = "generator lint"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype></xml>"
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" id="lint{number}" type="#_x0000_t202"'
    ' style="position:absolute;width:270pt;height:{height}pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_AFTER = frozenset(  # what follows `legacyDrawing` in a worksheet (§18.3.1.99)
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)
_LONGEST = 2000  # characters of a note


def annotate(overlay: Overlay, told: Sequence[tuple[Mapping[str, Any], str]], author: str = AUTHOR) -> None:
    """Put a note at the cell of each place; what has no cell stands in the first cell of its sheet.

    Args:
        overlay: a workbook.
        told: places and texts.
        author: of the notes.
    """
    sheets = [sheet for sheet in Workbook(overlay.package).sheets if sheet.worksheet]
    named = {sheet.name: sheet for sheet in sheets}
    notes: dict[str, dict[str, list[str]]] = {}
    for anchor, text in told if sheets else ():
        sheet = named.get(str(anchor.get("sheet")), sheets[0])
        notes.setdefault(sheet.name, {}).setdefault(_cell(anchor), []).append(text)
    for name, by_cell in notes.items():
        whole = {cell: "\n".join(texts)[:_LONGEST] for cell, texts in by_cell.items()}
        _note(overlay, named[name], whole, author)


def _cell(anchor: Mapping[str, Any]) -> str:
    text = str(anchor.get("cell") or anchor.get("range") or anchor.get("rows") or anchor.get("columns") or "A1")
    match = re.match(r"\$?([A-Z]{0,3})\$?([0-9]*)", text)
    return f"{match[1] or 'A'}{match[2] or '1'}" if match else "A1"


def _note(overlay: Overlay, sheet: Sheet, notes: Mapping[str, str], author: str) -> None:
    """Write the parts of a sheet that its notes change or add."""
    links = relationships(overlay, sheet.part)
    root = overlay.xml(sheet.part)
    added: list[tuple[str, str, str, bool]] = []
    comments = related_part(overlay, sheet.part, "comments")
    if not comments:
        comments = f"xl/commentsLint{sheet.index + 1}.xml"
        content = f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'.encode()
        added.append((_free(links, "Comments"), f"{_R}/comments", comments, False))
        overlay.declare((comments, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"))
    else:
        content = overlay.read(comments)
    fresh = _add_comments(tree := parse_xml(content, part=comments), notes, author)
    overlay.write_xml(comments, tree)
    legacy = root.find(f"{{{_MAIN}}}legacyDrawing")
    if legacy is not None:
        drawing = links[legacy.get(f"{{{_R}}}id", "")].target
        shapes = overlay.xml(drawing)
    else:
        drawing = f"xl/drawings/vmlDrawingLint{sheet.index + 1}.vml"
        shapes = parse_xml(_VML.encode(), part=drawing)
        identity = _free(links, "Drawing")
        added.append((identity, f"{_R}/vmlDrawing", drawing, False))
        _place(root, etree.Element(f"{{{_MAIN}}}legacyDrawing", {f"{{{_R}}}id": identity}))
        overlay.write_xml(sheet.part, root)
        types = overlay.xml(CONTENT_TYPES)
        if not any(one.get("Extension", "").lower() == "vml" for one in types.iter(f"{{{TYPES}}}Default")):
            kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
            types.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension="vml", ContentType=kind))
            overlay.write_xml(CONTENT_TYPES, types)
    for number, (cell, text) in enumerate(fresh.items(), 1):
        shapes.append(_shape(f"{sheet.index + 1}_{number}", cell, text))
    overlay.write(drawing, etree.tostring(shapes, encoding="UTF-8"))
    if added:
        overlay.relate(sheet.part, added)


def _add_comments(root: etree._Element, notes: Mapping[str, str], name: str) -> dict[str, str]:
    """Put notes into a part of comments, below those of the same cells; the cells that had none."""
    authors, listed = root.find(f"{{{_MAIN}}}authors"), root.find(f"{{{_MAIN}}}commentList")
    assert authors is not None
    assert listed is not None
    etree.SubElement(authors, f"{{{_MAIN}}}author").text = name
    author = str(len(authors) - 1)
    there = {one.get("ref", ""): one for one in listed}
    fresh: dict[str, str] = {}
    for cell, text in notes.items():
        own = there.get(cell)
        if own is None:
            fresh[cell] = text
            own = etree.SubElement(listed, f"{{{_MAIN}}}comment", ref=cell, authorId=author)
            etree.SubElement(own, f"{{{_MAIN}}}text")
        written = own.find(f"{{{_MAIN}}}text")
        assert written is not None
        plain = written.find(f"{{{_MAIN}}}t")
        if plain is not None:  # a text is plain or of runs
            written.remove(plain)
            _run(written, plain.text or "")
        _run(written, f"\n{text}" if len(written) else text)
    return fresh


def _run(text: etree._Element, words: str) -> None:
    written = etree.Element(f"{{{_MAIN}}}t")
    written.text = words
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run = etree.Element(f"{{{_MAIN}}}r")
    run.append(written)
    position = len(text.findall(f"{{{_MAIN}}}r"))  # before phonetic runs
    text.insert(position, run)


def _shape(number: str, cell: str, text: str) -> etree._Element:
    letters, row = re.fullmatch(r"([A-Z]+)([0-9]+)", cell).groups()  # type: ignore[union-attr]  it is a cell's name
    column, line = column_number(letters) - 1, int(row) - 1
    lines = sum(1 + len(one) // 24 for one in text.split("\n"))
    places = {"left": column + 1, "right": column + 5, "top": max(0, line - 1), "bottom": line + lines}
    height = min(400, 15 * lines + 10)
    return etree.fromstring(_SHAPE.format(number=escape(number), height=height, row=line, column=column, **places))


def _place(root: etree._Element, element: etree._Element) -> None:
    """Put `legacyDrawing` where the schema has it."""
    for child in root:
        if isinstance(child.tag, str) and etree.QName(child).localname in _AFTER:
            child.addprevious(element)
            return
    root.append(element)


def _free(links: Mapping[str, Any], name: str) -> str:
    number = 1
    while f"rIdLint{name}{number}" in links:
        number += 1
    return f"rIdLint{name}{number}"
