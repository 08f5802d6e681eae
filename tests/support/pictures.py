"""Small pictures for tests."""

from __future__ import annotations

import io


def picture(format_: str = "PNG", *, size: tuple[int, int] = (40, 20), colour: str = "red", dpi: int = 96) -> bytes:
    """A picture of one colour in a format of Pillow."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, format_, dpi=(dpi, dpi))
    return buffer.getvalue()


def jpeg(orientation: int, size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture whose left half is red and right half blue once it is seen as its camera was held."""
    from PIL import Image

    seen = Image.new("RGB", size, "blue")
    seen.paste("red", (0, 0, size[0] // 2, size[1]))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what undoes what the camera's mark says
    stored = seen if orientation == 1 else seen.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    stored.save(buffer, "JPEG", exif=exif, quality=95)
    return buffer.getvalue()


def svg(inner: str = '<rect width="40" height="20" fill="red"/>', attributes: str = 'width="40" height="20"') -> bytes:
    """An SVG of 40 by 20 CSS pixels."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inner}</svg>'.encode()


def emf(width: int = 2000, height: int = 1000) -> bytes:
    """An empty metafile whose frame has this size in hundredths of a millimetre."""
    import struct

    body = struct.pack("<II4i", 43, 24, 2, 2, 70, 35) + struct.pack("<IIIII", 14, 20, 0, 16, 20)  # a rectangle, the end
    size = 88 + len(body)
    box, frame = (0, 0, 75, 37), (0, 0, width, height)
    counts = (0x464D4520, 0x10000, size, 3, 1, 0, 0, 0, 0)  # " EMF", version, bytes, records, handles
    return struct.pack("<II4i4iIIIIHHIII4i", 1, 88, *box, *frame, *counts, 1920, 1080, 508, 286) + body


def wmf(*, placed: bool = True) -> bytes:
    """An empty metafile of one inch by half an inch; without `placed` it does not tell its size."""
    import struct

    end = struct.pack("<IH", 3, 0)
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, (18 + len(end)) // 2, 0, 3, 0)
    key = struct.pack("<IHhhhhHI", 0x9AC6CDD7, 0, 0, 0, 1440, 720, 1440, 0)
    words = struct.unpack("<10H", key[:20])
    check = 0
    for word in words:
        check ^= word
    return (key[:20] + struct.pack("<H", check) if placed else b"") + head + end
