"""What a standard sets by name, for the checks that compare with it: `一级分值[名称]` is “产出指标 50、效益指标 30”."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.formula import FormulaError
from generator.formula.parse import parse_expression
from generator.formula.tree import Comparison, Item, Name, Node, String, walk
from generator.standard.kinds.kind import plainly_written
from generator.standard.model import Check, Section, Standard


def set_values(standard: Standard, section: Section, check: Check) -> list[str]:
    """The names and numbers of the standard's parameters that a check's comparisons look up; none for other checks."""
    found: dict[str, str] = {}
    for node in _compared(section, check):
        if not isinstance(node, Item) or not isinstance(node.base, Name):
            continue
        parameter = standard.parameters.get(node.base.name)
        values = parameter.value if parameter is not None else None
        if not isinstance(values, dict):
            continue
        one = node.key.value if isinstance(node.key, String) else None
        for name, value in values.items():
            if isinstance(value, Decimal) and one in (None, name):
                found[str(name)] = f"{name} {plainly_written(value)}"
    return list(found.values())


def _compared(section: Section, check: Check) -> Iterator[Node]:
    """What stands in a check's comparisons, the formulas of its own computed fields followed once."""
    for node in _parsed(check.rule.text):
        if not isinstance(node, Comparison):
            continue
        for side in walk(node):
            yield side
            cell = section.cells.get(side.name) if isinstance(side, Name) else None
            if cell is not None and cell.origin == "formula":
                yield from _parsed(cell.formula)


def _parsed(formula: str) -> Iterator[Node]:
    try:
        yield from walk(parse_expression(formula))
    except FormulaError:
        return
