"""A package with what has been changed so far laid over it: what is read is what will be written."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterable, Mapping

from lxml import etree

from generator.ooxml.deflater import Deflated
from generator.ooxml.package import CONTENT_TYPES, Package, parse_xml, part_bytes
from generator.ooxml.relationships import TYPES, relationships_member, with_relationships
from generator.ooxml.zip_written import build


class Overlay:
    """A package and its changes; belongs to one render.

    A member that is given deflated stays so, and is inflated only where somebody reads it.
    """

    def __init__(self, package: Package, changes: Mapping[str, bytes | Deflated | None] | None = None):
        self.package = package
        self.name = package.name
        self._changes: dict[str, bytes | Deflated | None] = dict(changes or {})

    def __contains__(self, member: str) -> bool:
        """Whether the package as it will be written holds the member."""
        return self._changes[member] is not None if member in self._changes else member in self.package

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return bool(self._changes)

    def members(self) -> list[str]:
        """Every member that the package holds or held, those that were added last."""
        return list(dict.fromkeys((*self.package.members, *self._changes)))

    def changed(self, member: str) -> bool:
        """Whether a member is changed, added or left out."""
        return member in self._changes

    def read(self, member: str) -> bytes:
        """A member's content as it will be written.

        Raises:
            KeyError: there is none, or it is left out.
        """
        if member not in self._changes:
            return self.package.read(member)
        content = self._changes[member]
        if content is None:
            raise KeyError(member)
        if isinstance(content, bytes):
            return content
        return zlib.decompress(content.data, -zlib.MAX_WBITS) if content.method else content.data

    def xml(self, member: str) -> etree._Element:
        """A member as it will be written, parsed as XML (see `parse_xml`)."""
        return parse_xml(self.read(member), self.package.name, member)

    def write(self, member: str, content: bytes | Deflated) -> None:
        """Replace a member, or add it."""
        self._changes[member] = content

    def write_xml(self, member: str, root: etree._Element) -> None:
        """Replace a part by a tree, or add it."""
        self._changes[member] = part_bytes(root)

    def write_all(self, contents: Mapping[str, bytes | Deflated | None]) -> None:
        """Replace, add or, with None, leave out several members."""
        self._changes.update(contents)

    def leave_out(self, member: str) -> None:
        """Let the package be written without a member."""
        self._changes[member] = None

    def relate(self, part: str, links: Iterable[tuple[str, str, str, bool]]) -> None:
        """Give a part more relationships (see `with_relationships`)."""
        member = relationships_member(part)
        self.write(member, with_relationships(self.read(member) if member in self else None, part, links))

    def relate_alike(self, part: str, identifier: str, target: str) -> str:
        """Give a part one more relationship like another of its own, to a copy of what that leads to; its identifier."""
        member = relationships_member(part)
        root = self.xml(member)
        entry = next(child for child in root if child.get("Id") == identifier)
        taken, number = {child.get("Id") for child in root}, 1
        while f"{identifier}_{number}" in taken:
            number += 1
        new = etree.SubElement(root, entry.tag, {str(name): str(value) for name, value in entry.attrib.items()})
        new.set("Id", f"{identifier}_{number}")
        new.set("Target", posixpath.relpath(target, posixpath.dirname(part)))
        self.write_xml(member, root)
        return f"{identifier}_{number}"

    def declare(self, *parts: tuple[str, str]) -> None:
        """State the content types of parts that were added: each part's name and type."""
        types = self.xml(CONTENT_TYPES)
        for part, content_type in parts:
            etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        self.write_xml(CONTENT_TYPES, types)

    def size(self) -> int:
        """Bytes of all members as they will be written, inflated."""
        written = {**self.package.members, **self._changes}.values()
        return sum(len(one) if isinstance(one, bytes) else one.size for one in written if one is not None)

    def build(self) -> bytes:
        """The package as it now is (see `generator.ooxml.zip_written.build`).

        Raises:
            Failure: it would pass 4 GiB.
        """
        return build(self.package, self._changes)
