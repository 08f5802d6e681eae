"""Types an expression and compiles each part of it; every fault is collected."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import formula_reasons as words
from generator.formula import conditions, tree
from generator.formula.calls import compile_call
from generator.formula.compiled_part import BROKEN, Part, Path, exponent_of
from generator.formula.day_counts import with_dates
from generator.formula.formula_faults import Fault, FormulaError
from generator.formula.narrative_filters import compile_filter
from generator.formula.operands import field_part, given, of_both, of_given, printed_code, quotient, where
from generator.formula.python_code import Constants
from generator.formula.scope import OWN, ROOT, Names, did_you_mean
from generator.formula.typing import ANY, BOOLEAN, MONEY_UNITS, TEXT, Scope, Type, describe
from generator.formula.unparse import show
from generator.kept.light_classes import replace


class ExpressionCompiler:
    """Collects the faults and the paths of one expression."""

    def __init__(self, names: Names, constants: Constants | None = None):
        self.names = names
        self.faults: list[Fault] = []
        self.read: dict[Path, None] = {}
        self.parameters: set[str] = set()
        self.constants = constants or Constants()
        self.items: list[tuple[Scope, tuple[Path, ...]]] = []  # the lists whose items a second expression sees

    def finish(self) -> None:
        if self.faults:
            raise FormulaError(self.faults)

    def fault(self, code: str, offset: int, hint: Text | None = None, **arguments: Any) -> Part:
        self.faults.append(Fault(code, offset, arguments, hint))
        return BROKEN

    # --- references

    def part(self, node: tree.Node) -> Part:
        return self.constants.shallow(self._part(node))

    def _part(self, node: tree.Node) -> Part:
        match node:
            case tree.Number(value=value):
                return self._constant(value, Type("number", places=max(0, -exponent_of(value))))
            case tree.String(value=value):
                return self._constant(value, TEXT)
            case tree.Name():
                return self.reference(self.name(node))
            case tree.Attribute():
                return self.reference(self.attribute(node))
            case tree.Item():
                return self.reference(self.item(node))
            case tree.Items():
                return self.list_literal(node)
            case tree.Arithmetic() | tree.Negative():
                if self.names.narrative:
                    return self.fault("text-arithmetic", node.offset)
                return self.arithmetic(node) if isinstance(node, tree.Arithmetic) else self.negative(node)
            case tree.Concatenation():
                return self.concatenation(node)
            case tree.Comparison():
                return conditions.comparison(self, node)
            case tree.Logic():
                return conditions.logic(self, node)
            case tree.Not(value=value):
                inner = conditions.condition(self, value)
                negated = of_given(self, inner, "not {}", BOOLEAN)
                return replace(negated, true=inner.is_false, false=inner.is_true)
            case tree.Conditional():
                return conditions.conditional(self, node)
            case tree.Call():
                return self.reference(compile_call(self, node))
            case tree.Filtered():
                return compile_filter(self, node)

    def _constant(self, value: Any, found: Type) -> Part:
        return Part(self.constants.constant(value), found, sure=value is not None)

    def reference(self, part: Part) -> Part:
        for path in part.paths:
            self.read[path] = None
        return part

    def name(self, node: tree.Name) -> Part:
        name, offset = node.name, node.offset
        if name == ROOT:
            return Part("r.root", Type("record", record=self.names.root), ((ROOT,),), sure=True)
        scope, prefixes = self.items[-1] if self.items else (self.names.own, ((),))
        if name == OWN:
            own = Type("record", record=self.names.own)
            return Part("r.own" if self.items else "r", own, ((),), sure=True)
        found = scope.type_of(name)
        if self.names.narrative and not self.items:
            at_root = self.names.root.type_of(name) if scope is not self.names.root else None
            if found and at_root:
                return self.fault("text-ambiguous-name", offset, name=name)
            if at_root:
                return field_part(self, Part("r.root", ANY, sure=True), at_root, name, ((ROOT,),))
        elif parameter := self.names.parameters.get(name):
            if found:
                return self.fault("formula-ambiguous-name", offset, name=name)
            self.parameters.add(name)
            return self._constant(parameter.value, parameter.type)
        if found:
            return field_part(self, None, found, name, prefixes)
        for outer, before in ((self.names.own, OWN), (self.names.root, ROOT)):
            if scope is not outer and outer.type_of(name):
                owner = words.THE_REPORT if outer is self.names.root else Text(*(f"“{outer.name}”",) * 2)
                written = ROOT if outer is self.names.root else before
                return self.fault(
                    "formula-outer-name", offset, name=name, record=scope.name, owner=owner, before=written
                )
        known = [*scope.names()]
        known += self.names.root.names() if self.names.narrative else self.names.parameters
        return self.fault("formula-unknown-name", offset, did_you_mean(name, known), name=name)

    def base(self, node: tree.Node) -> Part:
        """A part that a path goes through: it is read only as far as the path leads."""
        return self.constants.shallow(self._base(node))

    def _base(self, node: tree.Node) -> Part:
        match node:
            case tree.Name():
                return self.name(node)
            case tree.Attribute():
                return self.attribute(node)
            case tree.Item():
                return self.item(node)
            case tree.Call():
                return compile_call(self, node)
            case _:
                return self.part(node)

    def attribute(self, node: tree.Attribute) -> Part:
        base = self.base(node.base)
        found = base.type
        if found.kind == "any":
            return BROKEN
        scope = found.record
        if found.kind == "map" and not found.many and found.of is not None:
            entry = of_given(self, base, "{}.get(" + self.constants.constant(node.name) + ")", found.of)
            return replace(entry, paths=base.paths, sure=False)
        if found.kind != "record" or scope is None:
            before = show(node.base)
            return self.fault("formula-not-a-record", node.offset, before=before, kind=describe(found), name=node.name)
        inner = scope.type_of(node.name)
        if inner is None:
            hint = did_you_mean(node.name, [*scope.names()])
            return self.fault("formula-unknown-field", node.offset, hint, record=scope.name, name=node.name)
        return field_part(self, base, inner, node.name, base.paths, found.many)

    def item(self, node: tree.Item) -> Part:
        base = self.base(node.base)
        key = self.part(node.key)
        found = base.type
        if found.kind == "any":
            return BROKEN
        if key.type.kind not in ("text", "any") or key.type.many:
            reason = words.NAME_IN_BRACKETS
            return self.fault("formula-arguments", node.key.offset, name="[ ]", reason=reason)
        if found.kind == "map" and not found.many:
            assert found.of is not None
            return Part(f"in_map({base.code}, {key.code})", found.of, base.paths)
        if found.kind == "record" and found.many:
            assert found.record is not None
            if found.record.key is None:
                return self.fault("formula-no-key", node.offset, text=show(node.base))
            keyed = tuple((*path, found.record.key) for path in base.paths)
            for path in keyed:
                self.read[path] = None
            return Part(f"held_by_key({base.code}, {key.code})", found.one, base.paths)
        return self.fault("formula-no-lookup", node.offset, text=show(node.base), kind=describe(found))

    def list_literal(self, node: tree.Items) -> Part:
        parts = [self.part(item) for item in node.items]
        kinds = {part.type.kind for part in parts} - {"any"}
        if len(kinds) > 1 or any(part.type.many for part in parts):
            reason = words.ONE_KIND
            return self.fault("formula-arguments", node.offset, name="[ ]", reason=reason)
        found = parts[0].type if parts else ANY
        for item, part in zip(node.items[1:], parts[1:], strict=True):
            if found.kind == part.type.kind == "number":
                found = self.combined("+", found, part.type, item.offset)
        paths = tuple(path for part in parts for path in part.paths)
        return Part(f"[{', '.join(part.code for part in parts)}]", found.list, paths, sure=True)

    # --- numbers

    def number(self, node: tree.Node, part: Part | None = None) -> Part:
        """A part that must be one number."""
        part = part or self.part(node)
        found = part.type
        if found.kind == "any":
            return BROKEN
        if found.many:
            return self.fault("formula-list-arithmetic", node.offset, text=show(node))
        if found.kind != "number":
            return self.fault("formula-not-number", node.offset, text=show(node), kind=describe(found))
        return part

    def arithmetic(self, node: tree.Arithmetic) -> Part:
        left, right = self.part(node.left), self.part(node.right)
        if "date" in (left.type.kind, right.type.kind):
            return with_dates(self, node, left, right)
        left, right = self.number(node.left, left), self.number(node.right, right)
        if "any" in (left.type.kind, right.type.kind):
            return BROKEN
        found = self.combined(node.operator, left.type, right.type, node.offset)
        if node.operator == "/":
            return quotient(self, left, right, found)
        return of_both(self, left, right, f"{{}} {node.operator} {{}}", found)

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

    def negative(self, node: tree.Negative) -> Part:
        part = self.number(node.value)
        return of_given(self, part, "-{}", part.type)

    # --- text

    def printed(self, node: tree.Node) -> Part:
        """A part as it prints; a blank prints its field's `empty`, if it has one."""
        part = self.part(node)
        found = part.type
        if found.kind == "any":
            return BROKEN
        if found.many or found.kind in ("record", "map", "image"):
            return self.fault("formula-printed", node.offset, kind=describe(found))
        as_text = replace(TEXT, unit=found.unit)
        if found.kind == "text" and not found.empty:  # it prints as it is
            return Part(part.code, as_text, sure=part.sure)
        test, value = given(self, part)
        shown = printed_code(self, found, value)
        if test and found.empty:
            return Part(f"({shown} if {test} else {self.constants.constant(found.empty)})", as_text, sure=True)
        return where(test, shown, as_text)

    def concatenation(self, node: tree.Concatenation) -> Part:
        parts = [self.printed(part) for part in node.parts]
        empty = self.constants.constant("")  # joins what stands beside it, and prints nothing
        shown = "".join(f"{part.code}, " for part in parts if part.code != empty)
        return Part(f"joined(({shown}))", TEXT, sure=all(part.sure for part in parts))

    def condition(self, node: tree.Node) -> Part:
        """A part where a condition belongs."""
        return conditions.condition(self, node)
