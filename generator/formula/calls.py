"""Calls of the functions: what they take, and what they compile to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.formula import functions
from generator.formula.compiled_part import Function, Part
from generator.formula.compiler import Compiler
from generator.formula.missed_targets import missed
from generator.formula.record_lists import Seen, call_filter, call_first, call_sort, list_fault, per_item, unchanged
from generator.formula.tree import Call, String
from generator.formula.typed_amounts import number_in, unit_in
from generator.formula.typing import BOOLEAN, TEXT, Type, describe
from generator.formula.value_text import MAX_TEXT, printer
from generator.kept.light_classes import replace


def compile_call(compiler: Compiler, node: Call) -> Part:
    name, arguments = node.function, node.arguments
    known = functions.FUNCTIONS if not compiler.names.narrative else functions.OF_NARRATIVE
    if name not in known:
        if compiler.names.narrative and name in functions.FUNCTIONS:
            return compiler.fault("text-arithmetic", node.offset)
        return compiler.fault(
            "formula-unknown-function", node.offset, name=name, known=Text("、".join(known), ", ".join(known))
        )
    low, high = functions.FUNCTIONS[name]
    if not low <= len(arguments) <= high:
        reason = words.GIVEN.filled(number=len(arguments))
        return compiler.fault("formula-arguments", node.offset, name=name, reason=reason)
    return _CALLS[name](compiler, node)


def _call_abs(compiler: Compiler, node: Call) -> Part:
    part = compiler.number(node.arguments[0])
    inner = part.function

    def absolute(record: Any) -> Decimal | None:
        value = inner(record)
        return None if value is None else abs(value)

    return Part(absolute, part.type)


def _call_yuan(compiler: Compiler, node: Call) -> Part:
    part = compiler.number(node.arguments[0])
    if part.type.kind != "any" and part.type.unit != "万元":
        reason = words.WAN_YUAN_WANTED.filled(kind=describe(part.type))
        return compiler.fault("formula-arguments", node.arguments[0].offset, name="yuan", reason=reason)
    inner = part.function
    return Part(lambda record: functions.yuan(inner(record)), replace(part.type, unit="元"))


def _call_of_text(read: Callable[[Any], Any], given: Type) -> Callable[[Compiler, Call], Part]:
    """A function of one text."""

    def call(compiler: Compiler, node: Call) -> Part:
        inner = _text_of(compiler, node)
        return Part(lambda record: read(inner(record)), given)

    return call


def _call_says(compiler: Compiler, node: Call) -> Part:
    text, *wanted = (_text_of(compiler, node, at) for at in range(len(node.arguments)))
    fixed = [one.value for one in node.arguments[1:] if isinstance(one, String)]
    if len(fixed) == len(wanted):
        says = functions.says
        return Part(lambda record: says(text(record), fixed), BOOLEAN)

    def function(record: Any) -> bool | None:
        return functions.says(text(record), (found for word in wanted if (found := word(record)) is not None))

    return Part(function, BOOLEAN)


def _call_missed(compiler: Compiler, node: Call) -> Part:
    target, result, direction = (_text_of(compiler, node, at) for at in range(3))
    return Part(lambda record: missed(target(record), result(record), direction(record)), TEXT)


def _text_of(compiler: Compiler, node: Call, at: int = 0) -> Function:
    """An argument of a call, which is a text."""
    part = compiler.part(node.arguments[at])
    if part.type.kind not in ("text", "any") or part.type.many:
        reason = words.TEXT_WANTED.filled(kind=describe(part.type))
        compiler.fault("formula-arguments", node.arguments[at].offset, name=node.function, reason=reason)
    return part.function


def _call_has(compiler: Compiler, node: Call) -> Part:
    inner, has_value = compiler.part(node.arguments[0]).function, functions.has_value
    return Part(lambda record: has_value(inner(record)), BOOLEAN)


def _call_band(compiler: Compiler, node: Call) -> Part:
    value, bands = compiler.number(node.arguments[0]), compiler.part(node.arguments[1])
    found = bands.type
    if found.kind != "any" and not (found.kind == "map" and found.of and found.of.kind == "number"):
        return compiler.fault("formula-no-bands", node.arguments[1].offset)
    first, second = value.function, bands.function
    return Part(lambda record: functions.band(first(record), second(record)), TEXT)


def _extreme(compiler: Compiler, node: Call, choose: Callable[..., Any]) -> Part:
    if len(node.arguments) == 1:
        part = _values(compiler.part(node.arguments[0]))
        if part.type.kind not in ("number", "date", "any") or not part.type.many:
            return list_fault(compiler, node, part.type)
        inner = part.function
        return Part(lambda record: functions.extreme(choose, inner(record)), part.type.one)
    parts = [compiler.part(argument) for argument in node.arguments]
    if not all(part.type.kind == "date" and not part.type.many for part in parts):
        parts = [compiler.number(*pair) for pair in zip(node.arguments, parts, strict=True)]
    found = parts[0].type
    for part in parts[1:]:
        if found.kind == part.type.kind == "number":
            found = compiler.combined("+", found, part.type, node.offset)
    values = [part.function for part in parts]

    def function(record: Any) -> Any:
        present = [value(record) for value in values]
        return None if None in present else choose(present)

    return Part(function, found)


def _values(part: Part) -> Part:
    """What a list function goes through: a map's values, else the part as it is."""
    if part.type.kind != "map" or part.type.many or part.type.of is None:
        return part
    entries = part.function
    return replace(part, function=lambda record: [*(entries(record) or {}).values()], type=part.type.of.list)


