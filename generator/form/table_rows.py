"""The items of a data file's lists as the rows of a form's table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.form.typed_values import text_node
from generator.kept.light_classes import dataclass, field
from generator.source.form_plan import FormLevel, FormTable
from generator.source.nodes import List, Map, Node
from generator.source.tree_places import own_key


@dataclass
class Row:
    """A row: the node of each column by its id, and the path of the item in the report (of its innermost level)."""

    nodes: dict[str, Node] = field(default_factory=dict)
    path: str = ""


def follow(holder: Node | None, path: str) -> Node | None:
    """The value at a path of names."""
    for step in path.split("."):
        holder = holder.get(step) if isinstance(holder, Map) else None
    return holder


def table_rows(table: FormTable, root: Map) -> list[Row]:
    """The rows that a report's tree gives a table."""
    if table.shape == "stated":
        return []
    rows: list[Row] = []
    for holder, chain, base in _holders(root, table.parents, (), ""):
        for label, path in (table.places or {}).items():
            own = path if not table.parents else table.levels[0].list
            found = follow(holder, own)
            nodes: dict[str, Node] = {}
            for column in table.columns:
                if column.role == "parent":
                    nodes[column.id] = text_node(chain[column.level])
                elif column.role == "place":
                    nodes[column.id] = text_node(label)
            where = f"{base}.{own}" if base else own
            if table.shape == "map":
                rows += _entries(found, nodes)
            elif isinstance(found, List) and table.shape == "texts":
                rows += [Row({**nodes, "value": item}, f"{where}[{index}]") for index, item in enumerate(found)]
            elif isinstance(found, List):
                rows += _items(table, found, 0, nodes, where)
    return rows


def _entries(found: Node | None, nodes: dict[str, Node]) -> Iterator[Row]:
    if isinstance(found, Map):
        for name, value in found.items():
            yield Row({**nodes, "name": text_node(name), "value": value})


def _holders(
    holder: Map, parents: tuple[FormLevel, ...], chain: tuple[str, ...], path: str
) -> Iterator[tuple[Map, tuple[str, ...], str]]:
    """The items of the innermost of the upper lists, with what each is called."""
    if not parents:
        yield holder, chain, path
        return
    found = follow(holder, parents[0].list)
    for index, item in enumerate(found if isinstance(found, List) else ()):
        if isinstance(item, Map):
            name = own_key(item, parents[0].key) if parents[0].key else str(index + 1)
            where = f"{path}.{parents[0].list}[{index}]" if path else f"{parents[0].list}[{index}]"
            yield from _holders(item, parents[1:], (*chain, name), where)


def _items(table: FormTable, items: List, depth: int, above: dict[str, Node], path: str) -> Iterator[Row]:
    """The rows of a list's items: one for each innermost item, the keys of the upper ones repeated so that rows can be
    sorted, the rest of an upper item in its first row."""
    level = table.levels[depth]
    for index, item in enumerate(items):
        if not isinstance(item, Map):
            continue
        own: dict[str, Node] = {}
        repeated = dict(above)
        for column in table.columns:
            if column.role == "field" and column.level == depth:
                node = follow(item, column.path)
                if node is not None:
                    own[column.id] = node
                    if column.path == level.key:
                        repeated[column.id] = node
            elif column.role == "number" and column.level == depth:
                own[column.id] = text_node(str(index + 1))
        where = f"{path}[{index}]"
        first = Row({**above, **own}, where)
        if depth + 1 == len(table.levels):
            yield first
            continue
        below = follow(item, table.levels[depth + 1].list)
        rows: list[Any] = []
        if isinstance(below, List):
            rows = list(_items(table, below, depth + 1, repeated, f"{where}.{table.levels[depth + 1].list}"))
        if rows:
            rows[0].nodes = {**own, **rows[0].nodes}
            yield from rows
        else:
            yield first
