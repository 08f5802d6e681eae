"""Numbers that a part states: an attribute may say anything, whatever its schema demands."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, InvalidDocument
from generator.diagnostics.catalogue import diagnostic

_MOST = 2**64  # beyond which ECMA-376 has no number
_LONGEST = 20  # of its digits


class Misstated(InvalidDocument):
    """A part states for a number, or for an address, what is none."""

    def __init__(self, text: str | bytes | int) -> None:
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        super().__init__([diagnostic("package-misstated", text=said[:40])])

    def within(self, name: str) -> list[Diagnostic]:
        """The finding, about a file of that name; "" for none."""
        return [found.at(file=name or None) for found in self.diagnostics]


def whole(text: str | bytes | int, *, signed: bool = False) -> int:
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


def real(text: str | bytes | int) -> float:
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
