"""Pages in tables of contents and in references to pages: what a program that lays the document out says of them.

A field PAGEREF (ECMA-376 part 1 §17.16.5.44) shows the page of a bookmark. A *sounding* is the document with one more
paragraph for each such bookmark, behind all else, that names its page; the program prints it, and what it printed is put
into the fields of the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from generator.figures.list_numerals import list_numeral
from generator.kept.light_classes import dataclass
from generator.ooxml.package import open_package, part_bytes
from generator.ooxml.relationships import main_document
from generator.ooxml.word_fields import Instruction
from generator.ooxml.wordprocessing import BODY, Element, P, W, insert_before
from generator.ooxml.zip_written import build
from generator.word.run.contents_entries import put_page, put_text
from generator.word.run.contents_fields import UNREAD, contents_fields, is_whole
from generator.word.run.field_results import results_of, show

_FORMATS = {"arabic": "decimal", "ROMAN": "upperRoman", "roman": "lowerRoman", "ArabicDash": "numberInDash"}
_SOUNDED = re.compile(r"\[pageref-(\d+)=(\d+)\]")
_WIDTH = "88"  # stands for pages that are not known yet: most have two digits


@dataclass(frozen=True, slots=True)
class Sounding:
    """A document that says on which pages its bookmarks stand.

    Args:
        content: the document.
        marks: the bookmarks, in the order in which they are asked for.
    """

    content: bytes
    marks: tuple[str, ...]


def sounding(content: bytes) -> Sounding | None:
    """The document that is laid out to know the pages; None where nothing asks for any."""
    package = open_package(content, own=True)
    main = main_document(package)
    if b"PAGEREF" not in package.read(main):
        return None
    root = package.xml(main)
    names = {mark.get(f"{W}name", "") for mark in root.iter(f"{W}bookmarkStart")}
    fields = [(one, asked) for one in results_of(root) if (asked := _asked(one.told))]
    marks = tuple(dict.fromkeys(name for _, (name, _) in fields if name in names))
    body = root.find(BODY)
    if not marks or body is None:
        return None
    for one, _ in fields:
        if not "".join(node.text or "" for node in one.texts).strip():
            show(one, _WIDTH)
    last = body.find(f"{W}sectPr")
    for number, name in enumerate(marks):
        insert_before(body, _line(number, name), last)
    return Sounding(build(package, {main: part_bytes(root)}), marks)


def sounded(found: Sounding, text: str) -> dict[str, int]:
    """Bookmark -> its page, as the program that laid the document out printed them.

    Args:
        found: what was laid out.
        text: the text of its last pages.
    """
    said = {int(number): int(page) for number, page in _SOUNDED.findall("".join(text.split()))}
    return {name: said[number] for number, name in enumerate(found.marks) if number in said}


def with_pages(content: bytes, pages: Mapping[str, int]) -> tuple[bytes, list[str]]:
    """The document with the pages in its fields, and the bookmarks whose page is not known.

    A table of contents in which every page is known is not marked for refreshing any more: Word asks at opening about one
    that is.

    Args:
        content: the document.
        pages: bookmark -> its page.
    """
    package = open_package(content, own=True)
    main = main_document(package)
    root = package.xml(main)
    sections = _sections(root)
    unknown: list[str] = []
    for one in results_of(root):
        if (asked := _asked(one.told)) is None:
            continue
        name, form = asked
        form = sections.get(name, "") if form is None else form
        if name not in pages or not form or not one.texts:
            unknown.append(name)
            continue
        show(one, list_numeral(pages[name], form))
    for table in contents_fields(root):
        told = [one.told for paragraph in table.paragraphs for one in results_of(paragraph)]
        inside = {one.argument for one in told if one.keyword == "PAGEREF"}
        read = is_whole(table) and not UNREAD & table.told.switches.keys()
        mark = table.begin.find(f"{W}fldChar")
        if mark is not None and read and not inside & {*unknown}:
            mark.attrib.pop(f"{W}dirty", "")
    return build(package, {main: part_bytes(root)}), list(dict.fromkeys(unknown))


def _asked(told: Instruction) -> tuple[str, str | None] | None:
    """The bookmark whose page a field shows, and the format that it asks for; None for another field.

    The format is None for that of the bookmark's section, "" for one that is not written here.
    """
    if told.keyword != "PAGEREF" or not told.argument or "p" in told.switches:
        return None  # \p says "above" or "below"
    forms = told.formats
    return told.argument, _FORMATS.get(forms[-1], _FORMATS.get(forms[-1].lower(), "")) if forms else None


def _sections(root: Element) -> dict[str, str]:
    """Bookmark -> the number format of the pages of its section, "" of one that counts by chapter."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    for element in root.iter(f"{W}bookmarkStart", f"{W}sectPr"):
        if element.tag == f"{W}bookmarkStart":
            waiting.append(element.get(f"{W}name", ""))
            continue
        numbers = element.find(f"{W}pgNumType")
        form = "decimal" if numbers is None else numbers.get(f"{W}fmt", "decimal")
        if numbers is not None and numbers.get(f"{W}chapStyle"):
            form = ""
        found |= dict.fromkeys(waiting, form)
        waiting = []
    return dict.fromkeys(waiting, "decimal") | found


def _line(number: int, name: str) -> Element:
    """The paragraph that says on which page a bookmark stands; the first begins a page."""
    paragraph = etree.Element(P)
    properties = etree.SubElement(paragraph, f"{W}pPr")
    if not number:
        etree.SubElement(properties, f"{W}pageBreakBefore")
    put_text(paragraph, None, f"[pageref-{number}=")
    put_page(paragraph, None, name, "0")
    put_text(paragraph, None, "]")
    return paragraph
