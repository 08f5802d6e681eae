"""Rows of plain values below each other, written a few hundred at once, column by column.

What a column holds is judged and encoded whole, by functions that run without Python's own frames; a column of which a
value needs more (blanks at its ends, breaks, too many digits) is written cell by cell. Both give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import is_
from types import NoneType
from typing import Any

from generator.excel.run.cell_values import DIGITS, SURELY_SHORT, Writer
from generator.kept.lazy_patterns import lazy
from generator.ooxml.escaping import escape
from generator.template.fault_frames import at_line

PLAIN = frozenset((str, int, float, NoneType)).issuperset  # kinds of values that need nothing but their cell
MOST = 256  # rows that wait for each other
_FEW = 8  # rows that are as quick one by one
_LONG = 1 << 20  # characters of a column that are not put together
_FAR = 1 << 15  # rows that pay for importing the library that is asked for the digits of numbers
_BETWEEN = "\x1f"  # texts of a column; no cell can hold it
_ODD = lazy("[\x00-\x1e\ufffe\uffff\ud800-\udfff_]")  # more than escaping is needed

Cell = Callable[[Any, int], bytes]
Pieces = tuple[bytes, ...]
_Column = tuple[bytes, Sequence[Any]]

PlainRow = tuple[int, tuple[int, Pieces, tuple[int, ...], tuple[Any, ...]]]
"""A row that is to be written: its number, and as the sheet's program gives it: its band, what stands around its values (the
row's number a NUL byte), the lines of the values' tags, the values, of kinds that `PLAIN` holds."""


def row_of(pieces: Pieces, lines: tuple[int, ...], values: tuple[Any, ...], cell: Cell) -> bytes:
    """One row alone, its number still a NUL byte."""
    try:
        return _layout(pieces, (b"%b",) * len(lines)) % tuple(map(cell, values, lines))
    except Exception:  # of a value: a name that is undefined, an object that cannot be printed
        for line, fault in faults_of(lines, values, cell):
            raise at_line(fault, line) from None
        raise


def faults_of(lines: tuple[int, ...], values: tuple[Any, ...], cell: Cell) -> Iterator[tuple[int, Exception]]:
    """What the values of a row raise where they are written, which no program does, each with the line of its tag."""
    for value, line in zip(values, lines, strict=True):
        try:
            cell(value, line)
        except Exception as fault:
            yield line, fault


def written(rows: list[PlainRow], writer: Writer) -> Iterator[bytes]:
    """Rows of one layout, at most `MOST`."""
    cell = writer.fast_cell()
    _, pieces, lines, _ = rows[0][1]
    columns = _columns(rows, lines, writer, cell) if len(rows) >= _FEW else None
    if columns is None:
        for position, row in rows:
            yield row_of(pieces, lines, row[3], cell).replace(b"\0", b"%d" % position)
        return
    layout = _layout(pieces, tuple(look for look, _ in columns))
    cells = [values for look, values in columns if look is not writer.empty]
    made = map(layout.__mod__, zip(*cells, strict=True) if cells else repeat((), len(rows)))
    yield b"".join(map(bytes.replace, made, repeat(b"\0"), [b"%d" % position for position, _ in rows]))


def _columns(rows: list[PlainRow], lines: tuple[int, ...], writer: Writer, cell: Cell) -> list[_Column] | None:
    found: list[_Column] = []
    far = "pydantic_core" in sys.modules or rows[0][0] > _FAR
    for values, line in zip(zip(*[row[3] for _, row in rows], strict=True), lines, strict=True):
        column = _column(values, line, writer, cell, far)
        if column is None:
            return None
        found.append(column)
    return found


def _column(values: tuple[Any, ...], line: int, writer: Writer, cell: Cell, far: bool) -> _Column | None:
    """How the cells of a column look, and what is put into them; None where they are too long to be held together."""
    kinds = set(map(type, values))
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is NoneType:
        return writer.empty, ()
    if kind is int and min(values) > -DIGITS and max(values) < DIGITS:
        writer.look_at(values, line)
        return writer.number_layout, values
    if kind is float and (total := sum(values)) - total == 0:  # neither infinite nor no number
        writer.look_at(values, line)
        digits = _digits(values) if far else None
        return (writer.number_layout, values) if digits is None else (writer.other_layout, digits)
    if sum(map(len, values) if kind is str else (len(value) for value in values if type(value) is str)) > _LONG:
        return None
    if kind is str and all(values) and all(map(is_, map(str.strip, values), values)):
        whole = _BETWEEN.join(values)
        if _ODD.search(whole) is None and max(map(len, values)) < SURELY_SHORT:
            texts = escape(whole).encode().split(_BETWEEN.encode())
            if len(texts) == len(values):
                return writer.text_layout, texts
    return b"%b", [*map(cell, values, repeat(line))]


def _digits(values: tuple[float, ...]) -> list[bytes] | None:
    """Numbers as Python writes them, three times as quickly; None where the two writers differ, which is in powers of ten."""
    sizes = [*filter(None, map(abs, values))]
    if sizes and (min(sizes) < 1e-4 or max(sizes) >= 1e16):
        return None
    from pydantic_core import to_json

    return to_json(values)[1:-1].split(b",")


@lru_cache(maxsize=256)
def _layout(pieces: Pieces, looks: tuple[bytes, ...]) -> bytes:
    """A row as a format, each value as its column looks."""
    plain = [piece.replace(b"%", b"%%") for piece in pieces]
    return b"".join([piece + look for piece, look in zip(plain, (*looks, b""), strict=True)])
