"""What the files say, before names are resolved: declarations of fields, types, checks and parameters.

Every declaration keeps the file and the node it was read from, because an extension may patch one file's field from
another, and a fault is told where the words stand.
"""

from __future__ import annotations

import re
import unicodedata

from generator.formula.scope import RESERVED
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field, replace
from generator.source import List, Map, Node, Scalar, Source, Written
from generator.standard.entries import CheckEntry, FieldEntry, ParameterEntry, Stated, TypeEntry, read_entry
from generator.standard.kinds import KINDS
from generator.standard.model import Position
from generator.standard.standard_faults import Findings, shape

_SHORTHAND = lazy(
    r"\s*(?P<optional>optional\s+)?(?P<many>list\s+of\s+)?(?P<type>[^\s=]+)\s*(?:=(?P<formula>.*))?\Z", re.S
)


@dataclass(frozen=True)
class FieldDeclaration:
    """A field as declared: `properties` by key of the language; `type` None in a patch of presentation."""

    name: str
    source: Source
    at: Position
    type: str | None
    type_at: Node | None
    many: bool = False
    optional: bool | None = None
    properties: dict[str, Stated] = field(default_factory=dict)
    inline: TypeDeclaration | None = None

    def patched(self, patch: FieldDeclaration) -> FieldDeclaration:
        """This field with what an extension says of it."""
        inline = self.inline
        if patch.inline and inline:
            inline = replace(
                inline, fields={**inline.fields, **patch.inline.fields}, checks={**inline.checks, **patch.inline.checks}
            )
        properties = {**self.properties, **patch.properties}
        if {"formula", "text", "default"} & patch.properties.keys():
            for other in {"formula", "text", "default"} - patch.properties.keys():
                properties.pop(other, None)
        return replace(
            self,
            properties=properties,
            optional=self.optional if patch.optional is None else patch.optional,
            inline=inline,
        )


@dataclass(frozen=True)
class CheckDeclaration:
    """A check as declared."""

    id: str
    source: Source
    at: Position
    properties: dict[str, Stated]


@dataclass(frozen=True)
class TypeDeclaration:
    """A record type as declared, or the report itself."""

    name: str
    source: Source
    at: Position
    fields: dict[str, FieldDeclaration] = field(default_factory=dict)
    checks: dict[str, CheckDeclaration] = field(default_factory=dict)
    key: Stated | None = None
    extends: Stated | None = None
    remove: tuple[Stated, ...] = ()
    remove_checks: tuple[Stated, ...] = ()


@dataclass(frozen=True)
class ParameterDeclaration:
    """A parameter as declared, its value perhaps set by another file."""

    name: str
    source: Source
    at: Position
    properties: dict[str, Stated] = field(default_factory=dict)


def check_name(name: str, source: Source, at: Position, findings: Findings) -> bool:
    """Whether a name can be used in formulas and templates; tells why not."""
    if not name.isidentifier() or name.startswith("_"):
        findings.add("standard-bad-name", source, at, name=name)
        findings.lame(name, re.sub(r"\W", "", name), re.split(r"\W", name.strip())[0])
    elif unicodedata.normalize("NFKC", name) != name:
        stable = unicodedata.normalize("NFKC", name)
        findings.add("standard-unstable-name", source, at, name=name, stable=stable)
        findings.lame(name, stable)
    elif name in RESERVED or name in KINDS:
        findings.add("standard-reserved-name", source, at, name=name)
        findings.lame(name)
    else:
        return True
    return False


def mapping_of(stated: Node, what: str, source: Source, findings: Findings) -> Map:
    """The node as a mapping; an empty one, with a finding, where it is something else."""
    if isinstance(stated, Map):
        return stated
    if not (isinstance(stated, Scalar) and stated.is_null):
        findings.add("standard-not-mapping", source, stated, what=what, found=shape(stated))
    return Map(stated.line, stated.column)


