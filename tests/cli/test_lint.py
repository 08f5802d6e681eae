"""`generator lint`, as a person types it."""

import json
from pathlib import Path

import pytest
from docx import Document

from generator.cli import run

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_a_folder_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)


def template(*texts: str) -> str:
    made = Document()
    for text in texts:
        made.add_paragraph(text)
    made.save("模板.docx")
    return "模板.docx"


def it_finds_no_error_in_a_standard(capsys):
    assert run(["lint", "shifeng-2020", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["errors"] == 0
    assert {finding["severity"] for finding in printed["diagnostics"]} <= {"warning", "info"}


def it_checks_a_template_against_its_standard(capsys):
    assert run(["lint", template("{{ 资金.执行绿 }}"), "--standard", "shifeng-2020"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("模板.docx: 正文 第1段: 错误[lint-unknown-path]")
    assert "“执行率”" in captured.out


def it_gives_places_as_data(capsys):
    assert run(["lint", template("前", "{{ 没有 }}"), "--standard", "shifeng-2020", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    finding = next(one for one in found if one["code"] == "lint-unknown-path")
    assert finding["anchor"] == {"part": "body", "paragraph": 2}
    assert finding["place"] == "正文 第2段"
    assert finding["file"] == "模板.docx"


def it_takes_warnings_for_errors_where_asked(capsys):
    path = template("请在此处填写概况")
    assert run(["lint", path]) == 0
    assert run(["lint", path, "--strict"]) == 1
    assert "lint-guidance-left" in capsys.readouterr().out


def it_examines_a_library_file_of_types(capsys):
    assert run(["lint", str(ROOT / "templates/standards/common.yaml")]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["没有这个标准"], 2), (["没有.docx"], 2), (["模板.docx", "--standard", "没有"], 2)],
)
def it_says_that_the_work_could_not_be_done(arguments, code, capsys):
    template("甲")
    assert run(["lint", *arguments]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "错误[" in captured.err


def it_finds_what_is_wrong_with_a_broken_standard(capsys):
    Path("坏.yaml").write_text("standard: 坏\nfields: {甲: 没有的类型}\n", "utf-8")
    assert run(["lint", "坏.yaml"]) == 1
    assert "坏.yaml:2" in capsys.readouterr().out
