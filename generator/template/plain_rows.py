"""Rows of a loop that print nothing but values of their records, printed a hundred or so at once.

A table of thousands of rows is such a loop. What the values print is asked for all of them together, by functions that run without
Python's own frames, and put between the pieces of the row; rows of which a value needs more go through their program one by one, and
so does whatever cannot be printed: its fault is told at its tag. Both give the same bytes.
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

Together = Callable[[Sequence[Any], tuple[int, ...]], "tuple[Sequence[bytes], bool] | None"]
"""Values, row by row, and the lines of a row's tags -> what they print, and whether that is nothing but escaped text; None where they
have to be printed one by one."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows that are printed, where a loop's item would be."""

    content: bytes


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
        keys: of the values in the record.
        lines: of the values' tags.
    """

    item: str
    pieces: list[str]
    keys: tuple[str, ...]
    lines: tuple[int, ...]


def row_plan(loop: nodes.For) -> RowPlan | None:
    """How a loop prints if that is nothing but values of its item's own; None for any other."""
    if loop.test or loop.else_ or loop.recursive or type(loop.target) is not nodes.Name or len(loop.body) != 1:
        return None
    (output,) = loop.body
    if type(output) is not nodes.Output or hasattr(output, "plan"):
        return None
    pieces, keys, lines = [""], [], []
    for child in output.nodes:
        if isinstance(child, nodes.TemplateData):
            pieces[-1] += child.data
            continue
        key = _key(child, loop.target.name)
        if key is None:
            return None
        keys.append(key)
        lines.append(child.lineno)
        pieces.append("")
    return RowPlan(loop.target.name, pieces, tuple(keys), tuple(lines)) if len(keys) > 1 else None


def _key(value: nodes.Node, item: str) -> str | None:
    """The key of a value of the loop's item; None of any other."""
    if isinstance(value, nodes.Getattr):
        owner, key = value.node, value.attr
    elif isinstance(value, nodes.Getitem) and isinstance(value.arg, nodes.Const) and type(value.arg.value) is str:
        owner, key = value.node, value.arg.value
    else:
        return None
    return key if type(owner) is nodes.Name and owner.name == item else None


def in_batches(
    rows: list[Any],
    pieces: tuple[bytes, ...],
    keys: tuple[str, ...],
    lines: tuple[int, ...],
    together: Together,
    turn: Callable[[], None],
    noted: LastRows,
) -> Iterable[Any]:
    """The items of a loop in their order, those that are plain printed.

    Args:
        rows: all of them.
        pieces: what stands around the values of a row.
        keys: of the values in the row's record.
        lines: of the values' tags.
        together: prints values.
        turn: counts a turn of the loop.
        noted: where rows are noted that are alike.
    """
    return rows if len(rows) < _FEW else _batches(rows, pieces, keys, lines, together, turn, noted)


def _batches(
    rows: list[Any],
    pieces: tuple[bytes, ...],
    keys: tuple[str, ...],
    lines: tuple[int, ...],
    together: Together,
    turn: Callable[[], None],
    noted: LastRows,
) -> Iterator[Any]:
    values_of = itemgetter(*keys)
    first, *between, last = pieces
    between.append(last + first)
    size = max(_FEW, min(_MOST, BLOCK // (1 + sum(map(len, between))) + 1))
    refused, out = 0, list[bytes]()
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        printed = _printed(batch, values_of, lines, together) if refused < _REFUSED else None
        if printed is None:
            refused += 1
            yield from batch
            continue
        for _ in batch:
            turn()
        texts, plain = printed
        if len(out) != 2 * len(texts) + 1:
            out = [first] * (2 * len(texts) + 1)
            out[2::2] = between * len(batch)
            out[-1] = last
        out[1::2] = texts
        content = b"".join(out)
        noted.content, noted.pieces = content if plain else None, pieces
        yield Printed(content)


def _printed(
    batch: list[Any], values_of: Callable[[Any], tuple[Any, ...]], lines: tuple[int, ...], together: Together
) -> tuple[Sequence[bytes], bool] | None:
    """What the values of rows print (see `Together`); None where a row has to be printed by its program."""
    if set(map(type, batch)) != {dict}:
        return None
    try:
        return together([*chain.from_iterable(map(values_of, batch))], lines)
    except Exception:  # a value that is not there, or cannot be printed: the program tells where
        return None
