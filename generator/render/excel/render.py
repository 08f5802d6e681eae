"""One sheet of one render: its program is run, rows get their numbers, the layout is recorded.

Rows stream: each band is numbered, written into 128 KiB pieces and forgotten. Formulas are left open, since they depend on
the layout of the whole workbook; a sheet that holds any keeps its pieces until that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Diagnostic
from generator.messages import diagnostic
from generator.render.codegen import LimitExceeded, Program, fault_line, fault_names
from generator.render.excel.cells import ValueFault, Writer
from generator.render.excel.compile import COLUMN, CompiledSheet
from generator.render.excel.layout import MAX_COLUMNS, MAX_ROWS, AxisLayout, Instance, LayoutRecorder
from generator.render.excel.program import FUNCTIONS, SheetOutput, recording
from generator.render.excel.references import column_letters
from generator.render.excel.styles import StyleBook
from generator.render.faults import limit_fault, render_fault

_DATE = re.compile(rb'( s="(\d+)")?((?: [\w:]+="[^"]*")*)([\x04-\x06])')
_KINDS = {b"\x04": "date", b"\x05": "time", b"\x06": "moment"}


@dataclass(frozen=True, slots=True)
class BandRecord:
    """A band of rows that holds formulas, where it was placed."""

    band: int
    start: int
    instance: Instance


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that data asked for: output rows and columns, all included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetRun:
    """What one render knows of one sheet while its program runs.

    Args:
        compiled: the sheet.
        styles: the render's cell formats.
        findings: takes what is wrong.
    """

    compiled: CompiledSheet
    styles: StyleBook
    date_1904: bool
    findings: list[Diagnostic]
    recorder: LayoutRecorder = field(init=False)
    columns: AxisLayout = field(init=False)
    placed_columns: list[tuple[int, int]] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    formulas: list[BandRecord] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    position: int = 1
    last_row: int = 0
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.recorder = LayoutRecorder(self.compiled.rows)
        self.columns = AxisLayout.unmoved(MAX_COLUMNS)
        self.writer = Writer(self.compiled.xml.prefix, self.date_1904, self.value_fault)

    def value_fault(self, fault: ValueFault, line: int) -> None:
        """Note a value that no cell can hold."""
        found = self.compiled.places[line - 1].finding(fault.code, **fault.arguments)
        if found not in self.findings:
            self.findings.append(found)

    def output(self) -> SheetOutput:
        """What the program writes through."""
        writer = self.writer
        own: dict[str, Callable[..., Any]] = {
            "cell": writer.fast_cell(),
            "joined": writer.joined,
            "rich": writer.rich,
            "styled": writer.styled,
        }
        functions = {name: own.get(name, _unused) for name in FUNCTIONS}
        return SheetOutput(_unused, lambda value, line: _text(value), self.kept, functions=functions)

    def run(self, context: Mapping[str, Any]) -> Iterator[bytes]:
        """The rows' XML in pieces; afterwards `layout` is complete.

        Raises:
            Exception: whatever an expression raises.
        """
        compiled = self.compiled
        if compiled.program is None:
            return
        output = self.output()
        if compiled.column_program is not None:
            self._place_columns(compiled.column_program, context, output)
            yield from self._rows_by_columns(compiled.program, context, output)
        else:
            yield from self._rows(compiled.program, context, output)

    @property
    def layout(self) -> AxisLayout:
        """Where the rows went."""
        return self.recorder.finish()

    def _rows(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> Iterator[bytes]:
        bands, offsets, formulas = self.compiled.rows, self.compiled.offsets, self.compiled.formulas
        lengths = [band.last - band.first + 1 for band in bands]
        writer, place = self.writer, self.recorder.place
        counters: list[int] = []
        instance: Instance = ()
        position = 1
        pieces: Iterator[Any] = program.chunks(context, output)  # numbers, tuples and lists: see `program`
        for piece in pieces:
            if type(piece) is int:
                if piece < 0:
                    del counters[~piece:]
                elif len(counters) == piece:
                    counters.append(0)
                else:
                    del counters[piece + 1 :]
                    counters[piece] += 1
                instance = tuple(counters)
                continue
            band: int = piece[0]
            place(band, instance, position)
            if formulas[band]:
                self.formulas.append(BandRecord(band, position, instance))
            for number, row in zip(offsets[band], piece[1:], strict=True):
                if writer.marked:
                    row = self._dated(row)
                yield row.replace(b"\0", b"%d" % (position + number))
            writer.marked = False
            if offsets[band]:
                self._check_rows(position + offsets[band][-1])
            position += lengths[band]
            self.position = position

    def _check_rows(self, last: int) -> None:
        self.last_row = last
        if last > MAX_ROWS:
            raise TooManyRows

    def _dated(self, row: bytes) -> bytes:
        def style(match: re.Match[bytes]) -> bytes:
            number = self.styles.dated(int(match[2] or 0), _KINDS[match[4]])
            return (b' s="%d"' % number if number else b"") + match[3]

        return _DATE.sub(style, row)

    def _place_columns(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> None:
        bands = self.compiled.columns or ()
        recorder = LayoutRecorder(bands, limit=MAX_COLUMNS)
        counters: list[int] = []
        position = 1
        pieces: Iterator[Any] = program.chunks(context, output)  # numbers, tuples and lists: see `program`
        for piece in pieces:
            if type(piece) is int:
                if piece < 0:
                    del counters[~piece:]
                elif len(counters) == piece:
                    counters.append(0)
                else:
                    del counters[piece + 1 :]
                    counters[piece] += 1
                continue
            band: int = piece[0]
            recorder.place(band, tuple(counters), position)
            self.placed_columns.append((band, position))
            position += bands[band].last - bands[band].first + 1
        self.columns = recorder.finish()

    def _rows_by_columns(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> Iterator[bytes]:
        """The same where columns repeat: a row comes as its start and the cells of one band of columns after another."""
        bands, offsets = self.compiled.rows, self.compiled.offsets
        prefix = self.compiled.xml.prefix
        counters: list[int] = []
        instance: Instance = ()
        start: bytes | None = None
        row_number = 0
        cells: list[bytes] = []
        visited = 0

        def finished() -> Iterator[bytes]:
            nonlocal start
            if start is not None:
                row = start + b"".join(cells) + b"</%brow>" % prefix
                if self.writer.marked:
                    row = self._dated(row)
                    self.writer.marked = False
                cells.clear()
                start = None
                yield row.replace(b"\0", b"%d" % row_number)

        position = 1
        pending = 0  # the length of the band that is being written
        pieces: Iterator[Any] = program.chunks(context, output)  # numbers, tuples and lists: see `program`
        for piece in pieces:
            if type(piece) is list:
                band, column = self.placed_columns[visited]
                assert band == piece[0], "the columns of every row follow the column program"
                visited += 1
                for place, cell in zip(piece[1::2], piece[2::2], strict=True):
                    if column + place > MAX_COLUMNS:
                        raise TooManyColumns
                    cells.append(cell.replace(COLUMN, column_letters(column + place).encode()))
                continue
            yield from finished()
            if type(piece) is int:
                position += pending
                pending = 0
                if piece < 0:
                    del counters[~piece:]
                elif len(counters) == piece:
                    counters.append(0)
                else:
                    del counters[piece + 1 :]
                    counters[piece] += 1
                instance = tuple(counters)
                continue
            band = piece[0]
            if len(piece) == 1 or piece[1] == 0:
                position += pending
                self.recorder.place(band, instance, position)
                if self.compiled.formulas[band]:
                    self.formulas.append(BandRecord(band, position, instance))
                pending = bands[band].last - bands[band].first + 1
                self.position = position + pending
            if len(piece) > 1:
                row_number = position + offsets[band][piece[1]]
                self._check_rows(row_number)
                start = piece[2]
                visited = 0
                output.render = iter(self.kept)
        yield from finished()


class TooManyRows(Exception):
    """The sheet would pass the last row of the format."""


class TooManyColumns(Exception):
    """The sheet would pass the last column of the format."""


def _unused(*_: Any) -> bytes:
    raise AssertionError("not used by this sheet")


def _text(value: Any) -> str:
    from generator.render.excel.cells import text_of

    return text_of(value)


def find_faults(run: Callable[[], SheetRun], context: Mapping[str, Any], first: Exception) -> list[Diagnostic]:
    """Every fault of a sheet's tags with a context, from a second run in which each expression is guarded.

    Args:
        run: makes a fresh run of the sheet.
        context: what it was rendered with; if it holds an iterator that the first run used up, only the first fault is told.
        first: what the first run raised.
    """
    sheet = run()
    known = _finding(sheet, first, fault_line(first), context)
    if isinstance(first, LimitExceeded | TooManyRows | TooManyColumns) or any(
        hasattr(value, "__next__") for value in context.values()
    ):
        return [known]
    found: list[Diagnostic] = []
    output = sheet.output()

    def record(fault: Exception, line: int) -> None:
        finding = _finding(sheet, fault, line, context)
        if finding not in found:
            found.append(finding)

    output.recorder = record
    programs = [program for program in (sheet.compiled.column_program, sheet.compiled.program) if program]
    try:
        for program in programs:
            for piece in recording(program).chunks(context, output):
                if type(piece) is tuple and len(piece) == 3 and sheet.compiled.columns:
                    output.render = iter(sheet.kept)
    except Exception as fault:
        record(fault, fault_line(fault) or 1)
    found += [finding for finding in sheet.findings if finding not in found]
    return found or [known]


def _finding(sheet: SheetRun, fault: Exception, line: int | None, context: Mapping[str, Any]) -> Diagnostic:
    """An exception as a finding; raised again if no template or data can cause it."""
    places = sheet.compiled.places
    placed = places[(line or 1) - 1] if places else None
    anchor = {"sheet": sheet.compiled.sheet.name}
    if isinstance(fault, TooManyRows | TooManyColumns):
        from generator.diagnostics import Location
        from generator.places import describe

        code = "excel-too-many-rows" if isinstance(fault, TooManyRows) else "excel-too-many-columns"
        limit = MAX_ROWS if isinstance(fault, TooManyRows) else MAX_COLUMNS
        return diagnostic(code, Location(place=describe(anchor), anchor=anchor), limit=limit)
    if placed is not None and line is not None:
        found = render_fault(placed, fault, {*fault_names(fault), *context})
        if found is not None:
            return found
    if isinstance(fault, LimitExceeded):
        return limit_fault(fault)
    raise fault
