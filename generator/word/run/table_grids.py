"""The grid of a rendered table: as wide as its widest row."""

from __future__ import annotations

from lxml import etree
from markupsafe import Markup

from generator.kept.lazy_patterns import lazy
from generator.ooxml.package import parse_xml, part_bytes
from generator.ooxml.stated_numbers import real, whole
from generator.ooxml.wordprocessing import MAIN, TC, TR, Element, W, ancestor, grid_span, rows, value_of
from generator.word.compile.tokens import GRID_FOLLOWS

_PREFIX = lazy(r"[\s<](?:/)?([A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED = lazy(r'xmlns:([\w.-]+)="([^"]*)"')


def table(content: str, grid: bool = False) -> Markup:
    """A table without rows is left out; where cells come and go its grid follows its rows."""
    content = str(content)
    if "<w:tr" not in content:
        return Markup("")
    if not grid:
        return Markup(content)
    declared = dict(_DECLARED.findall(content))
    prefixes = set(_PREFIX.findall(content)) - {"xml", "xmlns"}
    names = {prefix: MAIN if prefix == "w" else f"urn:prefix:{prefix}" for prefix in prefixes}
    head = "".join(
        f' xmlns:{prefix}="{uri}"' for prefix, uri in sorted(names.items()) if prefix not in declared or prefix == "w"
    )
    root = parse_xml(f"<x{head}>{content}</x>".encode())
    for element in root.iter(f"{W}tbl"):
        fix_grid(element)
    for element in list(root):
        if element.tag == f"{W}tbl" and next(rows(element), None) is None:
            root.remove(element)
    made = "".join(etree.tostring(child, encoding="unicode") for child in root)
    for prefix in names:
        if prefix not in declared or prefix == "w":
            made = made.replace(f' xmlns:{prefix}="{names[prefix]}"', "")
    return Markup(made)


def regridded(content: bytes, member: str) -> bytes:
    """A rendered part whose marked tables have the grid of their rows."""
    root = parse_xml(content, part=member)
    for mark in list(root.iter(etree.PI)):
        parent = mark.getparent()
        if parent is not None and str(mark.target) == GRID_FOLLOWS:  # type: ignore[attr-defined]  a processing instruction has one
            parent.remove(mark)
            fix_grid(parent)
    return part_bytes(root)


def fix_grid(table: Element) -> None:
    """Make a table's grid as wide as its widest row; rows without cells go, narrower ones leave the rest of the grid out.
    The table keeps its width."""
    widths: dict[Element, int] = {}
    for line in list(rows(table)):
        if line.find(f".//{TC}") is None:
            parent = line.getparent()
            assert parent is not None
            parent.remove(line)
            continue
        widths[line] = _width(line)
    grid = table.find(f"{W}tblGrid")
    if grid is None or not widths:
        return
    columns = grid.findall(f"{W}gridCol")
    wanted = max(widths.values())
    for line, width in widths.items():
        if width < wanted:
            _leave_out(line, wanted - width)
    if wanted == len(columns):
        return
    sizes = [int(real(column.get(f"{W}w", "0") or 0)) for column in columns]
    total = sum(sizes)
    if wanted > len(columns):  # docxtpl's arithmetic, so that both give the same widths
        new, old = total / wanted, total / max(1, len(columns))
        sizes = [int(size * new / old) if old else 0 for size in sizes] + [int(new)] * (wanted - len(columns))
    else:
        extra = sum(sizes[wanted:]) // wanted
        sizes = [size + extra for size in sizes[:wanted]]
    for column in columns:
        grid.remove(column)
    for index, size in enumerate(sizes):
        column = etree.Element(f"{W}gridCol")
        if total:
            column.set(f"{W}w", str(size))
        grid.insert(index, column)


def _leave_out(line: Element, columns: int) -> None:
    """Let a row end before the grid does."""
    properties = line.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        exceptions = line.find(f"{W}tblPrEx")
        line.insert(0 if exceptions is None else 1, properties)
    after = properties.find(f"{W}gridAfter")
    if after is None:
        after = etree.SubElement(properties, f"{W}gridAfter")
    after.set(f"{W}val", str(whole(after.get(f"{W}val", "0")) + columns))


def _width(line: Element) -> int:
    """How many columns of the grid a row covers, `gridBefore` and `gridAfter` with it."""
    width = 0
    for name in ("gridBefore", "gridAfter"):
        width += whole(value_of(line, "trPr", name) or "0")
    return width + sum(max(1, grid_span(cell)) for cell in line.iter(TC) if ancestor(cell, TR) is line)
