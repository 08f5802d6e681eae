"""The door of this room: from a data file to a report, or to every finding about it."""

from __future__ import annotations

import os
from decimal import localcontext
from typing import BinaryIO

from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidReport, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.report.checks import compare_elsewhere, run_checks
from generator.report.compute import ARITHMETIC, Computation
from generator.report.proofread import proofread
from generator.report.read_records import STANDARD_KEYS, read_records
from generator.report.report import Report
from generator.source import Map, Scalar, Source, locate, read_source
from generator.standard import Standard, available, load_standard
from generator.standard.standard_faults import meant
from generator.standard.versions import version_serves

Readable = str | os.PathLike[str] | bytes | BinaryIO


def read_report(data: Readable, standard: Standard | str | None = None, name: str | None = None) -> Report:
    """Read a data file, compute and check it.

    Args:
        data: the file's path or content.
        standard: instead of the one that the file names in its first key.
        name: what findings call the file; the path as typed where it is not given.

    Raises:
        InvalidReport: with every finding, warnings too, if any is an error.
        InvalidStandard: the standard is at fault.
        Failure: the file or the standard cannot be read.
    """
    report, findings = examine(data, standard, name)
    if report is None or has_errors(findings):
        raise InvalidReport(findings)
    return report


def examine(
    data: Readable, standard: Standard | str | None = None, name: str | None = None
) -> tuple[Report | None, list[Diagnostic]]:
    """Every finding about a data file; with the report where nothing but missing values stands against it.

    Raises:
        InvalidStandard: the standard is at fault.
        Failure: the file or the standard cannot be read.
    """
    try:
        source = read_source(data, name)
    except Failure:
        raise
    except Invalid as error:
        return None, list(error.diagnostics)
    root = source.root
    assert isinstance(root, Map)
    findings: list[Diagnostic] = []
    found = _standard(source, root, standard, findings)
    if found is None or has_errors(findings):
        return None, findings
    with localcontext(ARITHMETIC):
        computation = Computation(found, source)
        computation.diagnostics.update(dict.fromkeys(findings))
        read_records(computation, root)
        _compute(computation)
        compare_elsewhere(computation)
        run_checks(computation)
        proofread(computation)
    told = sorted(
        computation.diagnostics, key=lambda finding: (finding.location.line or 0, finding.location.column or 0)
    )
    report = Report(computation, tuple(told)) if computation.only_missing else None
    return report, told


def _compute(computation: Computation) -> None:
    """Compute every field: those of the standard in dependency order, then the texts of the data file."""
    records = computation.records
    for section, name in computation.standard.order:
        for record in records.get(section.path, ()):
            record[name]
    for instances in records.values():
        cells = instances[0].section.cells
        for record in instances:
            for name in record.source:
                if name not in record and name in cells:
                    record[name]


def _standard(source: Source, root: Map, given: Standard | str | None, findings: list[Diagnostic]) -> Standard | None:
    """The standard of a data file; None with a finding where the file names none."""
    key = next((key for key in STANDARD_KEYS if key in root), None)
    node = root[key] if key else None
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if isinstance(given, str):
        given = load_standard(given)
    if key and next(iter(root)) not in STANDARD_KEYS:
        findings.append(diagnostic("report-standard-first", locate(source, root.key_at[key])))
    bare, _, wanted = text.partition("@")
    if given is None:
        if not text or "/" in text or "\\" in text:
            known = "、".join(summary.id for summary in available())
            findings.append(diagnostic("report-no-standard", locate(source, node or (1, 1)), known=known))
            return None
        try:
            given = load_standard(bare)
        except Failure as failure:
            if any(found.code != "standard-not-found" for found in failure.diagnostics):
                raise
            hint = meant(bare, [summary.id for summary in available()])
            at = locate(source, node)
            raise Failure([diagnostic("standard-not-found", at, hint=hint, name=bare)]) from None
    elif text and bare != given.id:
        findings.append(diagnostic("report-other-standard", locate(source, node), stated=bare, given=given.id))
    if wanted and not version_serves(wanted, given.version):
        findings.append(diagnostic("report-standard-version", locate(source, node), wanted=wanted, own=given.version))
    return given
