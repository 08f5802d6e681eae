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
    section: Section | None = standard.root
    optional = False
    cell: Cell | None = None
    for name in re.sub(r"\[\]", "", path).split("."):
        cell = section.cells.get(name) if section is not None else None
        if cell is None:
            return False
        field = cell.field
        if field.kind == "record" and not field.many:
            optional = optional or not field.required
        section = cell.section
    if cell is None or cell.field.says_empty or cell.field.many:
        return False
    field = cell.field
    given = cell.origin == "data" and (field.default is not None or field.default_formula is not None)
    return optional or (not field.required and not given)


def surely_loops(statement: str, standard: Standard) -> bool:
    """Whether a `for` loops over a list of the report that always has items, or over one that it writes out."""
    match = re.fullmatch(r"for\s++\S.*?(?<!\s)\s++in\s++([\w.]+|\[.+\]|\(.+\)|range\([1-9].*\))", statement.strip())
    if match is None:
        return False
    if not re.fullmatch(r"[\w.]+", match[1]):
        return True
    section: Section | None = standard.root
    cell: Cell | None = None
    for name in match[1].split("."):
        cell = section.cells.get(name) if section is not None else None
        section = cell.section if cell is not None and not cell.field.many else None
    if cell is None or not cell.field.many:
        return False
    least = cell.field.minimum
    return (isinstance(least, Decimal) and least >= 1) or (cell.field.fixed is not None and cell.field.required)


def _shown(path: str) -> str:
    return path.replace("[]", "")
