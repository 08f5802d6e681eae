"""Loads a standard: found in a library or by its path, merged, built, ordered; every fault at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import generator
from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidStandard, Location, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import closest
from generator.source import Map, Scalar, read_source
from generator.standard.declarations import said
from generator.standard.includes import Merged, read_file
from generator.standard.library import Summary, files, find_standard, library_of
from generator.standard.model import Document, RecordType, Section, Standard, SummaryTable
from generator.standard.order import expand, order
from generator.standard.outcomes import read_documents, read_summary
from generator.standard.record_types import Builder
from generator.standard.standard_faults import Findings, shape
from generator.standard.succession import read_carry, read_changes
from generator.standard.versions import version_of, version_serves

# standards that were loaded stay in memory while their files do not change: a batch loads each only once
MAX_KEPT = 16
_LOADED: dict[tuple[object, ...], tuple[Standard, tuple[tuple[Path, int, int], ...]]] = {}


def load_standard(name: str | os.PathLike[str], *, thorough: bool = False, exact: bool = True) -> Standard:
    """Load a standard.

    Args:
        name: its id (`shifeng-2020`), its id with the version that is wanted (`shifeng-2020@1.0.0`), or the path of
            its file.
        thorough: whether types that the report does not use are compiled as well (for lint).
        exact: whether a version that does not serve the wanted one is refused, rather than given.

    Raises:
        Failure: there is no such standard, or its file cannot be read.
        InvalidStandard: with every fault that was found.
    """
    path, shown, wanted = _locate(os.fspath(name))
    wanted = wanted if exact else ""
    key = (str(path.absolute()), shown, wanted, thorough, os.environ.get("GENERATOR_LIBRARY"), str(Path.cwd()))
    if (kept := _LOADED.get(key)) and kept[1] == _stamps(path for path, *_ in kept[1]):
        return kept[0]
    loaded, read = _load(path, shown, wanted, thorough)
    if len(_LOADED) >= MAX_KEPT:
        _LOADED.pop(next(iter(_LOADED)))
    _LOADED[key] = (loaded, _stamps(read))
    return loaded


def _stamps(paths: Iterable[Path]) -> tuple[tuple[Path, int, int], ...]:
    """What tells whether a file has changed: its time and size."""
    found = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((path, status.st_mtime_ns, status.st_size))
    return tuple(found)


def _load(path: Path, shown: str, wanted: str, thorough: bool) -> tuple[Standard, list[Path]]:
    """The standard of a file, and the files that it was read from."""
    findings = Findings()
    library = library_of(path)
    try:
        merged = read_file(path, shown, library, findings)
    except Failure:
        raise
    except Invalid as error:
        raise InvalidStandard([*findings.items, *error.diagnostics]) from None
    _check_engine(merged, findings)
    if "standard" not in merged.head:
        code = "standard-is-library" if "library" in merged.head else "standard-not-a-standard"
        findings.add(code, merged.source, merged.head, name=shown)
        raise InvalidStandard(findings.sorted())
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
    loaded = Standard(
        head["standard"],
        head["title"],
        head["issuer"],
        int(year) if year.isascii() and year.isdigit() else None,
        head["version"],
        path,
        library,
        root,
        builder.types,
        builder.parameters,
        {
            name: declared.properties["reference"].text
            for name, declared in merged.parameters.items()
            if "reference" in declared.properties
        },
        documents,
        ordered,
        merged.source,
        carry,
        changes,
        summary,
        tuple(findings.sorted()),
        tuple(merged.files),
    )
    return loaded, merged.files


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
        return [*findings.items, *error.diagnostics]
    Builder(merged, findings).build(thorough=True)
    return findings.sorted()


def available(hidden: bool = False) -> list[Summary]:
    """Every standard of the libraries, by id; files that cannot be read are left to `load_standard` to tell.

    Args:
        hidden: whether those are told too that another of the same id stands before.
    """
    found: dict[str, list[Summary]] = {}
    for path in files():
        try:
            head = read_source(path).root
        except Invalid:
            continue
        if isinstance(head, Map) and "standard" in head:
            texts = {key: value.text for key, value in head.items() if isinstance(value, Scalar)}
            same = found.setdefault(texts.get("standard", ""), [])
            same.append(
                Summary(
                    texts.get("standard", ""),
                    texts.get("title", ""),
                    texts.get("issuer", ""),
                    texts.get("fiscal_year", ""),
                    texts.get("version", ""),
                    path,
                    same[0].path if same else None,
                )
            )
    return [one for name in sorted(found) for one in (found[name] if hidden else found[name][:1])]


def install_hint(name: str, version: str = "") -> Text:
    """What to do where a standard, or a version of it, is not there."""
    package = f"{name}@{version}" if version else name
    return Text(
        f"向发布单位索取标准包 {package}，用 generator standard install 文件.zip 安装；generator standards 列出现有的标准。",
        f"Get the package {package} from its issuer and install it by generator standard install FILE.zip; "
        "see generator standards for what is there.",
    )


def _locate(name: str) -> tuple[Path, str, str]:
    """The file of a standard, how messages call it, and the version that is wanted."""
    if name.endswith((".yaml", ".yml", ".json")) or "/" in name or os.sep in name:
        return Path(name), name, ""
    bare, _, version = name.partition("@")
    found = find_standard(bare, version)
    if found is None:
        near = closest(bare, [summary.id for summary in available()])
        hint = Text(f"是不是“{near}”？", f"Did you mean “{near}”?") if near else install_hint(bare, version)
        raise Failure([diagnostic("standard-not-found", Location(), hint=hint, name=name)])
    return found, str(found), version


def _head(merged: Merged, findings: Findings) -> dict[str, str]:
    head, source = merged.head, merged.source
    found = {}
    for key in ("standard", "title", "issuer", "fiscal_year", "version"):
        found[key] = said(getattr(merged.entry, key))
    for key in ("title", "version"):
        if not found[key]:
            findings.add("standard-missing-key", source, head, key=key, where=source.name)
    if found["version"] and version_of(found["version"]) is None:
        findings.add("standard-bad-version", source, head["version"], version=found["version"])
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
