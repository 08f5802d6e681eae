"""The values of a workbook's few formulas, given without reading its sheets again.

A sheet that fits into one block was just put together from pieces (see `completed_rows`), of which some are its formulas. Where every
formula of the workbook stands so, is computed without the engine (see `few_formulas`) and reads cells of such sheets alone, how they
are computed follows from their texts, their places and the names: it is known from the last render with the same. Only the cells that
they read are looked for then, and the values are put between the pieces. Whatever is not so is left to `given_values`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

from generator.excel.calculate.cached_values import FORMULA_END, constant, is_addressed
from generator.excel.calculate.column_cells import Columns
from generator.excel.calculate.computed_columns import CellValues
from generator.excel.calculate.few_formulas import FewPlan, few_plan, planned_values
from generator.excel.calculate.formula_judging import Computed, SheetCells, Texts, judge_all
from generator.excel.calculate.formula_names import Names
from generator.excel.calculate.formula_tables import FormulaTable
from generator.excel.calculate.link_targets import link_probes
from generator.excel.follow.known_layouts import Known
from generator.excel.present_names import defined_names, tables_of
from generator.excel.read.workbook import Workbook
from generator.excel.run.own_rows import cell_ending
from generator.excel.run.present_strings import PresentStrings
from generator.excel.run.recalculation import forget_calculation_chain
from generator.excel.run.rendered_sheet import CompletedSheet, RenderedSheet, WaitingFormula
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import column_letters
from generator.ooxml.overlay import Overlay

ADDRESSED = "addressed"  # begins the key of what is known of a sheet: that each of its cells names its address first
_PLAN = "few formulas"
_SLASH = ord("/")
_MOST_CELLS = 2_000  # that are looked for one by one
_MOST_ABSENT = 20  # cells that are not there: each is looked for through the whole sheet
_OF_ROWS = lazy(r"\b(?:SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)  # hidden rows may matter to them

_Waiting = tuple[list[WaitingFormula], ...]  # by sheet
_Wholes = Sequence[CompletedSheet | None]
_Marks = list[tuple[bytes, int, int]]  # the beginning of a cell, its column, and its place among those of the column


@dataclass(frozen=True, slots=True)
class _KnownFew:
    """How the formulas of a workbook are computed.

    Args:
        waiting, names: what it follows from.
        plan: None where they are not computed here.
        cells: what they read, by the number of the sheet: for each cell, from above to below, how it begins.
    """

    waiting: _Waiting
    names: Names
    plan: FewPlan | None
    cells: Mapping[int, _Marks]


def give_few(workbook: Workbook, sheets: Sequence[RenderedSheet], parts: Overlay, known: Known) -> bool:
    """Give the formulas of a workbook their values, if they can be had here; else nothing is changed.

    Args:
        workbook: the template.
        sheets: the rendered worksheets.
        parts: the package as the render has it.
        known: what earlier renders with this layout found out.
    """
    wholes = [_whole(sheet, parts) for sheet in sheets]
    if any(whole is None and sheet.formulas for whole, sheet in zip(wholes, sheets, strict=True)):
        return False
    waiting = tuple(whole.waiting if whole else [] for whole in wholes)
    names = Names(
        tuple(sheet.layout.name for sheet in sheets),
        defined_names(parts.read(workbook.main)),
        tables_of([(sheet.layout.name, sheet.output.part) for sheet in sheets], parts),
    )
    fact: _KnownFew | None = known.get(_PLAN)
    if fact is None or fact.waiting != waiting or fact.names != names:
        fact = _known(sheets, wholes, waiting, names, known)
        known.keep(_PLAN, fact)
    if fact.plan is None or not fact.plan.within_limits:
        return False
    columns = _read(fact.plan, fact.cells, sheets, wholes, PresentStrings(workbook, parts))
    values = planned_values(fact.plan, columns) if columns is not None else None
    if values is None:
        return False
    for sheet, whole in zip(sheets, wholes, strict=True):
        if whole is not None and whole.waiting:
            _put(sheet, whole, values, parts)
    forget_calculation_chain(workbook, parts, False)
    return True


def _whole(sheet: RenderedSheet, parts: Overlay) -> CompletedSheet | None:
    """A sheet in pieces; None where it is not, or was changed since."""
    whole = sheet.completed
    return whole if whole is not None and parts.read(sheet.output.part) is whole.xml else None


def _put(sheet: RenderedSheet, whole: CompletedSheet, values: CellValues, parts: Overlay) -> None:
    name, prefix, found = sheet.layout.name, sheet.compiled.xml.prefix, values.singles
    for index, row, column, element in whole.waiting:
        whole.pieces[index] = cell_ending(element, found[name, row, column], prefix)
    sheet.completed = None
    parts.write(sheet.output.part, b"".join(whole.pieces))


def judged_before(known: Known, names: Names) -> Texts:
    """The formulas that were judged with the same names in an earlier render."""
    found = known.get("judged")
    if found is None or found[0] != names:
        found = names, {}
        known.keep("judged", found)
    return found[1]


def _known(
    sheets: Sequence[RenderedSheet], wholes: _Wholes, waiting: _Waiting, names: Names, known: Known
) -> _KnownFew:
    refused = _KnownFew(waiting, names, None, {})
    tables: list[FormulaTable] = []
    for sheet, whole, formulas in zip(sheets, wholes, waiting, strict=True):
        table = _table(formulas)
        if table is None or table.runs or table.holding(_OF_ROWS) or link_probes(table)[1]:
            return refused
        if whole is not None and known.get((ADDRESSED, sheet.layout.name)) is None:
            if not is_addressed(whole.xml):
                return refused
            known.keep((ADDRESSED, sheet.layout.name), True)
        tables.append(table)
    computed = Computed()
    cells = [SheetCells(sheet.layout.name, lambda _: (), table) for sheet, table in zip(sheets, tables, strict=True)]
    judged, runs = judge_all(cells, names, computed, judged_before(known, names))
    plan = None if runs or computed.refused else few_plan(judged)
    marks = _marks(plan, sheets, wholes) if plan is not None else None
    return refused if marks is None else _KnownFew(waiting, names, plan, marks)


def _table(waiting: Sequence[WaitingFormula]) -> FormulaTable | None:
    """The formulas; None where one is more than its text."""
    table = FormulaTable()
    for _, row, column, element in waiting:
        if element[:3] != b"<f>" or not element.endswith(FORMULA_END):
            return None
        text = element[3:-4].decode()
        table.add(row, column, (unescape(text) if "&" in text else text).strip())
    return table.close()


def _marks(plan: FewPlan, sheets: Sequence[RenderedSheet], wholes: _Wholes) -> dict[int, _Marks] | None:
    """The cells that formulas read; None where one of their sheets is not at hand, or they are too many."""
    found: dict[int, _Marks] = {}
    numbers = {sheet.layout.name: number for number, sheet in enumerate(sheets)}
    count = 0
    for name, columns in plan.needed.items():
        number = numbers.get(name)
        if number is None or wholes[number] is None:
            return None
        start = b'<%bc r="%%b%%d"' % sheets[number].compiled.xml.prefix
        count += sum(last - first + 1 for first, last in columns.values())
        if count > _MOST_CELLS:
            return None
        rows = {row for first, last in columns.values() for row in range(first, last + 1)}
        found[number] = [
            (start % (column_letters(column).encode(), row), column, row - columns[column][0])
            for row in sorted(rows)
            for column in sorted(columns)
            if columns[column][0] <= row <= columns[column][1]
        ]
    return found


def _read(
    plan: FewPlan,
    cells: Mapping[int, _Marks],
    sheets: Sequence[RenderedSheet],
    wholes: _Wholes,
    strings: PresentStrings,
) -> Columns | None:
    """The cells that formulas read; None where they are not as the sheet's program writes them."""
    columns, absent = Columns(plan.needed), 0
    for number, marks in cells.items():
        sheet, whole = sheets[number], wholes[number]
        assert whole is not None
        needed = plan.needed[sheet.layout.name]
        found: dict[int, list[object]] = {
            column: [None] * (last - first + 1) for column, (first, last) in needed.items()
        }
        xml, end, at = whole.xml, b"</%bc>" % sheet.compiled.xml.prefix, 0
        for mark, column, place in marks:
            begin = xml.find(mark, at)
            if begin < 0:
                absent += 1
                if absent > _MOST_ABSENT or xml.find(mark) >= 0:
                    return None
                continue
            inner = xml.find(b">", begin + len(mark)) + 1
            at = inner
            if xml[inner - 2] == _SLASH:
                continue
            at = xml.find(end, inner)
            found[column][place] = constant(xml[begin + len(mark) : inner - 1], xml[inner:at], strings)
        for column, values in found.items():
            columns.put(sheet.layout.name, needed[column][0], column, values)
    return columns
