"""The stamp of a document: from which standard and data it was made, as custom properties that any office program shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from generator.documents.wording_digest import wording_digest
from generator.kept.light_classes import dataclass, field_names
from generator.ooxml.deflater import Deflated, deflate
from generator.ooxml.escaping import escape
from generator.ooxml.package import CONTENT_TYPES, Package, open_package, parse_xml, part_bytes
from generator.ooxml.relationships import (
    TYPES,
    Readable,
    related_part,
    relationships,
    relationships_member,
    with_relationships,
)
from generator.ooxml.stated_numbers import digits

PREFIX = "generator."
_MEMBER = "docProps/custom.xml"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_C = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_HERE = "\ue000"  # where a value of the stamp stands; those of the template stand before
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that a user defines ([MS-OLEPS] 2.18.1.2)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document was made from.

    Args:
        standard: `shifeng-2020@1.0.0`.
        standard_digest, data_digest: SHA-256 in hexadecimal (`standard_digest`, `data_digest`).
        engine: the program's version.
        template: the document's template, relative to the library.
        text_digest: SHA-256 of what the document says (`wording_digest`); "" until it is written.
    """

    standard: str
    standard_digest: str
    data_digest: str
    engine: str
    template: str
    text_digest: str = ""


def stamp_changes(package: Readable, stamp: Stamp) -> dict[str, bytes | Deflated]:
    """The members that a document gets with its stamp: custom properties, and what leads to them."""
    said = {**{name: getattr(stamp, name) for name in field_names(stamp)}, "text_digest": wording_digest(package)}
    values = {PREFIX + name.replace("_", "-"): value for name, value in said.items()}
    member = related_part(package, "", "custom-properties")
    if member:
        return {member: _with_properties(package.read(member), values)}
    links = relationships_member("")
    taken = relationships(package, "")
    identity = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    return {
        CONTENT_TYPES: _typed(package.read(CONTENT_TYPES)),
        links: _linked(package.read(links), identity),
        _MEMBER: deflate(_with_properties(f'<Properties xmlns="{_C}" xmlns:vt="{_VT}"/>'.encode(), values)),
    }


@lru_cache(maxsize=16)  # documents of one template have the same
def _typed(content_types: bytes) -> Deflated:
    root = parse_xml(content_types, part=CONTENT_TYPES)
    etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{_MEMBER}", ContentType=_CONTENT)
    return deflate(part_bytes(root))


@lru_cache(maxsize=16)
def _linked(known: bytes, identity: str) -> Deflated:
    return deflate(with_relationships(known, "", [(identity, _TYPE, _MEMBER, False)]))


def _with_properties(content: bytes, values: Mapping[str, str]) -> bytes:
    begun, *between = _frame(content, tuple(values))
    written = begun
    for value, following in zip(values.values(), between, strict=True):
        written += _character_data(value) + following
    return written


def _character_data(text: str) -> bytes:
    if text.isprintable():
        return escape(text).encode()
    element = etree.Element("text")
    element.text = text  # refuses what XML cannot hold
    return etree.tostring(element, encoding="UTF-8")[len("<text>") : -len("</text>")]


@lru_cache(maxsize=16)  # documents of one template have the same custom properties before they are stamped
def _frame(content: bytes, names: tuple[str, ...]) -> list[bytes]:
    """Custom properties with those of the stamp behind them: what stands before, between and behind their values."""
    root = parse_xml(content, part=_MEMBER)
    for element in [*root]:
        if str(element.get("name", "")).startswith(PREFIX):
            root.remove(element)
    number = max([1, *(digits(element.get("pid")) or 1 for element in root)])
    for name in names:
        number += 1
        element = etree.SubElement(root, f"{{{_C}}}property", fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(element, f"{{{_VT}}}lpwstr", nsmap={"vt": _VT}).text = _HERE
    return part_bytes(root).rsplit(_HERE.encode(), len(names))


@dataclass(frozen=True, slots=True)
class StampedDocument:
    """A document's stamp, and the digest of what the document says now."""

    stamp: Stamp
    text_digest: str

    @property
    def unchanged(self) -> bool:
        """Whether it says what it said when it was rendered."""
        return self.stamp.text_digest == self.text_digest


def read_stamp(source: str | bytes) -> StampedDocument | None:
    """The stamp of a document; None where it has none.

    Raises:
        Failure: the file is missing or cannot be read.
        InvalidDocument: it is damaged, encrypted, or no Word document and no workbook.
    """
    package = open_package(source)
    member = related_part(package, "", "custom-properties")
    found = dict(_properties(package, member)) if member else {}
    values = {name: found.get(PREFIX + name.replace("_", "-"), "") for name in field_names(Stamp)}
    if not values["standard"]:
        return None
    return StampedDocument(Stamp(**values), wording_digest(package))


def _properties(package: Package, member: str) -> Iterator[tuple[str, str]]:
    for element in package.xml(member):
        if name := element.get("name"):
            yield name, "".join(str(text) for text in element.itertext()).strip()
