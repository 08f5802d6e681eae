"""Faults of WordprocessingML that its schemas do not express: ids, tables, ends of cells, stray text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from tests.support.finding import Finding

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT = {f"{W}{name}" for name in ("t", "delText", "instrText", "delInstrText", "fldData", "docPartName")}
BLOCKS = {f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}customXml", f"{W}altChunk"}


def findings(parts: Mapping[str, etree._Element]) -> Iterator[Finding]:
    """The faults of every part that holds paragraphs, and of ids across them."""
    stories = {
        name: root
        for name, root in parts.items()
        if root.tag in {f"{W}{kind}" for kind in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")}
    }
    yield from _ids(stories)
    for name, root in stories.items():
        yield from _stray_text(name, root)
        yield from _tables(name, root)
        yield from _bookmarks(name, root)
        yield from _fields(name, root)


def _ids(stories: Mapping[str, etree._Element]) -> Iterator[Finding]:
    """Ids must differ across the document; the fallback of a drawing repeats those of its choice."""
    seen: dict[tuple[str, str], str] = {}
    for name, root in stories.items():
        for element in root.iter(f"{WP}docPr", f"{W}bookmarkStart", f"{W}p", f"{W}tr", f"{W}sdt"):
            keys: list[tuple[str, str | None]] = []
            if element.tag == f"{WP}docPr":
                keys = [("docPr-id", element.get("id"))]
            elif element.tag == f"{W}bookmarkStart":
                label = element.get(f"{W}name", "").casefold()
                keys = [("bookmark-id", element.get(f"{W}id")), ("bookmark-name", label)]
            elif element.tag == f"{W}sdt":
                identity = element.find(f"{W}sdtPr/{W}id")
                keys = [("sdt-id", None if identity is None else identity.get(f"{W}val"))]
            else:
                keys = [("paraId", element.get(f"{W14}paraId"))]
            for kind, value in keys:
                if value is None or next(element.iterancestors(FALLBACK), None) is not None:
                    continue
                if (kind, value) in seen:
                    yield Finding(f"{kind}-twice", name, f"{value}, also in {seen[kind, value]}")
                seen[kind, value] = name


def _stray_text(name: str, root: etree._Element) -> Iterator[Finding]:
    """Text between elements is dropped by every reader."""
    for element in root.iter(etree.Element):
        if element.tag.startswith(W):
            if element.tag not in TEXT and (element.text or "").strip():
                yield Finding("stray-text", name, f"in {element.tag.removeprefix(W)}: {element.text!r}")
            parent = element.getparent()
            if parent is not None and parent.tag.startswith(W) and (element.tail or "").strip():
                yield Finding("stray-text", name, f"after {element.tag.removeprefix(W)}: {element.tail!r}")
        if element.tag in TEXT and len(element):
            yield Finding("element-in-text", name, etree.tostring(element, encoding="unicode")[:200])


def _tables(name: str, root: etree._Element) -> Iterator[Finding]:
    for cell in root.iter(f"{W}tc"):
        blocks = [child for child in cell if child.tag in BLOCKS]
        if not blocks:
            yield Finding("cell-without-paragraph", name, _text(cell))
        elif blocks[-1].tag not in (f"{W}p", f"{W}sdt", f"{W}customXml"):
            yield Finding("cell-ends-without-paragraph", name, _text(cell))
    for table in root.iter(f"{W}tbl"):
        rows = list(_rows(table))
        if not rows:
            yield Finding("table-without-rows", name, "")
        grid = table.find(f"{W}tblGrid")
        columns = 0 if grid is None else len(grid.findall(f"{W}gridCol"))
        above: dict[int, bool] = {}
        for number, row in enumerate(rows, 1):
            cells = list(_cells(row))
            if not cells:
                yield Finding("row-without-cells", name, f"row {number}")
            at = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            merged: dict[int, bool] = {}
            for cell in cells:
                properties = cell.find(f"{W}tcPr")
                merge = None if properties is None else properties.find(f"{W}vMerge")
                if merge is not None:
                    if merge.get(f"{W}val", "continue") == "continue" and not above.get(at):
                        yield Finding("merge-without-start", name, f"row {number}: {_text(cell)}")
                    merged[at] = True
                at += _number(None if properties is None else properties.find(f"{W}gridSpan"), 1)
            at += _number(row.find(f"{W}trPr/{W}gridAfter"), 0)
            if columns and at != columns:
                yield Finding("row-off-grid", name, f"row {number} spans {at} of {columns} columns: {_text(row)}")
            above = merged


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, those in content controls and tracked changes too, not those of nested tables."""
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}del"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _bookmarks(name: str, root: etree._Element) -> Iterator[Finding]:
    starts = [element.get(f"{W}id") for element in root.iter(f"{W}bookmarkStart")]
    ends = [element.get(f"{W}id") for element in root.iter(f"{W}bookmarkEnd")]
    for identity in set(starts) - set(ends):
        yield Finding("bookmark-without-end", name, str(identity))
    for identity in set(ends) - set(starts):
        yield Finding("bookmark-without-start", name, str(identity))


def _fields(name: str, root: etree._Element) -> Iterator[Finding]:
    """A field begins, may separate, and ends; an unfinished one swallows the rest of the document."""
    depth = 0
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if depth < 0:
            yield Finding("field-without-begin", name, "")
            depth = 0
    if depth:
        yield Finding("field-without-end", name, "")


def _number(element: etree._Element | None, missing: int) -> int:
    return missing if element is None else int(element.get(f"{W}val", missing))


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))[:80]
