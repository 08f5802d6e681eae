"""Formulas of a sheet's rows that move with their own row, and those that only need numbers of that row computed at once.

What a row's formulas are follows from the template alone; rows of plain values below each other get theirs a few hundred at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.excel.calculate.formula_judging import ErrorValue, Value
from generator.excel.calculate.put_values import written_value
from generator.excel.calculate.row_numbers import RowFormula, row_formula
from generator.excel.calculate.row_steps import middling
from generator.excel.compile.compiled_sheet import FORMULA, CompiledSheet
from generator.excel.follow.charts import number_text
from generator.excel.follow.layout import Band, Instance
from generator.excel.read.formula_cells import FormulaCell
from generator.excel.read.sheet_xml import SourceCell
from generator.excel.run.cell_values import DIGITS
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import column_letters, column_number

_ROW_SLASH = ord("/")
_CELL_START = lazy(rb'<(?:\w+:)?c r="([A-Z]+)\0"[^<>]*\Z')
_Pattern = tuple[bytes, tuple[int, ...]]  # an `<f>` with `%d` for the numbers of rows; these numbers in the template


@dataclass(frozen=True, slots=True)
class RowFormulas:
    """The formulas of a row of a band.

    Args:
        columns: of its formula cells.
        elements: for each the pattern that moves with its band; None for one that follows otherwise.
        computed: the formulas that are computed here, those that others need first: their index and function.
        numbers: the beginnings of the cells that they read, by column.
        whole: whether all are computed here and each names its own row alone.
    """

    columns: tuple[int, ...]
    elements: tuple[_Pattern | None, ...]
    computed: tuple[tuple[int, RowFormula], ...]
    numbers: Mapping[int, bytes]
    whole: bool


class Column(NamedTuple):
    """How the cells of a column look, and what is put into them; nothing, where they are all empty."""

    look: bytes
    cells: Sequence[bytes] | None


class BandRecord(NamedTuple):
    """A band of rows that holds formulas, where it was placed."""

    band: int
    start: int
    instance: Instance


class OwnRows:
    """The formulas of a template's sheet whose columns stay, row by row; threads may share it.

    Args:
        sheet: of the template.
        formulas: its formula cells.
        compute: whether formulas over their own row get their values here.
    """

    def __init__(self, sheet: CompiledSheet, formulas: Mapping[tuple[int, int], FormulaCell], compute: bool):
        plain = all(cell.kind == "normal" for cell in formulas.values())  # arrays fill cells beside them
        self.compute = compute and plain
        self.plain = plain
        self._formulas = formulas
        self._formulas_of, self._bands = sheet.formulas, sheet.rows
        self._prefix = prefix = sheet.xml.prefix
        self._value_start = b"<%bv>" % prefix
        self._plans: dict[int, RowFormulas] = {}

    def plan(self, band: Band, source: int, cells: Sequence[SourceCell]) -> RowFormulas:
        """The formulas of a row of a band."""
        found = self._plans.get(source)
        if found is None:
            found = self._plans[source] = self._plan(band, source, cells)
        return found

    def _plan(self, band: Band, source: int, cells: Sequence[SourceCell]) -> RowFormulas:
        columns = tuple(cell.column for cell in cells)
        elements: list[_Pattern | None] = []
        functions: dict[int, RowFormula] = {}
        whole = self.compute
        for column in columns:
            cell = self._formulas[source, column]
            own = cell.along(band.first, band.last)
            if own is None:
                elements.append(None)
                continue
            element = cell.element(own.wording.encode(), self._prefix)
            elements.append((element, own.rows))
            function = row_formula(own.text, source) if self.compute else None
            if function is not None:
                functions[column] = function
            whole = whole and {*own.rows} == {source} and element % own.rows == cell.raw
        computed = tuple((columns.index(column), functions[column]) for column in _in_order(functions, columns))
        letters = {column for _, function in computed for column in function.columns} - set(columns)
        start = b'<%bc r="%%b%%%%d"' % self._prefix
        numbers = {column: start % column_letters(column).encode() for column in letters}
        return RowFormulas(columns, tuple(elements), computed, numbers, whole and len(computed) == len(columns))

    def values(self, row: bytes, number: int, plan: RowFormulas) -> dict[int, Value | ErrorValue]:
        """The values of a row's formulas by their index, where they are to be had from its numbers."""
        known: dict[int, float | None] = {}
        found: dict[int, Value | ErrorValue] = {}
        for index, function in plan.computed:
            operands: list[float] = []
            for column in function.columns:
                if column in known:
                    operand = known[column]
                else:
                    start = plan.numbers.get(column)
                    operand = known[column] = self._number(row, start % number) if start else None
                if operand is None:
                    break
                operands.append(operand)
            else:
                value = function.value(operands)
                if value is None:
                    continue
                found[index] = value
                if type(value) is float and middling(value):
                    known[plan.columns[index]] = value
        return found

    def _number(self, row: bytes, start: bytes) -> float | None:
        """The number in the cell of a row that begins so; None where it holds anything else."""
        at = row.find(start)
        if at < 0:
            return None
        at += len(start)
        end = row.find(b">", at)
        if row[end - 1] == _ROW_SLASH or row.find(b"t=", at, end) >= 0:
            return None
        end += 1
        if not row.startswith(self._value_start, end):
            return None
        end += len(self._value_start)
        try:
            number = float(row[end : row.find(b"<", end)])
        except ValueError:
            return None
        return number if middling(number) else None

    def together(
        self,
        band: int,
        pieces: tuple[bytes, ...],
        columns: Sequence[Column],
        given: Sequence[Sequence[Any]],
        numbers: Sequence[int],
    ) -> tuple[tuple[bytes, ...], list[Column]] | None:
        """Rows of plain values with their formulas: what stands around what is put into a row, and this by column.

        None where they hold no formula, or the value of one is not to be had here.

        Args:
            band: which the rows are.
            pieces: what stands around the values of a row, its number a NUL byte, a formula's cell open.
            columns: the values, written.
            given: the values.
            numbers: of the rows.
        """
        plan = self._of_band(band)
        if plan is None or not plan.whole or sum(piece.count(FORMULA) for piece in pieces) != len(plan.columns):
            return None
        found = self._computed(plan, pieces, given)
        if found is None:
            return None
        around = [b""]
        cells: list[Column] = []
        formulas = iter(zip(plan.elements, [found[index] for index in range(len(plan.columns))], strict=True))
        for piece, column in zip(pieces, (*columns, None), strict=True):
            first, *others = piece.split(FORMULA)
            around[-1] += first
            for other in others:
                before, own, after = self._cells(*next(formulas), numbers)
                around[-1] += before
                cells.append(own)
                around.append(after + other)
            if column is not None:
                cells.append(column)
                around.append(b"")
        return tuple(around), cells

    def _of_band(self, number: int) -> RowFormulas | None:
        """The formulas of a band of one row; None where it has none."""
        found = self._formulas_of[number]
        if not found:
            return None
        ((_, cells),) = found
        return self.plan(self._bands[number], self._bands[number].first, cells)

    def _computed(
        self, plan: RowFormulas, pieces: Sequence[bytes], given: Sequence[Sequence[Any]]
    ) -> dict[int, list[Value | ErrorValue]] | None:
        """The values of formulas, by their index and row; None where one of them is not to be had here."""
        known: dict[int, Sequence[float] | None] = {}
        for piece, values in zip(pieces[:-1], given, strict=True):
            start = _CELL_START.search(piece)
            if start is None:
                return None
            known[column_number(start[1].decode())] = _operands(values)
        fixed = b"/>".join(pieces).replace(FORMULA, b"/>").replace(b"\0", b"1")
        found: dict[int, list[Value | ErrorValue]] = {}
        for index, function in plan.computed:
            operands: list[Sequence[float]] = []
            for column in function.columns:
                if column not in known:
                    begin = plan.numbers.get(column)
                    number = self._number(fixed, begin % 1) if begin else None
                    known[column] = None if number is None else [number] * len(given[0])
                own = known[column]
                if own is None:
                    return None
                operands.append(own)
            results: list[Value | ErrorValue] = []
            for row in zip(*operands, strict=True):
                value = function.value(row)
                if value is None:
                    return None
                results.append(value)
            found[index] = results
            known[plan.columns[index]] = _operands(results)
        return found

    def _cells(
        self, element: _Pattern | None, values: list[Value | ErrorValue], numbers: Sequence[int]
    ) -> tuple[bytes, Column, bytes]:
        """The cells of a formula: what stands before and behind what is put into each, and this."""
        assert element is not None
        text, rows = element
        prefix = self._prefix
        if all(type(value) is float for value in values):
            before = b">%b<%bv>" % (text.replace(b"%%", b"\x1e").replace(b"%d", b"\0").replace(b"\x1e", b"%"), prefix)
            written = [number_text(value).encode() for value in values if type(value) is float]
            return before, Column(b"%b", written), b"</%bv></%bc>" % (prefix, prefix)
        written = [
            cell_ending(text % ((number,) * len(rows)), value, prefix)
            for number, value in zip(numbers, values, strict=True)
        ]
        return b"", Column(b"%b", written), b""


