"""Builds a standard from its file: merged with what it includes, typed, ordered; every fault at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import generator
from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidStandard
from generator.source import Scalar
from generator.standard.declarations import said
from generator.standard.includes import Merged, read_file
from generator.standard.library import library_of
from generator.standard.model import Document, RecordType, Section, Standard, SummaryTable
from generator.standard.order import expand, order
from generator.standard.outcomes import read_documents, read_summary
from generator.standard.record_types import Builder
from generator.standard.standard_faults import Findings, shape
from generator.standard.succession import read_carry, read_changes
from generator.standard.versions import version_of, version_serves


def build_standard(path: Path, shown: str, wanted: str = "", thorough: bool = False) -> Standard:
    """The standard of a file.

    Args:
        path: the file; `shown` is what findings call it.
        wanted: the version that it must serve; "" any.
        thorough: whether types that the report does not use are compiled as well.

    Raises:
        Failure: it cannot be read.
        InvalidStandard: with every fault.
    """
    findings = Findings()
    library = library_of(path)
    merged = _read(path, shown, library, findings)
    builder = Builder(merged, findings)
    root_type = builder.build(thorough)
    root = expand(root_type, findings)
    ordered = order(root, findings)
    head = _head(merged, findings)
    if wanted:
        _check_version(wanted, head["version"], merged, findings)
    documents = read_documents(merged, builder, findings)
    summary = read_summary(merged, builder, findings)
    carry, changes = read_carry(merged, root, findings), read_changes(merged, root, findings)
    _check_parameters(root, documents, summary, builder, findings)
    if findings.failed:
        raise InvalidStandard(findings.sorted())
    year = head["fiscal_year"]
    return Standard(
        id=head["standard"],
        title=head["title"],
        issuer=head["issuer"],
        fiscal_year=int(year) if year.isascii() and year.isdigit() else None,
        version=head["version"],
        path=path,
        library=library,
        root=root,
        types=builder.types,
        parameters=builder.parameters,
        references=_references(merged),
        documents=documents,
        order=ordered,
        source=merged.source,
        carry=carry,
        changes=changes,
        summary=summary,
        diagnostics=tuple(findings.sorted()),
        files=tuple(merged.files),
    )


def _read(path: Path, shown: str, library: Path, findings: Findings) -> Merged:
    """The file of a standard with what it includes.

    Raises:
        Failure: it cannot be read.
        InvalidStandard: it is no YAML, no standard, or for another engine.
    """
    try:
        merged = read_file(path, shown, library, findings)
    except Failure:
        raise
    except Invalid as error:
        raise InvalidStandard([*findings.told(), *error.diagnostics]) from None
    _check_engine(merged, findings)
    if "standard" not in merged.head:
        code = "standard-is-library" if "library" in merged.head else "standard-not-a-standard"
        findings.add(code, merged.source, merged.head, name=shown)
        raise InvalidStandard(findings.sorted())
    return merged


def _references(merged: Merged) -> dict[str, str]:
    """Parameter -> its legal reference."""
    declared = {name: parameter.properties for name, parameter in merged.parameters.items()}
    return {name: own["reference"].text for name, own in declared.items() if "reference" in own}


def examine_library(path: str | os.PathLike[str]) -> list[Diagnostic]:
    """The faults of a library file of types, for lint; [] where there is none.

    Raises:
        Failure: it cannot be read.
    """
    findings = Findings()
    name = os.fspath(path)
    try:
        merged = read_file(Path(name), name, library_of(Path(name)), findings)
    except Failure:
        raise
    except Invalid as error:
        return [*findings.told(), *error.diagnostics]
    Builder(merged, findings).build(thorough=True)
    return findings.sorted()


def _head(merged: Merged, findings: Findings) -> dict[str, str]:
    head, source = merged.head, merged.source
    found = {}
    for key in ("standard", "title", "issuer", "fiscal_year", "version"):
        found[key] = said(getattr(merged.entry, key))
    for key in ("title", "version"):
        stated = head.get(key)
        if stated is None or (isinstance(stated, Scalar) and not stated.text.strip()):
            findings.add("standard-missing-key", source, head, key=key, where=source.name)
    if found["version"] and version_of(found["version"]) is None:
        findings.add("standard-bad-version", source, head["version"], version=found["version"])
    year = found["fiscal_year"]
    if year and not re.fullmatch(r"(19|2[0-9])[0-9]{2}", year):
        findings.add("standard-bad-year", source, head["fiscal_year"], found=year)
    if found["standard"] and not re.fullmatch(r"[\w.-]+", found["standard"]):
        findings.add("standard-bad-id", source, head["standard"], name=found["standard"])
    return found


def _check_engine(merged: Merged, findings: Findings) -> None:
    """A standard may say the least version of the engine that understands it."""
    stated = merged.head.get("engine")
    if stated is None:
        return
    text = stated.text.removeprefix(">=").strip() if isinstance(stated, Scalar) else ""
    wanted, own = version_of(text), version_of(generator.__version__)
    if wanted is None:
        findings.add("standard-bad-version", merged.source, stated, version=text or shape(stated))
    elif own is not None and wanted > own:
        findings.add("standard-newer-engine", merged.source, stated, wanted=text, own=generator.__version__)
        raise InvalidStandard(findings.sorted())


def _check_version(wanted: str, own: str, merged: Merged, findings: Findings) -> None:
    if not version_serves(wanted, own):
        findings.add("standard-version-mismatch", merged.source, merged.head.get("version"), wanted=wanted, own=own)


def _check_parameters(
    root: Section, documents: Iterable[Document], summary: SummaryTable | None, builder: Builder, findings: Findings
) -> None:
    """A parameter that the report reads must have a value."""
    used: set[str] = set()
    seen: set[int] = set()
    for section in root.walk():
        if id(section.type) in seen:
            continue
        seen.add(id(section.type))
        used |= _parameters_of(section.type)
    compiled = [part for document in documents for part in (document.name, document.when, document.each) if part]
    for found in [*compiled, *(summary.columns.values() if summary else ())]:
        used |= found.parameters
    source = builder.merged.source
    node = builder.merged.head.get("parameters")
    for name in sorted(used):
        if builder.parameters[name].value is None:
            declared = builder.merged.parameters[name]
            own = declared.source is source
            findings.add(
                "standard-parameter-unset", source, declared.at if own else node or builder.merged.head, name=name
            )


def _parameters_of(record: RecordType) -> set[str]:
    used: set[str] = set()
    for field in record.fields.values():
        compiled = [field.formula, field.default_formula, *field.set.values(), *field.total]
        compiled += [part for pair in field.texts for part in pair]
        for found in compiled:
            if found:
                used |= found.parameters
    for check in record.checks:
        for found in (check.rule, check.when, check.message):
            if found:
                used |= found.parameters
    return used
