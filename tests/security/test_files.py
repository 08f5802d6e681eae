"""Files: never over an input, never a leftover, never in the place of a device; names by bytes."""

import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.cli import run
from generator.diagnostics import Failure
from generator.ooxml.saving import why, write_atomically, write_together
from tests.support.interrupted import interruptible
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="a device, a pipe, a mode: POSIX")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.docx").write_bytes(document(paragraph("{{ a }}")))
    (tmp_path / "c.json").write_text('{"a": 1}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("output", ["t.docx", "./t.docx", "c.json", "link.docx", "hard.docx"])
def it_never_takes_the_place_of_an_input(folder, output, capsys):
    (folder / "link.docx").symlink_to("t.docx")
    os.link(folder / "t.docx", folder / "hard.docx")
    before = (folder / "t.docx").read_bytes()
    assert run(["fill", "t.docx", "c.json", "-o", output]) == 2
    assert "output-is-input" in capsys.readouterr().err
    assert (folder / "t.docx").read_bytes() == before
    assert (folder / "c.json").read_text(encoding="utf-8") == '{"a": 1}'


def it_refuses_a_folder_and_a_name_that_is_too_long(folder, capsys):
    (folder / "there").mkdir()
    (folder / "link").symlink_to("there", target_is_directory=True)
    for output in ("there", ".", "link", "长" * 300 + ".docx", "长" * 84 + ".docx"):
        assert run(["fill", "t.docx", "c.json", "-o", output]) == 2
        assert "output-unwritable" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["c.json", "link", "t.docx", "there"]
    assert run(["fill", "t.docx", "c.json", "-o", "长" * 80 + ".docx"]) == 0


@posix
def it_writes_into_devices_and_pipes(folder, capsys):
    null = Path("/dev/null").stat()
    assert run(["fill", "t.docx", "c.json", "-o", "/dev/null"]) == 0
    capsys.readouterr()
    assert run(["new", "shifeng-2020", "-o", "/dev/null"]) == 0
    assert capsys.readouterr() == ("/dev/null\n", "")  # no advice of a file beside a device
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert Path("/dev/null").stat().st_rdev == null.st_rdev
    os.mkfifo("pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe").read_bytes()), daemon=True)
    reader.start()
    assert run(["fill", "t.docx", "c.json", "-o", "pipe"]) == 0
    reader.join(10)
    assert got[0][:2] == b"PK"
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


@posix
def it_does_not_follow_a_link_out_of_the_folder(folder):
    (folder / "elsewhere").mkdir()
    kept = folder / "elsewhere" / "kept.docx"
    kept.write_bytes(b"kept")
    (folder / "out.docx").symlink_to(kept)
    assert run(["fill", "t.docx", "c.json", "-o", "out.docx"]) == 0
    assert kept.read_bytes() == b"kept"
    assert not (folder / "out.docx").is_symlink()


@posix
def it_keeps_a_private_document_private(folder):
    (folder / "out.docx").write_bytes(b"")
    (folder / "out.docx").chmod(0o600)
    assert run(["fill", "t.docx", "c.json", "-o", "out.docx"]) == 0
    assert stat.S_IMODE((folder / "out.docx").stat().st_mode) == 0o600


def it_leaves_nothing_of_several_where_one_cannot_be_written(tmp_path):
    (tmp_path / "b").mkdir()
    for second in (tmp_path / "b", tmp_path / ("长" * 200)):
        with pytest.raises(Failure):
            write_together({tmp_path / "a.docx": b"a", second: b"b"})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


SLOW = """
import sys, time
import generator.ooxml.saving as saving
keep = saving.os.replace
def slow(*names):
    print("writing", flush=True)
    time.sleep(60)
saving.os.replace = slow
from generator.cli import main
main(["fill", "t.docx", "c.json", "-o", "out.docx"])
"""


