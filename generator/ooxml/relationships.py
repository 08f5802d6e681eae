"""Relationships between the parts of a package, and their content types (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Container, Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from lxml import etree

from generator.kept.light_classes import dataclass
from generator.ooxml.package import CONTENT_TYPES, parse_xml, part_bytes

_PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONSHIP = f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship"
_SMALL = 1 << 14  # bytes of a list that is remembered
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@lru_cache(maxsize=4096)
def relationships_member(member: str) -> str:
    """The member that lists the relationships of a part."""
    folder, name = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner_of(member: str) -> str:
    """The part whose relationships a member lists."""
    folder, _, name = member.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def resolve(member: str, target: str) -> str:
    """The member that a relationship's target names, seen from a part."""
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(member), target))


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part.

    Args:
        identifier: its id in the part.
        type: its type, a URI.
        target: the name of the member that it leads to; the link as it is written where it is external.
        external: whether it leads out of the package.
    """

    identifier: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of its type: `image`, `styles`, …"""
        return self.type.rpartition("/")[2]


class Readable(Protocol):
    """A package, or one with changes laid over it."""

    @property
    def name(self) -> str: ...
    def __contains__(self, member: str) -> bool: ...
    def read(self, member: str) -> bytes: ...
    def xml(self, member: str) -> etree._Element: ...


def relationships(package: Readable, part: str) -> dict[str, Relationship]:
    """The relationships of a part, of the package itself for "", by identifier."""
    member = relationships_member(part)
    return listed(package.read(member), part, package.name) if member in package else {}


def related(package: Readable, part: str) -> dict[str, tuple[str, str]]:
    """A part's relationships to parts that are there: identifier → (kind, part)."""
    return {
        identifier: (one.kind, one.target)
        for identifier, one in relationships(package, part).items()
        if not one.external and one.target in package
    }


def related_parts(package: Readable, part: str, *kinds: str) -> list[str]:
    """The parts that are there of these kinds of a part's relationships, each once, in the list's order."""
    links = (one for one in relationships(package, part).values() if not one.external and one.kind in kinds)
    return list(dict.fromkeys(link.target for link in links if link.target in package))


def related_part(package: Readable, part: str, kind: str) -> str:
    """The first part that a part leads to by a relationship of this kind; "" where none is there."""
    return next(iter(related_parts(package, part, kind)), "")


def related_root(package: Readable, part: str, kind: str) -> etree._Element | None:
    """The tree of the first such part; None where none is there."""
    member = related_part(package, part, kind)
    return package.xml(member) if member else None


def listed(content: bytes, part: str, package: str = "") -> dict[str, Relationship]:
    """The relationships of a part that its list holds, by identifier.

    Args:
        content: the list's.
        part: whose it is; targets are seen from there.
        package: its name, for a fault.
    """
    read = _read if len(content) <= _SMALL else _read.__wrapped__
    return {link.identifier: link for link in read(content, part, package)}


@lru_cache(maxsize=128)  # documents of one template have the same lists
def _read(content: bytes, part: str, package: str) -> tuple[Relationship, ...]:
    found = []
    for item in parse_xml(content, package, relationships_member(part)).iter(RELATIONSHIP):
        external = item.get("TargetMode") == "External"
        target = item.get("Target", "")
        to = target if external else resolve(part, target)
        found.append(Relationship(item.get("Id", ""), item.get("Type", ""), to, external))
    return tuple(found)


def main_document(package: Readable) -> str:
    """The member name of a package's main document; "" where it has none."""
    for link in relationships(package, "").values():
        if not link.external and link.kind == "officeDocument":
            return link.target
    return ""


def content_type_of(package: Readable) -> Callable[[str], str]:
    """A function that tells a member's content type."""
    root = package.xml(CONTENT_TYPES)
    defaults = {
        item.get("Extension", "").lower(): item.get("ContentType", "") for item in root.iter(f"{{{TYPES}}}Default")
    }
    overrides = {
        item.get("PartName", "").lower(): item.get("ContentType", "") for item in root.iter(f"{{{TYPES}}}Override")
    }
    return lambda name: overrides.get(f"/{name.lower()}") or defaults.get(name.rpartition(".")[2].lower(), "")


def without_entries(root: etree._Element, key: str, values: Container[str]) -> bytes:
    """A list of relationships or content types without those whose attribute `key` is one of the values."""
    for item in list(root):
        if item.get(key, "") in values:
            root.remove(item)
    return part_bytes(root)


def moved_links(package: Readable, part: str, copy: str, moved: Mapping[str, str]) -> bytes:
    """The list of relationships of a copy of a part.

    Args:
        package: that holds the part.
        part: the part.
        copy: the name of its copy.
        moved: parts that were copied too -> their copies.
    """
    root = package.xml(relationships_member(part))
    for item in root.iter(RELATIONSHIP):
        target = "" if item.get("TargetMode") == "External" else moved.get(resolve(part, item.get("Target", "")), "")
        if target:
            item.set("Target", posixpath.relpath(target, posixpath.dirname(copy)))
    return part_bytes(root)


def with_relationships(content: bytes | None, member: str, links: Iterable[tuple[str, str, str, bool]]) -> bytes:
    """A part's list of relationships with more of them; `content` None where it has none yet."""
    root = parse_xml(content or f"<Relationships xmlns='{_PACKAGE_RELATIONSHIPS}'/>".encode(), part=member)
    for identity, type_, target, external in links:
        if not external:
            target = posixpath.relpath(target, posixpath.dirname(member) or ".")
        item = etree.SubElement(
            root, f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship", Id=identity, Type=type_, Target=target
        )
        if external:
            item.set("TargetMode", "External")
    return part_bytes(root)
