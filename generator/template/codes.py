"""QR codes and bar codes as pictures: `{{ 网址|qrcode }}`, `{{ 编号|barcode('code128') }}`; drawn by the extra `codes`.

QR codes by ISO/IEC 18004 (segno), bar codes by ISO/IEC 15417, 15420, 16388 and their kin (python-barcode).
"""

from __future__ import annotations

import io
from typing import Any

from jinja2 import Undefined

from generator.diagnostics import InvalidTemplate, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import template_reasons as words
from generator.figures import Blank, check_printable
from generator.template.bar_code_contents import KINDS, CodeImpossible, checked_content, known_kind
from generator.template.image import Image, image
from generator.template.printable import number_text

_SCALE = 10  # dots of the picture a module of a QR code
_QUIET = 4  # modules of white around a QR code, as the standard asks
_LONGEST = 80  # characters of a bar code; a longer one cannot be read from paper
_DOTS_PER_INCH = 300


def qrcode(value: Any, width: int | str = "25mm", *, level: str = "M", description: str = "") -> Any:
    """A text as a QR code; nothing for a blank.

    Args:
        value: text or a number.
        width: of the code with the white around it: a length as `image` takes.
        level: how much of it may be dirty: `L` 7 %, `M` 15 %, `Q` 25 %, `H` 30 %.
        description: its alternative text; the text itself if none is given.

    Raises:
        InvalidTemplate: the text is too long for a QR code, or the extra is not installed.
    """
    if _blank(value):
        return value
    text = _text(value)
    if not text:
        return ""
    try:
        import segno
    except ImportError:
        raise InvalidTemplate([diagnostic("code-not-installed", kind="qrcode")]) from None
    if level not in ("L", "M", "Q", "H"):
        raise _impossible("qrcode", text, words.QR_LEVEL.filled(level=level))
    try:
        made = segno.make_qr(text, error=level, encoding=None if text.isascii() else "utf-8")
    except segno.DataOverflowError:
        raise InvalidTemplate([diagnostic("code-too-long", kind="qrcode", length=len(text))]) from None
    stream = io.BytesIO()
    made.save(stream, kind="png", scale=_SCALE, border=_QUIET)
    return image(stream.getvalue(), width, description=description or text)


def barcode(
    value: Any,
    kind: str = "code128",
    height: int | str | None = None,
    *,
    width: int | str | None = None,
    caption: bool = True,
    description: str = "",
) -> Any:
    """A number or text as a bar code; nothing for a blank.

    Args:
        value: text or a number.
        kind: one of `KINDS`.
        height: a length as `image` takes, the text below with it; with neither height nor width a module is 0.33 mm wide.
        width: the same.
        caption: whether the text stands below the bars.
        description: its alternative text; the text itself if none is given.

    Raises:
        InvalidTemplate: it cannot be written as that kind of code, or the extra is not installed.
    """
    if _blank(value):
        return value
    content = _text(value)
    if not content:
        return ""
    own = known_kind(kind)
    if not own:
        raise InvalidTemplate([diagnostic("code-kind-unknown", kind=kind, known="、".join(KINDS))])
    if len(content) > _LONGEST:
        raise InvalidTemplate([diagnostic("code-too-long", kind=kind, length=len(content))])
    return image(_bars(content, own, caption=caption), width, height, description=description or content)


def _bars(content: str, kind: str, *, caption: bool) -> bytes:
    """The PNG of a bar code."""
    try:
        import barcode as codes
        from barcode.errors import BarcodeError
        from barcode.writer import ImageWriter
    except ImportError:
        raise InvalidTemplate([diagnostic("code-not-installed", kind="barcode")]) from None
    try:
        wanted = checked_content(content, kind)
    except CodeImpossible as fault:
        raise _impossible(kind, content, fault.why) from None
    stream = io.BytesIO()
    options = {"add_checksum": False} if kind == "code39" else {}
    look = {"write_text": caption, "dpi": _DOTS_PER_INCH, "module_width": 0.33, "font_size": 8, "text_distance": 4}
    try:
        made = codes.get_barcode_class(wanted.kind)(wanted.content, writer=ImageWriter(), **options)
        made.write(stream, look, wanted.caption or None)
    except (BarcodeError, ValueError, KeyError, IndexError) as fault:
        raise _impossible(kind, content, Text(str(fault), str(fault))) from None
    return stream.getvalue()


def _blank(value: Any) -> bool:
    """Whether there is nothing to draw; what prints it knows whether that is a fault."""
    return value is None or isinstance(value, Blank | Undefined)


def _text(value: Any) -> str:
    """What a code holds."""
    if isinstance(value, list | tuple | dict | set | Image | bool):
        raise InvalidTemplate([diagnostic("code-not-text", kind=type(value).__name__)])
    check_printable(value)
    return number_text(value) if isinstance(value, float) else str(value).strip()


def _impossible(kind: str, text: str, why: Text) -> InvalidTemplate:
    return InvalidTemplate([diagnostic("code-impossible", kind=kind, text=text[:60], why=why)])


CODE_FILTERS = {"qrcode": qrcode, "barcode": barcode}
