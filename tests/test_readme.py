"""Every command and every line of Python in the READMEs does what they say, as typed in a copy of the tree."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.cli import run

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
DIFFERENT = "diff examples/letter.docx"  # documents that differ: exit code 1


def commands(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S)).splitlines()
    return [line.split(" #")[0].strip() for line in lines if line.startswith("generator ")]


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of what the commands name, and the folder of work."""
    for folder in ("data", "templates", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", READMES)
def it_runs_every_command(name, copy, capsys):
    typed = commands(name)
    assert len(typed) >= 14
    for line in typed:
        if "--pdf" in line:  # needs LibreOffice: held by the tests of rendering PDF
            continue
        code = run(shlex.split(line)[1:])
        captured = capsys.readouterr()
        assert code == (1 if DIFFERENT in line else 0), (line, captured.err)
        assert captured.out + captured.err


def it_tells_the_same_commands_in_both_languages():
    assert commands(READMES[0]) == commands(READMES[1])


@pytest.mark.parametrize("name", READMES)
def it_runs_the_python(name, copy):
    (source,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(compile(source, name, "exec"), names)
    assert all(Path(path).exists() for path in names["paths"])
    assert names["differences"]
    assert names["workbook"].startswith(b"PK")


@pytest.mark.parametrize("name", READMES)
def it_links_to_files_that_exist(name):
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
