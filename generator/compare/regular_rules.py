"""Patterns that a person writes to overlook differences, and what keeps them from running for ever.

A wildcard becomes an expression that never goes back on what it has found; a regular expression is the person's own, and some take
twice as long with each character of a text: the processor time of all of them is bounded where the system can interrupt them.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from generator.diagnostics import Failure
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.limits import limits

_SHOWN = 200  # characters of a pattern in a message
_SECONDS = 3.0


def wildcard(text: str, ending: str = "") -> re.Pattern[str]:
    """A text with `*` and `?` as an expression to match as a whole, in steps as the text is long.

    Args:
        text: the wildcard.
        ending: an expression for what may follow.
    """
    first, *pieces = ("".join("." if c == "?" else re.escape(c) for c in piece) for piece in text.split("*"))
    if not pieces:
        return re.compile(first + ending, re.DOTALL)
    *inner, last = pieces
    held = "".join(
        f"(?>.*?{piece})" for piece in inner if piece
    )  # where it is found first is as good as any later place
    return re.compile(f"{first}{held}.*{last}{ending}", re.DOTALL)


def expression(text: str) -> re.Pattern[str]:
    """A regular expression.

    Raises:
        Failure: it is none, or too deep or long.
    """
    try:
        if len(text) > (most := limits().tag):
            raise OverflowError(f"> {most}")
        return re.compile(text)
    except (re.error, RecursionError, OverflowError) as fault:
        raise Failure([diagnostic("compare-pattern", pattern=text[:_SHOWN], reason=fault)]) from None


@contextmanager
def bounded(pattern: str) -> Iterator[None]:
    """Work of regular expressions that ends after some seconds of processor time, if the system can interrupt it.

    Args:
        pattern: what is told as the one that takes too long.

    Raises:
        Failure: it took longer.
    """

    def end(*_: Any) -> None:
        raise Failure([diagnostic("compare-pattern-costly", pattern=pattern[:_SHOWN], seconds=f"{seconds:g}")])

    seconds = min(limits().seconds, _SECONDS)
    main = threading.current_thread() is threading.main_thread()
    if not (main and hasattr(signal, "setitimer") and signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
