"""The command line's frame: languages, help, usage errors, exit codes."""

import subprocess
import sys

import pytest

from generator.cli import run
from generator.cli.app import COMMANDS


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
