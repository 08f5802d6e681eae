"""What is told of files from elsewhere shows their control characters and marks of direction; no terminal obeys them."""

import json
from pathlib import Path

import pytest

from generator.cli import run
from generator.cli.console import visible
from generator.excel.template import ExcelTemplate
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
EVIL = "<script>alert(1)</script>\u202eabc\u2066x\x9b31m\u2028<img src=x onerror=alert(1)>"
OBEYED = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202d\u202e\u2066\u2028"} - {"\n", "\t"}


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIMITS", "")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    for kind, template in (
        ("docx", WordTemplate(document(paragraph("{{ x }}")))),
        ("xlsx", ExcelTemplate(one_cell("{{ x }}"))),
    ):
        Path(f"a.{kind}").write_bytes(template.render({"x": "甲"}))
        Path(f"b.{kind}").write_bytes(template.render({"x": EVIL}))
    Path("e.yaml").write_text("标准: shifeng-2020\n\u202e年度: \u20662020\n", encoding="utf-8")
    Path("t.docx").write_bytes(document(paragraph("{{ x['\u202e\u009b31m'] }}")))
    Path("c.json").write_text('{"x": {}}', encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["show", "b.docx"],
        ["show", "b.xlsx"],
        ["diff", "a.docx", "b.docx"],
        ["diff", "a.xlsx", "b.xlsx", "--format", "html"],
        ["diff", "a.docx", "b.docx", "--format", "html"],
        ["diff", "a.docx", "b.docx", "--format", "markdown"],
        ["diff", "a.xlsx", "b.xlsx", "--format", "github"],
        ["diff", "a.docx", "b.docx", "--format", "junit"],
        ["check", "e.yaml"],
        ["check", "e.yaml", "--format", "sarif"],
        ["check", "nosuch\x1b]0;x\x07\u202e.yaml"],
        ["check", "--\x1b[31m"],
        ["explain", "e.yaml", "\x1b[31m"],
        ["fill", "t.docx", "c.json", "-o", "o.docx"],
        ["--limits", "\x1b[31m=1", "check", "e.yaml"],
    ],
    ids=ascii,
)
def it_prints_nothing_that_a_terminal_obeys(command, capsys):
    run(command)
    told = capsys.readouterr()
    shown = told.out + told.err
    assert shown
    assert not OBEYED & set(shown)
    if "html" in command or "markdown" in command:
        assert "<script>" not in shown
        assert "<img src=x" not in shown


def it_changes_no_json(capsys):
    run(["diff", "a.xlsx", "b.xlsx", "--format", "json"])
    shown = capsys.readouterr().out
    assert not OBEYED & set(shown)
    assert json.loads(shown)["differences"][0]["new"] == EVIL


def it_keeps_the_colours_that_are_ours():
    assert visible("\x1b[1;31m错误\x1b[0m \x1b[31m\r", colours=True) == "\x1b[1;31m错误\x1b[0m \\u001b[31m\\u000d"
    assert visible("\x1b[1;31m") == "\\u001b[1;31m"
