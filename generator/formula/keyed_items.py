"""Items of a list by their key: an index of a long list is made once, not a search for each look-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_FEW = 8  # a list that is shorter is searched


class KeyedItems(list[Any]):
    """The records of a list, found by their key (`list["key"]`). It does not change once it is read."""

    __slots__ = ("_index",)

    def __init__(self, items: Iterable[Any] = ()):
        super().__init__(items)
        self._index: dict[Any, Any] | None = None

    def find(self, key: str) -> Any:
        """The first item with a key; None if there is none."""
        if len(self) < _FEW:
            return found(self, key)
        index = self._index
        if index is None:
            index = {}
            for item in self:
                index.setdefault(item.key_value, item)
            self._index = index
        return index.get(key)


def found(items: Iterable[Any], key: str) -> Any:
    """The first of some items with a key; None if there is none."""
    if isinstance(items, KeyedItems) and len(items) >= _FEW:
        return items.find(key)
    return next((item for item in items if item.key_value == key), None)
