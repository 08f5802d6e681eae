"""Every code of the rooms formula, standard and report: the input that raises it, and what is told of it.

`tests/cases/<room>/<code>/` holds the input (`standard.yaml`, `data.yaml`, or both; `name` the standard that is asked
for, `path` the field that is explained, `limits` those of `--limits`) and the expected text in both languages and JSON; `--update-golden` accepts
what was obtained.
"""

import shutil
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Invalid, describe
from generator.diagnostics.wording import formula_wording, report_wording, standard_wording
from generator.ooxml.limits import VARIABLE
from generator.report import examine
from generator.standard import load_standard
from generator.standard.kinds import KINDS
from tests.support.golden import check_every_code, check_golden
from tests.support.month_kind import MONTH

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


def told(found: Diagnostic, language: str) -> str:
    """A finding as the command line prints it, with its hint."""
    hint = f"\n    {found.hint_text.in_language(language)}" if found.hint_text else ""
    return describe(found, language) + hint


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
    monkeypatch.setitem(KINDS, MONTH.name, MONTH)  # a kind whose wrong values have no code of their own
    if (folder / "limits").exists():
        monkeypatch.setenv(VARIABLE, (folder / "limits").read_text(encoding="utf-8").strip())
    found = findings(work)
    assert folder.name in {diagnostic.code for diagnostic in found}
    update = request.config.getoption("--update-golden")
    check_golden(folder, found, update, told, (str(library), "library"))


def it_has_a_case_for_every_code():
    check_every_code((folder.name for folder in FOLDERS), *ROOMS)
