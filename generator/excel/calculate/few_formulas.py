"""Workbooks with few formulas, computed without the engine: to set it up costs more than they do.

Each formula is made a function of the cells that it reads (see `row_steps`, `run_steps`), once for many renders. Where one is more
than that, or reads what is no number, all of them are left to the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.excel.calculate.cell_arrays import Doubtful
from generator.excel.calculate.column_cells import OPEN, Columns
from generator.excel.calculate.computed_columns import CellValues, Place
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import ErrorValue, SheetCells, Value
from generator.excel.calculate.needed_columns import needed_cells
from generator.excel.calculate.row_numbers import valued
from generator.excel.calculate.row_steps import Beyond, Call, read_step
from generator.excel.calculate.run_steps import RunWalk, Source, Waits, pairs_of
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import columns_of, rows_of
from generator.ooxml.limits import limits

_MOST, _MOST_CELLS = 200, 1_000  # formulas, and cells that one of them reads


def few_values(sheets: list[SheetCells], judged: Mapping[Place, Judged]) -> CellValues | None:
    """The values of all formulas of a workbook; None where the engine has to compute them.

    Args:
        sheets: their cells; no array formulas among them.
        judged: every formula.
    """
    if len(judged) > min(_MOST, limits().cells // _MOST_CELLS):
        return None
    plan = _plan(tuple(judged.items()))
    if plan is None or plan.needed.keys() - {sheet.name for sheet in sheets}:
        return None
    functions, needed = {**plan.functions}, plan.needed
    columns = Columns(needed)
    for sheet in sheets:
        read = needed.get(sheet.name)
        for row, column, block in sheet.constants(read) if read else ():
            columns.take(sheet.name, row, column, block)
    for sheet, row, column in judged:
        columns.put(sheet, row, column, [OPEN])
    values = CellValues()

    def value(place: Place) -> Value | ErrorValue:
        call, sources = functions.pop(place)  # one that reads itself finds nothing there
        while True:
            try:
                operands = [source.values(columns, 1, 0)[0] for source in sources]
                break
            except Waits as waits:
                for other in waits.places:
                    value(other)
        one = values[place] = valued(call, judged[place].cancels, operands)
        columns.put(*place, [one])
        return one

    try:
        while functions:
            value(next(iter(functions)))
    except (Beyond, Doubtful, KeyError):
        return None
    return values


@dataclass(frozen=True, slots=True)
class _Plan:
    """The formulas of a workbook as functions of what their sources give, and the cells that they read."""

    functions: dict[Place, tuple[Call, tuple[Source, ...]]]
    needed: dict[str, dict[int, tuple[int, int]]]


@lru_cache(maxsize=64)
def _plan(judged: tuple[tuple[Place, Judged], ...]) -> _Plan | None:
    """How formulas are computed; None where one is more than a function of a few cells."""
    try:
        functions = {place: _function(place[0], formula) for place, formula in judged}
    except Beyond:
        return None
    return _Plan(functions, needed_cells((place[0], area) for place, one in judged for area in one.areas))


def _function(sheet: str, formula: Judged) -> tuple[Call, tuple[Source, ...]]:
    if formula.prints or formula.asked or formula.alike or formula.spills:
        raise Beyond
    tree, pairs = pairs_of(formula, formula)
    walk = RunWalk(sheet, 2, pairs)  # a formula that another follows which is the same
    step = read_step(tree, walk)
    cells = 0
    for area, _ in pairs.values():
        (top, bottom), (left, right) = rows_of(area), columns_of(area)
        cells += (bottom - top + 1) * (right - left + 1)
    if step.kind == "truth" or walk.tables or cells > _MOST_CELLS:
        raise Beyond
    return step.call, tuple(walk.sources)
