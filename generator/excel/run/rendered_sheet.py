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
