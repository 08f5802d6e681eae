"""Arithmetic with dates: the days between two, and a date some days later or earlier."""

from __future__ import annotations

from generator.diagnostics.wording import formula_reasons as words
from generator.formula.compiled_part import BROKEN, Part
from generator.formula.compiler import Compiler
from generator.formula.operands import of_both
from generator.formula.tree import Arithmetic, Node
from generator.formula.typing import DATE, Type, describe
from generator.kept.light_classes import replace


def with_dates(compiler: Compiler, node: Arithmetic, left: Part, right: Part) -> Part:
    """`date - date` in days, `date + n`, `n + date`, `date - n`; at least one of the two is a date."""
    if "any" in (left.type.kind, right.type.kind):
        return BROKEN
    if left.type.many or right.type.many:
        return compiler.number(node.left if left.type.many else node.right, left if left.type.many else right)
    if node.operator == "-" and left.type.kind == right.type.kind == "date":
        return of_both(compiler, left, right, "days_between({}, {})", Type("number", places=0))
    if node.operator == "+" and left.type.kind == "number" and right.type.kind == "date":
        return _later(compiler, node.left, right, left, "later")
    if node.operator in "+-" and left.type.kind == "date" and right.type.kind == "number":
        return _later(compiler, node.right, left, right, "later" if node.operator == "+" else "earlier")
    pair = {"left": describe(left.type), "right": describe(right.type)}
    return compiler.fault("formula-date-arithmetic", node.offset, operator=node.operator, **pair)


def _later(compiler: Compiler, at: Node, date: Part, days: Part, move: str) -> Part:
    if days.type.places or days.type.unit == "%":
        reason = words.WHOLE_DAYS
        return compiler.fault("formula-arguments", at.offset, name="+ -", reason=reason)
    moved = of_both(compiler, date, days, move + "({}, {})", DATE)
    return replace(moved, sure=False)  # none lies beyond the calendar
