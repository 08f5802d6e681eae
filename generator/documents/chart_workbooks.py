"""Word charts fed with data: the workbook behind a chart is an Excel template, and the chart follows its cells.

The chart is laid into its workbook for the time of a render, so that the Excel engine lets its ranges, names, categories and
kept values follow as it does on worksheets; then both are taken apart again.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from generator.diagnostics import Diagnostic, InvalidTemplate, Text
from generator.kept.lazy_patterns import lazy
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES, Package, Source, open_package, parse_xml, part_bytes, take_out
from generator.ooxml.relationships import main_document, related_part, relationships_member, without_entries
from generator.ooxml.wordprocessing import Element
from generator.ooxml.zip_written import build
from generator.template.environment import UndefinedNames
from generator.template.paths import Use
from generator.template.tags import has_tags
from generator.word import template as word_template

_DRAWING = "xl/drawings/drawing-of-word.xml"
_CHART = "xl/charts/chart-of-word.xml"
_IDENTITY = "rIdOfWord"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TYPES = {
    _DRAWING: "application/vnd.openxmlformats-officedocument.drawing+xml",
    _CHART: "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}
_ANCHOR = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor><xdr:pos x="0" y="0"/>'
    '<xdr:ext cx="1" cy="1"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="1" name="1"/>'
    '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    f' xmlns:r="{_LINKS[:-1]}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>'
    "</xdr:absoluteAnchor></xdr:wsDr>"
)
_SHAPE = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:absoluteAnchor>'
    '<xdr:pos x="0" y="0"/><xdr:ext cx="1" cy="1"/><xdr:sp macro="" textlink=""><xdr:nvSpPr>'
    '<xdr:cNvPr id="{0}" name="{0}"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/><xdr:txBody/></xdr:sp><xdr:clientData/>'
    "</xdr:absoluteAnchor></xdr:wsDr>"
)
_ELEMENT = f'<drawing xmlns:r="{_LINKS[:-1]}" r:id="{_IDENTITY}"/>'
_AFTER = lazy(
    rb"<(?:\w+:)?(?:legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b"
    rb"|</(?:\w+:)?worksheet>"
)
_PUT_IN = lazy(rb'<(?:\w+:)?drawing\b[^<>]*"' + _IDENTITY.encode() + rb'"[^<>]*?(?:/>|></(?:\w+:)?drawing>)')


class WordTemplate(word_template.WordTemplate):
    """A Word document with docxtpl's tags, whose charts take their data from tags in their workbooks.

    Args:
        source: path, bytes or binary file of a `.docx` or `.dotx`.
        undefined: what an undefined name is: "strict" an error, "empty" nothing.
        environment: a Jinja environment of the caller's, for its filters, tests, globals and extensions.
        allow_macros: let the template hold macros; its documents keep them (`.docm`).

    Raises:
        Failure: there is no such file.
        InvalidTemplate: it is no Word document, or its tags are at fault; every fault is in `diagnostics`.
    """

    def __init__(
        self,
        source: Source,
        *,
        undefined: UndefinedNames = "strict",
        environment: Environment | None = None,
        allow_macros: bool = False,
    ) -> None:
        def made(workbook: bytes, chart: bytes, shapes: bytes | None, place: Text) -> ChartWorkbook:
            return ChartWorkbook(workbook, chart, shapes, place, undefined, environment)

        super().__init__(
            source, undefined=undefined, environment=environment, chart_data=made, allow_macros=allow_macros
        )


class ChartWorkbook:
    """The workbook of one chart, compiled.

    Args:
        workbook: the embedded workbook.
        chart: the chart's part.
        shapes: the part of the shapes drawn on it, if their texts hold tags.
        place: of the chart, for what is wrong with its data.
        undefined: what an undefined name is.
        environment: of the caller's.

    Raises:
        InvalidTemplate: its tags are at fault.
    """

    def __init__(
        self,
        workbook: bytes,
        chart: bytes,
        shapes: bytes | None,
        place: Text,
        undefined: UndefinedNames,
        environment: Environment | None,
    ):
        from generator.excel.template import ExcelTemplate  # few documents hold charts with tags

        self._place, self._shapes = place, shapes
        try:
            package = open_package(workbook)
            self._sheet = related_part(package, main_document(package), "worksheet")
            laid = _laid_in(package, self._sheet, _without_kept_tags(chart), _drawing(shapes))
            self._template = ExcelTemplate(laid, undefined=undefined, environment=environment)
        except InvalidTemplate as fault:
            raise InvalidTemplate([self._placed(one) for one in fault.diagnostics]) from None
        self._undefined: UndefinedNames = undefined
        self._laid = laid

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_template": self._template.kept()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        from generator.excel.template import ExcelTemplate

        vars(self).update(state)
        self._template = ExcelTemplate.restored(self._laid, state["_template"], self._undefined)

    @property
    def names(self) -> frozenset[str]:
        """The names of the context that it uses."""
        return frozenset(re.split(r"[.\[]", use.path, maxsplit=1)[0] for use, _ in self._template.uses())

    def uses(self) -> list[tuple[Use, Any]]:
        """Every use of a path, with the tag that uses it."""
        return list(self._template.uses())

    def render(self, values: Mapping[str, Any]) -> tuple[bytes, bytes, bytes | None]:
        """The workbook, the chart and the shapes on it that it gives with some values.

        Raises:
            InvalidTemplate: a tag cannot be printed, or the chart cannot follow its cells.
        """
        try:
            rendered = open_package(self._template.render(values, trusted=True), own=True)
        except InvalidTemplate as fault:
            raise InvalidTemplate([self._placed(one) for one in fault.diagnostics]) from None
        shapes = None if self._shapes is None else _with_texts(self._shapes, rendered.read(_DRAWING))
        return _taken_out(rendered, self._sheet), rendered.read(_CHART), shapes

    def _placed(self, finding: Diagnostic) -> Diagnostic:
        inner = finding.location.place
        place = self._place if inner is None else Text(f"{self._place.zh} {inner.zh}", f"{self._place.en} {inner.en}")
        return finding.at(place=place)


def _without_kept_tags(chart: bytes) -> bytes:
    """A chart without the values that it keeps of cells with tags."""
    root = parse_xml(chart, part=_CHART)
    for point in list(root.iter(f"{_CHARTS}pt")):
        if has_tags("".join(map(str, point.itertext()))):
            take_out(point)
    return part_bytes(root)


def _text_bodies(root: Element) -> list[Element]:
    """The texts of the shapes of a drawing, in their order."""
    return [element for element in root.iter() if isinstance(element.tag, str) and element.tag.endswith("}txBody")]


def _drawing(shapes: bytes | None) -> bytes:
    """The drawing that holds the chart, and a shape for each text of the shapes on it."""
    root = parse_xml(_ANCHOR.encode(), part=_DRAWING)
    bodies = [] if shapes is None else _text_bodies(parse_xml(shapes, part=_DRAWING))
    for number, body in enumerate(bodies, 2):
        anchor = parse_xml(_SHAPE.format(number).encode(), part=_DRAWING)[0]
        anchor[2][2].extend(copy.deepcopy(child) for child in body)
        root.append(anchor)
    return part_bytes(root)


def _with_texts(shapes: bytes, drawing: bytes) -> bytes:
    """The shapes on a chart with the texts that a rendered drawing holds."""
    root = parse_xml(shapes, part=_DRAWING)
    printed = _text_bodies(parse_xml(drawing, part=_DRAWING))
    for body, own in zip(_text_bodies(root), printed, strict=True):
        for child in list(body):
            body.remove(child)
        body.extend(list(own))
    return part_bytes(root)


def _laid_in(package: Package, sheet: str, chart: bytes, drawing: bytes) -> bytes:
    """The workbook with the chart on its first sheet."""
    if sheet not in package:
        return build(package, {})
    xml = package.read(sheet)
    start = xml.rfind(b"</sheetData>")
    at = _AFTER.search(xml, max(0, start))
    position = at.start() if at else len(xml)
    overlay = Overlay(package)
    overlay.write(sheet, xml[:position] + _ELEMENT.encode() + xml[position:])
    overlay.relate(sheet, [(_IDENTITY, f"{_LINKS}drawing", _DRAWING, False)])
    overlay.write(_DRAWING, drawing)
    overlay.relate(_DRAWING, [("rId1", f"{_LINKS}chart", _CHART, False)])
    overlay.write(_CHART, chart)
    overlay.declare(*_TYPES.items())
    return overlay.build()


def _taken_out(package: Package, sheet: str) -> bytes:
    """The workbook without the chart."""
    links = relationships_member(sheet)
    related = package.xml(links)
    listed = without_entries(related, "Id", {_IDENTITY})
    return build(
        package,
        {
            sheet: _PUT_IN.sub(b"", package.read(sheet)),
            links: listed if len(related) else None,
            CONTENT_TYPES: without_entries(package.xml(CONTENT_TYPES), "PartName", {f"/{part}" for part in _TYPES}),
            _DRAWING: None,
            relationships_member(_DRAWING): None,
            _CHART: None,
        },
    )
