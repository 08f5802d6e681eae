"""Copies of templates with a comment at every finding: comments in Word, notes of cells in Excel.

Braces stand apart in a comment (`{ { 名称 } }`), because a template's comments may hold tags: the copy prints as the template does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic, InvalidDocument
from generator.diagnostics.finding import SEVERITIES
from generator.lint.annotated_workbook import annotate
from generator.lint.word_comments import commented
from generator.ooxml.file_endings import OFFICE_ENDINGS, WORD_ENDINGS
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import open_package, write_together


def annotated_copies(findings: Iterable[Diagnostic], folder: Path, language: str = "zh") -> list[Path]:
    """Write a copy of each template that has findings; the paths written, in the order of the findings.

    Args:
        findings: of templates and standards; those of standards have no copy to stand in.
        folder: where the copies go; two templates of one name get numbers.
        language: of the comments.

    Raises:
        Failure: the folder cannot be written, or a copy would take a template's place.
    """
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        file = finding.location.file
        if file is not None and Path(file).suffix.lower() in OFFICE_ENDINGS:
            by_file.setdefault(file, []).append(finding)
    written: dict[Path, bytes] = {}
    for file, found in by_file.items():
        content = _annotated(file, found, language)
        if content is not None:
            written[_free(folder / Path(file).name, written)] = content
    if written:
        folder.mkdir(parents=True, exist_ok=True)
        write_together(written, inputs=by_file, option="--annotate")
    return list(written)


def _annotated(file: str, found: Sequence[Diagnostic], language: str) -> bytes | None:
    try:
        package = open_package(file, own=True)
    except InvalidDocument:  # a damaged file holds no comments
        return None
    told = [(one.location.anchor or {}, _words(one, language)) for one in found]
    if Path(file).suffix.lower() in WORD_ENDINGS:
        return commented(package, told)
    overlay = Overlay(package)
    annotate(overlay, told)
    return overlay.build()


def _words(found: Diagnostic, language: str) -> str:
    place = f"{found.location.place.in_language(language)}：" if found.location.place else ""
    hint = f"\n{found.hint_text.in_language(language)}" if found.hint_text else ""
    severity = SEVERITIES[found.severity].in_language(language)
    text = f"{severity}[{found.code}] {place}{found.text.in_language(language)}{hint}"
    text = re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    return re.sub(r"(?<=[{}%#])(?=[{}%#])", " ", text)


def _free(path: Path, taken: dict[Path, bytes]) -> Path:
    number, found = 2, path
    while found in taken:
        found = path.with_stem(f"{path.stem} ({number})")
        number += 1
    return found
