"""What of a data file counts as nothing stated, and what its texts show."""

from __future__ import annotations

from generator.source import List, Map, Node, Scalar
from generator.source.nodes import NULLS, Written

NO_VALUES = Map()


def says_nothing(node: Node | None) -> bool:
    """Whether a value is absent: null, empty text, or a mapping of nothing but such."""
    return not isinstance(node, List) and nothing_inside(node)


def nothing_inside(node: Node | None) -> bool:
    """The same where a list of items that say nothing says nothing either."""
    if node is None:
        return True
    if type(node) is Written or isinstance(node, Scalar):
        text = node.text
        return not text.strip() or (text in NULLS and node.is_null)
    if not isinstance(node, Map | List):
        return False
    for value in node.values() if isinstance(node, Map) else node:
        if not nothing_inside(value):  # mostly the first says something
            return False
    return bool(node)


def has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text


def typed_places(text: str) -> int:
    return len(text.rstrip("% ％").partition(".")[2])
