"""Numbers that criteria and keys are as good as, but not quite: which cells a criterion takes then hangs on the last bits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.excel.calculate.calculation_engine import NEAR, Told, is_near, of_engine, written_for
from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.formula_forms import TOLD, Judged
from generator.excel.calculate.needed_columns import needed_cells
from generator.ooxml.addresses import columns_of, parse_area, rectangle, rows_of, write_area

if TYPE_CHECKING:
    from formualizer import Workbook

Doubtful = Mapping[tuple[str, int], list[float] | None]  # None: of a column that could not be looked through


def close_formulas(
    workbook: Workbook, judged: Mapping[Place, Judged], numbers: Mapping[Place, int], told: Told
) -> set[int]:
    """The numbers of the formulas whose criteria or keys are as good as a number of their cells, but not quite."""
    asking = [(place, formula) for place, formula in judged.items() if numbers[place] in told.asked and formula.asked]
    doubtful = doubtful_columns(workbook, asking, told)
    if not any_doubtful(doubtful):
        return set()
    return {
        numbers[place]
        for place, formula in asking
        for sheet, needed in needed_cells((place[0], _edge(text)) for text in formula.asked).items()
        for column in needed
        if (near := doubtful[sheet, column]) is None or any(is_near(one, near) for one in told.asked[numbers[place]])
    }


def any_doubtful(doubtful: Doubtful) -> bool:
    """Whether a number of some column could be taken or left."""
    return any(near != [] for near in doubtful.values())


def doubtful_columns(workbook: Workbook, asking: Iterable[tuple[Place, Judged]], told: Told) -> Doubtful:
    """By sheet and column the numbers that a criterion could take or leave, of all cells in which the formulas look.

    Rows that hold nothing are left out: a whole column has a million.
    """
    hull = needed_cells((place[0], _edge(text)) for place, formula in asking for text in formula.asked)
    columns = [(sheet, column, rows) for sheet, needed in hull.items() for column, rows in needed.items()]
    if not columns:
        return {}
    helper = "NEAR"
    while helper in workbook.sheet_names:
        helper += "_"
    workbook.add_sheet(helper)
    told.near.clear()
    for number, (sheet, column, rows) in enumerate(columns):
        area = write_area(rectangle(rows[0], column, max(rows[0], min(rows[1], told.last_row)), column, (sheet,)))
        workbook.set_formula(helper, number + 1, 1, written_for(Judged(f"{NEAR}({area}{TOLD})", ()), -1 - number))
        try:
            workbook.evaluate_cell(helper, number + 1, 1)
        except BaseException as fault:
            if not of_engine(fault):
                raise
    return {(sheet, column): told.near.get(-1 - number) for number, (sheet, column, _) in enumerate(columns)}


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
