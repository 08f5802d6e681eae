"""One sheet of one render: its program is run, rows get their numbers, the layout is recorded.

Rows stream: each band is numbered, written into 128 KiB pieces and forgotten. Formulas are left open, since they depend on
the layout of the whole workbook; a sheet that holds any keeps its pieces until that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic
from generator.excel.compile.compiled_sheet import COLUMN, HEIGHT, CompiledSheet
from generator.excel.compile.program import FUNCTIONS, SheetOutput
from generator.excel.follow.layout import AxisLayout, Instance
from generator.excel.follow.layout_recorder import LayoutRecorder
from generator.excel.run.added_styles import StyleBook
from generator.excel.run.asked_merges import AskedMerges
from generator.excel.run.cell_pictures import PlacedPicture, source_cell
from generator.excel.run.cell_values import RUN_MARK, ValueFault, Writer, cell_text, storable, text_of
from generator.excel.run.marked_styles import with_styles
from generator.excel.run.measured_cells import MeasuredCells
from generator.excel.run.own_rows import BandRecord, OwnRows
from generator.excel.run.placed_columns import placed_columns
from generator.excel.run.row_batches import MOST, PLAIN, BatchWriter, PlainRow, RowBatch, row_of, simple_bands
from generator.excel.run.row_heights import MAX_HEIGHT
from generator.excel.run.sheet_limits import (
    TooManyColumns,
    TooManyRows,
    height_attribute,
    spread_heights,
    too_high,
    within_sheet,
)
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, column_letters
from generator.template.budget import Budget
from generator.template.image import Image
from generator.template.jinja_program import Program

_DOWN = ("vm",)


@dataclass(slots=True)
class SheetRun:
    """What one render knows of one sheet while its program runs.

    Args:
        compiled: the sheet.
        styles: the render's cell formats.
        findings: takes what is wrong.
        budget: of the render.
        own: the sheet's formulas, where it has some and its columns stay.
    """

    compiled: CompiledSheet
    styles: StyleBook
    date_1904: bool
    findings: list[Diagnostic]
    budget: Budget
    own: OwnRows | None = None
    recorder: LayoutRecorder = field(init=False)
    columns: AxisLayout = field(init=False)
    placed_columns: list[tuple[int, int]] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    formulas: list[BandRecord] = field(default_factory=list)
    position: int = 1  # the first row of the band that is being evaluated
    instance: Instance = ()
    visited: int = 0  # bands of columns that the current row has printed
    writer: Writer = field(init=False)
    asked: AskedMerges = field(default_factory=AskedMerges)
    measured: MeasuredCells = field(init=False)
    deferred: bool = field(init=False)
    sides: dict[tuple[str, int | None, int | None], str] = field(default_factory=dict)
    pictures: list[PlacedPicture] = field(default_factory=list)
    row_heights: dict[int, float] = field(default_factory=dict)
    height_rows: list[int] = field(default_factory=list)
    printed: Iterator[Any] | None = None  # what the sheet's program gives: numbers and tuples, see `program`

    def __post_init__(self) -> None:
        own = self.compiled
        self.recorder, self.columns = LayoutRecorder(own.rows), AxisLayout.unmoved(MAX_COLUMNS)
        self.writer = Writer(own.xml.prefix, self.date_1904, self.value_fault, self.picture, own.general_tags)
        self.measured = MeasuredCells(own.measures, own.row_height, self.writer, self._output_place)
        self.deferred = own.deferred

    def value_fault(self, fault: ValueFault, line: int) -> None:
        """Note a value that no cell can hold."""
        found = self.compiled.places[line - 1].finding(fault.code, **fault.arguments)
        if found not in self.findings:
            self.findings.append(found)

    def output(self) -> SheetOutput:
        """What the program writes through."""
        writer = self.writer
        cell = writer.fast_cell()
        own: dict[str, Callable[..., Any]] = {
            **self.measured.functions(cell),
            "cell": cell,
            "joined": writer.joined,
            "rich": writer.rich,
            "styled": writer.styled,
            "merged": self.merged,
            "side": self.side,
            "text": lambda value, line: storable(text_of(value), self.compiled.places[line - 1]),
            "plain": lambda content, line: content,
            "truth": lambda value, line: bool(value),
            "doubled": lambda value, line: text_of(value).replace("&", "&&"),
        }
        functions = {name: own.get(name, _unused) for name in FUNCTIONS}
        return SheetOutput(
            _unused, lambda value, line: text_of(value), self.kept, functions=functions, budget=self.budget
        )

    def run(self, context: Mapping[str, Any]) -> Iterator[bytes]:
        """The rows' XML in pieces; afterwards `layout` is complete.

        Raises:
            Exception: whatever an expression raises.
        """
        compiled = self.compiled
        if compiled.program is None:
            return iter(())
        output = self.output()
        if compiled.column_program is None:
            return self._rows(compiled.program, context, output)
        pieces = compiled.column_program.chunks(context, output)
        self.columns, self.placed_columns = placed_columns(compiled.columns or (), pieces, self._count_loop)
        self.instance = ()
        return self._rows_by_columns(compiled.program, context, output)

    @property
    def layout(self) -> AxisLayout:
        """Where the rows went."""
        return self.recorder.finish()

    def _rows(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> Iterator[bytes]:
        offsets = self.compiled.offsets
        lengths = [band.last - band.first + 1 for band in self.compiled.rows]
        bands = simple_bands(self.compiled)
        simple = [index in bands for index in range(len(lengths))]
        formulas = [bool(own) for own in self.compiled.formulas]
        batches = BatchWriter(self.writer, bands, self.budget.turns, self.own)
        output.written = batches.together
        writer, place = self.writer, self.recorder.place
        counters: list[int] = []
        waiting: list[PlainRow] = []  # of one band, and the instance of each
        instances: list[Instance] = []
        batched, around = -1, ()
        position = 1
        self.printed = program.chunks(context, output)
        for piece in self.printed:
            if type(piece) is int:
                if piece == len(counters) - 1 >= 0:  # the next item of the innermost loop: once a row
                    counters[piece] += 1
                    self.instance = tuple(counters)
                else:
                    self._count_loop(counters, piece)
                continue
            band: int = piece[0]
            if type(piece) is RowBatch:
                yield from self._written(batches, waiting, instances)
                waiting, instances = [], []
                numbers = self._placed(piece, counters, position, lengths[band])
                made, whole = batches.joined(piece, numbers)
                if formulas[band] and not whole:
                    before, first = self.instance[:-1], self.instance[-1] - piece.turns + 1
                    self.formulas += [BandRecord(band, row, (*before, own)) for own, row in enumerate(numbers, first)]
                yield made
                position = self.position = position + piece.turns * lengths[band]
                continue
            values = piece[-1] if type(piece[-1]) is tuple else None
            plain = values is not None and simple[band] and PLAIN(map(type, values))
            rows: Sequence[bytes] = ()
            if values is not None and not plain:
                rows = (row_of(piece[1], piece[2], values, output.functions["cell"]),)
            if plain or (simple[band] and not writer.marked):
                place(band, self.instance, position)
                if position > MAX_ROWS:
                    raise TooManyRows
                if not plain:
                    rows = ((rows[0] if rows else piece[1]).replace(b"\0", b"%d" % position),)
            else:
                rows = self._emit(band, position, offsets[band], rows or piece[1:])
            if waiting and (not plain or band != batched or piece[1] is not around or len(waiting) == MOST):
                yield from self._written(batches, waiting, instances)
                waiting, instances = [], []
            if plain:
                batched, around = band, piece[1]
                waiting.append((position, piece))
                instances.append(self.instance)
            else:
                if formulas[band]:
                    self.formulas.append(BandRecord(band, position, self.instance))
                yield from rows
            position += lengths[band]
            self.position = position
        yield from self._written(batches, waiting, instances)

    def _written(self, batches: BatchWriter, rows: list[PlainRow], instances: list[Instance]) -> list[bytes]:
        """Rows of one band that came one by one."""
        if not rows:
            return []
        made, whole = batches.written(rows)
        band = rows[0][1][0]
        if self.compiled.formulas[band] and not whole:
            found = zip(rows, instances, strict=True)
            self.formulas += [BandRecord(band, position, instance) for (position, _), instance in found]
        return made

    def _placed(self, batch: RowBatch, counters: list[int], position: int, length: int) -> range:
        """Place rows of a loop below each other, each of as many rows of the sheet; their numbers."""
        numbers = range(position, position + batch.turns * length, length)
        self._count_loop(counters, batch.depth)
        self.recorder.place_rows(batch.band, self.instance, numbers)
        if numbers[-1] > MAX_ROWS:
            raise TooManyRows
        counters[-1] += batch.turns - 1
        self.instance = tuple(counters)
        return numbers

    def _count_loop(self, counters: list[int], event: int) -> None:
        """A loop begins an iteration (its depth) or ends (the depth's complement)."""
        if event < 0:
            del counters[~event:]
        elif len(counters) == event:
            if not counters:
                self.asked.runs.begin("rows")
            counters.append(0)
        elif len(counters) == event + 1:
            counters[event] += 1
        else:
            del counters[event + 1 :]
            counters[event] += 1
        self.instance = tuple(counters)

    def _emit(self, band: int, position: int, offsets: Sequence[int], rows: Sequence[bytes]) -> list[bytes]:
        """The rows of a band with their numbers, each given by its place and its bytes."""
        self.recorder.place(band, self.instance, position)
        if rows and position + offsets[-1] > MAX_ROWS:
            offsets, rows = within_sheet(position, offsets, rows)
        known = self.compiled.heights[band]
        heights = self._heights(band) if known.measured else {}
        standard, deferred, marked = self.compiled.row_height, self.deferred, self.writer.marked
        found: list[bytes] = []
        for number, row in zip(offsets, rows, strict=True):
            if marked:
                row = with_styles(row, self.styles)
            place = position + number
            if number in heights:
                if deferred:
                    self.height_rows.append(place)
                else:
                    row = row.replace(HEIGHT, height_attribute(heights[number], standard))
            if deferred:
                self.row_heights[place] = heights[number] if number in heights else known.base.get(number, standard)
            found.append(row.replace(b"\0", b"%d" % place))
        self.writer.marked = False
        return found

    # Merging tags

    def merged(self, spec_number: int, cell: bytes, *arguments: Any) -> bytes:
        """A written cell with its merging tags: their values, and the tag's line."""
        spec = self.compiled.merge_specs[spec_number]
        row, column = self._output_place(spec.row, spec.column)
        line = arguments[-1]
        covered = False
        if "vm" in spec.words:
            found = zip(spec.words, arguments, strict=False)
            verticals = arguments[:1] if spec.words == _DOWN else [value for word, value in found if word == "vm"]
            value = tuple([repr(self.instance[:-1]) if one is None else one for one in verticals])
            covered = self.asked.down(row, column, value)
            if spec.words == _DOWN:  # most are no more than that
                return self.writer.empty if covered and cell[:1] != b"\x0e" else cell
        for word, value in zip(spec.words, arguments, strict=False):
            if word == "hm":
                covered = self.asked.across(spec_number, row, column, value) or covered
            elif word == "colspan":
                count = self._count(value, line)
                if count > 1:
                    self.asked.spans[row, column] = count
            elif word == "cellbg" and value:
                colour = str(value).strip().removeprefix("#")
                if re.fullmatch("[0-9A-Fa-f]{6}", colour):
                    self.writer.marked = True
                    cell = b"\x0e" + colour.encode() + b"\x0f" + cell
                else:
                    self.value_fault(ValueFault("excel-not-a-colour", value=str(value)[:30]), line)
        return self.writer.empty if covered and not cell.startswith(b"\x0e") else cell

    def _output_place(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell goes, by its row within its band and its source column."""
        return self.position + row, self._output_column(column) if self.placed_columns else column

    def _output_column(self, column: int) -> int:
        if not self.placed_columns:
            return column
        band, start = self.placed_columns[self.visited]
        return start + column - (self.compiled.columns or ())[band].first

    def _count(self, value: Any, line: int) -> int:
        try:
            count = int(value)
        except (TypeError, ValueError):
            count = 0
        if not 1 <= count <= 1000:
            self.value_fault(ValueFault("excel-not-a-count", value=str(value)[:30]), line)
            return 1
        return count

    def side(self, key: str, offset: int | None, column: int | None, *arguments: Any) -> None:
        """Keep what a text beside the cells prints, by its template text and output cell; the last argument is the line."""
        text = "".join(map(text_of, arguments[:-1]))
        try:
            cell_text(RUN_MARK.sub("", text))
        except ValueFault as fault:
            self.value_fault(fault, arguments[-1])
            return
        place = (None, None) if offset is None or column is None else self._output_place(offset, column)
        self.sides[key, *place] = text

    def picture(self, image: Image, line: int) -> None:
        """A picture alone in a cell: it is put where the cell stands."""
        row, column = source_cell(self.compiled.places[line - 1].location)
        band = next(band for band in self.compiled.rows if band.first <= row <= band.last)
        place = self._output_place(row - band.first, column)
        self.pictures.append(PlacedPicture(*place, image))

    # Heights

    def _heights(self, band: int) -> Mapping[int, float]:
        """The heights of a band's measured rows, by their place."""
        heights, needs = self.compiled.heights[band], self.measured.needs
        found = spread_heights(heights, needs) if needs else heights.measured
        needs.clear()
        if max(found.values()) > MAX_HEIGHT:
            self.findings += too_high(found, self.compiled.sheet.name, self.position)
        return found

    # Columns

    def _rows_by_columns(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> Iterator[bytes]:
        """The same where columns repeat: a row comes as its start and the cells of one band of columns after another."""
        bands, offsets = self.compiled.rows, self.compiled.offsets
        end = b"</%brow>" % self.compiled.xml.prefix
        counters: list[int] = []
        places: list[int] = []
        rows: list[bytes] = []
        cells: list[bytes] = []
        current: int | None = None
        self.printed = program.chunks(context, output)

        def finished() -> Iterator[bytes]:
            nonlocal current
            if current is not None:
                yield from self._emit(current, self.position, places, rows)
                if self.compiled.formulas[current]:
                    self.formulas.append(BandRecord(current, self.position, self.instance))
                self.position += bands[current].last - bands[current].first + 1
                places.clear()
                rows.clear()
                current = None

        for piece in self.printed:
            if type(piece) is list:
                band, column = self.placed_columns[self.visited]
                assert band == piece[0], "the columns of every row follow the column program"
                self.visited += 1
                for place, cell in zip(piece[1::2], piece[2::2], strict=True):
                    if column + place > MAX_COLUMNS:
                        raise TooManyColumns
                    cells.append(cell.replace(COLUMN, column_letters(column + place).encode()))
                if self.visited == len(self.placed_columns):
                    rows[-1] += b"".join(cells) + end
                    cells.clear()
                continue
            if type(piece) is int:
                yield from finished()
                self._count_loop(counters, piece)
                continue
            if len(piece) == 1 or piece[1] == 0:
                yield from finished()
                current = piece[0]
            if len(piece) > 1:
                places.append(offsets[piece[0]][piece[1]])
                rows.append(piece[2])
                self.visited = 0
                output.render = iter(self.kept)
        yield from finished()


def _unused(*_: Any) -> bytes:
    raise AssertionError("not used by this sheet")
