"""A report's documents: each template of the standard rendered with the report."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

import generator
from generator.diagnostics import Diagnostic, InvalidTemplate
from generator.documents.any_template import open_template
from generator.documents.printed_blanks import printed_blanks
from generator.documents.stamp import Stamp, stamp_changes
from generator.figures import Blank, printing_a_report
from generator.ooxml.package import Package, build, open_package, parse_xml
from generator.report import Report
from generator.report.data_digest import data_digest
from generator.standard.identity import standard_digest, standard_reference

if TYPE_CHECKING:
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate

_CORE = "docProps/core.xml"
_DCTERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_compiled: dict[tuple[str, int, int], WordTemplate | ExcelTemplate] = {}


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A document: its file name, its content, and the notes of its rendering."""

    name: str
    content: bytes
    notes: tuple[Diagnostic, ...] = ()


def render_documents(
    report: Report, *, draft: bool = False, date: datetime.date | None = None, only: str = ""
) -> list[RenderedDocument]:
    """Every document that the report's standard names; the findings of all of them at once.

    Args:
        report: what they print.
        draft: print what is missing or at fault as 【待填：…】.
        date: the date of the documents' properties; the template's own where there is none.
        only: the kind of the documents that are wanted, `docx` or `xlsx`, those with macros among them; "" for all.

    Raises:
        InvalidTemplate: a template is at fault, or cannot print the report.
        Failure: a template cannot be read.
    """
    stamp = Stamp(
        standard_reference(report.standard),
        standard_digest(report.standard),
        data_digest(report),
        generator.__version__,
        "",
    )
    documents: list[RenderedDocument] = []
    faults: list[Diagnostic] = []
    printed: list[Blank] = []
    for planned, context in report.contexts(draft=draft, printed=printed):
        path = planned.template
        if only and planned.name[-4:-1].lower() != only[:3]:  # .docx and .docm, .xlsx and .xlsm
            continue
        printed.clear()
        try:
            template = compiled_template(path)
            with printing_a_report():
                content, notes = template.render_with_notes(context, draft=draft)
            notes += printed_blanks(printed, template.uses())
        except InvalidTemplate as refusal:
            faults += [finding.at(file=finding.location.file or str(path)) for finding in refusal.diagnostics]
            continue
        told = tuple(note.at(file=note.location.file or str(path)) for note in notes)
        own = replace(stamp, template=_relative(path, report.standard.library))
        documents.append(RenderedDocument(planned.name, finished(content, own, date), told))
    if faults:
        raise InvalidTemplate(faults)
    return documents


def compiled_template(path: Path) -> WordTemplate | ExcelTemplate:
    """A template compiled once in a process, and again when its file changed."""
    try:
        stat = path.stat()
        key = (str(path.resolve()), stat.st_mtime_ns, stat.st_size)
    except OSError:
        return open_template(path)  # says what is wrong with the file
    if key not in _compiled:
        _compiled[key] = open_template(path)
    return _compiled[key]


def finished(content: bytes, stamp: Stamp, date: datetime.date | None = None) -> bytes:
    """A document with its stamp, and with properties that say that it was created and changed on `date` (at 00:00 UTC)."""
    package = open_package(content, own=True)
    changes = stamp_changes(package, stamp)
    if date is not None and _CORE in package:
        changes[_CORE] = _dated(package, date)
    return build(package, changes)


def _dated(package: Package, date: datetime.date) -> bytes:
    root = parse_xml(package.read(_CORE), part=_CORE)
    for name in ("created", "modified"):
        element = root.find(_DCTERMS + name)
        if element is None:
            element = etree.SubElement(root, _DCTERMS + name)
        element.set(_XSI_TYPE, "dcterms:W3CDTF")
        element.text = f"{date.isoformat()}T00:00:00Z"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relative(path: Path, library: Path) -> str:
    return path.relative_to(library).as_posix() if path.is_relative_to(library) else path.name


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
