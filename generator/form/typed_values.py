"""What stands in the cell of a value: its text, the number that it is, the lines that it takes."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.source.nodes import List, Node, Scalar, Written

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")


def text_node(text: str) -> Scalar:
    """A text as a node."""
    return Written(text, 0, 0, "quoted")


def typed_text(node: Node | None) -> str:
    """What stands in the cell of a node: a list of paragraphs is one text."""
    if isinstance(node, Scalar):
        return "" if node.is_null else node.text
    if isinstance(node, List) and all(isinstance(item, Scalar) for item in node):
        return "\n".join(item.text for item in node if isinstance(item, Scalar))
    return ""


def as_number(text: str, hundredths: bool = False) -> Decimal | None:
    """The number that a cell holds for a text, None where the text stays a text: no number, or too long for a cell.

    Args:
        text: as it is typed.
        hundredths: whether numbers are written times a hundred, with `%`.
    """
    body = text.strip()
    if hundredths:
        if not body.endswith("%"):
            return None
        body = body[:-1].rstrip()
    if not _NUMBER.match(body) or len(body.lstrip("-0.").replace(".", "")) > 15:
        return None
    number = Decimal(body)
    if hundredths:
        number = number.scaleb(-2)
        if abs(number) >= 10:
            return None
    return number


def lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that many characters; Chinese ones are two wide."""
    return sum(1 + int(sum(2 if ord(one) > 0x2E7F else 1 for one in line) / max(width, 1)) for line in text.split("\n"))
