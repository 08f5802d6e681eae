"""Small pictures for tests."""

from __future__ import annotations

import io


def picture(format_: str = "PNG", *, size: tuple[int, int] = (40, 20), colour: str = "red", dpi: int = 96) -> bytes:
    """A picture of one colour in a format of Pillow."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, format_, dpi=(dpi, dpi))
    return buffer.getvalue()
