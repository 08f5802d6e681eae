"""The comments of a data file, by the place of the value that they belong to: YAML's, or the notes of a form's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.source.nodes import List, Map, Node, Scalar, Source

Place = tuple[int, int]
# A quoted text is passed as a whole; a sign inside a word, or one that nothing closes, stands for itself.
_COMMENT = re.compile(
    r"""(?>[^"'#]|(?<![^\s,:(\[{])(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')|(?<=\S)["'#])*?(?:^|\s)#\s?(.*)$"""
)


def comments_of(source: Source) -> dict[Place, str]:
    """Comments by place; several lines of one comment are joined."""
    if source.sheets:
        return dict(source.comments)
    root = source.root
    if not isinstance(root, Map) or "#" not in source.text or source.text.lstrip()[:1] in ("{", "["):
        return {}
    # of a line, the last: a comment behind a flow mapping belongs to what ends there
    values = sorted(_values(root), key=lambda pair: pair[0])
    inside = {line for place, scalar in values if scalar is not None for line in _block(source, place[0], scalar)}
    by_line: dict[int, Place] = {}
    for place, _ in values:
        by_line.setdefault(place[0], place)
    starts = sorted(by_line)
    found: dict[Place, str] = {}
    waiting: list[str] = []
    for number, line in enumerate(source.lines, 1):
        if number in inside:
            continue
        match = _COMMENT.match(line) if "#" in line else None
        words = match[1].rstrip() if match else None
        whole = line.lstrip().startswith("#")
        if whole:
            waiting.append(words or "")
        place = by_line.get(number)
        if place is None and not whole and line.strip():  # a key whose value stands below
            below = next((start for start in starts if start > number), None)
            place = by_line[below] if below is not None else None
            if words:
                waiting.append(words)
                words = None
            continue
        if place is not None:
            parts = [*waiting, words] if words else waiting
            if parts:
                found[place] = "\n".join(part for part in parts if part is not None).strip("\n")
            waiting = []
    return {place: words for place, words in found.items() if words}


def _values(node: Node) -> Iterator[tuple[Place, Scalar | None]]:
    if isinstance(node, Map):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, List):
        for value in node:
            yield from _values(value)
    else:
        yield (node.line, node.column), node


def _block(source: Source, line: int, scalar: Scalar) -> range:
    """The lines of a block scalar below its mark, and of a quoted text that goes on."""
    if scalar.style not in ("literal", "folded"):
        return range(0)
    head = source.line_text(line)
    indent = len(head) - len(head.lstrip())
    end = line
    for number in range(line + 1, len(source.lines) + 1):
        text = source.line_text(number)
        if text.strip() and len(text) - len(text.lstrip()) <= indent:
            break
        end = number
    return range(line + 1, end + 1)
