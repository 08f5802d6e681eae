"""What of a data file counts as nothing stated, and what its texts show."""

from __future__ import annotations

from generator.source import List, Map, Node, Scalar

NO_VALUES = Map()


def says_nothing(node: Node | None) -> bool:
    """Whether a value is absent: null, empty text, or a mapping of nothing but such."""
    if node is None:
        return True
    if isinstance(node, Scalar):
        return node.is_null or not node.text.strip()
    if isinstance(node, Map):
        return bool(node) and all(nothing_inside(value) for value in node.values())
    return False


def nothing_inside(node: Node | None) -> bool:
    """The same where a list of items that say nothing says nothing either."""
    if isinstance(node, List):
        return bool(node) and all(nothing_inside(item) for item in node)
    return says_nothing(node)


def has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text


def typed_places(text: str) -> int:
    return len(text.rstrip("% ％").partition(".")[2])
