"""Where the links of HYPERLINK formulas lead once data is in their cells: the targets are computed beside the formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.excel.calculate.formula_tables import FormulaCell, FormulaTable, tabled
from generator.kept.lazy_patterns import lazy

_CALL = lazy(r"(?<![\w.])HYPERLINK\s*\(", re.IGNORECASE)
_MASKED = lazy(r'"(?:[^"]|"")*"' + r"|'(?:[^']|'')*'")
_LAST_COLUMN = 16384

Probes = dict[tuple[int, int], tuple[int, int]]


def link_probes(formulas: FormulaTable) -> tuple[FormulaTable, Probes]:
    """Formulas that give the targets of a sheet's links, in cells that are free.

    Args:
        formulas: of the sheet, by (row, column).

    Returns:
        the formulas together with those of the targets, and whose target stands in which cell more: cell -> its formula's cell.
    """
    probes: Probes = {}
    added: dict[tuple[int, int], FormulaCell] = {}
    if not any("HYPERLINK" in text.upper() for _, text in formulas.texts()):
        return formulas, probes
    for (row, column), formula in formulas.items():
        if "HYPERLINK" not in formula.text.upper():
            continue
        free = _LAST_COLUMN
        for target in _targets(formula.text):
            while (row, free) in formulas or (row, free) in added:
                free -= 1
            added[row, free] = FormulaCell(target)
            probes[row, free] = (row, column)
    return tabled({**formulas, **added}) if added else formulas, probes


def _targets(formula: str) -> Iterator[str]:
    """The first argument of every HYPERLINK of a formula that does not name its target itself."""
    masked = _MASKED.sub(lambda text: "_" * len(text[0]), formula)
    for match in _CALL.finditer(masked):
        depth, end = 0, match.end()
        while end < len(masked):
            sign = masked[end]
            if sign in "({":
                depth += 1
            elif sign in ")}" or (sign == "," and not depth):
                if not depth:
                    break
                depth -= 1
            end += 1
        argument = formula[match.end() : end].strip()
        if argument and masked[match.end() : end].strip("_ "):
            yield argument


def targets_of(probes: Probes, sheet: str, values: Mapping[tuple[str, int, int], Any]) -> Iterator[tuple[Any, str]]:
    """The targets that came out: the formula's cell and the text."""
    for (row, column), place in probes.items():
        value = values.get((sheet, row, column))
        if isinstance(value, str):
            yield place, value
