"""The zip of a standard package, read within limits: every name, size and entry is examined before anything is unpacked."""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

from generator.diagnostics import Diagnostic, InvalidDocument, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import package_words as words
from generator.ooxml.package import CONTENT_TYPES
from generator.ooxml.relationships import relationships_member
from generator.ooxml.saving import is_device
from generator.ooxml.soundness import layout_fault

MAX_ENTRIES = 1000
MAX_FILE = 64 << 20  # bytes of one file, unpacked
MAX_TOTAL = 256 << 20  # bytes of all files, unpacked
MAX_RATIO = 1000  # unpacked to packed, of files over 1 MiB
_OFFICE_FILE = {CONTENT_TYPES, relationships_member("")}  # every Word and Excel file has both
_FORBIDDEN = frozenset('<>:"|?*\\')


def read_archive(data: bytes, name: str) -> dict[str, bytes]:
    """The files of a package by name.

    Args:
        data: the zip.
        name: what findings call it.

    Raises:
        InvalidDocument: it is no zip, damaged, encrypted, over the limits, or an entry's name or kind is not allowed; with every
            finding about its entries.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries, directory = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InvalidDocument([_finding("distribution-not-package", name)]) from None
    if {entry.filename for entry in entries} >= _OFFICE_FILE:
        raise InvalidDocument([_finding("distribution-not-package", name)])
    if found := _entry_faults(entries, name):
        raise InvalidDocument(found)
    if fault := layout_fault(data, entries, directory):
        raise InvalidDocument([_finding("distribution-damaged", name, part=fault)])
    return {entry.filename: _unpacked(archive, entry, name) for entry in entries if not entry.is_dir()}


def _finding(code: str, name: str, **arguments: Any) -> Diagnostic:
    return diagnostic(code, Location(file=name or None), name=name, **arguments)


def _entry_faults(entries: list[zipfile.ZipInfo], name: str) -> list[Diagnostic]:
    """What forbids to unpack, before anything is."""
    found: list[Diagnostic] = []
    if len(entries) > MAX_ENTRIES:
        reason = words.TOO_MANY.filled(count=len(entries), most=MAX_ENTRIES)
        return [_finding("distribution-too-large", name, reason=reason)]
    seen: dict[str, str] = {}
    total = 0
    for entry in entries:
        part = entry.orig_filename
        if reason := name_fault(part):
            found.append(_finding("distribution-bad-name", name, part=part, reason=reason))
            continue
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (kind == stat.S_IFDIR and not entry.is_dir()):
            found.append(_finding("distribution-link", name, part=part))
        if entry.flag_bits & 1:
            found.append(_finding("distribution-encrypted", name, part=part))
        if entry.is_dir():
            continue
        folded = unicodedata.normalize("NFKC", part).casefold()
        if folded in seen:
            found.append(_finding("distribution-collision", name, part=part, other=seen[folded]))
        seen[folded] = part
        total += entry.file_size
        if entry.file_size > MAX_FILE or total > MAX_TOTAL:
            return [*found, _finding("distribution-too-large", name, reason=words.TOO_BIG.filled(part=part))]
    return found + _files_with_entries(seen, name)


def _files_with_entries(seen: dict[str, str], name: str) -> list[Diagnostic]:
    """Files that other entries take for a folder."""
    above = ((part, map(str, PurePosixPath(folded).parents)) for folded, part in seen.items())
    others = ((part, next((seen[one] for one in folders if one in seen), None)) for part, folders in above)
    return [_finding("distribution-collision", name, part=part, other=one) for part, one in others if one is not None]


def name_fault(part: str) -> Text | None:
    """Why an entry's name is not allowed in a package; None where it is."""
    if "\\" in part or part.startswith("/") or (len(part) > 1 and part[1] == ":"):
        return words.ABSOLUTE
    path = PurePosixPath(part)
    if ".." in path.parts or "." in part.split("/"):
        return words.ABOVE
    if any(character in _FORBIDDEN or not character.isprintable() for character in part):
        return words.CHARACTERS
    for step in path.parts:
        if step.endswith((".", " ")) or step.startswith((".", " ")) or is_device(step):
            return words.RESERVED
    if len(part.encode()) > 200 or not path.parts or "//" in part:
        return words.LENGTH
    if unicodedata.normalize("NFC", part) != part:
        return words.NOT_NFC
    return None


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """An entry's content, never more than the entry says that it has."""
    size = entry.file_size
    if size > 1 << 20 and size > MAX_RATIO * max(entry.compress_size, 1):
        reason = words.TOO_DENSE.filled(part=entry.filename)
        raise InvalidDocument([_finding("distribution-too-large", name, reason=reason)])
    try:
        with archive.open(entry) as stream:
            content = stream.read(size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise InvalidDocument([_finding("distribution-damaged", name, part=entry.filename)]) from None
    if len(content) != size:
        raise InvalidDocument([_finding("distribution-damaged", name, part=entry.filename)])
    return content
