"""Numbers that a part states: an attribute may say anything, whatever its schema demands."""

from __future__ import annotations

_MOST = 2**64  # beyond which ECMA-376 has no number
_LONGEST = 20  # of its digits


class Misstated(ValueError):
    """What a part states for a number or an address is none; the text is the exception's own."""


def whole(text: str | int, *, signed: bool = False) -> int:
    """A whole number, from 0 on unless it may be negative.

    Raises:
        Misstated: it is none.
    """
    try:
        found = int(text)
    except ValueError:
        raise Misstated(text) from None
    if abs(found) > _MOST or (found < 0 and not signed):
        raise Misstated(text)
    return found


def real(text: str | int) -> float:
    """A number within the bounds of numbers.

    Raises:
        Misstated: it is none.
    """
    try:
        found = float(text)
    except ValueError:
        raise Misstated(text) from None
    if not abs(found) <= _MOST:  # no number, none that ends
        raise Misstated(text)
    return found


def digits(text: str | None) -> int | None:
    """The whole number that digits alone are; None for anything else, as `²`, and for more of them than a number has."""
    return int(text) if text and len(text) <= _LONGEST and text.isascii() and text.isdigit() else None
