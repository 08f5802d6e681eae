"""Whether a package is what it says: its layout as a zip, and every part inflated and parsed once.

Two readers of one zip must not see two documents, so headers say the same twice, entries follow one another without gaps and
nothing stands before, between or behind them (PKWARE APPNOTE 4.3). Parts that nothing touches are carried into the output:
they are looked at as much as the others.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from typing import Any

from generator.kept.lazy_patterns import lazy
from generator.ooxml.limits import limits

LOCAL = struct.Struct("<4s5H3L2H")  # the header of a member
_END = b"PK\5\6"
_END_SIZE = 22
_ZIP64_END = 76  # bytes of the zip64 end record and its locator
_STREAMED = 0x8  # sizes stand behind the data
_UTF8 = 0x800
_HIDDEN = 0x1 | 0x20 | 0x40 | 0x2000  # encrypted, a patch, strongly encrypted, with masked headers
_UNICODE_PATH = 0x7075
_EMPTY = 2  # bytes of nothing, deflated
_DESCRIPTORS = (0, 12, 16, 20, 24)  # bytes of what stands behind streamed data
_IN_ZIP64 = 0xFFFFFFFF
MAX_ATTRIBUTES = 5_000  # of one element
_LONG = lazy(rb"<[^<]{32768,}")
_ATTRIBUTE = lazy(rb"""=\s*["']""")
_XML = (".xml", ".rels")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # of UTF-8 and UTF-16
_BEGINS_OTHERWISE = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<", b"\x4c\x6f\xa7\x94")  # UTF-32, EBCDIC
_DECLARED = lazy(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)""")
_UTF8_NAMES = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii"))


def layout_fault(data: bytes, entries: Sequence[zipfile.ZipInfo], directory: int) -> str | None:
    """What is wrong with a zip's layout: a name, or words; None if it is sound.

    Args:
        data: the file.
        entries: as its central directory lists them.
        directory: where that begins.
    """
    end = data.rfind(_END)
    if end < 0 or end + _END_SIZE > len(data):
        return "end"
    disk, first_disk, here, count, size, offset, comment = struct.unpack_from("<4H2LH", data, end + 4)
    if (disk or first_disk or here != count) and offset != _IN_ZIP64:
        return "on several disks"
    if end + _END_SIZE + comment != len(data):
        return "data after the end"
    if offset != _IN_ZIP64 and (offset != directory or end - (offset + size) not in (0, _ZIP64_END)):
        return "central directory"
    if count not in (len(entries), _IN_ZIP64 & 0xFFFF):
        return f"{count} entries"
    position = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        start = entry.header_offset
        gap = start - position
        if gap:
            return f"{entry.filename}: {'overlaps' if gap < 0 else 'garbage before it'}"
        if start + LOCAL.size > directory or data[start : start + 4] != b"PK\3\4":
            return entry.filename
        found = _local_fault(data, entry)
        if found:
            return f"{entry.filename}: {found}"
        _, _, _, _, _, _, _, _, _, name, extra = LOCAL.unpack_from(data, start)
        position = start + LOCAL.size + name + extra + entry.compress_size
        if entry.flag_bits & _STREAMED:
            position += _descriptor(data, position, directory)
    return None if position == directory else "garbage before the central directory"


def _local_fault(data: bytes, entry: zipfile.ZipInfo) -> str | None:
    """Where a local header says something else than the central directory."""
    start = entry.header_offset
    _, _, flags, method, _, _, crc, packed, size, name, _ = LOCAL.unpack_from(data, start)
    raw = data[start + LOCAL.size : start + LOCAL.size + name]
    try:
        local = raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        return "name"
    if (flags | entry.flag_bits) & _HIDDEN or entry.volume:
        return "encrypted or on another disk"
    if entry.filename.endswith("/") and (entry.file_size or entry.compress_size > _EMPTY):
        return "a folder with content"
    if other := _other_name(entry):
        return f"also named {other}"
    if local != entry.orig_filename:
        return f"also named {local}"
    if method != entry.compress_type:
        return "compression"
    if flags & _STREAMED:
        return None
    if crc != entry.CRC or packed not in (entry.compress_size, _IN_ZIP64) or size not in (entry.file_size, _IN_ZIP64):
        return "sizes"
    return None


def _other_name(entry: zipfile.ZipInfo) -> str:
    """Another name in the entry's extra fields, which some readers take instead (APPNOTE 4.6.9); "" where it has none."""
    position, extra = 0, entry.extra
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        if kind == _UNICODE_PATH:
            name = extra[position + 9 : position + 4 + size].decode("utf-8", "replace")
            return "" if name == entry.filename else name or "?"
        position += 4 + size
    return ""


def _descriptor(data: bytes, position: int, directory: int) -> int:
    """How many bytes describe streamed data behind it: what stands before the next header."""
    for length in _DESCRIPTORS:
        following = position + length
        if following == directory or data[following : following + 4] == b"PK\3\4":
            return length
    return 0


class _Nothing:
    """A target that keeps nothing: the parser only looks."""

    def __init__(self) -> None:
        self.doctype_seen = False

    def doctype(self, *_: object) -> None:
        self.doctype_seen = True

    def close(self) -> None:
        return None


def xml_fault(data: bytes) -> str | None:
    """Why a part is no XML that may be read; None if it is sound.

    The parser's words, "doctype", "encoding", "elements" or "attributes".
    """
    from lxml import etree  # checking a text file reads no XML

    written = encoding_of(data)
    if written not in ("utf-8", "utf-16"):
        return "encoding"
    if data.count(b"<") > 2 * limits().elements:
        return "elements"
    if _crowded(data if written == "utf-8" else data.replace(b"\0", b"")):
        return "attributes"
    target = _Nothing()
    wanted: Any = target  # lxml calls what a target has, and needs none of it
    parser = etree.XMLParser(target=wanted, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        return "doctype" if target.doctype_seen else fault.msg
    except (ValueError, LookupError) as fault:  # an encoding that there is none of
        return str(fault)
    if target.doctype_seen:
        return "doctype"
    # faults of namespaces do not stop a parser with a target, but every other, ours and Word's
    return next((entry.message for entry in parser.error_log.filter_from_errors()), None)


def encoding_of(data: bytes) -> str:
    """What XML is written in: "utf-8", "utf-16", or something else that no part may be in (ECMA-376 part 2 §8.1.4).

    Scans of bytes would not see in the others what a parser sees, nor one parser what another does. "" where the first bytes say
    something else than the declaration.
    """
    head = data[:512]
    wide = head.startswith(_MARKS[1:]) or b"\0" in head[:4]
    plain = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    match = _DECLARED.match(plain)
    said = match[1].lower() if match else b""
    if head.startswith(_BEGINS_OTHERWISE):
        return "utf-32 or ebcdic"
    if plain.startswith(b"<?xml") and b"?>" not in plain:
        return ""  # longer than any that a program writes
    if said in _UTF8_NAMES or not said:
        return "utf-16" if wide else "utf-8"
    if said.startswith(b"utf-16"):
        return "utf-16" if wide else ""
    return said.decode("ascii", "replace")


def _crowded(data: bytes) -> bool:
    """Whether an element has so many attributes that readers take the square of their number."""
    return any(len(_ATTRIBUTE.findall(match[0])) > MAX_ATTRIBUTES for match in _LONG.finditer(data))


def is_xml(name: str) -> bool:
    """Whether a member must be XML (drawings in VML need not be: Excel writes some that are not)."""
    return name.lower().endswith(_XML)
