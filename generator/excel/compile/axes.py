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
    structure = Structure(controls=frozenset(position for position, _ in controls))
    stack: list[Block] = []
    loops: list[int] = []
    count = 0
    following = 1

    def parts() -> list[Part]:
        return stack[-1].branches[-1].parts if stack else structure.parts

    def stretch(first: int, last: int) -> None:
        if first <= last:
            parts().append(Stretch(len(structure.bands)))
            structure.bands.append(Band(first, last, tuple(loops)))

    for position, marks in controls:
        stretch(following, position - 1)
        following = position + 1
        for mark in marks:
            word = mark.tag.keyword
            top = stack[-1] if stack else None
            if word in _OPENING:
                block = Block(word, [Branch(mark)], depth=len(loops))
                parts().append(block)
                stack.append(block)
                if word == "for":
                    count += 1
                    block.loop = count
                    loops.append(count)
            elif word in ("else", "elif"):
                last = top.branches[-1].mark.tag.keyword if top else ""
                if top is None or top.word == "with" or last == "else" or (word == "elif" and top.word == "for"):
                    report("template-unexpected-end", mark)
                    continue
                if top.word == "for":
                    loops.pop()
                top.branches.append(Branch(mark))
            elif word in _CLOSING:
                if top is None or top.word != _CLOSING[word]:
                    if top is not None and any(block.word == _CLOSING[word] for block in stack):
                        report("template-unclosed-block", top.branches[0].mark, end=_end(top))
                        while stack[-1].word != _CLOSING[word]:
                            _leave(stack.pop(), loops)
                        _leave(stack.pop(), loops)
                    else:
                        report("template-unexpected-end", mark)
                    continue
                _leave(stack.pop(), loops)
            elif word in ("set", "do"):
                parts().append(Statement(mark))
            else:
                report("excel-tag-not-for-rows", mark, name=word or mark.tag.body)
    for block in reversed(stack):
        report("template-unclosed-block", block.branches[0].mark, end=_end(block))
    while stack:
        _leave(stack.pop(), loops)
    stretch(following, limit)
    return structure


def _end(block: Block) -> str:
    return f"{{%{block.branches[0].mark.tag.host} end{block.word} %}}"


def _leave(block: Block, loops: list[int]) -> None:
    if block.word == "for" and len(block.branches) == 1:
        loops.pop()
