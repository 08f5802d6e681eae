"""What computing formulas costs, estimated before it is done: formulas that together read too many cells get no value.

An engine that has begun cannot be stopped, so what each formula reads is added up first. A cell of an area counts once, as of SUM
and COUNTIF (5 to 10 ns were measured); ten times in a whole column, 30 times where areas are multiplied (about 180 ns), 200 times
where a function of our own looks at them (LOOKUP, MATCH of sorted cells; about 1 µs) and 800 times where one is called for each
in an array (about 4 µs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.diagnostics import Text
from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import SheetCells
from generator.excel.calculate.formula_runs import JudgedRun
from generator.excel.calculate.signatures import CRITERION, KEY, SINGLE, SPILL
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import columns_of, parse_area, rows_of
from generator.ooxml.limits import limits

_OVER_ARRAYS = lazy(r"SUMPRODUCT|MMULT", re.IGNORECASE)
_OWN = lazy(rf"(?<![A-Z])(?!(?:{CRITERION}|{KEY}|{SPILL}|{SINGLE}))[A-Z]+_\(")
# ends the name of a function of ours that stands for one of Excel's (`MATCH__`): it looks at cell after cell
_STANDING_IN = "__("
_ENTIRE, _MULTIPLIED, _LOOKED_AT, _BY_CELL = 10, 30, 200, 800


def within_work(
    judged: dict[Place, Judged], runs: list[JudgedRun], sheets: list[SheetCells], last_rows: Mapping[str, int]
) -> tuple[list[JudgedRun], dict[Place, Text]]:
    """The runs that can be computed within the limit of cells read, and the formulas beyond it with the reason.

    Args:
        judged: single formulas; those beyond the limit are taken out.
        runs: of formulas that are alike.
        sheets: of the workbook.
        last_rows: of the constants by sheet; whole columns end there or at the last formula.
    """
    left = most = limits().cells
    reason = reasons.MUCH_WORK.filled(limit=most)
    last = last_row(sheets, last_rows)
    beyond: list[Place] = []
    for place, formula in judged.items():
        cost = _cost(formula, last) if formula.areas else 0
        if cost > left:
            beyond.append(place)
        else:
            left -= cost
    kept: list[JudgedRun] = []
    for run in runs:
        cost = (_cost(run.first, last) + _cost(run.last, last)) * run.count // 2
        if cost > left:
            beyond += [run.place(by) for by in range(run.count)]
        else:
            left -= cost
            kept.append(run)
    refused: dict[Place, Text] = {}
    cells = {sheet.name: sheet.formulas for sheet in sheets} if beyond else {}
    for sheet, row, column in beyond:
        judged.pop((sheet, row, column), None)
        refused |= {(sheet, *at): reason for at in cells[sheet][row, column].filled(row, column)}
    return kept, refused


def last_row(sheets: Iterable[SheetCells], last_rows: Mapping[str, int]) -> int:
    """The last row of all sheets that holds a constant which is needed, or a formula."""
    return max((0, *last_rows.values(), *(sheet.formulas.last_row for sheet in sheets)))


def _cost(formula: Judged, last: int) -> int:
    """How many cells a formula reads, weighed by how it reads them."""
    wide = [size for text in formula.areas if ":" in text and (size := _size(text, last)) > 1]
    if not wide:
        return len(formula.areas)
    return sum(wide) * _weight(formula)


def _weight(formula: Judged) -> int:
    """How often a cell of an area counts."""
    text = formula.text
    if formula.spills or _OVER_ARRAYS.search(text):
        return _BY_CELL if _OWN.search(text) else _MULTIPLIED
    return _LOOKED_AT if _STANDING_IN in text else 1


def _size(text: str, last: int) -> int:
    area = parse_area(text)
    if area is None:
        return 1
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    height = max(0, min(bottom, last) - top + 1)
    return height * (right - left + 1) * (1 if area.top else _ENTIRE)
