"""Pictures within an HTML page, small enough that the page stays one."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

_WIDEST = 800  # pixels
_LARGEST = 400_000  # bytes of one picture as it is kept; larger ones become smaller and JPEG
# of documents from elsewhere; other decoders are not for what nobody looked at
_READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_KNOWN = {b"\x89PNG": "png", b"\xff\xd8": "jpeg", b"GIF8": "gif"}


@lru_cache(maxsize=200)
def data_uri(content: bytes) -> str:
    """A picture as an address that holds it; "" where it is none that a browser shows."""
    kind = next((name for start, name in _KNOWN.items() if content.startswith(start)), None)
    if kind is not None and len(content) <= _LARGEST:
        return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=_READ) as picture:
            picture.thumbnail((_WIDEST, _WIDEST * 2))
            smaller = io.BytesIO()
            picture.convert("RGB").save(smaller, "JPEG", quality=80)
    except (OSError, ValueError, Image.DecompressionBombError):
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(smaller.getvalue()).decode()}"
