"""Whether a bookmark, another range or a field begins in one block of a template and ends in another."""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy
from generator.template.tags import Tag

_MARK = lazy(r'<w:(bookmark|commentRange|perm)(Start|End)\b[^<>]*? w:id="([^"]*)"')
_FIELD = lazy(r'<w:fldChar\b[^<>]*? w:fldCharType="(begin|end)"')
_BLOCKS = ("for", "if", "macro", "call", "filter", "with", "block")


class BrokenMarks:
    """Walks over a part: its texts and its statements, in their order.

    Attributes:
        found: whether a range is broken; it can be made whole once it is printed.
        fields: the blocks that may print one half of a field, as the number of their opening tag and its keyword.
    """

    def __init__(self) -> None:
        self.found = False
        self.fields: dict[int, str] = {}
        # branch, numbered through the part; opening tag and its keyword
        self._open_blocks: list[tuple[int, int, str]] = []
        self._branches = 0
        self._ranges: dict[tuple[str, str], list[int]] = {}
        self._fields: list[list[tuple[int, int, str]]] = []

    def chunk(self, text: str) -> None:
        """A text between two tags."""
        for kind, half, identity in _MARK.findall(text) if "<w:" in text else ():
            if half == "Start":
                self._ranges[kind, identity] = self._branch()
            elif self._ranges.pop((kind, identity), self._branch()) != self._branch():
                self.found = True
        for half in _FIELD.findall(text) if "<w:fldChar" in text else ():
            if half == "begin":
                self._fields.append([*self._open_blocks])
            elif self._fields and (began := self._fields.pop()) != self._open_blocks:
                apart = [one for one in (*began, *self._open_blocks) if not (one in began and one in self._open_blocks)]
                self.fields |= {number: keyword for _, number, keyword in apart[:1]}

    def statement(self, number: int, tag: Tag) -> None:
        """A statement's tag."""
        keyword = tag.keyword
        self._branches += 1
        if keyword in _BLOCKS or (keyword == "set" and "=" not in tag.body):
            self._open_blocks.append((self._branches, number, keyword))
        elif keyword in ("elif", "else") and self._open_blocks:
            self._open_blocks[-1] = (self._branches, *self._open_blocks[-1][1:])
        elif keyword.startswith("end") and self._open_blocks:
            self._open_blocks.pop()

    def _branch(self) -> list[int]:
        return [branch for branch, _, _ in self._open_blocks]
