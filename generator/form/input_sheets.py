"""The sheets of a form with inputs one below the other, and with long texts."""

from __future__ import annotations

from typing import Any

from generator.diagnostics.wording import fill_in_words as words
from generator.form.arrangement import Arrangement, Block, Input
from generator.form.cell_writing import CellWriter
from generator.form.look import FONT, GREY, HEAD, LINE, NEED, rule, unit, validation
from generator.form.table_rows import follow
from generator.form.typed_values import lines
from generator.source.form_plan import MARK, VALUE
from generator.source.nodes import Scalar


def places_of_inputs(arrangement: Arrangement) -> dict[str, tuple[str, int, int]]:
    """The cell of every input, by path, so that formulas can refer to it: sheet, row, column, from 0."""
    found = {}
    for title, blocks in ((arrangement.inputs_title, arrangement.blocks), (arrangement.texts_title, arrangement.texts)):
        row = 4
        for block in blocks:
            row += 1
            for one in block.inputs:
                found[one.path] = (title, row, 2)
                row += 1
    return found


class InputSheets:
    """Writes them, by what writes cells."""

    def __init__(self, cells: CellWriter):
        self.cells = cells

    def inputs_sheet(self, mark: str, title: str, blocks: tuple[Block, ...], wide: bool) -> None:
        """The sheet of inputs, or of long texts."""
        sheet = self.cells.book.add_worksheet(title)
        widths = (22, 76, 0, 24) if wide else (27, 24, 6, 40)
        for index, width in enumerate(widths, 1):
            sheet.set_column(index, index, width, None, {"hidden": not width})
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.write_string(0, 0, MARK + mark)
        sheet.write_string(0, 2, VALUE)
        standard = self.cells.arrangement.standard
        sheet.write_string(1, 1, f"{standard.title}　{title}", self.cells.text(bold=True, font_size=15))
        say = self.cells.arrangement.say
        sheet.write_string(2, 1, say(words.TEXTS_NOTE if wide else words.INPUT_NOTE), self.cells.text(font_color=GREY))
        head = self.cells.text(bold=True, bg_color=HEAD, border=1, border_color=LINE, align="center")
        for index, label in enumerate(words.INPUT_HEADS, 1):
            sheet.write_string(3, index, say(label), head)
        row = 4
        for block in blocks:
            heading = self.cells.text(bold=True, bg_color="#EEF3F8", border=1, border_color=LINE)
            sheet.write_string(row, 1, block.title, heading)
            sheet.write_string(row, 2, "", heading)
            sheet.write_string(row, 3, "", heading)
            sheet.write_string(
                row,
                4,
                say(block.note) if block.note else "",
                self.cells.text(bg_color="#EEF3F8", border=1, border_color=LINE, font_color=GREY),
            )
            row += 1
            for one in block.inputs:
                self.input_row(sheet, title, row, one, wide)
                row += 1
        self.cells.page(sheet, 3, landscape=wide)
        sheet.freeze_panes(4, 2)
        self.cells.protect(sheet)

    def input_row(self, sheet: Any, title: str, row: int, one: Input, wide: bool) -> None:
        field = one.cell.field
        sheet.write_string(row, 0, one.path)
        label = self.cells.text(border=1, border_color=LINE, text_wrap=True, indent=1)
        if one.demand == "必填":
            need = self.cells.format({"font_name": FONT, "font_color": NEED, "bold": True})
            sheet.write_rich_string(row, 1, self.cells.text(), field.label, need, " *", label)
        else:
            sheet.write_string(row, 1, field.label, label)
        node = follow(self.cells.root, one.path)
        if one.demand == "计算":
            self.cells.computed_cell(sheet, row, 2, field, node, one.path, one)
            sheet.data_validation(row, 2, row, 2, self.cells.refusal(field.label))
        else:
            self.cells.value_cell(sheet, row, 2, field, node)
            options = self.cells.options_range(field)
            if found := validation(field, f"C{row + 1}", one.demand, options, self.cells.arrangement.language):
                sheet.data_validation(row, 2, row, 2, found)
        small = self.cells.text(border=1, border_color=LINE, text_wrap=True, font_size=9, font_color=GREY)
        sheet.write_string(
            row, 3, unit(field), self.cells.text(border=1, border_color=LINE, align="center", font_color=GREY)
        )
        arrangement = self.cells.arrangement
        told = arrangement.say(words.NO_NEED) if one.demand == "计算" else rule(field, one.demand, arrangement.language)
        sheet.write_string(row, 4, told, small)
        text = node.text if isinstance(node, Scalar) else ""
        height = max(
            lines(text, 72 if wide else 22), lines(told, 27 if wide else 46), lines(field.label, 20 if wide else 25)
        )
        sheet.set_row(row, min(400, max(20 if not wide else 60, 15 * height + 5)))
        self.cells.book.define_name(f"F_{one.path}", f"='{title}'!$C${row + 1}")
