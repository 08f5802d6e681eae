"""A golden case for every finding about a data file that cannot be read: its input, and what is told of it in both languages and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics.catalogue import catalogue
from generator.source import plain_values, read_source
from tests.support.golden import check_every_code, check_golden
from tests.support.told import CASES, told

# What is too large to keep as a file.
MADE: dict[str, Callable[[], object]] = {
    "text-too-long": lambda: read_source(("说明: " + "完成" * 60_000 + "\n").encode(), "data.yaml"),
    "number-out-of-range": lambda: plain_values(
        read_source("编号: 1e999\n金额: 0.5e-400\n合计: 0e-400\n".encode(), "data.yaml")
    ),
    "source-too-large": lambda: read_source(b"#" * ((64 << 20) + 1), "data.yaml"),
}
KEPT = {folder.name: folder for folder in sorted((CASES / "source").iterdir()) if any(folder.glob("data.*"))}


@pytest.mark.parametrize("case", sorted({*MADE, *KEPT}))
def it_says_what_is_wrong(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    make = MADE.get(case)
    if make is None:
        file = next(KEPT[case].glob("data.*"))
        findings = told(lambda: read_source(file, file.name))
    else:
        findings = told(make)
    if case in catalogue():
        assert {finding.code for finding in findings} == {case}
    check_golden(CASES / "source" / case, findings, bool(request.config.getoption("--update-golden")))


def it_has_a_case_for_every_code():
    check_every_code((*MADE, *KEPT), "source", "syntax")
