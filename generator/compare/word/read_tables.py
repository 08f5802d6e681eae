"""Read the tables of a story over their grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from lxml import etree

from generator.compare.canonical import Properties, properties, tree, value
from generator.compare.package_facts import Parts
from generator.compare.word.block_elements import attribute, inner_blocks
from generator.compare.word.document_model import Block, Cell, Paragraph, Row, Table
from generator.compare.word.document_styles import Styles
from generator.compare.word.table_looks import CellLook, TableLook
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.package import local
from generator.ooxml.stated_numbers import Misstated, whole
from generator.ooxml.wordprocessing import W


class Story(Protocol):
    """The story that a table stands in."""

    parts: Parts
    styles: Styles
    under: tuple[Properties, Properties]
    hidden: bool

    def blocks(self, container: etree._Element) -> tuple[Block, ...]:
        """The blocks of a cell."""
        ...


@dataclass
class _Place:
    """A cell's element on the grid; `parts` are the cells that are merged into it."""

    element: etree._Element
    format: etree._Element | None
    row: int
    column: int
    span: int
    parts: list[etree._Element]


def read_table(story: Story, element: etree._Element) -> Table:
    """One table over its grid."""
    own = element.find(W + "tblPr")
    grid = tuple(c.get(W + "w", "") for g in element.iterfind(W + "tblGrid") for c in g if local(c) == "gridCol")
    style = attribute(own.find(W + "tblStyle")) if own is not None else None
    lines = list(_unwrapped(element, "tr"))
    places, order = _laid_out(lines)
    width = max([len(grid), *(place.column + place.span for row in places for place in row)])
    direct = _table_format(own)
    looks = None
    if story.parts.effective:
        options = str(dict(direct).get("tblLook", "")).split()
        looks = TableLook(story.styles.table_style(style), direct, options, (len(lines), width))
    cells: dict[int, Cell] = {}
    outer = story.under, story.hidden
    for place, part in order:  # as they are written: lists count on through them
        area = (place.row, place.column, place.row + len(place.parts), place.column + place.span - 1)
        look = None if looks is None else looks.cell(area, properties(place.format))
        if look is not None:
            look = look._replace(shown=story.styles.plain_text(*look.text))
        story.under = ((), ()) if look is None else look.text
        if part is None:
            cells[id(place)] = _cell(story, place, look)
        else:
            story.hidden = True
            hidden = story.blocks(part)
            story.hidden = outer[1]
            known = cells[id(place)]
            cells[id(place)] = replace(known, swallowed=(*known.swallowed, *hidden))
    story.under = outer[0]
    rows: list[Row] = []
    for line, row in zip(lines, places, strict=True):
        form = line.find(W + "trPr")
        header = form is not None and any(local(p) == "tblHeader" and value(p) for p in form)
        rows.append(Row(tuple(cells[id(place)] for place in row), _row_format(line, form), header))
    seen = story.styles.seen_table(style, direct) if story.parts.effective else direct
    return Table(story.styles.name(style, "table"), grid, tuple(rows), seen)


def _laid_out(lines: list[etree._Element]) -> tuple[list[list[_Place]], list[tuple[_Place, etree._Element | None]]]:
    """The cells of each row that begin in it, and all cells as they are written: those merged into others with their element."""
    rows: list[list[_Place]] = []
    order: list[tuple[_Place, etree._Element | None]] = []
    open_merges: dict[tuple[int, int], _Place] = {}  # (column, span) -> its first cell
    for number, row in enumerate(lines):
        form = row.find(W + "trPr")
        column = _cells_of(form.find(W + "gridBefore"), 0) if form is not None else 0
        begun: list[_Place] = []
        merges: dict[tuple[int, int], _Place] = {}
        for cell in _unwrapped(row, "tc"):
            own = cell.find(W + "tcPr")
            span = _cells_of(own.find(W + "gridSpan"), 1) if own is not None else 1
            merge = own.find(W + "vMerge") if own is not None else None
            vertical = None if merge is None else merge.get(W + "val", "continue")
            key = (column, span)
            if vertical == "continue" and key in open_merges:
                place = merges[key] = open_merges[key]
                place.parts.append(cell)
                order.append((place, cell))
            else:
                place = _Place(cell, own, number, column, span, [])
                if vertical is not None:
                    merges[key] = place
                begun.append(place)
                order.append((place, None))
            column += span
        open_merges = merges
        rows.append(begun)
    return rows, order


def _cell(story: Story, place: _Place, look: CellLook | None) -> Cell:
    blocks = story.blocks(place.element)
    text = "\n".join(
        b.text if isinstance(b, Paragraph) else "\n".join(c.text for r in b.rows for c in r.cells) for b in blocks
    )
    form = properties(place.format, ("gridSpan", "vMerge"))
    return Cell(place.row, place.column, 1 + len(place.parts), place.span, blocks, form, text, (), look)


def _unwrapped(container: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for element in inner_blocks(container):
        if local(element) == wanted:
            yield element


def _row_format(row: etree._Element, own: etree._Element | None) -> Properties:
    found = list(properties(own, ("gridBefore", "gridAfter", "wBefore", "wAfter", "tblHeader", "ins", "del")))
    exception = row.find(W + "tblPrEx")
    if exception is not None:
        found.append(("tblPrEx", tree(exception, order=False)))
    return tuple(found)


def _table_format(own: etree._Element | None) -> Properties:
    found = dict(properties(own, ("tblStyle",)))
    if own is not None and (look := own.find(W + "tblLook")) is not None:
        flags = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")  # from bit 5 on
        bits = look.get(W + "val", "")
        number = int(bits, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", bits) else 0
        on = [
            name
            for bit, name in enumerate(flags, 5)
            if (look.get(W + name) in ("1", "true", "on") if look.get(W + name) is not None else number >> bit & 1)
        ]
        found["tblLook"] = " ".join(on)
    return tuple(sorted(found.items()))


def _cells_of(element: etree._Element | None, otherwise: int) -> int:
    """A count of grid columns; Word has no more than 63.

    Raises:
        Misstated: it is none.
    """
    count = whole(attribute(element) or otherwise)
    if count > 1000:
        raise Misstated(count)
    return max(count, otherwise)
