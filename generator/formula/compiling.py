"""Types an expression and compiles it into a function over a record.

Typing comes first and finds every fault of the expression at once, at its code point. The compiled function takes the
record in which the expression stands and gives a value, None for a blank or an unknown condition, or raises
`InvalidInput` where it needs an invalid value.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from generator.diagnostics import Text
from generator.formula import functions
from generator.formula.faults import Fault, FormulaError
from generator.formula.printing import MAX_TEXT, printer
from generator.formula.showing import show
from generator.formula.tree import (
    Arithmetic,
    Attribute,
    Call,
    Comparison,
    Concatenation,
    Conditional,
    Filtered,
    Item,
    Items,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
    String,
    Tag,
)
from generator.formula.types import ANY, BOOLEAN, MONEY_UNITS, NOTHING, TEXT, Parameter, Scope, Type, describe
from generator.formula.values import INVALID, InvalidInput

Function = Callable[[Any], Any]
Path = tuple[str, ...]

ROOT = "报告"
OWN = "本"
RESERVED = frozenset({ROOT, OWN, "标准", "standard", "另载", "公布", "理由", *functions.FUNCTIONS}) | frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
        "true",
        "false",
        "none",
        "True",
        "False",
        "None",
        "loop",
        "self",
        "varargs",
        "kwargs",
        "caller",
    ]
)
FILTERS = ("fixed", "round", "trim", "yuan")


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of an expression mean.

    Args:
        own: the record in which it stands.
        root: the report.
        parameters: the bureau's constants.
        narrative: a data file's text: a bare name is the record's own or the report's, nothing is calculated.
    """

    own: Scope
    root: Scope
    parameters: Mapping[str, Parameter]
    narrative: bool = False


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled expression.

    Args:
        function: from the record to the value.
        type: its static type.
        paths: every field that it may read, as names from the report (`报告` first) or from its own record.
        parameters: the parameters that it reads.
        text: the expression as written or shown.
    """

    function: Function
    type: Type
    paths: tuple[Path, ...]
    parameters: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    function: Function
    type: Type
    paths: tuple[Path, ...] = ()
    exact: Function | None = None


_BROKEN = _Part(lambda record: None, ANY)


def compile_expression(node: Node, names: Names, condition: bool = False, text: str | None = None) -> Compiled:
    """Compile one expression.

    Args:
        node: its tree.
        names: what its names mean.
        condition: whether it stands where a condition belongs (`rule`, `when`).
        text: how messages show it; made from the tree where not given.

    Raises:
        FormulaError: with every fault of the expression.
    """
    compiler = _Compiler(names)
    part = compiler.condition(node) if condition else compiler.part(node)
    compiler.finish()
    return Compiled(part.function, part.type, tuple(compiler.read), frozenset(compiler.parameters), text or show(node))


def compile_text(parts: tuple[str | Tag, ...], names: Names, lenient: bool = False, text: str = "") -> Compiled:
    """Compile a text with `{{ }}` into one that prints.

    A blank value prints its field's `empty`; without one the whole text is blank, or, where `lenient`, the value
    prints nothing.

    Raises:
        FormulaError: with every fault of the text.
    """
    compiler = _Compiler(names)
    pieces: list[str | Function] = []
    for piece in parts:
        pieces.append(piece if isinstance(piece, str) else compiler.printed(piece.node).function)
    compiler.finish()

    def function(record: Any) -> str | None:
        shown = []
        blank = False
        for piece in pieces:
            if isinstance(piece, str):
                shown.append(piece)
                continue
            value = piece(record)
            if value is None:
                blank = True
            else:
                shown.append(value)
        return None if blank and not lenient else "".join(shown)

    return Compiled(function, TEXT, tuple(compiler.read), frozenset(compiler.parameters), text)


def compile_printed(node: Node, names: Names) -> Compiled:
    """Compile the expression of one tag of a narrative: its text, or None where the value is blank."""
    compiler = _Compiler(names)
    part = compiler.printed(node)
    compiler.finish()
    return Compiled(part.function, part.type, tuple(compiler.read), frozenset(compiler.parameters), show(node))


def closest(name: str, known: list[str]) -> str | None:
    """The known name that was probably meant."""
    found = get_close_matches(name, known, 1, 0.5)
    if found:
        return found[0]
    inside = [other for other in known if name and (name in other or other in name)]
    return min(inside, key=len) if inside else None


def _did_you_mean(name: str, known: list[str]) -> Text | None:
    if meant := closest(name, known):
        return Text(f"是不是“{meant}”？", f"Did you mean “{meant}”?")
    if known and len(known) <= 12:
        return Text(f"这里有：{'、'.join(known)}。", f"There are: {', '.join(known)}.")
    return None


class _Compiler:
    """Collects the faults and the paths of one expression."""

    def __init__(self, names: Names):
        self.names = names
        self.faults: list[Fault] = []
        self.read: dict[Path, None] = {}
        self.parameters: set[str] = set()
        self.items: list[tuple[Scope, tuple[Path, ...]]] = []  # the lists whose items a second expression sees

    def finish(self) -> None:
        if self.faults:
            raise FormulaError(self.faults)

    def fault(self, code: str, offset: int, hint: Text | None = None, **arguments: Any) -> _Part:
        self.faults.append(Fault(code, offset, arguments, hint))
        return _BROKEN

    # --- references

    def part(self, node: Node) -> _Part:
        match node:
            case Number(value=value):
                return _Part(lambda record: value, Type("number", places=max(0, -_exponent(value))))
            case String(value=value):
                return _Part(lambda record: value, TEXT)
            case Name():
                return self.reference(self.name(node))
            case Attribute():
                return self.reference(self.attribute(node))
            case Item():
                return self.reference(self.item(node))
            case Items():
                return self.list_literal(node)
            case Arithmetic() | Negative():
                if self.names.narrative:
                    return self.fault("text-arithmetic", node.offset)
                return self.arithmetic(node) if isinstance(node, Arithmetic) else self.negative(node)
            case Concatenation():
                return self.concatenation(node)
            case Comparison():
                return self.comparison(node)
            case Logic():
                return self.logic(node)
            case Not(value=value):
                inner = self.condition(value).function

                def negation(record: Any) -> bool | None:
                    result = inner(record)
                    return None if result is None else not result

                return _Part(negation, BOOLEAN)
            case Conditional():
                return self.conditional(node)
            case Call():
                return self.call(node)
            case Filtered():
                return self.filtered(node)

    def reference(self, part: _Part) -> _Part:
        for path in part.paths:
            self.read[path] = None
        return part

    def name(self, node: Name) -> _Part:
        name, offset = node.name, node.offset
        if name == ROOT:
            return _Part(lambda record: record.root, Type("record", record=self.names.root), ((ROOT,),))
        scope, prefixes = self.items[-1] if self.items else (self.names.own, ((),))
        if name == OWN:
            return _Part(lambda record: record, Type("record", record=scope), prefixes)
        found = scope.type_of(name)
        if self.names.narrative and not self.items:
            at_root = self.names.root.type_of(name) if scope is not self.names.root else None
            if found and at_root:
                return self.fault("text-ambiguous-name", offset, name=name)
            if at_root:
                return _field(lambda record: record.root, at_root, name, ((ROOT,),))
        elif parameter := self.names.parameters.get(name):
            if found:
                return self.fault("formula-ambiguous-name", offset, name=name)
            self.parameters.add(name)
            value = parameter.value
            return _Part(lambda record: value, parameter.type)
        if found:
            return _field(None, found, name, prefixes)
        if scope is not self.names.root and self.names.root.type_of(name):
            return self.fault("formula-outer-name", offset, name=name, record=scope.name)
        known = [*scope.names()]
        known += self.names.root.names() if self.names.narrative else self.names.parameters
        return self.fault("formula-unknown-name", offset, _did_you_mean(name, known), name=name)

    def base(self, node: Node) -> _Part:
        """A part that a path goes through: it is read only as far as the path leads."""
        match node:
            case Name():
                return self.name(node)
            case Attribute():
                return self.attribute(node)
            case Item():
                return self.item(node)
            case _:
                return self.part(node)

    def attribute(self, node: Attribute) -> _Part:
        base = self.base(node.base)
        found = base.type
        if found.kind == "any":
            return _BROKEN
        scope = found.record
        if found.kind == "map" and not found.many and found.of is not None:
            table, name = base.function, node.name

            def entry(record: Any) -> Any:
                entries = table(record)
                return None if entries is None else entries.get(name)

            return _Part(entry, found.of, base.paths)
        if found.kind != "record" or scope is None:
            before = show(node.base)
            return self.fault("formula-not-a-record", node.offset, before=before, kind=describe(found), name=node.name)
        inner = scope.type_of(node.name)
        if inner is None:
            hint = _did_you_mean(node.name, [*scope.names()])
            return self.fault("formula-unknown-field", node.offset, hint, record=scope.name, name=node.name)
        return _field(base.function, inner, node.name, base.paths, found.many)

    def item(self, node: Item) -> _Part:
        base = self.base(node.base)
        key = self.part(node.key)
        found = base.type
        if found.kind == "any":
            return _BROKEN
        if key.type.kind not in ("text", "any") or key.type.many:
            reason = Text("[ ] 里要写名称（文字）", "what stands in [ ] is a name (text)")
            return self.fault("formula-arguments", node.key.offset, name="[ ]", reason=reason)
        inside, of = base.function, key.function
        if found.kind == "map" and not found.many:
            assert found.of is not None

            def in_map(record: Any) -> Any:
                table, name = inside(record), of(record)
                return None if table is None or name is None else table.get(str(name))

            return _Part(in_map, found.of, base.paths)
        if found.kind == "record" and found.many:
            assert found.record is not None
            if found.record.key is None:
                return self.fault("formula-no-key", node.offset, text=show(node.base))
            keyed = tuple((*path, found.record.key) for path in base.paths)
            for path in keyed:
                self.read[path] = None

            def in_list(record: Any) -> Any:
                items, name = inside(record), of(record)
                return next((item for item in items if item.key_value == name), None) if name is not None else None

            return _Part(in_list, found.one, base.paths)
        return self.fault("formula-no-lookup", node.offset, text=show(node.base), kind=describe(found))

    def list_literal(self, node: Items) -> _Part:
        parts = [self.part(item) for item in node.items]
        kinds = {part.type.kind for part in parts} - {"any"}
        if len(kinds) > 1 or any(part.type.many for part in parts):
            reason = Text("[ ] 里的值要是同一类", "the items of a list are of one kind")
            return self.fault("formula-arguments", node.offset, name="[ ]", reason=reason)
        item_functions = [part.function for part in parts]
        found = parts[0].type if parts else ANY
        for item, part in zip(node.items[1:], parts[1:], strict=True):
            if found.kind == part.type.kind == "number":
                found = self.combined("+", found, part.type, item.offset)
        paths = tuple(path for part in parts for path in part.paths)
        return _Part(lambda record: [function(record) for function in item_functions], found.list, paths)

    # --- numbers

    def number(self, node: Node, part: _Part | None = None) -> _Part:
        """A part that must be one number."""
        part = part or self.part(node)
        found = part.type
        if found.kind == "any":
            return _BROKEN
        if found.many:
            return self.fault("formula-list-arithmetic", node.offset, text=show(node))
        if found.kind != "number":
            return self.fault("formula-not-number", node.offset, text=show(node), kind=describe(found))
        return part

    def arithmetic(self, node: Arithmetic) -> _Part:
        left, right = self.number(node.left), self.number(node.right)
        if "any" in (left.type.kind, right.type.kind):
            return _BROKEN
        found = self.combined(node.operator, left.type, right.type, node.offset)
        first, second = left.function, right.function
        if node.operator == "/":

            def divide(record: Any) -> Decimal | None:
                a, b = first(record), second(record)
                return None if a is None or b is None or not b else a / b

            return _Part(divide, found)
        apply = {"+": operators.add, "-": operators.sub, "*": operators.mul}[node.operator]

        def calculate(record: Any) -> Decimal | None:
            a, b = first(record), second(record)
            return None if a is None or b is None else apply(a, b)

        return _Part(calculate, found)

    def combined(self, operator: str, left: Type, right: Type, offset: int) -> Type:
        """The type of an arithmetic result; 万元 and 元 do not mix."""
        money = {unit for unit in (left.unit, right.unit) if unit in MONEY_UNITS}
        if len(money) == 2:
            self.fault("formula-mixed-units", offset, left=describe(left), right=describe(right))
            return ANY
        places = max(left.places, right.places)
        if operator in "+-":
            unit = left.unit or right.unit
            if "%" in (left.unit, right.unit) and left.unit != right.unit:
                unit = ""
            form = left.form if left.unit == right.unit and left.form == right.form else "trim"
            return Type("number", unit=unit, places=places, form=form)
        scale = {"", "%"}
        if operator == "*":
            unit = left.unit if right.unit in scale else right.unit if left.unit in scale else ""
            return Type("number", unit="" if unit == "%" else unit, places=max(places, 2))
        unit = left.unit if right.unit in scale and left.unit != right.unit else ""
        if left.unit in MONEY_UNITS and right.unit not in MONEY_UNITS:
            unit = left.unit  # 万元 for each person stays 万元
        return Type("number", unit="" if unit == "%" else unit, places=max(places, 2))

    def negative(self, node: Negative) -> _Part:
        part = self.number(node.value)
        inner = part.function

        def negate(record: Any) -> Decimal | None:
            value = inner(record)
            return None if value is None else -value

        return _Part(negate, part.type)

    # --- text

    def printed(self, node: Node) -> _Part:
        """A part as it prints; a blank prints its field's `empty`, if it has one."""
        part = self.part(node)
        found = part.type
        if found.kind == "any":
            return _BROKEN
        if found.many or found.kind in ("record", "map", "boolean"):
            return self.fault("formula-printed", node.offset, kind=describe(found))
        shown, inner, empty = printer(found), part.function, found.empty or None

        def function(record: Any) -> str | None:
            value = inner(record)
            return empty if value is None else shown(value)

        return _Part(function, replace(TEXT, unit=found.unit))

    def concatenation(self, node: Concatenation) -> _Part:
        parts = [self.printed(part).function for part in node.parts]

        def function(record: Any) -> str | None:
            shown = [part(record) for part in parts]
            if any(text is None for text in shown):
                return None
            return "".join(shown)[: MAX_TEXT + 1]

        return _Part(function, TEXT)

    # --- conditions

    def condition(self, node: Node) -> _Part:
        """A part where a condition belongs: a bare reference asks whether there is a value."""
        part = self.part(node)
        found = part.type
        if found.kind in ("boolean", "any") and not found.many:
            return part
        reference = isinstance(node, Name | Attribute | Item)
        if found.kind == "number" and not found.many:
            return self.fault("formula-condition", node.offset, text=show(node))
        if not reference:
            return self.fault("formula-not-condition", node.offset, text=show(node), kind=describe(found))
        inner, has_value = part.function, functions.has_value
        return _Part(lambda record: has_value(inner(record)), BOOLEAN)

    def comparison(self, node: Comparison) -> _Part:
        parts = [self.part(node.first), *(self.part(operand) for _, operand in node.rest)]
        nodes = [node.first, *(operand for _, operand in node.rest)]
        for index, (operator, _) in enumerate(node.rest):
            self.check_comparison(operator, parts[index].type, parts[index + 1].type, nodes[index], nodes[index + 1])
        tests = [_COMPARISONS[operator] for operator, _ in node.rest]
        values = [part.function for part in parts]
        if len(tests) == 1:
            first, second, test = values[0], values[1], tests[0]

            def compare(record: Any) -> bool | None:
                a, b = first(record), second(record)
                return None if a is None or b is None else test(a, b)

            return _Part(compare, BOOLEAN)

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

        return _Part(chain, BOOLEAN)

    def check_comparison(self, operator: str, left: Type, right: Type, first: Node, second: Node) -> None:
        if "any" in (left.kind, right.kind):
            return
        if operator in ("in", "not in"):
            searched = right.many or right.kind in ("map", "text")
            inside = "text" if right.kind in ("map", "text") and not right.many else right.kind
            if not searched or left.many or left.kind != inside:
                self.fault("formula-compare", first.offset, left=describe(left), right=describe(right))
            return
        ordered = operator not in ("==", "!=")
        texts = {"text", "paragraphs"}
        same = left.kind == right.kind or (left.kind in texts and right.kind in texts)
        if (
            left.many
            or right.many
            or not same
            or left.kind in ("record", "map", "nothing")
            or (ordered and left.kind not in ("number", "date"))
        ):
            self.fault("formula-compare", second.offset, left=describe(left), right=describe(right))
        elif len({unit for unit in (left.unit, right.unit) if unit in MONEY_UNITS}) == 2:
            self.fault("formula-mixed-units", second.offset, left=describe(left), right=describe(right))

    def logic(self, node: Logic) -> _Part:
        left, right = self.condition(node.left).function, self.condition(node.right).function
        decisive = node.operator == "or"

        def function(record: Any) -> bool | None:
            first = left(record)
            if first is decisive:
                return decisive
            second = right(record)
            if second is decisive:
                return decisive
            return None if first is None or second is None else not decisive

        return _Part(function, BOOLEAN)

    def conditional(self, node: Conditional) -> _Part:
        test = self.condition(node.test).function
        yes = self.part(node.yes)
        no = self.part(node.no) if node.no is not None else _Part(lambda record: None, NOTHING)
        found = yes.type if yes.type.kind not in ("any", "nothing") else no.type
        kinds = {part.type.kind for part in (yes, no)} - {"any", "nothing"}
        if len(kinds) > 1 or (node.no is not None and yes.type.many != no.type.many and len(kinds) == 1):
            self.fault("formula-branches", node.offset, left=describe(yes.type), right=describe(no.type))
            return _BROKEN
        if found.kind == "number" and "any" not in (yes.type.kind, no.type.kind) and no.type.kind != "nothing":
            found = self.combined("+", yes.type, no.type, node.offset)
        one, other = yes.function, no.function

        def function(record: Any) -> Any:
            decision = test(record)
            return None if decision is None else one(record) if decision else other(record)

        return _Part(function, found, yes.paths + no.paths)

    # --- functions

    def call(self, node: Call) -> _Part:
        name, arguments = node.function, node.arguments
        known = functions.FUNCTIONS if not self.names.narrative else ("abs", "count", "has", "join")
        if name not in known:
            if self.names.narrative and name in functions.FUNCTIONS:
                return self.fault("text-arithmetic", node.offset)
            return self.fault(
                "formula-unknown-function", node.offset, name=name, known=Text("、".join(known), ", ".join(known))
            )
        low, high = _ARITY[name]
        if not low <= len(arguments) <= high:
            reason = Text(f"给了{len(arguments)}个", f"{len(arguments)} given")
            return self.fault("formula-arguments", node.offset, name=name, reason=reason)
        return getattr(self, f"call_{name}")(node)

    def call_abs(self, node: Call) -> _Part:
        part = self.number(node.arguments[0])
        inner = part.function

        def absolute(record: Any) -> Decimal | None:
            value = inner(record)
            return None if value is None else abs(value)

        return _Part(absolute, part.type)

    def call_yuan(self, node: Call) -> _Part:
        part = self.number(node.arguments[0])
        if part.type.kind != "any" and part.type.unit != "万元":
            reason = Text(f"需要万元，这里是{describe(part.type).zh}", f"万元 wanted, not {describe(part.type).en}")
            return self.fault("formula-arguments", node.arguments[0].offset, name="yuan", reason=reason)
        inner = part.function
        return _Part(lambda record: functions.yuan(inner(record)), replace(part.type, unit="元"))

    def call_has(self, node: Call) -> _Part:
        inner, has_value = self.part(node.arguments[0]).function, functions.has_value
        return _Part(lambda record: has_value(inner(record)), BOOLEAN)

    def call_band(self, node: Call) -> _Part:
        value, bands = self.number(node.arguments[0]), self.part(node.arguments[1])
        found = bands.type
        if found.kind != "any" and not (found.kind == "map" and found.of and found.of.kind == "number"):
            return self.fault("formula-no-bands", node.arguments[1].offset)
        first, second = value.function, bands.function
        return _Part(lambda record: functions.band(first(record), second(record)), TEXT)

    def call_min(self, node: Call) -> _Part:
        return self.extreme(node, min)

    def call_max(self, node: Call) -> _Part:
        return self.extreme(node, max)

    def extreme(self, node: Call, choose: Callable[..., Any]) -> _Part:
        if len(node.arguments) == 1:
            part = self.part(node.arguments[0])
            if part.type.kind not in ("number", "any") or not part.type.many:
                return self.list_fault(node, part.type)
            inner = part.function
            return _Part(lambda record: functions.extreme(choose, inner(record)), part.type.one)
        parts = [self.number(argument) for argument in node.arguments]
        found = parts[0].type
        for part in parts[1:]:
            if "any" not in (found.kind, part.type.kind):
                found = self.combined("+", found, part.type, node.offset)
        values = [part.function for part in parts]

        def function(record: Any) -> Decimal | None:
            present = [value(record) for value in values]
            return None if None in present else choose(present)

        return _Part(function, found)

    def list_fault(self, node: Call, found: Type) -> _Part:
        if found.kind == "any":
            return _BROKEN
        kind = describe(found)
        reason = Text(f"第一个参数要是一列值，这里是{kind.zh}", f"the first argument is a list, not {kind.en}")
        if found.many and found.kind in ("record", "text"):
            reason = Text(f"要写到数值字段，这里是{kind.zh}", f"name a number of the items; this is {kind.en}")
        return self.fault("formula-arguments", node.arguments[0].offset, name=node.function, reason=reason)

    def per_item(self, node: Call, items: _Part, argument: Node, wanted: str) -> _Part:
        """The second expression of sum, count or join, which sees the fields of each item."""
        scope = items.type.record
        if items.type.kind != "record" or scope is None:
            reason = Text("逐项的表达式只能用在记录的列表上", "an expression per item needs a list of records")
            return self.fault("formula-arguments", argument.offset, name=node.function, reason=reason)
        self.items.append((scope, items.paths))
        match wanted:
            case "condition":
                part = self.condition(argument)
            case "number":
                part = self.number(argument)
            case _:
                part = self.printed(argument)
        self.items.pop()
        return part

    def call_sum(self, node: Call) -> _Part:
        items = self.base(node.arguments[0]) if len(node.arguments) == 2 else self.part(node.arguments[0])
        if not items.type.many:
            return self.list_fault(node, items.type)
        inner = items.function
        if len(node.arguments) == 1:
            if items.type.kind != "number":
                return self.list_fault(node, items.type)
            return _Part(lambda record: functions.total(inner(record)), items.type.one)
        part = self.per_item(node, items, node.arguments[1], "number")
        each = part.function
        return _Part(lambda record: functions.total([each(item) for item in inner(record)]), part.type)

    def call_count(self, node: Call) -> _Part:
        items = self.part(node.arguments[0])
        if not items.type.many:
            return self.list_fault(node, items.type)
        inner = items.function
        whole = Type("number", places=0)
        if len(node.arguments) == 1:
            return _Part(lambda record: Decimal(sum(1 for value in inner(record) if value is not None)), whole)
        each = self.per_item(node, items, node.arguments[1], "condition").function
        return _Part(lambda record: Decimal(sum(1 for item in inner(record) if each(item))), whole)

    def call_join(self, node: Call) -> _Part:
        arguments = list(node.arguments)
        items = self.base(arguments[0]) if len(arguments) > 1 else self.part(arguments[0])
        if not items.type.many:
            return self.list_fault(node, items.type)
        separator: Function = lambda record: functions.DEFAULT_SEPARATOR  # noqa: E731
        each: Function | None = None
        if items.type.kind == "record":
            if len(arguments) < 2:
                kind = describe(items.type)
                reason = Text(f"{kind.zh}要写明印哪个字段", "name the field that each item prints")
                return self.fault("formula-arguments", node.offset, name="join", reason=reason)
            each = self.per_item(node, items, arguments.pop(1), "text").function
        else:
            self.reference(items)
        if len(arguments) > 1:
            separator = self.printed(arguments[1]).function
            if len(arguments) > 2:
                reason = Text("参数太多", "too many")
                return self.fault("formula-arguments", node.offset, name="join", reason=reason)
        inner, shown = items.function, printer(items.type)

        def function(record: Any) -> str | None:
            if each is not None:
                texts = [each(item) for item in inner(record)]
            else:
                texts = [None if value is None else shown(value) for value in inner(record)]
            present = [text for text in texts if text]
            return (separator(record) or "").join(present)[: MAX_TEXT + 1] if present else None

        return _Part(function, TEXT)

    # --- print filters of narrative

    def filtered(self, node: Filtered) -> _Part:
        part = self.part(node.value)
        if node.filter not in FILTERS:
            known = Text("、".join(FILTERS), ", ".join(FILTERS))
            return self.fault("text-filter", node.offset, name=node.filter, known=known)
        part = self.number(node.value, part)
        if part.type.kind == "any":
            return part
        places = part.type.places
        if node.arguments:
            first = node.arguments[0]
            if len(node.arguments) > 1 or not isinstance(first, Number) or first.value % 1 or first.value > 10:
                reason = Text("要写小数位数，例如 1", "the number of places, such as 1")
                return self.fault("formula-arguments", node.offset, name=node.filter, reason=reason)
            places = int(first.value)
        found, value = part.type, part.exact or part.function
        if node.filter == "yuan":
            if found.unit != "万元":
                return self.fault("text-filter", node.offset, name="yuan", known=Text("round、fixed、trim", "round"))
            found = replace(found, unit="元")
            inner = value
            value = lambda record: functions.yuan(inner(record))  # noqa: E731
        form = {"fixed": "fixed", "trim": "trim"}.get(node.filter, found.form)
        return _Part(value, replace(found, places=places, form=form))  # type: ignore[arg-type]


