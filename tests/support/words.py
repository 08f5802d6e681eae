"""Word templates written out as XML, and what stands in rendered ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from lxml import etree

from tests.support.lean_document import lean_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NAMESPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


@cache
def _empty() -> Mapping[str, bytes]:
    return members(lean_document())


def members(content: bytes) -> dict[str, bytes]:
    """Every member of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A package of members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def document(
    *blocks: str, parts: Mapping[str, str] | None = None, links: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """A document whose body holds the blocks given as XML.

    Args:
        blocks: XML of paragraphs and tables.
        parts: kind (`footnotes`, `endnotes`, `comments`) -> XML of its notes.
        links: relationship id -> (type's last word, external target).
    """
    found = dict(_empty())
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {NAMESPACES} mc:Ignorable="w14">'
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    found["word/document.xml"] = f"{head}<w:body>{''.join(blocks)}{page}</w:body></w:document>".encode()
    relations, types = "", ""
    for kind, notes in (parts or {}).items():
        found[f"word/{kind}.xml"] = f"<w:{kind} {NAMESPACES}>{notes}</w:{kind}>".encode()
        types += f'<Override PartName="/word/{kind}.xml" ContentType="{_CONTENT}{kind}+xml"/>'
        relations += f'<Relationship Id="rId{kind}" Type="{_LINKS}{kind}" Target="{kind}.xml"/>'
    for identity, (kind, target) in (links or {}).items():
        relations += f'<Relationship Id="{identity}" Type="{_LINKS}{kind}" Target="{target}" TargetMode="External"/>'
    name = "word/_rels/document.xml.rels"
    found[name] = found[name].replace(b"</Relationships>", f"{relations}</Relationships>".encode())
    name = "[Content_Types].xml"
    found[name] = found[name].replace(b"</Types>", f"{types}</Types>".encode())
    return pack(found)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "", attributes: str = "") -> str:
    """A paragraph of runs; what is no XML becomes one."""
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    content = "".join(one if one.startswith("<w:") else run(one) for one in runs)
    return f"<w:p{attributes}>{properties}{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """A cell; content that is no XML becomes a paragraph."""
    inner = content if content.startswith("<w:") else paragraph(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; what is no cell becomes one."""
    properties = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{properties}{''.join(one if one.startswith('<w:tc>') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str, columns: int) -> str:
    """A table of rows."""
    grid = '<w:gridCol w:w="1000"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def root(content: bytes, member: str = "word/document.xml") -> etree._Element:
    """A part of a document, parsed without recovery."""
    return etree.fromstring(members(content)[member])


def texts(content: bytes, member: str = "word/document.xml") -> list[str]:
    """The text of every paragraph of a part, line breaks as `\\n`."""
    found = []
    for block in root(content, member).iter(f"{W}p"):
        words = {f"{W}t": lambda node: node.text or "", f"{W}br": lambda node: "\n", f"{W}tab": lambda node: "\t"}
        nodes = (node for node in block.iter(*words) if next(node.iterancestors(f"{W}p")) is block)
        found.append(
            "".join(words[str(node.tag)](node) for node in nodes if next(node.iterancestors(f"{W}r"), None) is not None)
        )
    return found


def order(element: etree._Element) -> list[str]:
    """The names of an element's children."""
    return [etree.QName(child).localname for child in element]
