"""Records of a report: fields by name, computed when they are first read."""

from __future__ import annotations

import reprlib
from collections.abc import Iterator
from typing import Any, Protocol

from generator.formula import INVALID, RecordBase, Recorder
from generator.source import Map, Scalar
from generator.source.nodes import SHEET_LINES
from generator.standard import Cell, Section

Seen = dict[tuple[int, str], tuple[Any, str]]


class Store(Protocol):
    """What a record takes its values from when they are first read."""

    root: Record

    def value(self, record: Record, name: str) -> Any:
        """The value of a field, computed; it is kept in the record."""
        ...


class Record(dict[str, Any], RecordBase):
    """One record: a value, None for a blank or `INVALID` by field name.

    Args:
        store: gives the value of a field that is read for the first time.
        section: its place in the standard.
        parent: the record that holds it, None for the report.
        index: its place in a list, from 0; None outside a list.
        source: what the data file states.
    """

    __slots__ = ("_path", "exact_values", "index", "parent", "section", "source", "store")

    def __init__(self, store: Store, section: Section, parent: Record | None, index: int | None, source: Map):
        self.store = store
        self.section = section
        self.parent = parent
        self.index = index
        self.source = source
        self.exact_values: dict[str, Any] | None = None
        self._path: str | None = None

    def chain(self) -> Iterator[Record]:
        """The record and those that hold it, up to the report."""
        at: Record | None = self
        while at is not None:
            yield at
            at = at.parent

    def __missing__(self, name: str) -> Any:
        return self.store.value(self, name)

    def __repr__(self) -> str:
        """Its place and first values; the records that it holds or refers to would be the whole report, many times over."""
        return (
            f"<Record {self.path}: {reprlib.repr({n: v for n, v in self.items() if not isinstance(v, dict | list)})}>"
        )

    def __hash__(self) -> int:  # type: ignore[override]  a dictionary has none; a record is itself, whatever it holds
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    @property
    def root(self) -> Record:
        """The report."""
        return self.store.root

    @property
    def key_value(self) -> str | None:
        """The value by which a list finds the record."""
        key = self.section.type.key
        value = self[key] if key else None
        return None if value is INVALID else value

    def exact(self, name: str) -> Any:
        """A number before it was rounded on storing."""
        if self.exact_values is not None and name in self.exact_values:
            return self.exact_values[name]
        return self[name]

    @property
    def path(self) -> str:
        """Its place in the report: `指标[0].二级指标[1]`, "" for the report."""
        if self._path is None:
            self._path = self._found_path()
        return self._path

    def _found_path(self) -> str:
        if self.parent is None:
            return ""
        name = self.section.name
        own = name if self.index is None else f"{name}[{self.index}]"
        above = self.parent.path
        return f"{above}.{own}" if above else own

    def path_of(self, name: str) -> str:
        """The path of one of its fields."""
        own = self.path
        return f"{own}.{name}" if own else name

    def place_of(self, name: str) -> tuple[int, int]:
        """Line and column of a field in the data file: of its value, of its key where it has none, of the record."""
        node = self.source.get(name)
        if node is None:
            return self.place
        if isinstance(node, Scalar) and not node.is_null:
            return node.line, node.column
        return self.source.key_at[name]

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the record in the data file: of its key, or of its first line in a list."""
        if self.parent is None:
            return (self.source.line, self.source.column) if self.source.line > SHEET_LINES else (1, 1)
        name = self.section.name
        if self.index is not None:
            return self.source.line, self.source.column
        return self.parent.source.key_at.get(name) or self.parent.place


def evaluate(record: Record, cell: Cell, seen: Seen | None = None) -> Any:
    """What a cell's formula gives in a record, before it is rounded; `seen` collects what it reads.

    Raises:
        InvalidInput: it needs a value that is at fault.
    """
    assert cell.compute is not None
    if not cell.up and seen is None:  # what most formulas are
        return cell.compute(record)
    at: Record | None = record
    for _ in range(cell.up):
        at = at.parent if at is not None else None
    assert at is not None
    return cell.compute(at if seen is None else Recorder(at, seen))
