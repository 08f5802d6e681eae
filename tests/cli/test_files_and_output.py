"""What stands on the command line and where it goes: folders, short options, a quiet run, an output that takes no more."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from generator.cli import run

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def in_a_folder_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)


def written(name: str, text: str = SAMPLE) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize("arguments", [[], ["check"], ["standard"], ["standard", "install"]])
def it_takes_h_for_help(arguments, capsys):
    assert run([*arguments, "-h"]) == 0
    short = capsys.readouterr().out
    assert run([*arguments, "--help"]) == 0
    assert short == capsys.readouterr().out
    assert "用法：" in short


def it_takes_V_for_the_version(capsys):
    assert run(["-V"]) == 0
    short = capsys.readouterr().out
    assert run(["--version"]) == 0
    assert short == capsys.readouterr().out != ""


@pytest.mark.parametrize("place", [0, 1, 3])
def it_prints_findings_and_results_alone_when_quiet(place, capsys):
    arguments = ["check", written("一.yaml"), written("二.yaml", SAMPLE.replace("行政编制: 2", "行政编制: 两"))]
    arguments.insert(place, "--quiet")
    assert run(arguments) == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "二.yaml:" in captured.out
    assert run(arguments[:place] + arguments[place + 1 :]) == 1
    assert "2 个文件" in capsys.readouterr().err  # a run after it is not quiet


def it_renders_quietly(capsys):
    assert run(["render", "--quiet", written("一.yaml")]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert len(captured.out.splitlines()) == 2


def it_shortens_a_file_name_that_would_be_too_long(capsys):
    shutil.copy(ROOT / "tests" / "cases" / "data" / "longname.yaml", "长.yaml")
    assert run(["check", "长.yaml"]) == 0
    assert run(["render", "长.yaml", "-o", "出"]) == 0
    written_files = sorted(path.name for path in Path("出").iterdir())
    assert [name.rpartition(".")[2] for name in written_files] == ["docx", "xlsx"]
    assert all(len(name.encode()) <= 255 and not name.startswith(".") for name in written_files)
    assert "Traceback" not in capsys.readouterr().err


def it_prints_where_the_output_is_a_dash_and_writes_no_file_of_that_name(capsys):
    for arguments in (["new", "shifeng-2020", "-o", "-"], ["schema", "shifeng-2020", "--output=-"]):
        assert run(arguments) == 0
        assert "shifeng-2020" in capsys.readouterr().out
    data = written("数据.yaml")
    for arguments in (
        ["render", data, "-o", "-"],
        ["standard", "pack", "shifeng-2020", "-o-"],
        ["form", data, "-o", "-"],
    ):
        assert run(arguments) == 2
        assert "错误[usage-bad-value] -o 的值不对：“-”不是文件名" in capsys.readouterr().err
    assert not Path("-").exists()


def it_explains_a_code_behind_a_data_file_too(capsys):
    assert run(["explain", written("数据.yaml"), "check-failed"]) == 0
    assert capsys.readouterr().out.startswith("错误[check-failed]")


def it_says_in_plain_words_which_command_is_missing_and_that_links_go_round(capsys):
    assert run(["cache"]) == 2
    assert "缺少参数 show|clear。" in capsys.readouterr().err
    Path("圈").symlink_to("圈")
    assert run(["check", "圈"]) == 2
    assert "无法读取文件“圈”：链接绕成了圈" in capsys.readouterr().out
    assert run(["render", "圈"]) == 2
    assert "无法读取文件“圈”：链接绕成了圈" in capsys.readouterr().err
    assert run(["collect", "shifeng-2020", "圈", "-o", "汇总.csv"]) == 1
    assert "无法读取文件“圈”：链接绕成了圈" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["check", "坏.yaml"], ["check", "坏.yaml", "--format=json"], ["-V"]])
def it_says_that_stdout_takes_no_more(arguments):
    written("坏.yaml", SAMPLE.replace("行政编制: 2", "行政编制: 两"))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith("错误[stdout-lost] 结果没有印完：磁盘已满。")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("command", ["check", "render"])
def it_says_that_a_folder_cannot_be_read(command, monkeypatch, capsys):
    Path("锁").mkdir()

    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refused)  # the rights of a folder mean nothing to root
    assert run([command, "锁"]) == 2
    captured = capsys.readouterr()
    assert "错误[file-unreadable] 无法读取文件“锁”：没有权限" in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("command", ["check", "render"])
def it_leaves_out_what_is_no_data_file_in_a_folder_and_says_so(command, capsys):
    written("夹/数据.yaml")
    written("夹/模式.json", '{"$schema": "x", "properties": {"标准": {"type": "string"}}}')
    written("夹/服务.yaml", "services:\n  标准: x\n")
    written("夹/说明.md", "")
    written("夹/.vscode/settings.json", "{}")
    Document().save("夹/旧报告.docx")
    shutil.copy(ROOT / "templates/standards/shifeng-2020.yaml", "夹/标准.yaml")
    assert run([command, "夹"]) == 0
    captured = capsys.readouterr()
    assert "跳过（没有写“标准”，不是数据文件）：夹/模式.json" in captured.err
    assert "跳过（没有写“标准”，不是数据文件）：夹/服务.yaml" in captured.err
    assert "跳过（不是数据文件）：夹/旧报告.docx、夹/标准.yaml、夹/说明.md\n" in captured.err
    assert "错误" not in captured.out + captured.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX pipes")
def it_waits_for_no_pipe_in_a_folder(capsys):
    written("夹/数据.yaml")
    os.mkfifo("夹/管道.yaml")
    assert run(["check", "夹"]) == 0
    assert "跳过（不是数据文件）：夹/管道.yaml\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "'标准'： shifeng-2020\n", '{"标准": "shifeng-2020", }', "标准: shifeng-2020\n  - x"]
)
def it_never_leaves_out_a_data_file_that_is_at_fault(text, capsys):
    written("夹/坏.yaml", text)
    assert run(["check", "夹"]) in (1, 2)
    captured = capsys.readouterr()
    assert "跳过" not in captured.err
    assert "坏.yaml" in captured.out


def it_names_what_it_left_out_where_nothing_remains(capsys):
    written("夹/模式.json", "{}")
    assert run(["check", "夹"]) == 2
    assert "错误[no-data-files]" in (told := capsys.readouterr().err)
    assert "模式.json" in told


def it_looks_into_subfolders_when_asked_to(capsys):
    written("夹/一.yaml")
    written("夹/下/二.yaml")
    written("夹/下/.藏/三.yaml")
    assert run(["check", "夹"]) == 0
    assert capsys.readouterr().err.startswith("1 个文件")
    assert run(["check", "夹", "--recursive"]) == 0
    told = capsys.readouterr().err
    assert "[1/2] 夹/一.yaml" in told
    assert "[2/2] 夹/下/二.yaml" in told


def it_finds_the_files_of_a_pattern_that_no_shell_expands(capsys):
    for name in ("夹/一.yaml", "夹/二.yaml", "夹/三[1].yaml"):
        written(name, SAMPLE.replace("行政编制: 2", "行政编制: 两") if "三" in name else SAMPLE)
    assert run(["check", "夹/?.yaml"]) == 0
    assert "2 个文件" in capsys.readouterr().err
    assert run(["check", "夹/*.yaml", "夹/一.yaml"]) == 1
    assert "3 个文件" in capsys.readouterr().err
    assert run(["check", "夹/*[1].yaml"]) == 1
    assert capsys.readouterr().out.startswith(str(Path("夹/三[1].yaml")))
    assert run(["check", "夹/*.json"]) == 2
    assert "找不到文件：夹/*.json" in capsys.readouterr().out
    assert run(["lint", str(ROOT / "templates/standards/shi*.yaml")]) == 0


@pytest.mark.parametrize("again", ["一.yaml", "./一.yaml", "链接.yaml", "夹"])
def it_takes_a_file_once_however_often_it_is_named(again, capsys):
    data = written("一.yaml")
    Path("链接.yaml").symlink_to(data)
    Path("夹").mkdir()
    Path("夹/一.yaml").symlink_to(f"../{data}")
    assert run(["render", data, again, "-o", "出"]) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2
    assert "跳过（前面已有同一个文件）" in captured.err
    assert run(["collect", "shifeng-2020", data, again, "-o", "汇总.csv"]) == 0
    assert "已报1家" in capsys.readouterr().err


@pytest.mark.parametrize(("kind", "other"), [("docx", "xlsx"), ("xlsx", "docx")])
def it_renders_one_kind_of_documents(kind, other):
    assert run(["render", written("一.yaml"), "--only", kind, "-o", "出"]) == 0
    assert [*Path("出").glob(f"*.{kind}")]
    assert not [*Path("出").glob(f"*.{other}")]


def it_refuses_a_kind_that_it_does_not_know(capsys):
    assert run(["render", written("一.yaml"), "--only", "pdf"]) == 2
    assert "docx, xlsx" in capsys.readouterr().err


def it_writes_both_kinds_where_both_are_asked_for(capsys):
    assert run(["render", written("一.yaml"), "--only", "docx", "--only", "xlsx", "-o", "出"]) == 0
    assert sorted(Path(line).suffix for line in capsys.readouterr().out.splitlines()) == [".docx", ".xlsx"]


def typed(monkeypatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def it_takes_a_data_file_from_the_standard_input(monkeypatch, capsys):
    typed(monkeypatch, SAMPLE.replace("行政编制: 2", "行政编制: 两"))
    assert run(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("-:")
    typed(monkeypatch, SAMPLE)
    assert run(["render", "-", "-o", "出"]) == 0
    assert len([*Path("出").iterdir()]) == 2


def it_keeps_a_document_that_was_edited_by_hand_unless_forced(capsys):
    assert run(["render", written("一.yaml"), "-o", "出"]) == 0
    (path,) = Path("出").glob("*.docx")
    (workbook,) = Path("出").glob("*.xlsx")
    document = Document(str(path))
    document.paragraphs[0].add_run("（送审稿）")
    document.save(str(path))
    edited, before = path.read_bytes(), workbook.read_bytes()
    written("一.yaml", SAMPLE.replace("简称: ", "简称: 新"))
    assert run(["render", "一.yaml", "-o", "出"]) == 2
    assert f"{path}: 错误[output-edited]" in capsys.readouterr().err
    assert (path.read_bytes(), workbook.read_bytes()) == (edited, before)  # all documents of a file or none
    assert run(["render", "一.yaml", "-o", "出", "--force"]) == 0
    assert path.read_bytes() != edited


def it_overwrites_what_it_wrote_itself_and_what_was_only_saved_again():
    assert run(["render", written("一.yaml"), "-o", "出"]) == 0
    (path,) = Path("出").glob("*.docx")
    Document(str(path)).save(str(path))
    assert run(["render", written("一.yaml", SAMPLE.replace("简称: ", "简称: 新")), "-o", "出"]) == 0


# what is made anew whenever its sources change -> a file of its kind that somebody else wrote
MADE_ANEW = {
    "fill 一.docx {} -o 出.docx": "docx",
    "standard describe shifeng-2020 -o 出.docx": "docx",
    "standard describe shifeng-2020 -o 出.html": "html",
    "standard pack shifeng-2020 -o 出.zip": "docx",
    "schema shifeng-2020 -o 出.json": "json",
    "collect shifeng-2020 {} -o 出.csv": "csv",
    "collect shifeng-2020 {} -o 出.json": "json",
    "collect shifeng-2020 {} -o 出.xlsx": "xlsx",
    "check 填报.xlsx --mark 出.xlsx": "xlsx",
    "diff 一.docx 二.docx --tracked 出.docx": "docx",
    "lint shifeng-2020 --write-baseline --baseline 出.json": "json",
}


@pytest.mark.parametrize("command", MADE_ANEW)
def it_makes_a_result_anew_over_its_own_and_over_nobody_elses(command, capsys):
    data, kind = written("数据.yaml"), MADE_ANEW[command]
    Document().save("一.docx")
    Document().save("二.docx")
    assert run(["form", data, "-o", "填报.xlsx"]) == 0
    arguments = command.replace("{}", data).split()
    path = next(Path(word) for word in arguments if word.startswith("出"))
    for content in (None, None, b""):  # none is there, its own, one that is empty
        if content is not None:
            path.write_bytes(content)
        assert run(arguments) == 0
        assert path.stat().st_size
    if kind in ("docx", "xlsx"):  # saved by another program
        (Document() if kind == "docx" else openpyxl.Workbook()).save(str(path))
    else:
        path.write_text({"csv": "科目,金额\n甲,1\n", "json": '{"年度": 2020}', "html": "<p>说明</p>"}[kind], "utf-8")
    foreign = path.read_bytes()
    capsys.readouterr()
    assert run(arguments) == 2
    assert f"{path}: 错误[output-edited]" in capsys.readouterr().err
    assert path.read_bytes() == foreign


def it_keeps_a_file_of_another_program():
    assert run(["render", written("一.yaml"), "-o", "出"]) == 0
    (path,) = Path("出").glob("*.docx")
    Document().save(str(path))
    foreign = path.read_bytes()
    assert run(["render", "一.yaml", "-o", "出"]) == 2
    assert path.read_bytes() == foreign


def it_says_where_it_looked_for_standards_where_there_are_none(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("generator.standard.library.generator.__file__", str(tmp_path / "无" / "__init__.py"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "自己"))
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path))
    assert run(["standards"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[0] == "没有找到标准。找过这些文件夹："
    assert f"  {tmp_path}\n" in captured.err
    assert f"  {tmp_path / 'templates'}（不存在）" in captured.err


@pytest.mark.parametrize(("variable", "value", "coloured"), [("TERM", "xterm", True), ("NO_COLOR", "1", False)])
def it_colours_findings_on_a_terminal_unless_asked_not_to(variable, value, coloured, monkeypatch, capsys):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert run(["check", written("坏.yaml", SAMPLE.replace("行政编制: 2", "行政编制: 两"))]) == 1
    assert ("\x1b[1;31m错误[" in capsys.readouterr().out) is coloured


def it_prints_no_colours_into_a_file(monkeypatch, capsys):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert run(["check", written("坏.yaml", SAMPLE.replace("行政编制: 2", "行政编制: 两"))]) == 1
    assert "\x1b" not in capsys.readouterr().out
