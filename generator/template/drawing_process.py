"""SVG pictures are drawn in a process of its own with bounds of time and memory: the library that draws has none, and one filter over
a large area takes minutes. One process draws all pictures of a program.
"""

from __future__ import annotations

import threading
from functools import lru_cache

from generator.diagnostics import Text
from generator.diagnostics.wording import bounds_words as words
from generator.ooxml.limits import limits, runs_apart
from generator.template.bounded_process import KeptProcess, ProcessEnded
from generator.template.drawing_worker import DRAWN, REQUEST, TOO_LARGE, dots_of
from generator.template.picture_bytes import PictureFault

_CLOCK, _SPARE = 4, 10.0  # the parent's clock: so many times the processor time, and the seconds that a start may take
_SMALL = 64  # dots
_MET = {"time": words.PROCESSOR_TIME, "clock": words.CLOCK}
_process = KeptProcess("generator.template.drawing_worker")
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
        request = REQUEST.pack(seconds, memory, dots, wide) + svg
        answer = _process.ask(request, memory, seconds, seconds * _CLOCK + _SPARE)
    except ProcessEnded as end:
        end_drawing()
        return b"", _MET.get(end.met, words.MEMORY)
    if answer[:1] == TOO_LARGE:
        end_drawing()
        return b"", words.MEMORY
    return answer[len(DRAWN) :], None


def end_drawing() -> None:
    """End the process, if there is one."""
    _process.end()
