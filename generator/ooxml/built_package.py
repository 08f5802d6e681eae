"""A package that this program wrote just now, taken apart again without a reader of zips: each of its headers is known."""

from __future__ import annotations

import struct
import zipfile

from generator.ooxml.deflater import Deflated
from generator.ooxml.limits import limits
from generator.ooxml.package import CONTENT_TYPES, Package, is_good_name, open_package
from generator.ooxml.zip_written import END, records

_CENTRAL = struct.Struct("<4s6H3L5HLL")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def reopened(content: bytes) -> Package:
    """The package of a document that `generator.ooxml.zip_written.build` gave; any other zip is read as a foreign one.

    Raises:
        InvalidDocument: it is no package, damaged, encrypted, or over the limits.
    """
    members = _members(content)
    return Package("", members) if members is not None else open_package(content, own=True)


def _members(content: bytes) -> dict[str, Deflated] | None:
    """The members of a package whose every byte between them is as `build` writes it; None of any other."""
    if len(content) < END.size:
        return None
    sign, _, _, _, count, size, start, comment = END.unpack_from(content, len(content) - END.size)
    bounds = limits()
    if sign != b"PK\5\6" or comment or start + size + END.size != len(content) or count > bounds.entries:
        return None
    members: dict[str, Deflated] = {}
    folded: set[str] = set()
    at, position, total = start, 0, 0
    for _ in range(count):
        if at + _CENTRAL.size > len(content):
            return None
        entry = _CENTRAL.unpack_from(content, at)
        method, crc, deflated, inflated, length = entry[4], *entry[7:11]
        raw = content[at + _CENTRAL.size : at + _CENTRAL.size + length]
        name = _name(raw)
        if name is None or method not in _METHODS or inflated > min(bounds.part, bounds.small):
            return None
        header, central, encoded = records(name, method, crc, deflated, inflated)
        behind = at + _CENTRAL.size + length
        if (
            content[at:behind] != central + position.to_bytes(4, "little") + encoded
            or content[position : position + len(header)] != header
        ):
            return None
        total += inflated
        begin = position + len(header)
        position, at = begin + deflated, behind
        members[name] = Deflated(content[begin:position], crc, inflated, method)
        folded.add(name.casefold())
    if position != start or at != start + size or len(folded) != count or CONTENT_TYPES not in members:
        return None
    return members if total <= bounds.package else None


def _name(raw: bytes) -> str | None:
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        return None
    return name if is_good_name(name) and not name.endswith("/") else None
