"""Extensions of a worksheet that hold addresses: x14 conditional formats and validations, sparklines.

What else stands in extensions is kept as it is, and refused where a move would leave it on the wrong cells.
Source: [MS-XLSX] 2.4 (`conditionalFormattings`, `dataValidations`, `sparklineGroups`).
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.format_rules import follow_rules
from generator.excel.follow.formulas import Frame, covering, rewrite
from generator.excel.follow.ranges import covers_elsewhere, first_cells
from generator.ooxml.addresses import cell, parse_area
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.package import copy_of, local
from generator.ooxml.spreadsheet import put_instead

Refuse = Callable[[Frame, Text, str], None]


def follow_extensions(element: etree._Element, frame: Frame, refuse: Refuse) -> list[etree._Element] | None:
    """A worksheet's `<extLst>` after the move; None: unchanged.

    Args:
        element: the list.
        frame: the layout and the sheet; takes what cannot follow.
        refuse: notes what cannot, with its name and the reference.
    """
    changed = False
    for extension in list(element):
        inner = [child for child in extension if isinstance(child.tag, str)]
        follow = _FOLLOW.get(local(inner[0])) if len(inner) == 1 else None
        if follow is None:
            _check(extension, frame, refuse)
        elif follow(inner[0], frame):
            changed = True
            if len(inner[0]) == 0:
                element.remove(extension)
    if not changed:
        return None
    return [element] if len(element) else []


def _sparkline_groups(element: etree._Element, frame: Frame) -> bool:
    changed = False
    for group in list(element):
        for child in group:
            if local(child) == "f" and (text := (child.text or "").strip()):  # the dates of its axis
                moved = covering(parse_formula(text), frame)
                changed |= moved != text
                child.text = moved
        for holder in [child for child in group if local(child) == "sparklines"]:
            changed |= _sparklines(holder, frame)
            if len(holder) == 0:
                element.remove(group)
    return changed


def _sparklines(holder: etree._Element, frame: Frame) -> bool:
    """Sparklines once for each instance of their cell, each of the data that a formula in that cell would see."""
    sheet = frame.here
    changed = False
    for line in list(holder):
        parts = {local(child): child for child in line}
        data, place = parts.get("f"), parts.get("sqref")
        area = parse_area((place.text or "").strip()) if place is not None else None
        if place is None or area is None:
            continue
        text = (data.text or "").strip() if data is not None else ""
        before = (text, (place.text or "").strip())
        twins = []
        for row, top, column, left in first_cells(area, sheet):
            wording = rewrite(parse_formula(text), frame, row, column) if text else ""
            twins.append((wording, cell(top, left)))
        if twins == [before]:
            continue
        changed = True
        copies = [copy_of(line) for _ in twins]
        for twin, (wording, where) in zip(copies, twins, strict=True):
            for child in twin:
                if local(child) == "f":
                    child.text = wording
                elif local(child) == "sqref":
                    child.text = where
        put_instead(line, copies)
    return changed


_FOLLOW: dict[str, Callable[[etree._Element, Frame], bool]] = {
    "conditionalFormattings": lambda element, frame: follow_rules(element, frame, words.EXTENDED_FORMAT),
    "dataValidations": lambda element, frame: follow_rules(element, frame, words.EXTENDED_VALIDATION),
    "sparklineGroups": _sparkline_groups,
}


def _check(extension: etree._Element, frame: Frame, refuse: Refuse) -> None:
    sheet = frame.here
    for child in extension.iter():
        name, text = local(child), (child.text or "").strip() if isinstance(child.tag, str) else ""
        if name == "sqref" and text:
            wrong = covers_elsewhere(text, sheet)
        elif name == "f" and text:
            formula = parse_formula(text)
            wrong = rewrite(formula, Frame(frame.workbook, sheet)) != formula.text
        else:
            continue
        if wrong:
            refuse(frame, words.EXTENSION, text)
