"""Rows of a loop that print nothing but values of their records, printed a hundred or so at once.

A table of thousands of rows is such a loop. What the values print is asked for all of them together, by functions that run without
Python's own frames, and put between the pieces of the row; rows of which a value needs more go through their program one by one, and
so does whatever cannot be printed: its fault is told at its tag. Both give the same bytes. The number of a row in its loop is such a
value too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from jinja2 import nodes

from generator.kept.light_classes import dataclass
from generator.ooxml.deflater import BLOCK

_FEW = 8  # rows that are as quick one by one
_MOST = 256  # rows that are put together
_REFUSED = 2  # batches after which a loop's rows go one by one
_NUMBERS = {"index": 1, "index0": 0}  # of a row in its loop: the first row's

Keys = tuple[str | int, ...]
"""Of a row's values: a key of its record, or of its number in the loop that of the first row."""

Together = Callable[[Sequence[Any], tuple[int, ...]], "tuple[Sequence[bytes], bool] | None"]
"""Values, row by row, and the lines of a row's tags -> what they print, and whether that is nothing but escaped text; None where they
have to be printed one by one."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows that are printed, where a loop's item would be: what the program gives of them, and how many they are."""

    content: Any
    count: int


@dataclass(slots=True)
class LastRows:
    """The rows that were printed together last, if they differ from others of their loop in escaped text alone.

    Args:
        content: what they print.
        pieces: what stands around their values: the same object in all rows of a loop.
    """

    content: bytes | None = None
    pieces: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row of a loop.

    Args:
        item: the name of its record.
        pieces: what stands around its values.
        keys: of the values.
        lines: of the values' tags.
        place: where the rows stand, of programs whose driver must know: it is handed on.
    """

    item: str
    pieces: tuple[str, ...] | tuple[bytes, ...]
    keys: Keys
    lines: tuple[int, ...]
    place: tuple[int, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether rows print their number in the loop."""
        return any(type(key) is int for key in self.keys)


def row_plan(loop: nodes.For) -> RowPlan | None:
    """How a loop prints if that is nothing but values of its item's own; None for any other."""
    item = item_of(loop)
    if item is None or len(loop.body) != 1:
        return None
    (output,) = loop.body
    if type(output) is not nodes.Output or hasattr(output, "plan"):
        return None
    pieces, values = [""], list[nodes.Expr]()
    for child in output.nodes:
        if isinstance(child, nodes.TemplateData):
            pieces[-1] += child.data
        else:
            values.append(child)
            pieces.append("")
    keys = keys_of(values, item)
    return None if keys is None else RowPlan(item, tuple(pieces), keys, tuple(value.lineno for value in values))


def item_of(loop: nodes.For) -> str | None:
    """The name of a loop's item; None of a loop that does more than to take one item after another."""
    if loop.test or loop.else_ or loop.recursive or type(loop.target) is not nodes.Name:
        return None
    return loop.target.name


def keys_of(values: Sequence[nodes.Expr], item: str) -> Keys | None:
    """The keys of values of a loop's item; None if there are none, or one is anything else."""
    keys = [_key(value, item) for value in values]
    found = tuple(key for key in keys if key is not None)
    return found if len(found) == len(keys) and any(type(key) is str for key in found) else None


def _key(value: nodes.Expr, item: str) -> str | int | None:
    if isinstance(value, nodes.Getattr):
        owner, key = value.node, value.attr
    elif isinstance(value, nodes.Getitem) and isinstance(value.arg, nodes.Const) and type(value.arg.value) is str:
        owner, key = value.node, value.arg.value
    else:
        return None
    if type(owner) is not nodes.Name:
        return None
    if owner.name == item:
        return key
    return _NUMBERS.get(key) if owner.name == "loop" and isinstance(value, nodes.Getattr) else None


def in_batches(
    rows: list[Any],
    pieces: tuple[bytes, ...],
    keys: Keys,
    lines: tuple[int, ...],
    together: Together,
    turns: Callable[[int], None],
    noted: LastRows,
) -> Iterable[Any]:
    """The items of a loop in their order, those that are plain printed.

    Args:
        rows: all of them.
        pieces: what stands around the values of a row.
        keys: of its values.
        lines: of the values' tags.
        together: prints values.
        turns: counts so many turns of the loop.
        noted: where rows are noted that are alike.
    """
    if len(rows) < _FEW:
        return rows
    first, *between, last = pieces
    between.append(last + first)
    size = max(_FEW, min(_MOST, BLOCK // (1 + sum(map(len, between))) + 1))
    out: list[bytes] = []

    def printed(values: list[Any]) -> bytes | None:
        nonlocal out
        found = together(values, lines)
        if found is None:
            return None
        texts, plain = found
        if len(out) != 2 * len(texts) + 1:
            out = [first] * (2 * len(texts) + 1)
            out[2::2] = between * (len(texts) // len(keys))
            out[-1] = last
        out[1::2] = texts
        content = b"".join(out)
        noted.content, noted.pieces = content if plain else None, pieces
        return content

    return batches(rows, keys, size, printed, turns)


def batches(
    rows: list[Any],
    keys: Keys,
    size: int,
    printed: Callable[[list[Any]], Any],
    turns: Callable[[int], None],
) -> Iterator[Any]:
    """The items of a loop in their order, those that are plain printed.

    Args:
        rows: all of them.
        keys: of a row's values.
        size: how many are printed together at most.
        printed: what a program gives of rows, of which it takes the values, row by row; None where each row has to be printed by the
            program, and so where it raises.
        turns: counts so many turns of the loop.
    """
    numbers = [(place, key) for place, key in enumerate(keys) if type(key) is int]
    own = [key for key in keys if type(key) is str]
    values_of = itemgetter(*(own[0] if type(key) is int else key for key in keys))
    refused = 0
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        content = None
        if refused < _REFUSED and set(map(type, batch)) == {dict}:
            try:
                taken = map(values_of, batch)
                values = [*(chain.from_iterable(taken) if len(keys) > 1 else taken)]
                for place, number in numbers:
                    values[place :: len(keys)] = range(start + number, start + number + len(batch))
                content = printed(values)
            except Exception:  # a value that is not there, or cannot be printed: the program tells where
                content = None
        if content is None:
            refused += 1
            yield from batch
            continue
        turns(len(batch))
        yield Printed(content, len(batch))
