"""Picture files told by their bytes, never by their names: format, size, and whether they are whole.

Sources: PNG (W3C) §5, JPEG (ITU-T T.81) annex B, WebP (RFC 9649), EMF ([MS-EMF] 2.3.4.2), WMF ([MS-WMF] 2.3.2.3).
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from generator.diagnostics import Diagnostic, InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.kept.light_classes import dataclass

EMU_PER_INCH = 914_400
MOST_PIXELS = 80_000_000  # of one picture: Word and LibreOffice hold each pixel unpacked
_ORIENTATION = 0x0112  # the Exif tag
_EMU_PER_FRAME_UNIT = 360  # an EMF's frame is measured in hundredths of a millimetre
_SIZED = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
FORMATS = {
    "PNG": ("png", "image/png"),
    "JPEG": ("jpg", "image/jpeg"),
    "GIF": ("gif", "image/gif"),
    "BMP": ("bmp", "image/bmp"),
    "TIFF": ("tiff", "image/tiff"),
    "EMF": ("emf", "image/x-emf"),
    "WMF": ("wmf", "image/x-wmf"),
}


@dataclass(frozen=True, slots=True)
class PictureBytes:
    """A picture file that a document can hold.

    Args:
        content: the file, upright and in a format that Word reads.
        extension: of its member in a package.
        content_type: its MIME type.
        width: EMU; 0 where the file does not tell.
        height: the same.
    """

    content: bytes
    extension: str
    content_type: str
    width: int
    height: int


class PictureFault(Exception):
    """What is wrong with a picture; the code of a finding and its arguments."""

    def __init__(self, code: str, **arguments: Any):
        self.code = code
        self.arguments = arguments
        super().__init__(code)

    def finding(self, name: str) -> Diagnostic:
        """The finding about a picture of that name."""
        return diagnostic(self.code, name=name or "(bytes)", **self.arguments)

    def told(self, name: str) -> InvalidTemplate:
        """The same as an error."""
        return InvalidTemplate([self.finding(name)])


def format_of(content: bytes) -> str:
    """`PNG`, `JPEG`, `GIF`, `BMP`, `TIFF`, `WEBP`, `EMF`, `WMF`, `SVG`, or "" for no picture."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    if content.startswith(b"\1\0\0\0") and content[40:44] == b" EMF":
        return "EMF"
    if content.startswith((b"\xd7\xcd\xc6\x9a", b"\1\0\t\0", b"\2\0\t\0")):
        return "WMF"
    for start, kind in _SIGNATURES:
        if content.startswith(start):
            return kind
    head = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "SVG" if head.startswith(b"<") and (b"<svg" in content[:65_536] or b":svg" in content[:65_536]) else ""


# what Pillow remarks of a foreign picture shows paths of this machine, and its reader can do nothing about it
warnings.filterwarnings("ignore", module=r"PIL\.")
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)


