"""Conditional formats and data validations: ranges with formulas that are read from their first cell.

A rule in a loop stays one rule over all its instances where one wording of its formulas fits them all (what moves along is
relative, what stands still absolute); otherwise those instances share one whose formulas say the same, seen from their cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.common_wording import common_form
from generator.excel.follow.formulas import Frame, rewrite
from generator.excel.follow.layout import AxisLayout, Origin
from generator.excel.follow.looped_rules import put_values, texts_of_items, values_at
from generator.excel.follow.ranges import Box, first_cells, follow_list
from generator.excel.follow.sheet_layouts import SheetLayout
from generator.ooxml.addresses import Area, columns_of, parse_areas, rows_of
from generator.ooxml.cut_formulas import Formula, parse_formula, shift_formula
from generator.ooxml.package import copy_of, local
from generator.ooxml.spreadsheet import forget_uid, put_instead

_MOST = 2_000  # rules that one may become


def follow_conditional_format(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """A `<conditionalFormatting>` after the move: itself, several, or none; None: unchanged."""
    return _follow(element, _formulas(element), frame, words.CONDITIONAL_FORMAT)


def follow_validations(element: etree._Element, frame: Frame) -> list[etree._Element] | None:
    """A `<dataValidations>` element after the move; None: unchanged."""
    if not follow_rules(element, frame, words.VALIDATION):
        return None
    return [element] if len(element) else []


def follow_rules(element: etree._Element, frame: Frame, what: Text) -> bool:
    """The rules in an element, changed in place; whether anything changed.

    Args:
        element: of validations, or of extended rules (x14), whose areas and formulas stand in children.
        frame: the layout and the sheet; takes what cannot follow.
        what: what such a rule is called.
    """
    changed = False
    for rule in list(element):
        found = _follow(rule, _formulas(rule), frame, what)
        if found is not None:
            changed = True
            put_instead(rule, found)
    if changed and element.get("count") is not None:
        element.set("count", str(len(element)))
    return changed


def _formulas(element: etree._Element) -> list[etree._Element]:
    return [
        child
        for child in element.iter()
        if local(child) in ("formula", "formula1", "formula2", "f")
        and (text := (child.text or "").strip())
        and not _literal_list(text)
        and (holder := child.getparent()) is not None
        and local(holder) != "cfvo"
    ]


def _sqref(element: etree._Element) -> tuple[etree._Element | None, str]:
    """The areas of a rule, and the child that holds them in an extended one."""
    for child in element:
        if local(child) == "sqref":
            return child, (child.text or "").strip()
    return None, element.get("sqref", "")


def _put_text(element: etree._Element, inner: etree._Element | None, name: str, text: str) -> None:
    """Put a text into a child or, where there is none, into an attribute."""
    if inner is None:
        element.set(name, text)
    else:
        inner.text = text


def _set_sqref(element: etree._Element, text: str) -> None:
    _put_text(element, _sqref(element)[0], "sqref", text)


def _literal_list(text: str) -> bool:
    return text.startswith('"') and text.endswith('"') and '"' not in text[1:-1]


def _values(element: etree._Element) -> list[etree._Element]:
    """The `<cfvo>` of colour scales, data bars and icon sets, whose values may be formulas."""
    return [child for child in element.iter() if local(child) == "cfvo"]


def _follow_value(value: etree._Element, frame: Frame) -> bool:
    inner = next((child for child in value if local(child) == "f"), None)
    text = value.get("val", "") if inner is None else (inner.text or "").strip()
    if _is_number(text or "0"):
        return False
    wording = rewrite(parse_formula(text), frame)
    if wording == text:
        return False
    _put_text(value, inner, "val", wording)
    return True


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _follow(
    element: etree._Element, formulas: Sequence[etree._Element], frame: Frame, what: Text
) -> list[etree._Element] | None:
    sheet = frame.here
    _, text = _sqref(element)
    areas = parse_areas(text)
    if not areas:
        return None
    parsed = [parse_formula(child.text or "") for child in formulas]
    values = _values(element)
    sqref = follow_list(text, sheet) if sheet.moved else text
    if not sqref:
        return []
    corner = areas[0]
    every = cells = next(filter(None, (first_cells(area, sheet) for area in areas)), [])  # of the first that is left
    if not cells:
        return []
    if len(cells) > 3 and _regular(sheet.rows) and _regular(sheet.columns):
        cells = [*cells[:2], cells[-1]]  # what holds for these holds for all between
    by = (cells[0][0].source - rows_of(corner)[0], cells[0][2].source - columns_of(corner)[0])
    shifted = [shift_formula(formula, *by) if by != (0, 0) else formula for formula in parsed]
    origins: list[tuple[Origin | None, Origin | None]] = [(row, column) for row, _, column, _ in cells]
    outputs = [(top, left) for _, top, _, left in cells]
    wordings = [common_form(formula, frame, origins, outputs) for formula in shifted]
    changed = sqref != text
    for value in values:
        changed |= _follow_value(value, frame)
    texts = texts_of_items(element, frame.printed, ((top, left) for _, top, _, left in every))
    if not texts and all(wording is not None for wording in wordings):
        if not changed and all(one == formula.text for one, formula in zip(wordings, parsed, strict=True)):
            return None
        _set_sqref(element, sqref)
        for child, wording in zip(formulas, wordings, strict=True):
            child.text = wording
        return [element]
    found = _joined(element, formulas, shifted, areas, every, frame, texts)
    if found is None:
        frame.refuse("excel-rule-differs", {"sheet": sheet.source, "range": str(corner)}, what=what, reference=text)
    return found


def _regular(axis: AxisLayout) -> bool:
    """Whether every band is placed in regular steps, if it is repeated at all."""
    return all(len(runs) <= 1 for runs in axis.runs)


def _joined(
    element: etree._Element,
    formulas: Sequence[etree._Element],
    parsed: Sequence[Formula],
    areas: Sequence[Area],
    cells: Sequence[tuple[Origin, int, Origin, int]],
    frame: Frame,
    texts: Sequence[str],
) -> list[etree._Element] | None:
    """One rule for all instances whose formulas and texts say the same, seen from their cells; None: there are too many."""
    sheet = frame.here
    positions: list[Any] = list(element.iter())
    places = [positions.index(child) for child in formulas]
    groups: dict[tuple[str, ...], tuple[list[str], tuple[str, ...], list[Box]]] = {}
    top, left = cells[0][1], cells[0][3]
    for row, output, column, across in cells:
        boxes = _within(areas, sheet, row, column)
        values = values_at(texts, frame.printed, output, across)
        if not boxes or values is None:
            continue
        wordings = [rewrite(formula, frame, row, column) for formula in parsed]
        seen = tuple(shift_formula(parse_formula(text), top - output, left - across).text for text in wordings)
        if any("#REF!" in text for text in seen):
            seen = (*seen, f"{output}:{across}")
        seen = (*seen, *values)
        if seen not in groups and len(groups) >= _MOST:
            return None
        groups.setdefault(seen, (wordings, values, []))[2].extend(boxes)
    found = []
    for number, (wordings, values, boxes) in enumerate(groups.values()):
        twin = copy_of(element)
        _set_sqref(twin, " ".join(map(str, _stacked(boxes))))
        if number:
            _rename(twin, number)
        inner = list(twin.iter())
        for place, wording in zip(places, wordings, strict=True):
            inner[place].text = wording
        put_values(twin, texts, values, frame.printed)
        found.append(twin)
    return found


def _rename(twin: etree._Element, number: int) -> None:
    """Give a copy of a rule identifiers of its own."""
    forget_uid(twin)
    for rule in twin.iter():
        if local(rule) == "cfRule" and (known := rule.get("id")):
            from uuid import NAMESPACE_OID, uuid5  # few rules have one

            rule.set("id", "{" + str(uuid5(NAMESPACE_OID, f"{known}/{number}")).upper() + "}")


def _stacked(boxes: Sequence[Box]) -> list[Box]:
    """Boxes with those that stand on top of each other as one."""
    found: list[Box] = []
    for box in boxes:
        above = found[-1] if found else None
        if above and (above.left, above.right, above.bottom + 1) == (box.left, box.right, box.top):
            found[-1] = above._replace(bottom=box.bottom)
        else:
            found.append(box)
    return found


def _within(areas: Sequence[Area], sheet: SheetLayout, row: Origin, column: Origin) -> list[Box]:
    boxes = []
    for area in areas:
        rows = sheet.rows.cover(*rows_of(area), row)
        columns = sheet.columns.cover(*columns_of(area), column)
        if rows and columns:
            boxes.append(Box(rows.first, columns.first, rows.last, columns.last))
    return boxes
