"""`--pdf` with a LibreOffice that hangs, crashes, writes something else or is missing: told, and nothing goes on running."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from generator.diagnostics import Failure
from generator.documents import pdf

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell script stands for LibreOffice")
WRITES = 'for last; do :; done; while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; printf "%s" > "$2/0.pdf"'


def office(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    "script",
    ["exit 1", "kill -SEGV $$", "exit 0", WRITES % "hello", WRITES % "", WRITES % "%%PDF-1.7 cut"],
    ids=["fails", "crashes", "nothing", "text", "empty", "cut"],
)
def it_tells_of_a_converter_that_gives_no_pdf(tmp_path, script):
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(Failure) as caught:
        pdf.convert_to_pdf([tmp_path / "a.docx"], office(tmp_path, script))
    assert [finding.code for finding in caught.value.diagnostics] == ["soffice-failed"]
    assert not (tmp_path / "a.pdf").exists()


def it_takes_a_whole_pdf(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"x")
    written = pdf.convert_to_pdf([tmp_path / "a.docx"], office(tmp_path, WRITES % "%%PDF-1.7 x %%%%EOF"))
    assert [path.name for path in written] == ["a.pdf"]


def it_ends_a_hanging_converter_and_its_children(tmp_path, monkeypatch):
    (tmp_path / "a.docx").write_bytes(b"x")
    monkeypatch.setattr(pdf, "_run", lambda command, seconds, run=pdf._run: run(command, 1))
    mark = tmp_path / "child"
    begun = time.monotonic()
    with pytest.raises(Failure):
        pdf.convert_to_pdf([tmp_path / "a.docx"], office(tmp_path, f"sleep 60 & echo $! > {mark}; wait"))
    assert time.monotonic() - begun < 20
    child = int(mark.read_text(encoding="utf-8"))
    time.sleep(0.2)
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False).stdout
    assert state.strip()[:1] in ("", "Z")


def it_ends_a_tree_of_processes_on_windows_and_waits_for_none_that_lives_on(tmp_path, monkeypatch):
    """`soffice.exe` starts another program, which keeps its pipes: the shell's child stands for it."""
    asked = tmp_path / "asked"
    (tmp_path / "taskkill").write_text(f'#!/bin/sh\necho "$@" > {asked}\n', encoding="utf-8")
    (tmp_path / "taskkill").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(pdf, "_SECONDS_TO_END", 1)
    process = subprocess.Popen(["/bin/sh", "-c", "sleep 8 & wait"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    begun = time.monotonic()
    pdf._end(process, alone=False)
    assert time.monotonic() - begun < 6
    assert asked.read_text(encoding="utf-8").split() == ["/T", "/F", "/PID", str(process.pid)]
    assert process.poll() is not None


def it_tells_on_the_command_line_of_a_converter_that_hangs(tmp_path, monkeypatch, capsys):
    from generator.cli import run

    root = Path(__file__).parents[2]
    office(tmp_path, "sleep 60 & wait")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(root / "templates"))
    monkeypatch.setattr(pdf, "_run", lambda command, seconds, run=pdf._run: run(command, 0.5))
    assert run(["render", str(root / "data" / "shifeng-2020.yaml"), "-o", str(tmp_path / "out"), "--pdf"]) == 2
    assert "[soffice-failed]" in capsys.readouterr().err
    assert not list(tmp_path.glob("out/*.pdf"))
