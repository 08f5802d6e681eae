"""Pictures as values of a context: what the picture is and how large it prints; each engine places it its own way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field, replace
from generator.ooxml.package import Source, read_bytes

if TYPE_CHECKING:
    from generator.template.picture_bytes import PictureBytes  # read with the first picture

_EMU = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700}  # English metric units, ECMA-376 part 1 §20.1.2.1
_LENGTH = lazy(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Image:
    """A picture that a template prints; it holds its content and size, nothing of a template.

    Args:
        content: the picture file.
        width: EMU (1 mm is 36,000).
        height: EMU.
        name: the name of the picture in the document.
        description: its alternative text.
        url: where a click on it leads.
        extension: of its member in the package.
        content_type: its MIME type.
        vector: the SVG that it was drawn from, b"" for none.
    """

    content: bytes = field(repr=False)
    width: int
    height: int
    name: str
    description: str
    url: str | None
    extension: str
    content_type: str
    vector: bytes = field(default=b"", repr=False)

    def __str__(self) -> str:
        """A picture has no words: where only text can stand, it is a fault.

        Raises:
            InvalidTemplate: always.
        """
        raise InvalidTemplate([diagnostic("object-not-here")])

    def within(self, width: int, height: int) -> Image:
        """The picture as large as a box allows, whole and in its own proportions.

        Args:
            width: of the box, EMU.
            height: the same.
        """
        if min(width, height, self.width, self.height) < 1:
            return self
        scale = min(width / self.width, height / self.height)
        return replace(self, width=max(1, round(self.width * scale)), height=max(1, round(self.height * scale)))


def image(
    source: Source,
    width: int | str | None = None,
    height: int | str | None = None,
    *,
    description: str = "",
    url: str | None = None,
    fallback: Source | None = None,
) -> Image:
    """A picture as a value of a context: PNG, JPEG, GIF, BMP, TIFF, WebP, EMF, WMF or SVG, told by its bytes.

    Args:
        source: path, bytes or binary file.
        width: a length in EMU, as `docx.shared.Mm(30)` is, or a text such as `30mm`, `3cm`, `1.2in`, `85pt`. With one of
            width and height the picture keeps its proportions; with neither it has its own size.
        height: the same.
        description: alternative text, for those who cannot see the picture.
        url: makes the picture a link.
        fallback: of an SVG: the same picture as PNG or JPEG, for programs that show no SVG; without it the PNG is drawn by
            the extra `svg`.

    Raises:
        Failure: there is no such file.
        InvalidTemplate: it is no picture that Word reads, not whole, too large, or more than a drawing; or a size is no
            length.
    """
    name, content = read_bytes(source)
    found, vector = _read(name, content, fallback)
    cx, cy = _emu(width), _emu(height)
    if (cx is None or cy is None) and min(found.width, found.height) < 1:
        raise InvalidTemplate([diagnostic("image-without-size", name=name or "(bytes)")])
    if cx is None and cy is None:
        cx, cy = found.width, found.height
    elif cx is None:
        assert cy is not None
        cx = max(1, round(found.width * cy / found.height))
    elif cy is None:
        cy = max(1, round(found.height * cx / found.width))
    own = Path(name).name or f"picture.{found.extension}"
    return Image(found.content, cx, cy, own, description, url, found.extension, found.content_type, vector)


def held(source: Source) -> bytes:
    """A picture file as Word reads it, to take the place of another.

    Raises:
        Failure: there is no such file.
        InvalidTemplate: it is an SVG or WebP that cannot be read.
    """
    from generator.template.picture_bytes import format_of

    name, content = read_bytes(source)
    return _read(name, content, None)[0].content if format_of(content) in ("SVG", "WEBP") else content


def _read(name: str, content: bytes, fallback: Source | None) -> tuple[PictureBytes, bytes]:
    """The picture that every program shows, and the SVG that it was drawn from."""
    from generator.template.picture_bytes import PictureBytes, PictureFault, format_of, read_picture

    try:
        if format_of(content) != "SVG":
            return read_picture(content), b""
        from generator.template.vector_pictures import drawn, read_svg  # few documents hold one

        vector, width, height = read_svg(content)
        if fallback is None:
            png = PictureBytes(drawn(vector, width, height), "png", "image/png", width, height)
            return png, vector
    except PictureFault as fault:
        raise fault.told(name) from None
    name, content = read_bytes(fallback)
    try:
        return replace(read_picture(content), width=width, height=height), vector
    except PictureFault as fault:
        raise fault.told(name) from None


def _emu(length: Any) -> int | None:
    if length is None:
        return None
    value: float | None = None
    if isinstance(length, str):
        if match := _LENGTH.fullmatch(length):
            value = float(match[1]) * _EMU[match[2].lower()]
    elif isinstance(length, int | float) and not isinstance(length, bool):
        value = length
    if value is None or not 0 < value < 2**31:
        raise InvalidTemplate([diagnostic("image-size", size=length)])
    return round(value)
