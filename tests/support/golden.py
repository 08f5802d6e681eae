"""Golden findings: what a case reports, as text and as JSON, in both languages.

A case is a folder that holds `expected.txt` and `expected.json` beside its input. `pytest --update-golden` writes them
anew from what was obtained; read the difference before you keep it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import LANGUAGES, Diagnostic, describe


def check_golden(folder: Path, findings: Sequence[Diagnostic], update: bool) -> None:
    """Compare findings with a case's expectation, or write it.

    Args:
        folder: the case.
        findings: what was obtained.
        update: whether to write.
    """
    text = "\n".join(
        f"[{language}]\n" + "".join(shown(finding, language) for finding in findings) for language in LANGUAGES
    )
    data = {language: [finding.as_json(language) for finding in findings] for language in LANGUAGES}
    if update:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "expected.txt").write_text(text, encoding="utf-8", newline="\n")
        written = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        (folder / "expected.json").write_text(written, encoding="utf-8", newline="\n")
    assert text == (folder / "expected.txt").read_text(encoding="utf-8")
    assert data == json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def shown(finding: Diagnostic, language: str) -> str:
    """A finding with its line, a caret below the column, and its hint."""
    where = finding.location
    lines = [describe(finding, language)]
    if where.excerpt is not None and where.column is not None and len(where.excerpt) < 200:
        before = where.excerpt.replace("\t", " ")[: where.column - 1]
        width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in before)
        lines += ["    " + where.excerpt.replace("\t", " "), "    " + " " * width + "^"]
    if finding.hint_text is not None:
        lines.append("  → " + finding.hint_text.in_language(language))
    return "\n".join(line.rstrip() for line in lines) + "\n"