def killed(folder: Path, number: int) -> int:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=interruptible,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"writing"
    process.send_signal(number)
    process.communicate(timeout=20)
    return process.returncode


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def it_leaves_nothing_where_it_is_asked_to_end(folder, number):
    assert killed(folder, number) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["c.json", "t.docx"]


@posix
def it_cleans_up_what_a_killed_run_left(folder):
    assert killed(folder, signal.SIGKILL) == -signal.SIGKILL
    assert [path for path in folder.iterdir() if path.suffix == ".part"]
    other = folder / ".generator-00000000-1-0123abcd.part"
    other.write_bytes(b"")
    mine = folder / "mine.part"
    mine.write_bytes(b"")
    assert run(["fill", "t.docx", "c.json", "-o", "out.docx"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [other.name, "c.json", "mine.part", "out.docx", "t.docx"]


@posix
def it_leaves_a_living_writer_and_an_old_one_of_another_machine_apart(folder):
    old = folder / ".generator-00000000-1-0123abcd.part"
    old.write_bytes(b"")
    long_ago = time.time() - 200_000
    os.utime(old, (long_ago, long_ago))
    write_atomically(folder / "x", b"x")
    assert not old.exists()


COMMANDS = {
    "render": ["render", "data.yaml", "-o", "library/docx", "--force"],
    "describe": ["standard", "describe", "library/standards/shifeng-2020.yaml", "-o", "library/docx/shifeng-2020.docx"],
    "pack": ["standard", "pack", "library/standards/shifeng-2020.yaml", "-o", "library/standards/shifeng-2020.yaml"],
    "schema": ["schema", "library/standards/shifeng-2020.yaml", "-o", "library/standards/common.yaml"],
    "new": ["new", "library/standards/shifeng-2020.yaml", "-o", "library/standards/common.yaml", "--force"],
    "migrate": ["migrate", "data.yaml", "--to", "shifeng-2020", "-o", "library/standards/shifeng-2020.yaml", "--force"],
    "collect": ["collect", "shifeng-2020", "data.yaml", "-o", "library/xlsx/shifeng-2020.xlsx"],
}


@pytest.mark.parametrize("name", COMMANDS)
def it_never_writes_over_a_standard_or_its_templates(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates", "library")
    shutil.copyfile(ROOT / "data" / "shifeng-2020.yaml", "data.yaml")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path / "library"))
    if name == "render":  # the document is named like the template
        standard = Path("library/standards/shifeng-2020.yaml")
        text = standard.read_text(encoding="utf-8")
        standard.write_text(
            re.sub(r'(docx/shifeng-2020\.docx, name: )"[^"]*"', r"\1shifeng-2020", text), encoding="utf-8"
        )
    before = {path: path.read_bytes() for path in Path("library").rglob("*") if path.is_file()}
    assert run(COMMANDS[name]) == 2
    assert "output-is-input" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in Path("library").rglob("*") if path.is_file()} == before


LONG = "长" * 300
TYPED = {
    "diff": ["diff", f"{LONG}.docx", "b.docx"],
    "form": ["form", LONG, "-o", "x.xlsx"],
    "schema": ["schema", LONG],
    "new": ["new", LONG],
    "verify": ["standard", "verify", LONG],
    "roll": ["standard", "roll", LONG, "b"],
    "output of new": ["new", "shifeng-2020", "-o", LONG],
    "output of form": ["form", "shifeng-2020", "-o", f"{LONG}.xlsx"],
    "output of convert": ["convert", str(ROOT / "data" / "shifeng-2020.yaml"), "-o", f"{LONG}.json"],
    "name of roll": ["standard", "roll", "shifeng-2020", LONG],
}


