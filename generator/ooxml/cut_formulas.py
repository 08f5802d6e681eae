"""Formulas cut at their references, and as a copy some rows and columns away writes them: shared ones are expanded so."""

from __future__ import annotations

from functools import lru_cache

from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import Area, parse_area, shift_area, tokens

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
