"""One data file of a batch: examined and rendered in memory; what a worker takes and what it gives back are plain values."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Invalid, InvalidReport, Location, Severity
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.finding import with_severity
from generator.kept.light_classes import dataclass

STDIN = "-"  # the data file's name where it comes from the standard input, as content


@dataclass(frozen=True, slots=True)
class Job:
    """A data file to render.

    Args:
        data: its path as typed; findings name it so.
        content: its bytes, for a worker that may not see the path; None where it does.
        draft: print what is missing as 【待填：…】.
        strict: warnings are errors.
        date: the date of the documents' properties.
        only: the kind of the documents that are wanted, `docx` or `xlsx`; "" for all.
        page_numbers: fill in the pages in tables of contents, by LibreOffice's layout.
    """

    data: str
    content: bytes | None = None
    draft: bool = False
    strict: bool = False
    date: datetime.date | None = None
    only: str = ""
    page_numbers: bool = False


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """What a data file gave.

    Args:
        data: its path as typed.
        code: 0, or what stopped it as an exit code: 1 the data file, 2 anything else.
        diagnostics: every finding about the data file and its documents.
        notes: those among them that rendering made.
        documents: file names and contents, in the order of the standard.
        inputs: the files of the standard, which no document takes the place of.
        standard: `id@version` and digest of the standard, "" where none was reached.
        traceback: of an internal error, which stops no other file and is never taken for bad data.
    """

    data: str
    code: int
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    documents: tuple[tuple[str, bytes], ...] = ()
    standard: tuple[str, str] = ("", "")
    traceback: str = ""
    inputs: tuple[str, ...] = ()


def render_file(job: Job) -> RenderedFile:
    """Examine a data file and render its documents in memory; whatever goes wrong is in the result."""
    try:
        return _rendered(job)
    except Exception as error:
        import traceback  # which a run that ends well does without

        told = diagnostic("internal-error", Location(file=job.data), reason=f"{type(error).__name__}: {error}")
        return RenderedFile(job.data, 2, (told,), traceback="".join(traceback.format_exception(error)))


def _rendered(job: Job) -> RenderedFile:
    from generator.documents.produce import render_documents
    from generator.report import examine
    from generator.standard.identity import standard_digest, standard_reference

    findings: list[Diagnostic] = []
    standard = ("", "")
    source: Any = job.data if job.content is None or (job.data != STDIN and Path(job.data).exists()) else job.content
    try:
        report, found = examine(source, None, job.data)
        findings = with_severity(found, Severity.WARNING, Severity.ERROR) if job.strict else list(found)
        if report is not None:
            standard = standard_reference(report.standard), standard_digest(report.standard)
        stopped = any(finding.severity is Severity.ERROR for finding in findings)
        if job.draft and report is not None:  # what is missing does not stop a draft
            findings = with_severity(findings, Severity.ERROR, Severity.WARNING)
            stopped = False
        if stopped or report is None:
            return RenderedFile(job.data, 1, tuple(findings), standard=standard)
        documents = render_documents(
            report, draft=job.draft, date=job.date, only=job.only, page_numbers=job.page_numbers
        )
    except Invalid as refusal:
        findings += [finding for finding in refusal.diagnostics if finding not in findings]
        code = 1 if isinstance(refusal, InvalidReport) else 2
        return RenderedFile(job.data, code, tuple(findings), standard=standard)
    notes = tuple(note for document in documents for note in document.notes)
    contents = tuple((document.name, document.content) for document in documents)
    inputs = tuple(map(str, report.standard.read_from))
    return RenderedFile(job.data, 0, (*findings, *notes), notes, contents, standard, inputs=inputs)
