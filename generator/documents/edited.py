"""Whether a document on the disk holds work that would be lost if it were written anew."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

from generator.diagnostics import Invalid
from generator.documents.stamp import read_stamp
from generator.ooxml.limits import limits
from generator.ooxml.package import beside


def is_foreign(path: Path, content: bytes) -> bool:
    """Whether the file at a path is something else than this program wrote: edited since, or made by another.

    Args:
        path: where a document is to go.
        content: the document; a file that is the same already is not foreign.

    A document that a program saved again without changing its words is not edited (`wording_digest`).
    """
    try:
        if not path.is_file() or _holds(path, content):
            return False
    except OSError:
        return False  # writing will say why
    try:
        stamped = read_stamp(str(path))
    except Invalid:
        return True
    return stamped is None or not stamped.unchanged


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file holds just this; one of another size is not read."""
    return path.stat().st_size == len(content) and path.read_bytes() == content


def holds_other_work(path: str, content: bytes) -> bool:
    """Whether what has a result's name is no earlier result: a file of another kind, of another program, or saved by one since.

    A package is known by its folders and by how it is zipped, which an office program that saves it does not keep; a text by how it
    begins, up to its first key or column.

    Args:
        path: where a result is to go that is made anew whenever its sources change, and bears no stamp.
        content: the result; a file that is the same already, is empty or cut short holds nobody's work.
    """
    if not os.path.isfile(path) or os.path.islink(path):  # noqa: PTH113, PTH114  a path forgets a stroke at the end
        return False  # a link is replaced, what it leads to stays
    if is_broken(Path(path)):
        return False
    try:
        if os.path.getsize(path) > limits().package:  # noqa: PTH202  a path forgets a stroke at the end
            return True  # no result is as large
        there = Path(path).read_bytes()
    except OSError:
        return False  # writing will say why
    return there != content and _looks(there) != _looks(content)


def _looks(content: bytes) -> object:
    """What tells results of one kind from all else."""
    if not content.startswith(b"PK"):
        return re.split(rb"[:,>]", b"".join(content[:200].split()), maxsplit=1)[0]
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        return None
    folders = {entry.filename.partition("/")[0] for entry in entries} & {"word", "xl", "MANIFEST.json"}
    return folders, {(entry.create_system, entry.create_version, entry.date_time) for entry in entries}


def is_broken(path: Path) -> bool:
    """Whether a document that this program wrote is cut short or empty, as a break of power leaves it: it holds nobody's work."""
    try:
        content = beside(path)
    except OSError:  # writing will say why; what is larger than any document is none
        return False
    return not content.strip(b"\0") or (content.startswith(b"PK") and not zipfile.is_zipfile(path))
