"""Bad input: each kind its own clear message, exit 1 or 2, never a traceback, and no file, not even a partial one."""

import errno
import json
import os
import re
import shutil
import sys
from pathlib import Path

import docx
import pytest

from generator.cli import run

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def in_a_folder_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)


def changed(old: str, new: str) -> bytes:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, 1).encode()


# what is in the data file -> exit code and the code of the finding
CASES = {
    "empty": (b"", 1, "source-empty"),
    "only blanks": (b"\n\n   \n", 1, "source-no-content"),
    "binary": (bytes(range(256)) * 8, 1, None),
    "a Word file": ((ROOT / "templates" / "docx" / "shifeng-2020.docx").read_bytes(), 1, None),
    "no standard": (b"a: 1\n", 1, "report-no-standard"),
    "unknown standard": (changed("标准: shifeng-2020", "标准: shifeng-2002"), 2, "standard-not-found"),
    "another version": (changed("标准: shifeng-2020", "标准: shifeng-2020@9.0.0"), 1, "report-standard-version"),
    "1 MB of text": (changed("级别: 正科级", f"级别: {'级' * 350_000}"), 1, "text-too-long"),
    "control character": (changed("级别: 正科级", "级别: 正科\x07级"), 1, None),
    "lone surrogate": (changed("级别: 正科级", "级别: 正科级").replace("正科级".encode(), b"\xed\xa0\x80"), 1, None),
    "NaN": (changed("其他收入: 0.96", "其他收入: NaN"), 1, None),
    "infinity": (changed("其他收入: 0.96", "其他收入: .inf"), 1, None),
    "an exponent": (changed("其他收入: 0.96", "其他收入: 1e3"), 1, None),
    "full-width digits": (changed("其他收入: 0.96", "其他收入: ０.９６"), 1, None),
    "thousands separators": (changed("其他收入: 0.96", "其他收入: 1,000.96"), 1, None),
    "too many places": (changed("其他收入: 0.96", "其他收入: 0.9655"), 1, None),
    "a percent without its sign": (changed("  退休人数: 3\n", "  退休人数: 3\n  控制率: 95\n"), 1, None),
    "a score above its weight": (
        changed("            分值: 15\n            得分: 15\n", "            分值: 15\n            得分: 16\n"),
        1,
        "check-failed",
    ),
    "unknown field": (changed("其他收入: 0.96", "其它收入: 0.96"), 1, "unknown-field"),
    "duplicate key": (changed("年度: 2020\n", "年度: 2020\n年度: 2021\n"), 1, "duplicate-key"),
    "a tab": (changed("  行政编制: 2", "\t行政编制: 2"), 1, None),
    "full-width colon": (changed("退休人数: 3", "退休人数： 3"), 1, None),
    "a missing value": (changed("  退休人数: 3\n", "").replace("  在职人数: 8\n".encode(), b""), 1, "missing-value"),
}


@pytest.mark.parametrize("name", CASES)
def it_says_what_is_wrong_and_writes_nothing(name, capsys):
    content, exit_code, code = CASES[name]
    Path("数据.yaml").write_bytes(content)
    assert run(["render", "数据.yaml", "-o", "out"]) == exit_code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert "internal-error" not in captured.err
    assert f"错误[{code}]" in captured.err if code else "错误[" in captured.err
    assert "提示：" in captured.err
    assert not Path("out").exists()
    assert sorted(path.name for path in Path().iterdir()) == ["数据.yaml"]


def it_refuses_an_impossible_date(capsys):
    text = (ROOT / "data" / "huidong-2023.yaml").read_text(encoding="utf-8").replace("2024-04-30", "2024-2-30")
    Path("数据.yaml").write_text(text, encoding="utf-8")
    assert run(["render", "数据.yaml", "-o", "out"]) == 1
    error = capsys.readouterr().err
    assert "2024-2-30" in error
    assert not Path("out").exists()


