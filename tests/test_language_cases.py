"""Every code of the rooms formula, standard and report: the input that raises it, and what is told of it.

`tests/cases/<room>/<code>/` holds the input (`standard.yaml`, `data.yaml`, or both; `name` the standard that is asked
for, `path` the field that is explained) and the expected text in both languages and JSON; `--update-golden` accepts
what was obtained.
"""

import json
import shutil
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Invalid, Severity, describe
from generator.diagnostics.wording import formula_wording, report_wording, standard_wording
from generator.report import examine
from generator.standard import load_standard

CASES = Path(__file__).parent / "cases"
LIBRARY = Path(__file__).parent / "library"
ROOMS = {"formula": formula_wording.WORDING, "standard": standard_wording.WORDING, "report": report_wording.WORDING}
FOLDERS = [CASES / room / code for room, codes in ROOMS.items() for code in codes]


def findings(folder: Path) -> list[Diagnostic]:
    """What is found in the case's input, from within a folder that holds it."""
    try:
        loaded = None
        if (folder / "name").exists():
            loaded = load_standard((folder / "name").read_text(encoding="utf-8").strip())
        elif (folder / "standard.yaml").exists():
            loaded = load_standard("standard.yaml")
        if not (folder / "data.yaml").exists():
            return list(loaded.diagnostics) if loaded else []
        found, told = examine("data.yaml", loaded)
        if (folder / "path").exists():
            assert found is not None
            found.explain((folder / "path").read_text(encoding="utf-8").strip())
        return told
    except Invalid as error:
        return list(error.diagnostics)


def told(found: list[Diagnostic], language: str) -> str:
    """The findings as the command line prints them, with hints and the column of each."""
    lines = []
    for diagnostic in found:
        lines.append(describe(diagnostic, language))
        if diagnostic.hint_text:
            lines.append(f"    {diagnostic.hint_text.in_language(language)}")
    return "\n".join(lines) + "\n"


def it_has_a_case_for_every_code():
    for room, codes in ROOMS.items():
        folders = {path.name for path in (CASES / room).iterdir()}
        assert folders == set(codes)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def it_tells_what_is_wrong(folder, tmp_path, monkeypatch, request):
    library = tmp_path / "library"
    shutil.copytree(LIBRARY, library)
    work = tmp_path / "work"
    shutil.copytree(folder, work)
    for extra in folder.glob("*.yaml"):
        name = "case.yaml" if extra.name == "standard.yaml" else extra.name
        if extra.name != "data.yaml":
            shutil.copy(extra, library / "standards" / name)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(library))
    monkeypatch.chdir(work)
    found = findings(work)
    assert folder.name in {diagnostic.code for diagnostic in found}
    severities = [diagnostic.severity for diagnostic in found]
    obtained = {
        "findings.json": json.dumps(
            {
                "diagnostics": [diagnostic.as_json() for diagnostic in found],
                "errors": severities.count(Severity.ERROR),
                "warnings": severities.count(Severity.WARNING),
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n",
        "findings.txt": told(found, "zh"),
        "findings.en.txt": told(found, "en"),
    }
    for name, text in obtained.items():
        text = text.replace(str(library), "library")
        golden = folder / name
        if request.config.getoption("--update-golden"):
            golden.write_text(text, encoding="utf-8", newline="\n")
        assert golden.exists(), f"no golden {name}: run pytest --update-golden and look at what it says"
        assert golden.read_text(encoding="utf-8") == text
