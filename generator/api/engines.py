"""What needs no data file: lint, the bare engines, their contexts, page numbers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Diagnostic, Failure, InvalidStandard
from generator.ooxml.file_endings import OFFICE_ENDINGS

if TYPE_CHECKING:
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate
    from generator.template.rendered import Rendered


def lint(target: str | os.PathLike[str], standard: str | os.PathLike[str] | None = None) -> list[Diagnostic]:
    """Everything that can be said of a standard and its templates, or of one template, before any data.

    Args:
        target: a standard's name or file, a library file of types, or a template.
        standard: the name or file of the standard whose fields a template prints.

    Raises:
        Failure: there is no such standard or file, or the standard that a template prints is broken.
    """
    from generator.lint import lint_standard, lint_template
    from generator.standard import load_standard as load
    from generator.standard.build_standard import examine_library

    if Path(target).suffix.lower() in OFFICE_ENDINGS:
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

    return plain_values(read_source(path, role="context"))
