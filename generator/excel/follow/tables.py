"""Tables (list objects): they cover the rendered rows; structured references to them stay valid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.diagnostics import Text
from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.auto_filters import follow_filters_within
from generator.excel.follow.formulas import Frame, rewrite
from generator.excel.follow.layout import Origin
from generator.excel.follow.ranges import cover, repeat
from generator.ooxml.addresses import column_letters, parse_area
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.package import local
from generator.ooxml.spreadsheet import set_attributes
from generator.ooxml.stated_numbers import whole
from generator.template.tags import has_tags


def follow_table(root: etree._Element, frame: Frame) -> bool:
    """A table part, changed in place; whether anything changed.

    Args:
        root: the `<table>` element.
        frame: the layout and the table's sheet; takes what cannot follow: a table that a loop would repeat, one whose
            columns a loop moves, one that is left without a row of data.
    """
    sheet = frame.here
    area = parse_area(root.get("ref", ""))
    if area is None or area.top is None or area.bottom is None or area.left is None or area.right is None:
        return False
    name = root.get("displayName") or root.get("name") or ""
    place: dict[str, object] = {"sheet": sheet.source, "range": str(area)}
    headers = whole(root.get("headerRowCount", "1"))
    totals = whole(root.get("totalsRowCount", "0"))
    changed = False
    if sheet.moved:
        box = cover(area, sheet)
        if box is None or len(list(zip(repeat(area, sheet), range(2), strict=False))) > 1:
            frame.refuse("excel-table-repeated", place, table=name)
            return False
        if box.right - box.left != area.right.number - area.left.number:
            frame.refuse("excel-table-columns", place, table=name)
            return False
        if box.bottom - box.top + 1 < headers + totals + 1 or _without_data(
            area.top.number, area.bottom.number, headers, totals, frame
        ):
            frame.refuse("excel-table-empty", place, table=name)
            return False
        changed |= set_attributes(root, {"ref": str(box)})
        changed |= follow_filters_within(root, frame)
    row = Origin(area.top.number + headers, ())
    for formula in root.iter():
        if local(formula) in ("calculatedColumnFormula", "totalsRowFormula") and formula.text:
            moved = rewrite(parse_formula(formula.text), frame, row if local(formula)[0] == "c" else None)
            if moved != formula.text:
                formula.text = moved
                changed = True
    return changed


def _without_data(top: int, bottom: int, headers: int, totals: int, frame: Frame) -> bool:
    first, last = top + headers, bottom - totals
    return first > last or frame.here.rows.cover(first, last) is None


def header_cells(root: etree._Element) -> set[tuple[int, int]]:
    """Row and column of a table's header cells, which must hold text."""
    area = parse_area(root.get("ref", ""))
    if area is None or area.top is None or area.left is None or area.right is None:
        return set()
    if root.get("headerRowCount", "1") == "0":
        return set()
    return {(area.top.number, column) for column in range(area.left.number, area.right.number + 1)}


def wrong_headers(root: etree._Element, left: int, texts: Mapping[int, str]) -> Iterator[tuple[int, Text]]:
    """Output columns of header cells that tags left empty, or that say what another does: Excel repairs such a table.

    Args:
        root: the `<table>` element, its columns still called as in the template.
        left: its first output column.
        texts: of header cells by output column.
    """
    names = [column.get("name", "") for group in root if local(group) == "tableColumns" for column in group]
    first: dict[str, int] = {}
    for column, name in enumerate(names, left):
        text = texts.get(column)
        if text is None:
            if has_tags(name):
                yield column, words.HEADER_EMPTY
            continue
        other = first.setdefault(text.casefold(), column)
        if other != column and (has_tags(name) or has_tags(names[other - left])):
            letters = column_letters(other)
            yield column, words.HEADER_TWICE.filled(text=text, letters=letters)


def name_columns(root: etree._Element, left: int, texts: Mapping[int, str]) -> bool:
    """Call a table's columns as their header cells read, changed in place; whether anything changed.

    Args:
        root: the `<table>` element.
        left: its first output column.
        texts: of header cells by output column.
    """
    columns = [column for group in root if local(group) == "tableColumns" for column in group]
    changed = False
    for number, column in enumerate(columns, left):
        text = texts.get(number)
        if text is not None:
            name = text.replace("\r\n", "\n").replace("\n", "_x000a_")
            known = re.sub("_x000[aA]_", "\n", column.get("name", "")).replace("_x000d_", "").replace("_x000D_", "")
            if known != text.replace("\r\n", "\n"):
                changed |= set_attributes(column, {"name": name})
    return changed


def label_totals(root: etree._Element, left: int, texts: Mapping[int, str]) -> bool:
    """State a table's labels of totals as their cells read, where they held tags; whether anything changed.

    Args:
        root: the `<table>` element.
        left: its first output column.
        texts: of the cells of its last row by output column.
    """
    columns = [column for group in root if local(group) == "tableColumns" for column in group]
    changed = False
    for number, column in enumerate(columns, left):
        if has_tags(column.get("totalsRowLabel", "")):
            changed |= set_attributes(column, {"totalsRowLabel": texts.get(number, "")})
    return changed
