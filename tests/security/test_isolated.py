"""Rendering in a process of its own: the same bytes, bounds that the system holds, no file, no network, and a death that is told."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator.api import examine, load_standard
from generator.cli import run
from generator.diagnostics import Failure, InvalidTemplate
from generator.documents import isolated
from generator.documents.isolated import Request, end_worker, render_isolated
from generator.documents.produce import render_documents
from generator.excel.template import ExcelTemplate
from generator.ooxml.limits import Limits, within
from generator.standard.library import INSTALLED
from generator.template.bounded_process import cause
from generator.template.job_object import TIME_IS_UP
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
WORD, BOOK = document(paragraph("{{ a }}")), one_cell("{{ a }}")
posix = pytest.mark.skipif(os.name != "posix", reason="the system has no bounds for a process")


@pytest.fixture(autouse=True)
def fresh():
    end_worker()
    yield
    end_worker()


def ended(template: str, **bounds: float) -> str:
    """What ended the process that renders a template."""
    with within(Limits(**bounds)), pytest.raises(Failure) as caught:  # type: ignore[arg-type]
        render_isolated(Request(document(paragraph(template)), "甲.docx", {"a": 1}))
    (finding,) = caught.value.diagnostics
    assert finding.code == "isolated-ended"
    assert finding.location.file == "甲.docx"
    return finding.text.en


def it_gives_the_same_bytes_and_one_process_serves_many_renders():
    for _ in range(3):
        assert render_isolated(Request(WORD, "a.docx", {"a": 1}))[0] == WordTemplate(WORD).render({"a": 1})
        assert render_isolated(Request(BOOK, "a.xlsx", {"a": 1}))[0] == ExcelTemplate(BOOK).render({"a": 1})
    first = isolated._process.current.process.pid
    render_isolated(Request(WORD, "a.docx", {"a": 2}))
    assert isolated._process.current.process.pid == first


@pytest.mark.parametrize("name", ["shifeng-2020", "huidong-2023"])
def it_renders_a_report_alike(name):
    report = examine(ROOT / "data" / f"{name}.yaml").report._computed  # type: ignore[union-attr]
    apart = render_documents(report, isolated=True)
    assert apart == render_documents(report, isolated=False)
    assert render_documents(report, draft=True, isolated=True) == render_documents(report, draft=True, isolated=False)


def it_tells_faults_as_they_are_told_otherwise():
    content = document(paragraph("{{ b }}{{ a.c }}"))
    with pytest.raises(InvalidTemplate) as here:
        WordTemplate(content).render({"a": {}})
    with pytest.raises(InvalidTemplate) as there:
        render_isolated(Request(content, "甲.docx", {"a": {}}))
    assert [one.at(file=None) for one in there.value.diagnostics] == list(here.value.diagnostics)


@posix
def it_ends_where_memory_ends_and_the_next_render_works():
    assert "memory" in ended("{{ ('x' * 45000000)|length }}", memory=70_000_000)
    assert render_isolated(Request(WORD, "a.docx", {"a": 1}))[0]


@posix
@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("while True: pass", "processor time"),
        pytest.param("import time; time.sleep(60)", "time on the clock", marks=pytest.mark.slow),  # it waits
    ],
)
def it_ends_where_time_ends(act, told, monkeypatch):
    """The engine's own bounds end every template that is known; the system's are for one that is not."""
    monkeypatch.setattr(isolated, "_SPARE", 6.0)
    monkeypatch.setattr(isolated, "_CLOCK", 0.0 if "sleep" in act else 30)
    end_worker()
    script = f"""
        import generator.documents.isolated_worker as worker
        worker.SPARE = 0
        def _rendered(job, compiled):
            {act}
        worker._rendered = _rendered
        worker.serve()
    """
    starts = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _, **options: starts([sys.executable, "-c", textwrap.dedent(script)], **options)
    )
    assert told in ended("{{ a }}", seconds=1)


@posix
@pytest.mark.parametrize(
    ("code", "bound"),
    [
        ("SIGXCPU", "time"),
        (TIME_IS_UP, "time"),
        ("SIGXFSZ", "file"),
        ("SIGKILL", "killed"),
        (1, "memory"),
    ],
)
def it_knows_which_bound_ended_a_process(code, bound):
    assert cause(-getattr(signal, code) if isinstance(code, str) else code) == bound


FORBIDDEN = [
    "open('/etc/passwd')",
    "open('x', 'w')",
    "os.open('/etc/passwd', 0)",
    "os.remove('x')",
    "os.mkdir('x')",
    "os.system('true')",
    "os.fork()",
    "subprocess.run(['true'])",
    "socket.socket()",
    "socket.create_connection(('127.0.0.1', 9))",
    "urllib.request.urlopen('http://127.0.0.1:9')",
    "pathlib.Path('x').write_text('x')",
    "shutil.copy('/etc/passwd', 'x')",
    "ctypes.CDLL(None)",
]


def it_opens_no_file_no_socket_and_no_process(tmp_path):
    script = """
        import ctypes, os, pathlib, shutil, socket, subprocess, sys, urllib.request
        import generator.documents.isolated_worker as worker
        sys.addaudithook(worker.guard())
        for act in sys.argv[1:]:
            try:
                eval(act)
            except BaseException as fault:
                print("isolated" in str(fault), act, repr(fault))
            else:
                print(False, act)
    """
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *FORBIDDEN],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    lines = told.stdout.splitlines()
    assert len(lines) == len(FORBIDDEN), told.stderr
    assert [line for line in lines if not line.startswith("True")] == []
    assert list(tmp_path.iterdir()) == []


def it_reads_no_answer_that_would_call_something():
    import io
    import pickle

    for harmful in (os.system, Path, isolated.end_worker):
        with pytest.raises(pickle.UnpicklingError):
            isolated._Answer(io.BytesIO(pickle.dumps(harmful))).load()


def it_isolates_the_templates_of_installed_standards(tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_ISOLATED", "")
    monkeypatch.setattr("generator.documents.produce.user_library", lambda: tmp_path)
    folder = tmp_path / INSTALLED / "shifeng-2020@1.0.0"
    shutil.copytree(ROOT / "templates", folder)
    report = load_standard(folder / "standards" / "shifeng-2020.yaml").read(ROOT / "data" / "shifeng-2020.yaml")
    assert report.documents()
    assert isolated._process.current is not None
    end_worker()
    assert report.documents(isolated=False)
    assert isolated._process.current is None


def it_is_asked_for_on_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_ISOLATED", "")
    Path("a.docx").write_bytes(WORD)
    Path("a.json").write_text('{"a": "甲"}', encoding="utf-8")
    assert run(["fill", "a.docx", "a.json", "-o", "b.docx", "--isolated"]) == 0
    assert isolated._process.current is not None
    assert Path("b.docx").read_bytes() == WordTemplate(WORD).render({"a": "甲"})
    assert "b.docx" in capsys.readouterr().out


@posix
def it_renders_within_its_own_bounds_whatever_an_earlier_render_had():
    ended("{{ ('x' * 45000000)|length }}", memory=70_000_000)
    long = Request(document(paragraph("{{ ('x' * 45000000)|length }}")), "a.docx", {"a": 1})
    content, _ = render_isolated(long)
    assert content
    with within(Limits(memory=70_000_000)), pytest.raises(Failure):
        render_isolated(long)
