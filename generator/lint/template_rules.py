"""What a template says that cannot be meant: names that hide fields, years, sheets and formulas that lead nowhere."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import describe
from generator.lint.path_types import PlacedUse, Target, resolve
from generator.standard import Standard
from generator.template.tags import Tag, find_tags, has_tags

MAX_SHEET_NAME = 31  # characters, Excel's limit
_LOOP = re.compile(r"\bfor\s+(.+?)\s+in\s")
_YEAR = re.compile(r"(?<![0-9〔（(\[《])((?:19|20)[0-9]{2})年度")
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!\$?[A-Za-z]")
_EMPTY = re.compile(r"\b(SUM|AVERAGE|MAX|MIN|COUNT|COUNTA|PRODUCT)\(\s*\)", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:SUM|AVERAGE)\(\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?\)", re.IGNORECASE)
_SHEET_NAME = re.compile(r"\{%\s*sheet\s+name\s+(['\"])(.*?)\1\s*%\}")


def loops_and_years(texts: Iterable[tuple[str, tuple[Tag, ...], Location]], standard: Standard) -> Iterator[Diagnostic]:
    """Loop variables that hide fields, and years typed beside the standard's own.

    Args:
        texts: of paragraphs or cells, with their tags and places.
    """
    known = {*standard.root.cells, *standard.parameters}
    for text, tags, location in texts:
        for tag in tags:
            if match := _LOOP.search(tag.text) if tag.keyword == "for" or " for " in tag.text else None:
                for name in re.findall(r"\w+", match[1]):
                    if name in known:
                        yield diagnostic("lint-hides-field", location, tag=tag.text, name=name)
        for match in _YEAR.finditer(text):
            if standard.fiscal_year is not None and int(match[1]) != standard.fiscal_year:
                yield diagnostic("lint-typed-year", location, text=match[0], year=standard.fiscal_year)


def workbook_rules(content: bytes, uses: Iterable[PlacedUse], standard: Standard | None) -> Iterator[Diagnostic]:
    """Sheets, merges and formulas of a workbook that cannot be meant."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep does not matter: it only reads here
        book = load_workbook(io.BytesIO(content))
    names = {name.casefold() for name in book.sheetnames}
    printed = {str(placed.location.anchor): placed.use.path for placed in uses if placed.use.how == "print"}
    for sheet in book.worksheets:
        cells = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
        for cell in cells.values():
            value = cell.value
            if not isinstance(value, str):
                continue
            where = _at(sheet.title, cell.coordinate)
            if cell.data_type == "f":
                yield from _formula(value, where, names, cells, sheet.title)
            elif match := _SHEET_NAME.search(value):
                if len(match[2]) > MAX_SHEET_NAME:
                    yield diagnostic("lint-sheet-name", where, name=match[2], length=len(match[2]))
            elif standard is not None and has_tags(value):
                yield from _unit(cell, cells, printed.get(str(where.anchor)), where, standard)
    yield from _merges(book, content)


def _at(sheet: str, cell: str) -> Location:
    anchor = {"sheet": sheet, "cell": cell}
    return Location(place=describe(anchor), anchor=anchor)


def _formula(formula: str, where: Location, names: set[str], cells: dict[str, Any], sheet: str) -> Iterator[Diagnostic]:
    bare = re.sub(r'"[^"]*"', '""', formula)
    if _EMPTY.search(bare):
        yield diagnostic("lint-empty-function", where, formula=formula)
    for match in _SHEET.finditer(bare):
        name = (match[1] or match[2]).replace("''", "'")
        if name.casefold() not in names and "{" not in name and "[" not in name:
            yield diagnostic("lint-no-such-sheet", where, formula=formula, name=name)
    for match in _ADDED.finditer(bare):
        first, last = match[1].upper(), (match[3] or match[1]).upper()
        if first != last:
            continue
        for row in range(int(match[2]), int(match[4] or match[2]) + 1):
            cell = cells.get(f"{first}{row}")
            if cell is not None and _text_of_number(cell.value):
                place = str(where.anchor["cell"]) if where.anchor else ""
                yield diagnostic("lint-text-summed", _at(sheet, cell.coordinate), text=cell.value, cell=place)


def _text_of_number(value: Any) -> bool:
    """Whether a cell prints one value with a unit behind it, which makes a text of it."""
    if not isinstance(value, str) or not has_tags(value):
        return False
    tags = [tag for tag in find_tags(value) if tag.mark == "{{"]
    return len(tags) == 1 and bool(re.match(r"\s*(万元|亿元|元|分|个|人|%|％|项|家)\s*$", value[tags[0].end :]))


def _unit(
    cell: Any, cells: dict[str, Any], path: str | None, where: Location, standard: Standard
) -> Iterator[Diagnostic]:
    """An amount of 元 under a heading in 万元, or the other way round."""
    tags = tuple(find_tags(cell.value))
    if path is None or len(tags) != 1 or "|" in tags[0].text or tags[0].text != cell.value.strip():
        return
    target = resolve(standard, path)
    if not isinstance(target, Target) or target.kind != "money" or target.field is None:
        return
    for row in range(cell.row - 1, 0, -1):
        above = cells.get(f"{cell.column_letter}{row}")
        text = above.value if above is not None else None
        if isinstance(text, str) and not has_tags(text) and (match := re.search("万元|元", text)):
            if match[0] != target.field.unit:
                unit = target.field.unit
                yield diagnostic("lint-unit-heading", where, heading=text.strip(), tag=tags[0].text, unit=unit)
            return


def _merges(book: Any, content: bytes) -> Iterator[Diagnostic]:
    """Texts below a merge: openpyxl drops them, unless it only reads."""
    from openpyxl import load_workbook

    if not any(sheet.merged_cells.ranges for sheet in book.worksheets):
        return
    raw = load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book.worksheets:
        for row in raw[sheet.title].iter_rows():
            for cell in row:
                text = str(cell.value).strip() if cell.value is not None else ""
                for merge in sheet.merged_cells.ranges if text else ():
                    inside = (
                        merge.min_row <= cell.row <= merge.max_row and merge.min_col <= cell.column <= merge.max_col
                    )
                    if inside and (cell.row, cell.column) != (merge.min_row, merge.min_col):
                        where = _at(sheet.title, cell.coordinate)
                        shown = {"range": merge.coord, "cell": cell.coordinate, "text": text[:30]}
                        yield diagnostic("lint-merge-covers", where, **shown)
