"""A sheet of one render, between the run of its program and the writing of its part."""

from __future__ import annotations

from collections.abc import Iterator

from generator.excel.compile.compiled_sheet import CompiledSheet
from generator.excel.compile.sheet_heads import SheetInstance
from generator.excel.follow.layout import Origin
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.excel.read.workbook import Sheet
from generator.excel.run.deflating import Body
from generator.excel.run.sheet_render import SheetRun
from generator.excel.run.workbook_parts import OutputSheet
from generator.kept.light_classes import dataclass, field

WaitingFormula = tuple[int, int, int, bytes]
"""A formula without a value: the number of its piece, its row and column, its `<f>` element."""


@dataclass(slots=True)
class CompletedSheet:
    """A sheet's part that was put together of pieces.

    Args:
        xml: all of them together.
        pieces: a formula without a value has one of its own, which is what follows the beginning of its cell.
        waiting: these formulas in their order.
    """

    xml: bytes
    pieces: list[bytes]
    waiting: list[WaitingFormula]


@dataclass(slots=True)
class RenderedSheet:
    """A sheet of one render, between the run of its program and the writing of its part."""

    source: Sheet
    instance: SheetInstance
    run: SheetRun
    body: Body
    output: OutputSheet
    layout: SheetLayout
    names: dict[str, str] = field(default_factory=dict)  # member of the template -> of this copy
    completed: CompletedSheet | None = None  # where it is small

    @property
    def compiled(self) -> CompiledSheet:
        return self.run.compiled

    @property
    def formulas(self) -> bool:
        """Whether the sheet holds formulas."""
        return self.compiled.has_formulas


def formula_places(run: SheetRun) -> Iterator[tuple[Origin, Origin]]:
    """Every formula of a rendered sheet whose columns move, in the order of its cells: its source row and column with their
    instances."""
    compiled = run.compiled
    for record in run.formulas:
        first = compiled.rows[record.band].first
        for offset, cells in compiled.formulas[record.band]:
            row = Origin(first + offset, record.instance)
            placed = [
                (output, Origin(cell.column, instance))
                for cell in cells
                for instance, output in run.columns.outputs(cell.column)
            ]
            for _, column in sorted(placed, key=lambda item: item[0]):
                yield row, column
