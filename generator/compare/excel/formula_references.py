"""References in spreadsheet formulas, compared where rows and columns moved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from generator.compare.align import Axis
from generator.compare.excel.workbook_model import Area
from generator.kept.light_classes import replace
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, columns_of, parse_area, rectangle, rows_of, write_area
from generator.ooxml.addresses import Area as CellArea
from generator.ooxml.cut_formulas import Piece, parse_formula
from generator.ooxml.stated_numbers import Misstated

_LONGEST = 8_192  # characters of a formula
_OPERATOR = r"([,;+\-*/^&=<>(){}])"
_SPACES_BEHIND, _SPACES_BEFORE = re.compile(_OPERATOR + r"\s+"), re.compile(r"(?<!\s)\s+" + _OPERATOR)


def area_name(area: Area) -> str:
    """`(4, 1, 7, 1)` is `A4:A7`; a single cell is `A4`."""
    return write_area(rectangle(*area))


def read_area(text: str) -> Area:
    """The area of `A4:A7`, `A4`, `4:7` or `A:B`.

    Raises:
        Misstated: it is no area.
    """
    area = parse_area(text)
    if area is None:
        raise Misstated(text)
    return area_numbers(area)


def area_numbers(area: CellArea) -> Area:
    """The rows and columns of a reference: first row, first column, last row, last column."""
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    return top, left, bottom, right


def _shape(cells: CellArea) -> tuple[bool | None, ...]:
    """Which ends of a reference are absolute, or not there; whether it is one cell."""
    ends = (cells.top, cells.left, cells.bottom, cells.right)
    return (cells.single, *(None if end is None else end.absolute for end in ends))


@lru_cache(maxsize=50_000)
def pieces(formula: str) -> tuple[Piece, ...]:
    """A formula as literals and references; one that is longer than Excel takes as one literal."""
    if len(formula) > _LONGEST:
        return (formula,)
    return tuple(_literal(piece) if isinstance(piece, str) else piece for piece in parse_formula(formula).pieces)


def _literal(text: str) -> str:
    """Blanks beside operators and prefixes of newer functions say nothing."""
    if '"' in text:
        return text
    text = _SPACES_BEFORE.sub(r"\1", _SPACES_BEHIND.sub(r"\1", text))
    return text.replace("_xlfn.", "").replace("_xlws.", "")


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
        if _shape(x) != _shape(y):
            return False
        grid = _grid(x, sheet, grids)
        expected = x.sheets if not x.sheets or grid is None else (grid.name,)
        if y.sheets not in (expected, x.sheets):  # a sheet was renamed behind the formula's back: it says what it said
            return False
        was, now = area_numbers(x), area_numbers(y)
        if (was != now) if grid is None else not grid.same(was, now):
            return False
    return True


def followed(formula: str, sheet: str, grids: Grids) -> str:
    """An old formula as it reads where its rows, columns and sheets are now; what is gone is `#REF!`."""
    moved = (piece if isinstance(piece, str) else _followed(piece, sheet, grids) for piece in pieces(formula))
    return "".join("#REF!" if piece is None else str(piece) for piece in moved)


def _followed(cells: CellArea, sheet: str, grids: Grids) -> CellArea | None:
    grid = _grid(cells, sheet, grids)
    if grid is None:
        return cells
    top, left, bottom, right = cells.top, cells.left, cells.bottom, cells.right
    if top and bottom:
        rows = _ends(grid.rows, top.number, bottom.number, MAX_ROWS)
        if rows is None:
            return None
        top, bottom = top._replace(number=rows[0]), bottom._replace(number=rows[1])
    if left and right:
        columns = _ends(grid.columns, left.number, right.number, MAX_COLUMNS)
        if columns is None:
            return None
        left, right = left._replace(number=columns[0]), right._replace(number=columns[1])
    return replace(cells, top=top, left=left, bottom=bottom, right=right, sheets=cells.sheets and (grid.name,))


def _grid(cells: CellArea, sheet: str, grids: Grids) -> Grid | None:
    """Where the sheet of a reference went; None for a span of sheets, and where nothing is known of it."""
    return grids.get(":".join(cells.sheets) or sheet)


def _ends(axis: Axis, low: int, high: int, limit: int) -> tuple[int, int] | None:
    images = [new for position in (low, high) if (new := position if position == limit else axis.map(position))]
    return (min(images), max(images)) if images else None
