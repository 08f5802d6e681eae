"""Every document of every sample is valid: Word, WPS and Excel open it without a repair."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import load_standard
from tests.support import ooxml

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(ROOT.glob("data/*-20??.yaml"))


@pytest.mark.parametrize("data", SAMPLES, ids=lambda path: path.stem)
def it_writes_valid_documents(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    paths = load_standard(data.stem).read(data).render(tmp_path)
    assert {Path(path).suffix for path in paths} == {".docx", ".xlsx"}
    for path in map(Path, paths):
        template = ROOT / "templates" / path.suffix[1:] / f"{data.stem}{path.suffix}"
        ooxml.assert_valid(path, template)


@pytest.mark.parametrize("data", SAMPLES, ids=lambda path: path.stem)
def it_has_valid_templates(data: Path) -> None:
    for suffix in ("docx", "xlsx"):
        ooxml.assert_valid(ROOT / "templates" / suffix / f"{data.stem}.{suffix}")
