"""Edits of what a data file states: paths through records and lists, values copied with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.source import List, Map, Node


def copied(node: Node) -> Node:
    """A copy that can be changed; scalars are shared."""
    if isinstance(node, Map):
        made = Map(node.line, node.column)
        for name, value in node.items():
            made.put(name, copied(value), node.key_at.get(name))
        return made
    if isinstance(node, List):
        rows = List(node.line, node.column)
        rows.extend(copied(item) for item in node)
        return rows
    return node


def children(node: Node) -> Iterator[Map]:
    """The records of a value: itself, or those of its list."""
    if isinstance(node, Map):
        yield node
    elif isinstance(node, List):
        yield from (item for item in node if isinstance(item, Map))


def stated_at(tree: Map, steps: Sequence[str]) -> Node | None:
    """The value at a path through records; None where nothing is stated, or the path leads through a list."""
    node: Node | None = tree
    for step in steps:
        node = node.get(step) if isinstance(node, Map) else None
    return node


def renamed(tree: Map, steps: Sequence[str], name: str) -> int:
    """Give a field another name, in every record that the path leads to; how many were there."""
    if len(steps) > 1:
        below = tree.get(steps[0])
        return sum(renamed(inner, steps[1:], name) for inner in children(below)) if below is not None else 0
    if steps[0] not in tree or name in tree:
        return 0
    entries = [(name if key == steps[0] else key, value, tree.key_at.get(key)) for key, value in tree.items()]
    tree.clear()
    for key, value, at in entries:
        tree.put(key, value, at)
    return 1


def taken(tree: Map, steps: Sequence[str]) -> list[Node]:
    """Take a field out of every record that the path leads to; the values that it had."""
    if len(steps) > 1:
        below = tree.get(steps[0])
        return [value for inner in children(below) for value in taken(inner, steps[1:])] if below is not None else []
    return [tree.pop(steps[0])] if steps[0] in tree else []
