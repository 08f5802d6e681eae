"""What a reader sees of a Word document, as lines: text, tables, merges, formats, images, links, headers, notes.

Two documents that read alike give the same lines, whatever the order of attributes, the split of runs or the ids.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def lines(content: bytes, *, formats: bool = True) -> list[str]:
    """A document as lines.

    Args:
        content: a .docx.
        formats: also styles and run formats, in brackets.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    out: list[str] = []
    main = "word/document.xml"
    links = _links(members, main)
    parts = [main]
    parts += sorted(
        target for kind, target in links.values() if kind in ("header", "footer", "footnotes", "endnotes", "comments")
    )
    for part in parts:
        if part in members:
            out.append(f"== {part}")
            out += _Reader(members, part, formats).blocks(etree.fromstring(members[part]))
    return out


def texts(content: bytes) -> str:
    """All the text of a document, its parts one after the other."""
    return "\n".join(lines(content, formats=False))


def _links(members: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    data = members.get(f"{folder}/_rels/{name}.rels")
    if data is None:
        return {}
    found = {}
    for item in etree.fromstring(data).iter(_RELATIONSHIP):
        target = item.get("Target", "")
        if item.get("TargetMode") != "External":
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], target)
    return found


class _Reader:
    def __init__(self, members: Mapping[str, bytes], part: str, formats: bool):
        self.members = members
        self.links = _links(members, part)
        self.formats = formats

    def blocks(self, parent: etree._Element, indent: str = "") -> Iterator[str]:
        for block in parent:
            if block.tag == f"{W}p":
                yield indent + self.paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from self.table(block, indent)
            elif block.tag == f"{W}sectPr":
                yield indent + "section " + " ".join(etree.QName(child).localname for child in block)
            elif isinstance(block.tag, str) and block.tag not in (f"{W}tcPr", f"{W}sdtPr"):
                yield from self.blocks(block, indent)

    def table(self, table: etree._Element, indent: str) -> Iterator[str]:
        grid = [column.get(f"{W}w", "") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        style = table.find(f"{W}tblPr/{W}tblStyle")
        yield f"{indent}table {' '.join(grid)} {'' if style is None else style.get(f'{W}val')}"
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            yield f"{indent} row"
            for cell in row.iterfind(f"{W}tc"):
                marks = []
                for name in ("gridSpan", "vMerge", "shd"):
                    item = cell.find(f"{W}tcPr/{W}{name}")
                    if item is not None:
                        attribute = "fill" if name == "shd" else "val"
                        marks.append(f"{name}={item.get(f'{W}{attribute}', 'continue')}")
                yield f"{indent}  cell {' '.join(marks)}"
                yield from self.blocks(cell, indent + "    ")

    def paragraph(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        head = f"[{style.get(f'{W}val')}] " if self.formats and style is not None else ""
        pieces: list[tuple[str, str]] = []
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(FALLBACK), None) is not None or next(run.iterancestors(f"{W}p")) is not paragraph:
                continue
            text = "".join(self.content(run))
            if not text:
                continue
            look = self.format(run) if self.formats else ""
            if pieces and pieces[-1][0] == look:
                pieces[-1] = (look, pieces[-1][1] + text)
            else:
                pieces.append((look, text))
        return "p " + head + "".join(f"<{look}>{text!r}" if look else repr(text) for look, text in pieces)

    def content(self, run: etree._Element) -> Iterator[str]:
        for child in run:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name in ("t", "delText", "instrText"):
                yield child.text or ""
            elif name == "br" and child.get(f"{W}type"):
                yield f"{{{child.get(f'{W}type')}}}"
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name in ("footnoteReference", "endnoteReference", "commentReference"):
                yield f"{{{name}}}"
            for blip in child.iter(f"{A}blip"):
                yield self.picture(blip)
            for box in child.iter(f"{W}txbxContent"):
                if next(box.iterancestors(FALLBACK), None) is None:
                    yield "{box " + " / ".join(self.blocks(box)) + "}"

    def picture(self, blip: etree._Element) -> str:
        _, target = self.links.get(blip.get(f"{R}embed", ""), ("", ""))
        digest = hashlib.sha256(self.members.get(target, b"")).hexdigest()[:8]
        extent = next(blip.iterancestors(f"{WP}inline", f"{WP}anchor"), None)
        size = None if extent is None else extent.find(f"{WP}extent")
        return f"{{picture {digest} {'' if size is None else size.get('cx')}x{'' if size is None else size.get('cy')}}}"

    def format(self, run: etree._Element) -> str:
        look = []
        properties = run.find(f"{W}rPr")
        for item in properties if properties is not None else ():
            name = etree.QName(item).localname
            values = {etree.QName(key).localname: value for key, value in item.attrib.items()}
            values = {
                key: value for key, value in values.items() if key != "hint" and not (name == "shd" and key != "fill")
            }
            look.append(name + "".join(f" {key}={value}" for key, value in sorted(values.items())))
        link = next(run.iterancestors(f"{W}hyperlink"), None)
        if link is not None:
            look.append("link " + self.links.get(link.get(f"{R}id", ""), ("", link.get(f"{W}anchor", "")))[1])
        return ", ".join(sorted(look))
