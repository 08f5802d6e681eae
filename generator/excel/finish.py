"""What is left to do when the sheets are rendered: everything that holds an address follows, formulas get their values.

The parts around the sheets are rewritten only where cells moved; values are computed only where there are formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape

from lxml import etree

from generator.diagnostics import Diagnostic, Text, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.calculate.cached_values import ReadSheet, read_formulas
from generator.excel.calculate.formula_judging import Computed, ErrorValue, SheetCells, Texts, Value
from generator.excel.calculate.formula_names import NamedTable, Names
from generator.excel.calculate.formula_values import compute
from generator.excel.calculate.link_targets import Probes, link_probes, targets_of
from generator.excel.calculate.needed_columns import needed_cells
from generator.excel.calculate.put_values import write_values
from generator.excel.follow.charts import areas_of, fill_caches, follow_chart
from generator.excel.follow.formulas import Frame
from generator.excel.follow.known_layouts import Known
from generator.excel.follow.names import follow_names
from generator.excel.follow.parts_beside import follow_related, sliced_tables
from generator.excel.follow.pivots import follow_pivot_source
from generator.excel.follow.sheet_layouts import WorkbookLayout
from generator.excel.follow.tables import label_totals, name_columns, wrong_headers
from generator.excel.read.workbook import Workbook
from generator.excel.run.present_strings import PresentStrings
from generator.excel.run.recalculation import forget_calculation_chain
from generator.excel.run.rendered_sheet import RenderedSheet
from generator.excel.run.workbook_parts import Parts as MemberNames
from generator.excel.run.workbook_parts import write_content_types
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import cell, columns_of, parse_area
from generator.ooxml.links import is_safe
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES, local, parse_xml
from generator.ooxml.relationships import related_parts
from generator.ooxml.spreadsheet import double_quoted
from generator.ooxml.stated_numbers import whole

_TOTALS = lazy(r"\b(?:SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)  # hidden rows may matter to them
_LISTED = 20  # findings of one kind that are told cell by cell


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
        for chart in _chart_sheets(workbook, parts):
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
        _values(workbook, sheets, parts, findings, known)


def _with_names(main: bytes, sources: tuple[str, ...], frame: Frame, order: Mapping[str, int], known: Known) -> bytes:
    """The workbook part with its defined names after the move (see `follow_names`); that of the last render is known."""
    last = known.get("names")
    if last is not None and last[:2] == (main, order):
        return last[2]
    told = len(frame.findings)
    found = follow_names(double_quoted(main), sources, frame, order)
    if len(frame.findings) == told and len(main) <= _KEPT:
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


def _values(
    workbook: Workbook, sheets: Sequence[RenderedSheet], parts: Overlay, findings: list[Diagnostic], known: Known
) -> None:
    charts = _charts(workbook, sheets, parts)
    formulas = any(sheet.formulas for sheet in sheets)
    if not formulas and not charts:
        return
    read = {sheet.layout.name: _read(sheet, parts.read(sheet.output.part), known) for sheet in sheets}
    strings = PresentStrings(workbook, parts)
    computed = Computed()
    if formulas:
        totals = {name: sheet.formulas.holding(_TOTALS) for name, sheet in read.items()}
        subtotals = any(totals.values())
        names = Names(
            tuple(read),
            defined_names(parts.read(workbook.main)),
            tables_of([(sheet.layout.name, sheet.output.part) for sheet in sheets], parts),
            {name: rows for name, sheet in read.items() if (rows := sheet.hidden)} if subtotals else {},
            frozenset(name for name, sheet in read.items() if sheet.filtered) if subtotals else frozenset(),
            {name: places for name, places in totals.items() if places},
        )
        probed = {name: link_probes(sheet.formulas) for name, sheet in read.items()}
        cells = [
            SheetCells(name, lambda needed, sheet=sheet: sheet.constants(needed, strings), probed[name][0])
            for name, sheet in read.items()
        ]
        computed = compute(cells, names, workbook.date_1904, _judged_before(known, names))
        for name, (_, probes) in probed.items():
            if probes:
                _refuse_unsafe_links(name, probes, computed, findings)
        for sheet in sheets:
            if sheet.formulas:
                _put(sheet, read[sheet.layout.name], computed, parts)
        _report(computed, read, findings)
        forget_calculation_chain(workbook, parts, bool(computed.refused))
    _fill_charts(charts, read, computed, strings, parts)


def _read(sheet: RenderedSheet, xml: bytes, known: Known) -> ReadSheet:
    """A sheet with its formulas; that its cells name their addresses first is the template's doing, and known from there."""
    if not sheet.formulas:
        return ReadSheet(sheet.layout.name, xml)
    key = "addressed", sheet.layout.name
    fresh = sheet.compiled.program is not None  # its formulas have only values that this render computed
    read = read_formulas(sheet.layout.name, xml, fresh, addressed=fresh and known.get(key) is not None)
    if fresh and read.xml is xml:
        known.keep(key, True)
    return read


def _judged_before(known: Known, names: Names) -> Texts:
    """The formulas that were judged with the same names in an earlier render."""
    found = known.get("judged")
    if found is None or found[0] != names:
        found = names, {}
        known.keep("judged", found)
    return found[1]


def _put(sheet: RenderedSheet, read: ReadSheet, computed: Computed, parts: Overlay) -> None:
    name, values = sheet.layout.name, computed.values
    xml = parts.read(sheet.output.part)
    written = write_values(read, lambda row, column: values.get((name, row, column)), xml, values.runs_of(name))
    if written is not xml:
        parts.write(sheet.output.part, written)