def it_refuses_a_standard_of_a_newer_engine(capsys, monkeypatch):
    shutil.copytree(ROOT / "templates", "库")
    standard = Path("库/standards/shifeng-2020.yaml")
    text = standard.read_text(encoding="utf-8")
    standard.write_text(re.sub(r"(?m)^version: .*$", r"\g<0>\nengine: 99.0", text, count=1), encoding="utf-8")
    monkeypatch.setenv("GENERATOR_LIBRARY", "库")
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    assert run(["check", "数据.yaml"]) == 2
    captured = capsys.readouterr()
    assert "库" in captured.out
    assert "99.0" in captured.out


def it_says_that_a_folder_stands_where_a_file_belongs(capsys):
    Path("a.docx").mkdir()
    assert run(["show", "a.docx"]) == 2
    assert "错误[file-is-folder]" in capsys.readouterr().err
    assert run(["explain", "a.docx", "总分"]) == 2
    assert "错误[file-is-folder]" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def it_says_that_the_output_folder_cannot_be_written(capsys):
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    Path("out").mkdir(mode=0o500)
    assert run(["render", "数据.yaml", "-o", "out"]) == 2
    assert "错误[output-folder]" in capsys.readouterr().err


def it_says_that_the_output_folder_is_a_file(capsys):
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    Path("out").write_bytes(b"")
    assert run(["render", "数据.yaml", "-o", "out"]) == 2
    assert "错误[output-folder]" in capsys.readouterr().err
    assert Path("out").read_bytes() == b""


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (PermissionError(errno.EACCES, "Permission denied"), "文件正被别的程序打开"),
    ],
)
def it_leaves_what_was_there_when_a_document_cannot_take_its_name(fault, words, monkeypatch, capsys):
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    assert run(["render", "数据.yaml", "-o", "out"]) == 0
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}

    def refuse(*_):
        raise fault

    monkeypatch.setattr("generator.ooxml.package.os.replace", refuse)
    capsys.readouterr()
    assert run(["render", "数据.yaml", "-o", "out"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "错误[output-unwritable]" in captured.err
    assert words in captured.err
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == before


def it_keeps_findings_of_json_output_on_stdout_even_when_the_work_cannot_be_done(capsys):
    assert run(["check", "没有.yaml", "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert [finding["code"] for finding in json.loads(captured.out)["diagnostics"]] == ["file-missing"]
    assert run(["diff", "没有.docx", "也没有.docx", "--format", "json"]) == 2
    assert [finding["code"] for finding in json.loads(capsys.readouterr().out)["diagnostics"]] == ["file-missing"]


# a command line that is typed wrong -> the code, and what is said of it
MISTYPED = [
    ("check", "usage-missing", "DATA"),
    ("chekc a.yaml", "usage-unknown-command", "check"),
    ("check a.yaml --only docx", "usage-unknown-option", "--only"),
    ("check a.yaml －－strict", "usage-unknown-option", "--strict"),
    ("check a.yaml --workers -1", "usage-bad-value", "不能小于 0"),
    ("check a.yaml --format json", "usage-repeated", "--format"),
    ("check a.yaml --lang fr", "usage-bad-value", "“fr”不在可选值 zh, en 之中"),
    ("check a.yaml --lang", "usage-option-value", "--lang"),
    ("check a.yaml --limits memory=x", "usage-bad-value", "“memory=x”要写成 名称=数"),
    ("check a.yaml --limits seconds=-1", "usage-bad-value", "“seconds=-1”要写成"),
    ("check a.yaml --limits pages=3", "usage-bad-value", "seconds, turns"),
    ("diff a.docx --max 0", "usage-bad-value", "不能小于 1"),
    ("standards x", "usage-extra", "x"),
    ("lint shifeng-2020 --standard dayu-2020", "usage-bad-value", "“shifeng-2020”是标准"),
    ("explain no-such", "explain-what", "no-such"),
    ("render a.yaml -o -", "usage-bad-value", "-o"),
    ("new shifeng-2020 --isolated", "usage-bad-value", "--isolated"),
    ("check a.yaml --isolated --fix", "isolated-refused", "--fix"),
]


@pytest.mark.parametrize(("typed", "code", "said"), MISTYPED)
def it_tells_a_program_of_a_command_line_that_is_typed_wrong(typed, code, said, capsys, monkeypatch):
    monkeypatch.setenv("GENERATOR_ISOLATED", "")  # the option sets it
    assert run([*typed.split()[:1], "--format=json", *typed.split()[1:]]) == 2
    captured = capsys.readouterr()
    (finding,) = json.loads(captured.out)["diagnostics"]
    assert finding["code"] == code
    assert said in finding["message"]
    assert captured.err == ""


@pytest.mark.parametrize(
    "typed",
    [
        ["check", ""],
        ["render", "a.yaml", ""],
        ["explain", "", "总分"],
        ["new", ""],
        ["lint", ""],
        ["diff", "", "a.docx"],
    ],
)
def it_tells_of_an_argument_that_is_empty(typed, capsys):
    assert run(typed) == 2
    assert "错误[usage-wrong] 命令用法不对：有一个参数是空的" in capsys.readouterr().err


def it_prints_one_value_where_a_copy_cannot_be_written_after_the_findings(capsys):
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    assert run(["form", "数据.yaml", "-o", "填报.xlsx"]) == 0
    docx.Document().save("审核.xlsx")
    capsys.readouterr()
    assert run(["check", "填报.xlsx", "--mark", "审核.xlsx", "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert json.loads(captured.out)["errors"] == 0
    assert "[output-edited]" in captured.err


@pytest.mark.parametrize("asked", ["github", "sarif"])
def it_tells_other_programs_of_work_that_could_not_be_done(asked, capsys):
    assert run(["lint", "没有-2020", "--format", asked]) == 2
    assert "standard-not-found" in capsys.readouterr().out


def it_explains_a_code_to_a_program(capsys):
    assert run(["explain", "check-failed", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [*told] == ["code", "severity", "meaning", "example", "hint"]
    assert (told["code"], told["severity"]) == ("check-failed", "error")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
@pytest.mark.parametrize("command", ["show templates/docx/shifeng-2020.docx", "schema shifeng-2020"])
def it_ends_quietly_when_its_reader_went_away(command):
    import subprocess

    pipeline = f"{{ '{sys.executable}' -m generator {command}; echo $? >&2; }} | head -c 1"
    done = subprocess.run(["sh", "-c", pipeline], capture_output=True, check=False, cwd=ROOT)
    assert done.stderr.strip() in (b"0", b"2")  # never 1: nothing that was examined is at fault


def it_says_that_a_document_is_no_standard_and_no_package(capsys):
    shutil.copy(ROOT / "templates" / "docx" / "shifeng-2020.docx", "报告.docx")
    for command in (["new"], ["lint", "报告.docx", "--standard"], ["schema"], ["standard", "pack"]):
        assert run([*command, "报告.docx"]) == 2
        told = capsys.readouterr().err
        assert "错误[standard-not-found]" in told
        assert "“报告.docx”是别的文件" in told
    for command in ("install", "verify"):
        assert run(["standard", command, "报告.docx"]) in (1, 2)
        told = capsys.readouterr().err
        assert "错误[distribution-not-package]" in told
        assert "distribution-bad-name" not in told


@pytest.mark.parametrize("command", [["show"], ["verify"], ["diff"]])
def it_says_where_a_data_file_goes_that_is_given_for_a_document(command, capsys):
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    assert run([*command, "数据.yaml", *(["报告.docx"] if command == ["diff"] else [])]) == 2
    told = capsys.readouterr().err
    assert "错误[package-not-zip]" in told
    assert "generator check" in told


WORD = (ROOT / "templates" / "docx" / "shifeng-2020.docx").read_bytes()
BOOK = (ROOT / "templates" / "xlsx" / "shifeng-2020.xlsx").read_bytes()
AMONG = {
    "a.yaml": b"",
    "b.json": b"",
    "word.yaml": WORD,
    "book.yml": BOOK,
    "t.docx": WORD,
    "b.bin": bytes(range(256)) * 9,
}
AMONG["数据.yaml"], AMONG["english.yaml"] = SAMPLE.encode(), "standard: x-1\n单位: 甲\n".encode()
AMONG["comments.yaml"] = b"# nothing\n"


def printed(capsys) -> str:
    """All that was printed: findings are the result of `check` and `lint`, and messages of the others."""
    captured = capsys.readouterr()
    return captured.out + captured.err


# what is typed -> exit code, code of the only finding, and what its advice says
WRONG_FILES = [
    ("check a.yaml", 1, "source-empty", "generator new"),
    ("lint a.yaml", 1, "source-empty", "generator standard init"),
    ("new a.yaml", 2, "source-empty", "generator standard init"),
    ("fill t.docx b.json -o o.docx", 2, "source-empty", "模板的取值"),
    ("diff t.docx t.docx --rules a.yaml", 2, "source-empty", "去掉 --rules"),
    ("diff t.docx t.docx --rules t.docx", 2, "source-not-text", "--rules 后面"),
    ("diff t.docx t.docx --rules comments.yaml", 0, None, ""),
    ("check word.yaml", 1, "source-not-text", "检查文件名"),
    ("check book.yml", 1, "source-not-text", "改成 .xlsx"),
    ("lint word.yaml", 1, "source-not-text", "generator standards"),
    ("lint b.bin", 2, None, ""),
    ("fill t.docx word.yaml -o o.docx", 2, "source-not-text", "模板写在它的前面"),
    ("lint 数据.yaml", 1, "standard-not-a-standard", "它的是 shifeng-2020"),
    ("new 数据.yaml", 2, "standard-not-a-standard", "generator check"),
    ("schema english.yaml", 2, "standard-not-a-standard", "它的是 x-1"),
    ("fill missing.yaml 数据.yaml -o o.docx", 2, "file-missing", "文件名"),
    ("fill folder 数据.yaml -o o.docx", 2, "file-is-folder", "文件夹里的文件名"),
    ("lint folder", 2, "standard-not-found", "是文件夹"),
    ("form folder -o o.xlsx", 2, "standard-not-found", "是文件夹"),
    ("new shifeng-2020 -o folder", 2, "file-is-folder", "文件夹里的文件名"),
    ("convert 数据.yaml -o 新.yaml/", 2, "file-is-folder", "请删去末尾的斜线"),
    ("fill t.docx 数据.yaml --output=", 2, "usage-option-value", "generator fill --help"),
    ("standard verify shifeng-2020 --sha256 aa", 2, "usage-bad-value", "标准包文件"),
    ("standard roll shifeng-2020 shifeng-2020", 2, "usage-bad-value", "就是原来的标准"),
    ("check 数据.yaml --mark a.docx", 2, "form-output", "文件名以 .xlsx 结尾"),
    ("explain missing.yaml", 2, "file-missing", "文件名"),
    ("explain folder", 2, "file-is-folder", "文件夹里的文件名"),
    ("explain 数据.yaml", 2, "explain-what", "generator explain 数据.yaml 总分"),
    (
        "standard remove shifeng-2020",
        2,
        "remove-not-installed",
        "shifeng-2020.yaml”，不是用 generator standard install 装的",
    ),
]


@pytest.mark.parametrize("case", WRONG_FILES, ids=lambda case: case[0])
def it_tells_a_wrong_file_as_what_it_is_and_for_what_it_was_given(case, capsys, tmp_path, monkeypatch):
    typed, exit_code, code, advice = case
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    Path("folder").mkdir()
    for name in typed.split():
        if name in AMONG:
            Path(name).write_bytes(AMONG[name])
    assert run(typed.split()) == exit_code
    told = printed(capsys)
    if code:
        assert told.count("错误[") == 1
        assert f"错误[{code}]" in told
        assert advice in told
        assert "是不是“" not in told
    assert not Path("o.docx").exists()


def it_says_that_nothing_is_installed_yet(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    assert run(["standard", "remove", "甲-2020"]) == 2
    assert "还没有装任何标准" in printed(capsys)


def it_still_tells_a_misspelt_key_of_a_standard_as_that(capsys):
    Path("s.yaml").write_text("standard: x-1\nfeilds: {甲: text}\n", encoding="utf-8")
    assert run(["lint", "s.yaml"]) == 1
    told = printed(capsys)
    assert "standard-unknown-key" in told
    assert "standard-not-a-standard" not in told


@pytest.mark.parametrize("command", ["check", "render"])
def it_tells_of_a_subfolder_that_cannot_be_read_and_goes_on(command, capsys, monkeypatch):
    for folder in ("all/a", "all/shut", "all/z"):
        Path(folder).mkdir(parents=True)
    Path("all/a/数据.yaml").write_text(SAMPLE, encoding="utf-8")
    Path("all/z/数据.yaml").write_text(SAMPLE.replace("石峰区工商业联合会", "丙县工商业联合会"), encoding="utf-8")
    inside, may = Path.iterdir, os.access

    def refuse(path):
        if path.name == "shut":
            raise PermissionError(errno.EACCES, "")
        return inside(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: "shut" not in str(path) and may(path, mode))
    assert run([command, "all", "--recursive", *(["-o", "out"] if command == "render" else [])]) in (1, 2)
    told = printed(capsys)
    assert told.count("错误[") == 1
    assert "错误[file-unreadable]" in told
    assert "3 个文件" in told
    assert "没有权限" in told
    assert len(list(Path().glob("out/*"))) == (4 if command == "render" else 0)


def it_replaces_no_read_only_file_unless_forced(capsys):
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    assert run(["render", "数据.yaml", "-o", "out"]) == 0
    made = sorted(Path("out").iterdir())
    made[0].chmod(0o444)
    before = [path.read_bytes() for path in made]
    assert run(["render", "数据.yaml", "-o", "out"]) == 0, "the same bytes take nothing from anybody"
    capsys.readouterr()
    assert run(["render", "数据.yaml", "-o", "out", "--draft"]) == 2
    told = printed(capsys)
    assert "只读" in told
    assert "--force" in told
    assert [path.read_bytes() for path in made] == before
    assert run(["render", "数据.yaml", "-o", "out", "--draft", "--force"]) == 0
    Path("s.json").write_text("{}")
    Path("s.json").chmod(0o555)
    capsys.readouterr()
    assert run(["schema", "shifeng-2020", "-o", "s.json"]) == 2
    assert "--force" not in printed(capsys)
    assert Path("s.json").read_text() == "{}"
    made[0].chmod(0o644)
    Path("s.json").chmod(0o644)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["migrate", "数据.yaml", "--to", "shifeng-2020", "-o", "数据.yaml", "--force"], "output-is-input"),
        (["convert", "数据.yaml", "-o", "数据.yaml"], "output-is-input"),
        (["render", "数据.yaml/"], "file-unreadable"),
        (["standard", "pack", "shifeng-2020", "--sample", "数据.txt"], "usage-bad-value"),
        (["check", "数据.yaml", "--lang", "zh", "--lang=zh"], "usage-repeated"),
        (["lint", "shifeng-2020", "--annotate", "数据.yaml"], "output-folder"),
        (["diff", "a.docx", "a.docx", "--pages", "数据.yaml/页"], "output-folder"),
    ],
)
def it_tells_before_anything_is_done_what_cannot_be_meant(words, code, capsys):
    Path("数据.yaml").write_text(SAMPLE, encoding="utf-8")
    docx.Document().save("a.docx")
    before = sorted(Path().iterdir())
    assert run(words) == 2
    assert f"[{code}]" in printed(capsys)
    assert sorted(Path().iterdir()) == before


def it_compares_no_standard_with_itself_for_a_version_that_is_not_there(monkeypatch, capsys):
    monkeypatch.setenv("GENERATOR_LIBRARY", "templates")
    assert run(["standard", "init", "baihe-2024", "--issuer", "白河县财政局"]) == 0
    standard = Path("templates/standards/baihe-2024.yaml")
    standard.write_text(standard.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0", 1), encoding="utf-8")
    assert run(["diff", "baihe-2024@1.0.0", "baihe-2024@1.1.0"]) == 2
    assert "[standard-not-found]" in printed(capsys)
