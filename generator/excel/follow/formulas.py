"""Formulas under a layout: each reference goes where its cells went.

A formula inside a loop refers to its own instance; one outside covers what the loop rendered. The rules beyond that:

* A range that begins with `$` and ends without (`B$5:B5`, both in the formula's own loop) is a running one: it begins in the
  first instance around and ends in its own. `B5:B$5` is its mirror, down to the last instance.
* Rows of which nothing was rendered (an empty loop) become the sheet's last row in the same columns (`B1048576`), columns the
  sheet's last column: cells that exist and are empty, so SUM gives 0, COUNT 0, AVERAGE `#DIV/0!`, a look-up `#N/A`, and nothing
  ever `#REF!`.
* A reference to a sheet that became several is a span of sheets (`一:三!B5`, 3-D), if they stand together and the cells are the
  same on each; otherwise it is refused.
* Shared formulas are expanded: each cell gets its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import describe
from generator.excel.follow.layout import AxisLayout, Origin, SheetLayout, WorkbookLayout
from generator.ooxml.addresses import (
    MAX_COLUMNS,
    MAX_ROWS,
    Area,
    Position,
    cell,
    parse_area,
    shift_area,
    tokens,
    write_area,
)

Piece = str | Area


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula cut at its references.

    Args:
        text: as it was written, without `=`.
        pieces: text and areas by turns; joined they write the formula.
        fault: why it cannot be read; it is then left as it is.
    """

    text: str
    pieces: tuple[Piece, ...]
    fault: str | None = None

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas that the formula refers to, in its order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Area))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where something that holds an address is rewritten: the workbook's layout, the sheet it stands on (None: the workbook
    itself), and the list that takes what cannot follow."""

    workbook: WorkbookLayout
    sheet: SheetLayout | None
    findings: list[Diagnostic] = field(default_factory=list)

    def refuse(self, code: str, anchor: Mapping[str, object] | None = None, **arguments: Any) -> None:
        """Note something that cannot follow, with its place in the template."""
        place = dict(anchor) if anchor else ({"sheet": self.sheet.source} if self.sheet else {})
        location = Location(place=describe(place), anchor=place) if place else Location()
        found = diagnostic(code, location, **arguments)
        if found not in self.findings:
            self.findings.append(found)


@lru_cache(maxsize=8192)
def parse_formula(text: str) -> Formula:
    """Cut a formula (without `=`) at its references."""
    if not text:
        return Formula(text, ())
    pieces: list[Piece] = []
    try:
        for token in tokens(text):
            area = parse_area(token.text) if token.kind == "operand" else None
            if area is not None:
                pieces.append(area)
            elif pieces and isinstance(pieces[-1], str):
                pieces[-1] += token.text
            else:
                pieces.append(token.text)
    except ValueError as fault:
        return Formula(text, (text,), str(fault))
    return Formula(text, tuple(pieces))


def shift_formula(formula: Formula, rows: int, columns: int) -> Formula:
    """The formula as a copy `rows` down and `columns` to the right writes it (a cell of a shared formula)."""
    pieces: list[Piece] = []
    for piece in formula.pieces:
        if isinstance(piece, Area):
            pieces.append(shift_area(piece, rows, columns) or "#REF!")
        else:
            pieces.append(piece)
    shifted = tuple(pieces)
    return Formula("".join(map(str, shifted)), shifted, formula.fault)


def rewrite(formula: Formula, frame: Frame, row: Origin | None = None, column: Origin | None = None) -> str:
    """The formula in the rendered workbook.

    Args:
        formula: as the template has it.
        frame: the layout, and the sheet that the formula stands on.
        row, column: the source row and column of its cell with their instance; None outside any loop.
    """
    return "".join(
        piece if isinstance(piece, str) else write_area(rewrite_area(piece, frame, row, column))
        for piece in formula.pieces
    )


def rewrite_area(area: Area, frame: Frame, row: Origin | None = None, column: Origin | None = None) -> Area:
    """Where an area of a formula is in the rendered workbook (see `rewrite`)."""
    sheet = frame.sheet
    if area.sheets:
        return _on_other_sheets(area, frame, row, column)
    if sheet is None or not sheet.moved:
        return area
    return _moved(area, sheet, row, column)


def _moved(area: Area, sheet: SheetLayout, row: Origin | None, column: Origin | None) -> Area:
    rows = _follow(area.top, area.bottom, sheet.rows, row, MAX_ROWS)
    columns = _follow(area.left, area.right, sheet.columns, column, MAX_COLUMNS)
    single = area.single and rows[0] == rows[1] and columns[0] == columns[1]
    return Area(rows[0], rows[1], columns[0], columns[1], area.sheets, single)


def _follow(
    first: Position | None, last: Position | None, axis: AxisLayout, origin: Origin | None, edge: int
) -> tuple[Position | None, Position | None]:
    if first is None or last is None or axis.identity:
        return first, last
    span = axis.cover(first.number, last.number, origin)
    if span is None:
        return Position(edge, first.absolute), Position(edge, last.absolute)
    begin, end = span
    if origin and origin.instance and first.absolute != last.absolute:
        around = Origin(origin.source, origin.instance[:-1])
        if first.absolute and axis.loops(last.number) and axis.loops(first.number) == axis.loops(origin.source):
            wide = axis.cover(first.number, first.number, around)
            begin = wide.first if wide else begin
        elif last.absolute and axis.loops(first.number) and axis.loops(last.number) == axis.loops(origin.source):
            wide = axis.cover(last.number, last.number, around)
            end = wide.last if wide else end
    return Position(begin, first.absolute), Position(end, last.absolute)


def _on_other_sheets(area: Area, frame: Frame, row: Origin | None, column: Origin | None) -> Area:
    workbook, sheet = frame.workbook, frame.sheet
    found = [target for name in area.sheets for target in workbook.seen_from(name, sheet)]
    known = {target.source.casefold() for target in workbook.sheets} | {name.casefold() for name in workbook.removed}
    if not all(name.casefold() in known for name in area.sheets):
        return area  # a sheet that the template does not have: as it was
    if not found:
        # on the formula's own sheet; a name, which has none, takes the first
        sheets = () if sheet is not None or not workbook.sheets else (workbook.sheets[0].name,)
        return replace(_nowhere(area), sheets=sheets)
    if len(area.sheets) == 2 or len(found) > 1:
        order = list(workbook.sheets)
        indexes = [order.index(target) for target in found]
        between = order[min(indexes) : max(indexes) + 1]
        if len(area.sheets) == 1 and len(between) > len(found):
            place = _place(frame, row, column)
            frame.refuse("excel-sheets-apart", place, reference=write_area(area), sheet=area.sheets[0])
            return area
        found = between
    moved = [_moved(area, target, *((row, column) if target is sheet else (None, None))) for target in found]
    if any(one != moved[0] for one in moved):
        frame.refuse("excel-sheets-differ", _place(frame, row, column), reference=write_area(area))
        return area
    names = (found[0].name,) if len(found) == 1 else (found[0].name, found[-1].name)
    if len(names) == 1 and len(area.sheets) == 2:
        names = (names[0], names[0])
    return replace(moved[0], sheets=names)


def _place(frame: Frame, row: Origin | None, column: Origin | None) -> dict[str, object] | None:
    """The template's cell, where it is known."""
    if frame.sheet is None or row is None or column is None:
        return None
    return {"sheet": frame.sheet.source, "cell": cell(row.source, column.source)}


