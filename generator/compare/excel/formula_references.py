"""References in spreadsheet formulas: read, shifted (shared formulas), compared where rows and columns moved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.compare.align import Axis
from generator.compare.excel.workbook_model import Area
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, column_letters, column_number

_LONGEST = 8_192  # characters of a formula
_OPERATOR = r"([,;+\-*/^&=<>(){}])"
_SPACES_BEHIND, _SPACES_BEFORE = re.compile(_OPERATOR + r"\s+"), re.compile(r"(?<!\s)\s+" + _OPERATOR)
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<structured>(?<!\w)\w*\[(?:[^\[\]]|\[[^\[\]]*\])*\](?!['\w!]))
    |(?P<sheet>'(?:[^']|'')+'!|(?<![\w.\[\]])[\w.\[\]]+(?::[\w.]+)?!)?
     (?<![\w.])(?P<ref>(?P<a>\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?::(?P<b>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}))?
     |(?P<c>\$?[A-Z]{1,3}):(?P<d>\$?[A-Z]{1,3})|(?P<r>\$?[1-9]\d{0,6}):(?P<s>\$?[1-9]\d{0,6}))(?![\w.(!])""",
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


def cell_name(row: int, column: int) -> str:
    """`(12, 7)` is `G12`."""
    return f"{column_letters(column)}{row}"


def area_name(area: Area) -> str:
    """`(4, 1, 7, 1)` is `A4:A7`; a single cell is `A4`."""
    first, last = cell_name(area[0], area[1]), cell_name(area[2], area[3])
    return first if first == last else f"{first}:{last}"


def read_cell(text: str) -> tuple[int, int]:
    """Row and column of `G12`.

    Raises:
        ValueError: it is no cell.
    """
    match = _CELL.fullmatch(text)
    if not match or int(match[4]) > MAX_ROWS or column_number(match[2]) > MAX_COLUMNS:
        raise ValueError(text)
    return int(match[4]), column_number(match[2])


def read_area(text: str) -> Area:
    """The area of `A4:A7`, `A4`, `4:7` or `A:B`.

    Raises:
        ValueError: it is no area.
    """
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    if first.isdigit() and last.isdigit():
        return int(first), 1, int(last), MAX_COLUMNS
    if first.isalpha() and last.isalpha():
        return 1, column_number(first), MAX_ROWS, column_number(last)
    (r1, c1), (r2, c2) = read_cell(first), read_cell(last)
    return r1, c1, r2, c2


class Reference(NamedTuple):
    """A reference: sheet as written without quotes, or None; its area; which ends are absolute; its kind."""

    sheet: str | None
    area: Area
    fixed: tuple[bool, bool, bool, bool]
    kind: str  # cell, range, columns, rows


@lru_cache(maxsize=50_000)
def pieces(formula: str) -> tuple[str | Reference, ...]:
    """A formula as literals and references; one that is longer than Excel takes as one literal."""
    if len(formula) > _LONGEST:
        return (formula,)
    found: list[str | Reference] = []
    last = 0
    for match in _TOKEN.finditer(formula):
        if match["ref"] is None:
            continue
        found.append(_literal(formula[last : match.start()]))
        found.append(_reference(match))
        last = match.end()
    found.append(_literal(formula[last:]))
    return tuple(found)


def _literal(text: str) -> str:
    """Blanks beside operators and prefixes of newer functions say nothing."""
    if '"' in text:
        return text
    text = _SPACES_BEFORE.sub(r"\1", _SPACES_BEHIND.sub(r"\1", text))
    return text.replace("_xlfn.", "").replace("_xlws.", "")


def _reference(match: re.Match[str]) -> Reference:
    sheet = match["sheet"]
    if sheet is not None:
        sheet = sheet[:-1]
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
    if match["a"]:
        one = _CELL.fullmatch(match["a"])
        two = _CELL.fullmatch(match["b"] or match["a"])
        assert one is not None
        assert two is not None
        area = (int(one[4]), column_number(one[2]), int(two[4]), column_number(two[2]))
        fixed = (bool(one[3]), bool(one[1]), bool(two[3]), bool(two[1]))
        return Reference(sheet, area, fixed, "range" if match["b"] else "cell")
    if match["c"]:
        c, d = match["c"], match["d"]
        area = (1, column_number(c.lstrip("$")), MAX_ROWS, column_number(d.lstrip("$")))
        return Reference(sheet, area, (False, c[0] == "$", False, d[0] == "$"), "columns")
    r, s = match["r"], match["s"]
    area = (int(r.lstrip("$")), 1, int(s.lstrip("$")), MAX_COLUMNS)
    return Reference(sheet, area, (r[0] == "$", False, s[0] == "$", False), "rows")


def _text(reference: Reference) -> str:
    (r1, c1, r2, c2), (fr1, fc1, fr2, fc2) = reference.area, reference.fixed
    if reference.kind == "columns":
        body = f"{'$' * fc1}{column_letters(c1)}:{'$' * fc2}{column_letters(c2)}"
    elif reference.kind == "rows":
        body = f"{'$' * fr1}{r1}:{'$' * fr2}{r2}"
    else:
        body = f"{'$' * fc1}{column_letters(c1)}{'$' * fr1}{r1}"
        if reference.kind == "range":
            body += f":{'$' * fc2}{column_letters(c2)}{'$' * fr2}{r2}"
    if reference.sheet is None:
        return body
    plain = re.fullmatch(r"[^\W\d][\w.]*", reference.sheet) is not None
    quoted = reference.sheet if plain else "'" + reference.sheet.replace("'", "''") + "'"
    return f"{quoted}!{body}"


def shift(formula: str, down: int, right: int) -> str:
    """A shared formula as it reads so many rows below and columns to the right of where it is written."""
    out: list[str] = []
    for piece in pieces(formula):
        if isinstance(piece, str):
            out.append(piece)
            continue
        area, fixed, rows, columns = piece.area, piece.fixed, piece.kind != "columns", piece.kind != "rows"
        moved = (
            area[0] + down * (rows and not fixed[0]),
            area[1] + right * (columns and not fixed[1]),
            area[2] + down * (rows and not fixed[2]),
            area[3] + right * (columns and not fixed[3]),
        )
        if min(moved) < 1:
            out.append("#REF!")
        else:
            out.append(_text(piece._replace(area=moved)))
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
        if x.kind != y.kind or x.fixed != y.fixed:
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
        top, left, bottom, right = reference.area
        rows = (top, bottom) if reference.kind == "columns" else _ends(grid.rows, top, bottom, MAX_ROWS)
        columns = (left, right) if reference.kind == "rows" else _ends(grid.columns, left, right, MAX_COLUMNS)
        if rows is None or columns is None:
            return None
        shown = reference.sheet if reference.sheet is None else grid.name
        return reference._replace(sheet=shown, area=(rows[0], columns[0], rows[1], columns[1]))

    written: list[str] = []
    for piece in pieces(formula):
        where = piece if isinstance(piece, str) else follow(piece)
        written.append("#REF!" if where is None else where if isinstance(where, str) else _text(where))
    return "".join(written)


def _ends(axis: Axis, low: int, high: int, limit: int) -> tuple[int, int] | None:
    images = [new for position in (low, high) if (new := position if position == limit else axis.map(position))]
    return (min(images), max(images)) if images else None
