"""The process that draws SVG pictures: a picture in, its PNG out, over its standard input and output.

It opens no file but the program's own modules (and fonts, by the library), no socket and no process. Run by `drawing_process`, never by hand.
"""

from __future__ import annotations

import os
import struct
import sys

from generator.kept.light_classes import replace
from generator.ooxml.limits import DEFAULT
from generator.template.process_bounds import bound, guard, more_time, read_frame, write_frame

# seconds of processor time, bytes of memory, dots along the longer side, whether that is the width
REQUEST = struct.Struct(">dQIB")
DRAWN, TOO_LARGE = b"=", b"-"  # the first byte of an answer: a PNG follows (none: it cannot be drawn); memory ended


def serve() -> None:
    """Draw what comes until nothing comes any more."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints by mistake is no answer
    begun = False
    while (request := read_frame(incoming)) is not None:
        seconds, memory, dots, wide = REQUEST.unpack_from(request)
        if not begun:
            import resvg_py  # noqa: F401  before the hook: loading it is an act

            bound(replace(DEFAULT, memory=memory))
            sys.addaudithook(guard())
            begun = True
        more_time(seconds)
        try:
            answer = DRAWN + dots_of(request[REQUEST.size :], dots, bool(wide))
        except MemoryError:
            answer = TOO_LARGE
        write_frame(outgoing, answer)


def dots_of(svg: bytes, dots: int, wide: bool) -> bytes:
    """The PNG of an SVG, b"" where it cannot be drawn.

    Args:
        svg: the picture.
        dots: along its longer side.
        wide: whether that is its width.
    """
    import resvg_py

    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg.decode(), dpi=96, width=dots if wide else None, height=None if wide else dots
            )
        )
    except (ValueError, RuntimeError):
        return b""
    except BaseException as fault:
        # how a library in Rust says that it fails: pyo3 derives it from this class, and does not export it
        if type(fault).__name__ == "PanicException":
            return b""
        raise


if __name__ == "__main__":
    serve()
