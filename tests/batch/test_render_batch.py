"""A batch: any executor, the same bytes, every good document whole and every other file named, and on where a run ended."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import docx
import pytest

from generator import render_batch
from generator.batch import render_batch as batch
from generator.batch.batch_record import NAME
from generator.batch.one_file import render_file
from generator.cli import run
from generator.diagnostics import Failure
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.saving import unwritable

STANDARD = """\
standard: small-2020
title: 小表
issuer: 某某县财政局
fiscal_year: 2020
version: 1.0.0
fields:
  名称: text
  预算: money
  支出: money
  执行率: percent = 支出 / 预算
checks:
  - {id: 不超预算, rule: 支出 <= 预算, message: "支出{{ 支出 }}超过预算{{ 预算 }}"}
documents:
  - {template: docx/small.docx, name: "{{ 名称 }}小表"}
"""


@pytest.fixture
def units(tmp_path, monkeypatch):
    """A library, and a function that writes so many departments' data files."""
    library = tmp_path / "library"
    (library / "standards").mkdir(parents=True)
    (library / "docx").mkdir()
    (library / "standards" / "small-2020.yaml").write_text(STANDARD, encoding="utf-8")
    template = docx.Document()
    template.add_paragraph("{{ 名称 }}执行率{{ 执行率 }}")
    template.save(str(library / "docx" / "small.docx"))
    monkeypatch.setenv("GENERATOR_LIBRARY", str(library))
    monkeypatch.chdir(tmp_path)

    def write(count: int, spent: int = 50) -> list[str]:
        Path("数据").mkdir(exist_ok=True)
        names = [f"数据/单位{number:04d}.yaml" for number in range(count)]
        for number, name in enumerate(names):
            text = f"标准: small-2020\n名称: 单位{number}局\n预算: 100\n支出: {spent}\n"
            Path(name).write_text(text, encoding="utf-8")
        return names

    return write


def documents(folder: str = "out") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.name != NAME}


def it_gives_a_result_a_file_in_their_order(units):
    names = units(3)
    Path(names[1]).write_text("标准: small-2020\n名称: 乙\n预算: 10\n支出: 20\n", encoding="utf-8")
    results = render_batch([*names, "没有.yaml"], "out")
    assert [(result.data, result.code, [path.name for path in result.paths]) for result in results] == [
        (names[0], 0, ["单位0局小表.docx"]),
        (names[1], 1, []),
        (names[2], 0, ["单位2局小表.docx"]),
        ("没有.yaml", 2, []),
    ]
    assert [finding.code for finding in results[1].diagnostics] == ["check-failed"]
    assert [finding.code for finding in results[3].diagnostics] == ["file-missing"]


def it_gives_the_same_bytes_by_any_executor(units):
    names = units(6)
    render_batch(names, "out")
    for folder, workers, executor in (
        ("两个进程", 2, None),
        ("线程", 1, ThreadPoolExecutor(3)),
        ("进程池", 1, ProcessPoolExecutor(2)),
    ):
        results = render_batch(names, folder, executor, workers=workers)
        assert [result.data for result in results] == names
        assert documents(folder) == documents()


def it_refuses_two_files_that_give_one_document(units):
    names = units(2)
    Path(names[1]).write_bytes(Path(names[0]).read_bytes())
    first, second = render_batch(names, "out")
    assert (first.code, second.code) == (0, 2)
    assert [finding.code for finding in second.diagnostics] == ["same-output"]


@pytest.mark.parametrize("other", ["BUREAU CAF\u00c9", "bureau cafe\u0301"])
def it_refuses_names_that_a_system_holds_for_one(other, units):
    names = units(2)
    for name, typed in zip(names, ("Bureau caf\u00e9", other), strict=True):
        Path(name).write_text(f"标准: small-2020\n名称: {typed}\n预算: 100\n支出: 50\n", encoding="utf-8")
    first, second = render_batch(names, "out")
    assert (first.code, second.code) == (0, 2)
    assert [finding.code for finding in second.diagnostics] == ["same-output"]
    assert len(documents()) == 1


def it_goes_on_where_a_run_ended(units):
    names = units(4)
    render_batch(names[:2], "out")
    assert [result.kept for result in render_batch(names, "out", resume=True)] == [True, True, False, False]
    Path("out/单位1局小表.docx").write_bytes(b"changed by hand")
    Path("out/单位2局小表.docx").unlink()
    Path(names[3]).write_text(Path(names[3]).read_text("utf-8").replace("50", "60"), encoding="utf-8")
    assert [result.kept for result in render_batch(names, "out", resume=True)] == [True, False, False, False]
    assert all(result.kept for result in render_batch(names, "out", resume=True))


