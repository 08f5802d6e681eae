"""The command line's frame: languages, help, usage errors, exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import run
from generator.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]


def it_lists_every_command_in_the_language_asked_for(capsys):
    assert run(["--help"]) == 0
    chinese = capsys.readouterr().out
    assert run(["--lang", "en", "--help"]) == 0
    english = capsys.readouterr().out
    assert "用法：" in chinese
    assert "Usage:" in english
    for command in COMMANDS:
        assert f"\n  {command} " in chinese
        assert f"\n  {command} " in english
    assert not any("一" <= char <= "鿿" for char in english)


@pytest.mark.parametrize("command", COMMANDS)
def it_explains_each_command_in_both_languages(command, capsys):
    for language, words in (("zh", ("用法：", "选项：")), ("en", ("Usage:", "Options:"))):
        assert run([command, "--help", "--lang", language]) == 0
        shown = capsys.readouterr().out
        for word in words:
            assert word in shown
        assert "<str>" not in shown
        if language == "en":
            assert not any("一" <= char <= "鿿" for char in shown.replace("【待填：…】", "").replace("资金.执行率", ""))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["chek"], "usage-unknown-command", "是不是“check”"),
        (["check"], "usage-missing", "DATA"),
        (["check", "--formt", "json", "a.yaml"], "usage-unknown-option", "是不是“--format”"),
        (["check", "--format", "xml", "a.yaml"], "usage-bad-value", "text, json"),
        (["fill", "a.docx", "b.json"], "usage-missing", "--output"),
        (["--lang", "fr", "standards"], "usage-bad-value", "--lang"),
        (["schema", "a", "b"], "usage-extra", "b"),
        (["render", "a.yaml", "－－pdf"], "usage-unknown-option", "是不是“--pdf”"),
        (["render", "a.yaml", "——pdf"], "usage-unknown-option", "是不是“--pdf”"),
        (["render", "a.yaml", "–ｏ"], "usage-unknown-option", "是不是“-o”"),
        (["render", "a.yaml", "-o=文件夹"], "usage-unknown-option", "是不是“-o 文件夹”"),
        (["－－help"], "usage-unknown-option", "是不是“--help”"),
        (["check\u3000a.yaml"], "usage-unknown-command", "是不是“check”"),
        (["check", "没有/a.yaml", "--watch"], "file-unreadable", "没有"),
    ],
)
def it_answers_wrong_usage_with_one_clear_message_and_exit_code_2(arguments, code, words, capsys):
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"错误[{code}]" in captured.err
    assert words in captured.err
    assert "Traceback" not in captured.err


def it_takes_the_language_from_the_environment(monkeypatch, capsys):
    monkeypatch.setenv("GENERATOR_LANG", "en")
    assert run(["chek"]) == 2
    assert "no such command: chek; did you mean “check”?" in capsys.readouterr().err


def it_runs_as_a_module_and_prints_utf8_on_any_console():
    done = subprocess.run(
        [sys.executable, "-m", "generator", "chek"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "SYSTEMROOT": ""},
        check=False,
    )
    assert done.returncode == 2
    assert "没有命令“chek”" in done.stderr.decode("utf-8")


def it_takes_a_file_whose_name_begins_with_a_dash_of_a_chinese_keyboard_for_a_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("－a.yaml").touch()
    assert run(["check", "－a.yaml"]) == 1
    assert "－a.yaml: 错误[source-empty]" in capsys.readouterr().out
    assert run(["check", "--", "－b.yaml"]) == 2
    assert "file-missing" in capsys.readouterr().out


def it_names_at_the_end_of_a_batch_the_files_with_errors(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("a.yaml", "b.yaml"):
        Path(name).write_bytes((ROOT / "data" / "dayu-2020.yaml").read_bytes())
    Path("c.yaml").touch()
    assert run(["check", "a.yaml", "c.yaml", "b.yaml"]) == 1
    assert capsys.readouterr().err.endswith("3 个文件：1 个错误，0 个警告。\n有错误的有 1 个文件：\n  c.yaml\n")
