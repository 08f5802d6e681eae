"""What a standard consists of, and the digest that tells it from every other, edited ones included."""

from __future__ import annotations

import hashlib
from pathlib import Path
from weakref import WeakKeyDictionary

from generator.ooxml.package import read_bytes
from generator.standard.model import Standard

MISSING = b"-"


def standard_reference(standard: Standard) -> str:
    """Its id and version as data files name them: `shifeng-2020@1.0.0`."""
    return f"{standard.id}@{standard.version}"


def standard_files(standard: Standard) -> dict[str, Path]:
    """The files that it consists of (itself, what it includes, its templates) by their place in a library.

    A file that stands outside the standard's own library (a shared one that another library has) gets the place that it
    has in a library of its own.
    """
    found: dict[str, Path] = {}
    for path in standard.files:
        found.setdefault(_place(path, standard.library, "standards"), path)
    for template in standard.templates:
        found.setdefault(template.replace("\\", "/"), standard.library / template)
    return dict(sorted(found.items()))


def _place(path: Path, library: Path, folder: str) -> str:
    try:
        inside = path.resolve().relative_to(library.resolve())
    except ValueError:
        return f"{folder}/{path.name}"
    return inside.as_posix() if len(inside.parts) > 1 else f"{folder}/{path.name}"


def standard_digest(standard: Standard) -> str:
    """SHA-256, in hexadecimal, over the names and contents of its files: `standards/x.yaml`, `docx/x.docx`, …"""
    found = _FILES.get(standard)
    if found is None:
        found = _FILES[standard] = standard_files(standard)
    stamps = tuple(_stamp(path) for path in found.values())
    known = _DIGESTS.get(standard)
    if known is None or known[0] != stamps:
        contents = {name: read_bytes(path)[1] if path.is_file() else None for name, path in found.items()}
        known = _DIGESTS[standard] = stamps, digest_of(contents)
    return known[1]


# a batch asks for the digest of one standard twice a file
_FILES: WeakKeyDictionary[Standard, dict[str, Path]] = WeakKeyDictionary()
_DIGESTS: WeakKeyDictionary[Standard, tuple[tuple[tuple[int, int, int] | None, ...], str]] = WeakKeyDictionary()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What tells whether a file has changed: its time, its size, which file it is; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def digest_of(contents: dict[str, bytes | None]) -> str:
    """The digest of files by name; None is a file that is missing."""
    whole = hashlib.sha256()
    for name, content in sorted(contents.items()):
        whole.update(name.encode() + b"\0")
        whole.update(MISSING if content is None else hashlib.sha256(content).digest())
        whole.update(b"\n")
    return whole.hexdigest()
