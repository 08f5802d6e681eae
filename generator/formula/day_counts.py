"""Arithmetic with dates: the days between two, and a date some days later or earlier."""

from __future__ import annotations

import operator as operators
from datetime import timedelta
from decimal import Decimal
from typing import Any

from generator.diagnostics.wording import formula_reasons as words
from generator.formula.compiled_part import BROKEN, Part
from generator.formula.compiler import Compiler
from generator.formula.tree import Arithmetic, Node
from generator.formula.typing import DATE, Type, describe


def with_dates(compiler: Compiler, node: Arithmetic, left: Part, right: Part) -> Part:
    """`date - date` in days, `date + n`, `n + date`, `date - n`; at least one of the two is a date."""
    if "any" in (left.type.kind, right.type.kind):
        return BROKEN
    if left.type.many or right.type.many:
        return compiler.number(node.left if left.type.many else node.right, left if left.type.many else right)
    first, second = left.function, right.function
    if node.operator == "-" and left.type.kind == right.type.kind == "date":

        def between(record: Any) -> Decimal | None:
            a, b = first(record), second(record)
            return None if a is None or b is None else Decimal((a - b).days)

        return Part(between, Type("number", places=0))
    if node.operator == "+" and left.type.kind == "number" and right.type.kind == "date":
        return _later(compiler, node.left, right, left, operators.add)
    if node.operator in "+-" and left.type.kind == "date" and right.type.kind == "number":
        return _later(compiler, node.right, left, right, operators.add if node.operator == "+" else operators.sub)
    pair = {"left": describe(left.type), "right": describe(right.type)}
    return compiler.fault("formula-date-arithmetic", node.offset, operator=node.operator, **pair)


def _later(compiler: Compiler, at: Node, date: Part, days: Part, apply: Any) -> Part:
    if days.type.places or days.type.unit == "%":
        reason = words.WHOLE_DAYS
        return compiler.fault("formula-arguments", at.offset, name="+ -", reason=reason)
    first, second = date.function, days.function

    def moved(record: Any) -> Any:
        day, count = first(record), second(record)
        if day is None or count is None:
            return None
        try:
            return apply(day, timedelta(days=int(count)))
        except OverflowError:  # beyond the calendar
            return None

    return Part(moved, DATE)
