"""Braces in cells and their formulas, names of sheets, headers and footers, comments, drawings and their charts, rules, links, number formats and properties that look like a tag and are none: `｛｛ x ｝｝`, `{％ if ％}`, `x }}`, `{ x }`. They would print as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.compile.left_tags import shown_formats
from generator.excel.compile.property_texts import property_texts
from generator.excel.compile.rule_texts import literals_of, rule_texts
from generator.excel.compile.side_texts import HEADER, LINK, comment_texts, drawing_texts, link_texts
from generator.excel.read.sheet_xml import attributes_of
from generator.excel.read.workbook import Sheet, Workbook
from generator.figures.foreign_placeholders import DOUBLED_BRACKETS, PLACEHOLDER, SIGNS
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.package import parse_xml
from generator.ooxml.relationships import related, related_parts, relationships
from generator.template.single_braces import SingleBraces, single_braces, with_locals
from generator.template.tags import brace_too_many, find_tags, half_tag, has_tags, wide_braces

_MARKS = tuple(sign.replace("<", "&lt;").encode() for sign in (*"｛}", "&#", *SIGNS, *DOUBLED_BRACKETS))
_BRACE = lazy(rf"[{{}}｛]|{PLACEHOLDER.pattern}")
_CELL = lazy(rb"(<(?:\w+:)?c\s[^>]*(?<!/)>)(.*?)</(?:\w+:)?c>", re.S)
_INDEX = lazy(rb"<(?:\w+:)?v>(\d+)<")
_FORMULA = lazy(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)<")
_TEXT = lazy(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")


def odd_braces(workbook: Workbook) -> tuple[list[Diagnostic], tuple[SingleBraces, ...]]:
    """A finding for every text that has such braces outside of tags and `raw`; and the names in one pair of braces."""
    found: list[Diagnostic] = []
    braced: list[SingleBraces] = []
    judged: dict[str, tuple[tuple[str, str] | None, list[str]]] = {}  # a text in many cells is looked at once
    for text, anchor in _texts(workbook):
        if text not in judged:
            judged[text] = _odd(text), [piece for piece in _outside(text) if _BRACE.search(piece)]
        odd, pieces = judged[text]
        if odd is None and not pieces:
            continue
        location = in_document(anchor)
        if odd is not None:
            found.append(diagnostic(odd[0], location, tag=odd[1]))
        for piece in pieces:
            braced += single_braces(piece, location)
    return found, tuple(with_locals(braced, judged))


def _texts(workbook: Workbook) -> Iterator[tuple[str, dict[str, str]]]:
    """Texts with braces, and where they stand: of cells, and of all beside them that is printed."""
    yield from ((text, anchor) for text, anchor in property_texts(workbook.package) if _BRACE.search(text))
    yield from shown_formats(workbook, _BRACE.search)
    part = workbook.part_of_kind("sharedStrings")
    shared: dict[bytes, str] = {}
    if part and _may_hold(workbook.package.read(part)):
        shared = {b"%d" % index: text for index, text in enumerate(workbook.shared_texts) if _BRACE.search(text)}
    for sheet in workbook.sheets:
        data = workbook.package.read(sheet.part)
        beside = _beside_cells(sheet.name, data), _of_links(workbook, sheet, data), _of_parts(workbook, sheet)
        yield from ((text, anchor) for text, anchor in chain(*beside) if _BRACE.search(text))
        if not sheet.worksheet:
            continue
        own = _may_hold(data)
        inline = own and b"inlineStr" in data
        if not shared and not own:
            continue
        for cell in _CELL.finditer(data):
            attributes = attributes_of(cell[1])
            kind = attributes.get(b"t")
            text = None
            if own and (formula := _FORMULA.search(cell[2])):
                text = literals_of(unescape(formula[1].decode("utf-8", "replace")))
            elif kind == b"s":
                index = _INDEX.search(cell[2])
                text = shared.get(index[1]) if index else None
            elif kind == b"inlineStr" and inline:
                text = unescape("".join(text.decode("utf-8", "replace") for text in _TEXT.findall(cell[2])))
            if text is not None and _BRACE.search(text):
                yield text, {"sheet": sheet.name, "cell": attributes.get(b"r", b"").decode()}


def _beside_cells(name: str, data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """A sheet's name, its headers and footers."""
    yield name, {"sheet": name}
    for side in HEADER.finditer(data, max(data.rfind(b"sheetData"), 0)):
        yield unescape(side[3].decode("utf-8", "replace")), {"sheet": name, "area": side[2].decode().lower()}


def _of_links(workbook: Workbook, sheet: Sheet, data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts and targets of a sheet's links, the texts of its rules."""
    tail = data[max(data.rfind(b"sheetData"), 0) :]
    for area, text in rule_texts(tail, tagged=False):
        yield text, {"sheet": sheet.name, "range": area.split(" ")[0]}
    if LINK.search(tail):
        for reference, texts in link_texts(tail, relationships(workbook.package, sheet.part)):
            yield from ((text, {"sheet": sheet.name, "cell": reference}) for text in texts)


def _of_parts(workbook: Workbook, sheet: Sheet) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of a sheet's comments and drawings."""
    for kind, part in related(workbook.package, sheet.part).values():
        if kind not in ("comments", "threadedComment", "drawing"):
            continue
        charts = related_parts(workbook.package, part, "chart") if kind == "drawing" else []
        for chart in (name for name in charts if _may_hold(workbook.package.read(name))):
            for nodes, _ in drawing_texts(workbook.package.xml(chart)):
                yield "".join(node.text or "" for node in nodes), {"sheet": sheet.name}
        if not _may_hold(data := workbook.package.read(part)):
            continue
        root = parse_xml(data, part=part)
        if kind == "drawing":
            for nodes, attributes in drawing_texts(root):
                yield "".join(node.text or "" for node in nodes), {"sheet": sheet.name}
                yield from ((element.get(name, ""), {"sheet": sheet.name}) for element, name in attributes)
            continue
        for row, column, nodes in comment_texts(root):
            place = {"cell": cell_name(row, column)} if row and column else {}
            yield "".join(node.text or "" for node in nodes), {"sheet": sheet.name, **place}


def _may_hold(data: bytes) -> bool:
    return any(mark in data for mark in _MARKS)


def _odd(text: str) -> tuple[str, str] | None:
    """Code and words of what is wrong with a text, outside of its tags."""
    if "｛" not in text and "}" not in text:
        return None
    for piece in _outside(text):
        if found := wide_braces(piece):
            return "excel-wide-braces", found
        if found := half_tag(piece):
            return "excel-half-tag", found
    tags = list(find_tags(text)) if has_tags(text) else []
    if tags and not any(tag.keyword == "raw" for tag in tags) and (found := brace_too_many(text, tags)):
        return "excel-half-tag", found
    return None


def _outside(text: str) -> Iterator[str]:
    """What stands between the tags of a text, and not within `raw`; nothing behind a tag that does not end."""
    if not has_tags(text):
        yield text
        return
    position, raw = 0, False
    for tag in find_tags(text):
        if not raw:
            yield text[position : tag.start]
        if not tag.closed:
            return
        raw = tag.keyword == "raw" or (raw and tag.keyword != "endraw")
        position = tag.end
    if not raw:
        yield text[position:]
