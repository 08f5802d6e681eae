"""Values that a report may lack, printed in the middle of other words: told before any data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.standard.model import Cell, Section, Standard
from generator.template.faults import PlacedTag
from generator.template.holes import leaves_hole
from generator.template.paths import Use


def optional_in_words(uses: Iterable[tuple[Use, PlacedTag | None]], standard: Standard) -> Iterator[Diagnostic]:
    """What may be blank and is printed in a sentence without a condition around it; one finding a path and tag."""
    told: set[tuple[str, str, str]] = set()
    for use, placed in uses:
        if placed is None or not leaves_hole(use, placed) or not may_be_blank(standard, use.path):
            continue
        key = (use.path, placed.tag.text, str(placed.location.anchor))
        if key not in told:
            told.add(key)
            yield diagnostic("lint-blank-in-words", placed.location, name=_shown(use.path), tag=placed.tag.text)


def may_be_blank(standard: Standard, path: str) -> bool:
    """Whether a report can lack the value of a path and print nothing in its place.

    Args:
        standard: what the report is read by.
        path: as templates use it: `资金.执行率`, `指标[].名称`.
    """
    cells = _cells_along(standard, _shown(path))
    if not cells or cells[-1].field.says_empty or cells[-1].field.many:
        return False
    cell, field = cells[-1], cells[-1].field
    records = (one.field for one in cells if one.field.kind == "record" and not one.field.many)
    optional = any(not record.required for record in records)
    given = cell.origin == "data" and (field.default is not None or field.default_formula is not None)
    return optional or (not field.required and not given)


def surely_loops(statement: str, standard: Standard) -> bool:
    """Whether a `for` loops over a list of the report that always has items, or over one that it writes out."""
    match = re.fullmatch(r"for\s++\S.*?(?<!\s)\s++in\s++([\w.]+|\[.+\]|\(.+\)|range\([1-9].*\))", statement.strip())
    if match is None:
        return False
    if not re.fullmatch(r"[\w.]+", match[1]):
        return True
    cells = _cells_along(standard, match[1])
    if not cells or any(one.field.many for one in cells[:-1]) or not cells[-1].field.many:
        return False
    field = cells[-1].field
    least = field.minimum
    return (isinstance(least, Decimal) and least >= 1) or (field.fixed is not None and field.required)


def _cells_along(standard: Standard, path: str) -> list[Cell]:
    """The fields that a path goes through; none where it leads nowhere."""
    section: Section | None = standard.root
    found: list[Cell] = []
    for name in path.split("."):
        cell = section.cells.get(name) if section is not None else None
        if cell is None:
            return []
        found.append(cell)
        section = cell.section
    return found


def _shown(path: str) -> str:
    return path.replace("[]", "")
