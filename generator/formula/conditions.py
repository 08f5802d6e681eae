"""Types and compiles what is true or false: conditions, comparisons, `and`/`or`, and what hangs on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.formula import functions
from generator.formula.compiled_part import BROKEN, COMPARISONS, Function, Part
from generator.formula.compiler import Compiler
from generator.formula.tree import Attribute, Comparison, Conditional, Item, Items, Logic, Name, Node, Number, String
from generator.formula.typing import BOOLEAN, MONEY_UNITS, NOTHING, Type, describe
from generator.formula.unparse import show


def condition(compiler: Compiler, node: Node) -> Part:
    """A part where a condition belongs: a bare reference asks whether there is a value."""
    part = compiler.part(node)
    found = part.type
    if found.kind in ("boolean", "any") and not found.many:
        return part
    reference = isinstance(node, Name | Attribute | Item)
    if found.kind == "number" and not found.many:
        return compiler.fault("formula-condition", node.offset, text=show(node))
    if not reference:
        return compiler.fault("formula-not-condition", node.offset, text=show(node), kind=describe(found))
    inner, has_value = part.function, functions.has_value
    return Part(lambda record: has_value(inner(record)), BOOLEAN)


def comparison(compiler: Compiler, node: Comparison) -> Part:
    parts = [compiler.part(node.first), *(compiler.part(operand) for _, operand in node.rest)]
    nodes = [node.first, *(operand for _, operand in node.rest)]
    for index, (operator, _) in enumerate(node.rest):
        _check_comparison(compiler, operator, parts[index].type, parts[index + 1].type, nodes[index], nodes[index + 1])
    tests = [COMPARISONS[operator] for operator, _ in node.rest]
    values = [part.function for part in parts]
    if len(tests) == 1:
        return Part(_compared(nodes[0], nodes[1], values[0], values[1], tests[0]), BOOLEAN)

    def chain(record: Any) -> bool | None:
        left = values[0](record)
        unknown = False
        for test, value in zip(tests, values[1:], strict=True):
            right = value(record)
            if left is None or right is None:
                unknown = True
            elif not test(left, right):
                return False
            left = right
        return None if unknown else True

    return Part(chain, BOOLEAN)


def _compared(left: Node, right: Node, first: Function, second: Function, test: Callable[[Any, Any], bool]) -> Function:
    """What compares two values; one that is written in the formula is not made again for every record."""
    of, to = _written(left), _written(right)
    if of is not None:

        def asked(record: Any) -> bool | None:
            b = second(record)
            return None if b is None else test(of, b)

        return asked
    if test is COMPARISONS["=="] and isinstance(to, str):

        def same(record: Any) -> bool | None:
            a = first(record)
            return None if a is None else (a if type(a) is str else str(a)) == to

        return same
    if to is not None:

        def given(record: Any) -> bool | None:
            a = first(record)
            return None if a is None else test(a, to)

        return given

    def compare(record: Any) -> bool | None:
        a, b = first(record), second(record)
        return None if a is None or b is None else test(a, b)

    return compare


def _written(node: Node) -> Any:
    """The value of a number, a text, or a list of these; None of everything else."""
    if isinstance(node, Number | String):
        return node.value
    found = [_written(item) for item in node.items] if isinstance(node, Items) else [None]
    return None if None in found else found


def _unlike_hint(left: Type, right: Type, ordered: bool) -> Text | None:
    """What to write instead of a comparison whose two sides are of one kind, or are lists; None where the kinds differ."""
    if left.many or right.many:
        return words.LISTS_DO_NOT_COMPARE
    return words.ONLY_THE_SAME if ordered and left.kind == right.kind else None


def _check_comparison(compiler: Compiler, operator: str, left: Type, right: Type, first: Node, second: Node) -> None:
    if "any" in (left.kind, right.kind):
        return
    if operator in ("in", "not in"):
        searched = right.many or right.kind in ("map", "text")
        inside = "text" if right.kind in ("map", "text") and not right.many else right.kind
        if not searched or left.many or left.kind != inside:
            hint = _unlike_hint(left, right, ordered=False)
            compiler.fault("formula-compare", first.offset, hint, left=describe(left), right=describe(right))
        return
    ordered = operator not in ("==", "!=")
    texts = {"text", "paragraphs"}
    same = left.kind == right.kind or (left.kind in texts and right.kind in texts)
    if (
        left.many
        or right.many
        or not same
        or left.kind in ("record", "map", "image", "nothing")
        or (ordered and left.kind not in ("number", "date"))
    ):
        hint = _unlike_hint(left, right, ordered)
        compiler.fault("formula-compare", second.offset, hint, left=describe(left), right=describe(right))
    elif len({unit for unit in (left.unit, right.unit) if unit in MONEY_UNITS}) == 2:
        compiler.fault("formula-mixed-units", second.offset, left=describe(left), right=describe(right))


def logic(compiler: Compiler, node: Logic) -> Part:
    decisive = node.operator == "or"
    operand = reason if decisive else condition
    nodes = [node.right]
    while isinstance(node.left, Logic) and node.left.operator == node.operator:
        node = node.left
        nodes.append(node.right)
    parts = [operand(compiler, one).function for one in (node.left, *reversed(nodes))]

    if len(parts) == 2:  # what most are
        first, second = parts

        def both(record: Any) -> bool | None:
            one = first(record)
            if one is decisive:
                return decisive
            other = second(record)
            if other is decisive:
                return decisive
            return None if one is None or other is None else not decisive

        return Part(both, BOOLEAN)

    def function(record: Any) -> bool | None:
        unknown = False
        for part in parts:
            found = part(record)
            if found is decisive:
                return decisive
            unknown = unknown or found is None
        return None if unknown else not decisive

    return Part(function, BOOLEAN)


def reason(compiler: Compiler, node: Node) -> Part:
    """A part that alone would be enough: of a text it asks whether that explains anything."""
    if isinstance(node, Name | Attribute | Item):
        part = compiler.part(node)
        if part.type.kind in ("text", "paragraphs") and not part.type.many:
            inner, explains = part.function, functions.explains
            return Part(lambda record: explains(inner(record)), BOOLEAN)
    return condition(compiler, node)


def conditional(compiler: Compiler, node: Conditional) -> Part:
    test = condition(compiler, node.test).function
    yes = compiler.part(node.yes)
    no = compiler.part(node.no) if node.no is not None else Part(lambda record: None, NOTHING)
    found = yes.type if yes.type.kind not in ("any", "nothing") else no.type
    kinds = {part.type.kind for part in (yes, no)} - {"any", "nothing"}
    if len(kinds) > 1 or (node.no is not None and yes.type.many != no.type.many and len(kinds) == 1):
        compiler.fault("formula-branches", node.offset, left=describe(yes.type), right=describe(no.type))
        return BROKEN
    if found.kind == "number" and "any" not in (yes.type.kind, no.type.kind) and no.type.kind != "nothing":
        found = compiler.combined("+", yes.type, no.type, node.offset)
    one, other = yes.function, no.function

    def function(record: Any) -> Any:
        decision = test(record)
        return None if decision is None else one(record) if decision else other(record)

    return Part(function, found, yes.paths + no.paths)