@posix
@pytest.mark.parametrize("name", TYPED)
def it_says_what_is_wrong_with_a_name_that_no_system_takes(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates", "library")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path / "library"))
    assert run(TYPED[name]) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "internal-error" not in told
    assert "file-unreadable" in told or "output-unwritable" in told


@pytest.mark.parametrize("name", ["nul.xlsx", "con.data.xlsx", "COM1 .xlsx"])
def it_writes_nothing_into_what_windows_takes_for_a_device(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("generator.ooxml.saving.os", type("Windows", (), {**vars(os), "name": "nt"}))
    assert run(["form", "shifeng-2020", "-o", name]) == 2
    told = capsys.readouterr().err
    assert "名称" in told
    assert "关闭" not in told
    assert not any(tmp_path.iterdir())


def it_replaces_a_read_only_file_as_windows_does_it_and_leaves_it_one(tmp_path, monkeypatch):
    def replaced(source, target):
        if Path(target).exists() and not Path(target).stat().st_mode & stat.S_IWRITE:
            raise PermissionError(errno.EACCES, "")
        Path(source).replace(target)

    target = tmp_path / "a.docx"
    target.write_bytes(b"a")
    target.chmod(0o444)
    windows = type("Windows", (), {**vars(os), "name": "nt", "replace": replaced})
    monkeypatch.setattr("generator.ooxml.saving.os", windows)
    for content, force in ((b"a", False), (b"b", True)):
        write_atomically(target, content, force=force)
        assert target.read_bytes() == content
        assert not target.stat().st_mode & stat.S_IWRITE
    with pytest.raises(Failure):
        write_atomically(target, b"c", force=False)
    target.chmod(0o644)


def it_says_in_its_own_words_that_windows_takes_no_such_name():
    for number, told in ((123, "no such name is taken here"), (None, "no such name is taken here"), (59, "Network")):
        fault = OSError(errno.EINVAL, "Network")
        fault.winerror = number
        reason = why(fault)
        assert (reason if isinstance(reason, str) else reason.en) == told


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    """A folder `in` of what departments handed in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    Path("in").mkdir()
    sample = str(ROOT / "data" / "shifeng-2020.yaml")
    assert run(["convert", sample, "-o", "in/a.json"]) == 0
    assert run(["form", sample, "-o", "in/b.xlsx"]) == 0


@pytest.mark.parametrize("output", ["in/a.json", "in/b.xlsx"])
@pytest.mark.parametrize("data", ["in", "the file itself"])
def it_never_writes_a_summary_over_what_was_handed_in(output, data, handed_in, capsys):
    before = Path(output).read_bytes()
    assert run(["collect", "shifeng-2020", "in" if data == "in" else output, "-o", output]) == 2
    assert "output-is-input" in capsys.readouterr().err
    assert Path(output).read_bytes() == before


@pytest.mark.parametrize("output", ["in/sum.json", "in/sum.xlsx", "in/sum.csv"])
def it_writes_a_summary_anew_among_what_was_handed_in(output, handed_in):
    command = ["collect", "shifeng-2020", "in", "-o", output]
    assert run(command) == 0
    first = Path(output).read_bytes()
    assert run(command) == 0
    assert Path(output).read_bytes() == first


@posix
@pytest.mark.parametrize("command", [["new", "shifeng-2020"], ["form", "shifeng-2020"]])
def it_writes_data_files_and_forms_into_pipes_and_devices(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    pipe = "p.xlsx"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(Path(pipe).read_bytes()))
    reader.start()
    assert run([*command, "-o", pipe]) == 0
    reader.join(timeout=30)
    assert len(got[0]) > 1000
    assert stat.S_ISFIFO(Path(pipe).stat().st_mode)
    Path("full.xlsx").symlink_to("/dev/full")
    assert run([*command, "-o", "full.xlsx"]) == 2
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@posix
@pytest.mark.parametrize(
    "command", [["convert", "zero.yaml", "-o", "o.json"], ["verify", "zero.docx"], ["show", "zero.docx"]]
)
def it_reads_no_device_without_an_end(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("zero.yaml", "zero.docx"):
        Path(name).symlink_to("/dev/zero")
    assert run(["--limits", "data=1000", *command]) == 2
    assert "package-too-large" in capsys.readouterr().err
    assert not Path("o.json").exists()
