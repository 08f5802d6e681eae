"""What the texts of a data file become: converters by field, and what counts as nothing stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from generator.source import List, Map, Node, Scalar
from generator.standard import Field
from generator.standard.converting import converter

NO_VALUES = Map()
PUBLISHED, REASON = "公布", "理由"


@lru_cache(maxsize=4096)
def convert(field: Field) -> Callable[[str], Any]:
    """The converter of a field, made once."""
    return converter(field)


@lru_cache(maxsize=4096)
def loose(field: Field) -> Callable[[str], Any]:
    """The converter of stated values: any number of places of a percent, no bounds."""
    places = 8 if field.kind == "percent" else field.places
    return converter(replace(field, places=places, minimum=None, maximum=None))


@lru_cache(maxsize=4096)
def single(field: Field) -> Field:
    """The field of one item of a list."""
    return replace(field, many=False, minimum=None, maximum=None)


def says_nothing(node: Node | None) -> bool:
    """Whether a value is absent: null, empty text, or a mapping of nothing but such."""
    if node is None:
        return True
    if isinstance(node, Scalar):
        return node.is_null or not node.text.strip()
    if isinstance(node, Map):
        return bool(node) and all(_nothing_inside(value) for value in node.values())
    return False


def _nothing_inside(node: Node) -> bool:
    """The same inside a mapping, where a list of items that say nothing says nothing either."""
    if isinstance(node, List):
        return bool(node) and all(_nothing_inside(item) for item in node)
    return says_nothing(node)


def has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text


def typed_places(text: str) -> int:
    return len(text.rstrip("% ％").partition(".")[2])
