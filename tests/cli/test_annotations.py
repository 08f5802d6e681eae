"""The findings of `check` and `lint` for continuous integration: GitHub's annotations and SARIF."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document

from generator.cli import run

ROOT = Path(__file__).parents[2]
STANDARD = """standard: 样本-2024
title: 样本
version: 1.0.0
fields:
  单位: text
  支出: money
  备注: text
documents: [{template: docx/样本-2024.docx, name: 报告}]
"""


@pytest.fixture(autouse=True)
def a_library_with_faults(tmp_path, monkeypatch):
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    for folder in ("standards", "docx"):
        Path("templates", folder).mkdir(parents=True)
    Path("templates/standards/样本-2024.yaml").write_text(STANDARD, "utf-8")
    made = Document()
    made.add_paragraph("{{ 单位 }}")
    made.add_paragraph("支出{{ 支岀 }}万元，100%：完成")
    made.save("templates/docx/样本-2024.docx")
    Path("100%数据.yaml").write_text("标准: 样本-2024\n单位: 某局\n支出: 一百\n备注: 无事\n", "utf-8")


def it_annotates_a_line_of_a_data_file_on_github(capsys):
    assert run(["check", "100%数据.yaml", "--format", "github"]) == 1
    captured = capsys.readouterr()
    (line,) = captured.out.splitlines()
    assert line.startswith("::error file=100%25数据.yaml,line=3,col=5,title=")
    assert "%0A" in line
    assert "1 个错误" in captured.err


def it_names_the_place_in_a_template(capsys):
    assert run(["lint", "样本-2024", "--format", "github"]) == 1
    errors = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error ")]
    (line,) = errors
    assert re.match(r"::error file=[^:,]*templates/docx/样本-2024\.docx,title=lint-unknown-path::正文 第2段: ", line)


def it_prints_nothing_on_github_where_nothing_is_wrong(capsys):
    Path("好.yaml").write_text("标准: 样本-2024\n单位: 某局\n支出: 100\n备注: 无事\n", "utf-8")
    assert run(["check", "好.yaml", "--format", "github"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def it_writes_a_sarif_log(capsys, language):
    assert run(["lint", "样本-2024", "--format", "sarif", "--lang", language]) == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    assert one["tool"]["driver"]["name"] == "generator"
    rules = one["tool"]["driver"]["rules"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
    result = next(found for found in one["results"] if found["ruleId"] == "lint-unknown-path")
    (location,) = result["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\x21-\x7e]+", uri)
    assert unquote(uri).endswith("templates/docx/样本-2024.docx")
    assert location["logicalLocations"] == [
        {"fullyQualifiedName": "正文 第2段" if language == "zh" else "body paragraph 2"}
    ]


def it_names_the_line_of_a_standard_in_sarif(capsys):
    made = Document()
    made.add_paragraph("{{ 单位 }}支出{{ 支出 }}万元")
    made.save("templates/docx/样本-2024.docx")
    assert run(["lint", "样本-2024", "--format", "sarif"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["runs"]
    unprinted = next(found for found in one["results"] if found["ruleId"] == "lint-field-unprinted")
    region = unprinted["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (7, 3)


def it_counts_columns_of_a_data_file_in_code_points(capsys):
    assert run(["check", "100%数据.yaml", "--format", "sarif"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["runs"]
    assert one["columnKind"] == "unicodeCodePoints"
    place = one["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "100%25%E6%95%B0%E6%8D%AE.yaml"},
        "region": {"startLine": 3, "startColumn": 5},
    }
