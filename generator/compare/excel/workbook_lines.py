"""The readable text of a workbook: a line a row, then what belongs to the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.compare.excel.formula_references import area_name
from generator.compare.excel.workbook_model import CellValue, Sheet, Workbook
from generator.compare.plain_lines import flat, one_line, show_properties
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.addresses import column_letters


def value_text(value: CellValue) -> str:
    """A cell's value as text: numbers as short as they are exact."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:.15g}"
        return text if float(text) == value else repr(value)
    return value[1] if isinstance(value, tuple) else str(value)


def formula_text(formula: str) -> str:
    """A formula as a cell shows it; an array formula, which is kept with its area, in braces."""
    match = re.fullmatch(r"\{(.*)\}([A-Z0-9:]*)", formula, re.DOTALL)
    return f"{{={match[1]}}}" if match else f"={formula}"


def workbook_lines(workbook: Workbook) -> Iterable[str]:
    """The lines of a workbook."""
    for index, sheet in enumerate(workbook.sheets):
        if index:
            yield ""
        yield from _sheet(sheet)
    if workbook.names:
        yield from ("", "── 名称 ──")
        for (name, scope), (formula, _) in sorted(workbook.names.items()):
            yield f"{scope + '!' if scope else ''}{name} = {formula}"
    yield from show_properties(workbook.properties)


def _sheet(sheet: Sheet) -> Iterable[str]:
    hidden = "" if sheet.state == "visible" else f"（{sheet.state}）"
    yield f"══ 工作表 {sheet.name}{hidden} ══"
    yield from _rows(sheet)
    if sheet.merges:
        yield "合并区: " + " ".join(area_name(area) for area in sorted(sheet.merges))
    for title, rules in (("数据验证", sheet.validations), ("条件格式", sheet.conditionals)):
        for rule in rules:
            yield f"{title} {' '.join(area_name(a) for a in rule.areas)}: {flat(rule.what)} {' ; '.join(rule.formulas)}".rstrip()
    for area, (target, tip) in sorted(sheet.links.items()):
        yield f"链接 {area_name(area)}: {target} {tip}".rstrip()
    for (row, column), (author, text) in sorted(sheet.comments.items()):
        yield f"批注 {cell_name(row, column)}: {author}：{one_line(text)}"
    yield from _drawings(sheet)
    for table in sheet.tables:
        yield f"表格 {table.name} {area_name(table.area)}: {' | '.join(table.what[0])}"
    for name, text in sheet.header_footer.items():
        yield f"{name}: {text}"
    widths = [f"{column_letters(c)}={line.size}" for c, line in sorted(sheet.columns.items()) if line.size]
    if widths:
        yield "列宽: " + " ".join(widths)
    for name, value in (*sheet.page, *sheet.view):
        yield f"{name}: {flat(value)}"


def _rows(sheet: Sheet) -> Iterable[str]:
    """The rows as lines of a table; a row of nothing stands for those that are left out."""
    last = 0
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        cells: list[str] = []
        for index, column in enumerate(row.columns):
            text = one_line(value_text(row.values[index]))
            if row.formulas is not None and row.formulas[index] is not None:
                text = formula_text(row.formulas[index] or "") + (f" → {text}" if row.values[index] is not None else "")
            cells += [*[""] * (column - 1 - len(cells)), text]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            if number > last + 1:
                yield "|"
            yield "| " + " | ".join(cells) + " |"
            last = number


def _drawings(sheet: Sheet) -> Iterable[str]:
    for drawing in sheet.drawings:
        what = drawing.value
        if drawing.kind == "chart":
            yield f"图表 {cell_name(drawing.row, drawing.column)}: {' '.join(what.kinds)} {what.title}"
            for series in what.series:
                yield f"  {series.name} | {series.categories} | {series.values}"
        else:
            shown = what[:12] if isinstance(what, str) else one_line(flat(what))
            yield f"{'图片' if drawing.kind == 'image' else '形状'} {cell_name(drawing.row, drawing.column)}: {shown}"
