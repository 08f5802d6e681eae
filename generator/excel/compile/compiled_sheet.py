"""A compiled sheet: what rendering needs, and nothing of a render."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

from generator.excel.compile.sheet_heads import SheetHead
from generator.excel.compile.side_texts import Side
from generator.excel.follow.layout import Band
from generator.excel.read.sheet_xml import SheetXml, SourceCell
from generator.excel.read.workbook import Sheet
from generator.excel.run.row_heights import MergedAreas
from generator.kept.light_classes import dataclass, field
from generator.template.faults import PlacedTag
from generator.template.jinja_program import Program

FORMULA = b"\x01"  # stands for a formula until the layout of the whole workbook is known
ABSENT = b"\x11"  # stands for a formula that is not there: a list beside another has ended
HEIGHT = b"\x07"  # stands for the height of a row whose text wraps
COLUMN = b"\x08"  # stands for the letters of a cell's column, where columns move


@dataclass(frozen=True, slots=True)
class Measure:
    """A cell whose text wraps.

    Args:
        target: the place within its band of the row that grows: its own, or the last of its merge.
        others: the places of the other rows of its merge.
        capacity: of its line, in half-widths of its font.
        size: of its font, in points.
        row, column: its row's place within its band, its source column.
        vertical: it has a `vm`: its rows are known only when the sheet is complete.
        short: characters of a text that need no more than a row that says nothing, whatever they are.
    """

    row: int
    column: int
    target: int
    others: tuple[int, ...]
    capacity: float
    size: float
    vertical: bool = False
    short: int = 0


@dataclass(frozen=True, slots=True)
class MergeSpec:
    """The merging tags of a cell: its row's place within the band, its source column, and the tags in their order."""

    row: int
    column: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BandHeights:
    """The rows of a band whose height is measured (with what their fixed texts need), and the height of every row."""

    measured: Mapping[int, float]
    base: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class CompiledSheet:
    """A sheet ready to render; nothing in it changes.

    Args:
        sheet: of the workbook.
        xml: its rows and cells.
        program: None for a sheet without tags.
        rows: the bands of its rows, and for each band the place of every row that holds anything within it.
        columns: the bands of its columns; None where columns stay.
        column_program: places the columns; None where they stay.
        formulas: for each band, the cells that hold a formula by the row's place within the band.
        places: of its tags, by line (from 1).
        measures, heights: cells whose text wraps, and the rows of each band.
        merge_specs: cells with merging tags.
        merged: the template's merges.
        row_height: of a row that says nothing, in points.
        trees: what was compiled, for the paths that it uses.
        head: the sheet's own tags; None if it has none.
        tagged: whether anything on it holds tags.
        sides: texts with tags beside its cells.
        row_loops: what its loops of rows run over, by their number.
        general_tags, general_numbers: what its cells without a number format may hold (see `general_cells`).
    """

    sheet: Sheet
    xml: SheetXml
    program: Program | None
    rows: tuple[Band, ...]
    offsets: tuple[tuple[int, ...], ...]
    columns: tuple[Band, ...] | None
    column_program: Program | None
    formulas: tuple[tuple[tuple[int, tuple[SourceCell, ...]], ...], ...]
    places: tuple[PlacedTag, ...]
    measures: tuple[Measure, ...]
    heights: tuple[BandHeights, ...]
    merge_specs: tuple[MergeSpec, ...]
    merged: MergedAreas
    row_height: float
    trees: tuple[nodes.Template, ...]
    head: SheetHead | None = None
    tagged: bool = False
    sides: tuple[Side, ...] = ()
    row_loops: Mapping[int, str] = field(default_factory=dict)
    general_tags: frozenset[int] = frozenset()
    general_numbers: bool = False

    @property
    def has_formulas(self) -> bool:
        return any(self.formulas)

    @property
    def deferred(self) -> bool:
        """Whether rows are completed only when the whole workbook's layout is known."""
        return self.has_formulas or any(measure.vertical for measure in self.measures)
