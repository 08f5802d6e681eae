"""The public classes and functions, thin over the rooms; `generator` hands them on."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from generator.diagnostics import (
    Diagnostic,
    Failure,
    Invalid,
    InvalidDocument,
    InvalidReport,
    InvalidStandard,
    InvalidTemplate,
    has_errors,
)
from generator.kept.light_classes import dataclass
from generator.ooxml.package import write_together

if TYPE_CHECKING:
    from pydantic import BaseModel

    from generator.batch.render_batch import render_batch
    from generator.compare import Comparison, settled, show, tracked
    from generator.documents.chart_workbooks import WordTemplate
    from generator.documents.produce import RenderedDocument
    from generator.excel.template import ExcelTemplate
    from generator.report import Explanation, LookedUp
    from generator.report import Report as ComputedReport
    from generator.standard import Standard as LoadedStandard
    from generator.template.rendered import Rendered

__all__ = [
    "Comparison",
    "ExcelTemplate",
    "Explanation",
    "Failure",
    "Invalid",
    "InvalidDocument",
    "InvalidReport",
    "InvalidStandard",
    "InvalidTemplate",
    "Report",
    "Standard",
    "WordTemplate",
    "available_standards",
    "compare",
    "examine",
    "lint",
    "load_standard",
    "marked",
    "open_template",
    "read_context",
    "render_batch",
    "settled",
    "show",
    "tracked",
    "with_page_numbers",
]

DATA_SUFFIXES = (".yaml", ".yml", ".json")
_TEMPLATE_SUFFIXES = (".docx", ".dotx", ".docm", ".dotm", ".xlsx", ".xltx", ".xlsm", ".xltm")
Data = str | os.PathLike[str] | bytes | BinaryIO


# what a command does not need it should not pay for: the engines bring docxtpl and openpyxl
_LATER = {
    "Comparison": "generator.compare",
    "ExcelTemplate": "generator.excel.template",
    "Explanation": "generator.report",
    "WordTemplate": "generator.documents.chart_workbooks",
    "render_batch": "generator.batch.render_batch",
    "settled": "generator.compare",
    "show": "generator.compare",
    "tracked": "generator.compare",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'generator.api' has no attribute {name!r}")


class Standard:
    """What a bureau issues for one report; made by `load_standard`."""

    def __init__(self, loaded: LoadedStandard):
        self._loaded = loaded

    @property
    def id(self) -> str:
        """Its name: `shifeng-2020`."""
        return self._loaded.id

    @property
    def title(self) -> str:
        """The report's title."""
        return self._loaded.title

    @property
    def version(self) -> str:
        """Its version: `1.0.0`."""
        return self._loaded.version

    def read(self, data: Data, name: str | None = None) -> Report:
        """Read a data file, compute and check it.

        Args:
            data: path, content or binary file: YAML, JSON or a filled-in form.
            name: what findings call the file; the path as typed where it is not given.

        Raises:
            InvalidReport: with every finding, warnings too, if any is an error.
            Failure: the file cannot be read.
        """
        examined = examine(data, self, name)
        if examined.report is None or has_errors(examined.diagnostics):
            raise InvalidReport(examined.diagnostics)
        return examined.report

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of its data files."""
        from generator.standard import json_schema

        return json_schema(self._loaded)

    def data_model(self) -> type[BaseModel]:
        """The pydantic model of its data files: fields by their Chinese names, labels as titles, bounds and choices.

        It takes plain values and converts them as `read` does; formulas and checks are left to `read`.
        """
        from generator.standard import data_model

        return data_model(self._loaded)

    def form(self, data: Data | None = None, name: str | None = None) -> bytes:
        """The fill-in workbook (.xlsx), empty or filled from a data file.

        Args:
            data: path, content or binary file of a data file; None for an empty form.
            name: what findings call the file.

        Raises:
            Invalid: the data file's syntax is at fault.
            Failure: the file cannot be read.
        """
        from generator.form.forms import blank_form, form_of

        return blank_form(self._loaded).content if data is None else form_of(data, self._loaded, name).content

    def blank_data_file(self, schema: str | None = None, language: str = "zh") -> str:
        """A data file to fill in: every field with label, unit, example and rule as comments.

        Args:
            schema: the JSON Schema's path or address for the line that editors read.
            language: of the comments, `zh` or `en`.
        """
        from generator.standard import blank_data_file

        return blank_data_file(self._loaded, schema, language)


class Report:
    """A data file after validation, computation and checks; made by `Standard.read`."""

    def __init__(self, computed: ComputedReport):
        self._computed = computed

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings that do not stop it: warnings, notes; of a draft, missing values too."""
        return self._computed.diagnostics

    def value(self, path: str) -> Any:
        """The value of a field, as templates see it.

        Raises:
            KeyError: there is no such field.
        """
        return self._computed.value(path)

    def explain(self, path: str) -> Explanation:
        """How the value of a field came about.

        Raises:
            Failure: there is no such field.
        """
        return self._computed.explain(path)

    def look_up(self, name: str) -> LookedUp:
        """What a name stands for: a field or parameter explained, the fields of that last name, or records as a table.

        Args:
            name: a path (`指标[0].得分`, `指标[0]`, `指标`), a parameter, or the last name of a field (`执行率`).

        Raises:
            Failure: there is nothing of that name.
        """
        return self._computed.look_up(name)

    def documents(
        self,
        *,
        draft: bool = False,
        date: datetime.date | None = None,
        isolated: bool | None = None,
        page_numbers: bool = False,
    ) -> list[RenderedDocument]:
        """The documents that the standard names, rendered: names, contents, notes.

        Args:
            draft: print what is missing as highlighted 【待填：…】.
            date: the date of the documents' properties; by default that of `SOURCE_DATE_EPOCH`, else the template's own.
            isolated: render in a process of its own; None: where the standard was installed from a package.
            page_numbers: fill in the pages in tables of contents and references, by LibreOffice's layout.

        Raises:
            InvalidTemplate: a template is at fault, or cannot print the report.
            Failure: a template cannot be read, the process met a bound, or LibreOffice is missing or failed.
        """
        from generator.documents.produce import render_documents, wanted_date

        return render_documents(
            self._computed, draft=draft, date=date or wanted_date(), isolated=isolated, page_numbers=page_numbers
        )

    def render(
        self,
        folder: str | os.PathLike[str],
        *,
        draft: bool = False,
        date: datetime.date | None = None,
        isolated: bool | None = None,
        page_numbers: bool = False,
    ) -> list[Path]:
        """Render the documents into a folder, all of them or none; their paths (see `documents`).

        Raises:
            InvalidTemplate: a template is at fault, or cannot print the report.
            Failure: a file cannot be read or written.
        """
        documents = self.documents(draft=draft, date=date, isolated=isolated, page_numbers=page_numbers)
        files = {Path(folder) / document.name: document.content for document in documents}
        write_together(files, inputs=[*self._computed.standard.read_from, self._computed.source.name or os.devnull])
        return list(files)


