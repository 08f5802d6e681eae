"""Formulas under a layout: each reference goes where its cells went.

A formula inside a loop refers to its own instance; one outside covers what the loop rendered. The rules beyond that:

* A range covers exactly the rows that it covers in the template: where others stand between them (subtotals, rows of an `else`),
  it becomes a list of areas, or is refused where the function around takes one area only (see `argument_lists`).
* A range that begins with `$` and ends without (`B$5:B5`, both in the formula's own loop) is a running one: it begins in the
  first instance around and ends in its own. `B5:B$5` is its mirror, down to the last instance. `B$5:B$5` is the whole loop.
* A control row next to the formula's own rows is the output row there: above the loop's first row the header or the previous
  iteration's last row. Other references to control rows, which disappear, are refused.
* Rows of which nothing was rendered (an empty loop) become the sheet's last row in the same columns (`B1048576`), columns the
  sheet's last column: cells that exist and are empty, so SUM gives 0, COUNT 0, AVERAGE `#DIV/0!`, a look-up `#N/A`, and nothing
  ever `#REF!`.
* A reference to a sheet that became several is a span of sheets (`一:三!B5`, 3-D), if they stand together and the cells are the
  same on each; otherwise a list of areas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.argument_lists import MOST_CHARACTERS, NoForm, adds_up, name_areas
from generator.excel.follow.axis_ends import follow_ends
from generator.excel.follow.control_rows import described, meant_beside
from generator.excel.follow.layout import Origin
from generator.excel.follow.paired_loops import first_turns, paired
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.kept.light_classes import dataclass, field, replace
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, Area, Position, cell, write_area
from generator.ooxml.cut_formulas import Formula, Piece


@dataclass(frozen=True, slots=True)
class Frame:
    """Where something that holds an address is rewritten: the workbook's layout, the sheet it stands on (None: the workbook
    itself), the list that takes what cannot follow, and what texts beside its cells printed, by text and output cell."""

    workbook: WorkbookLayout
    sheet: SheetLayout | None
    findings: list[Diagnostic] = field(default_factory=list)
    printed: dict[tuple[str, int | None, int | None], str] = field(default_factory=dict)

    @property
    def here(self) -> SheetLayout:
        """The sheet, where there is one."""
        assert self.sheet is not None
        return self.sheet

    def refuse(self, code: str, anchor: Mapping[str, object] | None = None, **arguments: Any) -> None:
        """Note something that cannot follow, with its place in the template."""
        place = dict(anchor) if anchor else ({"sheet": self.sheet.source} if self.sheet else {})
        location = in_document(place) if place else Location()
        found = diagnostic(code, location, **arguments)
        if found not in self.findings:
            self.findings.append(found)


def rewrite(
    formula: Formula, frame: Frame, row: Origin | None = None, column: Origin | None = None, alone: str | None = None
) -> str:
    """The formula in the rendered workbook.

    Args:
        formula: as the template has it.
        frame: the layout, and the sheet that the formula stands on; takes what cannot be written.
        row, column: the source row and column of its cell with their instance; None outside any loop.
        alone: how several areas are written that no function holds (see `name_areas`).
    """
    return "".join(map(str, followed(formula, frame, row, column, alone)))


def followed(
    formula: Formula, frame: Frame, row: Origin | None = None, column: Origin | None = None, alone: str | None = None
) -> tuple[Piece, ...]:
    """The pieces of the formula in the rendered workbook (see `rewrite`)."""
    pieces = formula.pieces
    apart = adds_up(formula.text)
    if row is not None and column is not None and frame.sheet is not None and frame.sheet.moved:
        for code, area, vanished in meant_beside(formula.text, formula.areas, frame.sheet, row, column):
            frame.refuse(code, _place(frame, row, column), reference=write_area(area), **vanished)
    groups = [rewrite_areas(area, frame, row, column, apart) for area in formula.areas]
    if row is not None and row.instance and frame.sheet is not None:
        if frame.sheet.row_loops:
            groups = paired(formula.text, formula.areas, groups, frame.workbook, frame.sheet, row)
        groups = first_turns(formula.text, formula.areas, groups, frame.sheet, row)
    if all(len(own) == 1 for own in groups):
        single = iter(groups)
        return tuple(piece if isinstance(piece, str) else next(single)[0] for piece in pieces)
    reference = next(str(area) for area, own in zip(formula.areas, groups, strict=True) if len(own) > 1)
    try:
        named = name_areas(formula.text, groups, alone)
    except NoForm as fault:
        _refuse_apart(formula, groups, fault.name, frame, _place(frame, row, column))
        return pieces
    length = sum(len(piece) if isinstance(piece, str) else len(str(piece)) for piece in named)
    if length > MOST_CHARACTERS:
        count = sum(len(own) for own in groups if len(own) > 1)
        frame.refuse(
            "excel-formula-too-long", _place(frame, row, column), reference=reference, count=count, length=length
        )
        return pieces
    return named


def covering(formula: Formula, frame: Frame, row: Origin | None = None, column: Origin | None = None) -> str:
    """The formula with each area as the one rectangle around it: what is printed, filtered or jumped to.

    A control row counts as the next row that is printed; of several sheets the first is meant.

    Args:
        row, column: the source row and column of what refers to it, with their instance; None outside any loop.
    """
    pieces: list[str] = []
    for piece in formula.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        found = rewrite_areas(_printed(piece, frame), frame, row, column)
        if len({area.sheets for area in found}) > 1:
            found = found[:1]
        if len(found[0].sheets) > len(piece.sheets) == 1:
            found = tuple(replace(area, sheets=area.sheets[:1]) for area in found)
        corners = [[getattr(area, side) for area in found] for side in ("top", "bottom", "left", "right")]
        ends = [
            None if None in corner else (min if number % 2 == 0 else max)(corner)
            for number, corner in enumerate(corners)
        ]
        single = piece.single and ends[0] == ends[1] and ends[2] == ends[3]
        pieces.append(write_area(Area(*ends, sheets=found[0].sheets, single=single)))
    return "".join(pieces)


def _printed(area: Area, frame: Frame) -> Area:
    """An area of control rows only as the next printed row."""
    own = (
        [target for name in area.sheets[:1] for target in frame.workbook.outputs(name)]
        if area.sheets
        else [frame.sheet]
    )
    sheet = own[0] if own else None
    if sheet is None or area.top is None or area.bottom is None:
        return area
    if sheet.rows.identity or sheet.rows.around(area.top.number, area.bottom.number) is not None:
        return area
    below = next(band.first for band in sheet.rows.bands if band.first > area.bottom.number)
    return replace(area, top=Position(below, area.top.absolute), bottom=Position(below, area.bottom.absolute))


def _refuse_apart(
    formula: Formula, groups: Sequence[tuple[Area, ...]], function: str, frame: Frame, place: dict[str, object] | None
) -> None:
    for area, own in zip(formula.areas, groups, strict=True):
        if len(own) == 1:
            continue
        names = {one.sheets for one in own}
        if len(names) == 1:
            around = words.FUNCTION.filled(function=function) if function else words.FORMULA_PART
            frame.refuse("excel-rows-apart", place, reference=str(area), count=len(own), function=around)
        elif len({replace(one, sheets=()) for one in own}) == 1:
            frame.refuse("excel-sheets-apart", place, reference=str(area), sheet=area.sheets[0])
        else:
            frame.refuse("excel-sheets-differ", place, reference=str(area))


def rewrite_areas(
    area: Area, frame: Frame, row: Origin | None = None, column: Origin | None = None, apart: bool = False
) -> tuple[Area, ...]:
    """Where an area of a formula is in the rendered workbook: several areas where other rows or sheets stand between.

    With `apart`, sheets that a loop made are listed even where they stand together.
    """
    sheet = frame.sheet
    if area.sheets:
        return _on_other_sheets(area, frame, row, column, apart)
    if sheet is None or not sheet.moved:
        return (area,)
    return _moved(area, sheet, frame, row, column, (row, column))


def _moved(
    area: Area,
    sheet: SheetLayout,
    frame: Frame,
    row: Origin | None,
    column: Origin | None,
    cell: tuple[Origin | None, Origin | None],
) -> tuple[Area, ...]:
    """An area of a sheet; `row` and `column` are the formula's there, `cell` is where the formula stands."""
    down = follow_ends(area.top, area.bottom, area.single, sheet.rows, row, MAX_ROWS)
    across = follow_ends(area.left, area.right, area.single, sheet.columns, column, MAX_COLUMNS)
    if down is None or across is None:
        vanished = described(area, sheet, rows=down is None)
        frame.refuse("excel-control-row-referenced", _place(frame, *cell), reference=write_area(area), **vanished)
        return (area,)
    several = len(down) * len(across) > 1
    found = []
    for top, bottom in down:
        for left, right in across:
            single = (area.single or several) and top == bottom and left == right
            found.append(Area(top, bottom, left, right, area.sheets, single))
    return tuple(found)


