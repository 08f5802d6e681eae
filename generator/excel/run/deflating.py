"""A sheet's part deflated while it streams, its head last.

What stands before the rows (dimension, columns, panes) depends on where the rows went. Deflate blocks join if each ends on
a byte, so head, rows and tail are deflated apart; their checksums are combined as zlib's `crc32_combine` does.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from generator.ooxml.deflater import BLOCK, LONG, Compressor, Deflated, compressor, crc32, deflate, drafted

_POLYNOMIAL = 0xEDB88320


class Body:
    """The rows of a sheet, in pieces.

    Args:
        keep: pieces must be read again (formulas are put in later): they are kept, lightly deflated.
    """

    def __init__(self, keep: bool = False):
        self._keep = keep
        self._pieces: list[bytes] = []
        self._crc = 0
        self._size = 0
        self._whole: bytes | None = None  # rows that fit into one block

    def write(self, blocks: Iterable[bytes]) -> None:
        """Take the rows in order, in large blocks; called once."""
        rows = iter(blocks)
        first = next(rows)
        second = next(rows, None)
        if second is None:
            self._whole = first
            return
        stream = compressor(LONG)
        for block in chain((first, second), rows):
            self._take(stream, block)
        if not self._keep:
            self._pieces.append(stream.flush(zlib.Z_FULL_FLUSH))

    def _take(self, stream: Compressor, block: bytes) -> None:
        if self._keep:
            self._pieces.append(drafted(block) if len(block) >= BLOCK else block)
            return
        self._crc = crc32(block, self._crc)
        self._size += len(block)
        self._pieces.append(stream.compress(block))

    @property
    def small(self) -> bytes | None:
        """The rows, where they are so few that they fit into one block."""
        return self._whole

    def pieces(self) -> Iterator[bytes]:
        """The rows again, if they were kept."""
        if self._whole is not None:
            yield self._whole
            return
        for piece in self._pieces:
            yield zlib.decompress(piece) if piece[:1] == b"x" else piece

    def part(self, head: bytes, tail: bytes) -> Deflated:
        """The whole part, when everything about it is known; called once."""
        if self._whole is not None:
            return deflate(head + self._whole + tail)
        if self._keep:
            raise ValueError("kept pieces are read, not written")
        first = compressor()
        last = compressor()
        begin = first.compress(head) + first.flush(zlib.Z_FULL_FLUSH)
        data = b"".join([begin, *self._pieces, last.compress(tail) + last.flush()])
        self._pieces.clear()  # a million rows need not be there twice
        crc = combine(crc32(head), self._crc, self._size)
        crc = crc32(tail, crc)
        return Deflated(data, crc, len(head) + self._size + len(tail))


def combine(first: int, second: int, size: int) -> int:
    """The CRC-32 of two texts one after the other.

    Args:
        first, second: their CRC-32.
        size: of the second, in bytes.
    """
    if not size:
        return first
    odd = [_POLYNOMIAL, *(1 << bit for bit in range(31))]  # the operator for one zero bit
    even = _square(odd)
    odd = _square(even)
    while size:
        even = _square(odd)
        if size & 1:
            first = _times(even, first)
        size >>= 1
        odd, even = even, odd
    return first ^ second


def _times(matrix: list[int], vector: int) -> int:
    total = 0
    for row in matrix:
        if not vector:
            break
        if vector & 1:
            total ^= row
        vector >>= 1
    return total


def _square(matrix: list[int]) -> list[int]:
    return [_times(matrix, row) for row in matrix]
