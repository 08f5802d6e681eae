"""Formulas of a worksheet that lead nowhere: no arguments, no such sheet or function, full-width signs, circles, blank cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.diagnostics.suggest import asked, nearest
from generator.kept.lazy_patterns import lazy
from generator.kept.name_sets import names
from generator.lint.sheet_cells import CellRange, SheetCell, TaggedCells
from generator.ooxml.addresses import column_number

_SHEET = lazy(r"(?:(?<!')'((?:[^']++|'')++)'|(?<![\w.])([^\W\d][\w.]*+))!\$?[A-Za-z]")
_EMPTY = lazy(r"\b(SUM|AVERAGE|MAX|MIN|COUNT|COUNTA|PRODUCT)\(\s*\)", re.IGNORECASE)
_ADDED = lazy(r"\b(?:SUM|AVERAGE)\(\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?\)", re.IGNORECASE)
_WIDE = dict(zip("（），；：＋－×÷＝＜＞％“”．！", '(),;:+-*/=<>%"".!', strict=True))
_FUNCTION = lazy(r"(?<![\w.!'])([A-Za-z_][\w.]*)\(")
_CELL = r"\$?([A-Z]{1,3})\$?([0-9]{1,7})"
_REFERENCE = lazy(rf"(?<![\w.!'\]$]){_CELL}(?::{_CELL})?(?![\w(!.])")
_NEWER = names(  # since Excel 2010; a file has them with the prefix _xlfn., one that a program wrote perhaps without
    "AGGREGATE ARRAYTOTEXT BYCOL BYROW CEILING.MATH CHOOSECOLS CHOOSEROWS CONCAT DAYS DROP EXPAND FILTER "
    "FLOOR.MATH FORMULATEXT HSTACK IFNA IFS ISFORMULA LAMBDA LET MAKEARRAY MAP MAXIFS MINIFS NUMBERVALUE "
    "RANDARRAY REDUCE SCAN SEQUENCE SHEET SHEETS SINGLE SORT SORTBY SWITCH TAKE TEXTAFTER TEXTBEFORE TEXTJOIN "
    "TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VALUETOTEXT VSTACK WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR"
)
_MOST = 2_000  # formulas of a sheet among which circles are sought


def sheet_formulas(sheet: TaggedCells, sheets: set[str], own_functions: frozenset[str]) -> Iterator[Diagnostic]:
    """What is wrong with the formulas of a worksheet; one finding a mistake.

    Args:
        sheet: its cells.
        sheets: the names of the workbook's sheets, case-folded.
        own_functions: names of the workbook that a formula may call, in capitals.
    """
    formulas = [one for one in sheet.cells.values() if one.formula]
    reads = {one.coordinate: _areas(one.value) for one in formulas}
    for one in formulas:
        where = at_cell(sheet.name, one.coordinate)
        found = [*_said(one.value, where, sheets, own_functions)]
        found = found or [*_outside(reads[one.coordinate], one, where, sheet)]
        yield from found or _summed(one.value, one.coordinate, sheet)
    yield from _circles(sheet, formulas[:_MOST], reads)


def _said(formula: str, where: Location, sheets: set[str], own_functions: frozenset[str]) -> Iterator[Diagnostic]:
    """What a formula says that no program understands."""
    bare = re.sub(r'"[^"]*"', '""', formula)
    outside = re.sub(r"'(?:[^']|'')*'", "''", bare)
    if wide := next((sign for sign in outside if sign in _WIDE), ""):
        yield diagnostic("lint-wide-formula", where, formula=formula, found=wide, right=_WIDE[wide])
        return
    if "#REF!" in outside:
        yield diagnostic("lint-broken-reference", where, formula=formula)
        return
    if _EMPTY.search(bare):
        yield diagnostic("lint-empty-function", where, formula=formula)
    for match in _SHEET.finditer(bare):
        name = (match[1] or match[2]).replace("''", "'")
        if name.casefold() not in sheets and "{" not in name and "[" not in name:
            yield diagnostic("lint-no-such-sheet", where, formula=formula, name=name)
    for match in _FUNCTION.finditer(outside):
        if hint := _no_function(match[1].upper(), own_functions):
            yield diagnostic("lint-no-such-function", where, hint=asked(hint), formula=formula, name=match[1])


def _no_function(name: str, own_functions: frozenset[str]) -> list[str]:
    """The functions that a name was probably meant to be; none where it is a function, or nobody can say."""
    from openpyxl.utils import FORMULAE

    if name.startswith(("_XLFN", "_XLL", "_XLWS")) or name in FORMULAE or name in _NEWER or name in own_functions:
        return []
    return nearest(name, [*sorted(FORMULAE), *sorted(_NEWER)], 1)


def _areas(formula: str) -> list[CellRange]:
    """The cells and ranges of its own sheet that a formula refers to."""
    bare = re.sub(
        r'"[^"]*"|(?<!\')\'(?:[^\']++|\'\')*+\'!\$?[A-Z$0-9:]++|\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}',
        " ",
        formula,
    )
    bare = re.sub(r"(?<![\w.])[^\W\d][\w.]*+!\$?[A-Z]{1,3}\$?[0-9]*(?::\$?[A-Z]{1,3}\$?[0-9]*)?", " ", bare)
    found = []
    for match in _REFERENCE.finditer(bare):
        left, top = column_number(match[1]), int(match[2])
        right, bottom = (column_number(match[3]), int(match[4])) if match[3] else (left, top)
        found.append(CellRange(match[0], min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
    return found


def _outside(areas: list[CellRange], one: SheetCell, where: Location, sheet: TaggedCells) -> Iterator[Diagnostic]:
    """A single cell outside of all that the sheet holds."""
    for area in areas:
        single = (area.top, area.left) == (area.bottom, area.right)
        if single and (area.top > sheet.bottom or area.left > sheet.right):
            cell = SheetCell(area.top, area.left, "").coordinate
            yield diagnostic("lint-blank-reference", where, formula=one.value, cell=cell)
            return


def _summed(formula: str, address: str, sheet: TaggedCells) -> Iterator[Diagnostic]:
    """A column that is added up, whose cells print texts."""
    for match in _ADDED.finditer(re.sub(r'"[^"]*"', '""', formula)):
        first, last = match[1].upper(), (match[3] or match[1]).upper()
        if first != last:
            continue
        top, bottom = int(match[2]), int(match[4] or match[2])
        for cell in sheet.suspects:
            if cell.column_letter == first and top <= cell.row <= bottom:
                yield diagnostic(
                    "lint-text-summed", at_cell(sheet.name, cell.coordinate), text=cell.value, cell=address
                )


def _circles(sheet: TaggedCells, formulas: list[SheetCell], reads: dict[str, list[CellRange]]) -> Iterator[Diagnostic]:
    """Formulas that read themselves, at once or through others; each circle is told at its first cell."""
    columns: dict[int, tuple[list[int], list[int]]] = {}  # rows of the formulas, and their numbers
    addresses = [one.coordinate for one in formulas]
    for number, one in sorted(enumerate(formulas), key=lambda found: found[1].row):
        rows, numbers = columns.setdefault(one.column, ([], []))
        rows.append(one.row)
        numbers.append(number)

    def read(areas: list[CellRange]) -> list[str]:
        found: set[int] = set()
        for area in areas:
            for column, (rows, numbers) in columns.items():
                if area.left <= column <= area.right:
                    found.update(numbers[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)])
        return [addresses[number] for number in sorted(found)]

    graph = {address: read(reads[address]) for address in addresses}
    done: set[str] = set()
    for start in graph:
        chain = _circle(start, graph, done)
        if chain:
            formula = sheet.cells[chain[0]].value
            shown: dict[str, Any] = {"formula": formula, "chain": " → ".join([*chain, chain[0]])}
            yield diagnostic("lint-formula-circle", at_cell(sheet.name, chain[0]), **shown)


def _circle(start: str, graph: dict[str, list[str]], done: set[str]) -> list[str]:
    """The cells of a circle that is reached from a cell; what was walked through is done."""
    path: list[str] = []
    todo = [(start, False)]
    while todo:
        cell, leaving = todo.pop()
        if leaving:
            done.add(path.pop())
        elif cell in path:
            done.update(path)
            return path[path.index(cell) :]
        elif cell not in done:
            path.append(cell)
            todo.append((cell, True))
            todo += [(other, False) for other in graph[cell]]
    return []


def at_cell(sheet: str, cell: str) -> Location:
    """Where a finding about a cell stands."""
    return in_document({"sheet": sheet, "cell": cell})
