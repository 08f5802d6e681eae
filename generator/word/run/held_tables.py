"""Tables that are left out if they print no row, while their rows stream.

What stands before the first row of such a table (its properties and its grid) waits for that row; a table of any length is never
held whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.kept.lazy_patterns import lazy
from generator.word.compile.tokens import ROWS_MAY_LACK

_BEGIN = b"<?%b begin?>" % ROWS_MAY_LACK.encode()
_END = b"<?%b end?>" % ROWS_MAY_LACK.encode()
_NAME = b"<?%b" % ROWS_MAY_LACK.encode()
_RARE = b"?"
_MARKS = lazy(b"(%b|%b)" % (re.escape(_BEGIN), re.escape(_END)))
_ROW = b"<w:tr"


def rows_or_nothing(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks of a part without its marks and without the marked tables that print no row."""
    waiting: list[bytes] | None = None
    for chunk in chunks:
        if waiting is None and (_RARE not in chunk or _NAME not in chunk):  # one character is found at once
            yield chunk
            continue
        for piece in _MARKS.split(chunk):
            if piece == _BEGIN:
                waiting = []
            elif piece == _END:
                waiting = None
            elif waiting is None:
                yield piece
            else:
                waiting.append(piece)
                if _ROW in piece:
                    yield b"".join(waiting)
                    waiting = None