def it_mends_broken_documents_and_keeps_edited_ones(units, capsys):
    units(4)
    command = ["render", "数据", "-o", "out", "--resume"]
    assert run(command) == 0
    whole = documents()
    paths = [Path(f"out/单位{number}局小表.docx") for number in range(4)]
    paths[0].write_bytes(paths[0].read_bytes()[:500])
    paths[1].write_bytes(b"")
    paths[2].unlink()
    edited = docx.Document(str(paths[3]))
    edited.paragraphs[0].text = "改"
    edited.save(str(paths[3]))
    capsys.readouterr()
    assert run(command) == 1
    told = capsys.readouterr()
    assert told.err.count("错误[output-edited]") == 1
    assert told.out.splitlines() == [str(path) for path in paths[:3]]
    assert all(path.read_bytes() == whole[path.name] for path in paths[:3])
    assert docx.Document(str(paths[3])).paragraphs[0].text == "改"
    assert run([*command, "--force"]) == 0
    assert documents() == whole
    capsys.readouterr()
    assert run(command) == 0
    told = capsys.readouterr().err
    assert "4 个数据文件没有变化" in told
    assert "没有发现问题" not in told  # what was found when they were made is not known any more


def it_renders_anew_by_another_standard_or_with_other_options(units, tmp_path):
    names = units(2)
    render_batch(names, "out")
    assert not any(result.kept for result in render_batch(names, "out", resume=True, draft=True))
    standard = tmp_path / "library" / "standards" / "small-2020.yaml"
    standard.write_text(STANDARD.replace("1.0.0", "1.0.1"), encoding="utf-8")
    assert not any(result.kept for result in render_batch(names, "out", resume=True))


def it_overlooks_a_line_of_the_record_that_was_cut_short(units):
    names = units(2)
    render_batch(names, "out")
    record = Path("out") / NAME
    record.write_bytes(record.read_bytes()[:-20])
    assert [result.kept for result in render_batch(names, "out", resume=True)] == [True, False]
    lines = record.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert json.loads(lines[2])["documents"].keys() == {"单位1局小表.docx"}


@pytest.mark.parametrize(
    "change",
    [
        {"documents": ["单位0局小表.docx"]},
        {"documents": {"单位0局小表.docx": 1}},
        {"documents": None},
        {"code": "0"},
        {"input": 1},
        {"standard": ["small-2020"]},
        {"data": ["数据"]},
        {"further": 1},
        {"engine": "0.0.1"},
    ],
)
def it_renders_again_what_the_record_tells_in_another_form(units, change):
    names = units(1)
    render_batch(names, "out")
    record = Path("out") / NAME
    line = json.loads(record.read_text(encoding="utf-8")) | change
    record.write_text(json.dumps(line) + "\n" + "[" * 100_000 + "\n[]\nnull\n", encoding="utf-8")
    assert [(result.kept, result.code) for result in render_batch(names, "out", resume=True)] == [(False, 0)]
    assert [result.kept for result in render_batch(names, "out", resume=True)] == [True]


def it_names_what_a_full_disk_left_out(units, monkeypatch):
    names = units(3)
    whole = batch.write_together

    def full(files, **how):
        if any("单位1局" in path.name for path in files):
            raise Failure([diagnostic("output-unwritable", name="out", reason="磁盘已满")])
        whole(files, **how)

    monkeypatch.setattr(batch, "write_together", full)
    results = render_batch(names, "out")
    assert [result.code for result in results] == [0, 2, 0]
    assert sorted(documents()) == ["单位0局小表.docx", "单位2局小表.docx"]


def it_ends_a_batch_with_one_where_a_file_found_no_room(units, monkeypatch, capsys):
    names = units(3)
    whole = batch.write_together

    def full(files, **how):
        if any("单位1局" in path.name for path in files):
            raise unwritable("output-unwritable", next(iter(files)), OSError(errno.ENOSPC, "No space left on device"))
        whole(files, **how)

    monkeypatch.setattr(batch, "write_together", full)
    assert run(["render", *names, "-o", "out"]) == 1
    told = capsys.readouterr().err
    assert "磁盘已满" in told
    assert "请腾出磁盘空间" in told
    assert "关闭" not in told
    assert told.endswith(f"没有生成的有 1 个文件：\n  {names[1]}\n")
    assert run(["render", names[1], "-o", "out"]) == 2  # of one file nothing was done


def it_says_that_what_is_written_is_not_on_record(units, monkeypatch):
    names = units(2)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(batch, "note", full)
    results = render_batch(names, "out")
    assert [result.code for result in results] == [0, 0]
    assert len(documents()) == 2
    (told,) = results[0].diagnostics
    assert (told.code, told.severity, "磁盘已满" in told.message) == ("output-folder", "warning", True)
    assert "--resume" in str(told.hint)


