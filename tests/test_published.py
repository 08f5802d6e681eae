"""The published figures and the corrected ones: `generator check` finds in the first what the second no longer has.

tests/cases/<id>-as-published/data.yaml holds the figures as published; expected.json is the golden output of
`generator check --format json`, written anew by `generator check tests/cases/<id>-as-published/data.yaml --format json`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import run

ROOT = Path(__file__).parent.parent
# Errors and warnings: a figure that changes here is a finding that came or went.
TOLD = {
    "beita-2023-as-published": (9, 8),
    "dayu-2020-as-published": (5, 4),
    "huidong-2023-as-published": (0, 2),
    "shifeng-2020-as-published": (6, 5),
    "wanzhou-2020-as-published": (13, 10),
}
CASES = sorted(path.parent.name for path in (ROOT / "tests/cases").glob("*-as-published/data.yaml"))
DATA = sorted(path.name for path in (ROOT / "data").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("GENERATOR_LANG", raising=False)


def it_has_cases():
    assert "shifeng-2020-as-published" in CASES
    assert {case.removesuffix("-as-published") + ".yaml" for case in CASES} <= set(DATA)


@pytest.mark.parametrize("case", CASES)
def it_finds_what_the_published_figures_contradict(case: str, capsys: pytest.CaptureFixture[str]):
    code = run(["check", f"tests/cases/{case}/data.yaml", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found == json.loads((ROOT / "tests/cases" / case / "expected.json").read_text("utf-8"))
    assert code == (1 if found["errors"] else 0)
    assert (found["errors"], found["warnings"]) == TOLD[case]


@pytest.mark.parametrize("name", DATA)
def it_finds_nothing_in_the_corrected_figures(name: str, capsys: pytest.CaptureFixture[str]):
    assert run(["check", f"data/{name}", "--format", "json", "--strict"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["errors"], found["warnings"]) == (0, 0)
