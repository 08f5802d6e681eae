"""The structure of an axis: which rows (or columns) control tags repeat, choose or leave out.

A control row holds `{%tr … %}` tags and nothing else; it disappears. What stands between control rows is a band, placed
as a whole. The same holds for columns and `{%tc … %}`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.excel.follow.layout import Band
from generator.kept.light_classes import dataclass, field
from generator.template.tags import Tag


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag and the cell that it stands in; `beside`: the loops side by side that it stands for (see `side_by_side`)."""

    tag: Tag
    row: int
    column: int
    beside: tuple[Any, ...] = ()


@dataclass(slots=True)
class Branch:
    """What stands under one tag: the `for` or `if` itself, an `elif`, an `else`."""

    mark: Mark
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A `for`, an `if` or a `with` with its branches; `loop` numbers a `for`, `depth` counts the loops around it."""

    word: str
    branches: list[Branch]
    loop: int = 0
    depth: int = 0


@dataclass(slots=True)
class Statement:
    """A tag without a body: `set`, `do`."""

    mark: Mark


@dataclass(slots=True)
class Stretch:
    """A band, by its index."""

    band: int


Part = Block | Statement | Stretch


@dataclass(slots=True)
class Structure:
    """An axis: its parts in order, and its bands; `controls` are the positions that disappear."""

    parts: list[Part] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    controls: frozenset[int] = frozenset()

    @property
    def fixed(self) -> bool:
        """Whether nothing on this axis moves."""
        return not self.controls


_OPENING = ("for", "if", "with")
_CLOSING = {"endfor": "for", "endif": "if", "endwith": "with"}
Report = Callable[..., None]


def build(controls: Sequence[tuple[int, Sequence[Mark]]], limit: int, report: Report) -> Structure:
    """The structure that control tags give an axis.

    Args:
        controls: the control positions in order, each with its tags in order.
        limit: the last position of the axis.
        report: takes a code, the mark at fault and the wording's arguments.
    """
    growing = _Growing(controls, report)
    following = 1
    for position, marks in controls:
        growing.stretch(following, position - 1)
        following = position + 1
        for mark in marks:
            growing.take(mark)
    growing.finish()
    growing.stretch(following, limit)
    return growing.structure


class _Growing:
    """A structure while the tags of its axis are read: the blocks that are open, the loops that a position stands in."""

    def __init__(self, controls: Sequence[tuple[int, Sequence[Mark]]], report: Report):
        self.structure = Structure(controls=frozenset(position for position, _ in controls))
        self.report = report
        self.stack: list[Block] = []
        self.loops: list[int] = []
        self.count = 0

    @property
    def parts(self) -> list[Part]:
        return self.stack[-1].branches[-1].parts if self.stack else self.structure.parts

    def stretch(self, first: int, last: int) -> None:
        """Positions without control tags."""
        if first <= last:
            self.parts.append(Stretch(len(self.structure.bands)))
            self.structure.bands.append(Band(first, last, tuple(self.loops)))

    def take(self, mark: Mark) -> None:
        """A control tag."""
        word = mark.tag.keyword
        if word in _OPENING:
            self.open(word, mark)
        elif word in ("else", "elif"):
            self.branch(word, mark)
        elif word in _CLOSING:
            self.close(_CLOSING[word], mark)
        elif word in ("set", "do"):
            self.parts.append(Statement(mark))
        else:
            self.report("excel-tag-not-for-rows", mark, name=word or mark.tag.body)

    def open(self, word: str, mark: Mark) -> None:
        block = Block(word, [Branch(mark)], depth=len(self.loops))
        self.parts.append(block)
        self.stack.append(block)
        if word == "for":
            self.count += 1
            block.loop = self.count
            self.loops.append(self.count)

    def branch(self, word: str, mark: Mark) -> None:
        top = self.stack[-1] if self.stack else None
        last = top.branches[-1].mark.tag.keyword if top else ""
        if top is None or top.word == "with" or last == "else" or (word == "elif" and top.word == "for"):
            self.report("template-unexpected-end", mark)
            return
        if top.word == "for":
            self.loops.pop()
        top.branches.append(Branch(mark))

    def close(self, word: str, mark: Mark) -> None:
        """The end of a block; of blocks in it that are open still, the innermost is told."""
        if all(block.word != word for block in self.stack):
            self.report("template-unexpected-end", mark)
            return
        top = self.stack[-1]
        if top.word != word:
            self.report("template-unclosed-block", top.branches[0].mark, end=_end(top))
        while self.stack[-1].word != word:
            _leave(self.stack.pop(), self.loops)
        _leave(self.stack.pop(), self.loops)

    def finish(self) -> None:
        """The end of the axis: what is open still is told."""
        for block in reversed(self.stack):
            self.report("template-unclosed-block", block.branches[0].mark, end=_end(block))
        while self.stack:
            _leave(self.stack.pop(), self.loops)


def _end(block: Block) -> str:
    return f"{{%{block.branches[0].mark.tag.host} end{block.word} %}}"


def _leave(block: Block, loops: list[int]) -> None:
    if block.word == "for" and len(block.branches) == 1:
        loops.pop()
