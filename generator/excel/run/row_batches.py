"""Rows of plain values below each other, written a few hundred at once, column by column.

What a column holds is judged and encoded whole, by functions that run without Python's own frames; a column of which a
value needs more (blanks at its ends, breaks, too many digits) is written cell by cell. Both give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from types import NoneType
from typing import Any

from generator.excel.compile.compiled_sheet import CompiledSheet
from generator.excel.run.cell_values import DIGITS, SURELY_SHORT, Writer
from generator.excel.run.own_rows import Column, OwnRows
from generator.figures import Figure
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.escaping import escape
from generator.template.fault_frames import at_line
from generator.template.plain_rows import Keys, batches

_KINDS = frozenset((str, int, float, NoneType, bool, Decimal, Figure))
PLAIN = _KINDS.issuperset  # kinds of values that need nothing but their cell
MOST = 256  # rows that wait for each other
_FEW = 8  # rows that are as quick one by one
_LONG = 1 << 20  # characters of a column that are not put together
_FAR = 1 << 15  # rows that pay for importing the library that is asked for the digits of numbers
_BETWEEN = "`"  # texts of a column
_OF_NUMBERS = b"0123456789.,-"

Cell = Callable[[Any, int], bytes]
Pieces = tuple[bytes, ...]

PlainRow = tuple[int, tuple[int, Pieces, tuple[int, ...], tuple[Any, ...]]]
"""A row that is to be written: its number, and as the sheet's program gives it: its band, what stands around its values (the
row's number a NUL byte), the lines of the values' tags, the values, of kinds that `PLAIN` holds."""


class RowBatch(NamedTuple):
    """Rows of a loop that is one row of values, as the driver takes them from the sheet's program.

    Args:
        band, depth: of the loop's row, and what its program would yield where a turn begins.
        pieces: what stands around the values of a row, the row's number a NUL byte.
        columns: the values, written.
        given: the values.
        turns: of the loop, each a row.
    """

    band: int
    depth: int
    pieces: Pieces
    columns: list[Column]
    given: list[Sequence[Any]]
    turns: int


def simple_bands(sheet: CompiledSheet) -> frozenset[int]:
    """The bands that are one row of a height that no text changes."""
    several = any(measure.vertical for measure in sheet.measures)  # heights of rows are asked for again
    return frozenset(
        index
        for index, formulas in enumerate(sheet.formulas)
        if sheet.offsets[index] == (0,) and not sheet.heights[index].measured and not (formulas and several)
    )


class BatchWriter:
    """Writes the rows of one sheet.

    Args:
        writer: of values.
        simple: the bands that are one row of a height that no text changes.
        turns: counts turns of loops.
        own: the sheet's formulas, where it has some.
    """

    def __init__(self, writer: Writer, simple: frozenset[int], turns: Callable[[int], None], own: OwnRows | None):
        self.writer = writer
        self.simple = simple
        self.turns = turns
        self.own = own
        self._cell = writer.fast_cell()
        self._frame: _Frame | None = None

    def together(
        self, rows: list[Any], pieces: Pieces, keys: Keys, lines: tuple[int, ...], band: int, depth: int
    ) -> Iterable[Any]:
        """The items of a loop, those that are plain in batches (see `SheetOutput.batches`)."""
        if band not in self.simple or len(rows) < _FEW:
            return rows
        far = len(rows) > _FAR

        def printed(values: list[Any]) -> RowBatch | None:
            count = len(values) // len(keys)
            if count < _FEW:
                return None
            given: list[Sequence[Any]] = [values[place :: len(keys)] for place in range(len(keys))]
            columns = self._columns(given, lines, far)
            return None if columns is None else RowBatch(band, depth, pieces, columns, given, count)

        return batches(rows, keys, MOST, printed, self.turns)

    def written(self, rows: list[PlainRow]) -> tuple[list[bytes], bool]:
        """Rows of one band and layout that came one by one, at most `MOST`, and whether their formulas are in."""
        band, pieces, lines, _ = rows[0][1]
        columns, given = None, list[Sequence[Any]]()
        if len(rows) >= _FEW:
            given += zip(*[row[3] for _, row in rows], strict=True)
            columns = self._columns(given, lines, rows[0][0] > _FAR)
        if columns is None:
            made = (row_of(pieces, lines, row[3], self._cell).replace(b"\0", b"%d" % number) for number, row in rows)
            return [*made], False
        numbers = [position for position, _ in rows]
        found, whole = self.joined(RowBatch(band, 0, pieces, columns, given, len(rows)), numbers)
        return [found], whole

    def joined(self, batch: RowBatch, numbers: Sequence[int]) -> tuple[bytes, bool]:
        """The rows of a batch, of which each has its number, and whether their formulas are in."""
        if self.own is not None:
            found = self.own.together(batch.band, batch.pieces, batch.columns, batch.given, numbers)
            if found is not None:
                return self._joined(*found, numbers), True
        return self._joined(batch.pieces, batch.columns, numbers), False

    def _columns(self, found: list[Sequence[Any]], lines: tuple[int, ...], far: bool) -> list[Column] | None:
        """Values column by column, written; None where a value needs more than its cell, or they are too long to be held together."""
        far = far or "pydantic_core" in sys.modules
        columns: list[Column] = []
        for values, line in zip(found, lines, strict=True):
            column = self._column(values, line, far)
            if column is None:
                return None
            columns.append(column)
        return columns

    def _column(self, values: Sequence[Any], line: int, far: bool) -> Column | None:
        kinds = set(map(type, values))
        if not PLAIN(kinds):
            return None
        kind = kinds.pop() if len(kinds) == 1 else None
        writer = self.writer
        if kind is NoneType:
            return Column(writer.empty, None)
        whole = kind is int and min(values) > -DIGITS and max(values) < DIGITS
        if (whole or kind is float) and (digits := _digits(values, far)) is not None:
            writer.look_at(values, line)
            return Column(writer.other_layout, digits)
        length = sum(map(len, values) if kind is str else (len(value) for value in values if type(value) is str))
        if length > _LONG:
            return None
        if kind is str and (texts := _texts(values)) is not None:
            return Column(writer.text_layout, texts)
        return Column(b"%b", [*map(self._cell, values, repeat(line))])

    def _joined(self, pieces: Pieces, columns: list[Column], numbers: Sequence[int]) -> bytes:
        """The rows of columns."""
        layout = _layout(pieces, tuple(column.look for column in columns))
        frame = self._frame
        if frame is None or frame.layout is not layout or frame.count != len(numbers):
            frame = self._frame = _Frame(layout, len(numbers))
        return frame.filled([column.cells for column in columns if column.cells is not None], numbers)


class _Frame:
    """Rows of one layout without what is put into them.

    Args:
        layout: what stands around what is put into a row, and the places in it where that is the row's number.
        count: of the rows.
    """

    def __init__(self, layout: tuple[list[bytes], list[bool]], count: int):
        self.layout, self.count = layout, count
        (first, *between, last), _ = layout
        self.step = 2 * len(between) + 2
        self.out = [first] * (self.step * count + 1)
        for place, piece in enumerate([*between, last + first]):
            self.out[2 * place + 2 :: self.step] = [piece] * count
        self.out[-1] = last

    def filled(self, columns: Iterable[Sequence[bytes]], numbers: Sequence[int]) -> bytes:
        """The rows with what is put into them, column by column."""
        out, step = self.out, self.step
        written = [b"%d" % number for number in numbers]
        cells = iter(columns)
        for place, numbered in enumerate(self.layout[1]):
            out[2 * place + 1 :: step] = written if numbered else next(cells)
        return b"".join(out)


def row_of(pieces: Pieces, lines: tuple[int, ...], values: tuple[Any, ...], cell: Cell) -> bytes:
    """One row alone, its number still a NUL byte."""
    try:
        return _row_format(pieces) % tuple(map(cell, values, lines))
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


def _texts(values: Sequence[str]) -> list[bytes] | None:
    """Texts as XML; None where one needs more than escaping: no text, blanks at its ends, breaks, what no cell can hold."""
    if not all(values):
        return None
    whole = _BETWEEN.join(values)
    if not whole.isprintable() or "_x" in whole:
        return None
    if " " in whole and (f" {_BETWEEN}" in whole or f"{_BETWEEN} " in whole or whole[0] == " " or whole[-1] == " "):
        return None
    if len(whole) >= SURELY_SHORT and max(map(len, values)) >= SURELY_SHORT:
        return None
    escaped = escape(whole)
    if escaped is whole:
        return [*map(str.encode, values)]
    texts = escaped.encode().split(_BETWEEN.encode())
    return texts if len(texts) == len(values) else None


def _digits(values: Sequence[int] | Sequence[float], far: bool) -> list[bytes] | None:
    """Numbers of one kind as Python writes them; None where one is infinite or no number.

    Another library writes them three times as quickly, and otherwise only in powers of ten: from 1e16 on with an `e`, as other words
    than digits are written with letters, and below 1e-4 with more noughts behind the point.
    """
    if far:
        from pydantic_core import to_json

        written = to_json(values)
        if written.translate(None, _OF_NUMBERS) == b"[]" and b"0.0000" not in written:
            return written[1:-1].split(b",")
    if (total := sum(values)) - total != 0:
        return None
    return ",".join(map(repr, values)).encode().split(b",")


@lru_cache(maxsize=256)
def _layout(pieces: Pieces, looks: tuple[bytes, ...]) -> tuple[list[bytes], list[bool]]:
    """What stands around what is put into a row, and of each whether it is the row's number (or else a value)."""
    around, numbered = [b""], list[bool]()
    for piece, look in zip(pieces, (*looks, b""), strict=True):
        for place, part in enumerate(piece.split(b"\0")):
            if place:
                numbered.append(True)
                around.append(b"")
            around[-1] += part
        before, value, after = look.partition(b"%b")
        around[-1] += before
        if value:
            numbered.append(False)
            around.append(after)
    return around, numbered


@lru_cache(maxsize=256)
def _row_format(pieces: Pieces) -> bytes:
    """A row as a format, its cells as they are written."""
    return b"%b".join([piece.replace(b"%", b"%%") for piece in pieces])
