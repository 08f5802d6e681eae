"""Standards, and the reports that are made of data files by them."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from generator.diagnostics import Diagnostic, InvalidReport, has_errors
from generator.kept.light_classes import dataclass
from generator.ooxml.package import write_together

if TYPE_CHECKING:
    from pydantic import BaseModel

    from generator.documents.produce import RenderedDocument
    from generator.report import Report as ComputedReport
    from generator.report.explanation import Explanation
    from generator.report.looked_up import LookedUp
    from generator.standard import Standard as LoadedStandard

Data = str | os.PathLike[str] | bytes | BinaryIO


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
        from generator.report.editor_schema import json_schema

        return json_schema(self._loaded)

    def data_model(self) -> type[BaseModel]:
        """The pydantic model of its data files: fields by their Chinese names, labels as titles, bounds and choices.

        It takes plain values and converts them as `read` does; formulas and checks are left to `read`.
        """
        from generator.report.pydantic_models import data_model

        return data_model(self._loaded)

    def form(self, data: Data | None = None, name: str | None = None, language: str = "zh") -> bytes:
        """The fill-in workbook (.xlsx), empty or filled from a data file.

        Args:
            data: path, content or binary file of a data file; None for an empty form.
            name: what findings call the file.
            language: of what the form says to the one who fills it in, `zh` or `en`; the standard's labels stay.

        Raises:
            Invalid: the data file's syntax is at fault.
            Failure: the file cannot be read.
        """
        from generator.form.forms import blank_form, form_of

        if data is None:
            return blank_form(self._loaded, language).content
        return form_of(data, self._loaded, name, language=language).content

    def blank_data_file(self, schema: str | None = None, language: str = "zh") -> str:
        """A data file to fill in: every field with label, unit, example and rule as comments.

        Args:
            schema: the JSON Schema's path or address for the line that editors read.
            language: of the comments, `zh` or `en`.
        """
        from generator.standard.blank_file import blank_data_file

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
        return self._computed.value(_name(path))

    def explain(self, path: str) -> Explanation:
        """How the value of a field came about.

        Raises:
            Failure: there is no such field.
        """
        return self._computed.explain(_name(path))

    def look_up(self, name: str) -> LookedUp:
        """What a name stands for: a field or parameter explained, the fields of that last name, or records as a table.

        Args:
            name: a path (`指标[0].得分`, `指标[0]`, `指标`), a parameter, or the last name of a field (`执行率`).

        Raises:
            Failure: there is nothing of that name.
        """
        return self._computed.look_up(_name(name))

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

        if date is not None and not isinstance(date, datetime.date):
            raise TypeError(f"date is a datetime.date, not {type(date).__name__}")
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


def _name(given: str) -> str:
    if not isinstance(given, str):
        raise TypeError(f"the path of a field is a text, not {type(given).__name__}")
    return given


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

    if standard is not None and not isinstance(standard, Standard):
        raise TypeError(f"standard is what load_standard gives, not {type(standard).__name__}")
    computed, findings = examine(data, standard._loaded if standard else None, name)
    return Examination(Report(computed) if computed else None, tuple(findings))