def _field(base: Function | None, found: Type, name: str, prefixes: tuple[Path, ...], mapped: bool = False) -> _Part:
    """The value of a field: of the own record, of a record on a path, or of every record of a list."""
    paths = tuple((*prefix, name) for prefix in prefixes)
    exact: Function | None = None
    if mapped:
        assert base is not None
        many = found.many

        def flattened(record: Any) -> list[Any]:
            values = []
            for item in base(record):
                if item is None:
                    continue
                value = item[name]
                if value is INVALID:
                    raise InvalidInput
                if not many:
                    values.append(value)
                elif value:
                    values.extend(value)
            return values

        return _Part(flattened, found.list, paths)
    if base is None:

        def own(record: Any) -> Any:
            value = record[name]
            if value is INVALID:
                raise InvalidInput
            return value

        function, exact = own, (lambda record: record.exact(name) if own(record) is not None else None)
    else:

        def through(record: Any) -> Any:
            item = base(record)
            if item is None:
                return None
            value = item[name]
            if value is INVALID:
                raise InvalidInput
            return value

        function = through
        exact = lambda record: base(record).exact(name) if through(record) is not None else None  # noqa: E731
    if found.many:
        inner = function
        return _Part(lambda record: inner(record) or [], found, paths)
    return _Part(function, found, paths, exact)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _equal(left: Any, right: Any) -> bool:
    return left == right if type(left) is type(right) else str(left) == str(right)


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
}
_ARITY = {
    "abs": (1, 1),
    "band": (2, 2),
    "count": (1, 2),
    "has": (1, 1),
    "join": (1, 3),
    "max": (1, 20),
    "min": (1, 20),
    "sum": (1, 2),
    "yuan": (1, 1),
}
