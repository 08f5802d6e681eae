"""Compiles what the fields and checks of a record type compute; faults stand in the standard, at their place."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from generator.diagnostics import Severity
from generator.diagnostics.wording import standard_words as words
from generator.formula import (
    Compiled,
    FormulaError,
    Names,
    Parameter,
    Tag,
    Type,
    compile_expression,
    compile_printed,
    compile_text,
    parse_expression,
    parse_text,
)
from generator.formula.mistyped import placeholders
from generator.formula.typing import MONEY_UNITS, describe
from generator.formula.value_text import contradicting
from generator.source import List, Map, Node, Scalar, Source, position_in
from generator.standard.declarations import CheckDeclaration, FieldDeclaration, TypeDeclaration, mapping_of, unfit
from generator.standard.entries import Stated
from generator.standard.kinds import kind_of
from generator.standard.model import Check, Field, RecordType
from generator.standard.prescribed_rows import read_prescribed
from generator.standard.standard_faults import Findings, meant, shape


class Formulas:
    """Compiles formulas that see the same report and parameters."""

    def __init__(self, root: RecordType, parameters: Mapping[str, Parameter], findings: Findings):
        self.root = root
        self.parameters = parameters
        self.findings = findings

    def compile(self, record: RecordType, declared: TypeDeclaration) -> None:
        """Compile what the fields and checks of a type compute."""
        names = Names(record, self.root, self.parameters)
        for name, field in record.fields.items():
            self.compile_field(field, declared.fields[name], names)
        checks = [self.check(check, names) for check in declared.checks.values()]
        record.checks = tuple(check for check in checks if check)

    def compile_field(self, field: Field, declared: FieldDeclaration, names: Names) -> None:
        properties = declared.properties
        sources = [key for key in ("formula", "text", "default") if key in properties]
        if len(sources) > 1:
            stated = properties[sources[1]]
            self.findings.of(stated, "standard-two-sources", name=field.name, first=sources[0], second=sources[1])
            return
        if field.kind != "record" or "formula" in properties:
            for key in ("set", "total", "balance"):
                if key in properties:
                    unfit(self.findings, properties[key], key, field.name)
        elif sources:
            unfit(self.findings, properties[sources[0]], sources[0], field.name)
            return
        if sources == ["text"] and (field.many or not kind_of(field).prose):
            unfit(self.findings, properties["text"], "text", field.name)
            return
        if sources:
            self.value(sources[0], properties[sources[0]], field, names, declared.source)
        if "fixed" in properties:
            is_open = "open" in properties and properties["open"].value
            field.fixed = read_prescribed(properties["fixed"], field, is_open, self.findings)
        elif "open" in properties:
            unfit(self.findings, properties["open"], "open", field.name)
        if field.record is not None:
            if "set" in properties:
                field.set = self.set(properties["set"], field.record, names)
            if "total" in properties:
                field.total = self.total(properties["total"], names)
            if "balance" in properties:
                field.balance = self.balance(properties["balance"], field, names)

    def value(self, key: str, stated: Stated, field: Field, names: Names, source: Source) -> None:
        """Compile what a field's value comes from, as one of its keys states it."""
        if key == "formula":
            field.formula = self.formula(stated, field, names)
            if field.formula is None:
                self.findings.uncomputed.add(field.name)
        elif key == "text":
            field.texts = self.texts(stated, names)
        elif isinstance(node := stated.node, Map):
            if list(node) == ["formula"]:
                field.default_formula = self.formula(Stated(source, node["formula"]), field, names)
            else:
                self.findings.add("standard-default-shape", stated.source, node, name=field.name)

    def expression(self, stated: Stated, names: Names, condition: bool = False, rule: bool = False) -> Compiled | None:
        """Compile the formula that a node states; None with findings where it is at fault."""
        node, source = stated.node, stated.source
        if not isinstance(node, Scalar) or node.is_null:
            self.findings.add("standard-not-formula", source, node, found=shape(node))
            return None
        try:
            tree = parse_expression(node.text)
            return compile_expression(tree, names, condition, node.text.strip(), rule)
        except FormulaError as error:
            self.findings.formula(error, source, node)
            return None

    def formula(self, stated: Stated, field: Field, names: Names) -> Compiled | None:
        compiled = self.expression(stated, names)
        if compiled and not fits(compiled.type, field.type):
            found, wanted = describe(compiled.type), describe(field.type)
            self.findings.of(stated, "formula-result", name=field.name, found=found, wanted=wanted)
            return None
        return compiled

    def texts(self, stated: Stated, names: Names) -> tuple[tuple[Compiled | None, Compiled], ...]:
        """The wordings of `text`: one string, or a list of {when, text}."""
        if isinstance(stated.node, Scalar):
            compiled = self.text(stated.source, stated.node, names)
            return ((None, compiled),) if compiled else ()
        if not isinstance(stated.node, List):
            self.findings.of(stated, "standard-text-shape")
            return ()
        found = []
        for item in stated.node:
            wording = item.get("text") if isinstance(item, Map) else None
            if not isinstance(item, Map) or not isinstance(wording, Scalar) or set(item) - {"when", "text"}:
                self.findings.add("standard-text-shape", stated.source, item)
                continue
            when = None
            if "when" in item:
                when = self.expression(Stated(stated.source, item["when"]), names, condition=True)
                if when is None:
                    continue
            if compiled := self.text(stated.source, wording, names):
                found.append((when, compiled))
        return tuple(found)

    def text(self, source: Source, node: Scalar, names: Names, lenient: bool = False) -> Compiled | None:
        try:
            parts = parse_text(node.text.rstrip("\n"))
            if faults := [*placeholders(node.text, {*names.own.names(), *names.root.names(), *names.parameters})]:
                raise FormulaError(faults)
            compiled = compile_text(parts, names, lenient, node.text.strip())
        except FormulaError as error:
            self.findings.formula(error, source, node)
            return None
        for part, following in pairwise(parts):
            if isinstance(part, Tag) and isinstance(following, str) and following.lstrip()[:1] in "%％元万":
                shown = compile_printed(part.node, names)
                if after := contradicting(shown.type.unit, following):
                    unit = words.PERCENT_UNIT if shown.type.unit == "%" else shown.type.unit
                    place = position_in(source, node, part.start)
                    self.findings.add("standard-text-unit", source, place, text=shown.text, unit=unit, after=after)
        return compiled

    def set(self, stated: Stated, record: RecordType, names: Names) -> dict[str, Compiled]:
        mapping = mapping_of(stated.node, "set", stated.source, self.findings)
        found = {}
        for name, node in mapping.items():
            target = record.fields.get(name)
            if target is None:
                hint = meant(name, list(record.fields))
                self.findings.add(
                    "formula-unknown-field", stated.source, mapping.key_at[name], hint, record=record.name, name=name
                )
            elif target.kind == "record":
                self.findings.add("standard-set-record", stated.source, mapping.key_at[name], name=name)
            elif compiled := self.formula(Stated(stated.source, node), target, names):
                found[name] = compiled
        return found

    def total(self, stated: Stated, names: Names) -> tuple[Compiled, ...]:
        nodes: list[Node] = list(stated.node) if isinstance(stated.node, List) else [stated.node]
        found = []
        for node in nodes:
            compiled = self.expression(Stated(stated.source, node), names)
            if compiled and compiled.type.kind not in ("record", "any"):
                self.findings.add("standard-total-not-record", stated.source, node, found=describe(compiled.type))
            elif compiled and compiled.type.kind == "record":
                found.append(compiled)
        return tuple(found)

    def balance(self, stated: Stated, field: Field, names: Names) -> dict[str, Compiled]:
        """What the rounded values of computed fields of a list's items add up to."""
        mapping = mapping_of(stated.node, "balance", stated.source, self.findings)
        found = {}
        assert field.record is not None
        for name, node in mapping.items():
            target = field.record.fields.get(name)
            if target is None or not kind_of(target).numeric or not field.many or target.many:
                known = [other.name for other in field.record.fields.values() if kind_of(other).numeric]
                at = mapping.key_at[name]
                self.findings.add("standard-balance-field", stated.source, at, meant(name, known), name=name)
            elif compiled := self.formula(Stated(stated.source, node), target, names):
                found[name] = compiled
        return found

    def check(self, declared: CheckDeclaration, names: Names) -> Check | None:
        properties, source = declared.properties, declared.source
        rule = self.expression(properties["rule"], names, rule=True)
        when = None
        if "when" in properties:
            when = self.expression(properties["when"], names, condition=True)
        node = properties["message"].node
        message = self.text(source, node, names, lenient=True) if isinstance(node, Scalar) else None
        severity = Severity(properties["severity"].value) if "severity" in properties else Severity.ERROR
        if rule is None or message is None or ("when" in properties and when is None):
            return None
        description = properties["description"].text if "description" in properties else ""
        return Check(declared.id, rule, when, severity, message, source, declared.at, description)


def fits(found: Type, wanted: Type) -> bool:
    """Whether a value of one type can be stored in a field of another."""
    if "any" in (found.kind, wanted.kind) or (found.kind == "nothing" and not wanted.many):
        return True
    if found.many != wanted.many:
        return False
    if found.kind == "record":
        return found.record is wanted.record
    if found.kind != wanted.kind:
        return {found.kind, wanted.kind} == {"text", "paragraphs"}
    money = {found.unit, wanted.unit} & set(MONEY_UNITS)
    return len(money) < 2 or found.unit == wanted.unit
