"""The values of formulas, computed over the cells of a rendered workbook.

`compute` takes cells and formulas and gives each formula its value, or says why it has none: a formula that `computable`
refuses, one that depends on such a cell, and one whose value the engine fails at. One such cell never costs the others, and
none ever keeps a value that may be wrong. Time grows linearly with the number of cells and formulas.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain, starmap
from typing import TYPE_CHECKING, Any, TypeVar

from generator.diagnostics import Text
from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.calculation_engine import Told, empty_engine, evaluated, of_engine, written_for
from generator.excel.calculate.cell_arrays import ROUNDING
from generator.excel.calculate.close_numbers import any_doubtful, close_formulas, doubtful_columns
from generator.excel.calculate.column_cells import OPEN
from generator.excel.calculate.column_runs import ColumnRun, column_run, compute_columns
from generator.excel.calculate.computed_columns import CellValues, Place, RunValues
from generator.excel.calculate.engine_cells import EngineCells, widen
from generator.excel.calculate.few_formulas import few_values
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import Computed, ErrorValue, SheetCells, Texts, Value, judge_all
from generator.excel.calculate.formula_names import Names
from generator.excel.calculate.formula_runs import JudgedRun, run_values, set_run
from generator.excel.calculate.formula_tables import FormulaCell
from generator.excel.calculate.formula_work import last_row, within_work
from generator.excel.calculate.known_cells import KnownCells
from generator.kept.lazy_patterns import lazy

if TYPE_CHECKING:
    from formualizer import Workbook

_ERRORS = {"Div": "#DIV/0!", "Na": "#N/A"}
_T = TypeVar("_T")
_PRINTED_OTHERWISE = lazy(r"\d[\d.]{15}|-0(?!\.)|(?<![\d.])0\.0000")  # 0.1+0.2, nothing times -1, 1E-10


def compute(
    sheets: Iterable[SheetCells], names: Names, date_1904: bool = False, texts: Texts | None = None
) -> Computed:
    """Compute every formula of a workbook.

    Args:
        sheets: the cells of all its sheets.
        names: its defined names and tables.
        date_1904: whether its days count from 1904.
        texts: what was judged with the same names before (see `judge_all`).
    """
    sheets = list(sheets)
    if not any(sheet.formulas for sheet in sheets):
        return Computed()
    found = _computed(sheets, names, date_1904, texts, by_columns=True)
    if found is None:  # a doubt is followed from cell to cell, and the engine has to hold every one
        found = _computed(sheets, names, date_1904, texts, by_columns=False)
        assert found is not None
    return found


def _computed(
    sheets: list[SheetCells], names: Names, date_1904: bool, texts: Texts | None, by_columns: bool
) -> Computed | None:
    """See `compute`; None where runs were computed by columns and there is any doubt."""
    computed = Computed()
    judged, runs = judge_all(sheets, names, computed, texts)
    if by_columns and not runs and not computed.refused and not _arrays(sheets):
        few = few_values(sheets, judged)
        if few is not None:
            computed.values = few
            return computed
    told = Told()
    workbook = empty_engine(
        date_1904, told, [*(one.text for one in judged.values()), *(one.text for run in runs for _, one in run.ends)]
    )
    numbers = {place: number for number, place in enumerate(judged)}
    numbered = list(zip(accumulate((run.count for run in runs), initial=len(judged)), runs, strict=False))
    by_columns = by_columns and not computed.refused and not _arrays(sheets)
    columns = [one for one in starmap(column_run, numbered) if one is not None] if by_columns else []
    waiting = {one.number for one in columns}
    engine = EngineCells(workbook, sheets, columns)
    engine.begin([*judged.items(), *(end for number, run in numbered if number not in waiting for end in run.ends)])
    rest = [run for number, run in numbered if number not in waiting]
    kept, beyond = within_work(judged, rest, sheets, engine.last_rows)
    untaken = _set(workbook, judged, numbers)
    done = _by_columns(engine, judged, numbers, numbered, columns) if not beyond and not untaken else []
    waiting -= {one.number for one in done}
    if waiting:
        left = [run for number, run in numbered if number in waiting]
        engine.add([end for run in left for end in run.ends])
        kept, beyond = within_work(judged, [*rest, *left], sheets, engine.last_rows)
    engine.give_needed()
    told.last_row = last_row(sheets, engine.last_rows)
    computed.refused |= beyond
    within = {id(run) for run in kept}
    numbered = [(number, run) for number, run in numbered if id(run) in within]
    for number, run in numbered:
        if not set_run(workbook, run, number):
            untaken |= _set(workbook, *_each(run, number))
    computed.refused |= _in_order(untaken, sheets)
    if not computed.refused and not _arrays(sheets):
        values = _clear_values(workbook, judged, numbers, numbered, told)
        if values is not None:
            for one in done:
                values.add_run(one.run.sheet, one.run.column, RunValues(one.row, one.run.stride, one.values or []))
            computed.values = values
            return computed
    if done:
        return None
    if numbered:
        judged, numbers = _expanded(judged, numbers, numbered, sheets)
    _one_by_one(workbook, judged, numbers, told, sheets, computed)
    return computed


def _one_by_one(
    workbook: Workbook,
    judged: dict[Place, Judged],
    numbers: Mapping[Place, int],
    told: Told,
    sheets: list[SheetCells],
    computed: Computed,
) -> None:
    """Give each formula its value, or the reason why it has none, where there is doubt about one."""
    for place in computed.refused:
        judged.pop(place, None)
    tainted: set[Place] = set(computed.refused)
    found = _evaluate(workbook, judged)
    close = close_formulas(workbook, judged, numbers, told)
    _spill(found, judged, numbers, told, sheets, computed, tainted)
    for place, value in found.items():
        failed = numbers[place] in told.failures or numbers[place] in close
        if reason := reasons.ROUNDING if failed else _doubt(value, judged[place]):
            computed.refused.setdefault(place, reason)
            if reason is not reasons.NO_VALUE:
                tainted.add(place)
    for place in _dependents(judged, tainted, sheets):
        computed.refused.setdefault(place, reasons.DEPENDS)
    for place, value in found.items():
        if place not in computed.refused:
            computed.values[place] = _value(value)
        elif judged[place].spills:
            _unspill(place, sheets, computed)


def _by_columns(
    engine: EngineCells,
    judged: dict[Place, Judged],
    numbers: dict[Place, int],
    numbered: list[tuple[int, JudgedRun]],
    columns: list[ColumnRun],
) -> list[ColumnRun]:
    """The runs that are computed by columns; the engine has their values, and their first formulas where it computes these."""
    if not columns:
        return []
    known = KnownCells(judged, [run for _, run in numbered])

    def has_all(place: Place, formula: Judged) -> bool:
        try:
            while (run := known.missing(place[0], formula.areas)) is not None:
                if not engine.give(run):
                    return False
                known.add(run)
        except ValueError:
            return False
        return True

    def value(place: Place, formula: Judged) -> Any:
        found = evaluated(engine.workbook, place)
        return OPEN if _doubt(found, formula) else _value(found)

    def single(place: Place) -> Any:
        return value(place, judged[place]) if place in judged and has_all(place, judged[place]) else OPEN

    def head(one: ColumnRun, by: int) -> Any:
        place, formula = one.run.place(by), one.run.at(by)
        if not has_all(place, formula):
            return OPEN
        engine.add([(place, formula)])
        untaken = _set(engine.workbook, {place: formula}, {place: one.number + by})
        found = OPEN if untaken else value(place, formula)
        if found is not OPEN:
            known.begin(one.run, place[1] + one.run.stride)
        return found

    done = compute_columns(columns, engine.columns, single, head)
    for one in done:
        for by in range(one.heads):
            judged[one.run.place(by)], numbers[one.run.place(by)] = one.run.at(by), one.number + by
    return done


def _set(workbook: Workbook, judged: Mapping[Place, Judged], numbers: Mapping[Place, int]) -> dict[Place, Text]:
    """Give the engine formulas; those that it does not take, with the reason."""
    untaken: dict[Place, Text] = {}
    widen(workbook, judged)
    for place, formula in judged.items():
        try:
            workbook.set_formula(*place, written_for(formula, numbers[place]))
        except (RuntimeError, ValueError) as fault:  # it refers to itself; a form that the engine does not take
            untaken[place] = reasons.CIRCULAR if "CIRC" in str(fault) else reasons.FAILED
    return untaken


def _in_order(cells: Mapping[Place, _T], sheets: list[SheetCells]) -> dict[Place, _T]:
    """What is told of formulas, in the order of their cells."""
    places = ((sheet.name, *at) for sheet in sheets for at in sheet.formulas) if cells else ()
    return {place: cells[place] for place in places if place in cells}


def _each(run: JudgedRun, number: int) -> tuple[dict[Place, Judged], dict[Place, int]]:
    """The formulas of a run one by one, and their numbers."""
    judged = {run.place(by): run.at(by) for by in range(run.count)}
    return judged, {place: number + by for by, place in enumerate(judged)}


def _expanded(
    judged: Mapping[Place, Judged],
    numbers: Mapping[Place, int],
    runs: Iterable[tuple[int, JudgedRun]],
    sheets: list[SheetCells],
) -> tuple[dict[Place, Judged], dict[Place, int]]:
    """All formulas one by one in the order of their cells, and their numbers."""
    every, numbered = {**judged}, {**numbers}
    for number, run in runs:
        own, own_numbers = _each(run, number)
        every |= own
        numbered |= own_numbers
    return _in_order(every, sheets), numbered


def _clear_values(
    workbook: Workbook,
    judged: Mapping[Place, Judged],
    numbers: Mapping[Place, int],
    runs: list[tuple[int, JudgedRun]],
    told: Told,
) -> CellValues | None:
    """The value of every formula; None where there is any doubt about one."""
    try:
        workbook.evaluate_all()
    except BaseException as fault:
        if not of_engine(fault):
            raise
        return None
    asking = [(place, formula) for place, formula in judged.items() if numbers[place] in told.asked and formula.asked]
    for number, run in runs:
        asked = [by for by in range(run.count) if number + by in told.asked] if run.asked else []
        asking += [(run.place(by), run.at(by)) for by in (asked[:1] + asked[-1:])]
    if told.failures or any_doubtful(doubtful_columns(workbook, asking, told)):
        return None
    values = CellValues()
    for place, formula in judged.items():
        value = workbook.get_value(*place)
        if _doubt(value, formula):
            return None
        values[place] = _value(value)
    for _, run in runs:
        found: list[Value | ErrorValue] = []
        for value in run_values(workbook, run):
            if type(value) is float and ROUNDING < abs(value) < math.inf:
                found.append(value)
            elif _doubt(value, run.first):
                return None
            else:
                found.append(_value(value))
        values.add_run(run.sheet, run.column, RunValues(run.row, run.stride, found))
    return values


def _arrays(sheets: Iterable[SheetCells]) -> dict[Place, FormulaCell]:
    """The array formulas of a workbook."""
    tables = ((sheet.name, sheet.formulas.singles) for sheet in sheets)
    return {(name, *at): cell for name, cells in tables for at, cell in cells.items() if cell.array}


def _spill(
    found: dict[Place, Any],
    judged: Mapping[Place, Judged],
    numbers: Mapping[Place, int],
    told: Told,
    sheets: list[SheetCells],
    computed: Computed,
    tainted: set[Place],
) -> None:
    """Give the cells that array formulas fill their values, where the sizes agree; nothing may depend on them but the first."""
    for place, cell in _arrays(sheets).items():
        if place not in judged:
            continue
        size = cell.array or (1, 1)
        filled = [(place[0], *at) for at in cell.filled(*place[1:])]
        rows = told.spilled.get(numbers[place])
        if not judged[place].spills:
            rows = [[found[place]]]
        grown = rows and (len(rows), len(rows[0])) == (1, 1) and [rows[0] * size[1] for _ in range(size[0])]
        rows = grown or rows
        if rows is None or (len(rows), len(rows[0])) != size:
            computed.refused[place] = reasons.ARRAY_SIZE
            tainted.update(filled)
            continue
        for other, value in list(zip(filled, chain.from_iterable(rows), strict=True))[1:]:
            tainted.add(other)
            if reason := _doubt(value, judged[place]):
                computed.refused[other] = reason
            else:
                computed.values[other] = _value(value)


def _unspill(place: Place, sheets: list[SheetCells], computed: Computed) -> None:
    """Without the first value of an array formula the others are not shown either."""
    sheet, *at = place
    cells = next(one for one in sheets if one.name == sheet).formulas
    for other in cells[at[0], at[1]].filled(*at):
        computed.values.pop((sheet, *other), None)


def _evaluate(workbook: Workbook, judged: Mapping[Place, Judged]) -> dict[Place, Any]:
    try:
        workbook.evaluate_all()
        return {place: workbook.get_value(*place) for place in judged}
    except BaseException as fault:  # one cell failed the whole: ask for each
        if not of_engine(fault):
            raise
    return {place: evaluated(workbook, place) for place in judged}


def _doubt(value: Any, formula: Judged) -> Text | None:
    """Why a value that the engine gave is not to be written."""
    if isinstance(value, dict):
        kind = value.get("kind")
        if kind in _ERRORS:
            return None
        if kind in ("Num", "Ref"):
            return reasons.NO_VALUE
        return {"Value": reasons.CONVERTED, "Circ": reasons.CIRCULAR}.get(str(kind), reasons.FAILED)
    if isinstance(value, float):
        if not math.isfinite(value):
            return reasons.FAILED
        if formula.cancels and 0 < abs(value) < ROUNDING:
            return reasons.ROUNDING
        return None
    if formula.prints and isinstance(value, str) and _PRINTED_OTHERWISE.search(value):
        return reasons.ROUNDING
    return None if value is None or isinstance(value, int | str) else reasons.FAILED


def _value(value: Any) -> Value | ErrorValue:
    if isinstance(value, dict):
        return ErrorValue(_ERRORS[value["kind"]])
    if value is None:
        return 0.0
    if isinstance(value, bool | str):
        return value
    return float(value) + 0.0  # no negative zero


def _dependents(judged: Mapping[Place, Judged], tainted: set[Place], sheets: list[SheetCells]) -> Iterator[Place]:
    """The formulas that depend on a tainted cell, also through others.

    The engine itself follows the dependencies: in a second workbook tainted cells hold 1 and every formula is the maximum
    of the cells that the real one reads.
    """
    if not tainted:
        return
    workbook = empty_engine(False, Told())
    for sheet in sheets:
        workbook.add_sheet(sheet.name)
    widen(workbook, judged)
    for place in tainted:
        workbook.set_value(*place, 1)
    followed = {place: formula for place, formula in judged.items() if place not in tainted and formula.areas}
    for place, formula in followed.items():
        areas = list(formula.areas)
        while len(areas) > 200:
            areas = [f"MAX({','.join(areas[at : at + 200])})" for at in range(0, len(areas), 200)]
        workbook.set_formula(*place, f"=MAX({','.join(areas)})")
    reached = _evaluate(workbook, followed)
    for place, value in reached.items():
        if value != 0:
            yield place
