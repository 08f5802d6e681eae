"""Tags where nothing prints them: in number formats and other parts beside the sheets. They would stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from generator.diagnostics import Diagnostic, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.diagnostics.wording import workbook_words as words
from generator.excel.compile.unprinted_texts import unprinted
from generator.excel.read.sheet_xml import attributes_of
from generator.excel.read.workbook import Workbook
from generator.kept.lazy_patterns import lazy
from generator.template.tags import find_tags, has_tags

_FORMAT = lazy(rb"""<(?:\w+:)?numFmt\s[^>]*?formatCode\s*=\s*("[^"]*"|'[^']*')""")
_CELL_FORMATS = lazy(rb"<(?:\w+:)?cellXfs\b[^>]*+(?<!/)>.*?</(?:\w+:)?cellXfs", re.S)
_FORMAT_OF = lazy(rb"<(?:\w+:)?xf\s[^>]*>")
_CELL = lazy(rb"<(?:\w+:)?c\s[^>]*>")


def left_tags(workbook: Workbook) -> Iterator[Diagnostic]:
    """A finding for every text with tags that no sheet's program prints."""
    for text, anchor in shown_formats(workbook, has_tags):
        yield _finding(text, words.NUMBER_FORMAT, in_document(anchor))
    for text, what, anchor in unprinted(workbook):
        yield _finding(text, what, in_document(anchor) if anchor else Location())


def shown_formats(workbook: Workbook, wanted: Callable[[str], object]) -> Iterator[tuple[str, dict[str, str]]]:
    """The number formats that are wanted, each with the first cell that it shows; not those that show none."""
    styles = workbook.part_of_kind("styles")
    for match in _FORMAT.finditer(workbook.package.read(styles) if styles else b""):
        text = unescape(match[1][1:-1].decode())
        if wanted(text) and (anchor := _first_cell(workbook, attributes_of(match[0] + b">").get(b"numFmtId", b""))):
            yield text, anchor


def _first_cell(workbook: Workbook, number_format: bytes) -> dict[str, str] | None:
    """The first cell that a number format shows; None if it shows none."""
    styles = workbook.package.read(workbook.part_of_kind("styles"))
    formats = _CELL_FORMATS.search(styles)
    found = [attributes_of(one[0]).get(b"numFmtId") for one in _FORMAT_OF.finditer(formats[0] if formats else b"")]
    wanted = {b"%d" % index for index, one in enumerate(found) if one == number_format}
    for sheet in workbook.sheets:
        for match in _CELL.finditer(workbook.package.read(sheet.part)) if sheet.worksheet else ():
            attributes = attributes_of(match[0])
            if attributes.get(b"s") in wanted:
                return {"sheet": sheet.name, "cell": attributes.get(b"r", b"").decode()}
    return None


def _finding(text: str, what: Text, location: Location) -> Diagnostic:
    return diagnostic("excel-tag-left", location, tag=next(find_tags(text)).text, what=what)