def cell_ending(formula: bytes, value: Value | ErrorValue | None, prefix: bytes) -> bytes:
    """What follows the beginning of a formula's cell: its `<f>`, its value."""
    if value is None:
        return b">%b</%bc>" % (formula, prefix)
    kind, text = written_value(value)
    kind = b' t="%b"' % kind if kind else b""
    return b"%b>%b<%bv>%b</%bv></%bc>" % (kind, formula, prefix, text, prefix, prefix)


def _operands(values: Sequence[Any]) -> Sequence[float] | None:
    """The numbers of a column as operands; None where one of them is none that may be."""
    kinds = {*map(type, values)}
    if not kinds <= {int, float}:
        return None
    numbers = [*map(float, values)] if int in kinds else values
    if (total := sum(numbers)) - total != 0:
        return None
    sizes = [*filter(None, map(abs, numbers))]
    if sizes and not (middling(min(sizes)) and middling(max(sizes))):
        return None
    return None if int in kinds and sizes and max(sizes) >= DIGITS else numbers


def _in_order(functions: Mapping[int, RowFormula], columns: Sequence[int]) -> list[int]:
    """The columns whose formulas can be computed, operands first; what hangs on another formula of the row is left out."""
    formulas = set(columns)
    found: list[int] = []
    grown = True
    while grown:
        grown = False
        for column, function in functions.items():
            waits = any(operand in formulas and operand not in found for operand in function.columns)
            if column not in found and not waits:
                found.append(column)
                grown = True
    return found
