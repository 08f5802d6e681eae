"""`--watch`: what is saved is examined again, whatever stands in it and however it was saved."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.cli import run
from tests.support.interrupted import interruptible

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")


class Watcher:
    """A command that watches, in a process of its own."""

    def __init__(self, folder: Path, *arguments: str):
        self.told = folder / "told"
        environment = {**os.environ, "GENERATOR_LIBRARY": str(folder / "templates"), "PYTHONUTF8": "1"}
        environment.pop("GENERATOR_LANG", None)
        with self.told.open("w") as out:
            command = [sys.executable, "-m", "generator", *arguments, "--watch"]
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=out, stderr=out, preexec_fn=interruptible
            )

    def wait_for(self, words: str, times: int = 1) -> None:
        end = time.monotonic() + 90
        while self.told.read_text(encoding="utf-8").count(words) < times:
            assert time.monotonic() < end, self.told.read_text(encoding="utf-8")
            assert self.process.poll() is None
            time.sleep(0.1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@pytest.mark.skipif(os.name == "nt", reason="an interruption is sent otherwise there")
def it_renders_again_after_every_save_survives_errors_and_ends_with_ctrl_c(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    data = tmp_path / "填报 一.yaml"
    data.write_text(SAMPLE, encoding="utf-8")
    watcher = Watcher(tmp_path, "render", data.name, "-o", ".", "--only", "xlsx")
    try:
        watcher.wait_for("等待改动")
        data.write_text(SAMPLE.replace("年度: 2020", "年度: 二零", 1), encoding="utf-8")
        watcher.wait_for("错误[value-not-number]")
        other = tmp_path / "填报.tmp"  # as WPS saves: another file, renamed
        other.write_text(SAMPLE, encoding="utf-8")
        other.replace(data)
        watcher.wait_for("绩效自评表.xlsx", 2)
        data.unlink()
        watcher.wait_for("—— 不见了，等它回来：填报 一.yaml")
        data.write_text(SAMPLE, encoding="utf-8")
        watcher.wait_for("绩效自评表.xlsx", 3)
        standard = tmp_path / "templates/standards/shifeng-2020.yaml"
        standard.write_text(standard.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
        watcher.wait_for("shifeng-2020.yaml:")
        assert watcher.process.poll() is None
    finally:
        code = watcher.stop()
    told = watcher.told.read_text(encoding="utf-8")
    assert code == 0
    assert told.rstrip().endswith("已停止。")
    assert "Traceback" not in told
    assert told.count("—— 改动") == 4  # its own workbook is no change


def it_does_not_watch_the_standard_input(capsys):
    assert run(["check", "-", "--watch"]) == 2
    assert "标准输入不能监视" in capsys.readouterr().err
