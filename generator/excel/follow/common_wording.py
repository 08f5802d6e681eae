"""One wording of a formula for several cells, as conditional formats and validations have it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.excel.follow.formulas import Frame, followed
from generator.excel.follow.layout import Origin
from generator.ooxml.addresses import Area, Position, write_area
from generator.ooxml.cut_formulas import Formula


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
    wordings = [followed(formula, frame, *origin) for origin in origins]
    if any(len(one) != len(wordings[0]) for one in wordings):
        return None
    for number, first in enumerate(wordings[0]):
        if isinstance(first, str):
            if any(wording[number] != first for wording in wordings):
                return None
            pieces.append(first)
            continue
        still = dict.fromkeys(("top", "bottom", "left", "right"), True)
        along = dict(still)
        varied = dict.fromkeys(still, False)
        for wording, (row, column) in zip(wordings[1:], cells[1:], strict=True):
            other = wording[number]
            if isinstance(other, str) or other.sheets != first.sheets:
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
