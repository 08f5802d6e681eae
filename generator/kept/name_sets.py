"""Long lists of names, written as words of one text."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The words of a text as a set of names."""
    return frozenset(text.split())


def listed(text: str) -> tuple[str, ...]:
    """The words of a text in their order."""
    return tuple(text.split())


def pairs(text: str) -> dict[str, str]:
    """What the words of a text (`name=value`) state."""
    return dict(word.split("=", 1) for word in text.split())
