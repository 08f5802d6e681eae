"""Standards and data files written in a test."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic, InvalidStandard
from generator.report import Report, examine, read_report
from generator.standard import Standard, load_standard

LIBRARY = Path(__file__).parents[1] / "library"
HEAD = "standard: case\ntitle: 例\nversion: 1.0.0\n"


def standard(folder: Path, text: str, **libraries: str) -> Standard:
    """A standard from its text after the head; `libraries` are files beside it, by name."""
    for name, content in libraries.items():
        (folder / f"{name}.yaml").write_text(f"library: {name}\n{content}", encoding="utf-8")
    path = folder / "case.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_standard(str(path))


def faults(folder: Path, text: str, **libraries: str) -> list[tuple[str, int | None, int | None]]:
    """Code, line and column of each finding in a standard whose text begins on line 4; none where it is sound."""
    try:
        standard(folder, text, **libraries)
    except InvalidStandard as invalid:
        return [(found.code, found.location.line, found.location.column) for found in invalid.diagnostics]
    return []


def report(used: Standard, text: str) -> Report:
    """The report of a data file's text."""
    return read_report(("标准: case\n" + text).encode(), used, name="data.yaml")


def findings(used: Standard, text: str) -> list[Diagnostic]:
    """What is found in a data file's text, whose lines count from 2."""
    return examine(("标准: case\n" + text).encode(), used, name="data.yaml")[1]


def told(used: Standard, text: str) -> list[tuple[str, int | None, int | None, str | None]]:
    """Code, line, column and path of each finding."""
    return [
        (found.code, found.location.line, found.location.column, found.location.path) for found in findings(used, text)
    ]
