"""Whether a bookmark, or another range, begins in one block of a template and ends in another."""

from __future__ import annotations

import re

from generator.template.tags import Tag

_MARK = re.compile(r'<w:(bookmark|commentRange|perm)(Start|End)\b[^<>]*? w:id="([^"]*)"')
_BLOCKS = ("for", "if", "macro", "call", "filter", "with", "block")


class BrokenMarks:
    """Walks over a part: its texts and its statements, in their order; `found` once a range is broken."""

    def __init__(self) -> None:
        self.found = False
        self._branch: list[int] = []  # of each open block the branch, numbered through the part
        self._branches = 0
        self._open: dict[tuple[str, str], list[int]] = {}

    def chunk(self, text: str) -> None:
        """A text between two tags."""
        for kind, half, identity in _MARK.findall(text) if "<w:" in text else ():
            if half == "Start":
                self._open[kind, identity] = [*self._branch]
            elif self._open.pop((kind, identity), self._branch) != self._branch:
                self.found = True

    def statement(self, tag: Tag) -> None:
        """A statement's tag."""
        keyword = tag.keyword
        self._branches += 1
        if keyword in _BLOCKS or (keyword == "set" and "=" not in tag.body):
            self._branch.append(self._branches)
        elif keyword in ("elif", "else") and self._branch:
            self._branch[-1] = self._branches
        elif keyword.startswith("end") and self._branch:
            self._branch.pop()
