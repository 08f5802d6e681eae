"""What a template says that cannot be meant: names that hide fields, years, sheets and formulas that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import asked, nearest
from generator.excel.read.workbook import Workbook
from generator.kept.lazy_patterns import lazy
from generator.lint.path_types import PlacedUse, Target, resolve
from generator.lint.sheet_cells import SheetCell, TaggedCells, texts_below
from generator.lint.sheet_formulas import at_cell, sheet_formulas
from generator.standard import Standard
from generator.standard.kinds import kind_named
from generator.template.tags import Tag, find_tags, has_tags

_LOOP_WORD = lazy(r"(?<![\w.])loop\.(\w+)")
_LOOP_WORDS = (
    *("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle"),
    *("depth", "depth0", "previtem", "nextitem", "changed"),
)
MAX_SHEET_NAME = 31  # characters, Excel's limit
_LOOP = lazy(r"\bfor\s++(\S(?:(?!\bfor\s).)*?)(?<!\s)\s++in\s")
_YEAR = lazy(r"(?<![0-9〔（(\[《])((?:19|20)[0-9]{2})年度")
_SHEET_NAME = lazy(r"\{%\s*sheet\s+name\s+(['\"])((?:(?!\1).)*+)\1\s*%\}")


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
            for name in _LOOP_WORD.findall(re.sub(r"'[^']*'|\"[^\"]*\"", "''", tag.body)) if "loop" in tag.body else ():
                if name not in _LOOP_WORDS and "loop" not in known:
                    hint = asked(nearest(name, _LOOP_WORDS))
                    yield diagnostic("lint-loop-word", location, hint=hint, tag=tag.text, name=name)
        for match in _YEAR.finditer(text):
            if standard.fiscal_year is not None and int(match[1]) != standard.fiscal_year:
                yield diagnostic("lint-typed-year", location, text=match[0], year=standard.fiscal_year)


def workbook_rules(
    workbook: Workbook, sheets: Sequence[TaggedCells], uses: Iterable[PlacedUse], standard: Standard | None
) -> Iterator[Diagnostic]:
    """Sheets, merges and formulas of a workbook that cannot be meant."""
    names = {sheet.name.casefold() for sheet in workbook.sheets}
    printed = {str(placed.location.anchor): placed.use.path for placed in uses if placed.use.how == "print"}
    for sheet in sheets:
        headings: set[str] = set()  # each is told once: it is the heading that is wrong, or the first tag
        for cell in sheet.cells.values():
            where = at_cell(sheet.name, cell.coordinate)
            if cell.formula:
                continue
            if match := _SHEET_NAME.search(cell.value):
                if len(match[2]) > MAX_SHEET_NAME:
                    yield diagnostic("lint-sheet-name", where, name=match[2], length=len(match[2]))
            elif standard is not None and has_tags(cell.value):
                yield from _unit(cell, sheet.cells, printed.get(str(where.anchor)), where, standard, headings)
    book = workbook.package.xml(workbook.main)
    defined = frozenset(one.get("name", "").upper() for one in book.iter("{*}definedName"))
    for sheet in sheets:
        yield from sheet_formulas(sheet, names, defined)
        for cell, merge in texts_below(sheet):
            shown: dict[str, Any] = {"range": merge.coord, "cell": cell.coordinate, "text": cell.value.strip()[:30]}
            yield diagnostic("lint-merge-covers", at_cell(sheet.name, cell.coordinate), **shown)


def _unit(
    cell: SheetCell,
    cells: dict[str, SheetCell],
    path: str | None,
    where: Location,
    standard: Standard,
    headings: set[str],
) -> Iterator[Diagnostic]:
    """An amount of 元 under a heading in 万元, or the other way round."""
    tags = tuple(find_tags(cell.value))
    if path is None or len(tags) != 1 or "|" in tags[0].text or tags[0].text != cell.value.strip():
        return
    target = resolve(standard, path)
    if not isinstance(target, Target) or not kind_named(target.kind).unit or target.field is None:
        return
    for row in range(cell.row - 1, 0, -1):
        above = cells.get(f"{cell.column_letter}{row}")
        if above is None or has_tags(above.value):
            continue
        match = re.search("万元|元", above.value)
        if not kind_named(target.kind).money and (match is None or "单位" in above.value):
            return  # the nearest heading says something else
        if match:
            if match[0] != target.field.unit and above.coordinate not in headings:
                headings.add(above.coordinate)
                unit = target.field.unit
                yield diagnostic("lint-unit-heading", where, heading=above.value.strip(), tag=tags[0].text, unit=unit)
            return
