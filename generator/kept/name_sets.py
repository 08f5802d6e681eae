"""Long lists of names, written as words."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The words of a text as a set of names."""
    return frozenset(text.split())
