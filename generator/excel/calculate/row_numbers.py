"""Formulas over numbers of their own row (`=B5*C5`), computed while the rows are written.

A long table has one such formula a row. The engine takes each as a text, parses it and keeps its dependencies; here the formula is
judged once (see `computable`), made a function of its operands, and called once a row. Only what gives the very doubles of the
engine is done so: arithmetic, sums, extremes, rounding, comparisons and choices over finite numbers of a middling size.
Whatever else a row holds (a text, an empty cell, an error, what hangs on the last bits) is left to the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from generator.excel.calculate.cell_arrays import ROUNDING, Doubtful
from generator.excel.calculate.computable import judge
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import ErrorValue, Value
from generator.excel.calculate.formula_names import Names, Refused
from generator.excel.calculate.row_steps import MOST_OPERANDS, Beyond, Call, OwnRow, read_step
from generator.kept.light_classes import dataclass

_SHEET = "S"


@dataclass(frozen=True, slots=True)
class RowFormula:
    """A formula as a function of cells of its row.

    Args:
        columns: of its operands, in the order that the function takes them.
        function: raises `Doubtful` or ZeroDivisionError.
        cancels: whether what is nearly nothing may be nothing but rounding.
    """

    columns: tuple[int, ...]
    function: Call
    cancels: bool

    def value(self, operands: Sequence[float]) -> Value | ErrorValue | None:
        """The value; None where the engine has to compute it."""
        try:
            return valued(self.function, self.cancels, operands)
        except Doubtful:
            return None


def valued(function: Call, cancels: bool, operands: Sequence[float]) -> Value | ErrorValue:
    """What a formula gives for its operands.

    Raises:
        Doubtful: the engine has to compute it.
    """
    try:
        found = function(operands)
    except ZeroDivisionError:
        return ErrorValue("#DIV/0!")
    if isinstance(found, str):
        return found
    if cancels and 0 < abs(found) < ROUNDING:
        raise Doubtful("rounding")
    return found + 0.0  # no negative zero


@lru_cache(maxsize=1024)
def row_formula(text: str, row: int) -> RowFormula | None:
    """A formula (without `=`) of a cell in `row` as a function; None where it is more than that."""
    names = Names((_SHEET,), {}, (), {}, frozenset(), {})
    try:
        judged = judge(text, _SHEET, row, names)
    except Refused:
        return None
    if judged.prints or judged.asked or judged.alike or judged.spills:
        return None
    return _compiled(judged, row)


def _compiled(judged: Judged, row: int) -> RowFormula | None:
    walk = OwnRow(row)
    try:
        step = read_step(judged.tree(), walk)
    except (Beyond, Refused):
        return None
    if step.kind == "truth" or not walk.columns or len(walk.columns) > MOST_OPERANDS:
        return None
    return RowFormula(tuple(walk.columns), step.call, judged.cancels)
