"""Cells of a workbook shaded, whatever else their format says (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from generator.ooxml.addresses import cell, column_number
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import parse_xml
from generator.ooxml.relationships import main_document, related_part

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLES = "xl/styles.xml"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
_BARE = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs></styleSheet>'
)


class Shading:
    """The style part of a workbook, which gains a shaded twin of each format that is asked for."""

    def __init__(self, overlay: Overlay, colours: Mapping[str, str]):
        self._overlay = overlay
        main = main_document(overlay.package)
        part = related_part(overlay, main, "styles")
        self._new = not part
        self._part = part or _STYLES
        self._main = main
        self._root = overlay.xml(part) if part else parse_xml(_BARE.encode(), part=_STYLES)
        self._colours = colours
        self._fills: dict[str, str] = {}
        self._twins: dict[tuple[str, str], str] = {}

    def shade(self, part: str, marks: Mapping[tuple[int, int], str]) -> None:
        """Shade cells of a sheet; those that are not stated are added.

        Args:
            part: the sheet's member.
            marks: row and column, from 1 -> a key of the colours.
        """
        root = self._overlay.xml(part)
        data = root.find(f"{MAIN}sheetData")
        if data is not None:
            by_row: dict[int, dict[int, str]] = {}
            for (row, column), what in marks.items():
                by_row.setdefault(row, {})[column] = what
            columns = {
                number: element.get("style", "0")
                for element in root.iterfind(f"{MAIN}cols/{MAIN}col")
                for number in range(int(element.get("min", "1")), min(int(element.get("max", "1")), 16_384) + 1)
            }
            self._rows(data, by_row, columns)
        self._overlay.write_xml(part, root)

    def _rows(self, data: etree._Element, wanted: dict[int, dict[int, str]], columns: Mapping[int, str]) -> None:
        left = sorted(wanted)
        number = 0
        for row in list(data):
            number = int(row.get("r", number + 1))
            while left and left[0] < number:
                fresh = etree.Element(f"{MAIN}row", r=str(left[0]))
                row.addprevious(fresh)
                self._cells(fresh, left[0], wanted[left.pop(0)], columns)
            if left and left[0] == number:
                self._cells(row, number, wanted[left.pop(0)], columns)
        for rest in left:
            self._cells(etree.SubElement(data, f"{MAIN}row", r=str(rest)), rest, wanted[rest], columns)

    def _cells(self, row: etree._Element, number: int, wanted: Mapping[int, str], columns: Mapping[int, str]) -> None:
        if "spans" in row.attrib:
            del row.attrib["spans"]
        own = row.get("s", "0") if row.get("customFormat") in ("1", "true") else None
        left = sorted(wanted)
        column = 0
        for element in list(row):
            if element.tag != f"{MAIN}c":
                continue
            reference = element.get("r", "").rstrip("0123456789")
            column = column_number(reference) if reference else column + 1
            while left and left[0] < column:
                at = left.pop(0)
                element.addprevious(self._cell(number, at, own or columns.get(at, "0"), wanted[at]))
            if left and left[0] == column:
                element.set("s", self.twin(element.get("s", "0"), wanted[left.pop(0)]))
        for at in left:
            row.append(self._cell(number, at, own or columns.get(at, "0"), wanted[at]))

    def _cell(self, row: int, column: int, style: str, what: str) -> etree._Element:
        return etree.Element(f"{MAIN}c", r=cell(row, column), s=self.twin(style, what))

    def twin(self, style: str, what: str) -> str:
        """The index of a format that is like another one but shaded."""
        known = self._twins.get((style, what))
        if known is None:
            formats = self._group("cellXfs")
            position = int(style)
            own = copy.deepcopy(formats[position]) if position < len(formats) else etree.Element(f"{MAIN}xf", xfId="0")
            own.set("fillId", self._fill(what))
            own.set("applyFill", "1")
            known = self._twins[style, what] = _appended(formats, own)
        return known

    def _fill(self, what: str) -> str:
        if what not in self._fills:
            fill = etree.Element(f"{MAIN}fill")
            pattern = etree.SubElement(fill, f"{MAIN}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{MAIN}fgColor", rgb=self._colours[what])
            etree.SubElement(pattern, f"{MAIN}bgColor", indexed="64")
            self._fills[what] = _appended(self._group("fills"), fill)
        return self._fills[what]

    def bold(self) -> str:
        """The index of a format in bold characters, for headings."""
        font = etree.Element(f"{MAIN}font")
        etree.SubElement(font, f"{MAIN}b")
        etree.SubElement(font, f"{MAIN}sz", val="11")
        index = _appended(self._group("fonts"), font)
        xf = etree.Element(f"{MAIN}xf", fontId=index, xfId="0", applyFont="1")
        return _appended(self._group("cellXfs"), xf)

    def wrapped(self) -> str:
        """The index of a format whose text wraps, at the top of its cell."""
        xf = etree.Element(f"{MAIN}xf", xfId="0", applyAlignment="1")
        etree.SubElement(xf, f"{MAIN}alignment", vertical="top", wrapText="1")
        return _appended(self._group("cellXfs"), xf)

    def _group(self, name: str) -> etree._Element:
        found = self._root.find(f"{MAIN}{name}")
        return found if found is not None else etree.SubElement(self._root, f"{MAIN}{name}")

    def finish(self) -> None:
        """Write the style part, and what names it where the workbook had none."""
        self._overlay.write_xml(self._part, self._root)
        if self._new:
            self._overlay.relate(self._main, [("rIdStyles", _LINK, self._part, False)])
            self._overlay.declare((self._part, _KIND))


def _appended(group: etree._Element, element: etree._Element) -> str:
    group.append(element)
    group.set("count", str(len(group)))
    return str(len(group) - 1)
