"""What a reader sees of a table's cells: its style, the style's formats of first rows, bands and corners, and what is stated directly.

ECMA-376 part 1, 17.7.6 (conditional formats of table styles) and 17.4.66 (borders of cells).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.compare.canonical import Properties
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple

SIDES = ("top", "left", "bottom", "right")
_NAMES = {"start": "left", "end": "right"}
_BORDERED = ("tcBorders", "tblBorders")
Region = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


class TableFormat(NamedTuple):
    """What a table style, or one of its conditional formats, states: of the table, its cells, their paragraphs and characters."""

    table: Properties = ()
    cell: Properties = ()
    paragraph: Properties = ()
    run: Properties = ()


@dataclass(frozen=True)
class TableStyle:
    """A table style through those that it is based on: what holds for the whole table, and by condition (`firstRow`, …)."""

    whole: tuple[TableFormat, ...] = ()
    conditional: Mapping[str, tuple[TableFormat, ...]] = field(default_factory=dict)


class CellLook(NamedTuple):
    """How a cell looks, and how it would look if it stated nothing itself.

    The properties are the four borders by side, `shd`, `vAlign` and the margins by side; `text` holds the formats that its
    paragraphs and characters have from the table's style, `shown` what plain text looks like by them.
    """

    seen: Properties
    base: Properties
    text: tuple[Properties, Properties] = ((), ())
    shown: tuple[Properties, Properties] = ((), ())


class TableLook:
    """The look of a table's cells.

    Args:
        style: its style.
        direct: its own properties.
        options: which conditional formats apply: `firstRow lastRow firstColumn lastColumn noHBand noVBand`.
        size: how many rows and grid columns it has.
    """

    def __init__(self, style: TableStyle, direct: Properties, options: Sequence[str], size: tuple[int, int]):
        self._style = style
        self._direct = dict(direct)
        self._options = frozenset(options)
        self._rows, self._columns = size
        stated: dict[str, Any] = {}
        for layer in style.whole:
            stated.update(layer.table)
        stated.update(self._direct)
        self._bands = tuple(_count(stated.get(name)) for name in ("tblStyleRowBandSize", "tblStyleColBandSize"))
        self._text: dict[tuple[str, ...], tuple[Properties, Properties]] = {}

    def cell(self, area: Region, own: Properties) -> CellLook:
        """The look of a cell that covers an area of the grid and states `own` itself."""
        base: dict[str, Any] = {}
        everywhere = (0, 0, self._rows - 1, self._columns - 1)
        regions = list(self._regions(area))
        for layer in self._style.whole:
            _put(base, layer.table, area, everywhere)
            _put(base, layer.cell, area, everywhere)
        for name, region in regions:
            for layer in self._style.conditional.get(name, ()):
                _put(base, layer.table, area, region)
                _put(base, layer.cell, area, region)
        _put(base, tuple(self._direct.items()), area, everywhere)
        seen = dict(base)
        _put(seen, own, area, area)
        return CellLook(_sorted(seen), _sorted(base), self._texts(tuple(name for name, _ in regions)))

    def _texts(self, names: tuple[str, ...]) -> tuple[Properties, Properties]:
        known = self._text.get(names)
        if known is None:
            layers = [*self._style.whole, *(f for name in names for f in self._style.conditional.get(name, ()))]
            paragraph, run = ({}, {})
            for layer in layers:
                paragraph.update(layer.paragraph)
                run.update(layer.run)
            known = self._text[names] = (tuple(sorted(paragraph.items())), tuple(sorted(run.items())))
        return known

    def _regions(self, area: Region) -> Iterator[tuple[str, Region]]:
        """The conditional formats that hold for a cell, the strongest last, each with the area that it holds for."""
        if not self._style.conditional:
            return
        top, left, bottom, right = area
        last_row, last_column = self._rows - 1, self._columns - 1
        head, foot = "firstRow" in self._options and top == 0, "lastRow" in self._options and bottom == last_row
        start = "firstColumn" in self._options and left == 0
        end = "lastColumn" in self._options and right == last_column
        if "noVBand" not in self._options and not start and not end:
            name, first, last = self._band("Vert", left, self._bands[1], "firstColumn")
            yield name, (0, first, last_row, min(last, last_column))
        if "noHBand" not in self._options and not head and not foot:
            name, first, last = self._band("Horz", top, self._bands[0], "firstRow")
            yield name, (first, 0, min(last, last_row), last_column)
        if start:
            yield "firstCol", (0, 0, last_row, right)
        if end:
            yield "lastCol", (0, left, last_row, last_column)
        if head:
            yield "firstRow", (0, 0, bottom, last_column)
        if foot:
            yield "lastRow", (top, 0, last_row, last_column)
        for name, there in (("nwCell", head and start), ("neCell", head and end), ("swCell", foot and start)):
            if there:
                yield name, area
        if foot and end:
            yield "seCell", area

    def _band(self, direction: str, position: int, size: int, head: str) -> tuple[str, int, int]:
        begins = 1 if head in self._options else 0
        index = (position - begins) // size
        first = begins + index * size
        return f"band{index % 2 + 1}{direction}", first, first + size - 1


def _count(value: Any) -> int:
    return int(value) if isinstance(value, str) and re.fullmatch(r"[1-9]\d?", value) else 1


def _sorted(found: Mapping[str, Any]) -> Properties:
    return tuple(sorted((name, value) for name, value in found.items() if value != ()))


def _put(found: dict[str, Any], stated: Properties, area: Region, region: Region) -> None:
    """Put what is stated of a region over what is known of a cell in it."""
    for name, value in stated:
        if name in _BORDERED:
            lines = dict(_children(value))
            for index, side in enumerate(SIDES):
                edge = area[index] == region[index]
                inner = "insideV" if side in ("left", "right") else "insideH"
                if (line := lines.get(side if edge else inner)) is not None:
                    found[side] = line
        elif name in ("tcMar", "tblCellMar"):
            found.update({f"{side}Mar": width for side, width in _children(value)})
        elif name == "shd":
            found["shd"] = () if _clear(value) else value
        elif name == "vAlign":
            found["vAlign"] = () if value == "top" else value


def _children(value: Any) -> list[tuple[str, Any]]:
    """The sides of borders or margins, each with what is stated of it; a border that is none is ()."""
    if not (isinstance(value, tuple) and len(value) == 4 and isinstance(value[2], tuple)):
        return []
    return [(_NAMES.get(str(child[0]), str(child[0])), _line(child[1])) for child in value[2]]


def _line(attributes: Any) -> Any:
    return () if dict(attributes).get("val") in ("nil", "none") else attributes


def _clear(shading: Any) -> bool:
    given = dict(shading) if isinstance(shading, tuple) else {"val": shading}
    return given.get("val", "clear") in ("clear", "nil") and "fill" not in given
