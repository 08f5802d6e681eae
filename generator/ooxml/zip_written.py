"""OPC packages written deterministically.

Members that nothing changed are carried over as they are, still deflated. Dates are fixed and the order of members is
the template's, so the same input gives the same bytes. The zip format is PKWARE's APPNOTE; `zipfile` cannot write
members that are deflated already, which is why the writer is here.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import lru_cache

from generator.diagnostics import Failure
from generator.ooxml.deflater import Deflated, deflate
from generator.ooxml.package import CONTENT_TYPES, Package, open_package
from generator.ooxml.saving import file_finding
from generator.ooxml.soundness import LOCAL

_CENTRAL = struct.Struct("<4s6H3L5HL")  # its position follows
END = struct.Struct("<4s4H2LH")  # of the directory
_DATE = (1 << 5) | 1  # 1980-01-01, the first that a zip can hold


def written_anew(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """A package that openpyxl, XlsxWriter or python-docx saved, with this program's dates and deflate streams.

    Args:
        content: what the library saved.
        changes: of members by name, such as the properties without the clock's time.
    """
    package = open_package(content, own=True)
    members = {name: package.read(name) for name in package.members}
    return build(package, {**members, **{name: change(members[name]) for name, change in (changes or {}).items()}})


@lru_cache(maxsize=2048)  # a template's members are the same in all its documents
def records(name: str, method: int, crc: int, deflated: int, size: int) -> tuple[bytes, bytes, bytes]:
    """A member's local header, its entry in the directory up to its position, and its name."""
    encoded = name.encode()
    flags = 0 if name.isascii() else 0x800
    sizes = (crc, deflated, size, len(encoded), 0)
    local = LOCAL.pack(b"PK\3\4", 20, flags, method, 0, _DATE, *sizes) + encoded
    entry = _CENTRAL.pack(b"PK\1\2", 20, 20, flags, method, 0, _DATE, *sizes, 0, 0, 0, 0)
    return local, entry, encoded


def build(package: Package, changes: Mapping[str, bytes | Deflated | None]) -> bytes:
    """The package with members replaced, added (at the end, in the order given) or, with None, left out.

    Raises:
        Failure: the result would pass 4 GiB.
    """
    names = [name for name in package.members if changes.get(name, b"") is not None]
    names += [name for name, content in changes.items() if content is not None and name not in package.members]
    names.sort(key=lambda name: name != CONTENT_TYPES)  # stable: readers expect the content types first
    out: list[bytes] = []
    central: list[bytes] = []
    position = 0
    for name in names:
        content = changes.get(name)
        member = package.members[name] if content is None else content
        if isinstance(member, bytes):
            member = deflate(member)
        if position + len(member.data) > 0xFFFFFFFF or member.size > 0xFFFFFFFF:
            raise Failure([file_finding("output-too-large", package.name)])
        header, entry, encoded = (records if content is None else records.__wrapped__)(
            name, member.method, member.crc, len(member.data), member.size
        )
        central += (entry, position.to_bytes(4, "little"), encoded)
        out += (header, member.data)
        position += len(header) + len(member.data)
    directory = b"".join(central)
    end = END.pack(b"PK\5\6", 0, 0, len(names), len(names), len(directory), position, 0)
    return b"".join([*out, directory, end])
