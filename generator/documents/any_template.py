"""A template of either engine, by its suffix; the other engine is not imported, nor anything that knows reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.catalogue import diagnostic
from generator.documents.kept_templates import opened

if TYPE_CHECKING:
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate

WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
EXCEL_SUFFIXES = (".xlsx", ".xlsm", ".xltx")


def open_template(path: str | Path, undefined: str = "strict") -> WordTemplate | ExcelTemplate:
    """The template of a file, Word or Excel by its suffix.

    Raises:
        InvalidTemplate: the suffix is neither's, or the template is at fault.
        Failure: the file cannot be read.
    """
    suffix = Path(path).suffix.lower()
    names = "empty" if undefined == "empty" else "strict"
    if suffix in WORD_SUFFIXES:
        from generator.documents.chart_workbooks import WordTemplate

        return opened(WordTemplate, lambda source: WordTemplate(source, undefined=names), str(path), names)
    if suffix in EXCEL_SUFFIXES:
        from generator.excel.template import ExcelTemplate

        return opened(ExcelTemplate, lambda source: ExcelTemplate(source, undefined=names), str(path), names)
    raise InvalidTemplate([diagnostic("template-unknown-type", name=path)])
