"""What is left to do when the sheets are rendered: everything that holds an address follows, formulas get their values.

The parts around the sheets are rewritten only where cells moved; values are computed only where there are formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from generator.diagnostics import Diagnostic, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.calculate.cached_values import ReadSheet
from generator.excel.follow.charts import follow_chart
from generator.excel.follow.formulas import Frame
from generator.excel.follow.known_layouts import Known
from generator.excel.follow.names import follow_names
from generator.excel.follow.parts_beside import follow_related, sliced_tables
from generator.excel.follow.pivots import follow_pivot_source
from generator.excel.follow.sheet_layouts import WorkbookLayout
from generator.excel.follow.tables import label_totals, name_columns, wrong_headers
from generator.excel.given_values import chart_sheets, give_values
from generator.excel.present_names import KEPT
from generator.excel.read.workbook import Workbook
from generator.excel.run.present_strings import PresentStrings
from generator.excel.run.rendered_sheet import RenderedSheet
from generator.excel.run.workbook_parts import Parts as MemberNames
from generator.excel.run.workbook_parts import write_content_types
from generator.ooxml.addresses import cell, columns_of, parse_area
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES, parse_xml
from generator.ooxml.relationships import related_parts
from generator.ooxml.spreadsheet import double_quoted


def complete(
    workbook: Workbook,
    layout: WorkbookLayout,
    sheets: Sequence[RenderedSheet],
    parts: Overlay,
    findings: list[Diagnostic],
    order: Mapping[str, int] | None = None,
    known: Known | None = None,
) -> None:
    """Let everything beside the rows follow, and give formulas their values.

    Args:
        workbook: the template.
        layout: where its rows, columns and sheets went.
        sheets: the rendered worksheets; elements around their rows follow already (see `follow_sheet`).
        parts: the package as the render has it; takes what changes here.
        findings: takes what cannot follow, and which formulas have no value.
        order: the index of each rendered sheet's name among all sheets, if sheets were added, renamed or left out.
        known: what earlier renders with this layout found out.
    """
    names = tuple(sheet.name for sheet in workbook.sheets)
    order = order if order is not None else {name: number for number, name in enumerate(names)}
    known = known or Known(layout)
    if not layout.unmoved:
        copies = MemberNames({name.lower() for name in parts.members()})
        sliced = sliced_tables(workbook.main, parts)
        for sheet in sheets:
            frame = Frame(layout, sheet.layout, findings)
            follow_related(sheet.output.part, parts, frame, copies.name_like, sliced)
        if copies.added:
            parts.write(CONTENT_TYPES, write_content_types(parts.read(CONTENT_TYPES), copies.added, ()))
        for chart in chart_sheets(workbook, parts):
            root = parse_xml(parts.read(chart), part=chart)
            if follow_chart(root, Frame(layout, None, findings)):
                parts.write_xml(chart, root)
        changed = _with_names(parts.read(workbook.main), names, Frame(layout, None, findings), order, known)
        if changed != parts.read(workbook.main):
            parts.write(workbook.main, changed)
    if parts:
        _follow_pivots(workbook, sheets, parts, Frame(layout, None, findings))
        for sheet in sheets:
            if parts.changed(sheet.output.part):
                _name_columns(workbook, sheet, parts, findings)
        give_values(workbook, sheets, parts, findings, known)


def _with_names(main: bytes, sources: tuple[str, ...], frame: Frame, order: Mapping[str, int], known: Known) -> bytes:
    """The workbook part with its defined names after the move (see `follow_names`); that of the last render is known."""
    last = known.get("names")
    if last is not None and last[:2] == (main, order):
        return last[2]
    told = len(frame.findings)
    found = follow_names(double_quoted(main), sources, frame, order)
    if len(frame.findings) == told and len(main) <= KEPT:
        known.keep("names", (main, {**order}, found))
    return found


def _name_columns(workbook: Workbook, sheet: RenderedSheet, parts: Overlay, findings: list[Diagnostic]) -> None:
    """The columns of tables are called as their header cells read now: Excel repairs a workbook where they differ."""
    tables: list[tuple[str, etree._Element, int, int | None, range]] = []
    for part in related_parts(parts, sheet.output.part, "table"):
        root = parse_xml(parts.read(part), part=part)
        area = parse_area(root.get("ref", ""))
        if area is None or area.top is None or root.get("headerRowCount", "1") == "0":
            continue
        left, right = columns_of(area)
        totals = area.bottom.number if root.get("totalsRowCount", "0") != "0" and area.bottom is not None else None
        tables.append((part, root, area.top.number, totals, range(left, right + 1)))
    if not tables:
        return
    read, strings = ReadSheet(sheet.layout.name, parts.read(sheet.output.part)), PresentStrings(workbook, parts)
    heads = _texts_of_rows(read, [(row, columns) for _, _, row, _, columns in tables], strings)
    labels = _texts_of_rows(read, [(row, columns) for _, _, _, row, columns in tables if row is not None], strings)
    for part, root, row, totals, columns in tables:
        texts = {column: heads[row][column] for column in columns if column in heads[row]}
        for column, reason in () if has_errors(findings) else wrong_headers(root, columns.start, texts):
            location = in_document({"sheet": sheet.layout.source, "cell": cell(row, column)})
            name = root.get("displayName") or root.get("name") or ""
            findings.append(diagnostic("excel-table-header", location, table=name, reason=reason))
        renamed = name_columns(root, columns.start, texts)
        if totals is not None:
            below = {column: labels[totals][column] for column in columns if column in labels[totals]}
            renamed |= label_totals(root, columns.start, below)
        if renamed:
            parts.write_xml(part, root)


def _texts_of_rows(
    read: ReadSheet, wanted: Sequence[tuple[int, range]], strings: PresentStrings
) -> dict[int, dict[int, str]]:
    """The texts in some columns of some rows, by row and column; the sheet is read once for all."""
    needed: dict[int, tuple[int, int]] = {}
    for row, columns in wanted:
        for column in columns:
            first, last = needed.get(column, (row, row))
            needed[column] = min(first, row), max(last, row)
    found: dict[int, dict[int, str]] = {row: {} for row, _ in wanted}
    for row, column, value in read.values(needed, strings):
        if row in found and isinstance(value, str):
            found[row][column] = value
    return found


def _follow_pivots(workbook: Workbook, sheets: Sequence[RenderedSheet], parts: Overlay, frame: Frame) -> None:
    """Pivot tables' sources follow (see `follow_pivot_source`)."""
    if all(one.kind != "pivotCacheDefinition" for one in workbook.relationships.values()):
        return
    rendered = {sheet.layout.source for sheet in sheets if parts.changed(sheet.output.part)}
    for part in related_parts(parts, workbook.main, "pivotCacheDefinition"):
        root = parse_xml(parts.read(part), part=part)
        if follow_pivot_source(root, frame, rendered):
            parts.write_xml(part, root)
