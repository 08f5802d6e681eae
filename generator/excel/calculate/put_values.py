"""The kept values of formula cells, put into a worksheet's XML.

Every formula cell of a rendered workbook gets its value (`<v>`) or none; what the template's program had kept is gone,
since the cells may have other values now. A cell that changes is written again, all others keep their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from generator.excel.calculate.cached_values import (
    FORMULA,
    FORMULA_END,
    KIND,
    ReadSheet,
    columns_pattern,
    formula_cells,
    prefix_of,
)
from generator.excel.calculate.computed_columns import RunValues
from generator.excel.calculate.formula_judging import ErrorValue, Value
from generator.excel.follow.charts import number_text
from generator.ooxml.addresses import column_number
from generator.ooxml.escaping import escape


def write_values(
    sheet: ReadSheet,
    values: Callable[[int, int], Value | ErrorValue | None],
    original: bytes,
    runs: Mapping[int, Sequence[RunValues]] | None = None,
) -> bytes:
    """A worksheet whose formula cells hold the given values and no others.

    Args:
        sheet: the worksheet.
        values: what a cell holds by its row and column; None: no value.
        original: the part as it was read, which is given back if nothing changes.
        runs: the values that stand in runs, by column from above to below.
    """
    column_of = lru_cache(column_number)
    begins = {(column, run.row): run for column, own in (runs or {}).items() for run in own}
    cursors: dict[bytes, _Cursor] = {}

    def write(match: re.Match[bytes]) -> bytes:
        prefix, attributes, letters, digits, inner = match.groups()
        row = int(digits)
        cursor = cursors.get(letters)
        if cursor is not None and cursor.row == row:
            value = cursor.take()
        else:
            column = column_of(letters.decode())
            value = values(row, column)
            if begins and (begun := begins.get((column, row))):
                cursors[letters] = _Cursor(begun)
        if inner[-4:] != FORMULA_END or inner.find(b"<", 1) != len(inner) - 4:  # more than a formula
            formula = FORMULA.match(inner)
            assert formula is not None
            inner = formula[0]
        if type(value) is float and not prefix and b"t=" not in attributes:
            return b"<c%b>%b<v>%b</v></c>" % (attributes, inner, number_text(value).encode())
        return _write_cell(prefix, attributes, inner, value)

    pieces: list[bytes] = []
    behind = 0
    for match in formula_cells(sheet.xml, prefix_of(sheet.xml), sheet.computed):
        pieces += (sheet.xml[behind : match.start()], write(match))
        behind = match.end()
    written = b"".join([*pieces, sheet.xml[behind:]])
    if sheet.filled:
        left = set(sheet.filled)

        def fill(match: re.Match[bytes]) -> bytes:
            row, column = int(match[2]), column_number(match[1].decode())
            if (row, column) not in left:
                return match[0]
            prefix = re.match(rb"<((?:\w+:)?)c", match[0])
            assert prefix is not None
            start = b' r="%b%b"' % (match[1], match[2]) + match[3]
            return _write_cell(prefix[1], start, b"", values(row, column))

        columns = tuple(sorted({column for _, column in left}))
        written = _any_cells_of(columns, prefix_of(written)).sub(fill, written)
    return original if written == sheet.xml else written


class _Cursor:
    """Where a run of values goes on: the row, and the values from there."""

    __slots__ = ("at", "row", "run")

    def __init__(self, run: RunValues) -> None:
        self.run = run
        self.row = run.row
        self.at = 0
        self.take()

    def take(self) -> Value | ErrorValue | None:
        """The value in the row; the next row is the run's next one, or none."""
        value = self.run.values[self.at]
        self.at += 1
        self.row = self.row + self.run.stride if self.at < len(self.run.values) else 0
        return value


def _write_cell(prefix: bytes, attributes: bytes, formula: bytes, value: Value | ErrorValue | None) -> bytes:
    kind, text = written_value(value)
    attributes = KIND.sub(b"", attributes)
    if kind:
        attributes += b' t="%b"' % kind
    body = formula
    if text is not None:
        body += b"<%bv>%b</%bv>" % (prefix, text, prefix)
    return b"<%bc%b>%b</%bc>" % (prefix, attributes, body, prefix) if body else b"<%bc%b/>" % (prefix, attributes)


def written_value(value: Value | ErrorValue | None) -> tuple[bytes, bytes | None]:
    """The kind of a cell with a value, and the text of its `<v>`."""
    if value is None:
        return b"", None
    if isinstance(value, ErrorValue):
        return b"e", value.text.encode()
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, str):
        return b"str", escape(_safe(value)).encode()
    return b"", number_text(value).encode()


def _safe(text: str) -> str:
    """A text with the characters that XML cannot hold as the format writes them (`_x000B_`)."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f]", lambda match: f"_x{ord(match[0]):04X}_", text)


def _any_cells_of(columns: tuple[int, ...], prefix: bytes) -> re.Pattern[bytes]:
    """Cells of some columns: column, row, attributes, and what is inside."""
    letters = columns_pattern(columns)
    return re.compile(rb'<%bc r="(%b)(\d+)"([^>]*)(?<!/)>(.*?)</%bc>' % (prefix, letters, prefix), re.S)
