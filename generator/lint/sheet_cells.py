"""The cells of a workbook as its rules look at them: texts, formulas and merges, read from the parts themselves.

A program that writes out every cell of a merge would need gigabytes for one over the whole sheet.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

from generator.excel.read.sheet_xml import rich_runs
from generator.excel.read.workbook import Workbook
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import cell, column_letters, columns_of, parse_area, rows_of
from generator.ooxml.package import local
from generator.template.tags import find_tags, has_tags


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that holds a text or a formula, with its style's index; the formula begins with "="."""

    row: int
    column: int
    value: str
    formula: bool = False
    style: int = 0

    @property
    def coordinate(self) -> str:
        return cell(self.row, self.column)

    @property
    def column_letter(self) -> str:
        return column_letters(self.column)


@dataclass(frozen=True, slots=True)
class CellRange:
    """A range, such as a merged one: its text and its edges, counted from 1."""

    coord: str
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, one: SheetCell) -> bool:
        """Whether a cell lies in it."""
        return self.top <= one.row <= self.bottom and self.left <= one.column <= self.right

    def covers(self, one: SheetCell) -> bool:
        """Whether a cell lies below a merge and does not show."""
        return self.holds(one) and (one.row, one.column) != (self.top, self.left)


@dataclass
class TaggedCells:
    """A worksheet: its name, its cells by their address, its merges."""

    name: str
    cells: dict[str, SheetCell] = field(default_factory=dict)
    merges: list[CellRange] = field(default_factory=list)
    bottom: int = 0  # the last row and column that hold anything
    right: int = 0

    @cached_property
    def suspects(self) -> list[SheetCell]:
        """The cells that print one value with a unit behind it, which makes a text of it."""
        return [one for one in self.cells.values() if not one.formula and _text_of_number(one.value)]


def sheet_cells(workbook: Workbook) -> list[TaggedCells]:
    """The worksheets of a workbook that was found sound."""
    return [_sheet(workbook, sheet.name, sheet.part) for sheet in workbook.sheets if sheet.worksheet]


def _sheet(workbook: Workbook, name: str, part: str) -> TaggedCells:
    found = TaggedCells(name)
    masters: dict[str, tuple[str, str]] = {}
    row = column = 0
    stream = io.BytesIO(workbook.package.read(part))
    for event, element in etree.iterparse(stream, events=("start", "end"), resolve_entities=False, no_network=True):
        kind = local(element)
        if event == "start":
            if kind == "row":
                stated = element.get("r", "")
                row, column = int(stated) if stated.isdecimal() else row + 1, 0
            continue
        if kind == "c":
            area = parse_area(element.get("r", ""))
            at = (area.top.number, area.left.number) if area and area.top and area.left else (row, column + 1)
            column = at[1]
            if len(element):
                found.bottom, found.right = max(found.bottom, at[0]), max(found.right, column)
            if (value := _value(element, workbook, cell(*at), masters)) is not None:
                style = element.get("s", "0")
                one = SheetCell(*at, *value, int(style) if style.isdecimal() else 0)
                found.cells[one.coordinate] = one
            element.clear()
        elif kind == "row":
            element.clear()
        elif kind == "mergeCell" and (merge := _merge(element.get("ref", ""))):
            found.merges.append(merge)
    return found


def _value(
    element: Any, workbook: Workbook, address: str, masters: dict[str, tuple[str, str]]
) -> tuple[str, bool] | None:
    """A cell's formula or text; None where it holds neither."""
    formula = next((one for one in element if local(one) == "f"), None)
    if formula is not None:
        text = _formula(formula, address, masters)
        return (f"={text}", True) if text else None
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return "".join(run.text for one in element if local(one) == "is" for run in rich_runs(one)), False
    value = next((one.text or "" for one in element if local(one) == "v"), "")
    if kind == "s":
        texts, number = workbook.shared_texts, value.strip()
        return (texts[int(number)], False) if number.isdecimal() and int(number) < len(texts) else None
    return (value, False) if kind == "str" else None


def _formula(element: Any, address: str, masters: dict[str, tuple[str, str]]) -> str:
    """A formula; one that is shared as it reads in its own cell."""
    text, group = element.text or "", element.get("si", "")
    if element.get("t") != "shared":
        return text
    if text:
        masters[group] = text, address
        return text
    if group not in masters:
        return ""
    from openpyxl.formula.translate import Translator, TranslatorError

    formula, origin = masters[group]
    try:
        return Translator(f"={formula}", origin).translate_formula(address).removeprefix("=")
    except (TranslatorError, ValueError, IndexError):
        return ""


def _merge(text: str) -> CellRange | None:
    area = parse_area(text)
    if area is None:
        return None
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    return CellRange(text, top, left, bottom, right)


def texts_below(sheet: TaggedCells) -> Iterator[tuple[SheetCell, CellRange]]:
    """Every cell whose text does not show because it lies below a merge, row by row."""
    coming = sorted(sheet.merges, key=lambda merge: -merge.top)
    open_: list[CellRange] = []
    row = 0
    for one in sorted(sheet.cells.values(), key=lambda one: (one.row, one.column)) if coming or open_ else ():
        if one.row != row:
            row = one.row
            while coming and coming[-1].top <= row:
                open_.append(coming.pop())
            open_ = [merge for merge in open_ if merge.bottom >= row]
        stays = one.value.strip() and not _goes_away(one.value)
        merge = next((merge for merge in open_ if merge.covers(one)), None) if stays else None
        if merge is not None:
            yield one, merge


def _goes_away(value: str) -> bool:
    """Whether a cell only controls rows, so that its own row is not printed."""
    tags = list(find_tags(value)) if "{%tr" in value else []
    outside = value
    for tag in tags:
        outside = outside.replace(tag.text, "")
    return bool(tags) and all(tag.host == "tr" for tag in tags) and not outside.strip()


def _text_of_number(value: str) -> bool:
    tags = [tag for tag in find_tags(value) if tag.mark == "{{"] if has_tags(value) else []
    return len(tags) == 1 and bool(re.match(r"\s*(万元|亿元|元|分|个|人|%|％|项|家)\s*$", value[tags[0].end :]))