def _refuse_unsafe_links(sheet: str, probes: Probes, computed: Computed, findings: list[Diagnostic]) -> None:
    """Refuse links that data leads to programs or files, as hyperlinks of cells are; their targets are no cells of the sheet."""
    for (row, column), target in targets_of(probes, sheet, computed.values):
        if not is_safe(target):
            where = in_document({"sheet": sheet, "cell": cell(row, column)})
            findings.append(diagnostic("excel-unsafe-link", where, target=target[:60]))
    for row, column in probes:
        computed.values.pop((sheet, row, column), None)
        computed.refused.pop((sheet, row, column), None)


def _report(computed: Computed, read: Mapping[str, ReadSheet], findings: list[Diagnostic]) -> None:
    """Tell which formulas have no value; of one reason the first cells, then their number."""
    counts: dict[Text, int] = {}
    for (name, row, column), reason in computed.refused.items():
        formula = read[name].formulas.get((row, column))
        if formula is None:
            continue
        counts[reason] = counts.get(reason, 0) + 1
        if counts[reason] <= _LISTED:
            location = in_document({"sheet": name, "cell": cell(row, column)})
            text = formula.text if len(formula.text) <= 60 else formula.text[:60] + "…"
            findings.append(diagnostic("excel-not-computed", location, formula="=" + text, reason=reason))
    for reason, count in counts.items():
        if count > _LISTED:
            findings.append(diagnostic("excel-not-computed-more", count=count - _LISTED, reason=reason))


_KEPT = 1 << 16  # bytes of a workbook part whose names are remembered
_DEFINED = lazy(rb"<(?:\w+:)?definedName\s([^>]*)>([^<]*)</")


def defined_names(xml: bytes) -> dict[tuple[str | None, str], str]:
    """The formulas of the names that a workbook part defines, by (sheet or None, name)."""
    return {**(_defined_names(xml) if len(xml) <= _KEPT else _defined_names.__wrapped__(xml))}


@lru_cache(maxsize=16)  # documents of one template have mostly the same names
def _defined_names(xml: bytes) -> dict[tuple[str | None, str], str]:
    all_sheets = [
        element.get("name", "")
        for element in parse_xml(xml).iter()
        if local(element) == "sheet" and element.get("sheetId")
    ]
    xml = double_quoted(xml)
    found: dict[tuple[str | None, str], str] = {}
    for match in _DEFINED.finditer(xml):
        attributes = dict(re.findall(rb'(?<![\w:])([\w:]++)="([^"]*)"', match[1]))
        owner = attributes.get(b"localSheetId")
        index = whole(owner) if owner else -1
        scope = None if owner is None else all_sheets[index] if index < len(all_sheets) else ""
        found[scope, unescape(attributes.get(b"name", b"").decode())] = unescape(match[2].decode())
    return found


def tables_of(sheets: Iterable[tuple[str, str]], parts: Overlay) -> tuple[NamedTable, ...]:
    """The tables of sheets.

    Args:
        sheets: names with their parts.
        parts: of the workbook.
    """
    found = []
    for sheet, owner in sheets:
        for part in related_parts(parts, owner, "table"):
            root = parse_xml(parts.read(part))
            area = parse_area(root.get("ref", ""))
            if area is None:
                continue
            columns = tuple(
                re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), column.get("name", ""))
                for group in root
                if local(group) == "tableColumns"
                for column in group
            )
            name = root.get("displayName") or root.get("name") or ""
            header, totals = root.get("headerRowCount", "1") != "0", root.get("totalsRowCount", "0") != "0"
            found.append(NamedTable(name, sheet, area, columns, header, totals))
    return tuple(found)


def _charts(workbook: Workbook, sheets: Sequence[RenderedSheet], parts: Overlay) -> dict[str, etree._Element]:
    """The charts on the workbook's worksheets and on sheets of their own, by part."""
    drawn = (chart for sheet in sheets for chart in _drawn_charts(sheet.output.part, parts))
    return {chart: parse_xml(parts.read(chart), part=chart) for chart in (*drawn, *_chart_sheets(workbook, parts))}


def _drawn_charts(sheet: str, parts: Overlay) -> Iterator[str]:
    """The parts of the charts that are drawn on a sheet."""
    for drawing in related_parts(parts, sheet, "drawing"):
        yield from related_parts(parts, drawing, "chart")


def _chart_sheets(workbook: Workbook, parts: Overlay) -> list[str]:
    """The parts of the charts that stand on sheets of their own."""
    return [chart for sheet in workbook.sheets if not sheet.worksheet for chart in _drawn_charts(sheet.part, parts)]


def _fill_charts(
    charts: Mapping[str, etree._Element],
    read: Mapping[str, ReadSheet],
    computed: Computed,
    strings: PresentStrings,
    parts: Overlay,
) -> None:
    if not charts:
        return
    areas = [("", str(area)) for root in charts.values() for area in areas_of(root)]
    values: dict[tuple[str, int, int], object] = {}
    folded = {name.casefold(): sheet for name, sheet in read.items()}
    for name, needed in needed_cells(areas).items():
        sheet = folded.get(name.casefold())
        for row, column, value in sheet.values(needed, strings) if sheet else ():
            values[name.casefold(), row, column] = value
    for (name, row, column), value in computed.values.items():
        values[name.casefold(), row, column] = value

    def lookup(sheet: str, row: int, column: int) -> Value | ErrorValue | None:
        value = values.get((sheet.casefold(), row, column))
        return value if isinstance(value, Value | ErrorValue) else None

    for part, root in charts.items():
        if fill_caches(root, lookup):
            parts.write_xml(part, root)