@lru_cache(maxsize=256)
def read_picture(content: bytes) -> PictureBytes:
    """A picture of any format but SVG, as a document holds it.

    Raises:
        PictureFault: it is none, too large, or not whole.
    """
    kind = format_of(content)
    if kind in ("EMF", "WMF"):
        width, height = _metafile_size(content) if kind == "EMF" else _windows_metafile_size(content)
        return PictureBytes(content, *FORMATS[kind], width, height)
    if kind not in (*_SIZED, "WEBP"):
        raise PictureFault("image-unreadable")
    try:
        pixels = _PIXELS[kind](content)
    except (struct.error, IndexError):
        raise PictureFault("image-cut-short") from None
    if min(pixels) < 1:
        raise PictureFault("image-unreadable")
    if pixels[0] * pixels[1] > MOST_PIXELS:
        raise PictureFault("image-too-large", width=pixels[0], height=pixels[1], most=MOST_PIXELS // 1_000_000)
    if kind == "WEBP":
        content, kind = _as_png(content, "WEBP"), "PNG"
    elif kind in ("JPEG", "PNG", "TIFF"):
        content, kind = _upright(content, kind)
    if not _WHOLE.get(kind, _decodes)(content):
        raise PictureFault("image-cut-short")
    width, height = _size(content, kind)
    return PictureBytes(content, *FORMATS[kind], width, height)


def _png_pixels(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _gif_pixels(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _bmp_pixels(content: bytes) -> tuple[int, int]:
    if struct.unpack_from("<I", content, 14)[0] == 12:  # of OS/2
        width, height = struct.unpack_from("<HH", content, 18)
        return width, height
    width, height = struct.unpack_from("<ii", content, 18)
    return width, abs(height)  # a negative one: from top to bottom


def _jpeg_pixels(content: bytes) -> tuple[int, int]:
    for marker, start in _jpeg_segments(content):
        if marker in (0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF):
            height, width = struct.unpack_from(">HH", content, start + 3)
            return width, height
    raise IndexError


def _jpeg_segments(content: bytes) -> list[tuple[int, int]]:
    """Marker and begin of every segment up to the picture's own data, that one with it."""
    found, position = [], 2
    while True:
        while content[position] == 0xFF and content[position + 1] == 0xFF:
            position += 1
        if content[position] != 0xFF:
            raise IndexError
        marker = content[position + 1]
        found.append((marker, position + 2))
        if marker in (0xDA, 0xD9):
            return found
        position += 2 + struct.unpack_from(">H", content, position + 2)[0]


def _tiff_pixels(content: bytes) -> tuple[int, int]:
    order = "<" if content.startswith(b"II") else ">"
    at = struct.unpack_from(f"{order}I", content, 4)[0]
    sizes: dict[int, int] = {}
    for number in range(struct.unpack_from(f"{order}H", content, at)[0]):
        tag, kind, _ = struct.unpack_from(f"{order}HHI", content, at + 2 + 12 * number)
        if tag in (256, 257):
            sizes[tag] = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", content, at + 10 + 12 * number)[0]
    return sizes.get(256, 0), sizes.get(257, 0)


def _webp_pixels(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    elif kind == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", content, 26))
    return width, height


_PIXELS: dict[str, Callable[[bytes], tuple[int, int]]] = {
    "PNG": _png_pixels,
    "JPEG": _jpeg_pixels,
    "GIF": _gif_pixels,
    "BMP": _bmp_pixels,
    "TIFF": _tiff_pixels,
    "WEBP": _webp_pixels,
}


def _png_is_whole(content: bytes) -> bool:
    position = 8
    while position + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, position)
        end = position + 12 + length
        if end > len(content):
            return False
        needed = kind[0] & 0x20 == 0  # an upper-case letter: readers cannot do without this piece
        if needed and zlib.crc32(content[position + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            return False
        if kind == b"IEND":
            return True
        position = end
    return False


def _jpeg_is_whole(content: bytes) -> bool:
    try:
        start = _jpeg_segments(content)[-1][1]
    except (struct.error, IndexError):
        return False
    return content.rfind(b"\xff\xd9") > start


def _decodes(content: bytes) -> bool:
    """Whether a picture of a format that is rarely used can be unpacked."""
    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(content), formats=_SIZED) as picture:
            picture.load()
    except Exception:  # of a library for foreign files: whatever it raises, the picture cannot be shown
        return False
    return True


_WHOLE: dict[str, Callable[[bytes], bool]] = {"PNG": _png_is_whole, "JPEG": _jpeg_is_whole}


def _upright(content: bytes, kind: str) -> tuple[bytes, str]:
    """A picture as it is to be seen: a camera that was held upright writes that into Exif, which Word does not read."""
    mark = {"JPEG": b"Exif\0\0", "PNG": b"eXIf"}.get(kind)
    if mark is not None and mark not in content[:65_600]:
        return content, kind
    import PIL.Image
    import PIL.ImageOps

    try:
        with PIL.Image.open(io.BytesIO(content), formats=(kind,)) as picture:
            if picture.getexif().get(_ORIENTATION, 1) not in range(2, 9):
                return content, kind
            turned = PIL.ImageOps.exif_transpose(picture)
            stream = io.BytesIO()
            kept = {key: picture.info[key] for key in ("dpi", "icc_profile") if picture.info.get(key)}
            if kind == "JPEG":
                turned.save(stream, "JPEG", quality=95, **kept)
                return stream.getvalue(), kind
            (turned if turned.mode in _OF_PNG else turned.convert("RGB")).save(stream, "PNG", **kept)
    except Exception:  # of a library for foreign files; whether the picture is whole is looked at next
        return content, kind
    return stream.getvalue(), "PNG"


_OF_PNG = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})


def _as_png(content: bytes, kind: str) -> bytes:
    """A picture that Word does not read as one that it does: its first frame, upright."""
    import PIL.Image
    import PIL.ImageOps

    stream = io.BytesIO()
    try:
        with PIL.Image.open(io.BytesIO(content), formats=(kind,)) as picture:
            PIL.ImageOps.exif_transpose(picture).save(stream, "PNG")
    except Exception:  # of a library for foreign files
        raise PictureFault("image-cut-short") from None
    return stream.getvalue()


def _size(content: bytes, kind: str) -> tuple[int, int]:
    """Width and height in EMU, by the resolution that the file states; 72 dots an inch where it states none."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    width, height = _PIXELS[kind](content)
    try:
        picture = Image.from_blob(content)
        dots = picture.horz_dpi, picture.vert_dpi
    except (UnrecognizedImageError, UnexpectedEndOfFileError, InvalidImageStreamError):
        dots = _dots(content, kind)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error):
        dots = _dots(content, kind)
    across, down = (one if one and one > 0 else 72 for one in dots)
    return max(1, round(width * EMU_PER_INCH / across)), max(1, round(height * EMU_PER_INCH / down))


def _dots(content: bytes, kind: str) -> tuple[float, float]:
    """Dots an inch of a picture that python-docx does not know: a JPEG without JFIF or Exif marker, as CMYK ones are."""
    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(content), formats=(kind,)) as picture:
            across, down = picture.info.get("dpi", (72, 72))
            return float(across), float(down)
    except Exception:  # of a library for foreign files
        raise PictureFault("image-unreadable") from None


def _metafile_size(content: bytes) -> tuple[int, int]:
    """Width and height of an EMF in EMU, by the frame that it is drawn in."""
    try:
        left, top, right, bottom = struct.unpack_from("<iiii", content, 24)
        length = struct.unpack_from("<I", content, 48)[0]
    except struct.error:
        raise PictureFault("image-cut-short") from None
    if length > len(content):
        raise PictureFault("image-cut-short")
    return _sides(abs(right - left) * _EMU_PER_FRAME_UNIT, abs(bottom - top) * _EMU_PER_FRAME_UNIT)


def _windows_metafile_size(content: bytes) -> tuple[int, int]:
    """The same of a WMF; 0 for one without the header that tells (a placeable metafile has it)."""
    placed = content.startswith(b"\xd7\xcd\xc6\x9a")
    try:
        words = struct.unpack_from("<I", content, 28 if placed else 6)[0]
        left, top, right, bottom, inch = struct.unpack_from("<hhhhH", content, 6) if placed else (0, 0, 0, 0, 0)
    except struct.error:
        raise PictureFault("image-cut-short") from None
    if 2 * words > len(content) - 22 * placed:
        raise PictureFault("image-cut-short")
    if not placed:
        return 0, 0
    scale = EMU_PER_INCH / (inch or 1440)
    return _sides(round(abs(right - left) * scale), round(abs(bottom - top) * scale))


def _sides(width: int, height: int) -> tuple[int, int]:
    if min(width, height) < 1:
        raise PictureFault("image-unreadable")
    return width, height
