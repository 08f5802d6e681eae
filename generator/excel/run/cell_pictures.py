"""Pictures from data: `{{ 图 }}` alone in a cell puts a picture at that cell, in the sheet's drawing.

A sheet that has a drawing gets further anchors in it; one that has none gets a drawing (ECMA-376 part 1, 20.5).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Sequence

from generator.diagnostics import Location
from generator.excel.read.workbook import Workbook
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import parse_area
from generator.ooxml.escaping import quoteattr
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES
from generator.ooxml.relationships import related_part, relationships_member
from generator.template.image import Image
from generator.template.printable import safe_link

_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING_TYPE = b"application/vnd.openxmlformats-officedocument.drawing+xml"
_EMPTY_DRAWING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"></xdr:wsDr>'
)
_EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%b"></Relationships>' % _PACKAGE
)
_ANCHOR = (
    '<xdr:oneCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    "<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    '</xdr:from><xdr:ext cx="{cx}" cy="{cy}"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name={name}{description}>'
    '{link}</xdr:cNvPr><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>'
    '<a:blip r:embed="{embed}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
    "<xdr:clientData/></xdr:oneCellAnchor>"
)
# what follows a sheet's drawing, in the order of the schema (ECMA-376 part 1, 18.3.1.99)
_AFTER = lazy(
    rb"<(?:\w+:)?(?:drawingHF|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst"
    rb"|AlternateContent)[\s>/]"
)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture and its cell: output row and column, from 1."""

    row: int
    column: int
    image: Image


def source_cell(location: Location) -> tuple[int, int]:
    """Row and column of the template's cell at a place, from 1."""
    area = parse_area(str((location.anchor or {}).get("cell", "")))
    assert area is not None, "a cell printed it"
    assert area.top is not None
    assert area.left is not None
    return area.top.number, area.left.number


class Pictures:
    """Puts the pictures of one render into its parts."""

    def __init__(self, workbook: Workbook, parts: Overlay):
        self._package = workbook.package
        self._parts = parts
        self._relations: dict[str, _Relations] = {}

    def add(self, sheet: str, placed: Sequence[PlacedPicture]) -> None:
        """Put pictures on a sheet, given as its part."""
        drawing = related_part(self._parts, sheet, "drawing") or self._new_drawing(sheet)
        xml = self._parts.read(drawing)
        number = max([1, *map(int, re.findall(rb'<(?:\w+:)?cNvPr\s[^>]*?\bid="(\d+)"', xml))])
        anchors = []
        for picture in placed:
            number += 1
            image = picture.image
            link = ""
            if image.url:
                identifier = self._relate(drawing, b"hyperlink", safe_link(image.url), external=True)
                link = f'<a:hlinkClick r:id="{identifier}"/>'
            anchors.append(
                _ANCHOR.format(
                    row=picture.row - 1,
                    column=picture.column - 1,
                    cx=image.width,
                    cy=image.height,
                    number=number,
                    name=quoteattr(image.name),
                    description=f" descr={quoteattr(image.description)}" if image.description else "",
                    link=link,
                    embed=self._relate(drawing, b"image", self._media(image)),
                )
            )
        end = xml.rindex(b"</")
        self._parts.write(drawing, xml[:end] + "".join(anchors).encode() + xml[end:])
        self._write_relations()

    def _media(self, image: Image) -> str:
        digest = hashlib.sha256(image.content).hexdigest()[:16]
        name = f"xl/media/picture-{digest}.{image.extension}"
        if name not in self._parts:
            self._parts.write(name, image.content)
            types = self._parts.read(CONTENT_TYPES)
            extension = image.extension.encode()
            if not re.search(rb'(?i)<(?:\w+:)?Default\s[^>]*?Extension="%b"' % extension, types):
                added = b'<Default Extension="%b" ContentType="%b"/>' % (extension, image.content_type.encode())
                start = re.search(rb"<(?:\w+:)?Types[^>]*>", types)
                assert start is not None
                self._parts.write(CONTENT_TYPES, types[: start.end()] + added + types[start.end() :])
        return name

    def _new_drawing(self, sheet: str) -> str:
        number = 1
        while (name := f"xl/drawings/drawing{number}.xml") in self._parts:
            number += 1
        self._parts.write(name, _EMPTY_DRAWING)
        types = self._parts.read(CONTENT_TYPES)
        end = types.rindex(b"</")
        added = b'<Override PartName="/%b" ContentType="%b"/>' % (name.encode(), _DRAWING_TYPE)
        self._parts.write(CONTENT_TYPES, types[:end] + added + types[end:])
        identifier = self._relate(sheet, b"drawing", name)
        xml = self._parts.read(sheet)
        tail = xml.rindex(b"</sheetData>") if b"</sheetData>" in xml else xml.rindex(b":sheetData>")
        following = _AFTER.search(xml, tail)
        position = following.start() if following else xml.rindex(b"</")
        prefix = re.match(rb"</(\w+:)?", xml[xml.rindex(b"</") :])
        element = b'<%bdrawing xmlns:r="%b" r:id="%b"/>' % (
            (prefix[1] if prefix else b"") or b"",
            _OFFICE,
            identifier.encode(),
        )
        self._parts.write(sheet, xml[:position] + element + xml[position:])
        return name

    def _relate(self, part: str, kind: bytes, target: str, *, external: bool = False) -> str:
        """A relationship of a part to another; the identifier of one that is there already."""
        relations = self._relations.get(part)
        if relations is None:
            member = relationships_member(part)
            xml = self._parts.read(member) if member in self._parts else _EMPTY_RELATIONSHIPS
            relations = self._relations[part] = _Relations.read(xml)
        to = target if external else posixpath.relpath(target, posixpath.dirname(part))
        return relations.identifier(kind, quoteattr(to).encode(), b' TargetMode="External"' if external else b"")

    def _write_relations(self) -> None:
        for part, relations in self._relations.items():
            if relations.added:
                self._parts.write(relationships_member(part), relations.xml())
        self._relations.clear()


@dataclass(slots=True)
class _Relations:
    """The relationships of a part, to which pictures add theirs.

    Args:
        before: the part that holds them as it was.
        used: identifiers that are taken.
        known: kind, target and mode, as they are written -> identifier.
        added: new entries.
    """

    before: bytes
    used: set[bytes]
    known: dict[bytes, bytes]
    added: list[bytes] = field(default_factory=list)
    last: int = 0

    @classmethod
    def read(cls, xml: bytes) -> _Relations:
        known = {link: identity for identity, link in reversed(re.findall(rb'Id="([^"]+)" (Type="[^>]*?)/>', xml))}
        return cls(xml, set(re.findall(rb'\bId="([^"]+)"', xml)), known)

    def identifier(self, kind: bytes, target: bytes, mode: bytes) -> str:
        """The identifier of a relationship, which is added where there is none."""
        link = b'Type="%b/%b" Target=%b%b' % (_OFFICE, kind, target, mode)
        found = self.known.get(link)
        if found is None:
            self.last += 1
            while (found := b"rIdP%d" % self.last) in self.used:
                self.last += 1
            self.used.add(found)
            self.known[link] = found
            self.added.append(b'<Relationship Id="%b" %b/>' % (found, link))
        return found.decode()

    def xml(self) -> bytes:
        """The part with what was added."""
        open_ = re.sub(rb"<((?:\w+:)?Relationships)([^>]*)/>\s*$", rb"<\1\2></\1>", self.before)
        end = open_.rindex(b"</")
        return b"".join([open_[:end], *self.added, open_[end:]])
