"""A sheet's XML cut into rows and cells, byte for byte.

Every row and cell keeps its own bytes, so what no tag touches is written back as its author's program wrote it. Expat
gives the positions; a DOCTYPE is refused, so there are no entities to resolve. The format is ECMA-376 part 1, 18.3.1.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container
from html import unescape
from operator import attrgetter
from typing import Any
from xml.parsers import expat

from lxml import etree

from generator.diagnostics import InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import column_letters, column_number
from generator.ooxml.plain_xml import in_plain_xml
from generator.ooxml.stated_numbers import real, whole

_number_of = attrgetter("number")
_TAG = lazy(rb"""<[^\s/>]+((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>""", re.S)
_ATTRIBUTE = lazy(rb"""(?<!\s)\s++([^\s=]++)\s*+=\s*+("[^"]*"|'[^']*')""", re.S)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of rich text: its properties as XML (`<rPr>…</rPr>`, or empty) and its text."""

    properties: bytes
    text: str


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a template.

    Args:
        row, column: from 1.
        style: its index in the workbook's cell formats.
        kind: its `t` attribute: "n", "s", "str", "inlineStr", "b", "e", "d".
        start: its start tag as it is written, without its end, with a NUL for its row number.
        inner: what stands between its start and its end tag.
        formula: it holds a formula.
    """

    row: int
    column: int
    style: int
    kind: str
    start: bytes
    inner: bytes
    formula: bool = False

    @property
    def value(self) -> str:
        """The text of its `<v>`, "" if it has none."""
        match = re.search(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</", self.inner)
        return unescape(match[1].decode()) if match else ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a template: its number from 1, its start tag as a cell's, its cells by column, its height in points."""

    number: int
    start: bytes
    cells: tuple[SourceCell, ...]
    height: float | None = None
    fixed_height: bool = False


@dataclass(frozen=True, slots=True)
class SheetXml:
    """A worksheet part: everything up to the rows, the rows, everything behind them.

    Args:
        head: up to and with `<sheetData>`.
        tail: from `</sheetData>` on.
        prefix: what stands before the names of its elements, `b""` or `b"x:"`.
        unread: it has rows that were not cut, since they hold neither tags nor formulas.
    """

    head: bytes
    rows: tuple[SourceRow, ...]
    tail: bytes
    prefix: bytes = b""
    unread: bool = False

    @property
    def empty(self) -> bool:
        """Whether it has no rows."""
        return not self.rows and not self.unread

    def rows_within(self, first: int, last: int) -> tuple[SourceRow, ...]:
        """The rows from one number to another; they stand in the order of their numbers."""
        begin = bisect_left(self.rows, first, key=_number_of)
        return self.rows[begin : bisect_right(self.rows, last, lo=begin, key=_number_of)]


def attributes_of(start: bytes) -> dict[bytes, bytes]:
    """The attributes of a start tag, values without quotes and still escaped."""
    match = _TAG.match(start)
    return {name: value[1:-1] for name, value in _ATTRIBUTE.findall(match[1])} if match else {}


@dataclass(slots=True)
class _Reader:
    data: bytes
    name: str
    part: str
    parser: Any = None
    rows: list[SourceRow] = field(default_factory=list)
    cells: list[SourceCell] = field(default_factory=list)
    depth: int = 0
    inside: int = 0  # depth of sheetData
    head_end: int = 0
    tail_start: int = 0
    after_empty: int = 0  # where `<sheetData/>` ends
    prefix: bytes = b""
    row_start: int = 0
    cell_start: int = 0
    formula: bool = False
    row_number: int = 0
    column: int = 0
    position: int = 0

    def refuse(self, code: str, reason: str = "") -> InvalidDocument:
        return InvalidDocument([diagnostic(code, name=self.name or "(bytes)", part=self.part, reason=reason)])

    def read(self, cut: bool = True) -> SheetXml:
        """The sheet; without `cut` it is only judged.

        Raises:
            InvalidDocument: it is no well-formed XML, holds a DOCTYPE, or its cells are out of order.
        """
        self.parser = expat.ParserCreate()
        if cut:
            self.parser.StartElementHandler = self.start
            self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as fault:
            raise self.refuse("xml-damaged", str(fault)) from None
        finally:
            self.parser = None  # it holds this object, and would keep both
        if cut and not self.tail_start:
            raise self.refuse("xml-damaged", "sheetData")
        head, tail = self.data[: self.head_end], self.data[self.tail_start :]
        if self.after_empty:
            head += b"<%bsheetData>" % self.prefix
            tail = b"</%bsheetData>" % self.prefix + self.data[self.after_empty :]
        return SheetXml(head, tuple(self.rows), tail, self.prefix)

    def start(self, tag: str, _: object) -> None:
        self.depth += 1
        local = tag.rpartition(":")[2]
        position = self.parser.CurrentByteIndex
        if not self.inside:
            if local == "sheetData" and self.depth == 2:
                self.inside = self.depth
                self.prefix = tag[: -len(local)].encode()
                _, self.head_end, empty = self.start_tag(position)
                if empty:
                    self.head_end, self.after_empty = position, self.head_end
        elif self.depth == self.inside + 1:
            self.row_start = position
            self.cells = []
            self.column = 0
            found = dict(self.start_tag(position)[0])
            number = whole(found[b"r"][1:-1]) if b"r" in found else self.row_number + 1
            if number <= self.row_number:
                raise self.refuse("xml-damaged", f"row {number} after row {self.row_number}")
            self.row_number = number
        elif self.depth == self.inside + 2:
            self.cell_start = position
            self.formula = False
        elif self.depth == self.inside + 3 and local == "f":
            self.formula = True

    def end(self, _: str) -> None:
        position = self.parser.CurrentByteIndex
        if self.inside:
            if self.depth == self.inside + 2:
                self.cells.append(_cell(self, position))
            elif self.depth == self.inside + 1:
                self.rows.append(_row(self))
            elif self.depth == self.inside:
                self.tail_start = position
                self.inside = -1_000_000
        self.depth -= 1

    def doctype(self, *_: object) -> None:
        raise self.refuse("xml-doctype")

    def start_tag(self, position: int) -> tuple[list[tuple[bytes, bytes]], int, bool]:
        match = _TAG.match(self.data, position)
        assert match is not None, "expat accepted the tag"
        return _ATTRIBUTE.findall(match[1]), match.end(), bool(match[2])


_STRING = lazy(rb't="s"[^<>]*><(?:\w+:)?v>(\d+)<')
_ROWS = lazy(rb"<(\w+:)?sheetData(?:\s[^>]*)?>")
_BRACE = lazy(rb"\{|&#(?:123|[xX]7[bB]);")


def holds_nothing(data: bytes, tagged: Container[int]) -> bool:
    """Whether a worksheet's cells hold neither tags nor formulas, by a look at its bytes.

    Args:
        data: the part's bytes.
        tagged: the shared strings that hold tags, by index.
    """
    return (
        data[:2] not in (b"\xff\xfe", b"\xfe\xff")
        and not re.search(rb"<(?:\w+:)?f[\s>/]", data)
        and not _BRACE.search(data)
        and all(int(index) not in tagged for index in set(_STRING.findall(data)))
    )


def read_sheet(data: bytes, name: str = "", part: str = "", tagged: Container[int] | None = None) -> SheetXml:
    """Cut a worksheet part into rows and cells.

    Args:
        data: the part's bytes.
        name, part: of the workbook and the part, for findings.
        tagged: the shared strings that hold tags, by index; a sheet without tags and formulas is then not cut, only judged.

    Raises:
        InvalidDocument: it is no well-formed XML, holds a DOCTYPE, or its cells are out of order.
    """
    data = in_plain_xml(data, name, part)
    start = _ROWS.search(data)
    if tagged is not None and start is not None and holds_nothing(data, tagged):
        _Reader(data, name, part).read(cut=False)
        close = data.rfind(b"</%bsheetData" % (start[1] or b""))
        if close > 0 and not start[0].endswith(b"/>"):
            unread = bool(data[start.end() : close].strip())
            return SheetXml(data[: start.end()], (), data[close:], start[1] or b"", unread)
    return _Reader(data, name, part).read()


def _cell(reader: _Reader, end: int) -> SourceCell:
    found, inner_start, empty = reader.start_tag(reader.cell_start)
    column, style, kind = reader.column + 1, 0, "n"
    for name, quoted in found:
        if name == b"r":
            column = column_number(quoted[1:-1].decode().rstrip("0123456789"))
        elif name == b"s":
            style = whole(quoted[1:-1])
        elif name == b"t":
            kind = quoted[1:-1].decode()
    if column <= reader.column:
        reason = f"column {column} after column {reader.column} in row {reader.row_number}"
        raise reader.refuse("xml-damaged", reason)
    reader.column = column
    inner = b"" if empty else reader.data[inner_start:end]
    start = _numbered(reader.data[reader.cell_start : inner_start], column_letters(column).encode() + b"\0")
    return SourceCell(reader.row_number, column, style, kind, start, inner, reader.formula)


def _row(reader: _Reader) -> SourceRow:
    found, end, _ = reader.start_tag(reader.row_start)
    attributes = {name: quoted[1:-1] for name, quoted in found}
    height = real(attributes[b"ht"]) if b"ht" in attributes else None
    fixed = attributes.get(b"customHeight") in (b"1", b"true")
    start = _numbered(reader.data[reader.row_start : end], b"\0")
    return SourceRow(reader.row_number, start, tuple(reader.cells), height, fixed)


def _numbered(tag: bytes, reference: bytes) -> bytes:
    """A start tag without its end, with another reference."""
    tag = tag[:-1].removesuffix(b"/").rstrip()
    changed, count = re.subn(
        rb"""(\s)r\s*=\s*(?:"[^"]*"|'[^']*')""", lambda match: match[1] + b'r="%b"' % reference, tag, count=1
    )
    if count:
        return changed
    name = re.match(rb"<[^\s/>]+", tag)
    assert name is not None
    return name[0] + b' r="%b"' % reference + tag[name.end() :]


def without(start: bytes, *names: bytes) -> bytes:
    """A start tag without some of its attributes."""
    for name in names:
        start = re.sub(rb"""\s%b\s*=\s*(?:"[^"]*"|'[^']*')""" % name, b"", start, count=1)
    return start


def rich_runs(item: etree._Element) -> list[Run]:
    """The runs of an `<si>` or `<is>` element; phonetic readings are left out."""
    space = item.tag.rpartition("}")[0] + "}" if "}" in item.tag else ""
    runs = []
    for child in item:
        if child.tag == space + "t":
            runs.append(Run(b"", child.text or ""))
        elif child.tag == space + "r":
            properties = child.find(space + "rPr")
            runs.append(
                Run(
                    b"" if properties is None else _plain(properties),
                    "".join(text.text or "" for text in child.findall(space + "t")),
                )
            )
    return runs


def _plain(element: etree._Element) -> bytes:
    """An element as XML without prefixes or namespace declarations, for use inside a sheet of the default namespace."""
    etree.cleanup_namespaces(element)
    text = etree.tostring(element, encoding="utf-8", with_tail=False)
    return re.sub(rb'\sxmlns(?::\w+)?="[^"]*"|(?<=<)\w+:|(?<=</)\w+:', b"", text)
