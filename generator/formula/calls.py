"""Calls of the functions: what they take, and what they compile to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.formula import functions
from generator.formula.compiled_part import Part
from generator.formula.compiler import Compiler
from generator.formula.conditions import has
from generator.formula.operands import given, of_given, printed_code, where
from generator.formula.record_lists import call_filter, call_first, call_sort, list_fault, per_item
from generator.formula.tree import Call, String
from generator.formula.typing import BOOLEAN, TEXT, Type, describe
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
    return of_given(compiler, part, "abs({})", part.type)


def _call_yuan(compiler: Compiler, node: Call) -> Part:
    part = compiler.number(node.arguments[0])
    if part.type.kind != "any" and part.type.unit != "万元":
        reason = words.WAN_YUAN_WANTED.filled(kind=describe(part.type))
        return compiler.fault("formula-arguments", node.arguments[0].offset, name="yuan", reason=reason)
    return Part(f"yuan({part.code})", replace(part.type, unit="元"), sure=part.sure)


def _call_of_text(read: str, found: Type) -> Callable[[Compiler, Call], Part]:
    """A function of one text."""

    def call(compiler: Compiler, node: Call) -> Part:
        return Part(f"{read}({_text_of(compiler, node).code})", found)

    return call


def _call_says(compiler: Compiler, node: Call) -> Part:
    text, *wanted = (_text_of(compiler, node, at) for at in range(len(node.arguments)))
    fixed = [one.value for one in node.arguments[1:] if isinstance(one, String)]
    if len(fixed) == len(wanted):
        index = compiler.constants.words
        if index is not None and all(fixed):
            index.take(fixed)
            wanted_words, found = compiler.constants.constant(frozenset(fixed)), compiler.constants.constant(index)
            return of_given(compiler, text, f"not {wanted_words}.isdisjoint({found}[{{}}])", BOOLEAN)
        words = compiler.constants.constant(tuple(fixed))
        code = f"says({text.code}, {words})"
        return Part(code, BOOLEAN, sure=text.sure, true=code)
    test, value = given(compiler, replace(text, sure=False))
    words = [(*given(compiler, replace(word, sure=False)), value) for word in wanted]
    return where(
        test, f"({' or '.join(f'({asked} and {word} in {within})' for asked, word, within in words)})", BOOLEAN
    )


def _call_missed(compiler: Compiler, node: Call) -> Part:
    return Part(f"missed({', '.join(_text_of(compiler, node, at).code for at in range(3))})", TEXT)


def _text_of(compiler: Compiler, node: Call, at: int = 0) -> Part:
    """An argument of a call, which is a text."""
    part = compiler.part(node.arguments[at])
    if part.type.kind not in ("text", "any") or part.type.many:
        reason = words.TEXT_WANTED.filled(kind=describe(part.type))
        compiler.fault("formula-arguments", node.arguments[at].offset, name=node.function, reason=reason)
    return part


def _call_has(compiler: Compiler, node: Call) -> Part:
    return has(compiler.part(node.arguments[0]))


def _call_band(compiler: Compiler, node: Call) -> Part:
    value, bands = compiler.number(node.arguments[0]), compiler.part(node.arguments[1])
    found = bands.type
    if found.kind != "any" and not (found.kind == "map" and found.of and found.of.kind == "number"):
        return compiler.fault("formula-no-bands", node.arguments[1].offset)
    return Part(f"band({value.code}, {bands.code})", TEXT)


def _extreme(compiler: Compiler, node: Call, choose: str) -> Part:
    if len(node.arguments) == 1:
        part = _values(compiler.part(node.arguments[0]))
        if part.type.kind not in ("number", "date", "any") or not part.type.many:
            return list_fault(compiler, node, part.type)
        return Part(f"extreme({choose}, {part.code})", part.type.one)
    parts = [compiler.part(argument) for argument in node.arguments]
    if not all(part.type.kind == "date" and not part.type.many for part in parts):
        parts = [compiler.number(*pair) for pair in zip(node.arguments, parts, strict=True)]
    found = parts[0].type
    for part in parts[1:]:
        if found.kind == part.type.kind == "number":
            found = compiler.combined("+", found, part.type, node.offset)
    return Part(f"spread({choose}, [{', '.join(part.code for part in parts)}])", found)


def _values(part: Part) -> Part:
    """What a list function goes through: a map's values, else the part as it is."""
    if part.type.kind != "map" or part.type.many or part.type.of is None:
        return part
    return replace(part, code=f"listed_values({part.code})", type=part.type.of.list, sure=True)


def _call_sum(compiler: Compiler, node: Call) -> Part:
    items = compiler.base(node.arguments[0]) if len(node.arguments) == 2 else _values(compiler.part(node.arguments[0]))
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    if len(node.arguments) == 1:
        if items.type.kind != "number":
            return list_fault(compiler, node, items.type)
        return Part(f"total({items.code})", items.type.one)
    part, each, seen = per_item(compiler, node, items, node.arguments[1], "number")
    return Part(f"total_of({seen.format(items.code)}, {each})", part.type)


def _call_count(compiler: Compiler, node: Call) -> Part:
    items = compiler.part(node.arguments[0])
    if len(node.arguments) == 1:
        items = _values(items)
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    whole = Type("number", places=0)
    if len(node.arguments) == 1:
        return Part(f"counted({items.code})", whole, sure=True)
    _, each, seen = per_item(compiler, node, items, node.arguments[1], "condition")
    return Part(f"counted_of({seen.format(items.code)}, {each})", whole, sure=True)


def _call_join(compiler: Compiler, node: Call) -> Part:
    arguments = list(node.arguments)
    items = compiler.base(arguments[0]) if len(arguments) > 1 else compiler.part(arguments[0])
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    separator, seen = compiler.constants.constant(functions.DEFAULT_SEPARATOR), "{}"
    if items.type.kind == "record":
        if len(arguments) < 2:
            kind = describe(items.type)
            reason = words.PRINTED_FIELD.filled(kind=kind)
            return compiler.fault("formula-arguments", node.offset, name="join", reason=reason)
        _, shown, seen = per_item(compiler, node, items, arguments.pop(1), "text")
    elif items.type.kind in ("map", "image"):
        return list_fault(compiler, node, items.type)
    else:
        compiler.reference(items)
        shown = compiler.constants.constant(compiler.constants.function(printed_code(compiler, items.type, "r")))
    if len(arguments) > 1:
        separator = compiler.printed(arguments[1]).code
        if len(arguments) > 2:
            reason = words.TOO_MANY
            return compiler.fault("formula-arguments", node.offset, name="join", reason=reason)
    texts = compiler.constants.temporary()
    test = f"({texts} := shown_items({seen.format(items.code)}, {shown}))"
    return Part(f"(joined_by({texts}, {separator}) if {test} else None)", TEXT)


_CALLS: dict[str, Callable[[Compiler, Call], Part]] = {
    "abs": _call_abs,
    "band": _call_band,
    "count": _call_count,
    "filter": call_filter,
    "first": call_first,
    "has": _call_has,
    "join": _call_join,
    "max": partial(_extreme, choose="max"),
    "min": partial(_extreme, choose="min"),
    "missed": _call_missed,
    "says": _call_says,
    "sort": call_sort,
    "sum": _call_sum,
    "number_in": _call_of_text("number_in", Type("number")),
    "unit_in": _call_of_text("unit_in", TEXT),
    "yuan": _call_yuan,
}
