"""Templates and standards examined before any data exists."""

from __future__ import annotations

import os
from pathlib import Path

from generator.diagnostics import Diagnostic, InvalidDocument, Location
from generator.diagnostics.catalogue import diagnostic
from generator.lint.item_documents import in_report, seen_by
from generator.lint.path_types import PlacedUse
from generator.lint.silenced import told_of_standard
from generator.lint.standard_rules import standard_rules
from generator.lint.unprinted_fields import unprinted
from generator.ooxml.active_content import active_findings
from generator.ooxml.file_endings import EXCEL_ENDINGS
from generator.ooxml.package import open_package
from generator.standard import Standard

_MISREAD = frozenset(
    ("lint-unknown-path", "lint-list-not-looped", "lint-list-printed", "lint-record-printed", "lint-loop-over-one")
)

__all__ = ["lint_standard", "lint_template"]


def lint_template(template: str | os.PathLike[str], standard: Standard | None = None) -> list[Diagnostic]:
    """Everything that can be said of a template before data: its tags, paths, guidance, fonts, blank lines.

    Args:
        template: a .docx, .dotx, .xlsx or .xlsm.
        standard: whose fields it prints; without one its paths are not checked.

    Raises:
        Failure: there is no such file.
    """
    return _examine(template, standard)[0]


def lint_standard(standard: Standard) -> list[Diagnostic]:
    """The templates of a standard, and its fields that none of them prints.

    Args:
        standard: a loaded standard; its own warnings come first.
    """
    found = list(standard.diagnostics)
    uses: list[PlacedUse] = []
    whole = bool(standard.documents)
    for document in standard.documents:
        path = standard.template_path(document)
        if not path.is_file():
            line, column = document.at
            where = Location(file=document.source.name, line=line, column=column)
            found.append(diagnostic("lint-template-missing", where, name=document.template))
            whole = False
            continue
        findings, used = _examine(path, seen_by(standard, document))
        found += findings
        uses += [in_report(placed, standard, document) for placed in used]
        whole = whole and bool(used or not findings)
    found += standard_rules(standard, [placed.use for placed in uses] if whole else None)
    if whole and not any(finding.code in _MISREAD for finding in found):  # a tag that is wrong was to print some field
        found += unprinted((placed.use for placed in uses), standard)
    return told_of_standard(found, standard)


def _examine(template: str | os.PathLike[str], standard: Standard | None) -> tuple[list[Diagnostic], list[PlacedUse]]:
    found, uses = _by_kind(template, standard)
    try:
        active = active_findings(open_package(os.fspath(template), own=True))
    except InvalidDocument:  # told already
        return found, uses
    told = set(found)
    return found + [one for one in active if one not in told], uses


def _by_kind(template: str | os.PathLike[str], standard: Standard | None) -> tuple[list[Diagnostic], list[PlacedUse]]:
    if Path(template).suffix.lower() in EXCEL_ENDINGS:
        from generator.lint.excel_lint import lint_excel

        return lint_excel(os.fspath(template), standard)
    from generator.lint.word_lint import lint_word

    return lint_word(os.fspath(template), standard)
