"""Cells whose text wraps, as they are written: what each text needs is noted for its row.

What a cell shows is at hand when it is written; only where it is more than text (runs, what a draft marks) is it read again
from the written cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.excel.compile.compiled_sheet import Measure
from generator.excel.run.cell_values import SURELY_SHORT, Writer
from generator.excel.run.row_heights import FIRST_OF_SIGNS, content_text, height

Place = Callable[[int, int], tuple[int, int]]


class MeasuredCells:
    """What the texts of one sheet need; belongs to one render.

    Args:
        measures: the sheet's cells whose text wraps.
        standard: the height of a row that says nothing, in points.
        writer: of the sheet.
        place: a cell's row within its band and its source column -> its row and column.
    """

    def __init__(self, measures: Sequence[Measure], standard: float, writer: Writer, place: Place):
        self.needs: list[tuple[Measure, float]] = []  # of the band that is being evaluated, in points
        self.vertical: dict[tuple[int, int], float] = {}  # of cells with `vm`, by row and column
        self._measures = measures
        self._standard = standard
        self._writer = writer
        self._place = place

    def functions(self, cell: Callable[[Any, int], bytes]) -> dict[str, Callable[..., bytes]]:
        """`measured`, `measured_cell` and `measured_joined` of a program; `cell` writes a cell of one value."""
        measures, note, writer = self._measures, self._note, self._writer
        layout, plain, joined = writer.text_layout, writer.is_plain, writer.joined

        def measured_cell(number: int, value: Any, line: int) -> bytes:
            """A value alone in its cell."""
            if type(value) is not str:
                made = cell(value, line)
            elif value and plain(value) is None and value.strip() is value and len(value) < SURELY_SHORT:
                made = layout % value.encode()
                if FIRST_OF_SIGNS not in made:
                    if len(value) > (measure := measures[number]).short:
                        note(measure, value)
                    return made
            else:
                made = cell(value, line)
            return made if made[:1] == b">" or made is writer.empty else measured(number, made, line)

        def measured_joined(number: int, *arguments: Any) -> bytes:
            """Text and values in turns."""
            made = joined(*arguments)
            return made if made is writer.empty else measured(number, made, 0)

        def measured(number: int, made: bytes, _: int) -> bytes:
            """A written cell."""
            text = writer.shown if made is writer.made and FIRST_OF_SIGNS not in made else content_text(made)
            if text:
                measure = measures[number]
                if len(text) > measure.short or "\n" in text:
                    note(measure, text)
            return made

        return {"measured": measured, "measured_cell": measured_cell, "measured_joined": measured_joined}

    def _note(self, measure: Measure, text: str) -> None:
        needed = height(text, measure.capacity, measure.size, self._standard)
        if not needed:
            return
        if measure.vertical:
            self.vertical[self._place(measure.row, measure.column)] = needed
        else:
            self.needs.append((measure, needed))
