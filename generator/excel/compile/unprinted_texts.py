"""Texts with tags that no sheet's program prints, found by taking away those that are printed.

What is printed: cells, headers and footers, texts and literals of rules, hyperlinks, comments, the paragraphs, names and
alternative texts of drawings and charts (see `side_texts` and `rule_texts`). A tag that names a sheet is no text: formulas follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.compile.rule_texts import unprinted_of_rules
from generator.excel.compile.side_texts import HEADER, LINK, drawing_texts, target_text
from generator.excel.follow.control_copies import SHAPE
from generator.excel.read.workbook import Sheet, Workbook
from generator.kept.lazy_patterns import lazy
from generator.ooxml.package import Package, local, parse_xml
from generator.ooxml.relationships import related, relationships
from generator.template.tags import has_tags

VALUE = lazy(rb"""(?<=>)[^<>]+(?=<)|(?<==)"[^"]*"|(?<==)'[^']*'""")
_LINK_TEXT = lazy(rb"""\s(?:display|tooltip|location)\s*=\s*("[^"]*"|'[^']*')""")
_NAME = lazy(rb"<(?:\w+:)?definedName\s[^>]*>[^<]*<")
_ATTRIBUTE = lazy(rb"""(?<!\w)(\w++)\s*+=\s*+("[^"]*"|'[^']*')""")
_UNREAD = frozenset(
    {"ctrlProp", "diagramData", "chartEx", "slicer", "timeline", "oleObject", "queryTable", "chartUserShapes"}
)
_ROWS = lazy(rb"<(?:\w+:)?sheetData\b.*(?:</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\b[^>]*/>)", re.S)
Found = tuple[str, Text, "dict[str, object]"]


def unprinted(workbook: Workbook) -> Iterator[Found]:
    """Text, what holds it and place of every text with tags that nothing prints."""
    sheets = [
        name
        for sheet in workbook.sheets
        if has_tags(sheet.name)
        for name in (sheet.name, sheet.name.replace("'", "''"))
    ]

    def tagged(text: str) -> bool:
        for name in sheets:
            text = text.replace(name, "")
        return has_tags(text)

    main = workbook.package.read(workbook.main)
    for match in _NAME.finditer(main):
        name = next((value[1:-1].decode() for key, value in _ATTRIBUTE.findall(match[0]) if key == b"name"), "")
        what = words.DEFINED_NAME.filled(name=name)
        yield from ((text, what, {}) for text in _values(match[0]) if tagged(text))
    for sheet in workbook.sheets:
        place: dict[str, object] = {"sheet": sheet.name}
        if sheet.worksheet:
            yield from (one for one in _of_sheet(workbook.package.read(sheet.part), place) if tagged(one[0]))
        yield from (one for one in _of_parts(workbook, sheet, place) if tagged(one[0]))


def _values(xml: bytes) -> Iterator[str]:
    for match in VALUE.finditer(xml):
        text = match[0][1:-1] if match[0][:1] in (b'"', b"'") and match[0][-1:] == match[0][:1] else match[0]
        yield unescape(text.decode("utf-8", "replace"))


def _of_sheet(xml: bytes, place: dict[str, object]) -> Iterator[Found]:
    """Texts around a sheet's rows."""
    rows = _ROWS.search(xml)
    head, tail = (xml[: rows.start()], xml[rows.end() :]) if rows else (b"", xml)
    if b"{" not in head and b"{" not in tail and b"&#" not in tail:
        return
    rest, rules = unprinted_of_rules(tail)
    for area, piece in rules:
        yield from ((text, words.SHEET_SETTING, {**place, "range": area}) for text in _values(piece))
    rest = HEADER.sub(b"", rest)
    rest = LINK.sub(lambda match: _LINK_TEXT.sub(b"", match[0]), rest)
    yield from ((text, words.SHEET_SETTING, place) for text in _values(head + b"<>" + rest))


def _of_parts(workbook: Workbook, sheet: Sheet, place: dict[str, object]) -> Iterator[Found]:
    """Texts of the parts that hang on a sheet."""
    for kind, part in related(workbook.package, sheet.part).values():
        data = workbook.package.read(part)
        if b"{" not in data and b"&#" not in data and kind != "drawing":
            continue
        yield from _of_unread(workbook.package, kind, part, place)
        if kind == "vmlDrawing":
            rest = SHAPE.sub(lambda shape: re.sub(rb">[^<]*<", b"><", shape[0]), data)
            yield from ((text, words.SHAPE_SETTING, place) for text in _values(rest))
        elif kind == "table":
            root = parse_xml(data, part=part)
            for column in [child for child in root.iter() if local(child) == "tableColumn"]:
                for name in {"name", "totalsRowLabel"} & {str(name) for name in column.attrib}:  # as their cells read
                    del column.attrib[name]
                for child in list(column):  # its formula is told where it stands in the cells
                    column.remove(child)
            area = {**place, "range": root.get("ref", "")}
            yield from ((text, words.TABLE_SETTING, area) for text in _texts(root))
        elif kind == "comments":
            root = parse_xml(data, part=part)
            authors = [child for child in root if local(child) == "authors"]
            yield from ((text, words.COMMENT_AUTHOR, place) for group in authors for text in _texts(group))
        elif kind == "drawing":
            yield from _of_drawing(workbook, part, data, place)


def _of_drawing(workbook: Workbook, part: str, data: bytes, place: dict[str, object]) -> Iterator[Found]:
    yield from ((text, words.SHAPE_SETTING, place) for text in _rest(parse_xml(data, part=part)))
    package = workbook.package
    for link in relationships(package, part).values():
        if link.external and link.kind == "hyperlink":
            yield (target_text(link.target), words.SHAPE_SETTING, place)
    for kind, inner in related(package, part).values():
        yield from _of_unread(package, kind, inner, place)
        if kind == "chart":
            data = package.read(inner)
            if b"{" in data or b"&#" in data:
                yield from ((text, words.CHART_SETTING, place) for text in _rest(parse_xml(data, part=inner)))
            for beside, name in related(package, inner).values():
                yield from _of_unread(package, beside, name, place)


def _of_unread(package: Package, kind: str, part: str, place: dict[str, object]) -> Iterator[Found]:
    if kind in _UNREAD and part.endswith((".xml", ".vml")):
        what = words.OTHER_PART.filled(kind=kind)
        yield from ((text, what, place) for text in _values(package.read(part)))


def _rest(root: etree._Element) -> Iterator[str]:
    """The texts of a drawing or a chart but for those that are printed, and for values that a chart keeps of cells."""
    for nodes, attributes in drawing_texts(root):
        for node in nodes:
            node.text = None
        for element, name in attributes:
            del element.attrib[name]
    for kept in [child for child in root.iter() if local(child) == "pt"]:
        for child in list(kept):
            kept.remove(child)
    return _texts(root)


def _texts(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element.text or ""
            yield from (str(value) for value in element.attrib.values())
