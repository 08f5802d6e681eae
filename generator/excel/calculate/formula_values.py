"""The values of formulas, computed over the cells of a rendered workbook.

`compute` takes cells and formulas and gives each formula its value, or says why it has none: a formula that `computable`
refuses, one that depends on such a cell, and one whose value the engine fails at. One such cell never costs the others, and
none ever keeps a value that may be wrong. Time grows linearly with the number of cells and formulas.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Text
from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.calculation_engine import NEAR, Told, empty_engine, is_near, written_for
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import (
    Computed,
    ErrorValue,
    Needed,
    SheetCells,
    Texts,
    Value,
    judge_all,
)
from generator.excel.calculate.formula_names import Names
from generator.excel.follow.ranges import columns_of, rows_of
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import column_number, parse_area, rectangle, write_area

if TYPE_CHECKING:
    from formualizer import LiteralValue, Workbook

_ERRORS = {"Div": "#DIV/0!", "Na": "#N/A"}
_CODES = {
    "#DIV/0!": "Div",
    "#N/A": "Na",
    "#NAME?": "Name",
    "#NULL!": "Null",
    "#NUM!": "Num",
    "#REF!": "Ref",
    "#VALUE!": "Value",
}
_TINY = 1e-9
_MANY_DIGITS = lazy(r"\d[\d.]{15}")


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
    computed = Computed()
    sheets = list(sheets)
    if not any(sheet.formulas for sheet in sheets):
        return computed
    judged = judge_all(sheets, names, computed, texts)
    told = Told()
    workbook = empty_engine(date_1904, told, [formula.text for formula in judged.values()])
    needed = needed_cells((sheet, area) for (sheet, _, _), formula in judged.items() for area in formula.areas)
    for sheet in sheets:
        workbook.add_sheet(sheet.name)
        _load(workbook, sheet, needed.get(sheet.name, {}))
    numbers = {place: number for number, place in enumerate(judged)}
    for place, formula in judged.items():
        try:
            workbook.set_formula(*place, written_for(formula, numbers[place]))
        except (RuntimeError, ValueError) as fault:  # it refers to itself; a form that the engine does not take
            computed.refused[place] = reasons.CIRCULAR if "CIRC" in str(fault) else reasons.FAILED
    for place in computed.refused:
        judged.pop(place, None)
    tainted: set[tuple[str, int, int]] = set(computed.refused)
    found = _evaluate(workbook, judged)
    close = _close(workbook, judged, numbers, told)
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
    return computed


Place = tuple[str, int, int]


def _close(workbook: Workbook, judged: Mapping[Place, Judged], numbers: Mapping[Place, int], told: Told) -> set[int]:
    """The formulas whose criteria or keys are as good as a number of their cells, but not quite: the last bits decide."""
    asking = [(place, formula) for place, formula in judged.items() if numbers[place] in told.asked and formula.asked]
    if not asking:
        return set()
    hull = needed_cells((place[0], _edge(text)) for place, formula in asking for text in formula.asked)
    columns = [(sheet, column, rows) for sheet, needed in hull.items() for column, rows in needed.items()]
    helper = "NEAR"
    while helper in workbook.sheet_names:
        helper += "_"
    workbook.add_sheet(helper)
    for number, (sheet, column, rows) in enumerate(columns):
        area = write_area(rectangle(rows[0], column, rows[1], column, (sheet,)))
        workbook.set_formula(helper, number + 1, 1, written_for(Judged(f"{NEAR}({area}\x02)", ()), number))
        try:
            workbook.evaluate_cell(helper, number + 1, 1)
        except BaseException as fault:
            if not _of_engine(fault):
                raise
    doubtful = {(sheet, column): told.near.get(number, []) for number, (sheet, column, _) in enumerate(columns)}
    if not any(doubtful.values()):
        return set()
    return {
        numbers[place]
        for place, formula in asking
        for sheet, needed in needed_cells((place[0], _edge(text)) for text in formula.asked).items()
        for column in needed
        if any(is_near(wanted, doubtful[sheet, column]) for wanted in told.asked[numbers[place]])
    }


def _edge(text: str) -> str:
    """An area that is asked about; of a table whose keys are asked about, its first column or row."""
    if text[0] not in "<^":
        return text
    area = parse_area(text[1:])
    assert area is not None
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    if text[0] == "<":
        right = left
    else:
        bottom = top
    return write_area(rectangle(top, left, bottom, right, area.sheets))


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
    arrays = {(sheet.name, *at): cell.array for sheet in sheets for at, cell in sheet.formulas.items() if cell.array}
    for place, size in arrays.items():
        if place not in judged or size is None:
            continue
        rows = told.spilled.get(numbers[place])
        if not judged[place].spills:
            rows = [[found[place]]]
        grown = rows and (len(rows), len(rows[0])) == (1, 1) and [rows[0] * size[1] for _ in range(size[0])]
        rows = grown or rows
        if rows is None or (len(rows), len(rows[0])) != size:
            computed.refused[place] = reasons.ARRAY_SIZE
            tainted.add(place)
            rows = []
        sheet, top, left = place
        for below in range(size[0]):
            for right in range(size[1]):
                other = (sheet, top + below, left + right)
                if other == place:
                    continue
                tainted.add(other)
                if not rows:
                    continue
                value = rows[below][right]
                if reason := _doubt(value, judged[place]):
                    computed.refused[other] = reason
                else:
                    computed.values[other] = _value(value)


def _unspill(place: Place, sheets: list[SheetCells], computed: Computed) -> None:
    """Without the first value of an array formula the others are not shown either."""
    sheet, top, left = place
    size = next(one for one in sheets if one.name == sheet).formulas[top, left].array or (1, 1)
    for below in range(size[0]):
        for right in range(size[1]):
            computed.values.pop((sheet, top + below, left + right), None)


_PLAIN = lazy(r"\$?([A-Z]{1,3})\$?(\d+)")
_column = lru_cache(maxsize=1024)(column_number)


def needed_cells(areas: Iterable[tuple[str, str]]) -> dict[str, dict[int, tuple[int, int]]]:
    """The columns that areas touch, by sheet, each with its first and last row.

    Args:
        areas: the sheet that each stands on, and its text.
    """
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for sheet, text in areas:
        if (plain := _PLAIN.fullmatch(text)) is not None:  # most areas of a long sheet: one cell of its own
            columns, column, row = found.setdefault(sheet, {}), _column(plain[1]), int(plain[2])
            known = columns.get(column)
            if known is None or not known[0] <= row <= known[1]:
                columns[column] = (min(row, known[0]), max(row, known[1])) if known else (row, row)
            continue
        area = parse_area(text)
        if area is None:
            continue
        columns = found.setdefault(area.sheets[0] if area.sheets else sheet, {})
        first, last = rows_of(area)
        left, right = columns_of(area)
        for column in range(left, right + 1):
            known = columns.get(column)
            columns[column] = (min(first, known[0]), max(last, known[1])) if known else (first, last)
    return found


def _load(workbook: Workbook, sheet: SheetCells, needed: Needed) -> None:
    """Put the constants of a sheet that are needed into the engine."""
    if not needed:
        return
    for row, column, block in sheet.constants(needed):
        for values in block:
            for index, value in enumerate(values):
                if isinstance(value, ErrorValue):
                    values[index] = _error(value)
        workbook.set_values_batch(sheet.name, row, column, block)


def _error(value: ErrorValue) -> LiteralValue:
    from formualizer import LiteralValue

    return LiteralValue.error(_CODES.get(value.text, "Value"), None)


def _evaluate(workbook: Workbook, judged: Mapping[tuple[str, int, int], Judged]) -> dict[tuple[str, int, int], Any]:
    try:
        workbook.evaluate_all()
        return {place: workbook.get_value(*place) for place in judged}
    except BaseException as fault:  # one cell failed the whole: ask for each
        if not _of_engine(fault):
            raise
    found: dict[tuple[str, int, int], Any] = {}
    for place in judged:
        try:
            found[place] = workbook.evaluate_cell(*place)
        except BaseException as fault:
            if not _of_engine(fault):
                raise
            found[place] = {"type": "Error", "kind": "Error"}
    return found


def _of_engine(fault: BaseException) -> bool:
    """Whether the engine failed: its own exceptions, and the panics of its language, which are no `Exception`."""
    from formualizer import ExcelEvaluationError

    return isinstance(fault, ExcelEvaluationError | RuntimeError) or type(fault).__name__ == "PanicException"


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
        if formula.cancels and 0 < abs(value) < _TINY:
            return reasons.ROUNDING
        return None
    if formula.prints and isinstance(value, str) and _MANY_DIGITS.search(value):
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


def _dependents(
    judged: Mapping[tuple[str, int, int], Judged], tainted: set[tuple[str, int, int]], sheets: list[SheetCells]
) -> Iterator[tuple[str, int, int]]:
    """The formulas that depend on a tainted cell, also through others.

    The engine itself follows the dependencies: in a second workbook tainted cells hold 1 and every formula is the maximum
    of the cells that the real one reads.
    """
    if not tainted:
        return
    workbook = empty_engine(False, Told())
    for sheet in sheets:
        workbook.add_sheet(sheet.name)
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
