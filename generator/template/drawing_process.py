"""SVG pictures are drawn in a process of its own with bounds of time and memory: the library that draws has none, and one filter over
a large area takes minutes. One process draws all pictures of a program.
"""

from __future__ import annotations

import atexit
import threading
from functools import lru_cache

from generator.diagnostics import Text
from generator.diagnostics.wording import bounds_words as words
from generator.ooxml.limits import limits, runs_apart
from generator.template.bounded_process import BoundedProcess, ProcessEnded
from generator.template.drawing_worker import DRAWN, REQUEST, TOO_LARGE, dots_of
from generator.template.picture_bytes import PictureFault

_CLOCK, _SPARE = 4, 10.0  # the parent's clock: so many times the processor time, and the seconds that a start may take
_SMALL = 64  # dots
_MET = {"time": words.PROCESSOR_TIME, "clock": words.CLOCK}
_current: list[BoundedProcess] = []
_lock = threading.Lock()


def draw(svg: bytes, dots: int, wide: bool) -> bytes:
    """The PNG of an SVG.

    Args:
        svg: the picture, sound.
        dots: along its longer side.
        wide: whether that is its width.

    Raises:
        PictureFault: it cannot be drawn, or not within the bounds of time and memory.
    """
    bounds = limits()
    with _lock:  # a picture that is drawn is not drawn at the same time by another thread
        png, met = _drawn(svg, dots, wide, bounds.drawing, bounds.memory)
    if met is not None:
        raise PictureFault("image-svg-costly", what=met)
    if not png:
        raise PictureFault("image-unreadable")
    return png


@lru_cache(maxsize=16)
def _drawn(svg: bytes, dots: int, wide: bool, seconds: float, memory: int) -> tuple[bytes, Text | None]:
    """The PNG, b"" for what cannot be drawn; and the bound that was met: it is met once for a picture that many rows name."""
    if runs_apart():  # a command that only reads, in a process that starts none: small, to know whether it can be drawn
        return dots_of(svg, min(dots, _SMALL), wide), None
    try:
        answer = _process(memory).ask(
            REQUEST.pack(seconds, memory, dots, wide) + svg, seconds, seconds * _CLOCK + _SPARE
        )
    except ProcessEnded as end:
        end_drawing()
        return b"", _MET.get(end.met, words.MEMORY)
    if answer[:1] == TOO_LARGE:
        end_drawing()
        return b"", words.MEMORY
    return answer[len(DRAWN) :], None


def _process(memory: int) -> BoundedProcess:
    if _current and not _current[0].serves(memory):
        end_drawing()
    if not _current:
        _current.append(BoundedProcess("generator.template.drawing_worker", memory))
    return _current[0]


def end_drawing() -> None:
    """End the process, if there is one."""
    for process in list(_current):
        process.end()
    _current.clear()


atexit.register(end_drawing)
