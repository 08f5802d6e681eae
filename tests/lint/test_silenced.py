"""Comments and baselines that keep lint from telling of what is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.cli import run
from generator.diagnostics import Failure
from generator.lint.baseline import read_baseline
from tests.support.words import document, paragraph, row, table

STANDARD = """standard: 样本-2024
title: 样本
version: 1.0.0
fields:
  单位: text
  备注: optional text
  支出: money
documents: [{template: docx/甲.docx, name: 甲}]
"""


@pytest.fixture(autouse=True)
def a_library(tmp_path, monkeypatch):
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    for folder in ("standards", "docx"):
        Path("templates", folder).mkdir(parents=True)
    standard(STANDARD)


def standard(text: str) -> None:
    Path("templates/standards/样本-2024.yaml").write_text(text, "utf-8")


def found(capsys, *arguments: str) -> list[tuple[str, str | None]]:
    run(["lint", *(arguments or ("样本-2024",)), "--format", "json"])
    told = json.loads(capsys.readouterr().out)["diagnostics"]
    return [(one["code"], one["place"]) for one in told]


def word(*blocks: str) -> None:
    Path("templates/docx/甲.docx").write_bytes(document(*blocks))


def lines(*texts: str) -> None:
    word(*map(paragraph, texts))


REST = "{{ 单位 }}{{ 支出 }}"


def it_silences_a_finding_of_the_same_paragraph(capsys):
    text = "见{{ 备注 }}。"
    lines(REST, text, text)
    assert found(capsys) == [("lint-blank-in-words", "正文 第2段"), ("lint-blank-in-words", "正文 第3段")]
    lines(REST, text + "{# lint: lint-blank-in-words #}", text)
    assert found(capsys) == [("lint-blank-in-words", "正文 第3段")]


def it_silences_a_finding_of_the_same_row(capsys):
    lines_of = (row("请填写{{ 单位 }}", "{# lint：lint-guidance-left、lint-typed-year #}"), row("请填写{{ 支出 }}", ""))
    word(table(*lines_of, columns=2), paragraph("{{ 备注 }}"))
    assert found(capsys) == [
        ("lint-guidance-left", "表1 第2行 第1列"),
        ("lint-silences-nothing", "表1 第1行 第2列"),
    ]


def it_silences_a_finding_of_the_whole_template(capsys):
    lines("{#p lint-file: lint-guidance-left #}", REST, "请填写甲", "请填写乙", "{{ 备注 }}")
    assert found(capsys) == []


def it_tells_of_a_comment_that_silences_nothing(capsys):
    lines(REST, "{{ 备注 }}{# lint: lint-gidance-left #}")
    assert found(capsys) == [("lint-silences-nothing", "正文 第2段")]


def it_does_not_silence_what_keeps_a_template_from_printing(capsys):
    lines(REST, "{{ 备注 }}{% if 单位 %}{# lint: template-unclosed-block #}")
    assert "lint-silences-nothing" not in [code for code, _ in found(capsys)]
    assert run(["lint", "样本-2024"]) == 1


def it_silences_a_row_of_a_worksheet(capsys):
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for address, value in {
        "A1": "请填写",
        "C1": "{# lint: lint-guidance-left #}",
        "A2": "请填写",
        "A3": "=SUM()",
    }.items():
        sheet[address] = value
    book.save("甲.xlsx")
    assert found(capsys, "甲.xlsx") == [("lint-empty-function", "Sheet!A3"), ("lint-guidance-left", "Sheet!A2")]


def it_silences_a_line_of_a_standard(capsys):
    lines(REST)
    assert found(capsys) == [("lint-field-unprinted", None)]
    standard(STANDARD.replace("备注: optional text", "备注: optional text  # lint: lint-field-unprinted"))
    assert found(capsys) == []


def it_tells_only_of_what_a_baseline_does_not_know(capsys):
    lines(REST, "{{ 备注 }}", "请填写甲")
    assert run(["lint", "样本-2024", "--baseline", "基线.json", "--write-baseline"]) == 0
    assert capsys.readouterr().out == ""
    lines(REST, "另一段", "{{ 备注 }}", "请填写甲", "请填写甲", "{{ 支岀 }}")
    assert found(capsys, "样本-2024", "--baseline", "基线.json") == [
        ("lint-unknown-path", "正文 第6段"),
        ("lint-guidance-left", "正文 第5段"),
    ]


def it_says_what_a_baseline_hides_and_what_is_there_no_more(capsys):
    lines(REST, "{{ 备注 }}", "请填写甲", "请填写乙")
    run(["lint", "样本-2024", "--baseline", "基线.json", "--write-baseline"])
    lines(REST, "{{ 备注 }}", "请填写甲")
    capsys.readouterr()
    assert run(["lint", "样本-2024", "--strict", "--baseline", "基线.json"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "已知的 1 处" in told.err
    assert "有 1 处已经没有了" in told.err


def it_names_files_from_the_folder_of_the_baseline(capsys, monkeypatch):
    lines(REST, "{{ 备注 }}", "请填写甲")
    Path("记录").mkdir()
    run(["lint", "样本-2024", "--baseline", "记录/基线.json", "--write-baseline"])
    (entry,) = json.loads(Path("记录/基线.json").read_text("utf-8"))["findings"]
    assert entry["file"] == "../templates/docx/甲.docx"
    monkeypatch.chdir("记录")
    assert found(capsys, "../templates/standards/样本-2024.yaml", "--baseline", "基线.json") == []


def it_puts_nothing_into_a_baseline_that_keeps_a_template_from_printing(capsys):
    lines(REST, "{% if 单位 %}{{ 备注 }}")
    assert run(["lint", "样本-2024", "--baseline", "基线.json", "--write-baseline"]) == 1
    assert json.loads(Path("基线.json").read_text("utf-8"))["findings"] == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"lint-baseline": 2, "findings": []}', '{"lint-baseline": 1, "findings": [{}]}']
)
def it_refuses_what_is_no_baseline(text):
    Path("基线.json").write_text(text, "utf-8")
    with pytest.raises(Failure) as caught:
        read_baseline("基线.json")
    assert [one.code for one in caught.value.diagnostics] == ["baseline-unreadable"]


def it_writes_no_baseline_to_a_file_called_dash(capsys):
    lines(REST)
    assert run(["lint", "样本-2024", "--baseline", "-", "--write-baseline"]) == 2
    assert "[usage-bad-value]" in capsys.readouterr().err
    assert not Path("-").exists()


def it_refuses_to_write_a_baseline_without_its_file(capsys):
    lines(REST)
    assert run(["lint", "样本-2024", "--write-baseline"]) == 2
    assert "--baseline" in capsys.readouterr().err
    assert run(["lint", "样本-2024", "--baseline", "没有.json"]) == 2
