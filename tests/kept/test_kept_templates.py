"""Rendering with a cache: the same documents and the same findings, from a second process on without compiling."""

import hashlib
import shutil
from pathlib import Path

import pytest

from generator.cli import run
from generator.diagnostics import InvalidStandard, InvalidTemplate
from generator.documents import produce
from generator.documents.any_template import open_template
from generator.excel.compile import sheet
from generator.kept import cache_folder
from generator.standard import build_standard, load
from generator.word.compile import stories

DATA = sorted(Path("data").glob("*.yaml"))


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv(cache_folder.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def another_process(monkeypatch):
    """What a process has in memory goes; compiling is an error from now on."""
    forget()

    def refused(*arguments, **named):
        raise AssertionError("it compiles again")

    monkeypatch.setattr(stories, "compile_stories", refused)
    monkeypatch.setattr(sheet, "Compiler", refused)
    monkeypatch.setattr(build_standard, "build_standard", refused)


def forget():
    produce._compiled.cache_clear()
    load._LOADED.clear()


def contents(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.parametrize("data", DATA, ids=lambda path: path.stem)
def it_prints_the_same_bytes_without_compiling(cache, data, tmp_path, monkeypatch, capsys):
    told = []
    for name in ("off", "first", "second"):
        if name == "second":
            another_process(monkeypatch)
        else:
            forget()
        assert run([*(["--no-cache"] if name == "off" else []), "render", str(data), "-o", str(tmp_path / name)]) == 0
        told.append(capsys.readouterr().err)
        monkeypatch.setenv(cache_folder.VARIABLE, str(cache))
    assert contents(tmp_path / "off") == contents(tmp_path / "first") == contents(tmp_path / "second")
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("name", ["docx/shifeng-2020.docx", "xlsx/shifeng-2020.xlsx"])
def it_tells_every_fault_as_without_it(cache, name):
    path = Path("templates") / name
    refused = []
    for _ in range(2):
        with pytest.raises(InvalidTemplate) as fault:
            open_template(path).render({})
        refused.append(fault.value.diagnostics)
    assert refused[0] == refused[1]
    assert len(refused[0]) > 3


@pytest.mark.parametrize("name", ["docx/shifeng-2020.docx", "xlsx/shifeng-2020.xlsx"])
def it_knows_what_the_template_uses(cache, name, monkeypatch):
    path = Path("templates") / name
    first = list(open_template(path).uses())
    another_process(monkeypatch)
    assert list(open_template(path).uses()) == first


def it_compiles_again_what_was_changed(cache, tmp_path, capsys):
    library = tmp_path / "library"
    shutil.copytree("templates", library)
    standard = library / "standards" / "shifeng-2020.yaml"
    assert run(["lint", str(standard)]) in (0, 1)
    assert load.load_standard(standard).title
    forget()
    standard.write_text(standard.read_text(encoding="utf-8").replace("version: 1.", "version: 9."), encoding="utf-8")
    assert load.load_standard(standard).version.startswith("9.")
    shared = library / "standards" / "common.yaml"
    forget()
    shared.write_text(shared.read_text(encoding="utf-8") + "\nunknown_key: 1\n", encoding="utf-8")
    with pytest.raises(InvalidStandard, match="unknown_key"):
        load.load_standard(standard)


def it_shows_and_clears_the_cache(cache, tmp_path, capsys):
    forget()
    assert run(["check", "data/shifeng-2020.yaml"]) == 0
    assert len(cache_folder.entries(cache)) == 1
    capsys.readouterr()
    assert run(["cache", "show"]) == 0
    shown = capsys.readouterr()
    assert shown.out == f"{cache}\n"
    assert "1 项" in shown.err
    assert run(["cache", "clear"]) == 0
    assert not cache_folder.entries(cache)
    assert run(["--no-cache", "cache", "show"]) == 0
    assert "没有使用缓存" in capsys.readouterr().out