def list_of(stated: Node, what: str, source: Source, findings: Findings) -> list[Node]:
    """The node as a list; an empty one, with a finding, where it is something else."""
    if isinstance(stated, List):
        return list(stated)
    if not (isinstance(stated, Scalar) and stated.is_null):
        findings.add("standard-not-list", source, stated, what=what, found=shape(stated))
    return []


def scalars_of(stated: Node, what: str, source: Source, findings: Findings) -> tuple[Scalar, ...]:
    """The node as a list of texts."""
    found = []
    for item in list_of(stated, what, source, findings):
        if isinstance(item, Scalar):
            found.append(item)
        else:
            findings.add("standard-not-text", source, item, what=what, found=shape(item))
    return tuple(found)


def read_fields(node: Node, source: Source, findings: Findings) -> dict[str, FieldDeclaration]:
    """The declarations under `fields`."""
    mapping = mapping_of(node, "fields", source, findings)
    found = {}
    for name, value in mapping.items():
        at = mapping.key_at[name]
        if check_name(name, source, at, findings) and (made := _field(name, at, value, source, findings)):
            found[name] = made
    return found


def _field(name: str, at: Position, value: Node, source: Source, findings: Findings) -> FieldDeclaration | None:
    if isinstance(value, Scalar):
        if value.is_null:
            findings.add("standard-field-without-type", source, at, name=name)
            return None
        return _shorthand(name, at, value, source, findings)
    if isinstance(value, List):
        findings.add("standard-not-mapping", source, value, what=name, found=shape(value))
        return None
    entry = read_entry(FieldEntry, value, name, source, findings)
    assert entry is not None
    properties = entry.stated()
    declared = FieldDeclaration(name, source, at, None, None)
    if "type" in value:
        if properties.pop("type", None) is None:
            return None
        stated = value["type"]
        assert isinstance(stated, Scalar)
        if stated.text.strip() == "list" and isinstance(value.get("of"), Scalar):
            inner = value["of"]
            assert isinstance(inner, Scalar)
            properties.pop("of")
            stated = Written(f"list of {inner.text}", inner.line, inner.column, inner.style)
        made = _shorthand(name, at, stated, source, findings)
        if made is None:
            return None
        if "formula" in made.properties and "formula" in properties:
            findings.add("standard-two-sources", source, stated, name=name, first="type", second="formula")
        declared = replace(made, properties={**made.properties, **properties})
    else:
        declared = replace(declared, properties=properties)
    if "fields" in properties:
        declared = replace(declared, inline=_inline(name, at, value, properties.get("key"), source, findings))
        if declared.type is None:
            declared = replace(declared, type="")  # an inline record
        else:
            declared = _inline_type(declared, value, source, findings)
        properties = declared.properties
    elif {"checks", "key"} & properties.keys():
        extra = next(key for key in ("checks", "key") if key in properties)
        findings.add("standard-only-inline", source, value.key_at[extra], key=extra, name=name)
    if "required" in properties:
        declared = replace(declared, optional=not properties["required"].value)
    rest = {
        key: stated for key, stated in declared.properties.items() if key not in ("fields", "checks", "required", "key")
    }
    return replace(declared, properties=rest)


def _inline_type(declared: FieldDeclaration, value: Map, source: Source, findings: Findings) -> FieldDeclaration:
    """A type beside `fields`: only `list` makes sense there (a list of inline records)."""
    if declared.type in ("list", "record"):
        return replace(declared, many=declared.many or declared.type == "list", type="")
    findings.add("standard-type-and-fields", source, value.key_at["fields"], name=declared.name)
    return declared


def _inline(
    name: str, at: Position, value: Map, key: Stated | None, source: Source, findings: Findings
) -> TypeDeclaration:
    return TypeDeclaration(
        name,
        source,
        at,
        read_fields(value["fields"], source, findings),
        read_checks(value["checks"], source, findings) if "checks" in value else {},
        key,
    )


