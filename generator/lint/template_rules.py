"""What a template says that cannot be meant: names that hide fields, years, sheets and formulas that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import describe
from generator.excel.read.workbook import Workbook
from generator.lint.path_types import PlacedUse, Target, resolve
from generator.lint.sheet_cells import SheetCell, SheetCells, sheet_cells, texts_below
from generator.ooxml.package import Package
from generator.standard import Standard
from generator.template.tags import Tag, find_tags, has_tags

MAX_SHEET_NAME = 31  # characters, Excel's limit
_LOOP = re.compile(r"\bfor\s+(.+?)\s+in\s")
_YEAR = re.compile(r"(?<![0-9〔（(\[《])((?:19|20)[0-9]{2})年度")
_SINGLE = re.compile(r"(?<!\{)\{[ \u3000]*(([^\W\d]\w*)(?:\.\w+|\[[^\[\]{}]*\])*)[ \u3000]*\}(?!\})")
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


def single_braces(texts: Iterable[tuple[str, tuple[Tag, ...], Location]], standard: Standard) -> Iterator[Diagnostic]:
    """`{ 资金.执行率 }`: a field in one pair of braces, which prints as it stands."""
    known = {*standard.root.cells, *standard.parameters}
    for text, tags, location in texts:
        position = 0
        for start, end in [*((tag.start, tag.end) for tag in tags), (len(text), len(text))]:
            for found in _SINGLE.finditer(text[position:start]):
                if found[2] in known:
                    yield diagnostic("lint-single-braces", location, tag=found[0], right=f"{{{{ {found[1]} }}}}")
            position = end


def workbook_rules(package: Package, uses: Iterable[PlacedUse], standard: Standard | None) -> Iterator[Diagnostic]:
    """Sheets, merges and formulas of a workbook that cannot be meant."""
    sheets = sheet_cells(package)
    names = {sheet.name.casefold() for sheet in Workbook(package).sheets}
    printed = {str(placed.location.anchor): placed.use.path for placed in uses if placed.use.how == "print"}
    for sheet in sheets:
        for cell in sheet.cells.values():
            where = _at(sheet.name, cell.coordinate)
            if cell.formula:
                yield from _formula(cell.value, where, names, sheet)
            elif match := _SHEET_NAME.search(cell.value):
                if len(match[2]) > MAX_SHEET_NAME:
                    yield diagnostic("lint-sheet-name", where, name=match[2], length=len(match[2]))
            elif standard is not None and has_tags(cell.value):
                yield from _unit(cell, sheet.cells, printed.get(str(where.anchor)), where, standard)
    for sheet in sheets:
        for cell, merge in texts_below(sheet):
            shown: dict[str, Any] = {"range": merge.coord, "cell": cell.coordinate, "text": cell.value.strip()[:30]}
            yield diagnostic("lint-merge-covers", _at(sheet.name, cell.coordinate), **shown)


def _at(sheet: str, cell: str) -> Location:
    anchor = {"sheet": sheet, "cell": cell}
    return Location(place=describe(anchor), anchor=anchor)


def _formula(formula: str, where: Location, names: set[str], sheet: SheetCells) -> Iterator[Diagnostic]:
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
        top, bottom = int(match[2]), int(match[4] or match[2])
        for cell in sheet.suspects:
            if cell.column_letter == first and top <= cell.row <= bottom:
                place = str(where.anchor["cell"]) if where.anchor else ""
                yield diagnostic("lint-text-summed", _at(sheet.name, cell.coordinate), text=cell.value, cell=place)


def _unit(
    cell: SheetCell, cells: dict[str, SheetCell], path: str | None, where: Location, standard: Standard
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
