"""Data files checked by one process or several: the same findings, in the order of the files."""

import os
import shutil
import signal
from pathlib import Path

import pytest

import generator.batch.check_batch as batch
from generator.batch.check_batch import check_file
from generator.cli import run

ROOT = Path(__file__).parents[2]


def it_says_the_same_whatever_the_number_of_processes(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("数据").mkdir()
    for number in range(6):
        shutil.copy(ROOT / "data/shifeng-2020.yaml", f"数据/{number}.yaml")
    wrong = Path("数据/3.yaml")
    wrong.write_text(wrong.read_text("utf-8").replace("全年执行数:", "全年执行:", 1), "utf-8")
    Path("数据/4.yaml").write_text("标准: 没有这份-2020\n", "utf-8")
    told = {}
    for workers in ("1", "3"):
        assert run(["check", "数据", "--workers", workers]) == 2
        told[workers] = capsys.readouterr()
    assert told["3"] == told["1"]
    assert f"{wrong}:" in told["1"].out
    assert "没有这份-2020" in told["1"].out
    assert told["1"].out.index(f"{wrong}:") < told["1"].out.index("没有这份-2020")


def dies_of_one(file):
    """What an out-of-memory killer does to a worker that has this file."""
    if file[0] == "1.yaml":
        os.kill(os.getpid(), signal.SIGKILL)
    return check_file(file)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def it_names_a_file_of_which_its_process_dies(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in range(3):
        shutil.copy(ROOT / "data/shifeng-2020.yaml", f"{number}.yaml")
    monkeypatch.setattr(batch, "check_file", dies_of_one)
    checked = list(batch.check_batch([(f"{number}.yaml", None) for number in range(3)], workers=2))
    assert [one.unread for one in checked] == [False, True, False]
    assert [finding.code for finding in checked[1].diagnostics] == ["worker-died"]
