"""Runs that are asked to end in the middle of their work leave no half-written file, no temporary folder and no process behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.interrupted import interruptible

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc for what goes on running"),
]
ROOT = Path(__file__).parents[2]
WAYS = {
    "batch": ["render", "data", "-o", "out"],
    "batch of two processes": ["render", "data", "-o", "out", "--workers", "2"],
    "isolated": ["render", "data", "-o", "out", "--isolated"],
    "isolated batch of two processes": ["render", "data", "-o", "out", "--isolated", "--workers", "2"],
    "PDF": ["render", "data/0.yaml", "-o", "out", "--pdf"],
    "check of two processes": ["check", "data", "--workers", "2"],
    "check in a process of its own": ["check", "data", "--isolated"],
}


def running_in(folder: Path) -> list[str]:
    """The commands of the processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder and process.name != str(os.getpid()):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:120])
        except OSError:
            continue  # it has ended, or is another's
    return found


def begun(folder: Path, way: str) -> bool:
    """Whether a run is in the middle of its work."""
    if way == "PDF":
        return (folder / "hanging").exists()
    if way.startswith("check"):
        return len(running_in(folder)) >= 2
    return len(list(folder.glob("out/*"))) >= 4


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "temporary").mkdir()
    (tmp_path / "bin").mkdir()
    sample = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")
    for number in range(200):
        own = sample.replace("石峰区工商业联合会", f"第{number}联合会")
        (tmp_path / "data" / f"{number}.yaml").write_text(own, encoding="utf-8")
    office = tmp_path / "bin" / "soffice"
    office.write_text(f"#!/bin/sh\necho > {tmp_path}/hanging\nsleep 60 & wait\n", encoding="utf-8")
    office.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("way", WAYS)  # a LibreOffice whose caller was killed does not see it
def it_leaves_nothing_behind(way, number, folder):
    if way == "PDF" and number == signal.SIGKILL:
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *WAYS[way]],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "GENERATOR_LIBRARY": str(ROOT / "templates"),
            "TMPDIR": str(folder / "temporary"),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=interruptible,
    )
    waited = time.monotonic() + 20
    while not begun(folder, way) and process.poll() is None and time.monotonic() < waited:
        time.sleep(0.02)
    time.sleep(0.3)  # its processes have begun, which Python does not let be interrupted everywhere
    assert process.poll() is None
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert b"Traceback" not in said
    for _ in range(250):  # processes whose parent was killed see it and end
        if not running_in(folder):
            break
        time.sleep(0.02)
    assert running_in(folder) == []
    if number != signal.SIGKILL:
        assert process.returncode == 2
        assert [path.name for path in folder.rglob("*.part")] == []
        assert list((folder / "temporary").iterdir()) == []


def it_ends_at_a_signal_that_comes_while_a_process_is_copied(folder):
    """The signal is sent from a hook of the copying itself, which swallows what is raised in it."""
    script = (
        "import os, signal, sys\n"
        "from generator.cli import main\n"
        "sent = []\n"
        "def send():\n"
        "    sent or sent.append(os.kill(os.getpid(), signal.SIGTERM))\n"
        "os.register_at_fork(after_in_parent=send)\n"
        "sys.argv = ['generator', 'render', 'data', '-o', 'out', '--workers', '2']\n"
        "sys.exit(main())\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "GENERATOR_LIBRARY": str(ROOT / "templates")}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=env, capture_output=True, timeout=120, check=False
    )
    assert run.returncode == 2
    assert b"Exception ignored" not in run.stderr
    assert len(list((folder / "out").glob("*"))) < 200
