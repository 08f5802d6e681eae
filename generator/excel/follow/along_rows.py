"""Formulas that move with their own rows: one wording of a cell's formula, in which only the numbers of rows differ.

A row of a loop refers to itself nearly always (`=B5*C5`). The rows of a band stand together in each instance, so that all that such
a formula refers to moves as far as its own cell does; nothing has to be looked up.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import Area, column_letters, write_area
from generator.ooxml.cut_formulas import Formula
from generator.ooxml.escaping import escape


@dataclass(frozen=True, slots=True)
class AlongRows:
    """A formula, escaped, with `%d` for each row number; these numbers in the template; and the formula as it was written."""

    wording: str
    rows: tuple[int, ...]
    text: str

    def moved(self, by: int) -> bytes:
        """The formula's text in a cell that stands `by` rows further down than in the template."""
        return (self.wording % tuple([row + by for row in self.rows])).encode()


def along_rows(formula: Formula, first: int, last: int) -> AlongRows | None:
    """The formula as it moves with its rows; None where it refers to anything else.

    Args:
        formula: as the template has it, on a sheet whose columns stay.
        first, last: the rows of the formula's own band.
    """
    wording: list[str] = []
    rows: list[int] = []
    for piece in formula.pieces:
        if isinstance(piece, str):
            wording.append(escape(piece).replace("%", "%%"))
            continue
        numbers = _rows_within(piece, first, last)
        if numbers is None or piece.left is None or piece.right is None:
            return None
        corners = [piece.left] if piece.single else [piece.left, piece.right]
        text = ":".join("$" * corner.absolute + column_letters(corner.number) + "%d" for corner in corners)
        if text % numbers != write_area(piece):
            return None
        wording.append(text)
        rows += numbers
    return AlongRows("".join(wording), tuple(rows), formula.text) if rows else None


def _rows_within(area: Area, first: int, last: int) -> tuple[int, ...] | None:
    """The rows that an area names, where all are the band's own and none is held by `$`."""
    if area.sheets or area.top is None or area.bottom is None or area.top.absolute or area.bottom.absolute:
        return None
    numbers: Sequence[int] = (area.top.number,) if area.single else (area.top.number, area.bottom.number)
    return tuple(numbers) if all(first <= number <= last for number in numbers) else None
