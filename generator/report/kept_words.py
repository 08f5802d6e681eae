"""What a data file keeps as it stands (`保留`), with its reason: words of a text, and values that a check only warns of; an entry that
keeps nothing is told."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from generator.diagnostics import Severity
from generator.formula import INVALID
from generator.kept.lazy_patterns import lazy
from generator.report.compute import Computation
from generator.report.field_paths import find
from generator.report.read_records import KEPT
from generator.report.spoken_texts import Prose
from generator.report.stated_text import says_nothing
from generator.source import List, Map, Node, Scalar, position_in

_POSITION = lazy(r"\[[0-9]+\]")
_KEYS = ("处", "文字", "理由")


class Kept:
    """The entries of `保留`, and which of them keep something."""

    def __init__(self, computation: Computation):
        self.computation = computation
        self.entries: list[tuple[str, str, Scalar, str]] = []
        self.reasons: list[str] = []  # of each entry
        self.used: set[int] = set()
        self._told: set[tuple[str, ...]] = set()
        node: Node | None = computation.root.source.get(KEPT)
        if node is None or says_nothing(node):
            return
        if not isinstance(node, List):
            computation.tell("kept-shape", node, KEPT)
            return
        for index, item in enumerate(node):
            self._read(item, f"{KEPT}[{index}]")
        self._keep_values()

    def _read(self, item: Node, path: str) -> None:
        if not isinstance(item, Map) or item.keys() - set(_KEYS):
            self.computation.tell("kept-shape", item, path)
            return
        place, text, reason = (item.get(key) for key in _KEYS)
        if not isinstance(place, Scalar) or not isinstance(text, Scalar) or says_nothing(place) or says_nothing(text):
            self.computation.tell("kept-shape", item, path)
            return
        if not isinstance(reason, Scalar) or says_nothing(reason):
            self.computation.tell("kept-without-reason", item, path, text=text.text)
        self.entries.append((self._path(place.text.strip()), text.text, text, path))
        self.reasons.append("" if says_nothing(reason) else reason.text)  # type: ignore[union-attr]

    def _path(self, path: str) -> str:
        """A path as findings give it: with positions instead of keys."""
        if (found := find(self.computation.root, path)) is None:
            return path
        record, name = found
        item = re.search(r"\[[0-9]+\]\Z", path)
        return record.path_of(name) + (item[0] if item and record.section.cells[name].section is None else "")

    def _keep_values(self) -> None:
        """Leave out the warnings of checks on values that an entry names as they are typed."""
        for found in [one for one in self.computation.diagnostics if one.code == "check-failed"]:
            path = found.location.path
            at = find(self.computation.root, path) if path and found.severity is Severity.WARNING else None
            node = at[0].source.get(at[1]) if at else None
            for index, (place, text, _, _) in enumerate(self.entries):
                if place == path and isinstance(node, Scalar) and node.text.strip() == text.strip():
                    self.used.add(index)
                    self.computation.diagnostics.pop(found, None)

    def tell(self, code: str, prose: Prose, offset: int, **arguments: Any) -> None:
        """Tell a finding at an offset of the written text, unless an entry keeps the words there."""
        written = prose.node.text
        for index, (path, text, _, _) in enumerate(self.entries):
            if path != prose.path:
                continue
            start = written.find(text)
            while start >= 0:
                if start <= offset < start + len(text):
                    self.used.add(index)
                    return
                start = written.find(text, start + 1)
        if self._mistaken(prose, offset):
            return
        said = (code, prose.path, *(str(value) for value in arguments.values()))
        if said in self._told:  # the same words once more in one text
            return
        self._told.add(said)
        place = position_in(self.computation.source, prose.node, offset)
        self.computation.tell(code, place, prose.path, **arguments)

    def spare(self, paths: Collection[str]) -> None:
        """Say nothing of the entries for these texts, which stand in each other's place."""
        self.used |= {index for index, (place, _, _, _) in enumerate(self.entries) if place in paths}

    def _mistaken(self, prose: Prose, offset: int) -> bool:
        """Whether an entry was meant to keep what is told there, and is told to keep nothing: its place, text and reason stand in each
        other's place; or whether the text has moved to another item, which the finding tells."""
        written = prose.node.text
        for index, (place, text, _, _) in enumerate(self.entries):
            kept = {text, place, self.reasons[index]} if prose.path in (place, text) else {text}
            starts = [(one, written.find(one)) for one in kept if one and one in written]
            if not any(start <= offset < start + len(one) for one, start in starts):
                continue
            if prose.path in (place, text):
                return True
            if place.rpartition(".")[0] == prose.path.rpartition(".")[0] or _POSITION.sub("", place) == _POSITION.sub(
                "", prose.path
            ):
                self.used.add(index)
                if self.computation.doubled:  # the items are counted otherwise until one of two is gone
                    return True
        return False

    def tell_unused(self) -> None:
        """Tell of the entries that keep nothing."""
        for index, (place, text, node, path) in enumerate(self.entries):
            if index not in self.used and not self._unread(place):
                self.computation.tell("kept-unused", node, path, text=text, place=place)

    def _unread(self, path: str) -> bool:
        """Whether a text could not be printed, so that nobody knows what it says."""
        at = find(self.computation.root, path)
        return at is not None and at[0].get(at[1]) is INVALID
