"""Comments, threaded comments and the boxes that show them; controls in the old drawing language (VML)."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from generator.excel.follow.control_copies import (
    ANCHOR,
    IDENTIFIER,
    SHAPE,
    ControlCopy,
    anchor_numbers,
    control_copies,
    linked,
)
from generator.excel.follow.formulas import Frame
from generator.excel.follow.layout import Origin
from generator.excel.follow.ranges import anchor, repeat, repeat_children
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import Area, rectangle
from generator.ooxml.escaping import escape
from generator.ooxml.package import copy_of, local
from generator.ooxml.stated_numbers import whole

_SPACE = "7b0c6f0e-6f8e-5d0b-9a67-1f6a2c9e4d35"


def follow_comments(root: etree._Element, frame: Frame) -> bool:
    """A comments part, changed in place: a comment in a loop is there for each instance."""
    authors = next((child for child in root if local(child) == "authors"), None)
    for group in root:
        if local(group) == "commentList":
            return repeat_children(group, frame.here, "ref", lambda twin, ref: _renew_comment(twin, ref, authors))
    return False


def follow_threads(root: etree._Element, frame: Frame) -> bool:
    """A threaded comments part, changed in place; copies get identifiers made from theirs and their cell."""

    def renew(twin: etree._Element, ref: str) -> None:
        for name in ("id", "parentId"):
            if text := twin.get(name):
                twin.set(name, _identifier(text, ref))

    return repeat_children(root, frame.here, "ref", renew)


def _renew_comment(twin: etree._Element, ref: str, authors: etree._Element | None) -> None:
    for name in [name for name in twin.attrib if str(name).endswith("}uid")]:
        twin.set(name, _identifier(twin.get(name, ""), ref))
    number = whole(twin.get("authorId", "0"))
    if authors is None or number >= len(authors):
        return
    author = authors[number].text or ""
    if author.startswith("tc="):  # the author of a threaded comment is its thread's identifier
        twin.set("authorId", str(len(authors)))
        entry = copy_of(authors[number])
        entry.text = "tc=" + _identifier(author[3:], ref)
        authors.append(entry)


def _identifier(text: str, ref: str) -> str:
    import uuid  # few workbooks have threads of comments

    return "{" + str(uuid.uuid5(uuid.UUID(_SPACE), f"{text.upper()} {ref}")).upper() + "}"


_ROW = lazy(rb"(<(?:\w+:)?Row>\s*)(\d+)(\s*</(?:\w+:)?Row>)")
_COLUMN = lazy(rb"(<(?:\w+:)?Column>\s*)(\d+)(\s*</(?:\w+:)?Column>)")
_LINK = lazy(rb"(<(?:\w+:)?(Fmla(?:Link|Range|Txbx|Group|Pict))>)([^<]*)(</)")
_MAP = lazy(rb'(<(?:\w+:)?idmap\s[^>]*?\bdata=")([\d,\s]*)(")', re.S)


def follow_vml(xml: bytes, frame: Frame) -> bytes:
    """A VML drawing: boxes of comments and old controls. It need not be well-formed XML, so it is edited as text."""
    sheet = frame.here
    controls = control_copies(xml, sheet)
    first_number = max((int(match[3]) for match in IDENTIFIER.finditer(xml)), default=1024)
    last = max([first_number, *(copy.number for copies in controls.values() for copy in copies)])

    def shape(match: re.Match[bytes]) -> bytes:
        nonlocal last
        text = match[0]
        row, column, number = _ROW.search(text), _COLUMN.search(text), IDENTIFIER.search(text)
        if number is not None and (found := controls.get(int(number[3]))) is not None:
            return b"".join(_control(text, copy, frame) for copy in found)
        text = _LINK.sub(lambda link: _linked(link, frame), text)
        if not sheet.moved:
            return text
        if b'ObjectType="Note"' not in text or row is None or column is None:
            return ANCHOR.sub(lambda found: found[1] + _boxed(found[2], sheet) + found[3], text)
        top, left = int(row[2]) + 1, int(column[2]) + 1
        copies = []
        for number, placed in enumerate(repeat(rectangle(top, left, top, left), sheet)):
            down, right = placed.box.top - top, placed.box.left - left
            twin = _ROW.sub(rb"\g<1>%d\g<3>" % (placed.box.top - 1), text)
            twin = _COLUMN.sub(rb"\g<1>%d\g<3>" % (placed.box.left - 1), twin)
            twin = ANCHOR.sub(lambda found, by=(down, right): found[1] + _shifted(found[2], *by) + found[3], twin)
            if number:
                last += 1
                twin = IDENTIFIER.sub(rb"\g<1>_x0000_s%d\g<4>" % last, twin)
            copies.append(twin)
        return b"".join(copies)

    written = SHAPE.sub(shape, xml)
    if last == first_number:
        return written

    def blocks(match: re.Match[bytes]) -> bytes:
        known = {int(number) for number in re.findall(rb"\d+", match[2])}
        known |= set(range(max(known, default=1), last // 1024 + 1))
        return match[1] + b",".join(b"%d" % number for number in sorted(known)) + match[3]

    return _MAP.sub(blocks, written, count=1)


def _control(text: bytes, copy: ControlCopy, frame: Frame) -> bytes:
    """One copy of a control."""
    text = _LINK.sub(lambda link: _linked(link, frame, copy.row, copy.column), text)
    text = ANCHOR.sub(lambda found: found[1] + _shifted(found[2], copy.down, copy.right) + found[3], text)
    return IDENTIFIER.sub(rb"\g<1>_x0000_s%d\g<4>" % copy.number, text)


def _linked(match: re.Match[bytes], frame: Frame, row: Origin | None = None, column: Origin | None = None) -> bytes:
    moved = linked(unescape(match[3].decode()), frame, match[2] == b"FmlaLink", row, column)
    return match[1] + escape(moved).encode() + match[4]


def _shifted(text: bytes, rows: int, columns: int) -> bytes:
    numbers = anchor_numbers(text)
    if numbers is None or (rows == 0 and columns == 0):
        return text
    for index in (0, 4):
        numbers[index] = max(numbers[index] + columns, 0)
    for index in (2, 6):
        numbers[index] = max(numbers[index] + rows, 0)
    return b", ".join(b"%d" % number for number in numbers)


def _boxed(text: bytes, sheet: SheetLayout) -> bytes:
    """An anchor of a control: its first corner goes with its cell, its size stays."""
    numbers = anchor_numbers(text)
    if numbers is None:
        return text
    top, left = numbers[2] + 1, numbers[0] + 1
    placed = next(repeat(_area(numbers), sheet), None)
    row, column = (placed.box.top, placed.box.left) if placed else anchor(top, left, sheet)
    return _shifted(text, row - top, column - left)


def _area(numbers: list[int]) -> Area:
    top, left = numbers[2] + 1, numbers[0] + 1
    return rectangle(top, left, max(numbers[6] + 1, top), max(numbers[4] + 1, left))
