"""Writes a form: instructions, inputs, long texts, a sheet with a table for every list, what the form says of itself.

XlsxWriter writes it, for it keeps what openpyxl cannot write: values beside formulas (phones and previews show them), notes,
tables, the same bytes on every run.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import xlsxwriter

from generator.figures import read_date
from generator.form.arrangement import INPUTS, TEXTS, Arrangement, Block, Input, Table
from generator.form.instructions import write_instructions
from generator.form.live_formulas import LiveFormulas
from generator.form.look import (
    FONT,
    GREY,
    HEAD,
    INK,
    LINE,
    NEED,
    cell_look,
    refusal,
    rule,
    unit,
    validation,
)
from generator.form.prefilled import is_closed, prefilled
from generator.form.table_rows import Row, follow, table_rows
from generator.source.form_plan import FIRST_SHEET, MARK, PLAN_SHEET, VALUE
from generator.source.form_plan import HEAD as HEAD_MARK
from generator.source.nodes import List, Map, Node, Scalar
from generator.standard.kinds import NUMERIC
from generator.standard.model import Field

LONGEST = 32_000  # characters that are put into one cell; it holds 32,767
BLANK_ROWS = 15  # of an empty table; a filled one has a third of them below its rows
RULED_ROWS = 500  # rows below a table's header for which the rules of input hold
_CREATED = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_FIRST = 5  # the first row of a table, from 0
Show = Callable[[str], Any]  # a computed value by its path: a Decimal, a text, None


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
        laid = prefilled(arrangement.standard, root)
        self.root, self.locked = laid.root, laid.locked
        self.computed = computed
        self.stated = stated
        self.comments = dict(comments)
        self.formats: dict[str, Any] = {}
        self.options: list[tuple[str, ...]] = []
        self.output = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.output, {"in_memory": True, "strings_to_urls": False})
        self.widths: dict[tuple[str, str], float] = {}
        self.where: dict[str, tuple[str, int, int]] = {}  # of inputs and computed cells: sheet, row, column, from 0

    def write(self) -> bytes:
        """The workbook's bytes."""
        standard = self.arrangement.standard
        self.book.set_properties(
            {"title": standard.title, "subject": standard.id, "author": standard.issuer, "created": _CREATED}
        )
        self.book.set_calc_mode("auto")
        first = self.book.add_worksheet(FIRST_SHEET)
        head = next((node for name, node in self.root.items() if name in ("标准", "standard")), None)
        self.note(first, 0, 0, head)
        self.place_inputs()
        self.live = LiveFormulas(self.arrangement, self.where, _FIRST, _FIRST + RULED_ROWS)
        self.inputs_sheet("s1", INPUTS, self.arrangement.blocks, wide=False)
        if self.arrangement.texts:
            self.inputs_sheet("s2", TEXTS, self.arrangement.texts, wide=True)
        for table in self.arrangement.tables:
            self.table_sheet(table)
        write_instructions(self.book, first, self.arrangement, self.format)
        self.plan_sheet()
        first.activate()
        self.book.close()
        return self.output.getvalue()

    def format(self, properties: Mapping[str, Any]) -> Any:
        """A format of these properties, made once."""
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(properties))
        return self.formats[key]

    def text(self, **more: Any) -> Any:
        """A format for words."""
        return self.format({"font_name": FONT, "font_size": 10.5, "font_color": INK, "valign": "vcenter", **more})

    # --- inputs

    def place_inputs(self) -> None:
        """Settle the cell of every input, so that formulas can refer to it."""
        for title, blocks in ((INPUTS, self.arrangement.blocks), (TEXTS, self.arrangement.texts)):
            row = 4
            for block in blocks:
                row += 1
                for one in block.inputs:
                    self.where[one.path] = (title, row, 2)
                    row += 1

    def inputs_sheet(self, mark: str, title: str, blocks: tuple[Block, ...], wide: bool) -> None:
        """The sheet of inputs, or of long texts."""
        sheet = self.book.add_worksheet(title)
        widths = (22, 76, 0, 24) if wide else (27, 24, 6, 40)
        for index, width in enumerate(widths, 1):
            sheet.set_column(index, index, width, None, {"hidden": not width})
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.write_string(0, 0, MARK + mark)
        sheet.write_string(0, 2, VALUE)
        standard = self.arrangement.standard
        sheet.write_string(1, 1, f"{standard.title}　{title}", self.text(bold=True, font_size=15))
        words = (
            "每个空格里写一段或几段文字，换段按 Alt+Enter。"
            if wide
            else "只填浅黄色的格子；灰色的由程序计算。标 * 的必填。"
        )
        sheet.write_string(2, 1, words, self.text(font_color=GREY))
        head = self.text(bold=True, bg_color=HEAD, border=1, border_color=LINE, align="center")
        for index, label in enumerate(("项目", "填写", "单位", "要求和例子"), 1):
            sheet.write_string(3, index, label, head)
        row = 4
        for block in blocks:
            heading = self.text(bold=True, bg_color="#EEF3F8", border=1, border_color=LINE)
            sheet.write_string(row, 1, block.title, heading)
            sheet.write_string(row, 2, "", heading)
            sheet.write_string(row, 3, "", heading)
            sheet.write_string(
                row, 4, block.note, self.text(bg_color="#EEF3F8", border=1, border_color=LINE, font_color=GREY)
            )
            row += 1
            for one in block.inputs:
                self.input_row(sheet, title, row, one, wide)
                row += 1
        self.page(sheet, 3, landscape=wide)
        sheet.freeze_panes(4, 2)
        self.protect(sheet)

    def input_row(self, sheet: Any, title: str, row: int, one: Input, wide: bool) -> None:
        field = one.cell.field
        sheet.write_string(row, 0, one.path)
        label = self.text(border=1, border_color=LINE, text_wrap=True, indent=1)
        if one.demand == "必填":
            need = self.format({"font_name": FONT, "font_color": NEED, "bold": True})
            sheet.write_rich_string(row, 1, self.text(), field.label, need, " *", label)
        else:
            sheet.write_string(row, 1, field.label, label)
        node = follow(self.root, one.path)
        if one.demand == "计算":
            self.computed_cell(sheet, row, 2, field, node, one.path, one)
            sheet.data_validation(row, 2, row, 2, refusal(field.label))
        else:
            self.value_cell(sheet, row, 2, field, node)
            options = self.options_range(field)
            if found := validation(field, f"C{row + 1}", one.demand, options):
                sheet.data_validation(row, 2, row, 2, found)
        small = self.text(border=1, border_color=LINE, text_wrap=True, font_size=9, font_color=GREY)
        sheet.write_string(row, 3, unit(field), self.text(border=1, border_color=LINE, align="center", font_color=GREY))
        told = "由程序计算，不用填" if one.demand == "计算" else rule(field, one.demand)
        sheet.write_string(row, 4, told, small)
        text = node.text if isinstance(node, Scalar) else ""
        height = max(
            lines(text, 72 if wide else 22), lines(told, 27 if wide else 46), lines(field.label, 20 if wide else 25)
        )
        sheet.set_row(row, min(400, max(20 if not wide else 60, 15 * height + 5)))
        self.book.define_name(f"F_{one.path}", f"='{title}'!$C${row + 1}")

    # --- cells

    def value_cell(
        self, sheet: Any, row: int, column: int, field: Field | None, node: Node | None, exactly: bool = False
    ) -> None:
        """An input with its value, if it has one; `exactly`: a percent shows the places that were typed."""
        fixed = id(node) in self.locked
        look = cell_look(field, "fixed" if fixed else "input")
        if fixed:
            sheet.data_validation(row, column, row, column, refusal(typed_text(node)[:30], "由财政部门规定，不用改。"))
        self.note(sheet, row, column, node)
        text = typed_text(node)
        if not text.strip() or len(text) > LONGEST:
            sheet.write_blank(row, column, None, self.format(look))
            return
        kind = field.kind if field is not None else "text"
        if kind == "date":
            try:
                sheet.write_datetime(row, column, read_date(text), self.format(look))
                return
            except ValueError:
                pass
        number = as_number(text, kind)
        if number is None:
            sheet.write_string(row, column, text, self.format({**look, "num_format": "@"}))
            return
        if kind == "percent":
            places = len(text.strip().rstrip("%").partition(".")[2])
            if exactly or field is None or places > field.places:
                look["num_format"] = "0." + "0" * places + "%" if places else "0%"
        sheet.write_number(row, column, float(number), self.format(look))

    def computed_cell(
        self, sheet: Any, row: int, column: int, field: Field, node: Node | None, path: str, one: Input | None = None
    ) -> None:
        """A grey cell: what the data file states, else a formula that computes it, else its value."""
        if typed_text(node).strip():
            self.value_cell(sheet, row, column, field, node, exactly=True)
            return
        form = self.format(cell_look(field, "computed"))
        value = self.computed(path) if path else None
        live = self.live.formula(one) if one is not None and node is None else None
        if live is not None:
            shown = "" if value is None else float(value) if isinstance(value, Decimal) else str(value)
            sheet.write_formula(row, column, live, form, shown)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, Decimal):
            sheet.write_formula(row, column, f"={value}", form, float(value))
        else:
            text = str(value)[:250]
            escaped = text.replace('"', '""')
            sheet.write_formula(row, column, f'="{escaped}"', form, text)

    def note(self, sheet: Any, row: int, column: int, node: Node | None) -> None:
        """The comment of a value as a note of its cell, once."""
        words = self.comments.pop((node.line, node.column), "") if node is not None else ""
        if words:
            sheet.write_comment(row, column, words, {"author": "", "x_scale": 2, "font_size": 9})

    def options_range(self, field: Field) -> str:
        """The range with a choice's options, where they are too long for a rule."""
        if field.kind != "choice" or len(",".join(field.choices)) <= 250:
            return ""
        return self.listed(field.choices)

    def listed(self, options: tuple[str, ...]) -> str:
        """The range of the hidden sheet that lists options."""
        if options not in self.options:
            self.options.append(options)
        from generator.ooxml.addresses import column_letters

        letters = column_letters(3 + self.options.index(options))
        return f"{PLAN_SHEET}!${letters}$1:${letters}${len(options)}"

    # --- tables

    def table_sheet(self, table: Table) -> None:
        """A sheet with a table."""
        planned = table.table
        sheet = self.book.add_worksheet(table.sheet.title)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.write_string(0, 0, MARK + table.sheet.id)
        sheet.write_string(1, 1, table.heading, self.text(bold=True, font_size=15))
        sheet.write_string(2, 1, table.note, self.text(font_color=GREY))
        rows = table_rows(planned, self.root)
        if planned.shape == "stated":
            rows = [
                Row({"path": text_node(path), "value": text_node(value), "reason": text_node(reason)})
                for path, value, reason in self.stated
            ]
        closed = is_closed(table.lists)
        count = len(rows) + (0 if closed and rows else max(5, BLANK_ROWS // 3) if rows else BLANK_ROWS)
        total = 0.0
        small = self.text(font_size=9, font_color=GREY, text_wrap=True, valign="bottom")
        head = self.text(bold=True, bg_color=HEAD, border=1, border_color=LINE, align="center", text_wrap=True)
        headers = []
        tallest = 1
        for index, column in enumerate(planned.columns, 1):
            cell = table.fields.get(column.id)
            demanded = cell is not None and (cell.demanded or planned.shape == "texts") and not column.computed
            sheet.write_string(0, index, column.id)
            field = self.field_of(table, column.id)
            told = "由程序计算" if column.computed else self.told(table, column.role, field, demanded)
            sheet.write_string(_FIRST - 2, index, told, small)
            width = self.width(field, column.role, column.label, rows, column.id)
            self.widths[(table.sheet.id, column.id)] = width
            total += width
            sheet.set_column(index, index, width)
            tallest = max(tallest, lines(told, width * 1.1))
            headers.append({"header": column.label + (" *" if demanded else ""), "header_format": head})
        sheet.write_string(_FIRST - 1, 0, HEAD_MARK)
        sheet.set_row(_FIRST - 2, 12.5 * tallest + 4)
        sheet.set_row(_FIRST - 1, 30)
        last = _FIRST + count - 1
        name = "T_" + re.sub(r"\W", "_", table.sheet.title)
        sheet.add_table(
            _FIRST - 1, 1, last, len(headers), {"columns": headers, "style": None, "name": name, "autofilter": True}
        )
        for index, one in enumerate(planned.columns, 1):
            self.rules(sheet, table, one, index)
        for offset in range(count):
            self.table_row(sheet, table, _FIRST + offset, rows[offset] if offset < len(rows) else None, offset)
        self.page(sheet, _FIRST - 1, landscape=total > 85, wide=max(1, round(total / 190)))
        sheet.freeze_panes(_FIRST, 1)
        self.grey_repeats(sheet, table, last)
        if closed:
            self.protect(sheet)

    @staticmethod
    def field_of(table: Table, column: str) -> Field | None:
        """The field of a column's cells; of a map, that of its values."""
        cell = table.fields.get(column)
        if cell is None:
            return None
        return cell.field.of if table.table.shape == "map" and cell.field.of is not None else cell.field

    @staticmethod
    def told(table: Table, role: str, field: Field | None, demanded: bool) -> str:
        """What stands above a column's header."""
        if role == "parent":
            return "同上可空；与上级表一致"
        if role == "place":
            return "同上可空；从下拉列表选"
        if role == "number":
            return "供其他表引用"
        if field is None:
            return ""
        shown = unit(field)
        words = rule(field, "必填" if demanded else "选填")
        return f"{shown}；{words}" if shown and shown != "%" else words

    def table_row(self, sheet: Any, table: Table, row: int, given: Row | None, offset: int) -> None:
        height = 1
        for index, column in enumerate(table.table.columns, 1):
            field = self.field_of(table, column.id)
            node = given.nodes.get(column.id) if given is not None else None
            if column.role == "number" and node is None:
                node = text_node(str(offset + 1))
            if column.computed and field is not None:
                path = f"{given.path}.{column.path}" if given is not None else ""
                self.computed_cell(sheet, row, index, field, node, path)
                continue
            self.value_cell(sheet, row, index, field, node)
            text = typed_text(node)
            height = max(height, lines(text, self.widths[(table.sheet.id, column.id)] * 0.95))
        sheet.set_row(row, min(400, max(20, 14.5 * height + 5)))

    def width(self, field: Field | None, role: str, label: str, rows: list[Row], column: str) -> float:
        """The width of a column, by what it takes and holds."""
        longest = max((len(typed_text(row.nodes.get(column))) for row in rows), default=0)
        if field is not None and field.kind in NUMERIC:
            width = max(11.0, min(16.0, len(label) * 1.4))
        elif role == "number":
            width = 7.0
        elif field is not None and (field.kind == "paragraphs" or role == "value"):
            width = (
                62.0
                if field.kind in ("text", "paragraphs") and role == "value"
                else 60.0
                if field.kind == "paragraphs"
                else 20.0
            )
        elif role in ("path", "reason", "place"):
            width = 36.0
        else:
            width = max(14.0, min(44.0, longest * 1.3, 44.0), min(18.0, len(label) * 2.0))
        return width

    def rules(self, sheet: Any, table: Table, column: Any, index: int) -> None:
        """What may be typed into a column, for rows to come too."""
        from generator.ooxml.addresses import column_letters

        last = _FIRST + RULED_ROWS
        field = self.field_of(table, column.id)
        if column.computed:
            sheet.data_validation(_FIRST, index, last, index, refusal(column.label))
        elif column.role == "place":
            options = tuple(table.table.places or {})
            sheet.data_validation(
                _FIRST, index, last, index, {"validate": "list", "source": f"={self.listed(options)}"}
            )
        elif field is not None and column.role in ("field", "value"):
            address = f"{column_letters(index + 1)}{_FIRST + 1}"
            if found := validation(field, address, "", self.options_range(field)):
                sheet.data_validation(_FIRST, index, last, index, found)

    def grey_repeats(self, sheet: Any, table: Table, last: int) -> None:
        """Upper names that repeat the row above are written, so that rows can be sorted, but pale."""
        from generator.ooxml.addresses import column_letters

        depth = len(table.table.levels) - 1
        pale = self.book.add_format({"font_color": "#B0B0B0"})
        for index, column in enumerate(table.table.columns, 1):
            upper = (
                column.role == "field" and column.level < depth and column.path == table.table.levels[column.level].key
            )
            if upper or column.role in ("parent", "place"):
                letters = column_letters(index + 1)
                formula = f'=AND({letters}{_FIRST + 1}<>"",{letters}{_FIRST + 1}={letters}{_FIRST})'
                sheet.conditional_format(
                    _FIRST, index, last, index, {"type": "formula", "criteria": formula, "format": pale}
                )

    # --- sheets

    def page(self, sheet: Any, header: int, landscape: bool, wide: int = 1) -> None:
        """A4, all columns on a page (a very wide table on two or more, with its first column on each), headers on every page."""
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(wide, 0)
        if wide > 1:
            sheet.repeat_columns(1)
        sheet.repeat_rows(header)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C&9第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        sheet.set_default_row(18)

    @staticmethod
    def protect(sheet: Any) -> None:
        """Lock what is not to be filled in, without a password; rows and widths may be changed."""
        allowed = (
            "format_cells",
            "format_columns",
            "format_rows",
            "insert_rows",
            "delete_rows",
            "sort",
            "autofilter",
            "objects",
        )
        sheet.protect("", dict.fromkeys(allowed, True))

    def plan_sheet(self) -> None:
        """What the form says of itself, and the options of long lists."""
        sheet = self.book.add_worksheet(PLAN_SHEET)
        sheet.write_string(0, 0, MARK.rstrip(":"))
        for index, piece in enumerate(self.arrangement.plan.dump(), 1):
            sheet.write_string(index, 0, piece)
        for index, options in enumerate(self.options):
            for row, option in enumerate(options):
                sheet.write_string(row, 2 + index, option)
        sheet.very_hidden()


def text_node(text: str) -> Scalar:
    """A text as a node."""
    return Scalar(text, 0, 0, "quoted")


def typed_text(node: Node | None) -> str:
    """What stands in the cell of a node: a list of paragraphs is one text."""
    if isinstance(node, Scalar):
        return "" if node.is_null else node.text
    if isinstance(node, List) and all(isinstance(item, Scalar) for item in node):
        return "\n".join(item.text for item in node if isinstance(item, Scalar))
    return ""


def as_number(text: str, kind: str) -> Decimal | None:
    """The number that a cell holds for a text, None where the text stays a text: no number, or too long for a cell."""
    if kind not in NUMERIC:
        return None
    body = text.strip()
    if kind == "percent":
        if not body.endswith("%"):
            return None
        body = body[:-1].rstrip()
    if not _NUMBER.match(body) or len(body.lstrip("-0.").replace(".", "")) > 15:
        return None
    number = Decimal(body)
    if kind == "percent":
        number = number.scaleb(-2)
        if abs(number) >= 10:
            return None
    return number


def lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that many characters; Chinese ones are two wide."""
    return sum(1 + int(sum(2 if ord(one) > 0x2E7F else 1 for one in line) / max(width, 1)) for line in text.split("\n"))
