"""A report's documents: each template of the standard rendered with the report."""

from __future__ import annotations

import datetime
import os
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

import generator
from generator.diagnostics import Diagnostic, Invalid, InvalidTemplate
from generator.documents.any_template import open_template, refuse_hidden_macros
from generator.documents.draft_remarks import draft_remarks
from generator.documents.page_numbers import with_page_numbers
from generator.documents.pdf import find_soffice
from generator.documents.report_template import render_report
from generator.documents.stamp import Stamp, stamp_changes
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.file_endings import WORD_ENDINGS
from generator.ooxml.limits import limits, runs_apart
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import open_package, read_bytes
from generator.report import Report
from generator.report.data_digest import data_digest
from generator.standard.identity import standard_digest, standard_reference
from generator.standard.library import INSTALLED, user_library
from generator.template.draft_list import DraftContext

if TYPE_CHECKING:
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate

ISOLATED = "GENERATOR_ISOLATED"  # set by `--isolated`; worker processes inherit it
_CORE = "docProps/core.xml"
_DCTERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_MOST_TEMPLATES = 64  # that stay compiled in memory while their files do not change


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A document: its file name, its content, and the notes of its rendering."""

    name: str
    content: bytes
    notes: tuple[Diagnostic, ...] = ()


def render_documents(
    report: Report,
    *,
    draft: bool = False,
    date: datetime.date | None = None,
    only: str = "",
    isolated: bool | None = None,
    page_numbers: bool = False,
) -> list[RenderedDocument]:
    """Every document that the report's standard names; the findings of all of them at once.

    Args:
        report: what they print.
        draft: print what is missing or at fault as 【待填：…】.
        date: the date of the documents' properties; the template's own where there is none.
        only: the kind of the documents that are wanted, `docx` or `xlsx`, those with macros among them; "" for all.
        isolated: render in a process of its own; None: as `--isolated` says, else where the standard was installed from a package.
        page_numbers: fill in the pages in tables of contents and references, by LibreOffice's layout.

    Raises:
        InvalidTemplate: a template is at fault, or cannot print the report.
        Failure: a template cannot be read, the process met a bound, or LibreOffice is missing or failed.
    """
    apart = isolated if isolated is not None else _is_apart(report)
    soffice = find_soffice() if page_numbers else ""
    render = _apart if apart else _here
    stamp = _stamp(report)
    documents: list[RenderedDocument] = []
    faults: list[Diagnostic] = []
    remarks, names = (draft_remarks(report), report.open_names()) if draft else ((), ())
    for planned, context in report.contexts(draft=draft, names_of=None if apart else cache(_names_read)):
        path = planned.template
        if only and planned.name[-4:-1].lower() != only[:3]:  # .docx and .docm, .xlsx and .xlsm
            continue
        if draft:
            context = DraftContext(context, remarks, names)
        try:
            document, notes = render(path, context, draft=draft)
        except InvalidTemplate as refusal:
            faults += [finding.at(file=finding.location.file or str(path)) for finding in refusal.diagnostics]
            continue
        own = replace(stamp, template=_relative(path, report.standard.library))
        content = finished(document, own, date)
        refuse_hidden_macros(content, str(path), planned.name)
        if soffice and planned.name.endswith(WORD_ENDINGS):
            content, unknown = with_page_numbers(content, planned.name, soffice)
            notes += unknown
        told = tuple(note.at(file=note.location.file or str(path)) for note in notes)
        documents.append(RenderedDocument(planned.name, content, told))
    if faults:
        raise InvalidTemplate(faults)
    return documents


def _stamp(report: Report) -> Stamp:
    """What its documents are made from, but for the template."""
    standard = report.standard
    return Stamp(
        standard_reference(standard), standard_digest(standard), data_digest(report), generator.__version__, template=""
    )


def _is_apart(report: Report) -> bool:
    """Whether a report's templates are rendered in a process of their own where nobody says so: those of a package are."""
    asked = "0" if runs_apart() else os.environ.get(ISOLATED, "")
    if asked:
        return asked == "1"
    library = report.standard.library
    return INSTALLED in library.parts and library.is_relative_to(user_library() / INSTALLED)


def _apart(path: Path, context: dict[str, Any], *, draft: bool) -> tuple[Overlay, list[Diagnostic]]:
    from generator.documents.isolated import Request, render_isolated  # most renders start no process

    request = Request(read_bytes(path)[1], str(path), context, draft=draft, report=True)
    content, notes = render_isolated(request)
    return Overlay(open_package(content, own=True)), list(notes)


def _here(path: Path, context: dict[str, Any], *, draft: bool) -> tuple[Overlay, list[Diagnostic]]:
    return render_report(compiled_template(path), context, draft=draft)


def _names_read(path: Path) -> set[str]:
    """The names that a template reads from its context; none if it is at fault, which is told where it is rendered."""
    try:
        template = compiled_template(path)
        meant = {one.name for one in template.single_braces()}  # so that they are told
        return {re.split(r"[.\[]", use, maxsplit=1)[0] for use in template.variables()} | meant
    except Invalid:
        return set()


def compiled_template(path: Path) -> WordTemplate | ExcelTemplate:
    """A template compiled once in a process, and again when its file changed."""
    try:
        stat = path.stat()
    except OSError:
        return open_template(path)  # says what is wrong with the file
    return _compiled(path, stat.st_mtime_ns, stat.st_size, (stat.st_dev, stat.st_ino))


@lru_cache(maxsize=_MOST_TEMPLATES)
def _compiled(path: Path, modified: int, size: int, file: tuple[int, int]) -> WordTemplate | ExcelTemplate:
    """The template of a file as it is while nothing of this changes."""
    return open_template(path)


def finished(document: Overlay, stamp: Stamp, date: datetime.date | None = None) -> bytes:
    """A document as it is written, with its stamp, and with properties that say that it was created and changed on `date` (at 00:00 UTC)."""
    document.write_all(stamp_changes(document, stamp))
    if date is not None and _CORE in document:
        root = document.xml(_CORE)
        for name in ("created", "modified"):
            element = root.find(_DCTERMS + name)
            if element is None:
                element = etree.SubElement(root, _DCTERMS + name)
            element.set(_XSI_TYPE, "dcterms:W3CDTF")
            element.text = f"{date.isoformat()}T00:00:00Z"
        document.write_xml(_CORE, root)
    content = document.build()
    if document.size() > limits().small:  # what would be refused where it is read is not written
        open_package(content, own=True)
    return content


def _relative(path: Path, library: Path) -> str:
    try:
        return path.relative_to(library).as_posix()
    except ValueError:
        return path.name


def wanted_date(text: str = "") -> datetime.date | None:
    """The date that documents carry: as given, or that of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC).

    Raises:
        ValueError: the text is no date.
    """
    if text:
        return datetime.date.fromisoformat(text)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", ""):
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return None
