"""Reads a standard with the libraries that it includes, and resolves what its types extend."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic, Invalid, InvalidStandard
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import nearest
from generator.diagnostics.wording import standard_words as words
from generator.kept.light_classes import dataclass, field, replace
from generator.source import Map, Scalar, Source, locate, read_source
from generator.standard.declarations import (
    CheckDeclaration,
    FieldDeclaration,
    ParameterDeclaration,
    TypeDeclaration,
    mapping_of,
    read_checks,
    read_fields,
    read_parameters,
    read_types,
)
from generator.standard.entries import FileEntry, PrintEntry, Stated, read_entry
from generator.standard.kinds import KINDS
from generator.standard.library import find
from generator.standard.standard_faults import Findings, meant


@dataclass
class Merged:
    """A file with everything that it includes, by name."""

    source: Source
    head: Map
    entry: FileEntry
    files: list[Path] = field(default_factory=list)
    defaults: dict[str, dict[str, Stated]] = field(default_factory=dict)
    parameters: dict[str, ParameterDeclaration] = field(default_factory=dict)
    types: dict[str, TypeDeclaration] = field(default_factory=dict)
    fields: dict[str, FieldDeclaration] = field(default_factory=dict)
    checks: dict[str, CheckDeclaration] = field(default_factory=dict)


def read_file(path: Path, name: str, library: Path, findings: Findings) -> Merged:
    """A standard or library file with its includes.

    Args:
        path: the file.
        name: what findings call it.
        library: the folder in which includes are looked up first.

    Raises:
        Failure, Invalid: the file cannot be read, or its syntax is at fault.
    """
    return _read(path, name, library, findings, ())


def _read(path: Path, name: str, library: Path, findings: Findings, stack: tuple[Path, ...]) -> Merged:
    source = read_source(path, name, role="standard")
    head = source.root
    assert isinstance(head, Map)
    if _declares_nothing(head):
        raise InvalidStandard([_no_standard(source, head, name)])  # its keys would all be told
    entry = read_entry(FileEntry, head, name, source, findings)
    assert entry is not None
    merged = Merged(source, head, entry, [path])
    for included in entry.includes:
        found = find(included.text, library)
        if found is None:
            findings.add("standard-include-missing", source, included.node, name=included.text)
        elif found in (*stack, path):
            findings.add("standard-include-cycle", source, included.node, name=included.text)
        else:
            try:
                shown = str(found) if found.parent != path.parent else str(Path(name).with_name(found.name))
                other = _read(found, shown, library, findings, (*stack, path))
            except Invalid as error:
                findings.items.update(dict.fromkeys(error.diagnostics))
                continue
            if "library" not in other.head:
                findings.add("standard-include-standard", source, included.node, name=included.text)
            _include(merged, other)
    _add_own(merged, findings)
    return merged


def _add_own(merged: Merged, findings: Findings) -> None:
    """What a file declares itself, after what it includes."""
    head, source = merged.head, merged.source
    _add_defaults(merged, findings)
    if "parameters" in head:
        _add_parameters(merged, read_parameters(head["parameters"], source, findings))
    if "types" in head:
        _add_types(merged, read_types(head["types"], source, findings), findings)
    if "fields" in head:
        merged.fields.update(read_fields(head["fields"], source, findings))
    if "checks" in head:
        for name, check in read_checks(head["checks"], source, findings).items():
            if name in merged.checks:
                findings.add("standard-duplicate-check", source, check.at, id=name)
            merged.checks[name] = check


def _declares_nothing(head: Map) -> bool:
    """Whether a file has no key of a standard, nor one that may be meant for it, but that which a data file has too."""
    known = {*FileEntry.keys}
    others = {*head} - {"standard"}
    return bool(others) and not others & known and not any(nearest(key, known, 1) for key in others)


def _no_standard(source: Source, head: Map, name: str) -> Diagnostic:
    """What a file is that declares nothing of a standard: most often a data file, which names its standard first."""
    key = next((key for key in ("标准", "standard") if key in head), "")
    stated = head.get(key)
    hint = None
    if isinstance(stated, Scalar) and stated.text:
        hint = words.DATA_FILE.filled(standard=stated.text.partition("@")[0])
    return diagnostic("standard-not-a-standard", locate(source, head.key_at.get(key) or head), hint=hint, name=name)


def _include(merged: Merged, other: Merged) -> None:
    merged.files += other.files
    for kind, properties in other.defaults.items():
        merged.defaults.setdefault(kind, {}).update(properties)
    merged.parameters.update(other.parameters)
    merged.types.update(other.types)
    merged.fields.update(other.fields)
    merged.checks.update(other.checks)


def _add_defaults(merged: Merged, findings: Findings) -> None:
    source = merged.source
    if "defaults" not in merged.head:
        return
    mapping = mapping_of(merged.head["defaults"], "defaults", source, findings)
    for kind, value in mapping.items():
        if kind not in KINDS:
            findings.add("standard-unknown-type", source, mapping.key_at[kind], meant(kind, list(KINDS)), name=kind)
            continue
        properties = mapping_of(value, kind, source, findings)
        entry = read_entry(PrintEntry, properties, "defaults", source, findings)
        assert entry is not None
        merged.defaults.setdefault(kind, {}).update(entry.stated())


def _add_parameters(merged: Merged, own: dict[str, ParameterDeclaration]) -> None:
    for name, declared in own.items():
        if before := merged.parameters.get(name):
            properties = {**before.properties, **declared.properties}
            if "type" in declared.properties and "of" not in declared.properties:
                properties.pop("of", None)
            declared = replace(declared, properties=properties)
        merged.parameters[name] = declared


def _add_types(merged: Merged, own: dict[str, TypeDeclaration], findings: Findings) -> None:
    """Add a file's own types; those that extend another take over what it has."""
    included = dict(merged.types)
    resolved: dict[str, TypeDeclaration] = {}
    visiting: list[str] = []

    def resolve(name: str) -> TypeDeclaration:
        if name in resolved:
            return resolved[name]
        declared = own[name]
        if declared.extends is None:
            if name in included:
                findings.add("standard-duplicate-type", declared.source, declared.at, name=name)
            resolved[name] = declared
            return declared
        base_name = declared.extends.text
        visiting.append(name)
        if base_name == name or base_name not in own:
            base = included.get(base_name)
        elif base_name in visiting:
            findings.add("standard-extends-cycle", declared.source, declared.extends.node, name=base_name)
            base = replace(declared, fields={}, checks={})
        else:
            base = resolve(base_name)
        visiting.pop()
        if base is None:
            known = [other for other in (*own, *included) if other != name]
            findings.add(
                "standard-extends-missing",
                declared.source,
                declared.extends.node,
                meant(base_name, known),
                name=base_name,
            )
            base = replace(declared, fields={}, checks={})
        resolved[name] = _extended(base, declared, findings)
        return resolved[name]

    for name in own:
        merged.types[name] = resolve(name)


def _extended(base: TypeDeclaration, extension: TypeDeclaration, findings: Findings) -> TypeDeclaration:
    fields, checks = dict(base.fields), dict(base.checks)
    source = extension.source
    gone = [*((one, fields) for one in extension.remove), *((one, checks) for one in extension.remove_checks)]
    for removed, held in gone:
        if held.pop(removed.text, None) is None:
            hint = meant(removed.text, list(held))
            findings.add("standard-remove-unknown", source, removed.node, hint, name=removed.text, type=base.name)
    for name, declared in extension.fields.items():
        if (declared.type is None and name in fields) or (
            declared.type == "" and declared.inline and name in fields and fields[name].inline
        ):
            fields[name] = fields[name].patched(declared)
        else:
            fields[name] = declared  # a field without a type that patches nothing is told when it is built
    for name, check in extension.checks.items():
        if name in checks:
            findings.add("standard-duplicate-check", source, check.at, id=name)
        checks[name] = check
    return replace(extension, fields=fields, checks=checks, key=extension.key or base.key, remove=(), remove_checks=())
