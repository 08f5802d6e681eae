"""Two documents, folders of them, or a document and a data file, compared by meaning."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.api.reports import Data, Report, examine
from generator.diagnostics import InvalidReport, has_errors
from generator.ooxml.file_endings import DATA_ENDINGS

if TYPE_CHECKING:
    from generator.compare import Comparison


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

    return path.suffix.lower() in DATA_ENDINGS or holds_form(path)


def _path(source: Data) -> Path | None:
    return Path(source) if isinstance(source, str | os.PathLike) else None


def _report_now(data: Path) -> Report:
    """The report that a data file gives now."""
    examined = examine(str(data))
    if examined.report is None or has_errors(examined.diagnostics):
        raise InvalidReport(examined.diagnostics)
    return examined.report
