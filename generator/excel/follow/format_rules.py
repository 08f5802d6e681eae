"""Conditional formats and data validations: ranges with formulas that are read from their first cell.

A rule in a loop stays one rule over all its instances where one wording of its formulas fits them all (what moves along is
relative, what stands still absolute); otherwise each instance gets its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from generator.excel.follow.formulas import Formula, Frame, common_form, parse_formula, rewrite, shift_formula
from generator.excel.follow.layout import AxisLayout, Origin, SheetLayout
from generator.excel.follow.ranges import columns_of, first_cells, follow_list, rows_of
from generator.ooxml.addresses import Area, parse_areas
from generator.ooxml.spreadsheet import copy_of, local

_MOST = 2_000  # instances of a rule that cannot be one


def follow_conditional_format(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """A `<conditionalFormatting>` after the move: itself, several, or none; None: unchanged."""
    return _follow(element, _formulas(element), frame, "条件格式", "conditional format")


def follow_validations(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """A `<dataValidations>` element after the move; None: unchanged."""
    changed = False
    for rule in list(element):
        found = _follow(rule, _formulas(rule), frame, "数据验证", "validation")
        if found is None:
            continue
        changed = True
        for one in found:
            rule.addprevious(one)
        if rule not in found:
            element.remove(rule)
    if not changed:
        return None
    if len(element) == 0:
        return []
    if element.get("count") is not None:
        element.set("count", str(len(element)))
    return [element]


def _formulas(element: etree._Element) -> list[etree._Element]:
    return [
        child
        for child in element.iter()
        if local(child) in ("formula", "formula1", "formula2") and child.text and not _literal_list(child.text)
    ]


def _literal_list(text: str) -> bool:
    return text.startswith('"') and text.endswith('"') and '"' not in text[1:-1]


def _values(element: etree._Element) -> list[etree._Element]:
    """The `<cfvo>` of colour scales and icon sets whose value is a formula."""
    return [child for child in element.iter() if local(child) == "cfvo" and not _is_number(child.get("val", "0"))]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _follow(
    element: etree._Element, formulas: Sequence[etree._Element], frame: Frame, zh: str, en: str
) -> list[etree._Element] | None:
    sheet = frame.sheet
    assert sheet is not None
    text = element.get("sqref", "")
    areas = parse_areas(text)
    if not areas:
        return None
    parsed = [parse_formula(child.text or "") for child in formulas]
    values = _values(element)
    sqref = follow_list(text, sheet) if sheet.moved else text
    if not sqref:
        return []
    corner = areas[0]
    cells = first_cells(corner, sheet)
    at = 0
    while not cells and at + 1 < len(areas):  # the first area is gone: formulas are read from the next
        at += 1
        cells = first_cells(areas[at], sheet)
    if not cells:
        return []
    every = cells
    if len(cells) > 3 and _regular(sheet.rows) and _regular(sheet.columns):
        cells = [*cells[:2], cells[-1]]  # what holds for these holds for all between
    by = (cells[0][0].source - rows_of(corner)[0], cells[0][2].source - columns_of(corner)[0])
    shifted = [shift_formula(formula, *by) if by != (0, 0) else formula for formula in parsed]
    origins: list[tuple[Origin | None, Origin | None]] = [(row, column) for row, _, column, _ in cells]
    outputs = [(top, left) for _, top, _, left in cells]
    wordings = [common_form(formula, frame, origins, outputs) for formula in shifted]
    changed = sqref != text
    for value in values:
        wording = rewrite(parse_formula(value.get("val", "")), frame)
        if wording != value.get("val"):
            value.set("val", wording)
            changed = True
    if all(wording is not None for wording in wordings):
        if not changed and all(one == formula.text for one, formula in zip(wordings, parsed, strict=True)):
            return None
        element.set("sqref", sqref)
        for child, wording in zip(formulas, wordings, strict=True):
            child.text = wording
        return [element]
    cells = every
    if len(cells) > _MOST:
        from generator.diagnostics import Text

        frame.refuse(
            "excel-rule-differs", {"sheet": sheet.source, "range": str(corner)}, what=Text(zh, en), reference=text
        )
        return None
    return _one_by_one(element, formulas, shifted, areas, cells, frame)


def _regular(axis: AxisLayout) -> bool:
    """Whether every band is placed in regular steps, if it is repeated at all."""
    return all(len(runs) <= 1 for runs in axis.runs)


def _one_by_one(
    element: etree._Element,
    formulas: Sequence[etree._Element],
    parsed: Sequence[Formula],
    areas: Sequence[Area],
    cells: Sequence[tuple[Origin, int, Origin, int]],
    frame: Frame,
) -> list[etree._Element]:
    sheet = frame.sheet
    assert sheet is not None
    positions: list[Any] = list(element.iter())
    places = [positions.index(child) for child in formulas]
    found = []
    for row, _, column, _ in cells:
        boxes = _within(areas, sheet, row, column)
        if not boxes:
            continue
        twin = copy_of(element)
        twin.set("sqref", boxes)
        for attribute in [name for name in twin.attrib if str(name).endswith("}uid")]:
            del twin.attrib[attribute]
        inner = list(twin.iter())
        for place, formula in zip(places, parsed, strict=True):
            inner[place].text = rewrite(formula, frame, row, column)
        found.append(twin)
    return found


def _within(areas: Sequence[Area], sheet: SheetLayout, row: Origin, column: Origin) -> str:
    from generator.excel.follow.ranges import Box

    boxes = []
    for area in areas:
        rows = sheet.rows.cover(*rows_of(area), row)
        columns = sheet.columns.cover(*columns_of(area), column)
        if rows and columns:
            boxes.append(str(Box(rows.first, columns.first, rows.last, columns.last)))
    return " ".join(boxes)
