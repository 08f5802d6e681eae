"""Whether a document on the disk holds work that would be lost if it were written anew."""

from __future__ import annotations

import zipfile
from pathlib import Path

from generator.diagnostics import Invalid
from generator.documents.stamp import read_stamp


def is_foreign(path: Path, content: bytes) -> bool:
    """Whether the file at a path is something else than this program wrote: edited since, or made by another.

    Args:
        path: where a document is to go.
        content: the document; a file that is the same already is not foreign.

    A document that a program saved again without changing its words is not edited (`wording_digest`).
    """
    try:
        if not path.is_file() or path.read_bytes() == content:
            return False
    except OSError:
        return False  # writing will say why
    try:
        stamped = read_stamp(str(path))
    except Invalid:
        return True
    return stamped is None or not stamped.unchanged


def is_broken(path: Path) -> bool:
    """Whether a document that this program wrote is cut short or empty, as a break of power leaves it: it holds nobody's work."""
    try:
        content = path.read_bytes()
    except OSError:
        return False  # writing will say why
    return not content.strip(b"\0") or (content.startswith(b"PK") and not zipfile.is_zipfile(path))
