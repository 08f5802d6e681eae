"""A picture: a file beside the data file, never outside its folder; the file itself is read with the report."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from generator.diagnostics.wording import value_words as words
from generator.formula import Type
from generator.standard.kinds.kind import BadValue, Kind

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg", ".emf", ".wmf")


def _read(text: str) -> str:
    """The path of a picture, with `/`, below the data file's folder."""
    path = text.strip().replace("\\", "/")
    outside = PurePosixPath(path).is_absolute() or PureWindowsPath(text.strip()).drive or ".." in path.split("/")
    if outside or "\0" in path:
        raise BadValue("value-image-outside", text=text.strip()[:80])
    if not path.lower().endswith(SUFFIXES):
        raise BadValue("value-not-image", text=text.strip()[:80])
    return path


IMAGE_KIND = Kind(
    "image",
    lambda field: words.IMAGE,
    lambda field: Type("image"),
    lambda field: _read,
    lambda field: {"type": ["string", "null"]},
    lambda field: str,
    file=True,
)