def _shorthand(name: str, at: Position, value: Scalar, source: Source, findings: Findings) -> FieldDeclaration | None:
    match = _SHORTHAND.match(value.text)
    if not match:
        findings.add("standard-bad-shorthand", source, value, text=value.text)
        return None
    properties: dict[str, Stated] = {}
    if match["formula"] is not None:
        # the formula keeps its place: it starts so many code points into the plain scalar
        skipped = match.start("formula") + len(match["formula"]) - len(match["formula"].lstrip())
        formula = Written(match["formula"].strip(), value.line, value.column, value.style)
        if value.style == "plain" and "\n" not in value.text:
            formula = Written(formula.text, value.line, value.column + skipped, value.style)
        properties["formula"] = Stated(source, formula)
    return FieldDeclaration(
        name, source, at, match["type"], value, bool(match["many"]), True if match["optional"] else None, properties
    )


def read_checks(node: Node, source: Source, findings: Findings) -> dict[str, CheckDeclaration]:
    """The declarations under `checks`, by id."""
    found: dict[str, CheckDeclaration] = {}
    for item in list_of(node, "checks", source, findings):
        mapping = mapping_of(item, "checks", source, findings)
        if not mapping:
            continue
        at = (mapping.line, mapping.column)
        entry = read_entry(CheckEntry, mapping, "checks", source, findings)
        if entry is None:
            continue
        properties = entry.stated()
        name = properties["id"].text
        if name in found:
            findings.add("standard-duplicate-check", source, properties["id"].node, id=name)
        found[name] = CheckDeclaration(name, source, at, properties)
    return found


def read_types(node: Node, source: Source, findings: Findings) -> dict[str, TypeDeclaration]:
    """The declarations under `types`."""
    mapping = mapping_of(node, "types", source, findings)
    found = {}
    for name, value in mapping.items():
        at = mapping.key_at[name]
        if not check_name(name, source, at, findings):
            continue
        body = mapping_of(value, name, source, findings)
        entry = read_entry(TypeEntry, body, name, source, findings)
        assert entry is not None
        found[name] = TypeDeclaration(
            name,
            source,
            at,
            read_fields(entry.fields.node, source, findings) if entry.fields else {},
            read_checks(entry.checks.node, source, findings) if entry.checks else {},
            entry.key,
            entry.extends,
            tuple(entry.remove),
            tuple(entry.remove_checks),
        )
        if "extends" not in body:
            for key in ("remove", "remove_checks"):
                if key in body:
                    findings.add("standard-only-extends", source, body.key_at[key], key=key)
            if "fields" not in body and name not in findings.broken:
                findings.add("standard-missing-key", source, at, key="fields", where=name)
    return found


def read_parameters(node: Node, source: Source, findings: Findings) -> dict[str, ParameterDeclaration]:
    """The declarations under `parameters`."""
    mapping = mapping_of(node, "parameters", source, findings)
    found = {}
    for name, value in mapping.items():
        at = mapping.key_at[name]
        if not check_name(name, source, at, findings):
            continue
        if isinstance(value, Scalar) and value.is_null:
            findings.add("standard-parameter-shape", source, value, name=name)
            continue
        if not isinstance(value, Map) or (value and not value.keys() & ParameterEntry.keys.keys()):
            found[name] = ParameterDeclaration(name, source, at, {"value": Stated(source, value)})
            continue
        entry = read_entry(ParameterEntry, value, name, source, findings)
        assert entry is not None
        found[name] = ParameterDeclaration(name, source, at, entry.stated())
    return found


def said(stated: Stated | None) -> str:
    """What a text of an entry says; "" where it is absent."""
    return (stated.value or "") if stated else ""


def whole(stated: Stated, findings: Findings, what: str, highest: int) -> int | None:
    """A property that is a whole number from 0."""
    if re.fullmatch(r"[0-9]{1,4}", stated.text.strip()) and int(stated.text) <= highest:
        return int(stated.text)
    findings.of(stated, "standard-not-whole", what=what, highest=highest, found=shape(stated.node))
    return None


def unfit(findings: Findings, stated: Stated, key: str, name: str) -> None:
    """Tell of a key that a field of this type cannot have."""
    findings.of(stated, "standard-unfit-key", key=key, name=name)
