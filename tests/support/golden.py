"""Golden findings: what a case reports, as the command line prints it, as text and as JSON, in both languages.

A case is a folder that holds `expected.txt` and `expected.json` beside its input. `pytest --update-golden` writes them
anew from what was obtained; read the difference before you keep it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from generator.cli.console import diagnostic_text, diagnostics_json
from generator.diagnostics import LANGUAGES, Diagnostic


def check_golden(folder: Path, findings: Sequence[Diagnostic], update: bool) -> None:
    """Compare findings with a case's expectation, or write it.

    Args:
        folder: the case.
        findings: what was obtained.
        update: whether to write.
    """
    text = "\n".join(
        "\n".join([f"[{language}]", *(diagnostic_text(finding, language) for finding in findings), ""])
        for language in LANGUAGES
    )
    data = {language: diagnostics_json(findings, language) for language in LANGUAGES}
    if update:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "expected.txt").write_text(text, encoding="utf-8", newline="\n")
        written = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        (folder / "expected.json").write_text(written, encoding="utf-8", newline="\n")
    assert text == (folder / "expected.txt").read_text(encoding="utf-8")
    assert data == json.loads((folder / "expected.json").read_text(encoding="utf-8"))
