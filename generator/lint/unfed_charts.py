"""Charts that show typed figures: no tag of the template feeds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.compile.side_texts import drawing_anchors
from generator.excel.follow.charts import areas_of
from generator.excel.read.workbook import Sheet, Workbook
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.addresses import columns_of, parse_area, rows_of
from generator.ooxml.package import Package, local
from generator.ooxml.relationships import related_part, related_parts, relationships
from generator.ooxml.wordprocessing import P, R, ancestor
from generator.word.compile.hidden_parts import workbook_tag

_CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FED = lazy(rb"\{\{|\{%|<(?:\w+:)?f[\s>/]")


def unfed_word_charts(
    package: Package, main: str, paragraphs: Iterable[tuple[etree._Element, Location]]
) -> Iterator[Diagnostic]:
    """The charts of a document whose workbooks hold no tags.

    Args:
        package: the template.
        main: its main document.
        paragraphs: with their places.
    """
    links = relationships(package, main)
    for paragraph, location in paragraphs:
        for chart in paragraph.iter(f"{_CHARTS}chart"):
            link = links.get(chart.get(f"{R}id", ""))
            if link is None or link.external or link.kind != "chart" or link.target not in package:
                continue
            if ancestor(chart, P) is not paragraph:
                continue
            workbook = related_part(package, link.target, "package")
            if not workbook or workbook_tag(package, workbook) is None:
                yield diagnostic("lint-chart-unfed", location, name=_name(chart))


def unfed_sheet_charts(workbook: Workbook) -> Iterator[Diagnostic]:
    """The charts on a template's worksheets whose every cell holds neither a tag nor a formula."""
    package = workbook.package
    fed: dict[str, set[tuple[int, int]]] = {}
    for sheet in workbook.sheets if any(sheet.worksheet for sheet in workbook.sheets) else ():
        for drawing in related_parts(package, sheet.part, "drawing"):
            links = relationships(package, drawing)
            for row, column, anchor, _ in drawing_anchors(package, drawing, package.xml(drawing)):
                for chart in (one for one in anchor.iter() if one.tag == f"{_CHARTS}chart"):
                    one = links.get(chart.get(f"{R}id", ""))
                    if one is None or one.external or one.kind != "chart" or one.target not in package:
                        continue
                    if not fed:
                        fed = {other.name.casefold(): set(_cells_fed(workbook, other)) for other in workbook.sheets}
                    if _typed(package.xml(one.target), fed):
                        place = {"cell": cell_name(row, column)} if row and column else {}
                        location = in_document({"sheet": sheet.name, **place})
                        yield diagnostic("lint-chart-unfed", location, name=_name(chart))


def _typed(chart: etree._Element, fed: dict[str, set[tuple[int, int]]]) -> bool:
    """Whether all that a chart shows was typed into cells."""
    texts = [element for element in chart.iter() if local(element) == "f" and element.text]
    areas = areas_of(chart)
    if next(chart.iter(f"{_CHARTS}pivotSource"), None) is not None or len(areas) < len(texts):
        return False  # its data come from a pivot table or by a name
    for area in areas:
        if len(area.sheets) != 1 or area.sheets[0].casefold() not in fed:
            return False
        (top, bottom), (left, right) = rows_of(area), columns_of(area)
        cells = fed[area.sheets[0].casefold()]
        if any(top <= row <= bottom and left <= column <= right for row, column in cells):
            return False
    return bool(areas)


def _cells_fed(workbook: Workbook, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Row and column of every cell with a tag or a formula."""
    if not sheet.worksheet:
        return
    texts = [_FED.search(text.encode()) is not None for text in workbook.shared_texts]
    for element in workbook.package.xml(sheet.part).iter("{*}c"):
        value = next((one.text or "" for one in element if local(one) == "v"), "").strip()
        shared = element.get("t") == "s" and value.isdecimal() and int(value) < len(texts) and texts[int(value)]
        if shared or _FED.search(etree.tostring(element)):
            area = parse_area(element.get("r", ""))
            if area is not None and area.top is not None and area.left is not None:
                yield area.top.number, area.left.number


def _name(chart: etree._Element) -> str:
    """The name of the frame around a chart."""
    for frame in chart.iterancestors():
        for child in frame.iter():
            if local(child) in ("docPr", "cNvPr") and child.get("name"):
                return str(child.get("name"))
    return ""
