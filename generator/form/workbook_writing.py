"""Writes a form: instructions, inputs, long texts, a sheet with a table for every list, what the form says of itself.

XlsxWriter writes it, for it keeps what openpyxl cannot write: values beside formulas (phones and previews show them), notes,
tables, the same bytes on every run.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping

import xlsxwriter

from generator.diagnostics.wording import fill_in_words as words
from generator.form.arrangement import Arrangement
from generator.form.cell_writing import CellWriter, Show
from generator.form.input_sheets import InputSheets, places_of_inputs
from generator.form.instructions import write_instructions
from generator.form.live_formulas import LiveFormulas
from generator.form.table_sheets import FIRST_ROW, RULED_ROWS, TableSheets
from generator.ooxml.zip_written import written_anew
from generator.source.form_plan import MARK, PLAN_SHEET
from generator.source.nodes import Map

_CREATED = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


class FormWriter:
    """Writes one form.

    Args:
        arrangement: what stands where.
        root: the values of a data file; an empty mapping for an empty form.
        computed: the value of a computed field by its path, None where there is none.
        stated: rows of the sheet of published values: path, text, reason.
        comments: by the place of the value that they belong to; they become notes of the cells.
    """

    def __init__(
        self,
        arrangement: Arrangement,
        root: Map,
        computed: Show,
        stated: list[tuple[str, str, str]],
        comments: Mapping[tuple[int, int], str],
    ):
        self.arrangement = arrangement
        self.output = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.output, {"in_memory": True, "strings_to_urls": False})
        self.cells = CellWriter(self.book, arrangement, root, computed, comments)
        self.stated = stated

    def write(self) -> bytes:
        """The workbook's bytes."""
        standard = self.arrangement.standard
        self.book.set_properties(
            {"title": standard.title, "subject": standard.id, "author": standard.issuer, "created": _CREATED}
        )
        self.book.set_calc_mode("auto")
        first = self.book.add_worksheet(self.arrangement.say(words.FIRST))
        head = next((node for name, node in self.cells.root.items() if name in ("标准", "standard")), None)
        self.cells.note(first, 0, 0, head)
        where = places_of_inputs(self.arrangement)
        self.cells.live = LiveFormulas(self.arrangement, where, FIRST_ROW, FIRST_ROW + RULED_ROWS)
        inputs = InputSheets(self.cells)
        inputs.inputs_sheet("s1", self.arrangement.inputs_title, self.arrangement.blocks, wide=False)
        if self.arrangement.texts:
            inputs.inputs_sheet("s2", self.arrangement.texts_title, self.arrangement.texts, wide=True)
        tables = TableSheets(self.cells, self.stated)
        for table in self.arrangement.tables:
            tables.table_sheet(table)
        write_instructions(self.book, first, self.arrangement, self.cells.format)
        self.plan_sheet()
        first.activate()
        self.book.close()
        return written_anew(self.output.getvalue())

    def plan_sheet(self) -> None:
        """What the form says of itself, and the options of long lists."""
        sheet = self.book.add_worksheet(PLAN_SHEET)
        sheet.write_string(0, 0, MARK.rstrip(":"))
        for index, piece in enumerate(self.arrangement.plan.dump(), 1):
            sheet.write_string(index, 0, piece)
        for index, options in enumerate(self.cells.options):
            for row, option in enumerate(options):
                sheet.write_string(row, 2 + index, option)
        sheet.very_hidden()
