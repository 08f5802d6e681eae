"""Values at run time: a value, blank (None) or invalid; and records.

Blank is not 0: arithmetic with a blank gives a blank, a comparison with a blank is unknown (None as well). An invalid
value silences everything that depends on it: reading it raises `InvalidInput`, which ends the evaluation quietly.
"""

from __future__ import annotations

from typing import Any, Protocol


class _Invalid:
    """The mark of a value that cannot be used; the fault has been told where it stands."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "INVALID"


INVALID = _Invalid()


class InvalidInput(Exception):
    """An evaluation met an invalid value."""


class Record(Protocol):
    """What expressions read: fields by name, the report, the value by which it is looked up."""

    @property
    def root(self) -> Record: ...

    @property
    def key_value(self) -> str | None: ...

    def __getitem__(self, name: str, /) -> Any: ...

    def exact(self, name: str, /) -> Any:
        """A number before it was rounded on storing."""
        ...


class Recorder:
    """A record that notes which fields an evaluation reads.

    Wraps a record and every record that is reached from it; `seen` collects (record, field name) of each value read,
    once, in reading order. Records and lists of records themselves are passed through.
    """

    __slots__ = ("record", "seen")

    def __init__(self, record: Any, seen: dict[tuple[int, str], tuple[Any, str]]):
        self.record = record
        self.seen = seen

    @property
    def root(self) -> Recorder:
        return Recorder(self.record.root, self.seen)

    @property
    def key_value(self) -> str | None:
        return self.record.key_value

    def exact(self, name: str) -> Any:
        return self.record.exact(name)

    def __getitem__(self, name: str) -> Any:
        value = self.record[name]
        if isinstance(value, RECORD_TYPES):
            return Recorder(value, self.seen)
        if isinstance(value, list) and value and isinstance(value[0], RECORD_TYPES):
            return [Recorder(item, self.seen) for item in value]
        self.seen.setdefault((id(self.record), name), (self.record, name))
        return value


class Within:
    """An item of a list together with the record whose field is computed (`本` in a second expression)."""

    __slots__ = ("item", "own")

    def __init__(self, item: Any, own: Any):
        self.item = item
        self.own = own

    @property
    def root(self) -> Any:
        return self.item.root

    @property
    def key_value(self) -> str | None:
        return self.item.key_value

    def exact(self, name: str) -> Any:
        return self.item.exact(name)

    def __getitem__(self, name: str) -> Any:
        return self.item[name]


class RecordBase:
    """The base of record classes, so that the recorder knows them."""

    __slots__ = ()


RECORD_TYPES = (RecordBase,)