def _call_sum(compiler: Compiler, node: Call) -> Part:
    items = compiler.base(node.arguments[0]) if len(node.arguments) == 2 else _values(compiler.part(node.arguments[0]))
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    inner = items.function
    if len(node.arguments) == 1:
        if items.type.kind != "number":
            return list_fault(compiler, node, items.type)
        return Part(lambda record: functions.total(inner(record)), items.type.one)
    part, seen = per_item(compiler, node, items, node.arguments[1], "number")
    each = part.function
    return Part(lambda record: functions.total([each(item) for item in seen(inner(record), record)]), part.type)


def _call_count(compiler: Compiler, node: Call) -> Part:
    items = compiler.part(node.arguments[0])
    if len(node.arguments) == 1:
        items = _values(items)
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    inner = items.function
    whole = Type("number", places=0)
    if len(node.arguments) == 1:
        return Part(lambda record: Decimal(sum(1 for value in inner(record) if value is not None)), whole)
    part, seen = per_item(compiler, node, items, node.arguments[1], "condition")
    each = part.function
    return Part(lambda record: Decimal(sum(1 for item in seen(inner(record), record) if each(item))), whole)


def _call_join(compiler: Compiler, node: Call) -> Part:
    arguments = list(node.arguments)
    items = compiler.base(arguments[0]) if len(arguments) > 1 else compiler.part(arguments[0])
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    separator: Function = lambda record: functions.DEFAULT_SEPARATOR  # noqa: E731 another one below
    each: Function | None = None
    seen: Seen = unchanged
    if items.type.kind == "record":
        if len(arguments) < 2:
            kind = describe(items.type)
            reason = words.PRINTED_FIELD.filled(kind=kind)
            return compiler.fault("formula-arguments", node.offset, name="join", reason=reason)
        part, seen = per_item(compiler, node, items, arguments.pop(1), "text")
        each = part.function
    elif items.type.kind in ("map", "image"):
        return list_fault(compiler, node, items.type)
    else:
        compiler.reference(items)
    if len(arguments) > 1:
        separator = compiler.printed(arguments[1]).function
        if len(arguments) > 2:
            reason = words.TOO_MANY
            return compiler.fault("formula-arguments", node.offset, name="join", reason=reason)
    inner, shown = items.function, printer(items.type)

    def function(record: Any) -> str | None:
        if each is not None:
            texts = [each(item) for item in seen(inner(record), record)]
        else:
            texts = [None if value is None else shown(value) for value in inner(record)]
        present = [text for text in texts if text]
        return (separator(record) or "").join(present)[: MAX_TEXT + 1] if present else None

    return Part(function, TEXT)


_CALLS: dict[str, Callable[[Compiler, Call], Part]] = {
    "abs": _call_abs,
    "band": _call_band,
    "count": _call_count,
    "filter": call_filter,
    "first": call_first,
    "has": _call_has,
    "join": _call_join,
    "max": partial(_extreme, choose=max),
    "min": partial(_extreme, choose=min),
    "missed": _call_missed,
    "says": _call_says,
    "sort": call_sort,
    "sum": _call_sum,
    "number_in": _call_of_text(number_in, Type("number")),
    "unit_in": _call_of_text(unit_in, TEXT),
    "yuan": _call_yuan,
}
