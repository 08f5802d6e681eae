"""Findings for the tools of continuous integration: annotations of GitHub, and SARIF for code scanning and editors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from generator.cli import console
from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.catalogue import catalogue
from generator.diagnostics.workflow_commands import workflow_command

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def tell_programs(found: Sequence[Diagnostic], output_format: str, language: str) -> None:
    """Print all that was found as programs take it: as JSON (`json`), as GitHub's workflow commands (`github`) or as a SARIF log (`sarif`)."""
    if output_format == "json":
        console.result_json(console.diagnostics_json(found, language))
    elif output_format == "github":
        console.result("".join(f"{_command(one, language)}\n" for one in found), end="")
    else:
        console.result_json(_sarif(found, language))


def _command(one: Diagnostic, language: str) -> str:
    where = one.location
    file = PurePath(where.file).as_posix() if where.file is not None else None
    return workflow_command(
        _GITHUB[one.severity], _message(one, language), file=file, line=where.line, col=where.column, title=one.code
    )


def _message(one: Diagnostic, language: str) -> str:
    """Place, wording and hint: what stands beside a file that GitHub cannot show, such as a template."""
    place = one.location.place.in_language(language) + ": " if one.location.place else ""
    hint = f"\n{one.hint_text.in_language(language)}" if one.hint_text else ""
    return f"{place}{one.text.in_language(language)}{hint}"


def _sarif(found: Sequence[Diagnostic], language: str) -> dict[str, Any]:
    """A log of SARIF 2.1.0 (OASIS): one run, a rule for each code that was found."""
    from generator import __version__

    codes = list(dict.fromkeys(one.code for one in found))
    driver: dict[str, Any] = {"name": "generator", "version": __version__}
    driver["rules"] = [
        {"id": code, "defaultConfiguration": {"level": _SARIF[catalogue()[code].severity]}} for code in codes
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code), language) for one in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(one: Diagnostic, rule: int, language: str) -> dict[str, Any]:
    where = one.location
    location: dict[str, Any] = {}
    if where.file is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(where.file)}}
        if where.line is not None:
            region = {"startLine": where.line, "startColumn": where.column}
            physical["region"] = {name: value for name, value in region.items() if value is not None}
        location["physicalLocation"] = physical
    name = where.place.in_language(language) if where.place else where.path
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    found: dict[str, Any] = {"ruleId": one.code, "ruleIndex": rule, "level": _SARIF[one.severity]}
    found["message"] = {"text": _message(one, language)}
    return {**found, "locations": [location]} if location else found


def _uri(file: str) -> str:
    """A file as a URI: relative to the folder of the run as it was typed, an absolute one with its scheme."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
