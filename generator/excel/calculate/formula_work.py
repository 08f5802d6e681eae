"""What computing formulas costs, estimated before it is done: formulas that together read too many cells get no value.

An engine that has begun cannot be stopped, so what each formula reads is added up first. A cell of an area counts once, as of
SUM and COUNTIF; ten times where areas are multiplied or are whole columns, a hundred times where they are compared cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.diagnostics import Text
from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_judging import SheetCells
from generator.excel.calculate.formula_runs import JudgedRun
from generator.excel.calculate.formula_tables import tabled
from generator.excel.calculate.signatures import COMPARE
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import columns_of, parse_area, rows_of
from generator.ooxml.limits import limits

_OVER_ARRAYS = lazy(r"SUMPRODUCT|MMULT", re.IGNORECASE)
_MULTIPLIED, _COMPARED = 10, 100

Place = tuple[str, int, int]


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
    last = max((0, *last_rows.values(), *(tabled(sheet.formulas).last_row for sheet in sheets)))
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
        height, width = cells[sheet][row, column].array or (1, 1)
        refused |= {(sheet, row + down, column + right): reason for down in range(height) for right in range(width)}
    return kept, refused


def _cost(formula: Judged, last: int) -> int:
    """How many cells a formula reads, weighed by how it reads them."""
    wide = [size for text in formula.areas if ":" in text and (size := _size(text, last)) > 1]
    if not wide:
        return len(formula.areas)
    if COMPARE in formula.text and (formula.spills or _OVER_ARRAYS.search(formula.text)):
        return sum(wide) * _COMPARED
    if formula.spills or _OVER_ARRAYS.search(formula.text):
        return sum(wide) * _MULTIPLIED
    return sum(wide)


def _size(text: str, last: int) -> int:
    area = parse_area(text)
    if area is None:
        return 1
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    height = max(0, min(bottom, last) - top + 1)
    return height * (right - left + 1) * (1 if area.top else _MULTIPLIED)
