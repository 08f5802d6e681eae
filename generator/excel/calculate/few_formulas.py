"""Workbooks with few formulas, computed without the engine: to set it up costs more than they do.

Each formula is made a function of the cells that it reads (see `row_steps`, `run_steps`), once for many renders. Where one is more
than that, or reads what is no number, all of them are left to the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.excel.calculate.cell_arrays import Doubtful
from generator.excel.calculate.column_cells import Columns
from generator.excel.calculate.computed_columns import CellValues, Place
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import SheetCells
from generator.excel.calculate.needed_columns import needed_cells
from generator.excel.calculate.row_numbers import valued
from generator.excel.calculate.row_steps import Beyond, Call, read_step
from generator.excel.calculate.run_steps import RunWalk, Source, pairs_of
from generator.kept.light_classes import dataclass
from generator.ooxml.limits import limits

_MOST, _MOST_CELLS = 200, 1_000  # formulas, and of how many cells that may be read each takes one


def few_values(sheets: list[SheetCells], judged: Mapping[Place, Judged]) -> CellValues | None:
    """The values of all formulas of a workbook; None where the engine has to compute them.

    Args:
        sheets: their cells; no array formulas among them.
        judged: every formula.
    """
    plan = few_plan(judged)
    if plan is None or plan.needed.keys() - {sheet.name for sheet in sheets}:
        return None
    columns = Columns(plan.needed)
    for sheet in sheets:
        read = plan.needed.get(sheet.name)
        for row, column, block in sheet.constants(read) if read else ():
            columns.take(sheet.name, row, column, block)
    return planned_values(plan, columns)


@dataclass(frozen=True, slots=True)
class FewPlan:
    """The formulas of a workbook as functions of what their sources give, and the cells that they read.

    Args:
        functions: the function of each formula, its sources, and whether what is nearly nothing may be nothing but rounding; those that
            others read come first.
        needed: the columns that they read, by sheet, each with its first and last row.
        cells: how many cells they read.
    """

    functions: tuple[tuple[Place, Call, tuple[Source, ...], bool], ...]
    needed: dict[str, dict[int, tuple[int, int]]]
    cells: int

    @property
    def within_limits(self) -> bool:
        """Whether so many formulas may read so many cells."""
        return len(self.functions) <= min(_MOST, limits().cells // _MOST_CELLS) and self.cells <= limits().cells


def few_plan(judged: Mapping[Place, Judged]) -> FewPlan | None:
    """How formulas are computed; None where they are too many, or one is more than a function of a few cells."""
    plan = _plan(tuple(judged.items())) if len(judged) <= _MOST else None
    return plan if plan is not None and plan.within_limits else None


def planned_values(plan: FewPlan, columns: Columns) -> CellValues | None:
    """The values of all formulas; None where the engine has to compute them.

    Args:
        plan: of the formulas.
        columns: what stands in the cells that they read; takes the values.
    """
    values = CellValues()
    found = values.singles
    try:
        for place, call, sources, cancels in plan.functions:
            operands = [source.value(columns) for source in sources]
            one = found[place] = valued(call, cancels, operands)
            columns.put(*place, [one])
    except (Beyond, Doubtful):
        return None
    return values


@lru_cache(maxsize=64)
def _plan(judged: tuple[tuple[Place, Judged], ...]) -> FewPlan | None:
    try:
        functions = {place: _function(place[0], formula) for place, formula in judged}
    except Beyond:
        return None
    sources = [source for _, own in functions.values() for source in own]
    order = _in_order({place: own for place, (_, own) in functions.items()})
    if order is None:
        return None
    cancels = {place: formula.cancels for place, formula in judged}
    needed = needed_cells((place[0], area) for place, one in judged for area in one.areas)
    read = sum(last - first + 1 for source in sources for first, last in [source.rows])
    return FewPlan(tuple((place, *functions[place], cancels[place]) for place in order), needed, read)


def _in_order(sources: Mapping[Place, tuple[Source, ...]]) -> list[Place] | None:
    """The formulas, those that others read first; None where one hangs on itself."""
    by_column: dict[tuple[str, int], list[Place]] = {}
    for place in sources:
        by_column.setdefault((place[0], place[2]), []).append(place)
    found: dict[Place, bool] = {}  # whether all that a formula reads is there

    def add(place: Place) -> bool:
        if place in found:
            return found[place]
        found[place] = False
        for source in sources[place]:
            first, last = source.rows
            for other in by_column.get((source.sheet, source.column), ()):
                if first <= other[1] <= last and not add(other):
                    return False
        del found[place]
        found[place] = True
        return True

    return [*found] if all(map(add, sources)) else None


def _function(sheet: str, formula: Judged) -> tuple[Call, tuple[Source, ...]]:
    if formula.prints or formula.asked or formula.alike or formula.spills:
        raise Beyond
    tree, pairs = pairs_of(formula, formula)
    walk = RunWalk(sheet, 2, pairs)  # a formula that another follows which is the same
    step = read_step(tree, walk)
    if step.kind == "truth" or walk.tables or any(area.top is None for area, _ in pairs.values()):
        raise Beyond
    return step.call, tuple(walk.sources)
