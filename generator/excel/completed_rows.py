"""A sheet with what was left open put in: formulas where their cells went, the heights of rows.

A formula that moves with its own row is moved by one pattern for all rows of its band, and where it only needs numbers of that
row (see `row_numbers`) it gets its value at once; all others follow by the layout, for many turns of their loop at once if these are
alike (see `along_runs`), and get their values later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.excel.calculate.formula_judging import ErrorValue, Value
from generator.excel.calculate.put_values import written_value
from generator.excel.calculate.row_numbers import RowFormula, row_formula
from generator.excel.calculate.row_steps import middling
from generator.excel.compile.compiled_sheet import ABSENT, FORMULA, HEIGHT
from generator.excel.follow.along_runs import AlongRun, along_run
from generator.excel.follow.formulas import Frame
from generator.excel.follow.known_layouts import Known
from generator.excel.follow.layout import Band, Instance, Origin
from generator.excel.read.formula_cells import FormulaCell
from generator.excel.read.sheet_xml import SourceCell
from generator.excel.run.rendered_sheet import CompletedSheet, RenderedSheet, WaitingFormula, formula_places
from generator.excel.run.sheet_render import BandRecord
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import column_letters

_OPEN = lazy(b"[%b%b%b]" % (FORMULA, HEIGHT, ABSENT))
_ROW_SLASH = ord("/")


def completed_sheet(
    sheet: RenderedSheet,
    around: tuple[bytes, bytes],
    frame: Frame,
    formulas: Mapping[tuple[int, int], FormulaCell],
    known: Known,
    compute: bool,
) -> bytes:
    """The sheet's part; of a small sheet its pieces are noted too.

    Args:
        sheet: of the render.
        around: what stands before and behind its rows.
        frame: the layout of the whole workbook.
        formulas: the formula cells of the template's sheet.
        known: what earlier renders with this layout found out.
        compute: whether formulas over their own row get their values here.
    """
    head, tail = around
    if not sheet.run.columns.identity:
        return b"".join([head, *_completed_by_columns(sheet, frame, formulas), tail])
    plain = all(cell.kind == "normal" for cell in formulas.values())  # arrays fill cells beside them
    completion = _RowsCompletion(sheet, frame, formulas, known, compute and plain)
    small = sheet.body.small
    if small is None or not plain or ABSENT in small:
        return b"".join([head, *completion.pieces(), tail])
    pieces, waiting = completion.small(small, head)
    pieces.append(tail)
    sheet.completed = CompletedSheet(b"".join(pieces), pieces, waiting)
    return sheet.completed.xml


def _completed_by_columns(
    sheet: RenderedSheet, frame: Frame, formulas: Mapping[tuple[int, int], FormulaCell]
) -> Iterator[bytes]:
    prefix = sheet.compiled.xml.prefix
    cells = formula_places(sheet.run)
    heights = sheet.run.final_heights()

    def fill(match: re.Match[bytes]) -> bytes:
        if match[0] == HEIGHT:
            return next(heights)
        row, column = next(cells)
        if match[0] == ABSENT:
            return b"/>"
        return b">%b</%bc>" % (formulas[row.source, column.source].write(frame, row, column, prefix), prefix)

    for piece in sheet.body.pieces():
        yield _OPEN.sub(fill, piece)


_Pattern = tuple[bytes, tuple[int, ...]]  # an `<f>` with `%d` for the numbers of rows; these numbers in the template


@dataclass(frozen=True, slots=True)
class _Plan:
    """The formulas of a row of a band.

    Args:
        columns: of its formula cells.
        elements: for each the pattern that moves with its band; None for one that follows otherwise.
        computed: the formulas that are computed here, those that others need first: their index and function.
        numbers: the beginnings of the cells that they read, by column.
    """

    columns: tuple[int, ...]
    elements: tuple[_Pattern | None, ...]
    computed: tuple[tuple[int, RowFormula], ...]
    numbers: Mapping[int, bytes]


class _RowsCompletion:
    """The completion of one sheet whose columns stay; belongs to one render."""

    def __init__(
        self,
        sheet: RenderedSheet,
        frame: Frame,
        formulas: Mapping[tuple[int, int], FormulaCell],
        known: Known,
        compute: bool,
    ):
        self.sheet = sheet
        self.frame = frame
        self.formulas = formulas
        self.known = known
        self.compute = compute
        self.name = sheet.layout.name
        self.prefix = sheet.compiled.xml.prefix
        self.plans: dict[tuple[int, int], _Plan] = {}
        self.along: dict[tuple[int, int], AlongRun] = {}
        self.value_start = b"<%bv>" % self.prefix

    def pieces(self) -> Iterator[bytes]:
        """The rows in pieces."""
        end = b"</%brow>" % self.prefix
        heights = self.sheet.run.final_heights()
        records = self._rows_with_formulas()
        for piece in self.sheet.body.pieces():
            if _OPEN.search(piece) is None:
                yield piece
                continue
            rows = piece.split(end)
            for index, row in enumerate(rows):
                if HEIGHT in row:
                    row = rows[index] = _replaced(row, heights)
                if FORMULA in row or ABSENT in row:
                    rows[index] = self._row(row, *next(records))
            yield end.join(rows)

    def small(self, rows: bytes, head: bytes) -> tuple[list[bytes], list[WaitingFormula]]:
        """The rows of a sheet that has few, behind its head: pieces, and the formulas that have no value."""
        if HEIGHT in rows:
            rows = _replaced(rows, self.sheet.run.final_heights())
        texts = iter(rows.split(FORMULA))
        pieces, waiting = [head, next(texts)], []
        end, at = b"</%brow>" % self.prefix, len(pieces[1])
        for record, offset, cells in self._rows_with_formulas():
            plan, number = self._plan_of(record, offset, cells), record.start + offset
            values = None
            if plan.computed:
                row = rows[rows.rfind(end, 0, at) + 1 : rows.find(end, at)]
                values = self._values(row, number, plan)
            for index, column in enumerate(plan.columns):
                found, value = self._element(plan, index, record, offset), values.get(index) if values else None
                if value is None:
                    waiting.append((len(pieces), number, column, found))
                text = next(texts)
                pieces += (cell_ending(found, value, self.prefix), text)
                at += len(text) + 1
        return pieces, waiting

    def _rows_with_formulas(self) -> Iterator[tuple[BandRecord, int, Sequence[SourceCell]]]:
        by_band = self.sheet.compiled.formulas
        for record in self.sheet.run.formulas:
            for offset, cells in by_band[record.band]:
                yield record, offset, cells

    def _row(self, row: bytes, record: BandRecord, offset: int, cells: Sequence[SourceCell]) -> bytes:
        if ABSENT in row:
            source = self.sheet.compiled.rows[record.band].first + offset
            return self._row_with_gaps(row, Origin(source, record.instance), cells)
        plan = self._plan_of(record, offset, cells)
        values = self._values(row, record.start + offset, plan) if plan.computed else None
        parts = row.split(FORMULA)
        written = [parts[0]]
        for index in range(len(plan.columns)):
            found = self._element(plan, index, record, offset)
            value = values.get(index) if values else None
            written += [cell_ending(found, value, self.prefix), parts[index + 1]]
        return b"".join(written)

    def _plan_of(self, record: BandRecord, offset: int, cells: Sequence[SourceCell]) -> _Plan:
        plan = self.plans.get((record.band, offset))
        if plan is None:
            band = self.sheet.compiled.rows[record.band]
            key = "plan", self.name, self.compute, band.first + offset
            plan = self.known.get(key)
            if plan is None:
                plan = self._plan(band, band.first + offset, cells)
                self.known.keep(key, plan)
            self.plans[record.band, offset] = plan
        return plan

    def _element(self, plan: _Plan, index: int, record: BandRecord, offset: int) -> bytes:
        """The `<f>` of one of the formulas of a row."""
        element, first = plan.elements[index], self.sheet.compiled.rows[record.band].first
        by = record.start - first
        if element is None or not by:
            return self._followed(first + offset, record.instance, plan.columns[index])
        return element[0] % tuple([one + by for one in element[1]])

    def _followed(self, source: int, instance: Instance, column: int) -> bytes:
        """The `<f>` of a formula that follows by the layout; what is told of it is told in every render."""
        if instance and (along := self._along(source, instance, column).at(instance[-1])) is not None:
            return along
        key = self.name, source, instance, column
        found = self.known.get(key)
        if found is None:
            told = len(self.frame.findings)
            cell = self.formulas[source, column]
            found = cell.write(self.frame, Origin(source, instance), Origin(column, ()), self.prefix)
            if len(self.frame.findings) == told:
                self.known.keep(key, found)
        return found

    def _along(self, source: int, instance: Instance, column: int) -> AlongRun:
        """The formula from this turn on, as far as the turns are alike."""
        along = self.along.get((source, column))
        if along is not None and along.tells(instance):
            return along
        key = "run", self.name, source, instance, column
        along = self.known.get(key)
        if along is None:
            along = along_run(self.formulas[source, column], self.frame, source, instance, self.prefix)
            self.known.keep(key, along)
        self.along[source, column] = along
        return along

    def _row_with_gaps(self, row: bytes, origin: Origin, cells: Sequence[SourceCell]) -> bytes:
        columns = iter(cells)

        def fill(match: re.Match[bytes]) -> bytes:
            column = next(columns).column
            if match[0] == ABSENT:
                return b"/>"
            cell = self.formulas[origin.source, column]
            return cell_ending(cell.write(self.frame, origin, Origin(column, ()), self.prefix), None, self.prefix)

        return _OPEN.sub(fill, row)

    def _plan(self, band: Band, source: int, cells: Sequence[SourceCell]) -> _Plan:
        columns = tuple(cell.column for cell in cells)
        elements: list[_Pattern | None] = []
        functions: dict[int, RowFormula] = {}
        for column in columns:
            cell = self.formulas[source, column]
            own = cell.along(band.first, band.last)
            if own is None:
                elements.append(None)
                continue
            elements.append((cell.element(own.wording.encode(), self.prefix), own.rows))
            function = row_formula(own.text, source) if self.compute else None
            if function is not None:
                functions[column] = function
        computed = tuple((columns.index(column), functions[column]) for column in _in_order(functions, columns))
        letters = {column for _, function in computed for column in function.columns} - set(columns)
        start = b'<%bc r="%%b%%%%d"' % self.prefix
        return _Plan(
            columns, tuple(elements), computed, {column: start % column_letters(column).encode() for column in letters}
        )

    def _values(self, row: bytes, number: int, plan: _Plan) -> dict[int, Value | ErrorValue]:
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
        if not row.startswith(self.value_start, end):
            return None
        end += len(self.value_start)
        try:
            number = float(row[end : row.find(b"<", end)])
        except ValueError:
            return None
        return number if middling(number) else None


def cell_ending(formula: bytes, value: Value | ErrorValue | None, prefix: bytes) -> bytes:
    """What follows the beginning of a formula's cell: its `<f>`, its value."""
    if value is None:
        return b">%b</%bc>" % (formula, prefix)
    kind, text = written_value(value)
    kind = b' t="%b"' % kind if kind else b""
    return b"%b>%b<%bv>%b</%bv></%bc>" % (kind, formula, prefix, text, prefix, prefix)


def _replaced(row: bytes, heights: Iterator[bytes]) -> bytes:
    """A row (or several) with its height."""
    parts = row.split(HEIGHT)
    return parts[0] + b"".join(next(heights) + part for part in parts[1:])


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