def _nowhere(area: Area) -> Area:
    """Empty cells, for an area of a sheet that was not rendered."""
    if area.top is None or area.bottom is None:
        return replace(area, left=Position(MAX_COLUMNS), right=Position(MAX_COLUMNS))
    return replace(area, top=Position(MAX_ROWS, area.top.absolute), bottom=Position(MAX_ROWS, area.bottom.absolute))


def changes(formula: Formula, frame: Frame, row: Origin | None = None, column: Origin | None = None) -> bool:
    """Whether a formula reads otherwise in the rendered workbook: some of its cells moved."""
    return any(rewrite_area(area, frame, row, column) != area for area in formula.areas)


def common_form(
    formula: Formula,
    frame: Frame,
    origins: Sequence[tuple[Origin | None, Origin | None]],
    cells: Sequence[tuple[int, int]],
) -> str | None:
    """One wording of a formula for several cells, read from the first of them, as conditional formats and validations have it.

    What stands still is made absolute, what moves with the cell relative. None: no one wording fits all.

    Args:
        origins: the source row and column of each cell with their instances.
        cells: the output row and column of each cell.
    """
    pieces: list[str] = []
    row0, column0 = cells[0]
    for piece in formula.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        first = rewrite_area(piece, frame, *origins[0])
        still = dict.fromkeys(("top", "bottom", "left", "right"), True)
        along = dict(still)
        varied = dict.fromkeys(still, False)
        for origin, (row, column) in zip(origins[1:], cells[1:], strict=True):
            other = rewrite_area(piece, frame, *origin)
            if other.sheets != first.sheets:
                return None
            for side in still:
                before, after = getattr(first, side), getattr(other, side)
                if before is None or after is None:
                    continue
                by = row - row0 if side in ("top", "bottom") else column - column0
                still[side] &= before.number == after.number
                along[side] &= after.number - before.number == by
                varied[side] |= by != 0
        sides: dict[str, Position | None] = {}
        for side in still:
            position: Position | None = getattr(first, side)
            if position is None or not varied[side]:
                sides[side] = position
            elif along[side]:
                sides[side] = Position(position.number)
            elif still[side]:
                sides[side] = Position(position.number, True)
            else:
                return None
        single = first.single and sides["top"] == sides["bottom"] and sides["left"] == sides["right"]
        pieces.append(write_area(Area(**sides, sheets=first.sheets, single=single)))
    return "".join(pieces)
