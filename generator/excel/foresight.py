"""What rendering a workbook would come to, told before there is any data.

The template's loops are laid out as if each had some items, and none; what could not follow its cells then is found by the
same code that moves it. A finding that only an empty list would raise is a warning.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic, Location, Severity
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.calculate.computable import judge
from generator.excel.calculate.formula_names import Names, Refused
from generator.excel.compile.compiled_sheet import CompiledSheet
from generator.excel.follow.formulas import Frame, rewrite, rewrite_areas
from generator.excel.follow.layout import AxisLayout, Band, Instance, Origin
from generator.excel.follow.layout_recorder import LayoutRecorder
from generator.excel.follow.names import follow_names
from generator.excel.follow.parts_beside import follow_related
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.excel.follow.sheet_parts import follow_sheet
from generator.excel.present_names import defined_names, tables_of
from generator.excel.read.formula_cells import FormulaCell, formula_cells
from generator.excel.read.workbook import Workbook
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.cut_formulas import Formula
from generator.ooxml.overlay import Overlay

_SOME = 4  # items: not the number of rows that a loop takes up in a template


def foresee(workbook: Workbook, sheets: Sequence[CompiledSheet | None]) -> list[Diagnostic]:
    """What cannot follow its cells when loops render, and which formulas will have no value, by sheet and cell.

    Args:
        workbook: the template.
        sheets: its compiled sheets.
    """
    compiled = [sheet for sheet in sheets if sheet is not None]
    found = _refusals(workbook, compiled, _SOME)
    known = {(finding.code, str(finding.location.anchor)) for finding in found}
    for finding in _refusals(workbook, compiled, 0):
        if (finding.code, str(finding.location.anchor)) not in known:
            found.append(_as_warning(finding))
    return found + _formulas(workbook, compiled)


def _as_warning(finding: Diagnostic) -> Diagnostic:
    from generator.kept.light_classes import replace

    return replace(finding, severity=Severity.WARNING)


def simulated(bands: Sequence[Band], count: int, limit: int) -> AxisLayout:
    """The layout of an axis whose every loop has `count` items."""
    recorder = LayoutRecorder(bands, limit=limit)
    position = 1

    def place(indexes: Sequence[int], depth: int, instance: Instance) -> None:
        nonlocal position
        at = 0
        while at < len(indexes):
            band = bands[indexes[at]]
            if len(band.loops) == depth:
                recorder.place(indexes[at], instance, position)
                position += band.last - band.first + 1
                at += 1
                continue
            end = at
            while end < len(indexes) and bands[indexes[end]].loops[depth : depth + 1] == band.loops[depth : depth + 1]:
                end += 1
            for index in range(count):
                place(indexes[at:end], depth + 1, (*instance, index))
            at = end

    place(range(len(bands)), 0, ())
    return recorder.finish()


def _layout(compiled: Sequence[CompiledSheet], count: int) -> WorkbookLayout:
    return WorkbookLayout(
        tuple(
            SheetLayout(
                sheet.sheet.name,
                sheet.sheet.name,
                simulated(sheet.rows, count, MAX_ROWS) if sheet.program is not None else AxisLayout.unmoved(),
                simulated(sheet.columns, count, MAX_COLUMNS) if sheet.columns else AxisLayout.unmoved(MAX_COLUMNS),
                row_loops=sheet.row_loops,
            )
            for sheet in compiled
        )
    )


def _refusals(workbook: Workbook, compiled: Sequence[CompiledSheet], count: int) -> list[Diagnostic]:
    layout = _layout(compiled, count)
    findings: list[Diagnostic] = []
    if layout.unmoved:
        return findings
    parts = Overlay(workbook.package)
    names = tuple(sheet.name for sheet in workbook.sheets)
    for sheet, target in zip(compiled, layout.sheets, strict=True):
        frame = Frame(layout, target, findings)
        follow_sheet(sheet.xml.head, sheet.xml.tail, frame)
        follow_related(sheet.sheet.part, parts, frame)
    whole = Frame(layout, None, findings)
    order = {name: number for number, name in enumerate(names)}
    follow_names(parts.read(workbook.main), names, whole, order)
    return findings


def _formulas(workbook: Workbook, compiled: Sequence[CompiledSheet]) -> list[Diagnostic]:
    layout = _layout(compiled, _SOME)
    parts = Overlay(workbook.package)
    sheets = tuple(sheet.sheet.name for sheet in compiled)
    tables = tables_of([(sheet.sheet.name, sheet.sheet.part) for sheet in compiled], parts)
    names = Names(sheets, defined_names(parts.read(workbook.main)), tables)
    found: list[Diagnostic] = []
    for sheet, target in zip(compiled, layout.sheets, strict=True):
        for (row, column), cell in formula_cells(sheet.xml).items():
            location = in_document({"sheet": sheet.sheet.name, "cell": cell_name(row, column)})
            found += _formula(cell, location, Frame(layout, target, []), names)
    return found


def _formula(cell: FormulaCell, location: Location, frame: Frame, names: Names) -> list[Diagnostic]:
    assert frame.sheet is not None
    formula = cell.formula
    if formula is None:
        return []
    text = "=" + (formula.text if len(formula.text) <= 60 else formula.text[:60] + "…")
    if formula.fault is not None:
        return [diagnostic("excel-formula-unreadable", location, formula=text)]
    if cell.kind == "array" and cell.area is not None and not cell.area.single and cell.area.top != cell.area.bottom:
        return []
    try:
        judge(formula.text, frame.sheet.name, cell.row, names, array=cell.kind == "array")
    except Refused as refused:
        return [diagnostic("excel-not-computed", location, formula=text, reason=refused.reason)]
    row = next(frame.sheet.rows.outputs(cell.row), None)
    column = next(frame.sheet.columns.outputs(cell.column), None)
    if row is None or column is None:
        return []
    origins = Origin(cell.row, row[0]), Origin(cell.column, column[0])
    wording = rewrite(formula, frame, *origins)
    if frame.findings:
        return frame.findings
    wider = _widened(formula, wording, frame, origins)
    if wider is None:
        return []
    try:
        judge(wider[0], frame.sheet.name, cell.row, names, array=cell.kind == "array")
    except Refused:
        return [diagnostic("excel-formula-cell-of-loop", location, formula=text, cell=wider[1])]
    return []


def _widened(formula: Formula, wording: str, frame: Frame, origins: tuple[Origin, Origin]) -> tuple[str, str] | None:
    """The formula as it reads when loops have items, and a cell of it that became a range; None if there is none."""
    for area in formula.areas:
        found = rewrite_areas(area, frame, *origins)
        if area.single and not (len(found) == 1 and found[0].single):
            return wording, str(area)
    return None
