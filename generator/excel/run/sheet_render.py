"""One sheet of one render: its program is run, rows get their numbers, the layout is recorded.

Rows stream: each band is numbered, written into 128 KiB pieces and forgotten. Formulas are left open, since they depend on
the layout of the whole workbook; a sheet that holds any keeps its pieces until that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic
from generator.excel.compile.compiled_sheet import COLUMN, HEIGHT, CompiledSheet, Measure
from generator.excel.compile.program import FUNCTIONS, SheetOutput
from generator.excel.follow.layout import AxisLayout, Instance
from generator.excel.follow.layout_recorder import LayoutRecorder
from generator.excel.run.added_styles import StyleBook
from generator.excel.run.asked_merges import AskedMerges
from generator.excel.run.cell_pictures import PlacedPicture
from generator.excel.run.cell_values import RUN_MARK, ValueFault, Writer, cell_text, storable, text_of
from generator.excel.run.row_batches import PLAIN, PlainRow, in_batches, row_of
from generator.excel.run.row_heights import MAX_HEIGHT, content_text, height
from generator.excel.run.sheet_limits import TooManyColumns, TooManyRows, height_attribute, spread_heights, too_high
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, column_letters, parse_area
from generator.template.budget import Budget
from generator.template.image import Image
from generator.template.jinja_program import Program

_MARKED = lazy(rb'( s="(\d+)")?((?: (?!s=)[\w:]+="[^"]*")*)((?:[\x04-\x06]|\x0e\w{6}\x0f)+)')
_MARK = lazy(rb"[\x04-\x06]|\x0e(\w{6})\x0f")
_HOLDS = lazy(rb"<(?:\w+:)?(?:v|is|f)[\s>]|\x01")
_KINDS = {b"\x04": "date", b"\x05": "time", b"\x06": "moment"}


class BandRecord(NamedTuple):
    """A band of rows that holds formulas, where it was placed."""

    band: int
    start: int
    instance: Instance


@dataclass(slots=True)
class SheetRun:
    """What one render knows of one sheet while its program runs.

    Args:
        compiled: the sheet.
        styles: the render's cell formats.
        findings: takes what is wrong.
        budget: of the render.
    """

    compiled: CompiledSheet
    styles: StyleBook
    date_1904: bool
    findings: list[Diagnostic]
    budget: Budget
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
    needs: list[tuple[Measure, float]] = field(default_factory=list)  # of the band that is being evaluated
    vertical_needs: dict[tuple[int, int], float] = field(default_factory=dict)
    sides: dict[tuple[str, int | None, int | None], str] = field(default_factory=dict)
    pictures: list[PlacedPicture] = field(default_factory=list)
    row_heights: dict[int, float] = field(default_factory=dict)
    height_rows: list[int] = field(default_factory=list)
    printed: Iterator[Any] | None = None  # what the sheet's program gives: numbers and tuples, see `program`

    def __post_init__(self) -> None:
        own = self.compiled
        self.recorder, self.columns = LayoutRecorder(own.rows), AxisLayout.unmoved(MAX_COLUMNS)
        self.writer = Writer(own.xml.prefix, self.date_1904, self.value_fault, self.picture, own.general_tags)

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
            "merged": self.merged,
            "measured": self.measured,
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
            return in_batches(self._rows(compiled.program, context, output), self.writer)
        self._place_columns(compiled.column_program, context, output)
        return self._rows_by_columns(compiled.program, context, output)

    @property
    def layout(self) -> AxisLayout:
        """Where the rows went."""
        return self.recorder.finish()

    def _rows(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> Iterator[bytes | PlainRow]:
        bands, offsets = self.compiled.rows, self.compiled.offsets
        lengths = [band.last - band.first + 1 for band in bands]
        several = any(measure.vertical for measure in self.compiled.measures)  # heights of rows are asked for again
        formulas = [bool(own) for own in self.compiled.formulas]
        simple = [
            offsets[index] == (0,) and not self.compiled.heights[index].measured and not (formulas[index] and several)
            for index in range(len(bands))
        ]
        writer, place = self.writer, self.recorder.place
        counters: list[int] = []
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
            made: Any = piece
            values = piece[-1] if type(piece[-1]) is tuple else None
            plain = values is not None and simple[band] and PLAIN(map(type, values))
            if values is not None and not plain:
                made = band, row_of(piece[1], piece[2], values, output.functions["cell"])
            if plain or (simple[band] and not writer.marked):
                place(band, self.instance, position)
                if position > MAX_ROWS:
                    raise TooManyRows
                if formulas[band]:
                    self.formulas.append(BandRecord(band, position, self.instance))
                yield (position, made) if plain else made[1].replace(b"\0", b"%d" % position)
            else:
                yield from self._emit(band, position, list(zip(offsets[band], made[1:], strict=True)))
            position += lengths[band]
            self.position = position

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

    def _emit(self, band: int, position: int, rows: list[tuple[int, bytes]]) -> Iterator[bytes]:
        """The rows of a band with their numbers, each given as its place and its bytes."""
        self.recorder.place(band, self.instance, position)
        if self.compiled.formulas[band]:
            self.formulas.append(BandRecord(band, position, self.instance))
        if rows and position + rows[-1][0] > MAX_ROWS:
            # some programs write formatted rows down to the last; those that hold nothing may fall off the end
            rows = [(number, row) for number, row in rows if position + number <= MAX_ROWS or _HOLDS.search(row)]
            if rows and position + rows[-1][0] > MAX_ROWS:
                raise TooManyRows
        known = self.compiled.heights[band]
        heights = self._heights(band) if known.measured else {}
        for number, row in rows:
            if self.writer.marked:
                row = self._dated(row)
            place = position + number
            if number in heights:
                if self.compiled.deferred:
                    self.height_rows.append(place)
                else:
                    row = row.replace(HEIGHT, height_attribute(heights[number], self.compiled.row_height))
            if self.vertical_needs or self.compiled.deferred:
                self.row_heights[place] = heights.get(number, known.base.get(number, self.compiled.row_height))
            yield row.replace(b"\0", b"%d" % place)
        self.writer.marked = False

    def final_heights(self) -> Iterator[bytes]:
        """The height attributes of rows that were left open, in their order; to be called when the sheet is complete."""
        open_rows = set(self.height_rows)
        for (row, column), needed in sorted(self.vertical_needs.items()):
            rows = range(row, self.asked.last_row(row, column) + 1)
            missing = needed - sum(self.row_heights.get(one, self.compiled.row_height) for one in rows)
            growing = [one for one in rows if one in open_rows]
            if missing > 0 and growing:
                for one in growing:
                    self.row_heights[one] += missing / len(growing)
        for row in self.height_rows:
            yield height_attribute(self.row_heights[row], self.compiled.row_height)

    def _dated(self, row: bytes) -> bytes:
        """A row whose dates and backgrounds have found their formats."""

        def style(match: re.Match[bytes]) -> bytes:
            number = int(match[2] or 0)
            for mark in _MARK.finditer(match[4]):
                number = (
                    self.styles.shaded(number, mark[1].decode())
                    if mark[1]
                    else self.styles.dated(number, _KINDS[mark[0]])
                )
            return (b' s="%d"' % number if number else b"") + match[3]

        return _MARKED.sub(style, row)

    # Merging tags

    def merged(self, spec_number: int, cell: bytes, *arguments: Any) -> bytes:
        """A written cell with its merging tags: their values, and the tag's line."""
        spec = self.compiled.merge_specs[spec_number]
        line = arguments[-1]
        row = self.position + spec.row
        column = self._output_column(spec.column)
        covered = False
        verticals = [value for word, value in zip(spec.words, arguments, strict=False) if word == "vm"]
        if verticals:
            value = tuple(repr(self.instance[:-1]) if one is None else one for one in verticals)
            covered = self.asked.down(row, column, value)
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
        place = (
            (None, None) if offset is None or column is None else (self.position + offset, self._output_column(column))
        )
        self.sides[key, *place] = text

    def picture(self, image: Image, line: int) -> None:
        """A picture alone in a cell: it is put where the cell stands."""
        anchor = self.compiled.places[line - 1].location.anchor or {}
        area = parse_area(str(anchor.get("cell", "")))
        assert area is not None, "a cell printed it"
        assert area.top is not None
        assert area.left is not None
        row = area.top.number
        band = next(band for band in self.compiled.rows if band.first <= row <= band.last)
        place = self.position + row - band.first, self._output_column(area.left.number)
        self.pictures.append(PlacedPicture(*place, image))

    # Heights

    def measured(self, number: int, cell: bytes, _: int) -> bytes:
        """A written cell; what its text needs is noted for its row."""
        text = content_text(cell)
        if text:
            measure = self.compiled.measures[number]
            needed = height(text, measure.capacity, measure.size, self.compiled.row_height)
            if measure.vertical:
                place = self.position + measure.row, self._output_column(measure.column)
                self.vertical_needs[place] = needed
            else:
                self.needs.append((measure, needed))
        return cell

    def _heights(self, band: int) -> dict[int, float]:
        """The heights of a band's measured rows, by their place."""
        heights = self.compiled.heights[band]
        found = spread_heights(heights, self.needs)
        self.needs.clear()
        if max(found.values()) > MAX_HEIGHT:
            self.findings += too_high(found, self.compiled.sheet.name, self.position)
        return found

    # Columns

    def _place_columns(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> None:
        bands = self.compiled.columns or ()
        recorder = LayoutRecorder(bands, limit=MAX_COLUMNS)
        counters: list[int] = []
        position = 1
        pieces: Iterator[Any] = program.chunks(context, output)
        for piece in pieces:
            if type(piece) is int:
                self._count_loop(counters, piece)
                continue
            band: int = piece[0]
            recorder.place(band, tuple(counters), position)
            self.placed_columns.append((band, position))
            position += bands[band].last - bands[band].first + 1
        self.columns = recorder.finish()
        self.instance = ()

    def _rows_by_columns(self, program: Program, context: Mapping[str, Any], output: SheetOutput) -> Iterator[bytes]:
        """The same where columns repeat: a row comes as its start and the cells of one band of columns after another."""
        bands, offsets = self.compiled.rows, self.compiled.offsets
        end = b"</%brow>" % self.compiled.xml.prefix
        counters: list[int] = []
        rows: list[tuple[int, bytes]] = []
        cells: list[bytes] = []
        current: int | None = None
        self.printed = program.chunks(context, output)

        def finished() -> Iterator[bytes]:
            nonlocal current
            if current is not None:
                yield from self._emit(current, self.position, rows)
                self.position += bands[current].last - bands[current].first + 1
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
                    rows[-1] = (rows[-1][0], rows[-1][1] + b"".join(cells) + end)
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
                rows.append((offsets[piece[0]][piece[1]], piece[2]))
                self.visited = 0
                output.render = iter(self.kept)
        yield from finished()


def _unused(*_: Any) -> bytes:
    raise AssertionError("not used by this sheet")
