"""Types and compiles what is true or false: conditions, comparisons, `and`/`or`, and what hangs on them."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.formula.compiled_part import BROKEN, Part
from generator.formula.compiler import Compiler
from generator.formula.operands import both_given, of_given, where
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
    return has(part)


def has(part: Part) -> Part:
    """Whether there is a value."""
    found = part.type
    if found.many or found.kind in ("text", "paragraphs"):
        return Part(f"(True if {part.code} else False)", BOOLEAN, sure=True)
    if found.kind in ("number", "date", "boolean", "record"):
        return Part(f"({part.code} is not None)", BOOLEAN, sure=True)
    return Part(f"has_value({part.code})", BOOLEAN, sure=True)


def comparison(compiler: Compiler, node: Comparison) -> Part:
    parts = [compiler.part(node.first), *(compiler.part(operand) for _, operand in node.rest)]
    nodes = [node.first, *(operand for _, operand in node.rest)]
    for index, (operator, _) in enumerate(node.rest):
        _check_comparison(compiler, operator, parts[index].type, parts[index + 1].type, nodes[index], nodes[index + 1])
    if len(node.rest) == 1:
        return _compared(compiler, node.rest[0][0], parts[0], parts[1], nodes[1])
    return _chain(compiler, [operator for operator, _ in node.rest], parts)


def _chain(compiler: Compiler, operators: list[str], parts: list[Part]) -> Part:
    """Each operand is evaluated once, until a pair is false; a pair with a blank is unknown."""
    names = [compiler.constants.temporary() for _ in parts]
    left, pairs = f"({names[0]} := {parts[0].code})", list[str]()
    for at, operator in enumerate(operators):
        one, other = names[at : at + 2]
        right = f"({other} := {parts[at + 1].code})"
        known = f"(({left} is None) is not ({right} is not None)) and {one} is not None"  # both are evaluated
        pairs.append(f"({known} and not {_test(operator, parts[at].type, parts[at + 1].type, one, other)})")
        left = other
    blank = " or ".join(f"{name} is None" for name, part in zip(names, parts, strict=True) if not part.sure)
    known = f"None if {blank} else True" if blank else "True"
    wrong = " or ".join(pairs)
    return Part(f"(False if {wrong} else {known})", BOOLEAN, sure=not blank, false=f"({wrong})")


def _compared(compiler: Compiler, operator: str, left: Part, right: Part, written: Node) -> Part:
    """What compares two values; a list that is written in the formula is not made again for every record."""
    constant = _written(written)
    if isinstance(constant, list):
        texts = all(isinstance(one, str) for one in constant)
        listed = compiler.constants.constant(frozenset(constant) if texts else tuple(constant))
        return of_given(compiler, left, f"{{}} {operator} {listed}", BOOLEAN)
    test, one, other = both_given(compiler, left, right)
    return where(test, _test(operator, left.type, right.type, one, other), BOOLEAN)


def _test(operator: str, left: Type, right: Type, one: str, other: str) -> str:
    """What compares two values that are there."""
    if operator in ("==", "!=") and not left.kind == right.kind in ("number", "date", "boolean", "text"):
        return f"{'' if operator == '==' else 'not '}alike({one}, {other})"
    return f"({one} {operator} {other})"


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
    operator, operand = node.operator, reason if node.operator == "or" else condition
    nodes = [node.right]
    while isinstance(node.left, Logic) and node.left.operator == node.operator:
        node = node.left
        nodes.append(node.right)
    parts = [operand(compiler, one) for one in (node.left, *reversed(nodes))]
    other = "and" if operator == "or" else "or"
    true = f"({f' {operator} '.join(part.is_true for part in parts)})"
    false = f"({f' {other} '.join(part.is_false for part in parts)})"
    if all(part.sure for part in parts):
        return Part(
            f"({f' {operator} '.join(part.code for part in parts)})", BOOLEAN, sure=True, true=true, false=false
        )
    decisive, tests, names = "True" if operator == "or" else "False", list[str](), list[str]()
    for part in parts:
        name = compiler.constants.temporary()
        tests.append(f"{part.code if part.sure else f'({name} := {part.code})'} is {decisive}")
        names += [] if part.sure else [name]
    unknown = " or ".join(f"{name} is None" for name in names)
    code = f"({decisive} if {' or '.join(tests)} else None if {unknown} else {operator != 'or'})"
    return Part(code, BOOLEAN, true=true, false=false)


def reason(compiler: Compiler, node: Node) -> Part:
    """A part that alone would be enough: of a text it asks whether that explains anything."""
    if isinstance(node, Name | Attribute | Item):
        part = compiler.part(node)
        if part.type.kind in ("text", "paragraphs") and not part.type.many:
            return Part(f"explains({part.code})", BOOLEAN, sure=True)
    return condition(compiler, node)


def conditional(compiler: Compiler, node: Conditional) -> Part:
    test = condition(compiler, node.test)
    yes = compiler.part(node.yes)
    no = compiler.part(node.no) if node.no is not None else Part("None", NOTHING)
    found = yes.type if yes.type.kind not in ("any", "nothing") else no.type
    kinds = {part.type.kind for part in (yes, no)} - {"any", "nothing"}
    if len(kinds) > 1 or (node.no is not None and yes.type.many != no.type.many and len(kinds) == 1):
        compiler.fault("formula-branches", node.offset, left=describe(yes.type), right=describe(no.type))
        return BROKEN
    if found.kind == "number" and "any" not in (yes.type.kind, no.type.kind) and no.type.kind != "nothing":
        found = compiler.combined("+", yes.type, no.type, node.offset)
    paths, sure = yes.paths + no.paths, test.sure and yes.sure and no.sure
    if test.sure:
        return Part(f"({yes.code} if {test.code} else {no.code})", found, paths, sure=sure)
    decision = compiler.constants.temporary()
    chosen = f"None if ({decision} := {test.code}) is None else {yes.code} if {decision} else {no.code}"
    return Part(f"({chosen})", found, paths)
