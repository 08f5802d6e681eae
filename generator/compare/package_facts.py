"""What a comparison needs to know of a package: relationships, the main part, digests, which parts were read."""

from __future__ import annotations

import hashlib
import posixpath
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from generator.diagnostics import InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass, field, replace
from generator.ooxml.package import CONTENT_TYPES, Package, Source, local, open_package, parse_xml
from generator.ooxml.relationships import Relationship, listed, owner_of, relationships_member

# ISO/IEC 29500 strict documents say the same in other namespaces; they are read as transitional ones.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def text_of(element: etree._Element) -> str:
    """All text within an element."""
    return "".join(str(text) for text in element.itertext()).strip()


@dataclass
class Parts:
    """A package while it is read: what was read of it is noted, so that the rest can be compared by bytes.

    `unchanged` names the members that the other side of a comparison holds alike, byte by byte: what would only be compared of
    them need not be read. `effective` says that formats are read as a reader sees them, through styles, not as they are written.
    """

    package: Package
    read: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    effective: bool = False
    _relationships: dict[str, dict[str, Relationship]] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Part names are compared without case (ECMA-376 part 2)."""
        return {name.lower(): name for name in self.package.members}

    def find(self, part: str) -> str | None:
        """The member that holds `part`."""
        return part if part in self.package.members else self._names.get(part.lower())

    def bytes(self, part: str) -> bytes:
        """A part's content; it counts as read.

        Raises:
            InvalidDocument: the package refers to a part that it does not hold, or the part is damaged.
        """
        name = self.find(part)
        if name is None:
            raise InvalidDocument([diagnostic("compare-part-missing", name=self.package.name or "(bytes)", part=part)])
        self.read.add(name)
        data = self.package.read(name)
        if data[:2] != b"PK" and b"http://purl.oclc.org/ooxml/" in data[:4096]:
            for strict, transitional in _STRICT.items():
                data = data.replace(strict, transitional)
        return data

    def xml(self, part: str) -> etree._Element:
        """A part parsed, without comments and processing instructions, which mean nothing; it counts as read."""
        return parse_xml(self.bytes(part), self.package.name or "(bytes)", part, remarks=False)

    def digest(self, part: str) -> str:
        """The SHA-256 of a part, in hexadecimal; it counts as read."""
        if part not in self._digests:
            self._digests[part] = hashlib.sha256(self.bytes(part)).hexdigest()
        return self._digests[part]

    def picture(self, digest: str) -> bytes | None:
        """The content of a part by its SHA-256, if `digest` was asked for it."""
        part = next((part for part, known in self._digests.items() if known == digest), None)
        return None if part is None else self.bytes(part)

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """The relationships of a part (of the package with ""), by id."""
        if part not in self._relationships:
            member = self.find(relationships_member(part))
            links = listed(self.bytes(member), part, self.package.name) if member else {}
            self._relationships[part] = {identifier: _plain(link) for identifier, link in links.items()}
        return self._relationships[part]

    def related(self, part: str, kind: str) -> list[str]:
        """The existing parts that `part` is related to by `kind` (`image`, `styles`, …), in the order of their names."""
        targets = {r.target for r in self.relationships(part).values() if r.kind == kind and not r.external}
        return sorted(target for target in targets if self.find(target))

    def one(self, part: str, kind: str) -> str | None:
        """The only such part, or None."""
        found = self.related(part, kind)
        return found[0] if found else None

    def is_orphan(self, part: str) -> bool:
        """Whether a part only has relationships that no part makes use of, as editors leave them behind."""
        for name in self.package.members:
            if not name.endswith(".rels"):
                continue
            owner = owner_of(name)
            ids = [key for key, relation in self.relationships(owner).items() if relation.target == part]
            if ids:
                text = self.package.read(self.find(owner) or name)
                if any(f'"{key}"'.encode() in text or f"'{key}'".encode() in text for key in ids):
                    return False
        return True

    def rest(self) -> list[str]:
        """The members that nothing has read, without relationships and content types."""
        return [
            name
            for name in self.package.members
            if name not in self.read and name != CONTENT_TYPES and not name.endswith(".rels")
        ]


def _plain(link: Relationship) -> Relationship:
    """A relationship whose target is spelled as members are: some programs percent-encode it, or climb above the root."""
    if link.external or not ("%" in link.target or link.target.startswith("..")):
        return link
    return replace(link, target=posixpath.normpath("/" + unquote(link.target)).lstrip("/"))


def open_parts(source: Source) -> tuple[Parts, str, str]:
    """Open a document or workbook: its parts, the name of its main part, "word" or "excel".

    Raises:
        Failure: the file is missing or cannot be read.
        InvalidDocument: it is damaged, encrypted, or neither a Word nor an Excel file.
    """
    parts = Parts(open_package(source))
    name = parts.package.name or "(bytes)"
    main = parts.one("", "officeDocument")
    if main is None:
        raise InvalidDocument([diagnostic("compare-not-office", name=name)])
    if main.endswith(".bin"):
        raise InvalidDocument([diagnostic("compare-binary-workbook", name=name)])
    data = parts.bytes(main)
    root = "" if b"<!DOCTYPE" in data[:4096] else _root(data)
    kind = {"document": "word", "workbook": "excel"}.get(root)
    if kind is None:
        parts.xml(main)  # a damaged or forbidden part has its own message
        raise InvalidDocument([diagnostic("compare-not-office", name=name)])
    return parts, main, kind


def _root(data: bytes) -> str:
    """The root element's name, read without parsing the rest."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        parser.feed(data[:65536])
        for _, element in parser.read_events():
            if isinstance(element, etree._Element):
                return local(element)
    except etree.XMLSyntaxError:
        pass
    return ""
