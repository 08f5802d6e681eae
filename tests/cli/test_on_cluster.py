"""`--cluster` of check and collect: the same findings and figures as without, what the cluster gives up named."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.cli import run

ROOT = Path(__file__).parents[2]
ADDRESS = ["--cluster", "tcp://127.0.0.1:9"]


@contextmanager
def answering(address):
    with ThreadPoolExecutor(2) as pool:
        yield pool


@contextmanager
def gone(address):
    """A cluster that went away behind the first answer."""
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    yield pool


@pytest.fixture
def units(tmp_path, monkeypatch):
    """Five data files: one with an error, one that names another standard; the cluster may not see their folder."""
    monkeypatch.chdir(tmp_path)
    Path("数据").mkdir()
    for number in range(5):
        shutil.copy(ROOT / "data/shifeng-2020.yaml", f"数据/{number}.yaml")
    wrong = Path("数据/3.yaml")
    wrong.write_text(wrong.read_text("utf-8").replace("全年执行数:", "全年执行:", 1), "utf-8")
    Path("数据/4.yaml").write_text("标准: 没有这份-2020\n", "utf-8")

    def answer(how):
        for command in ("check", "collect"):
            monkeypatch.setattr(f"generator.cli.{command}.on_cluster", how)

    return answer


@pytest.mark.parametrize("names", [["数据"], ["数据", "没有.yaml"]], ids=["folder", "missing"])
def it_checks_as_this_process_does(names, units, capsys):
    units(answering)
    told = {}
    for more in ([], ADDRESS):
        assert run(["check", *names, *more]) == 2
        told[bool(more)] = capsys.readouterr()
    assert told[True] == told[False]


def it_checks_the_standard_input(units, monkeypatch, capsys):
    units(answering)
    content = Path("数据/3.yaml").read_bytes()
    monkeypatch.setattr("generator.cli.check.standard_input", lambda name: content if name == "-" else None)
    assert run(["check", "-", *ADDRESS]) == 1
    assert "全年执行" in capsys.readouterr().out


def it_collects_as_this_process_does(units, capsys):
    units(answering)
    told = {}
    for more in ([], ADDRESS):
        assert run(["collect", "shifeng-2020", "数据", "-o", "汇总.json", *more]) == 1
        told[bool(more)] = capsys.readouterr(), Path("汇总.json").read_bytes()
        Path("汇总.json").unlink()
    assert told[True] == told[False]


def it_names_what_the_cluster_gives_up(units, capsys):
    units(gone)
    assert run(["check", "数据", *ADDRESS]) == 2
    assert capsys.readouterr().out.count("executor-failed") == 5
    assert run(["collect", "shifeng-2020", "数据", "-o", "汇总.json", *ADDRESS]) == 1
    assert capsys.readouterr().err.count("executor-failed") == 5


@pytest.mark.parametrize(
    "command", [["check", "数据"], ["collect", "shifeng-2020", "数据", "-o", "汇总.json"]], ids=str
)
def it_tells_that_nobody_answers(command, units, capsys):
    pytest.importorskip("distributed")
    assert run([*command, "--cluster", "没有"]) == 2
    assert "cluster-unreachable" in capsys.readouterr().err


def it_puts_files_right_without_the_cluster(units, capsys):
    units(gone)
    assert run(["check", "--fix", "数据/0.yaml", *ADDRESS]) == 0
