"""References in spreadsheet formulas: read, shifted (shared formulas), compared where rows and columns moved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.compare.align import Axis
from generator.compare.excel.workbook_model import Area
from generator.kept.light_classes import replace
from generator.ooxml.addresses import (
    MAX_COLUMNS,
    MAX_ROWS,
    parse_area,
    quote_sheet,
    rectangle,
    shift_area,
    write_area,
)
from generator.ooxml.addresses import Area as CellArea

_LONGEST = 8_192  # characters of a formula
_OPERATOR = r"([,;+\-*/^&=<>(){}])"
_SPACES_BEHIND, _SPACES_BEFORE = re.compile(_OPERATOR + r"\s+"), re.compile(r"(?<!\s)\s+" + _OPERATOR)
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<structured>(?<!\w)\w*\[(?:[^\[\]]|\[[^\[\]]*\])*\](?!['\w!]))
    |(?P<sheet>'(?:[^']|'')+'!|(?<![\w.\[\]])[\w.\[\]]+(?::[\w.]+)?!)?
     (?<![\w.])(?P<ref>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?
     |\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})(?![\w.(!])""",
    re.VERBOSE,
)


def area_name(area: Area) -> str:
    """`(4, 1, 7, 1)` is `A4:A7`; a single cell is `A4`."""
    return write_area(rectangle(*area))


def read_area(text: str) -> Area:
    """The area of `A4:A7`, `A4`, `4:7` or `A:B`.

    Raises:
        ValueError: it is no area.
    """
    area = parse_area(text)
    if area is None:
        raise ValueError(text)
    return _numbers(area)


def _numbers(area: CellArea) -> Area:
    top, left, bottom, right = area.top, area.left, area.bottom, area.right
    rows = (top.number, bottom.number) if top and bottom else (1, MAX_ROWS)
    columns = (left.number, right.number) if left and right else (1, MAX_COLUMNS)
    return rows[0], columns[0], rows[1], columns[1]


class Reference(NamedTuple):
    """A reference of a formula: its sheet as written without quotes, or None, and the cells there."""

    sheet: str | None
    cells: CellArea

    @property
    def area(self) -> Area:
        """Its rows and columns."""
        return _numbers(self.cells)

    @property
    def shape(self) -> tuple[bool | None, ...]:
        """Which of its ends are absolute, or not there; whether it is one cell."""
        ends = (self.cells.top, self.cells.left, self.cells.bottom, self.cells.right)
        return (self.cells.single, *(None if end is None else end.absolute for end in ends))


@lru_cache(maxsize=50_000)
def pieces(formula: str) -> tuple[str | Reference, ...]:
    """A formula as literals and references; one that is longer than Excel takes as one literal."""
    if len(formula) > _LONGEST:
        return (formula,)
    found: list[str | Reference] = []
    last = 0
    for match in _TOKEN.finditer(formula):
        cells = parse_area(match["ref"]) if match["ref"] else None
        if cells is None:
            continue
        sheet = match["sheet"]
        if sheet is not None:
            sheet = sheet[1:-2].replace("''", "'") if sheet.startswith("'") else sheet[:-1]
        found.append(_literal(formula[last : match.start()]))
        found.append(Reference(sheet, cells))
        last = match.end()
    found.append(_literal(formula[last:]))
    return tuple(found)


def _literal(text: str) -> str:
    """Blanks beside operators and prefixes of newer functions say nothing."""
    if '"' in text:
        return text
    text = _SPACES_BEFORE.sub(r"\1", _SPACES_BEHIND.sub(r"\1", text))
    return text.replace("_xlfn.", "").replace("_xlws.", "")


def _text(reference: Reference) -> str:
    """A reference as formulas write it."""
    body = write_area(reference.cells)
    return body if reference.sheet is None else f"{quote_sheet(reference.sheet)}!{body}"


def shift(formula: str, down: int, right: int) -> str:
    """A shared formula as it reads so many rows below and columns to the right of where it is written."""
    out: list[str] = []
    for piece in pieces(formula):
        if isinstance(piece, str):
            out.append(piece)
            continue
        moved = shift_area(piece.cells, down, right)
        out.append("#REF!" if moved is None else _text(piece._replace(cells=moved)))
    return "".join(out)


class Grid(NamedTuple):
    """Where an old sheet went: its new name, where its rows and columns went."""

    name: str
    rows: Axis
    columns: Axis

    @property
    def identity(self) -> bool:
        """Nothing moved."""
        return self.rows.identity and self.columns.identity

    def same(self, old: Area, new: Area) -> bool:
        """Whether two areas hold the same cells."""
        if self.identity:
            return old == new
        return self.rows.same(old[0], old[2], new[0], new[2], MAX_ROWS) and self.columns.same(
            old[1], old[3], new[1], new[3], MAX_COLUMNS
        )

    def stands(self, old: tuple[int, int], new: tuple[int, int]) -> bool:
        """Whether what stood at one cell still stands there: it went with its cell, or stayed while rows changed places."""
        return (self.rows.map(old[0]), self.columns.map(old[1])) == new or (
            old == new and (self.rows.permuted or self.columns.permuted)
        )


Grids = Mapping[str, Grid]  # by old sheet name


def same_formula(old: str, new: str, sheet: str, grids: Grids) -> bool:
    """Whether two formulas say the same, now that rows, columns and sheets are where they are.

    Args:
        old, new: the formulas.
        sheet: the old sheet that the old formula stands on.
        grids: where each old sheet went.
    """
    a, b = pieces(old), pieces(new)
    if len(a) != len(b):
        return False
    for x, y in zip(a, b, strict=True):
        if isinstance(x, str) or isinstance(y, str):
            if x != y:
                return False
            continue
        if x.shape != y.shape:
            return False
        grid = grids.get(sheet if x.sheet is None else x.sheet)
        expected = x.sheet if x.sheet is None or grid is None else grid.name
        if (
            y.sheet != expected and y.sheet != x.sheet
        ):  # a sheet was renamed behind the formula's back: it says what it said
            return False
        if (x.area != y.area) if grid is None else not grid.same(x.area, y.area):
            return False
    return True


def followed(formula: str, sheet: str, grids: Grids) -> str:
    """An old formula as it reads where its rows, columns and sheets are now; what is gone is `#REF!`."""

    def follow(reference: Reference) -> Reference | None:
        name = sheet if reference.sheet is None else reference.sheet
        grid = grids.get(name)
        if grid is None:
            return reference
        cells = reference.cells
        top, left, bottom, right = cells.top, cells.left, cells.bottom, cells.right
        if top and bottom:
            rows = _ends(grid.rows, top.number, bottom.number, MAX_ROWS)
            if rows is None:
                return None
            cells = replace(cells, top=top._replace(number=rows[0]), bottom=bottom._replace(number=rows[1]))
        if left and right:
            columns = _ends(grid.columns, left.number, right.number, MAX_COLUMNS)
            if columns is None:
                return None
            cells = replace(cells, left=left._replace(number=columns[0]), right=right._replace(number=columns[1]))
        return Reference(None if reference.sheet is None else grid.name, cells)

    written: list[str] = []
    for piece in pieces(formula):
        where = piece if isinstance(piece, str) else follow(piece)
        written.append("#REF!" if where is None else where if isinstance(where, str) else _text(where))
    return "".join(written)


def _ends(axis: Axis, low: int, high: int, limit: int) -> tuple[int, int] | None:
    images = [new for position in (low, high) if (new := position if position == limit else axis.map(position))]
    return (min(images), max(images)) if images else None
