"""Pictures as values of a context: what the picture is and how large it prints; each engine places it its own way."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.package import Source, read_bytes

_EMU = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700}  # English metric units, ECMA-376 part 1 §20.1.2.1
_ORIENTATION = 0x0112  # the Exif tag
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*", re.IGNORECASE)


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
    """

    content: bytes
    width: int
    height: int
    name: str
    description: str
    url: str | None
    extension: str
    content_type: str


def image(
    source: Source,
    width: int | str | None = None,
    height: int | str | None = None,
    *,
    description: str = "",
    url: str | None = None,
) -> Image:
    """A picture as a value of a context: PNG, JPEG, GIF, BMP or TIFF.

    Args:
        source: path, bytes or binary file.
        width: a length in EMU, as `docx.shared.Mm(30)` is, or a text such as `30mm`, `3cm`, `1.2in`, `85pt`. With one of
            width and height the picture keeps its proportions; with neither it has its own size.
        height: the same.
        description: alternative text, for those who cannot see the picture.
        url: makes the picture a link.

    Raises:
        Failure: there is no such file.
        InvalidTemplate: it is no picture that Word reads, or a size is no length.
    """
    name, content = read_bytes(source)
    content = _upright(content)
    found = _header(content)
    if found is None:
        raise InvalidTemplate([diagnostic("image-unreadable", name=name or "(bytes)")])
    extension, content_type, own_width, own_height = found
    cx, cy = _emu(width), _emu(height)
    if cx is None and cy is None:
        cx, cy = own_width, own_height
    elif cx is None:
        assert cy is not None
        cx = round(own_width * cy / own_height)
    elif cy is None:
        cy = round(own_height * cx / own_width)
    return Image(content, cx, cy, Path(name).name or f"picture.{extension}", description, url, extension, content_type)


@lru_cache(maxsize=256)
def _header(content: bytes) -> tuple[str, str, int, int] | None:
    """Extension, MIME type, width and height in EMU of a picture; None where it is none."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image as Picture

    try:
        picture = Picture.from_blob(content)
        size = int(picture.width), int(picture.height)
    except (UnrecognizedImageError, UnexpectedEndOfFileError, InvalidImageStreamError):
        return _other_jpeg(content)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error):  # a picture cut short
        return _other_jpeg(content)
    return (picture.ext, picture.content_type, *size) if min(size) > 0 else None


def _other_jpeg(content: bytes) -> tuple[str, str, int, int] | None:
    """The same of a JPEG that python-docx does not know: one without JFIF or Exif marker, as of CMYK pictures."""
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            dpi = picture.info.get("dpi", (72, 72))
            width, height = (
                round(length * _EMU["in"] / (density or 72)) for length, density in zip(picture.size, dpi, strict=True)
            )
    except (OSError, ValueError, SyntaxError):
        return None
    return ("jpg", "image/jpeg", width, height) if min(width, height) > 0 else None


@lru_cache(maxsize=256)
def _upright(content: bytes) -> bytes:
    """A JPEG as it is to be seen: a camera that was held upright writes that into Exif, which Word does not read."""
    if not content.startswith(b"\xff\xd8\xff") or b"Exif\0\0" not in content[:65_600]:
        return content
    import PIL.Image
    import PIL.ImageOps

    try:
        with PIL.Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            if picture.getexif().get(_ORIENTATION, 1) not in range(2, 9):
                return content
            turned = PIL.ImageOps.exif_transpose(picture)
            stream = io.BytesIO()
            kept = {key: picture.info[key] for key in ("dpi", "icc_profile") if picture.info.get(key)}
            turned.save(stream, "JPEG", quality=95, **kept)
    except (OSError, ValueError, SyntaxError):
        return content
    return stream.getvalue()


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
