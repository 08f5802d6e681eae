"""The door of this room: from a data file to a report, or to every finding about it."""

from __future__ import annotations

import os
from decimal import localcontext
from typing import BinaryIO

from generator.diagnostics import Diagnostic, Failure, Invalid, InvalidReport, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.limits import limits
from generator.report.bare_items import tell_bare_items
from generator.report.blank_references import tell_blanks_once
from generator.report.checks import compare_elsewhere, one_a_place, run_checks
from generator.report.chosen_standard import choose_standard
from generator.report.compute import ARITHMETIC, Computation
from generator.report.cut_off import tell_cut_off
from generator.report.fiscal_year import check_years
from generator.report.follow_ups import tell_follow_ups
from generator.report.magnitudes import check_magnitudes
from generator.report.one_cause import tell_one_cause
from generator.report.other_standard import tell_other_standard
from generator.report.phone_digits import check_phones
from generator.report.proofread import proofread
from generator.report.read_records import read_records
from generator.report.report import Report
from generator.report.session import EnoughTold
from generator.report.shared_cause import tell_shared_causes
from generator.report.typed_text import check_typed
from generator.report.unused_facts import tell_unused_facts
from generator.report.watched_texts import Marked
from generator.report.wrong_numbers import leave_to_wrong_numbers
from generator.source import Map, locate, place_order, read_source
from generator.standard import Standard

OF_THOSE_PRINTED = 10  # errors, over the findings that are printed: more end an examination
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
    data: Readable, standard: Standard | str | None = None, name: str | None = None, *, to_its_end: bool = False
) -> tuple[Report | None, list[Diagnostic]]:
    """Every finding about a data file; with the report, whatever stands against it, unless the file could not be read by a standard at all.

    Where there are far more findings than are printed, the examination ends: there is no report, and an error says so.

    Args:
        data: the file's path or content.
        standard: instead of the one that the file names in its first key.
        name: what findings call the file; the path as typed where it is not given.
        to_its_end: however many findings there are.

    Raises:
        InvalidStandard: the standard is at fault.
        Failure: the file or the standard cannot be read.
    """
    try:
        source = read_source(data, name, form=True)
    except Failure:
        raise
    except Invalid as error:
        return None, list(error.diagnostics)
    root = source.root
    assert isinstance(root, Map)
    findings: list[Diagnostic] = []
    found = choose_standard(source, root, standard, findings)
    if found is None or has_errors(findings):
        return None, findings
    with localcontext(ARITHMETIC):
        computation = Computation(found, source)
        computation.diagnostics.update(dict.fromkeys(findings))
        computation.most = None if to_its_end else OF_THOSE_PRINTED * limits().findings
        whole = True
        try:
            _look_at_everything(computation, root)
        except EnoughTold:
            whole = False
            _end_early(computation, root)
    told = sorted(computation.diagnostics, key=lambda finding: place_order(source, finding.location))
    return Report(computation, tuple(told)) if whole else None, told


def _look_at_everything(computation: Computation, root: Map) -> None:
    """Read, compute, check and proofread; what the reader of a form found counts, too."""
    for found in computation.source.findings:
        computation.note(found)
    read_records(computation, root)
    if tell_other_standard(computation, root):
        return
    computation.compute_all()
    tell_bare_items(computation)
    tell_blanks_once(computation)
    compare_elsewhere(computation)
    run_checks(computation)
    tell_one_cause(computation)
    tell_follow_ups(computation)
    tell_shared_causes(computation)
    check_magnitudes(computation)
    check_years(computation)
    check_phones(computation)
    marked: list[Marked] = []
    proofread(computation, marked)
    check_typed(computation, marked)
    tell_unused_facts(computation)
    leave_to_wrong_numbers(computation)
    one_a_place(computation)
    tell_cut_off(computation)


def _end_early(computation: Computation, root: Map) -> None:
    """Say that the rest was not looked at: what was found stands as it is, but for what one finding tells of an item, or of all."""
    computation.most = None
    if not tell_other_standard(computation, root):
        tell_bare_items(computation)
        said = diagnostic("examined-in-part", locate(computation.source, None))
        computation.diagnostics = {said: None, **computation.diagnostics}  # the first, so that it is printed
