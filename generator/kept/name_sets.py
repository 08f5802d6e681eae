"""Long lists of names, written as words of one text."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The words of a text as a set of names."""
    return frozenset(text.split())


def listed(text: str) -> tuple[str, ...]:
    """The words of a text in their order."""
    return tuple(text.split())
