"""Golden findings: what a case reports, as the command line prints it, in both languages, and as JSON: one file a case.

A case is a folder that holds `expected.txt` beside its input. `pytest --update-golden` writes it anew from what was obtained; read
the difference before you keep it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from generator.cli.console import diagnostic_text, diagnostics_json
from generator.diagnostics import LANGUAGES, Diagnostic

_JSON = "[json]\n"


def check_golden(
    folder: Path,
    findings: Sequence[Diagnostic],
    update: bool,
    told: Callable[[Diagnostic, str], str] = diagnostic_text,
    replaced: tuple[str, str] = ("", ""),
) -> None:
    """Compare findings with a case's expectation, or write it.

    Args:
        folder: the case.
        findings: what was obtained.
        update: whether to write.
        told: how a finding is printed in a language.
        replaced: what of this run's folders reads otherwise in the expectation.
    """
    parts = ["\n".join([f"[{language}]", *(told(one, language) for one in findings), ""]) for language in LANGUAGES]
    parts.append(_JSON + json.dumps(diagnostics_json(findings, "zh"), ensure_ascii=False, indent=1) + "\n")
    text = "\n".join(parts)
    text = text.replace(*replaced) if replaced[0] else text
    golden = folder / "expected.txt"
    if update:
        folder.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert golden.exists(), f"no {golden}: run pytest --update-golden and read what it says"
    assert text == golden.read_text(encoding="utf-8")


def expected_json(folder: Path) -> dict[str, Any]:
    """The findings that a case expects, as `--format json` prints them in Chinese."""
    return json.loads((folder / "expected.txt").read_text(encoding="utf-8").rpartition(_JSON)[2])


def expected_codes(folder: Path) -> set[str]:
    """The codes of the findings that a case expects, as JSON or as a command prints them."""
    text = (folder / "expected.txt").read_text(encoding="utf-8")
    if _JSON in text:
        return {finding["code"] for finding in expected_json(folder)["diagnostics"]}
    return set(re.findall(r"(?:错误|警告|提示|error|warning|info)\[([a-z0-9-]+)\]", text))


def codes_of(*rooms: str) -> set[str]:
    """The codes of the catalogue whose wording stands in these rooms' files."""
    return {code for room in rooms for code in import_module(f"generator.diagnostics.wording.{room}_wording").WORDING}


def check_every_code(made: Iterable[str], *rooms: str) -> None:
    """Hold that a test makes a case of each code of these rooms; what the cases tell is held by `tests/diagnostics`."""
    assert codes_of(*rooms) <= {*made}
