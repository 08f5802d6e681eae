"""A golden case for every finding of the command line: the command, and what it prints in both languages."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer

from generator.cli import run
from generator.diagnostics.wording.cli_wording import WORDING
from tests.support.words import document, members, pack, paragraph

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "cli"
COMMANDS = {
    "usage-unknown-command": ["chek", "数据.yaml"],
    "usage-unknown-option": ["check", "--formt", "json", "数据.yaml"],
    "usage-missing": ["render"],
    "usage-bad-value": ["check", "--format", "xml", "数据.yaml"],
    "usage-extra": ["show", "a.docx", "b.docx"],
    "usage-repeated": ["render", "数据.yaml", "-o", "a", "--output=b"],
    "usage-option-value": ["render", "数据.yaml", "-o"],
    "usage-wrong": [],
    "no-data-files": ["render", "空"],
    "same-output": ["render", "一.yaml", "二.yaml", "-o", "out"],
    "template-unknown-type": ["fill", "一.yaml", "一.yaml", "-o", "a.docx"],
    "macros-output": ["fill", "模板.docm", "一.yaml", "-o", "结果.docx", "--allow-macros"],
    "isolated-ended": ["fill", "模板.docx", "一.yaml", "-o", "结果.docx", "--isolated", "--limits", "memory=70000000"],
    "isolated-refused": ["lint", "模板.docx", "--isolated", "--annotate", "批注"],
    "bad-date": ["render", "一.yaml", "--date", "2021-2-30"],
    "fix-form": ["check", "填报.xlsx", "--fix"],
    "fix-input": ["check", "-", "--fix"],
    "stdout-lost": ["standards"],
    "output-edited": ["render", "一.yaml", "-o", "改"],
    "output-exists": ["new", "huidong-2023", "-o", "一.yaml"],
    "internal-error": ["show", "a.docx"],
    "explain-what": ["explain", "check-faild"],
    "worker-died": ["render", "一.yaml", "二.yaml", "--workers", "2", "-o", "out"],
    "executor-failed": ["render", "一.yaml", "--cluster", "tcp://127.0.0.1:9", "-o", "out"],
    "cluster-missing": ["render", "一.yaml", "--cluster", "tcp://127.0.0.1:9"],
    "cluster-unreachable": ["render", "一.yaml", "--cluster", "没有"],
}


def dies(job):
    """A worker that is ended from outside."""
    os._exit(1)


@pytest.mark.parametrize("code", WORDING)
def it_answers_as_the_golden_case_says(code, tmp_path, monkeypatch, capsys, request):
    monkeypatch.chdir(tmp_path)
    for name in ("GENERATOR_ALLOW_MACROS", "GENERATOR_ISOLATED", "GENERATOR_LIMITS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    Path("空").mkdir()
    for name in ("一.yaml", "二.yaml"):
        Path(name).write_bytes((ROOT / "data" / "huidong-2023.yaml").read_bytes())
    Path("填报.xlsx").write_bytes(b"PK\x03\x04")
    if code == "internal-error":
        monkeypatch.setattr("generator.api.show", lambda path: {}["cog"])
    if code == "output-edited":
        assert run(["render", "一.yaml", "-o", "改"]) == 0
        for path in sorted(Path("改").iterdir())[:-1]:
            path.write_bytes(b"of a person")
        capsys.readouterr()
    if code == "isolated-ended":
        Path("模板.docx").write_bytes(document(paragraph("{{ ('x' * 45000000)|length }}")))
    if code == "isolated-refused":
        Path("模板.docx").write_bytes(document(paragraph("{{ 单位.名称 | 无 }}")))
    if code == "macros-output":
        Path("模板.docm").write_bytes(with_macros())
    if code == "stdout-lost":
        monkeypatch.setattr("generator.cli.console.print", _full, raising=False)
    if code == "worker-died":
        monkeypatch.setattr("generator.batch.render_batch.render_file", dies)
    if code == "executor-failed":
        monkeypatch.setattr("generator.cli.render.on_cluster", _gone)
    if code == "cluster-missing":
        monkeypatch.setitem(sys.modules, "distributed", None)
    shown = ""
    for language in ("zh", "en"):
        if code == "usage-wrong":
            monkeypatch.setattr("generator.cli.typer_application.get_command", _strange)
        ended = 1 if code in ("worker-died", "same-output") else 2  # a batch goes on without the file
        assert run([*COMMANDS[code], "--lang", language]) == ended
        told = capsys.readouterr().err
        if code == "internal-error":  # the traceback before it names files of this machine
            told = told[told.index("KeyError: 'cog'\n") + len("KeyError: 'cog'\n") :]
        shown += f"[{language}]\n{told}"
    assert f"[{code}]" in shown
    golden = CASES / code / "expected.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")


def with_macros() -> bytes:
    """A Word document that says of itself that it may hold macros."""
    plain = document(paragraph("甲"))
    parts = members(plain)
    types = parts["[Content_Types].xml"]
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return pack({**parts, "[Content_Types].xml": types.replace(old, kind)})


@pytest.mark.parametrize("name", ["结果.docx", "结果.docm"])
def it_judges_macros_by_what_a_document_is_not_by_its_name(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_ALLOW_MACROS", "")
    Path("模板.docx").write_bytes(with_macros())
    Path("一.yaml").write_text("甲: 1\n", encoding="utf-8")
    assert run(["fill", "模板.docx", "一.yaml", "-o", name]) == 2
    assert run(["fill", "模板.docx", "一.yaml", "-o", name, "--allow-macros"]) == (0 if name.endswith("m") else 2)
    assert Path(name).exists() == name.endswith("m")
    assert ("macros-output" in capsys.readouterr().err) == name.endswith("x")


def _full(*texts, file=None, **options):
    """What printing does where stdout is a file on a full disk."""
    if file is None:
        raise OSError(28, "No space left on device")
    print(*texts, file=file, **options)


@contextmanager
def _gone(address):
    """A cluster that went away behind the first answer."""
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    yield pool


class _Odd(typer.TyperException):
    ctx = None


class _strange:  # noqa: N801
    """A command whose usage error is of no kind that the command line knows."""

    def __init__(self, application):
        self.commands = {}

    def get_help(self, context):
        raise AssertionError

    def main(self, **_):
        raise _Odd("Something else is wrong.")
