"""Single edits of a workbook, each of one thing: what it does, the kind and level of the one difference, and its place."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Border, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break


class Edit(NamedTuple):
    """An edit; `do` gives the place of the one difference, None where the workbook has nothing to edit so."""

    level: str
    kind: str
    do: Callable[[Workbook], str | None]


def _cell(book: Workbook, wanted: Callable[[Cell], bool]) -> Cell | None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell) and wanted(cell):
                    return cell
    return None


def _number(cell: Cell) -> bool:
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def _text(cell: Cell) -> bool:
    return isinstance(cell.value, str) and len(cell.value) > 3 and not cell.value.startswith("=")


def _formula(cell: Cell) -> bool:
    return isinstance(cell.value, str) and cell.value.startswith("=")


def in_cell(level: str, kind: str, wanted: Callable[[Cell], bool], change: Callable[[Cell], None]) -> Edit:
    """An edit of the first cell of its sort."""

    def do(book: Workbook) -> str | None:
        cell = _cell(book, wanted)
        if cell is None:
            return None
        change(cell)
        return f"{cell.parent.title}!{cell.coordinate}"

    return Edit(level, kind, do)


def on_sheet(level: str, kind: str, place: str, change: Callable[[Any], None]) -> Edit:
    """An edit of the first sheet, told at its name with `place` behind it."""

    def do(book: Workbook) -> str:
        sheet = book.worksheets[0]
        change(sheet)
        return f"{sheet.title}{place}"

    return Edit(level, kind, do)


def _set(name: str, value: Any) -> Callable[[Any], None]:
    return lambda owner: setattr(owner, name, value)


def _put(name: str, value: Any) -> Callable[[Any], None]:
    """Sets an attribute of an attribute: `page_setup.scale`."""
    group, _, inner = name.partition(".")
    return lambda owner: setattr(getattr(owner, group), inner, value)


def _font(**changes: Any) -> Callable[[Cell], None]:
    def do(cell: Cell) -> None:
        font = copy(cell.font)
        for name, value in changes.items():
            setattr(font, name, value)
        cell.font = font

    return do


def _border(cell: Cell) -> None:
    old = cell.border
    cell.border = Border(left=old.left, right=old.right, top=Side("double"), bottom=old.bottom)


def _alignment(cell: Cell) -> None:
    made = copy(cell.alignment)
    made.textRotation = 45
    cell.alignment = made


def _validation(sheet: Any) -> None:
    rule = DataValidation("list", formula1='"优,良"')
    rule.add("AA100")
    sheet.add_data_validation(rule)


def _protected(sheet: Any) -> None:
    sheet.protection.sheet = not sheet.protection.sheet


def _unmerged(book: Workbook) -> str | None:
    for sheet in book.worksheets:
        for area in sorted(map(str, sheet.merged_cells.ranges)):
            sheet.merged_cells.remove(area)
            return f"{sheet.title}!{area}"
    return None


def _merged(book: Workbook) -> str:
    sheet = book.worksheets[0]
    row = sheet.max_row + 3
    sheet.merge_cells(f"B{row}:C{row}")
    return f"{sheet.title}!B{row}:C{row}"


def _row_below(book: Workbook) -> str:
    sheet = book.worksheets[0]
    sheet.append(["新增的指标", "完全是新的", 7])
    return f"{sheet.title}!{sheet.max_row}:{sheet.max_row}"


def _column_beside(book: Workbook) -> str:
    sheet = book.worksheets[0]
    column = sheet.max_column + 1
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, column, f"备注{row}")
    letters = get_column_letter(column)
    return f"{sheet.title}!{letters}:{letters}"


def _new_sheet(book: Workbook) -> str:
    book.create_sheet("另表")
    return "工作表 另表"


def _renamed(book: Workbook) -> str:
    last = book.worksheets[-1]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if _formula(cell) and last.title in cell.value:
                    cell.value = cell.value.replace(f"'{last.title}'!", "改名!").replace(f"{last.title}!", "改名!")
    last.title = "改名"
    return "工作表 改名"


def _moved_sheet(book: Workbook) -> str | None:
    if len(book.worksheets) < 2:
        return None
    book.move_sheet(book.worksheets[-1], -(len(book.worksheets) - 1))
    return "工作表 "


def _name(book: Workbook) -> str:
    book.defined_names["合计处"] = DefinedName("合计处", attr_text=f"'{book.worksheets[0].title}'!$C$3")
    return "名称 合计处"


def _property(name: str, shown: str) -> Edit:
    def do(book: Workbook) -> str:
        setattr(book.properties, name, "另一个")
        return f"属性 {shown}"

    return Edit("structure", "property", do)


def _hidden_row(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True


def _line(kind: str, key: str, name: str, value: Any) -> Callable[[Any], None]:
    return lambda sheet: setattr(
        getattr(sheet, f"{kind}_dimensions")[key if kind == "column" else int(key)], name, value
    )


_RED = PatternFill(bgColor="FF0000")

EDITS: dict[str, Edit] = {
    "a number": in_cell("text", "value", _number, lambda c: setattr(c, "value", c.value + 1)),
    "a hundredth": in_cell("text", "value", _number, lambda c: setattr(c, "value", c.value + 0.01)),
    "a number as text": in_cell("text", "value", _number, lambda c: setattr(c, "value", str(c.value))),
    "a text": in_cell("text", "text", _text, lambda c: setattr(c, "value", c.value[:2] + "补" + c.value[2:])),
    "a blank in a text": in_cell("text", "text", _text, lambda c: setattr(c, "value", c.value[:2] + " " + c.value[2:])),
    "an emptied cell": in_cell("text", "value", _number, _set("value", None)),
    "a far cell": on_sheet("text", "value", "!AC150", lambda s: s.__setitem__("AC150", 5)),
    "a row below": Edit("text", "row-inserted", _row_below),
    "a column beside": Edit("text", "column-inserted", _column_beside),
    "a sheet": Edit("text", "sheet-inserted", _new_sheet),
    "a formula": in_cell("structure", "formula", _formula, lambda c: setattr(c, "value", f"{c.value}+0")),
    "a reference": in_cell("structure", "formula", _formula, lambda c: setattr(c, "value", "=A99")),
    "a sheet renamed": Edit("structure", "sheet-renamed", _renamed),
    "a sheet moved": Edit("structure", "sheet-moved", _moved_sheet),
    "a sheet hidden": on_sheet("structure", "hidden", "", _set("sheet_state", "hidden")),
    "a row hidden": on_sheet("structure", "hidden", "!2:2", _line("row", "2", "hidden", True)),
    "a column hidden": on_sheet("structure", "hidden", "!B:B", _line("column", "B", "hidden", True)),
    "a row outlined": on_sheet("structure", "outline", "!2:2", _line("row", "2", "outlineLevel", 1)),
    "cells merged": Edit("structure", "merge", _merged),
    "cells no longer merged": Edit("structure", "merge", _unmerged),
    "a validation": on_sheet("structure", "validation", "!AA100", _validation),
    "a rule": on_sheet("structure", "conditional-format", "!AA100", lambda s: s.conditional_formatting.add("AA100", CellIsRule("lessThan", ["5"], fill=_RED))),
    "a rule by formula": on_sheet("structure", "conditional-format", "!AA9", lambda s: s.conditional_formatting.add("AA9", FormulaRule(["$A1>0"], fill=_RED))),
    "a comment": in_cell("structure", "comment", _text, _set("comment", Comment("请核对", "审核人"))),
    "a link": in_cell("structure", "link", _text, _set("hyperlink", "https://example.com")),
    "a name": Edit("structure", "name", _name),
    "a print area": on_sheet("structure", "name", "", _set("print_area", "A1:B2")),
    "print titles": on_sheet("structure", "name", "", _set("print_title_rows", "1:4")),
    "a footer": on_sheet("structure", "footer", " 页脚", lambda s: setattr(s.oddFooter.right, "text", "内部资料")),
    "a header": on_sheet("structure", "header", " 页眉", lambda s: setattr(s.oddHeader.right, "text", "内部资料")),
    "frozen panes": on_sheet("structure", "view", "", _set("freeze_panes", "C7")),
    "a filter": on_sheet("structure", "filter", "!A4:C9", lambda s: setattr(s.auto_filter, "ref", "A4:C9")),
    "protection of a sheet": on_sheet("structure", "sheet-property", "", _protected),
    "a title": _property("title", "title"),
    "an author": _property("creator", "creator"),
    "a number format": in_cell("format", "number-format", _number, _set("number_format", "0.000000")),
    "bold": in_cell("format", "font", _text, lambda c: _font(b=not c.font.b)(c)),
    "size": in_cell("format", "font", _text, _font(sz=33)),
    "font": in_cell("format", "font", _text, _font(name="华文彩云")),
    "a fill": in_cell("format", "fill", _text, _set("fill", PatternFill("solid", fgColor="FFEE00"))),
    "a border": in_cell("format", "border", _text, _border),
    "rotation": in_cell("format", "alignment", _text, _alignment),
    "a cell unlocked": in_cell("format", "protection", _text, lambda c: setattr(c, "protection", Protection(locked=not c.protection.locked))),
    "a width": on_sheet("format", "width", "!B:B", _line("column", "B", "width", 77)),
    "a height": on_sheet("format", "height", "!2:2", _line("row", "2", "height", 77)),
    "paper": on_sheet("format", "page-setup", "", _put("page_setup.paperSize", 8)),
    "a margin": on_sheet("format", "page-setup", "", _put("page_margins.left", 2.5)),
    "a page break": on_sheet("format", "page-setup", "", lambda s: s.row_breaks.append(Break(id=3))),
    "a tab colour": on_sheet("format", "sheet-property", "", _put("sheet_properties.tabColor", "FF0000")),
}  # fmt: skip
