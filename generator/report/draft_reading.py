"""A data file read once more for its draft: the texts of its records say where a value is missing or at fault."""

from __future__ import annotations

from decimal import localcontext

from generator.diagnostics import Severity
from generator.report.compute import ARITHMETIC, Computation
from generator.report.draft_marks import DraftMarks
from generator.report.read_records import read_records
from generator.report.record import Record
from generator.source import Map


def draft_reading(computation: Computation) -> Computation:
    """The same values, but that texts bear marks; its findings are the first reading's, and nobody's."""
    marks = DraftMarks()
    root = computation.source.root
    assert isinstance(root, Map)
    for finding in computation.source.findings:
        if finding.severity is Severity.ERROR and finding.location.path:
            marks.at_fault(finding.location.path)
    made = Computation(computation.standard, computation.source, marks)
    with localcontext(ARITHMETIC):
        read_records(made, root)
        made.compute_all()
    return made


def twin(record: Record, first: Computation, second: Computation) -> Record:
    """The record of another reading that stands where a record stands in the first."""
    path = record.section.path
    index = next(index for index, one in enumerate(first.records[path]) if one is record)
    return second.records[path][index]
