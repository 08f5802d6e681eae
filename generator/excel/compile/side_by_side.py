"""Two lists side by side on the same rows: loops whose tags stand in one control row, each over the columns from its tag on.

They become one loop as long as the longest list; where a shorter one has ended, its cells are empty. Loops in one row of which one
uses the other's variable are nested, as loops in two rows are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.compile.axes import Mark
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.addresses import MAX_COLUMNS

_FOR = lazy(r"for\s++(\S.*?)(?<!\s)\s++in\s++(.+)", re.S)
_LOOP = lazy(r"(?<![\w.])loop\s*\.\s*(?!index\b|index0\b|first\b)\w+")


@dataclass(frozen=True, slots=True)
class SideBlock:
    """A loop over some columns: its tag, its columns from 1, and the name that says whether its list goes on."""

    mark: Mark
    first: int
    last: int
    present: str


class CannotStand(Exception):
    """Loops that can stand neither side by side nor in each other; `reason` says why."""

    def __init__(self, reason: Text):
        super().__init__(reason.zh)
        self.reason = reason


def blocks_of(marks: Sequence[Mark], ends: int, texts: Mapping[tuple[int, int], str]) -> tuple[SideBlock, ...]:
    """The blocks of a control row; none where its loops are nested or there is only one.

    Args:
        marks: the row's tags, in the order of their cells.
        ends: how many ends the next control row holds, and nothing else; 0 if it holds anything else.
        texts: of the cells with tags between the two, by row and column.

    Raises:
        CannotStand: they are neither.
    """
    columns = [mark.column for mark in marks]
    if len(marks) < 2 or len(set(columns)) < len(columns) or any(mark.tag.keyword != "for" for mark in marks):
        return ()
    if ends != len(marks):
        return ()
    limits = [*columns[1:], MAX_COLUMNS + 1]
    found = tuple(
        SideBlock(mark, 1 if index == 0 else mark.column, limits[index] - 1, f"__beside_{mark.row}_{index}")
        for index, mark in enumerate(marks)
    )
    targets = [_names(mark) for mark in marks]
    for index, (block, own) in enumerate(zip(found, targets, strict=True)):
        foreign = set().union(*(names for other, names in enumerate(targets) if other != index))
        inside = [text for (_, column), text in texts.items() if block.first <= column <= block.last]
        match = _FOR.fullmatch(block.mark.tag.body.strip())
        if any(_uses(name, text) for name in foreign - own for text in [*inside, match[2] if match else ""]):
            return ()
        if own & foreign:
            name = sorted(own & foreign)[0]
            raise CannotStand(words.SIDES_SAME_ITEM.filled(name=name))
        if match is not None and re.search(r"\s(if|recursive)\b", match[2]):
            raise CannotStand(words.SIDES_CONDITION)
        if found_loop := next((one for text in inside if (one := _LOOP.search(text))), None):
            raise CannotStand(words.SIDES_LOOP.filled(used=found_loop[0]))
    return found


def _names(mark: Mark) -> set[str]:
    match = _FOR.fullmatch(mark.tag.body.strip())
    return set(re.findall(r"[^\W\d]\w*", match[1])) if match else set()


def _uses(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text) is not None


def together(loops: Sequence[nodes.For], blocks: Sequence[SideBlock]) -> nodes.For:
    """One loop for several: each iteration has an item of each, or nothing, and says of each whether it is there."""
    line = loops[0].lineno
    targets: list[nodes.Expr] = []
    sizes: list[int] = []
    for loop, block in zip(loops, blocks, strict=True):
        assert isinstance(loop.target, nodes.Expr)
        targets += [loop.target, nodes.Name(block.present, "store", lineno=line)]
        sizes.append(len(loop.target.items) if isinstance(loop.target, nodes.Tuple) else 0)
    lists = nodes.List([loop.iter for loop in loops], lineno=line)
    shapes = nodes.Const(tuple(sizes), lineno=line)
    rows = nodes.Filter(lists, "__beside", [shapes], [], None, None, lineno=line)
    whole = nodes.For(nodes.Tuple(targets, "store", lineno=line), rows, [], [], None, False, lineno=line)
    whole.beside = tuple(loops)  # type: ignore[attr-defined]  for `paths`, which follows each
    return whole


def beside(lists: Iterable[Any], sizes: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of lists side by side: of each list its item and whether it has one."""
    full = [list(one) for one in lists]
    for index in range(max(map(len, full), default=0)):
        row: list[Any] = []
        for one, size in zip(full, sizes, strict=True):
            there = index < len(one)
            row += [one[index] if there else (None,) * size if size else None, there]
        yield tuple(row)


def composite(blocks: Sequence[SideBlock]) -> Mark:
    """The mark that stands for the loops of a control row."""
    return replace(blocks[0].mark, beside=tuple(blocks))
