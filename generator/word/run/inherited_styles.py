"""What styles inherit: the nearest of those that each is based on, looked up once however deep they stand on one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def inherited(bases: Mapping[str, str], own: Mapping[str, Value]) -> dict[str, Value]:
    """Style id -> its own value, or that of the nearest style that it is based on; without those that have none.

    Args:
        bases: style id -> the style that it is based on; a style that is based on itself in the end inherits nothing.
        own: style id -> what the style itself says.
    """
    found: dict[str, Value] = {}
    looked: set[str] = set()
    for identity in bases:
        waiting: list[str] = []
        at = identity
        while at in bases and at not in looked:
            looked.add(at)
            waiting.append(at)
            if at in own:
                break
            at = bases[at]
        for style in reversed(waiting):
            if style in own:
                found[style] = own[style]
            elif bases[style] in found:
                found[style] = found[bases[style]]
    return found
