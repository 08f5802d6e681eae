"""`docs/cli.md` and `docs/cli.zh-CN.md`: every command as `--help` tells it, with exit codes; refreshed by `--update-golden`."""

from pathlib import Path

import pytest
from typer.main import get_command

from generator.cli import run
from generator.cli.invocation import invoke
from generator.cli.ready_pages import pages_file, read_pages, written_pages
from generator.cli.typer_application import build
from generator.diagnostics import LANGUAGES

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"zh": DOCS / "cli.zh-CN.md", "en": DOCS / "cli.md"}
HEADS = {
    "zh": """# 命令行

结果（生成的文件名、JSON）印在标准输出，给人看的消息印在标准错误。消息默认是中文，`--lang en` 或 `GENERATOR_LANG=en` 换成英文。数据文件可以是
YAML、JSON，也可以是填好的填报表（`.xlsx`）。写了 `--format json` 的，标准输出总是一个 JSON 值，命令写错了也是：`{"diagnostics": […]}`。本页由 `--help` 生成。

| 退出码 | 意思 |
|---|---|
| 0 | 没有错误；警告已经印出，`--strict` 把它们当作错误 |
| 1 | 所查的内容有错误：数据（check、render）、标准或模板（lint）；两份文档有差异（diff）；一批里有文件没有生成 |
| 2 | 事情没有做成：用法不对、缺少文件、标准或模板有错（check、render）、程序内部错误 |
""",
    "en": """# The command line

Results (the paths that were written, JSON) go to stdout, messages for people to stderr. Messages are Chinese by default; `--lang en` or
`GENERATOR_LANG=en` makes them English. A data file is YAML, JSON or a filled-in form (`.xlsx`). With `--format json` stdout is one JSON value
whatever happens; of a command line that is typed wrong it is `{"diagnostics": […]}`. This page is made from `--help`.

| exit code | meaning |
|---|---|
| 0 | no error; warnings are printed, `--strict` makes them errors |
| 1 | errors in what was examined: data (check, render), a standard or template (lint); documents differ (diff); a file of a batch gave none |
| 2 | the work could not be done: usage, a missing file, a broken standard or template (check, render), an internal error |
""",
}


@pytest.fixture(autouse=True)
def _no_shell_named(monkeypatch):
    """A command line that names the shell for its completion says so to Typer by this, until its process ends."""
    monkeypatch.delenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", raising=False)


def commands(tree, path=()):
    """The command lines that have a `--help` of their own, in the order of the program's help."""
    for name, command in tree.commands.items():
        inner = (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, inner)
        else:
            yield inner


@pytest.mark.parametrize("language", LANGUAGES)
def it_has_a_page_with_every_command(language, capsys, monkeypatch, request):
    monkeypatch.setenv("COLUMNS", "100")
    parts = [HEADS[language]]
    for words in commands(get_command(build(language))):
        assert invoke([*words, "--help"], language) == 0
        parts.append(f"## generator {' '.join(words)}\n\n```text\n{capsys.readouterr().out.strip()}\n```\n")
    text = "\n".join(parts)
    if request.config.getoption("--update-golden"):
        PAGES[language].write_text(text, encoding="utf-8", newline="\n")
    assert PAGES[language].read_text(encoding="utf-8") == text, "run pytest --update-golden"


def typers_page(words, language, capsys):
    """A page as Typer makes it."""
    assert invoke([*words, "--help"], language) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def it_keeps_every_page_ready_as_typer_makes_it(language, capsys, monkeypatch, request):
    monkeypatch.setenv("COLUMNS", "80")
    tree = get_command(build(language))
    groups = [(name,) for name, command in tree.commands.items() if hasattr(command, "commands")]
    pages = [(" ".join(words), typers_page(words, language, capsys)) for words in [(), *groups, *commands(tree)]]
    if request.config.getoption("--update-golden"):
        Path(pages_file(language)).write_text(written_pages(pages), encoding="utf-8", newline="\n")
    assert dict(read_pages(language)) == dict(pages), "run pytest --update-golden"
    monkeypatch.setenv("COLUMNS", "200")
    assert typers_page(("render",), language, capsys) == dict(pages)["render"]  # the widest that there is


@pytest.mark.parametrize("columns", ["200", "79", "0", "x"])
@pytest.mark.parametrize("words", [[], ["standard", "init"], ["nonsense"]])
def it_answers_at_every_width_as_typer_does(words, columns, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    arguments = [*words, "--help"]
    ready = run(["--lang", "en", *arguments]), capsys.readouterr()
    assert ready == (invoke(arguments, "en"), capsys.readouterr())


@pytest.mark.parametrize(
    "arguments", [[], ["-h"], ["-V"], ["standard", "-h"], ["-V", "--help"], ["cache", "--", "--help"]]
)
def it_answers_to_short_forms_as_typer_does(arguments, capsys):
    ready = run(arguments), capsys.readouterr()
    assert ready == (invoke(arguments, "zh"), capsys.readouterr())
