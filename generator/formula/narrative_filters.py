"""Print filters in the narrative of a data file: the ones of templates, on the same figures, checked before they run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.figures import PRINT_FILTERS, Figure
from generator.formula.compiled_part import BROKEN, Part
from generator.formula.compiler import Compiler
from generator.formula.operands import given, of_given, where
from generator.formula.tree import Filtered, Node, Number, String
from generator.formula.typing import MONEY_UNITS, TEXT, Type, describe
from generator.kept.light_classes import replace

_DATES = frozenset({"date", "日期"})
_MONEY = {"yuan": "元", "元": "元", "万元": "万元", "亿元": "亿元"}
_PLACES = frozenset({"fixed", "trim", "round", "thousands", "千分位"})
_WHOLE = frozenset({"chinese", "中文数字", "numbered", "编号"})
NAMES = (*PRINT_FILTERS, "round")


def compile_filter(compiler: Compiler, node: Filtered) -> Part:
    """A value as its filters print it."""
    part = _figure(compiler, node)
    return part if part is BROKEN else of_given(compiler, part, "str({})", replace(TEXT, unit=part.type.unit))


def _figure(compiler: Compiler, node: Node) -> Part:
    """A value as templates see it, a number with its unit, places and exact value."""
    if isinstance(node, Filtered):
        return _applied(compiler, node)
    part = compiler.part(node)
    found = part.type
    if found.kind == "date" and not found.many:
        return part
    part = compiler.number(node, part)
    if part is BROKEN:
        return BROKEN
    test, value = given(compiler, part)
    shape = ", ".join(map(compiler.constants.constant, (found.unit, found.places, found.form)))
    return where(test, f"Figure({value}, {shape}, {part.exact or 'None'})", found)


def _applied(compiler: Compiler, node: Filtered) -> Part:
    if node.filter not in NAMES:
        known = words.FILTERS
        return compiler.fault("text-filter", node.offset, name=node.filter, known=known)
    part = _figure(compiler, node.value)
    if part is BROKEN:
        return BROKEN
    found = part.type
    if reason := _unfit(node, found):
        return compiler.fault("formula-arguments", node.offset, name=node.filter, reason=reason)
    arguments = [int(item.value) if isinstance(item, Number) else item.value for item in _literals(node)]
    apply: Callable[..., Any] = PRINT_FILTERS.get(node.filter, _rounded)
    shape = ", ".join(map(compiler.constants.constant, (apply, tuple(arguments))))
    shown = of_given(compiler, part, f"filtered({{}}, {shape})", found)
    if node.filter in _MONEY:
        return replace(shown, type=replace(found, unit=_MONEY[node.filter]))
    return replace(shown, type=replace(TEXT, unit=found.unit if node.filter in _PLACES else ""))


def _literals(node: Filtered) -> list[Number | String]:
    return [argument for argument in node.arguments if isinstance(argument, Number | String)]


def _unfit(node: Filtered, found: Type) -> Text | None:
    """Why a filter cannot print a value of this type."""
    literals = _literals(node)
    whole = all(not isinstance(item, Number) or (item.value % 1 == 0 and 0 <= item.value <= 10) for item in literals)
    if len(literals) < len(node.arguments) or len(literals) > 1 or not whole:
        return words.PLACES_WANTED
    if node.filter in _DATES:
        wrong = any(isinstance(item, Number) for item in literals)
        return words.DATE_WANTED if found.kind != "date" or wrong else None
    if any(isinstance(item, String) for item in literals) and node.filter not in _WHOLE:
        return words.PLACES_WANTED
    if found.kind != "number":
        return words.NUMBER_WANTED.filled(kind=describe(found))
    if node.filter in _MONEY and found.unit not in (*MONEY_UNITS, "亿元"):
        return words.AMOUNT_WANTED.filled(kind=describe(found))
    if node.filter in _WHOLE and found.places:
        return words.WHOLE_WANTED
    return None


def _rounded(value: Any, places: int = 0) -> str:
    """At most so many places, in the field's own form."""
    if not isinstance(value, Figure):
        return str(value)
    start = value.value if value.exact is None else value.exact
    return str(Figure(start, value.unit, places, value.form))
