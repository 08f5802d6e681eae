"""`--isolated` where files are only read: the same words and codes, bounds of the system, nothing written, nothing started."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import run
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="bounds of the system for a process that sets them itself")
COMMANDS = [
    ["check", "a.yaml"],
    ["check", "a.yaml", "wrong.yaml", "--format", "json"],
    ["check", "a.yaml", "a.yaml", "--workers", "2"],
    ["check", "nosuch.yaml"],
    ["lint", "a.docx", "a.xlsx"],
    ["lint", "shifeng-2020"],
    ["show", "a.xlsx"],
    ["diff", "a.docx", "b.docx", "--format", "json"],
    ["explain", "a.yaml", "总分"],
    ["--lang", "en", "check", "wrong.yaml", "--quiet"],
]


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GENERATOR_ISOLATED", "GENERATOR_LIMITS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    shutil.copyfile(ROOT / "data" / "shifeng-2020.yaml", "a.yaml")
    Path("wrong.yaml").write_text("标准: shifeng-2020\n年度: 甲\n", encoding="utf-8")
    Path("a.docx").write_bytes(document(paragraph("{{ a }}")))
    Path("b.docx").write_bytes(document(paragraph("{{ b }}")))
    Path("a.xlsx").write_bytes(one_cell("{{ a }}"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def it_says_what_is_said_otherwise(command, capsys):
    before = sorted(Path().rglob("*"))
    code = run(command)
    here = capsys.readouterr()
    assert run([*command, "--isolated"]) == code
    there = capsys.readouterr()
    assert (there.out, there.err) == (here.out, here.err)
    assert sorted(Path().rglob("*")) == before


def it_makes_a_document_again_to_verify_it_and_starts_nothing_for_that(capsys):
    assert run(["render", "a.yaml", "-o", "out", "--quiet"]) == 0
    workbook = next(line for line in capsys.readouterr().out.splitlines() if line.endswith(".xlsx"))
    assert run(["verify", workbook, "a.yaml"]) == 0
    here = capsys.readouterr()
    assert run(["verify", workbook, "a.yaml", "--isolated"]) == 0
    assert capsys.readouterr() == here


AS_ON_WINDOWS = {
    "sitecustomize.py": "import sys\nfor stream in (sys.stdout, sys.stderr): stream.reconfigure(newline='\\r\\n')",
    "platformdirs.py": """import functools, pathlib
@functools.cache
def asked(): import ctypes; return ctypes.CDLL(None)
def user_data_path(*_, **__): return pathlib.Path(asked() and 'nowhere')""",
}


def it_says_it_where_lines_end_otherwise_and_folders_are_asked_for_by_ctypes(capsys, monkeypatch):
    run(["check", "wrong.yaml"])
    here = capsys.readouterr()
    Path("windows").mkdir()
    for name, content in AS_ON_WINDOWS.items():
        Path("windows", name).write_text(content, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(Path("windows").absolute()), *sys.path])
    assert run(["check", "wrong.yaml", "--isolated"]) == 1
    assert capsys.readouterr() == here


@posix
def it_ends_where_memory_ends(capsys):
    assert run(["check", "a.yaml", "--isolated", "--limits", "memory=30000000"]) == 2
    assert "isolated-ended" in capsys.readouterr().err


@posix
def it_ends_where_time_ends(capsys, monkeypatch):
    monkeypatch.setattr("generator.documents.isolated_worker.SPARE", 0)
    Path("a.docx").write_bytes(document(*(paragraph("{{ v }}") for _ in range(20_000))))
    assert run(["lint", "a.docx", "--isolated", "--limits", "seconds=1"]) == 2
    told = capsys.readouterr().err
    assert "isolated-ended" in told
    assert "处理器时间" in told


@pytest.mark.parametrize("command", [["lint", "a.docx", "--annotate", "notes"], ["check", "slip.yaml", "--fix"]])
def it_writes_nothing(command, capsys):
    Path("slip.yaml").write_text("标准：shifeng-2020\n年度：2020\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in Path().rglob("*")}
    assert run([*command, "--isolated"]) != 0
    assert {path: path.read_bytes() for path in Path().rglob("*")} == before
    told = capsys.readouterr()
    assert "isolated" in told.out + told.err


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (["diff", "a.docx", "b.docx", "--tracked", "t.docx"], "--tracked"),
        (["diff", "a.docx", "b.docx", "--tracked=t.docx"], "--tracked"),
        (["diff", "a.xlsx", "a.xlsx", "--marked", "t.xlsx"], "--marked"),
        (["diff", "a.docx", "b.docx", "--pages", "t"], "--pages"),
        (["check", "wrong.yaml", "--mark", "t.xlsx"], "--mark"),
        (["lint", "a.docx", "--write-baseline", "t"], "--write-baseline"),
        (["lint", "a.docx", "--annotate", "t"], "--annotate"),
        (["check", "a.yaml", "--watch"], "--watch"),
    ],
)
def it_names_the_option_that_would_write(command, option, capsys):
    assert run([*command, "--isolated"]) == 2
    told = capsys.readouterr().err
    assert "isolated-refused" in told
    assert f"：{option}。" in told
    assert "output-" not in told


def it_reads_what_is_typed(capfd, monkeypatch):
    wrong = Path("wrong.yaml").read_bytes()
    for options in ([], ["--isolated"]):
        made = subprocess.run(
            [sys.executable, "-m", "generator", "check", "-", *options], input=wrong, capture_output=True, check=False
        )
        assert made.returncode == 1
        assert "-:2:5" in (made.stdout + made.stderr).decode()


def it_gives_no_work_to_a_process_that_nothing_bounds(monkeypatch, capfd):
    """On Windows a job is made once the process is there; where it cannot be made, the process has read nothing."""
    started: list[subprocess.Popen[bytes]] = []
    starts = subprocess.Popen

    def noted(*arguments, **options):
        started.append(starts(*arguments, **options))
        return started[-1]

    def refused(*_):
        raise OSError("no job")

    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr("generator.template.job_object.job_of", refused)
    monkeypatch.setattr("generator.cli.examined_apart.sys", type("Windows", (), {**vars(sys), "platform": "win32"}))
    assert run(["check", "wrong.yaml", "--isolated"]) == 2
    assert "wrong.yaml:2" not in "".join(capfd.readouterr())
    assert started[0].poll() is not None


@pytest.mark.parametrize("command", [["new", "shifeng-2020"], ["collect", "shifeng-2020", "a.yaml", "-o", "s.xlsx"]])
def it_is_refused_where_it_would_do_nothing(command, capsys):
    assert run([*command, "--isolated"]) == 2
    assert "--isolated" in capsys.readouterr().err


def it_never_takes_a_crash_for_a_finding(monkeypatch, capsys):
    starts = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda _, **options: starts([sys.executable, "-c", "1/0"], **options))
    assert run(["check", "a.yaml", "--isolated"]) == 2
    assert "internal-error" in capsys.readouterr().err
