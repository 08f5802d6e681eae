"""What renders of one template have alike: where rows and columns go in a batch mostly where they went in the last file."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from generator.excel.follow.sheet_layouts import WorkbookLayout

_RUNS = 2_000  # of a layout that is remembered: what a long report works out for itself would fill memory
_FACTS = 20_000
_LAST = 4


class Known:
    """What follows from a layout and the template alone, by what it is of."""

    def __init__(self, layout: WorkbookLayout, small: bool = True):
        self.layout = layout
        self._facts: dict[Hashable, Any] = {}
        self._most = _FACTS if small else 0

    def get(self, key: Hashable) -> Any:
        """A fact; None where it is not known yet."""
        return self._facts.get(key)

    def keep(self, key: Hashable, fact: Any) -> None:
        """Remember a fact for the next render."""
        if len(self._facts) < self._most:
            self._facts[key] = fact


class KnownLayouts:
    """The layouts of the last renders of a template. Threads may share it: a fact that two work out is the same."""

    def __init__(self) -> None:
        self._last: tuple[Known, ...] = ()
        self._of_template: dict[Hashable, Any] = {}

    def of_template(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What follows from the template alone, made once; `key` tells what it is."""
        found = self._of_template.get(key)
        if found is None:
            found = self._of_template[key] = make()
        return found

    def known(self, layout: WorkbookLayout) -> Known:
        """What is known of this layout, or of one like it."""
        for known in self._last:
            if known.layout == layout:
                return known
        count = sum(len(runs) for sheet in layout.sheets for axis in (sheet.rows, sheet.columns) for runs in axis.runs)
        found = Known(layout, count <= _RUNS)
        if count <= _RUNS:
            self._last = (found, *self._last[: _LAST - 1])
        return found