@dataclass(frozen=True, slots=True)
class Examination:
    """Every finding about a data file, and the report where nothing but missing values stands against it."""

    report: Report | None
    diagnostics: tuple[Diagnostic, ...]


def load_standard(name: str | os.PathLike[str]) -> Standard:
    """The standard of a name (searched in `GENERATOR_LIBRARY`, `./templates`, the user's library, the package) or a path.

    Raises:
        InvalidStandard: with every fault, each at its line.
        Failure: there is no such standard.
    """
    from generator.standard import load_standard

    return Standard(load_standard(name))


def available_standards(hidden: bool = False) -> list[Any]:
    """What is available: id, version, fiscal year, issuer, title, path.

    Args:
        hidden: whether those are listed too that are taken only where their version is asked for (`hidden_by` tells by what).
    """
    from generator.standard import available

    return available(hidden)


def examine(data: Data, standard: Standard | None = None, name: str | None = None) -> Examination:
    """Every finding about a data file.

    Raises:
        InvalidStandard: its standard is at fault.
        Failure: the file, or the standard that it names, cannot be read.
    """
    from generator.report import examine

    computed, findings = examine(data, standard._loaded if standard else None, name)
    return Examination(Report(computed) if computed else None, tuple(findings))


def lint(target: str | os.PathLike[str], standard: str | os.PathLike[str] | None = None) -> list[Diagnostic]:
    """Everything that can be said of a standard and its templates, or of one template, before any data.

    Args:
        target: a standard's name or file, a library file of types, or a template.
        standard: the name or file of the standard whose fields a template prints.

    Raises:
        Failure: there is no such standard or file, or the standard that a template prints is broken.
    """
    from generator.lint import lint_standard, lint_template
    from generator.standard import examine_library
    from generator.standard import load_standard as load

    if Path(target).suffix.lower() in _TEMPLATE_SUFFIXES:
        try:
            loaded = load(standard) if standard is not None else None
        except InvalidStandard as fault:
            raise Failure(fault.diagnostics) from None
        return lint_template(target, loaded)
    try:
        return lint_standard(load(target, thorough=True))
    except InvalidStandard as fault:
        if any(finding.code == "standard-is-library" for finding in fault.diagnostics):
            return examine_library(target)
        return list(fault.diagnostics)


