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

MAX_ENTRIES = 1000
MAX_FILE = 64 << 20  # bytes of one file, unpacked
MAX_TOTAL = 256 << 20  # bytes of all files, unpacked
MAX_RATIO = 1000  # unpacked to packed, of files over 1 MiB
_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
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
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InvalidDocument([_finding("distribution-not-package", name)]) from None
    found = _entry_faults(entries, name)
    if found:
        raise InvalidDocument(found)
    files: dict[str, bytes] = {}
    for entry in entries:
        if not entry.is_dir():
            files[entry.filename] = _unpacked(archive, entry, name)
    return files


def _finding(code: str, name: str, **arguments: Any) -> Diagnostic:
    return diagnostic(code, Location(file=name or None), name=name, **arguments)


def _entry_faults(entries: list[zipfile.ZipInfo], name: str) -> list[Diagnostic]:
    """What forbids to unpack, before anything is."""
    found: list[Diagnostic] = []
    if len(entries) > MAX_ENTRIES:
        reason = Text(f"{len(entries)} 个条目，最多 {MAX_ENTRIES} 个", f"{len(entries)} entries, at most {MAX_ENTRIES}")
        return [_finding("distribution-too-large", name, reason=reason)]
    seen: dict[str, str] = {}
    total = 0
    for entry in entries:
        part = entry.orig_filename
        if reason := name_fault(part):
            found.append(_finding("distribution-bad-name", name, part=part, reason=reason))
            continue
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
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
            reason = Text(f"“{part}”展开后过大", f"“{part}” unpacks to too much")
            return [*found, _finding("distribution-too-large", name, reason=reason)]
    return found


def name_fault(part: str) -> Text | None:
    """Why an entry's name is not allowed in a package; None where it is."""
    if "\\" in part or part.startswith("/") or (len(part) > 1 and part[1] == ":"):
        return Text("绝对路径", "an absolute path")
    path = PurePosixPath(part)
    if ".." in path.parts or "." in part.split("/"):
        return Text("指向上级文件夹", "it leads to a folder above")
    if any(character in _FORBIDDEN or not character.isprintable() for character in part):
        return Text("含有文件名里不能用的字符", "it holds characters that no file name may have")
    for step in path.parts:
        if step.endswith((".", " ")) or step.startswith((".", " ")) or step.partition(".")[0].lower() in _RESERVED:
            return Text("有的系统不能用这个名字", "not every system can have it")
    if len(part.encode()) > 200 or not path.parts:
        return Text("名称为空或过长", "it is empty or too long")
    if unicodedata.normalize("NFC", part) != part:
        return Text("字符形式不统一（应为 NFC）", "its characters are not in form NFC")
    return None


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """An entry's content, never more than the entry says that it has."""
    size = entry.file_size
    if size > 1 << 20 and size > MAX_RATIO * max(entry.compress_size, 1):
        reason = Text(f"“{entry.filename}”的压缩比异常", f"“{entry.filename}” is compressed beyond measure")
        raise InvalidDocument([_finding("distribution-too-large", name, reason=reason)])
    try:
        with archive.open(entry) as stream:
            content = stream.read(size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise InvalidDocument([_finding("distribution-damaged", name, part=entry.filename)]) from None
    if len(content) != size:
        raise InvalidDocument([_finding("distribution-damaged", name, part=entry.filename)])
    return content
