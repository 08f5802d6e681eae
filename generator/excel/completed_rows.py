"""A sheet with what was left open put in: formulas where their cells went, the heights of rows.

A formula that moves with its own row is moved by one pattern for all rows of its band, and where it only needs numbers of that
row (see `row_numbers`) it gets its value at once; all others follow by the layout, for many turns of their loop at once if these are
alike (see `along_runs`), and get their values later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.excel.compile.compiled_sheet import ABSENT, FORMULA, HEIGHT
from generator.excel.follow.along_runs import AlongRun, along_run
from generator.excel.follow.formulas import Frame
from generator.excel.follow.known_layouts import Known
from generator.excel.follow.layout import Instance, Origin
from generator.excel.read.formula_cells import FormulaCell
from generator.excel.read.sheet_xml import SourceCell
from generator.excel.run.own_rows import BandRecord, OwnRows, RowFormulas, cell_ending
from generator.excel.run.rendered_sheet import CompletedSheet, RenderedSheet, WaitingFormula, formula_places
from generator.excel.run.sheet_limits import height_attribute
from generator.excel.run.sheet_render import SheetRun
from generator.kept.lazy_patterns import lazy

_OPEN = lazy(b"[%b%b%b]" % (FORMULA, HEIGHT, ABSENT))


def completed_sheet(
    sheet: RenderedSheet,
    around: tuple[bytes, bytes],
    frame: Frame,
    formulas: Mapping[tuple[int, int], FormulaCell],
    known: Known,
) -> bytes:
    """The sheet's part; of a small sheet its pieces are noted too.

    Args:
        sheet: of the render.
        around: what stands before and behind its rows.
        frame: the layout of the whole workbook.
        formulas: the formula cells of the template's sheet.
        known: what earlier renders with this layout found out.
    """
    head, tail = around
    own = sheet.run.own
    if own is None or not sheet.run.columns.identity:
        return b"".join([head, *_completed_by_columns(sheet, frame, formulas), tail])
    completion = _RowsCompletion(sheet, frame, formulas, known, own)
    small = sheet.body.small
    if small is None or not own.plain or ABSENT in small:
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
    heights = _final_heights(sheet.run)

    def fill(match: re.Match[bytes]) -> bytes:
        if match[0] == HEIGHT:
            return next(heights)
        row, column = next(cells)
        if match[0] == ABSENT:
            return b"/>"
        return b">%b</%bc>" % (formulas[row.source, column.source].write(frame, row, column, prefix), prefix)

    for piece in sheet.body.pieces():
        yield _OPEN.sub(fill, piece)


class _RowsCompletion:
    """The completion of one sheet whose columns stay; belongs to one render."""

    def __init__(
        self,
        sheet: RenderedSheet,
        frame: Frame,
        formulas: Mapping[tuple[int, int], FormulaCell],
        known: Known,
        own: OwnRows,
    ):
        self.sheet = sheet
        self.frame = frame
        self.formulas = formulas
        self.known = known
        self.own = own
        self.name = sheet.layout.name
        self.prefix = sheet.compiled.xml.prefix
        self.along: dict[tuple[int, int], AlongRun] = {}

    def pieces(self) -> Iterator[bytes]:
        """The rows in pieces."""
        end = b"</%brow>" % self.prefix
        heights = _final_heights(self.sheet.run)
        records = self._rows_with_formulas()
        for piece in self.sheet.body.pieces():
            if FORMULA not in piece and HEIGHT not in piece and ABSENT not in piece:
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
            rows = _replaced(rows, _final_heights(self.sheet.run))
        texts = iter(rows.split(FORMULA))
        pieces, waiting = [head, next(texts)], []
        end, at = b"</%brow>" % self.prefix, len(pieces[1])
        for record, offset, cells in self._rows_with_formulas():
            plan, number = self._plan_of(record, offset, cells), record.start + offset
            values = None
            if plan.computed:
                row = rows[rows.rfind(end, 0, at) + 1 : rows.find(end, at)]
                values = self.own.values(row, number, plan)
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
        values = self.own.values(row, record.start + offset, plan) if plan.computed else None
        parts = row.split(FORMULA)
        written = [parts[0]]
        for index in range(len(plan.columns)):
            found = self._element(plan, index, record, offset)
            value = values.get(index) if values else None
            written += [cell_ending(found, value, self.prefix), parts[index + 1]]
        return b"".join(written)

    def _plan_of(self, record: BandRecord, offset: int, cells: Sequence[SourceCell]) -> RowFormulas:
        band = self.sheet.compiled.rows[record.band]
        return self.own.plan(band, band.first + offset, cells)

    def _element(self, plan: RowFormulas, index: int, record: BandRecord, offset: int) -> bytes:
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


def _replaced(row: bytes, heights: Iterator[bytes]) -> bytes:
    """A row (or several) with its height."""
    parts = row.split(HEIGHT)
    return parts[0] + b"".join(next(heights) + part for part in parts[1:])


def _final_heights(run: SheetRun) -> Iterator[bytes]:
    """The height attributes of rows that were left open, in their order."""
    open_rows = set(run.height_rows)
    for (row, column), needed in sorted(run.measured.vertical.items()):
        rows = range(row, run.asked.last_row(row, column) + 1)
        missing = needed - sum(run.row_heights.get(one, run.compiled.row_height) for one in rows)
        growing = [one for one in rows if one in open_rows]
        if missing > 0 and growing:
            for one in growing:
                run.row_heights[one] += missing / len(growing)
    for row in run.height_rows:
        yield height_attribute(run.row_heights[row], run.compiled.row_height)
