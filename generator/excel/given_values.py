"""The values of a rendered workbook's formulas and charts: computed where there are formulas, and put into the parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from generator.diagnostics import Diagnostic, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.calculate.cached_values import ReadSheet, read_formulas
from generator.excel.calculate.formula_judging import Computed, ErrorValue, SheetCells, Value
from generator.excel.calculate.formula_names import Names
from generator.excel.calculate.link_targets import Probes, link_probes, targets_of
from generator.excel.calculate.needed_columns import needed_cells
from generator.excel.calculate.put_values import write_values
from generator.excel.follow.charts import areas_of, fill_caches
from generator.excel.follow.known_layouts import Known
from generator.excel.given_few import ADDRESSED, give_few, judged_before
from generator.excel.present_names import defined_names, tables_of
from generator.excel.read.workbook import Workbook
from generator.excel.run.present_strings import PresentStrings
from generator.excel.run.recalculation import forget_calculation_chain
from generator.excel.run.rendered_sheet import RenderedSheet
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import cell
from generator.ooxml.links import is_safe
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import parse_xml
from generator.ooxml.relationships import related_parts

_TOTALS = lazy(r"\b(?:SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)  # hidden rows may matter to them
_LISTED = 20  # findings of one kind that are told cell by cell


def give_values(
    workbook: Workbook, sheets: Sequence[RenderedSheet], parts: Overlay, findings: list[Diagnostic], known: Known
) -> None:
    """Give formulas their values, and charts theirs."""
    charts = _charts(workbook, sheets, parts)
    formulas = any(sheet.formulas for sheet in sheets)
    if not formulas and not charts:
        return
    if not charts and give_few(workbook, sheets, parts, known):
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
        from generator.excel.calculate.formula_values import compute  # few formulas do without

        computed = compute(cells, names, workbook.date_1904, judged_before(known, names))
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
    key = ADDRESSED, sheet.layout.name
    fresh = sheet.compiled.program is not None  # its formulas have only values that this render computed
    read = read_formulas(sheet.layout.name, xml, fresh, addressed=fresh and known.get(key) is not None)
    if fresh and read.xml is xml:
        known.keep(key, True)
    return read


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


def _charts(workbook: Workbook, sheets: Sequence[RenderedSheet], parts: Overlay) -> dict[str, etree._Element]:
    """The charts on the workbook's worksheets and on sheets of their own, by part."""
    drawn = (chart for sheet in sheets for chart in _drawn_charts(sheet.output.part, parts))
    return {chart: parse_xml(parts.read(chart), part=chart) for chart in (*drawn, *chart_sheets(workbook, parts))}


def _drawn_charts(sheet: str, parts: Overlay) -> Iterator[str]:
    """The parts of the charts that are drawn on a sheet."""
    for drawing in related_parts(parts, sheet, "drawing"):
        yield from related_parts(parts, drawing, "chart")


def chart_sheets(workbook: Workbook, parts: Overlay) -> list[str]:
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
