"""OPC packages (.docx, .xlsx), read within limits; `zip_written` writes them.

Members stay deflated, so that those which nothing changes are carried over as they are.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from generator.diagnostics import Diagnostic, Failure, InvalidDocument
from generator.diagnostics.wording import ooxml_words as words
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.deflater import Deflated
from generator.ooxml.file_endings import DATA_ENDINGS, TEXT_ENDINGS, ending_of
from generator.ooxml.limits import limits
from generator.ooxml.saving import file_finding, is_device, why, write_atomically, write_together
from generator.ooxml.soundness import LOCAL, MAX_ATTRIBUTES, is_xml, layout_fault, xml_fault

if TYPE_CHECKING:
    from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"

_MAX_PART_NAME = 1_000  # bytes
_ESCAPED = lazy(
    r"(?i)%(?:2e|2f|5c|00)"
)  # readers that undo it are led elsewhere; part names hold none (ECMA-376 part 2 §6.2.2)
_FORBIDDEN = frozenset('\\<>:"|?*')  # in names of files of Windows
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how OLE objects and documents of before 2007 begin ([MS-CFB] 2.2)

Source = str | os.PathLike[str] | bytes | BinaryIO


def _content(stored: Deflated) -> bytes | None:
    """A member's content; None if it is not what the zip says.

    Raises:
        zlib.error: it cannot be inflated.
    """
    if stored.method == zipfile.ZIP_STORED:
        data = stored.data
    else:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        data = inflate.decompress(stored.data, stored.size + 1)
        if not inflate.eof or inflate.unused_data:
            return None
    return data if len(data) == stored.size and zlib.crc32(data) == stored.crc else None


_SMALL = 1 << 14  # bytes; a template's relationships, content types and the like are asked for in every render
_small_content = lru_cache(maxsize=128)(_content)


@dataclass(frozen=True, slots=True)
class Package:
    """A zip that was read within limits; `members` keep their order and stay deflated."""

    name: str
    members: Mapping[str, Deflated]

    def read(self, member: str) -> bytes:
        """A member's content.

        Raises:
            KeyError: there is no such member.
            InvalidDocument: it is damaged.
        """
        stored = self.members[member]
        try:
            data = _small_content(stored) if stored.size <= _SMALL else _content(stored)
        except zlib.error as fault:
            raise InvalidDocument([file_finding("package-damaged", self.name, reason=f"{member}: {fault}")]) from None
        if data is None:
            raise InvalidDocument([file_finding("package-damaged", self.name, reason=member)])
        return data

    def xml(self, member: str) -> etree._Element:
        """A member parsed as XML (see `parse_xml`)."""
        return parse_xml(self.read(member), self.name, member)

    def __contains__(self, member: object) -> bool:
        return member in self.members


def read_bytes(source: Source) -> tuple[str, bytes]:
    """Name and content of a path, bytes or binary file.

    Raises:
        Failure: there is no such file, it is a folder, it cannot be read, or it has no end.
    """
    if isinstance(source, bytes):
        return "", source
    if isinstance(source, str | os.PathLike):
        try:
            with open(source, "rb") as file:  # noqa: PTH123  a path forgets the stroke of `s.yaml/`
                return str(source), _whole(file, source)
        except (FileNotFoundError, ValueError):  # a NUL in the name is a ValueError
            raise Failure([file_finding("file-missing", source)]) from None
        except OSError as fault:  # Windows: PermissionError for any folder
            if os.path.isdir(source) and os.access(source, os.R_OK):  # noqa: PTH112
                raise Failure([file_finding("file-is-folder", source, what=words.IS_FOLDER)]) from None
            reason = words.NO_ACCESS if isinstance(fault, IsADirectoryError) else why(fault)
            raise Failure([file_finding("file-unreadable", source, reason=reason)]) from None
    if isinstance(source, bytearray | memoryview):
        return "", bytes(source)
    return _stream_name(source), _streamed(source)


def _stream_name(source: Any) -> str:
    """The name of an opened file; that of a descriptor is its number, which is none."""
    name = getattr(source, "name", "")
    return name if isinstance(name, str) else ""


def _streamed(source: Any) -> bytes:
    """What an opened file still has to give, no more than a package may hold.

    Raises:
        TypeError: it gives no bytes.
        Failure: it gives more.
    """
    read = getattr(source, "read", None)
    if not callable(read):
        raise TypeError(f"a path, bytes or a binary file is wanted, not {type(source).__name__}")
    most = limits().package
    found = bytearray()
    while piece := read(1 << 20):
        if not isinstance(piece, bytes | bytearray | memoryview):
            raise TypeError(f"a file opened as binary is wanted: read() gives {type(piece).__name__}")
        found += piece
        if len(found) > most:
            reason = f"> {most / (1 << 20):.3g} MiB"
            raise Failure([file_finding("package-too-large", _stream_name(source), reason=reason)])
    return bytes(found)


def _whole(file: BinaryIO, name: str | os.PathLike[str]) -> bytes:
    """What a file holds, within the bounds of texts and packages: a sparse file of a terabyte takes a sender no byte, a device has no end."""
    status = os.fstat(file.fileno())
    regular, text = stat.S_ISREG(status.st_mode), ending_of(name) in TEXT_ENDINGS
    most = limits().data if text or not regular else limits().package
    if not (regular and status.st_size > most):
        content = file.read(most + 1)
        if len(content) <= most:
            return content
    stated = f"{most / (1 << 20):.3g}"
    if regular and text:
        size = -(-max(status.st_size, most + 1) >> 20)
        raise Failure([file_finding("source-too-large", name, size=size, limit=stated)])
    raise Failure([file_finding("package-too-large", name, reason=f"> {stated} MiB")])


def beside(path: str | os.PathLike[str]) -> bytes:
    """What a file holds that nobody named, to be looked at where it can be.

    Raises:
        OSError: it cannot be read, or is larger than such a file may be.
    """
    try:
        return read_bytes(path)[1]
    except Failure as fault:
        raise OSError(errno.EFBIG, fault.diagnostics[0].message, os.fspath(path)) from None


def refuse_absent(path: str | os.PathLike[str]) -> None:
    """Tell of a path that there is nothing, or a folder.

    Raises:
        Failure: it is no file.
    """
    if os.path.isdir(path):  # noqa: PTH112
        raise Failure([file_finding("file-is-folder", path, what=words.IS_FOLDER)])
    if not os.path.lexists(path):
        raise Failure([file_finding("file-missing", path)])


def named_stream(name: str, content: bytes) -> io.BytesIO:
    """The content of a file with the name that findings bear, as an opened file has it."""
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def open_package(source: Source, *, own: bool = False, called: str = "") -> Package:
    """Read a package within limits: number of entries, sizes, names; no encrypted entries; every part sound.

    Args:
        source: path, bytes or binary file.
        own: it was written by this program just now: its parts need not be looked at one by one.
        called: what findings call bytes that were read from a file.

    Raises:
        Failure: the file is missing or cannot be read.
        InvalidDocument: it is no package, damaged, encrypted, or over the limits.
    """
    name, data = read_bytes(source)
    name = name or called

    def refuse(code: str, **arguments: Any) -> InvalidDocument:
        return InvalidDocument([file_finding(code, name, **arguments)])

    if not data:
        raise refuse("file-empty")
    if data.startswith(COMPOUND):
        raise refuse("package-old-format")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries, directory = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError, IndexError, OverflowError, struct.error):
        raise refuse("package-not-zip", hint=words.DATA_FILE if ending_of(name) in DATA_ENDINGS else None) from None
    bounds = limits()
    if len(entries) > bounds.entries:
        raise refuse("package-too-large", reason=f"{len(entries)} > {bounds.entries}")
    members: dict[str, Deflated] = {}
    seen: set[str] = set()
    total = 0
    for entry in entries:
        part = entry.filename.removeprefix("/")  # as part names are written; XlsxWriter stores it for pictures in cells
        if not is_good_name(part):
            raise refuse("package-bad-name", part=part)
        if part.endswith("/"):
            continue
        same = unicodedata.normalize("NFC", part).casefold()
        if same in seen:
            raise refuse("package-bad-name", part=part)
        seen.add(same)
        total += entry.file_size
        if total > bounds.package or (total > bounds.small and total > bounds.ratio * len(data)):
            raise refuse("package-too-large", reason=part)
        members[part] = _entry(data, entry, part, refuse)
    if CONTENT_TYPES not in members:
        raise refuse("package-not-zip")
    if fault := layout_fault(data, entries, directory):
        raise refuse("package-damaged", reason=fault)
    package = Package(name, members)
    if not own:
        _check_parts(package)
    return package


def _entry(data: bytes, entry: zipfile.ZipInfo, part: str, refuse: Callable[..., InvalidDocument]) -> Deflated:
    """An entry of a package as it is stored.

    Raises:
        InvalidDocument: it is encrypted, too large, or not where the directory says.
    """
    bounds = limits()
    if entry.flag_bits & 0x1:
        raise refuse("package-encrypted", part=part)
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):  # a link, a device
        raise refuse("package-bad-name", part=part)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refuse("package-damaged", reason=f"{part}: compression {entry.compress_type}")
    inflated = entry.file_size
    if inflated > bounds.part or (inflated > bounds.small and inflated > bounds.ratio * entry.compress_size):
        raise refuse("package-too-large", reason=part)
    if entry.header_offset + 30 > len(data) or data[entry.header_offset : entry.header_offset + 4] != b"PK\3\4":
        raise refuse("package-damaged", reason=part)
    header = LOCAL.unpack_from(data, entry.header_offset)
    start = entry.header_offset + 30 + header[9] + header[10]
    raw = data[start : start + entry.compress_size]
    if len(raw) != entry.compress_size:
        raise refuse("package-damaged", reason=part)
    return Deflated(raw, entry.CRC, entry.file_size, entry.compress_type)


@lru_cache(maxsize=2048)  # documents of one template have the same
def is_good_name(part: str) -> bool:
    """Whether a member may bear a name: a path downwards, of printable characters, that no reader and no file system makes another.

    No segment ends in a dot (ECMA-376 part 2 §6.2.2); Windows takes dots and blanks from ends, and some names for devices.
    """
    return (
        all(
            step.strip() == step != "" and step[-1] != "." and not is_device(step)
            for step in part.removesuffix("/").split("/")
        )
        and _FORBIDDEN.isdisjoint(part)
        and _ESCAPED.search(part) is None
        and part.isprintable()
        and len(part.encode("utf-8", "replace")) <= _MAX_PART_NAME
    )


def _check_parts(package: Package) -> None:
    """Inflate and parse every part, also those that nothing will touch: they are carried into the output.

    Raises:
        InvalidDocument: a part is damaged, or no XML where it must be.
    """
    for part in package.members:
        data = package.read(part)
        if is_xml(part) and (fault := xml_fault(data)):
            raise InvalidDocument([_xml_finding(package.name, part, fault)])


def _xml_finding(name: str, part: str, fault: str) -> Diagnostic:
    if fault == "doctype":
        return file_finding("xml-doctype", name, part=part)
    if fault == "encoding":
        return file_finding("xml-damaged", name, part=part, reason=words.NOT_IN_UTF)
    if fault in words.TOO_MANY:
        most = limits().elements if fault == "elements" else MAX_ATTRIBUTES
        return file_finding("package-too-large", name, reason=words.TOO_MANY[fault].filled(part=part, most=most))
    return file_finding("xml-damaged", name, part=part, reason=fault)


def parse_xml(data: bytes, name: str = "", part: str = "", remarks: bool = True) -> etree._Element:
    """Parse a part: no DTD, no entities, no network, no deeper than 256 elements (libxml2's own bound).

    Args:
        data: the part's content.
        name, part: what a fault tells of.
        remarks: whether comments and processing instructions are kept.

    Raises:
        InvalidDocument: the part is not well-formed, too deep, or holds a DOCTYPE.
    """
    from lxml import etree  # checking a text file reads no XML

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=not remarks,
        remove_pis=not remarks,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise InvalidDocument([file_finding("xml-damaged", name, part=part, reason=fault.msg)]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise InvalidDocument([file_finding("xml-doctype", name, part=part)])
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def take_out(element: etree._Element) -> None:
    """Take an element, and the text behind it, out of its parent; one that has none stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def copy_of(element: etree._Element) -> etree._Element:
    """A copy of an element without what stands behind it."""
    from copy import deepcopy

    twin = deepcopy(element)
    twin.tail = None
    return twin


def part_bytes(root: etree._Element) -> bytes:
    """The content of a part that is a tree: UTF-8 with a declaration, as Office writes it."""
    from lxml import etree

    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)


__all__ = [
    "CONTENT_TYPES",
    "Package",
    "Source",
    "open_package",
    "parse_xml",
    "part_bytes",
    "read_bytes",
    "why",
    "write_atomically",
    "write_together",
]
