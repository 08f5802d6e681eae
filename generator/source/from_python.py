"""Plain Python values as the values of a file: what was read by another program is examined as if it had been written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from generator.source.nodes import MAX_DEPTH, List, Map, Node, Scalar, Written


class Strange:
    """What no file can hold: neither a mapping nor a list nor a single value, so that whoever reads it refuses its shape."""

    __slots__ = ("column", "line", "text")
    is_null = False

    def __init__(self, text: str, line: int):
        self.text = text
        self.line = line
        self.column = 1


def written(value: Any) -> str | None:
    """The text of a single value as a file writes it; None where it is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else None


def nodes_of(value: Any, other: Callable[[Any], Any] = lambda value: value, line: int = 1, depth: int = 0) -> Node:
    """The values of a file that says what a Python value says; those of a file stay as they are.

    Args:
        value: mappings, lists, texts, numbers, truth values, days and None, one within the other.
        other: makes one of these of a value that is none.
        line: what stands for its line: its number in the nearest list, from 1.
        depth: how many values it stands in.
    """
    if isinstance(value, Scalar | Map | List):
        return value
    if value is None:
        return Written("", line, 1)
    text = written(value)
    if text is not None:
        return Written(text, line, 1, "quoted")
    if not isinstance(value, Mapping | list | tuple):
        value = other(value)
    if depth < MAX_DEPTH and isinstance(value, Mapping):
        made = Map(line, 1)
        for key, item in value.items():
            name = written(key) or ""
            made.put(name, nodes_of(item, other, line, depth + 1), (line, 1))
        return made
    if depth < MAX_DEPTH and isinstance(value, list | tuple):
        items = List(line, 1)
        items.extend(nodes_of(item, other, number, depth + 1) for number, item in enumerate(value, 1))
        return items
    return cast(Node, Strange(repr(value)[:100], line))