def dies_of_some(job):
    """What an out-of-memory killer does to a worker, once or whenever it has the file."""
    number = int(Path(job.data).stem[-4:])
    if number == 2 or (number == 1 and not Path("once").exists()):
        Path("once").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return render_file(job)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def it_tries_a_dead_workers_file_once_more_and_then_names_it(units, monkeypatch):
    names = units(6)
    monkeypatch.setattr(batch, "render_file", dies_of_some)
    results = render_batch(names, "out", workers=2)
    assert [result.data for result in results] == names
    assert [result.code for result in results] == [0, 0, 2, 0, 0, 0]
    assert [finding.code for finding in results[2].diagnostics] == ["worker-died"]
    assert len(documents()) == 5


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def it_names_what_a_broken_executor_left_out_and_goes_on_later(units, monkeypatch):
    names = units(6)
    monkeypatch.setattr(batch, "render_file", dies_of_some)
    with ProcessPoolExecutor(2) as pool:
        results = render_batch(names, "out", executor=pool)
    assert [result.data for result in results] == names
    left = [result for result in results if result.code]
    assert names[2] in [result.data for result in left]
    assert {finding.code for result in left for finding in result.diagnostics} == {"executor-failed"}
    assert len(documents() if Path("out").exists() else ()) == 6 - len(left)
    monkeypatch.setattr(batch, "render_file", render_file)
    later = render_batch(names, "out", resume=True)
    assert [result.code for result in later] == [0] * 6
    assert [result.kept for result in later] == [not result.code for result in results]


def breaks(job):
    raise KeyError("cog")


def it_does_not_take_an_internal_error_for_bad_data(units, monkeypatch, capsys):
    names = units(2)
    monkeypatch.setattr("generator.batch.one_file._rendered", breaks)
    assert run(["render", *names, "-o", "out"]) == 2
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert told.count("internal-error") == 2


def it_ends_with_what_failed_and_what_was_made(units, capsys):
    names = units(3)
    Path(names[1]).write_text("标准: small-2020\n名称: 乙\n预算: 10\n支出: 20\n", encoding="utf-8")
    assert run(["render", "数据", "-o", "out"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [str(Path("out") / f"单位{number}局小表.docx") for number in (0, 2)]
    assert err.splitlines()[-3:] == [
        "生成 2 份文档。",
        "没有生成的有 1 个文件：",
        f"  {Path('数据') / '单位0001.yaml'}",
    ]


def it_says_how_far_it_came_when_it_is_interrupted(units, monkeypatch, capsys):
    names = units(20)

    def until_the_fourth(job):
        if job.data == names[3]:
            raise KeyboardInterrupt
        return render_file(job)

    monkeypatch.setattr(batch, "render_file", until_the_fourth)
    command = ["render", *names, "-o", "out", "--workers", "1"]
    assert run(command) == 2
    assert capsys.readouterr().err.endswith("20 个文件做完了 3 个；要接着做，同样的命令加上 --resume。\n已中断。\n")
    monkeypatch.setattr(batch, "render_file", render_file)
    assert run([*command, "--resume"]) == 0
    assert capsys.readouterr().err.endswith("共 20 份文档；3 个数据文件没有变化，沿用上次生成的。\n")


@pytest.mark.slow
def it_loses_nothing_when_it_is_killed_at_any_moment(units):
    count = 1_000
    units(count)
    command = [sys.executable, "-m", "generator", "render", "数据", "-o", "out", "--resume", "--workers", "2"]
    for moment in range(40):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5 + moment * 0.04)
        process.kill()
        process.wait()
        for path in Path("out").glob("*.docx"):
            assert docx.Document(str(path)).paragraphs[0].text.endswith("50%")
    done = subprocess.run(command, capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == count
    assert len([name for name in documents() if name.endswith(".docx")]) == count
    assert not list(Path("out").glob("*.part"))


@pytest.mark.slow
def it_renders_on_a_cluster_of_which_a_worker_dies(units):
    distributed = pytest.importorskip("distributed")
    names = units(60)
    render_batch(names, "out")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        deaths = []

        def progress(result):
            if not deaths:
                deaths.append(next(iter(cluster.workers.values())).process.pid)
                os.kill(deaths[0], signal.SIGKILL)

        results = render_batch(names, "集群", client.get_executor(), progress=progress)
    assert deaths
    assert [result.code for result in results] == [0] * 60
    assert documents("集群") == documents()


@pytest.mark.slow
def it_names_a_file_of_which_every_worker_of_a_cluster_dies(units, monkeypatch):
    distributed = pytest.importorskip("distributed")
    names = units(6)
    Path("once").touch()
    monkeypatch.setattr(batch, "render_file", dies_of_some)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        results = render_batch(names, "out", client.get_executor())
    assert [result.code for result in results] == [0, 0, 2, 0, 0, 0]
    assert [finding.code for finding in results[2].diagnostics] == ["executor-failed"]
    assert len(documents()) == 5
