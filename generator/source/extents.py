"""Where a value is written: the characters of the file that a scalar was read from."""

from __future__ import annotations

import re

from generator.source.nodes import Scalar, Source

_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*'")


def extent(source: Source, scalar: Scalar) -> tuple[int, int] | None:
    """Start and end of a scalar's text in `source.text`, without its quotes; None where that cannot be told for certain.

    Of a quoted text it is what stands between the quotes, escapes as they are written; of a block (`|`, `>`) all of its
    lines, indentation included.
    """
    start = source.starts[scalar.line - 1] + scalar.column - 1
    text = source.text
    if scalar.style == "quoted":
        pattern = {'"': _DOUBLE, "'": _SINGLE}.get(text[start : start + 1])
        found = pattern.match(text, start) if pattern else None
        return (start + 1, found.end() - 1) if found else None
    if scalar.style in ("literal", "folded"):
        return _block(source, scalar)
    return (start, start + len(scalar.text)) if text.startswith(scalar.text, start) else None


def _block(source: Source, scalar: Scalar) -> tuple[int, int] | None:
    """The lines below `|` or `>`: as deep as the first that holds something, or empty."""
    end = scalar.line
    deep = None
    for number in range(scalar.line, len(source.starts)):
        shown = source.line_text(number + 1)
        if not shown.strip():
            continue
        own = len(shown) - len(shown.lstrip(" "))
        if deep is None:
            deep = own
        if own < deep or own == 0:
            break
        end = number + 1
    start = source.starts[scalar.line] if scalar.line < len(source.starts) else len(source.text)
    stop = source.starts[end] - 1 if end < len(source.starts) else len(source.text)
    printed = "".join(scalar.text.split())
    return (start, stop) if "".join(source.text[start:stop].split()) == printed else None
