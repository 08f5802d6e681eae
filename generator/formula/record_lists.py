"""Lists of records: which items, in which order, and what a second expression sees of each."""

from __future__ import annotations

from decimal import Decimal

from generator.diagnostics.wording import formula_reasons as words
from generator.formula.compiled_part import BROKEN, Part
from generator.formula.compiler import Compiler
from generator.formula.scope import OWN
from generator.formula.tree import Call, Name, Node, Number, String, walk
from generator.formula.typing import Type, describe

DESCENDING, ASCENDING = ("降", "desc"), ("升", "asc")


def per_item(compiler: Compiler, node: Call, items: Part, argument: Node, wanted: str) -> tuple[Part, str, str]:
    """The second expression of a function, which sees the fields of each item; its function, and what that sees of the items: `{}`.

    Args:
        wanted: `condition`, `number`, `text`, or `value` for anything.
    """
    scope = items.type.record
    if items.type.kind == "any":
        return BROKEN, "None", "{}"
    if items.type.kind != "record" or scope is None:
        reason = words.RECORDS_WANTED
        return compiler.fault("formula-arguments", argument.offset, name=node.function, reason=reason), "None", "{}"
    compiler.items.append((scope, items.paths))
    match wanted:
        case "condition":
            part = compiler.condition(argument)
        case "number":
            part = compiler.number(argument)
        case "text":
            part = compiler.printed(argument)
        case _:
            part = compiler.part(argument)
    compiler.items.pop()
    outer = any(isinstance(inner, Name) and inner.name == OWN for inner in walk(argument))
    each = compiler.constants.constant(compiler.constants.function(part.code))
    return part, each, "with_own({}, r)" if outer else "{}"


def list_fault(compiler: Compiler, node: Call, found: Type) -> Part:
    """What is told where a function wants a list and got something else."""
    if found.kind == "any":
        return BROKEN
    kind = describe(found)
    reason = words.LIST_WANTED.filled(kind=kind)
    if found.many and found.kind in ("record", "text"):
        reason = words.NUMBERS_WANTED.filled(kind=kind)
    return compiler.fault("formula-arguments", node.arguments[0].offset, name=node.function, reason=reason)


def call_filter(compiler: Compiler, node: Call) -> Part:
    """`filter(list, condition)`: the items of which the condition is true."""
    items = compiler.base(node.arguments[0])
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    _, holds, seen = per_item(compiler, node, items, node.arguments[1], "condition")
    found = compiler.constants.temporary()
    code = f"kept(({found} := {items.code}), {seen.format(found)}, {holds})"
    return Part(code, items.type, items.paths, sure=True)


def call_sort(compiler: Compiler, node: Call) -> Part:
    """`sort(list, expression, "降")`: ties stay in their order, items without a value come last."""
    items = compiler.base(node.arguments[0])
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    part, by, seen = per_item(compiler, node, items, node.arguments[1], "value")
    if part.type.many or part.type.kind not in ("number", "date", "text", "any"):
        kind = describe(part.type)
        reason = words.SORT_KEY.filled(kind=kind)
        return compiler.fault("formula-arguments", node.arguments[1].offset, name="sort", reason=reason)
    descending = False
    if len(node.arguments) > 2:
        direction = node.arguments[2]
        if not isinstance(direction, String) or direction.value not in (*DESCENDING, *ASCENDING):
            reason = words.SORT_ORDER
            return compiler.fault("formula-arguments", direction.offset, name="sort", reason=reason)
        descending = direction.value in DESCENDING
    found, order = compiler.constants.temporary(), compiler.constants.constant(descending)
    code = f"sorted_by(({found} := {items.code}), {seen.format(found)}, {by}, {order})"
    return Part(code, items.type, items.paths, sure=True)


def call_first(compiler: Compiler, node: Call) -> Part:
    """`first(list, n)`: the first `n` items, all of them where there are fewer."""
    items = compiler.base(node.arguments[0])
    if not items.type.many:
        return list_fault(compiler, node, items.type)
    count = node.arguments[1] if len(node.arguments) > 1 else Number(Decimal(1), node.offset)
    number = compiler.number(count)
    if number.type.kind != "any" and number.type.places:
        reason = words.WHOLE_COUNT
        return compiler.fault("formula-arguments", count.offset, name="first", reason=reason)
    return Part(f"first({items.code}, {number.code})", items.type, items.paths, sure=True)
