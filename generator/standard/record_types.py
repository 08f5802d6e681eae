"""Builds typed record types from declarations and compiles their formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from generator.diagnostics.wording import standard_words
from generator.formula import ANY, TEXT, Parameter, Type
from generator.formula.mistyped import tag_in_fixed
from generator.kept.light_classes import replace
from generator.source import List, Map, Node, Scalar
from generator.standard.convert import converter
from generator.standard.declarations import (
    FieldDeclaration,
    ParameterDeclaration,
    TypeDeclaration,
    mapping_of,
    said,
    scalars_of,
    unfit,
    whole,
)
from generator.standard.entries import Stated
from generator.standard.field_formulas import Formulas
from generator.standard.includes import Merged
from generator.standard.kinds import KINDS, BadValue, kind_of
from generator.standard.model import Field, RecordType
from generator.standard.standard_faults import Findings, meant, shape

ROOT_NAME = "报告"


class Builder:
    """Holds what one loading shares: the declarations, the types built so far, the parameters."""

    def __init__(self, merged: Merged, findings: Findings):
        self.merged = merged
        self.findings = findings
        self.types: dict[str, RecordType] = {}
        self.declared: list[tuple[RecordType, TypeDeclaration]] = []
        self.parameters: dict[str, Parameter] = {}
        self.root = RecordType(ROOT_NAME, source=merged.source)

    def build(self, thorough: bool) -> RecordType:
        """The report's type, with every type that it uses (every declared one where `thorough`) compiled."""
        merged = self.merged
        self.parameters = {name: self.parameter(declared) for name, declared in merged.parameters.items()}
        root = TypeDeclaration(ROOT_NAME, merged.source, (1, 1), merged.fields, merged.checks)
        self.fill(self.root, root)
        for name, declared in merged.types.items():
            if thorough or declared.source is merged.source:
                self.type(name)
        formulas = Formulas(self.root, self.parameters, self.findings)
        for record, declared in self.declared:
            formulas.compile(record, declared)
        return self.root

    # --- parameters

    def parameter(self, declared: ParameterDeclaration) -> Parameter:
        properties = declared.properties
        value = properties.get("value")
        kind = said(properties.get("type"))
        kind = kind or self.inferred(value)
        of = said(properties.get("of"))
        many = False
        if kind.startswith("list of "):
            many, kind = True, kind.removeprefix("list of ").strip()
        elif kind == "list":
            many, kind = True, of or self.inferred_items(value)
        if kind not in KINDS or (of and of not in KINDS):
            wrong = of if kind in KINDS else kind
            stated = properties["of" if kind in KINDS else "type"]
            self.findings.of(stated, "standard-unknown-type", meant(wrong, list(KINDS)), name=wrong)
            return Parameter(ANY, None)
        if KINDS[kind].keyed:
            of = of or ("number" if KINDS[kind].bounds else self.inferred_items(value))
        field = self.number_format(Field(declared.name, kind, many, source=declared.source, at=declared.at), {})
        if of and KINDS[kind].keyed:
            field.of = self.number_format(Field(declared.name, of, source=declared.source, at=declared.at), {})
            field.of.type = self.static_type(field.of)
        field.type = self.static_type(field)
        found = None
        if value is not None and not (isinstance(value.node, Scalar) and value.node.is_null):
            found = self.literal(field, value, places=10)
            if found is None:
                self.findings.lame(declared.name)
        return Parameter(field.type, found)

    def inferred(self, value: Stated | None) -> str:
        if value is None:
            return "number"
        if isinstance(value.node, Map):
            return "map"
        if isinstance(value.node, List):
            return "list"
        return _guess(value.text)

    def inferred_items(self, value: Stated | None) -> str:
        node = value.node if value else None
        items = list(node.values()) if isinstance(node, Map) else list(node) if isinstance(node, List) else []
        kinds = {_guess(item.text) for item in items if isinstance(item, Scalar)}
        return kinds.pop() if len(kinds) == 1 else "text" if kinds else "number"

    def literal(self, field: Field, stated: Stated, places: int | None = None) -> Any:
        """A value of the standard, as the field's; None with a finding where it is none."""
        node, source = stated.node, stated.source
        if field.many:
            items = mapping_or_list(node)
            if items is None:
                self.findings.add("standard-not-list", source, node, what=field.name, found=shape(node))
                return None
            one = replace(field, many=False)
            return [self.literal(one, Stated(source, item), places) for item in items]
        if kind_of(field).keyed:
            mapping = mapping_of(node, field.name, source, self.findings)
            of = field.of or Field(field.name, "text")
            return {name: self.literal(of, Stated(source, item), places) for name, item in mapping.items()}
        if not isinstance(node, Scalar):
            self.findings.add("standard-not-text", source, node, what=field.name, found=shape(node))
            return None
        if tag := tag_in_fixed(node.text):
            self.findings.add("standard-fixed-text", source, node, what=field.name, tag=tag)
            return None
        loose = replace(field, places=places) if places is not None and not kind_of(field).whole else field
        try:
            return converter(loose)(node.text)
        except BadValue as bad:
            self.findings.add(bad.code, source, node, bad.hint, label=field.name, **bad.arguments)
            return None

    # --- types and fields

    def type(self, name: str) -> RecordType | None:
        """The record type of that name, its fields typed; None where there is none."""
        if name in self.types:
            return self.types[name]
        declared = self.merged.types.get(name)
        if declared is None:
            return None
        record = self.types[name] = RecordType(name)
        self.fill(record, declared)
        return record

    def fill(self, record: RecordType, declared: TypeDeclaration) -> None:
        record.source, record.at = declared.source, declared.at
        for name, field in declared.fields.items():
            if made := self.field(name, field):
                record.fields[name] = made
        if declared.key is not None:
            key = said(declared.key)
            found = record.fields.get(key)
            if found is None:
                hint = meant(key, list(record.fields))
                self.findings.of(declared.key, "formula-unknown-field", hint, record=record.name, name=key)
            elif found.type.kind != TEXT.kind or found.many:
                self.findings.of(declared.key, "standard-key-not-text", name=key)
            else:
                record.key = key
                found.plain = True
        self.declared.append((record, declared))

    def field(self, name: str, declared: FieldDeclaration) -> Field | None:
        """A field with everything but its formulas."""
        field = self.typed(name, declared)
        if field is None:
            return None
        properties = declared.properties
        field.label = said(properties.get("label")) or name
        field.description = said(properties.get("description"))
        field.example = said(properties.get("example"))
        field.required = not (declared.optional or False)
        self.number_format(field, properties)
        field.empty = said(properties.get("empty")) or self.default_text(field.kind, "empty")
        field.says_empty = "empty" in properties or bool(field.empty)
        if "plain" in properties:
            field.plain = properties["plain"].value
        self.of_its_kind(field, properties)
        field.type = self.static_type(field)
        for key in ("min", "max"):
            if key in properties:
                bound = self.bound(field, properties[key], key)
                field.minimum, field.maximum = (bound, field.maximum) if key == "min" else (field.minimum, bound)
        if "default" in properties and not isinstance(properties["default"].node, Map):
            field.default = self.literal(field, properties["default"])
        return field

    def typed(self, name: str, declared: FieldDeclaration) -> Field | None:
        """A field of its kind, with its record where it has one; None where it has no type that there is."""
        if declared.type is None:
            self.findings.add("standard-field-without-type", declared.source, declared.at, name=name)
            return None
        field = Field(name, declared.type, declared.many, source=declared.source, at=declared.at)
        if declared.inline is not None:
            field.kind = "record"
            field.record = RecordType(name)
            self.fill(field.record, declared.inline)
        elif declared.type not in KINDS:
            field.kind = "record"
            field.record = self.type(declared.type)
            if field.record is None:
                hint = meant(declared.type, [*KINDS, *self.merged.types])
                self.findings.add("standard-unknown-type", declared.source, declared.type_at, hint, name=declared.type)
                self.findings.lame(name, types=False)
                return None
        return field

    def of_its_kind(self, field: Field, properties: Mapping[str, Stated]) -> None:
        """What only fields of some kinds may state."""
        for key in ("width", "height"):
            if key in properties:
                if kind_of(field).file:
                    self.length(field, key, properties[key])
                else:
                    unfit(self.findings, properties[key], key, field.name)
        if "format" in properties:
            if kind_of(field).prose:
                field.markdown = properties["format"].value == "markdown"
            else:
                unfit(self.findings, properties["format"], "format", field.name)
        if "rows" in properties:
            if field.many:
                field.rows = properties["rows"].value
            else:
                unfit(self.findings, properties["rows"], "rows", field.name)
        if kind_of(field).chosen:
            self.choices(field, properties)
        elif kind_of(field).keyed:
            self.values_of(field, properties)
        elif "of" in properties:
            unfit(self.findings, properties["of"], "of", field.name)

    def values_of(self, field: Field, properties: Mapping[str, Stated]) -> None:
        """The kind of the values of a mapping."""
        stated = properties.get("of")
        if stated is not None and stated.value is None:
            self.findings.of(stated, "standard-not-text", what="of", found=shape(stated.node))
        of = said(stated) or "number"
        single = [name for name, kind in KINDS.items() if not kind.keyed]
        if of not in single and stated is not None:
            self.findings.add("standard-unknown-type", field.source, stated.node, meant(of, single), name=of)
            return
        field.of = self.number_format(Field(field.name, of, source=field.source, at=field.at), properties)
        field.of.type = self.static_type(field.of)
        field.of.label = field.label

    def default_text(self, kind: str, key: str) -> str:
        found = self.merged.defaults.get(kind, {}).get(key)
        return said(found)

    def number_format(self, field: Field, properties: Mapping[str, Stated]) -> Field:
        """Give a field its unit, places and print form: its own, else the standard's for the type."""
        stated = dict(self.merged.defaults.get(field.kind, {}))
        stated.update({key: properties[key] for key in ("print", "places", "unit") if key in properties})
        kind = kind_of(field)
        if not kind.numeric:
            if not kind.keyed:
                for key in ("print", "places", "unit"):
                    if key in properties:
                        unfit(self.findings, properties[key], key, field.name)
            return field
        field.unit = kind.unit
        if kind.whole:
            field.places = 0
        if "unit" in stated:
            unit = said(stated["unit"])
            if kind.units and unit not in kind.units:
                hint = standard_words.PERCENT_SIGN if kind.hundredths else None
                self.findings.of(stated["unit"], "standard-bad-unit", hint, unit=unit)
                self.findings.lame(field.name)
            else:
                field.unit = unit
        if "places" in stated:
            places = whole(stated["places"], self.findings, "places", 0 if kind.whole else 8)
            field.places = field.places if places is None else places
        if "print" in stated:
            field.form = stated["print"].value
        return field

    def length(self, field: Field, key: str, stated: Stated) -> None:
        """The width or height of a picture."""
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?(mm|cm)", stated.text.strip()):
            setattr(field, key, stated.text.strip())
        else:
            self.findings.of(stated, "standard-bad-length", key=key, found=shape(stated.node))

    def choices(self, field: Field, properties: Mapping[str, Stated]) -> None:
        stated = properties.get("of")
        if stated is None:
            self.findings.add("standard-choice-without-options", field.source, field.at, name=field.name)
            return
        if isinstance(stated.node, Scalar):
            parameter = self.parameters.get(stated.text)
            value = parameter.value if parameter else None
            if parameter is None or not isinstance(value, dict | list):
                known = [name for name, found in self.parameters.items() if isinstance(found.value, dict | list)]
                self.findings.of(stated, "standard-choice-parameter", meant(stated.text, known), name=stated.text)
                return
            field.choices = tuple(str(item) for item in value)
            return
        options = scalars_of(stated.node, "of", stated.source, self.findings)
        for item in options:
            if tag := tag_in_fixed(item.text):
                self.findings.add("standard-fixed-text", stated.source, item, what="of", tag=tag)
        field.choices = tuple(item.text for item in options)
        if not stated.node:
            self.findings.of(stated, "standard-choice-without-options", name=field.name)

    def bound(self, field: Field, stated: Stated, key: str) -> Any:
        if field.many or kind_of(field).prose or field.record is not None:
            number = whole(stated, self.findings, key, 9999)
            return None if number is None else Decimal(number)
        if kind_of(field).ordered:
            return self.literal(field, stated)
        unfit(self.findings, stated, key, field.name)
        return None

    def static_type(self, field: Field) -> Type:
        """What formulas know of the field."""
        return replace(kind_of(field).static(field), many=field.many, empty=field.empty)


def mapping_or_list(node: Node) -> list[Node] | None:
    """The items of a list; one text counts as a list of it."""
    if isinstance(node, List):
        return list(node)
    if isinstance(node, Scalar) and not node.is_null:
        return [node]
    return None


def _guess(text: str) -> str:
    """The type of a parameter's value that states none."""
    body = text.strip().removeprefix("-")
    if body.endswith("%") and body[:-1].replace(".", "", 1).isdigit():
        return "percent"
    return "number" if body.replace(".", "", 1).isdigit() else "text"