def open_template(path: str | os.PathLike[str], undefined: str = "strict") -> WordTemplate | ExcelTemplate:
    """The Word or Excel template of a file, by its suffix.

    Raises:
        InvalidTemplate: it is neither, or at fault.
        Failure: it cannot be read.
    """
    from generator.documents.any_template import open_template

    return open_template(Path(path), undefined)


def with_page_numbers(document: bytes | str | os.PathLike[str], name: str = "") -> Rendered:
    """A rendered Word document whose tables of contents and references show pages, those of LibreOffice's layout.

    Args:
        document: its content, or its path.
        name: its file name, for findings.

    Raises:
        Failure: it cannot be read, or LibreOffice is missing or failed.
        InvalidDocument: it is damaged.
    """
    from generator.documents.page_numbers import with_page_numbers
    from generator.documents.pdf import find_soffice
    from generator.ooxml.package import read_bytes
    from generator.template.rendered import Rendered

    path, content = read_bytes(document)
    return Rendered(*with_page_numbers(content, name or path or "(bytes)", find_soffice()))


def read_context(path: str | os.PathLike[str]) -> Any:
    """A JSON or YAML file as plain values (the context of a template without a standard).

    Raises:
        Invalid: it is no sound JSON or YAML; every finding.
        Failure: it cannot be read.
    """
    from generator.source import plain_values, read_source

    return plain_values(read_source(path))


def compare(
    a: Data,
    b: Data,
    *,
    level: str | None = None,
    ignore: Iterable[str | Mapping[str, str]] = (),
    tolerance: float | str | None = None,
    rules: str | os.PathLike[str] | None = None,
    formatting: str | None = None,
) -> Comparison:
    """Compare two documents, two folders of documents, or a document with a data file, by meaning.

    Args:
        a: the old one: path, bytes or binary file of a Word or Excel document, or a folder.
        b: the new one; a data file (by its suffix) stands for what rendering it now gives.
        level: "text", "structure" (the default) or "format"; each holds those before it.
        ignore: what to overlook: a place (`表2 第5行`), `field:…`, `pattern:…`.
        tolerance: numbers closer than this are the same: an amount (0.01) or a share ("0.1%").
        rules: a `diff.yaml` with the same.
        formatting: of Word documents at level format, "effective" (what a reader sees; the default) or "literal".

    Returns:
        the differences, to iterate over, and what was not compared.

    Raises:
        Failure: a file is missing, or an option makes no sense.
        InvalidDocument: a file is damaged, encrypted, or neither a Word nor an Excel file.
        InvalidReport: the data file holds errors.
    """
    from generator.compare import compare, compare_folders, compare_rendered, read_rules
    from generator.compare.marks import document_fields

    settled = read_rules(Path(rules)) if rules is not None else None
    one, two = _path(a), _path(b)
    if one is not None and two is not None:
        if _is_data(two) and not _is_data(one):
            report = _report_now(two)
            return compare_rendered(
                one,
                {document.name: document.content for document in report.documents()},
                lambda: document_fields(report._computed),
                level=level,
                ignore=ignore,
                tolerance=tolerance,
                rules=settled,
                formatting=formatting,
            )
        if one.is_dir() and two.is_dir():
            return compare_folders(
                one, two, level=level, ignore=ignore, tolerance=tolerance, rules=settled, formatting=formatting
            )
    return compare(a, b, level=level, ignore=ignore, tolerance=tolerance, rules=settled, formatting=formatting)


def marked(
    a: Data,
    b: Data,
    *,
    level: str | None = None,
    ignore: Iterable[str | Mapping[str, str]] = (),
    tolerance: float | str | None = None,
    language: str = "zh",
) -> bytes:
    """Workbook `b` with what differs from workbook `a` marked: shaded cells, notes of old values, a sheet of all differences.

    Args:
        a, b: the old and the new workbook: path, bytes or binary file.
        level, ignore, tolerance: as for `compare`.
        language: of the notes and the list, `zh` or `en`.

    Raises:
        Failure: a file is missing, or an option makes no sense.
        InvalidDocument: a file is damaged, or is no workbook.
    """
    from generator.compare import compare, marked
    from generator.ooxml.package import read_bytes

    old, new = (read_bytes(side)[1] for side in (a, b))
    return marked(new, compare(old, new, level=level, ignore=ignore, tolerance=tolerance), language)


def _is_data(path: Path) -> bool:
    from generator.source import holds_form

    return path.suffix.lower() in DATA_SUFFIXES or holds_form(path)


def _path(source: Data) -> Path | None:
    return Path(source) if isinstance(source, str | os.PathLike) else None


def _report_now(data: Path) -> Report:
    """The report that a data file gives now."""
    examined = examine(str(data))
    if examined.report is None or has_errors(examined.diagnostics):
        raise InvalidReport(examined.diagnostics)
    return examined.report
