"""A template of either engine, by its suffix; the other engine is not imported, nor anything that knows reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Failure, InvalidTemplate, Location
from generator.diagnostics.catalogue import diagnostic
from generator.documents.kept_templates import opened
from generator.ooxml.file_endings import EXCEL_ENDINGS, WORD_ENDINGS
from generator.ooxml.limits import macros_are_allowed
from generator.ooxml.package import named_stream, open_package, refuse_absent
from generator.ooxml.relationships import content_type_of, main_document

if TYPE_CHECKING:
    from generator.documents.chart_workbooks import WordTemplate
    from generator.excel.template import ExcelTemplate

_WITH_MACROS = (".docm", ".xlsm")


def refuse_hidden_macros(content: bytes, template: str, name: str) -> None:
    """Look whether a document with macros says so by its suffix; what it holds counts, not how its template is called.

    Args:
        content: the document.
        template: its template's file.
        name: the file that it is written to.

    Raises:
        Failure: it holds macros, and its name says that it holds none.
    """
    if macros_are_allowed() and not name.lower().endswith(_WITH_MACROS):
        package = open_package(content, own=True)
        if "macroEnabled" in content_type_of(package)(main_document(package)):
            raise Failure([diagnostic("macros-output", Location(file=template), template=template, name=name)])


def open_template(
    path: str | Path, undefined: str = "strict", content: bytes | None = None
) -> WordTemplate | ExcelTemplate:
    """The template of a file, Word or Excel by its suffix.

    Args:
        path: the file.
        undefined: what an undefined name is, "strict" or "empty".
        content: the file's, where it is not to be read: the path tells its kind, and findings bear it.

    Raises:
        InvalidTemplate: the suffix is neither's, or the template is at fault.
        Failure: the file cannot be read.
    """
    suffix = Path(path).suffix.lower()
    names = "empty" if undefined == "empty" else "strict"
    kind: type[WordTemplate | ExcelTemplate]
    if suffix in WORD_ENDINGS:
        from generator.documents.chart_workbooks import WordTemplate

        kind = WordTemplate
    elif suffix in EXCEL_ENDINGS:
        from generator.excel.template import ExcelTemplate

        kind = ExcelTemplate
    else:
        if content is None:
            refuse_absent(path)
        raise InvalidTemplate([diagnostic("template-unknown-type", name=path)])
    if content is not None:
        return kind(named_stream(str(path), content), undefined=names)
    return opened(kind, str(path), names)
