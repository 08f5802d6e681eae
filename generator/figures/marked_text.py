"""Marks of a draft: what stands where a value is missing or at fault, alone or within a text."""

from __future__ import annotations

from collections.abc import Iterable

from generator.figures.figure import Blank
from generator.kept.lazy_patterns import lazy

TO_FILL_IN, AT_FAULT = "【待填", "【有误"
MARKED = lazy(f"(?:{TO_FILL_IN}|{AT_FAULT})：[^】]*】")


class MarkedText(str):
    """A text with marks, and the blanks that they stand for; a filter makes an ordinary text of it.

    Args:
        text: with its marks.
        blanks: in any order.
    """

    __slots__ = ("blanks",)
    blanks: tuple[Blank, ...]

    def __new__(cls, text: str, blanks: Iterable[Blank] = ()) -> MarkedText:
        """A text and its blanks."""
        made = super().__new__(cls, text)
        made.blanks = tuple(blanks)
        return made
