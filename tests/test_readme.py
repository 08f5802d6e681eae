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


def it_runs_every_command(copy, capsys):
    typed = commands(READMES[0])
    assert len(typed) >= 14
    for line in typed:
        if "--pdf" in line:  # needs LibreOffice: held by the tests of rendering PDF
            continue
        code = run(shlex.split(line)[1:])
        captured = capsys.readouterr()
        assert code == (1 if DIFFERENT in line else 0), (line, captured.err)
        assert captured.out + captured.err


@pytest.mark.parametrize("name", READMES)
def it_shows_what_is_printed(name, copy, capsys):
    text = (ROOT / name).read_text(encoding="utf-8")
    data = copy / "data" / "shifeng-2020.yaml"
    wrong = data.read_text(encoding="utf-8").replace("            得分: 15\n", "            得分: 16\n", 1)
    data.write_text(wrong, encoding="utf-8")
    assert run(["check", "data/shifeng-2020.yaml"]) == 1
    assert f"\n```\n{capsys.readouterr().out}```\n" in text
    (shown,) = re.findall(rf"^generator {DIFFERENT} \S+ +# (.*)$", text, re.M)
    assert run(["fill", "examples/letter.docx", "examples/letter.json", "-o", "out/letter.docx"]) == 0
    assert run(f"{DIFFERENT} out/letter.docx".split()) == 1
    assert shown in capsys.readouterr().out.splitlines()


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


@pytest.mark.parametrize("name", ["docs/python.md", "docs/python.zh-CN.md"])
def it_runs_the_python_of_the_guide(name, copy):
    names: dict[str, Any] = {}
    for source in re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S):
        exec(compile(source, name, "exec"), names)
    assert names["differences"]
    assert [result.code for result in names["results"]] == [0, 0]


PAIRS = sorted(path for path in (ROOT / "docs").glob("*.zh-CN.md") if path.with_name(f"{path.name[:-9]}.md").exists())


@pytest.mark.parametrize("chinese", PAIRS, ids=lambda path: path.name)
def it_says_the_same_in_both_languages(chinese):
    """As many headings of each level, and the same examples but for their comments."""
    english = chinese.with_name(f"{chinese.name[:-9]}.md")
    texts = [path.read_text(encoding="utf-8") for path in (english, chinese)]
    headings = [
        [line.split(" ")[0] for line in re.sub(r"```.*?```", "", text, flags=re.S).splitlines() if line.startswith("#")]
        for text in texts
    ]
    assert headings[0] == headings[1]
    examples = [
        [re.sub(r"\s*#.*", "", block) for block in re.findall(r"```(?:python|sh|yaml)\n(.*?)```", text, re.S)]
        for text in texts
    ]
    assert examples[0] == examples[1]