def _on_other_sheets(
    area: Area, frame: Frame, row: Origin | None, column: Origin | None, apart: bool
) -> tuple[Area, ...]:
    workbook, sheet = frame.workbook, frame.sheet
    found = [target for name in area.sheets for target in workbook.seen_from(name, sheet, row)]
    known = {target.source.casefold() for target in workbook.sheets} | {name.casefold() for name in workbook.removed}
    if not all(name.casefold() in known for name in area.sheets):
        return (area,)  # a sheet that the template does not have: as it was
    if not found:
        # on the formula's own sheet; a name, which has none, takes the first
        sheets = () if sheet is not None or not workbook.sheets else (workbook.sheets[0].name,)
        return (replace(_nowhere(area), sheets=sheets),)
    together = True
    if len(area.sheets) == 2 or len(found) > 1:
        order = list(workbook.sheets)
        indexes = [order.index(target) for target in found]
        between = order[min(indexes) : max(indexes) + 1]
        together = len(area.sheets) == 2 or (len(between) == len(found) and not apart)
        found = between if together else found
    moved = [
        _moved(area, target, frame, *((row, column) if target is sheet else (None, None)), (row, column))
        for target in found
    ]
    if not together or any(one != moved[0] for one in moved) or (len(found) > 1 and len(moved[0]) > 1):
        return tuple(
            replace(one, sheets=(target.name,)) for target, own in zip(found, moved, strict=True) for one in own
        )
    names = (found[0].name,) if len(found) == 1 else (found[0].name, found[-1].name)
    if len(names) == 1 and len(area.sheets) == 2:
        names = (names[0], names[0])
    return tuple(replace(one, sheets=names) for one in moved[0])


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
    return any(rewrite_areas(area, frame, row, column) != (area,) for area in formula.areas)
