"""Replacing pictures, media, embedded files and members of a template: arguments of `render`, named as in docxtpl."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from generator.diagnostics import Diagnostic, InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass, field
from generator.ooxml.package import Package, Source, parse_xml, part_bytes, read_bytes
from generator.ooxml.relationships import related_parts, relationships
from generator.ooxml.wordprocessing import PIC, WP, A, R
from generator.template.image import held

_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"


@dataclass(frozen=True)
class Replacements:
    """What one rendering puts in the place of members.

    Args:
        pictures: name, title or alternative text of a picture in the template -> the new picture.
        media: content of a picture of the template -> the new one.
        embedded: content of an embedded file of the template -> the new one.
        members: member of the package (`word/embeddings/表1.xlsx`) -> its new content.
        missing_pictures: whether a picture that the template does not have is let pass.
    """

    pictures: Mapping[str, Source] = field(default_factory=dict)
    media: Mapping[Any, Source] = field(default_factory=dict)
    embedded: Mapping[Any, Source] = field(default_factory=dict)
    members: Mapping[str, Source] = field(default_factory=dict)
    missing_pictures: bool = False

    def __bool__(self) -> bool:
        return bool(self.pictures or self.media or self.embedded or self.members)


def replaced(
    package: Package, main: str, wanted: Replacements
) -> tuple[dict[str, bytes], dict[str, str], dict[str, set[str]]]:
    """New content by member, content types of pictures whose format changed, and the vector twins of replaced pictures by
    the part that shows them.

    Args:
        package: the template.
        main: its main document.
        wanted: what to replace.

    Raises:
        Failure: a file to put in is not there.
        InvalidTemplate: the template has no such picture, media, embedded file or member; all of them are named.
    """
    made: dict[str, bytes] = {}
    types: dict[str, str] = {}
    missing: list[Diagnostic] = []
    twins = _replace_pictures(package, main, wanted, made, missing)
    for folder, wishes in (("word/media/", wanted.media), ("word/embeddings/", wanted.embedded)):
        _replace_content(package, folder, wishes, made, missing)
    for member, source in wanted.members.items():
        if member not in package:
            missing.append(diagnostic("member-not-found", name=member))
        else:
            made[member] = read_bytes(source)[1]
    if missing:
        raise InvalidTemplate(missing)
    from generator.template.picture_bytes import FORMATS, format_of

    for member, content in made.items():
        kind = format_of(content)
        if kind in FORMATS and member.startswith("word/media/") and format_of(package.read(member)) != kind:
            types[member] = FORMATS[kind][1]
    return made, types, twins


def _replace_pictures(
    package: Package, main: str, wanted: Replacements, made: dict[str, bytes], missing: list[Diagnostic]
) -> dict[str, set[str]]:
    """Put in pictures by their names; the vector twins of those that they replace, by the part that shows them."""
    twins: dict[str, set[str]] = {}
    found = _pictures(package, main) if wanted.pictures else {}
    for name, source in wanted.pictures.items():
        for member, part, twin in found.get(name, ()):
            made[member] = held(source)
            if twin:
                twins.setdefault(part, set()).add(twin)
        if name not in found and not wanted.missing_pictures:
            missing.append(diagnostic("picture-not-found", name=name, known="、".join(sorted(found)) or "—"))
    return twins


def _replace_content(
    package: Package, folder: str, wishes: Mapping[Source, Source], made: dict[str, bytes], missing: list[Diagnostic]
) -> None:
    """Put files in the place of those members of a folder that hold the same as others."""
    if not wishes:
        return
    by_content = {
        (stored.crc, stored.size): name for name, stored in package.members.items() if name.startswith(folder)
    }
    for old, new in wishes.items():
        name, content = read_bytes(old)
        member = by_content.get((zlib.crc32(content), len(content)))
        if member is None:
            missing.append(diagnostic("replacement-not-found", name=name or "(bytes)", folder=folder))
        else:
            made[member] = held(new) if folder == "word/media/" else read_bytes(new)[1]


def without_vector_twins(content: bytes, identities: set[str]) -> bytes:
    """A part whose pictures no longer have an SVG twin, which Word would show instead of the new picture.

    Args:
        content: of the part.
        identities: of the relationships of the twins.
    """
    root = parse_xml(content)
    for twin in list(root.iter(_SVG)):
        if twin.get(f"{R}embed") not in identities:
            continue
        extension = twin.getparent()
        listed = None if extension is None else extension.getparent()
        if extension is None or listed is None:
            continue
        listed.remove(extension)
        holder = listed.getparent()
        if holder is not None and not len(listed):
            holder.remove(listed)
    return part_bytes(root)


def _pictures(package: Package, main: str) -> dict[str, list[tuple[str, str, str]]]:
    """Names, titles and alternative texts of the pictures of body, headers and footers; of each its member, the part that
    shows it, and the relationship of its SVG twin."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for part in (main, *related_parts(package, main, "header", "footer")):
        links = relationships(package, part)
        for picture in package.xml(part).iter(f"{PIC}pic"):
            blip = picture.find(f"{PIC}blipFill/{A}blip")
            link = links.get("" if blip is None else blip.get(f"{R}embed", ""))
            if link is None or link.external:
                continue
            twin = None if blip is None else next(blip.iter(_SVG), None)
            shown = (link.target, part, "" if twin is None else twin.get(f"{R}embed", ""))
            for name in _names(picture):
                members = found.setdefault(name, [])
                if shown not in members:
                    members.append(shown)
    return found


def _names(picture: etree._Element) -> Iterator[str]:
    frame = next(picture.iterancestors(f"{WP}inline", f"{WP}anchor"), None)
    around = [] if frame is None else frame.findall(f"{WP}docPr")  # where Word writes the alternative text
    for properties in (*picture.iterfind(f"{PIC}nvPicPr/{PIC}cNvPr"), *around):
        for key in ("name", "title", "descr"):
            if value := properties.get(key):
                yield value
