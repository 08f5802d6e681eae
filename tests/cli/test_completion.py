"""Completion in shells: commands, options and the ids of standards; files are the shell's own."""

from pathlib import Path

import pytest

from generator.cli import run

ROOT = Path(__file__).parents[2]


def completed(line: str, monkeypatch, capsys) -> list[str]:
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    monkeypatch.setenv("_GENERATOR_COMPLETE", "complete_bash")
    with pytest.raises(SystemExit):
        run([])
    return capsys.readouterr().out.split()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("generator ren", ["render"]),
        ("generator check --stri", ["--strict"]),
        ("generator check --format gi", ["github"]),
        ("generator new shi", ["shifeng-2020"]),
        ("generator standard describe wan", ["wanzhou-2020"]),
        ("generator migrate a.yaml --to bei", ["beita-2023"]),
        ("generator --lang ", ["zh", "en"]),
        ("generator --lang e", ["en"]),
        ("generator check a.yaml --lang ", ["zh", "en"]),
    ],
)
def it_completes_commands_options_and_standards(line, words, monkeypatch, capsys):
    assert completed(line, monkeypatch, capsys) == words


def it_shows_its_script_and_leaves_files_to_the_shell(capsys, monkeypatch):
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    with pytest.raises(SystemExit) as left:
        run(["--show-completion", "bash"])
    assert left.value.code == 0
    assert "complete -o default" in capsys.readouterr().out
    run(["--help"])
    told = capsys.readouterr().out
    assert "--install-completion" in told
    assert "Show completion" not in told


@pytest.mark.parametrize(
    ("shell", "written"), [("zsh", "#compdef generator"), ("fish", "complete --command generator")]
)
def it_shows_the_script_of_the_shell_that_is_named(shell, written, capsys, monkeypatch):
    monkeypatch.delenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", raising=False)
    with pytest.raises(SystemExit):
        run(["--show-completion", shell])
    assert capsys.readouterr().out.startswith(written)
