"""The one deflater of all that is written: zlib-ng, from a pinned wheel, at fixed levels.

The same content gives the same bytes on every machine, which CPython's own zlib does not promise: it is the system's on
Linux and another library on Windows from Python 3.14 on. Nothing else stands in if the wheel is missing: other bytes
would be written in silence. zlib-ng is imported with the first document that is written.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Any, Protocol

from generator.kept.light_classes import dataclass

LEVEL = 4  # see docs/architecture.md; another level or another wheel gives other bytes
LONG = 3  # of a sheet that is deflated while it streams

BLOCK = 1 << 17  # bytes that are compressed together
_DRAFT = 1  # of what is kept in memory for a while


@dataclass(frozen=True, slots=True)
class Deflated:
    """A member's content, deflated: data, CRC-32 and size before deflation in bytes."""

    data: bytes
    crc: int
    size: int
    method: int = zipfile.ZIP_DEFLATED


class Compressor(Protocol):
    """A raw deflate stream."""

    def compress(self, data: bytes, /) -> bytes:
        """Take more content; what is deflated so far."""
        ...

    def flush(self, mode: int = ..., /) -> bytes:
        """The rest."""
        ...


@cache
def _library() -> Any:
    from zlib_ng import zlib_ng

    return zlib_ng


def compressor(level: int = LEVEL) -> Compressor:
    """A raw deflate stream."""
    return _library().compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)


def crc32(data: bytes, before: int = 0) -> int:
    """The CRC-32 of content that follows what gave `before`; a tenth of the time that zlib takes."""
    return _library().crc32(data, before)


def drafted(data: bytes) -> bytes:
    """Content lightly deflated, to be read again with `zlib.decompress` before the document is written."""
    return _library().compress(data, _DRAFT)


def deflated_if_long(blocks: Iterable[bytes]) -> bytes | Deflated:
    """Content that is given in blocks, deflated; of one block as it is, which is read again before it is written."""
    rest = iter(blocks)
    first = next(rest, b"")
    second = next(rest, None)
    return first if second is None else deflate(chain((first, second), rest))


def deflate(content: bytes | Iterable[bytes]) -> Deflated:
    """Deflate content that is given whole or in large blocks."""
    stream = compressor()
    if isinstance(content, bytes):
        return Deflated(stream.compress(content) + stream.flush(), crc32(content), len(content))
    out: list[bytes] = []
    crc = size = 0
    for block in content:
        crc, size = crc32(block, crc), size + len(block)
        out.append(stream.compress(block))
    out.append(stream.flush())
    return Deflated(b"".join(out), crc, size)
