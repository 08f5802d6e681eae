"""The rows that a bureau prescribes, laid under a data file's for its form: written in, and locked."""

from __future__ import annotations

from collections.abc import Iterable

from generator.kept.light_classes import dataclass, field
from generator.source.nodes import List, Map, Node, Scalar, Written
from generator.standard.model import Cell, RecordType, Section, Standard
from generator.standard.prescribed_rows import laid_under, text_of

_NOWHERE = (0, 0)


@dataclass
class Prefilled:
    """A data file's values over the prescribed rows.

    Args:
        root: the tree to write.
        locked: the identities of the nodes that the bureau prescribes.
    """

    root: Map
    locked: set[int] = field(default_factory=set)


def prefilled(standard: Standard, root: Map) -> Prefilled:
    """Lay the values of a data file over the rows that its standard prescribes."""
    made = Prefilled(Map())
    made.root = _record(standard.root, root, made)
    return made


def is_closed(cells: tuple[Cell, ...]) -> bool:
    """Whether the rows of a table are all prescribed: the innermost list has no rows but the bureau's."""
    fixed = cells[0].field.fixed if cells else None
    if fixed is None or fixed.open:
        return False
    rows: tuple[Node, ...] = tuple(fixed.rows)
    for inner in cells[1:]:
        rows = tuple(item for row in rows if isinstance(row, Map) for item in _list(row.get(inner.field.name)))
        if not rows:
            return False
    return True


def _list(node: Node | None) -> List:
    return node if isinstance(node, List) else List()


def _record(section: Section, given: Map, made: Prefilled) -> Map:
    found = Map(given.line, given.column)
    found.update(given)
    found.key_at.update(given.key_at)
    for name, cell in section.cells.items():
        if cell.origin != "data":
            continue
        own, node = cell.field, given.get(name)
        if own.fixed is not None and own.fixed.names:
            found[name] = _map(own.fixed.names, node)
        elif own.fixed is not None and own.record is not None and own.many:
            items = node if isinstance(node, List) else List(*_NOWHERE)
            rows, _ = laid_under(own.fixed, own.record, items, (items.line, items.column), lambda *_: True)
            found[name] = _items(cell, rows, items, made)
            _lock(found[name], own.record, own.fixed.rows, made)
        elif cell.section is not None and own.many and isinstance(node, List):
            found[name] = _items(cell, list(node), node, made)
        elif cell.section is not None and not own.many:
            inner = _record(cell.section, node if isinstance(node, Map) else Map(*_NOWHERE), made)
            if inner or isinstance(node, Map):
                found[name] = inner
    return found


def _items(cell: Cell, rows: list[Node], at: List, made: Prefilled) -> List:
    found = List(at.line, at.column)
    assert cell.section is not None
    found.extend(_record(cell.section, row, made) if isinstance(row, Map) else row for row in rows)
    return found


def _map(names: tuple[str, ...], node: Node | None) -> Map:
    found = Map(*_NOWHERE)
    given = node if isinstance(node, Map) else Map()
    for name in names:
        found[name] = given[name] if name in given else Written("", *_NOWHERE)
    found.update({name: value for name, value in given.items() if name not in found})
    return found


def _lock(rows: Node, record: RecordType, fixed: Iterable[Node], made: Prefilled) -> None:
    """Note the values of the rows that stand as prescribed."""
    by_key = {text_of(row.get(record.key or "")): row for row in _list(rows) if isinstance(row, Map)}
    for wanted in fixed:
        row = by_key.get(text_of(wanted.get(record.key or ""))) if isinstance(wanted, Map) else None
        if row is None or not isinstance(wanted, Map):
            continue
        for name, value in wanted.items():
            node = row.get(name)
            inner = record.fields[name].record
            if isinstance(value, List) and inner is not None and node is not None:
                _lock(node, inner, value, made)
            elif isinstance(node, Scalar) and text_of(node) == text_of(value):
                made.locked.add(id(node))
