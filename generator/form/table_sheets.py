"""The sheets of a form with a table: a list, its columns, rows to fill in, what may be typed into them."""

from __future__ import annotations

import re
from typing import Any

from generator.diagnostics.wording import fill_in_words as words
from generator.form.arrangement import Table
from generator.form.cell_writing import CellWriter
from generator.form.look import GREY, HEAD, LINE, rule, unit, validation
from generator.form.prefilled import is_closed
from generator.form.table_rows import Row, table_rows
from generator.form.typed_values import lines, text_node, typed_text
from generator.ooxml.addresses import column_letters
from generator.source.form_plan import HEAD as HEAD_MARK
from generator.source.form_plan import MARK
from generator.standard.kinds import kind_of
from generator.standard.model import Field

BLANK_ROWS = 15  # of an empty table; a filled one has a third of them below its rows
RULED_ROWS = 500  # rows below a table's header for which the rules of input hold
FIRST_ROW = 5  # the first row of a table, from 0


class TableSheets:
    """Writes them, by what writes cells; `stated`: rows of the sheet of published values: path, text, reason."""

    def __init__(self, cells: CellWriter, stated: list[tuple[str, str, str]]):
        self.cells = cells
        self.stated = stated
        self.widths: dict[tuple[str, str], float] = {}

    def table_sheet(self, table: Table) -> None:
        """A sheet with a table."""
        planned = table.table
        sheet = self.cells.book.add_worksheet(table.sheet.title)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.write_string(0, 0, MARK + table.sheet.id)
        sheet.write_string(1, 1, table.heading, self.cells.text(bold=True, font_size=15))
        sheet.write_string(2, 1, self.cells.arrangement.say(table.note), self.cells.text(font_color=GREY))
        rows = table_rows(planned, self.cells.root)
        if planned.shape == "stated":
            rows = [
                Row({"path": text_node(path), "value": text_node(value), "reason": text_node(reason)})
                for path, value, reason in self.stated
            ]
        closed = is_closed(table.lists)
        count = len(rows) + (0 if closed and rows else max(5, BLANK_ROWS // 3) if rows else BLANK_ROWS)
        total = 0.0
        small = self.cells.text(font_size=9, font_color=GREY, text_wrap=True, valign="bottom")
        head = self.cells.text(bold=True, bg_color=HEAD, border=1, border_color=LINE, align="center", text_wrap=True)
        headers = []
        tallest = 1
        for index, column in enumerate(planned.columns, 1):
            cell = table.fields.get(column.id)
            demanded = cell is not None and cell.demanded and not column.computed
            sheet.write_string(0, index, column.id)
            field = self.field_of(table, column.id)
            told = (
                self.cells.arrangement.say(words.COMPUTED_COLUMN)
                if column.computed
                else self.told(table, column.role, field, demanded)
            )
            sheet.write_string(FIRST_ROW - 2, index, told, small)
            width = self.width(field, column.role, column.label, rows, column.id)
            self.widths[(table.sheet.id, column.id)] = width
            total += width
            sheet.set_column(index, index, width)
            tallest = max(tallest, lines(told, width * 1.1))
            headers.append({"header": column.label + (" *" if demanded else ""), "header_format": head})
        sheet.write_string(FIRST_ROW - 1, 0, HEAD_MARK)
        sheet.set_row(FIRST_ROW - 2, 12.5 * tallest + 4)
        sheet.set_row(FIRST_ROW - 1, 30)
        last = FIRST_ROW + count - 1
        name = "T_" + re.sub(r"\W", "_", table.sheet.title)
        sheet.add_table(
            FIRST_ROW - 1, 1, last, len(headers), {"columns": headers, "style": None, "name": name, "autofilter": True}
        )
        for index, one in enumerate(planned.columns, 1):
            self.rules(sheet, table, one, index)
        for offset in range(count):
            self.table_row(sheet, table, FIRST_ROW + offset, rows[offset] if offset < len(rows) else None, offset)
        self.cells.page(sheet, FIRST_ROW - 1, landscape=total > 85, wide=max(1, round(total / 190)))
        sheet.freeze_panes(FIRST_ROW, 1)
        self.grey_repeats(sheet, table, last)
        if closed:
            self.cells.protect(sheet)

    @staticmethod
    def field_of(table: Table, column: str) -> Field | None:
        """The field of a column's cells; of a map, that of its values."""
        cell = table.fields.get(column)
        if cell is None:
            return None
        return cell.field.of if table.table.shape == "map" and cell.field.of is not None else cell.field

    def told(self, table: Table, role: str, field: Field | None, demanded: bool) -> str:
        """What stands above a column's header."""
        say = self.cells.arrangement.say
        if role == "parent":
            return say(words.AS_ABOVE_PARENT)
        if role == "place":
            return say(words.AS_ABOVE_PLACE)
        if role == "number":
            return say(words.REFERRED_TO)
        if field is None:
            return ""
        shown = unit(field)
        told = rule(field, "必填" if demanded else "选填", self.cells.arrangement.language)
        return f"{shown}{say(words.BETWEEN)}{told}" if shown and shown != "%" else told

    def table_row(self, sheet: Any, table: Table, row: int, given: Row | None, offset: int) -> None:
        height = 1
        for index, column in enumerate(table.table.columns, 1):
            field = self.field_of(table, column.id)
            node = given.nodes.get(column.id) if given is not None else None
            if column.role == "number" and node is None:
                node = text_node(str(offset + 1))
            if column.computed and field is not None:
                path = f"{given.path}.{column.path}" if given is not None else ""
                self.cells.computed_cell(sheet, row, index, field, node, path)
                continue
            self.cells.value_cell(sheet, row, index, field, node)
            text = typed_text(node)
            height = max(height, lines(text, self.widths[(table.sheet.id, column.id)] * 0.95))
        sheet.set_row(row, min(400, max(20, 14.5 * height + 5)))

    def width(self, field: Field | None, role: str, label: str, rows: list[Row], column: str) -> float:
        """The width of a column, by what it takes and holds."""
        longest = max((len(typed_text(row.nodes.get(column))) for row in rows), default=0)
        if field is not None and kind_of(field).numeric:
            width = max(11.0, min(16.0, len(label) * 1.4))
        elif role == "number":
            width = 7.0
        elif field is not None and (kind_of(field).lines or role == "value"):
            width = 62.0 if kind_of(field).prose and role == "value" else 60.0 if kind_of(field).lines else 20.0
        elif role in ("path", "reason", "place"):
            width = 36.0
        else:
            width = max(14.0, min(44.0, longest * 1.3, 44.0), min(18.0, len(label) * 2.0))
        return width

    def rules(self, sheet: Any, table: Table, column: Any, index: int) -> None:
        """What may be typed into a column, for rows to come too."""
        last = FIRST_ROW + RULED_ROWS
        field = self.field_of(table, column.id)
        if column.computed:
            sheet.data_validation(FIRST_ROW, index, last, index, self.cells.refusal(column.label))
        elif column.role == "place":
            options = tuple(table.table.places or {})
            sheet.data_validation(
                FIRST_ROW, index, last, index, {"validate": "list", "source": f"={self.cells.listed(options)}"}
            )
        elif field is not None and column.role in ("field", "value"):
            address = f"{column_letters(index + 1)}{FIRST_ROW + 1}"
            if found := validation(
                field, address, "", self.cells.options_range(field), self.cells.arrangement.language
            ):
                sheet.data_validation(FIRST_ROW, index, last, index, found)

    def grey_repeats(self, sheet: Any, table: Table, last: int) -> None:
        """Upper names that repeat the row above are written, so that rows can be sorted, but pale."""
        depth = len(table.table.levels) - 1
        pale = self.cells.book.add_format({"font_color": "#B0B0B0"})
        for index, column in enumerate(table.table.columns, 1):
            upper = (
                column.role == "field" and column.level < depth and column.path == table.table.levels[column.level].key
            )
            if upper or column.role in ("parent", "place"):
                letters = column_letters(index + 1)
                formula = f'=AND({letters}{FIRST_ROW + 1}<>"",{letters}{FIRST_ROW + 1}={letters}{FIRST_ROW})'
                sheet.conditional_format(
                    FIRST_ROW, index, last, index, {"type": "formula", "criteria": formula, "format": pale}
                )
