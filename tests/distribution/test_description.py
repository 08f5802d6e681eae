"""The documentation of a standard, and two standards compared in words."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from generator.cli import run
from generator.distribution.description import described_page, described_word
from generator.standard import load_standard

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
STANDARDS = ROOT / "templates" / "standards"


@pytest.mark.parametrize("name", SAMPLES)
def it_describes_every_field_parameter_and_check_in_word_and_html(name):
    standard = load_standard(STANDARDS / f"{name}.yaml")
    document = docx.Document(io.BytesIO(described_word(standard)))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    page = described_page(standard).decode()
    for section in standard.root.walk():
        for field in section.cells:
            assert field in cells
            assert f"<td>{field}</td>" in page
        for check in section.type.checks:
            assert check.id in cells
    for parameter, reference in standard.references.items():
        assert parameter in cells
        assert reference in cells
    assert "{{" not in page
    assert not any("{{" in cell or "{%" in cell for cell in cells)
    assert described_word(standard) == described_word(standard)


def it_says_all_that_is_not_the_standard_s_own_in_english():
    standard = load_standard(STANDARDS / "beita-2023.yaml")
    page = described_page(standard, "en").decode()
    document = docx.Document(io.BytesIO(described_word(standard, "en")))
    heads = [cell.text for table in document.tables for cell in table.rows[0].cells]
    assert not [head for head in heads if not head.isascii()]
    assert all(f"<th>{head}</th>" in page for head in heads)
    assert not [word for word in ("必填", "计算</td>", "列表，", "（列表）", "错误</td>") if word in page]


STANDARD = """standard: qinghe-2024
title: 自评报告
issuer: 青河市财政局
version: 1.0.0
parameters: {等级: {value: {优: 90, 良: 80}}, 执行分: {type: score, value: 10}}
fields:
  年度: year
  金额: {type: money, max: 100}
  旧: text
  得分: score = min(执行分, 金额)
checks:
  - {id: 不超, rule: 金额 <= 50, message: 超了}
"""


def it_tells_in_words_what_changed_between_two_standards(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(STANDARD, encoding="utf-8")
    new = (
        STANDARD.replace("1.0.0", "1.1.0")
        .replace("优: 90", "优: 85")
        .replace("max: 100", "max: 200")
        .replace("旧: text", "新: text")
    )
    new = new.replace("min(执行分, 金额)", "执行分").replace(
        "金额 <= 50, message", "金额 <= 60, severity: warning, message"
    )
    Path("b.yaml").write_text(new, encoding="utf-8")
    assert run(["diff", "a.yaml", "b.yaml"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "版本：1.0.0 → 1.1.0",
        "字段 金额 的上限：100 → 200",
        "取消字段 旧：一段文字",
        "字段 得分 的公式：min(执行分, 金额) → 执行分",
        "新增字段 新：一段文字",
        "参数 等级：优 90，良 80 → 优 85，良 80",
        "校验 不超：金额 <= 50（错误：超了） → 金额 <= 60（提醒：超了）",
    ]
    assert run(["diff", "a.yaml", "b.yaml", "--format", "json", "--lang", "en"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["differences"][1]["message"] == "maximum of field 金额: 100 → 200"
    assert run(["diff", "a.yaml", "a.yaml"]) == 0
    assert capsys.readouterr().out == ""


def it_tells_that_only_a_template_changed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    for name in ("XDG_DATA_HOME", "HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    assert run(["standard", "init", "baihe-2024", "-o", "a"]) == 0
    assert run(["standard", "init", "baihe-2024", "-o", "b"]) == 0
    document = docx.Document("b/docx/baihe-2024.docx")
    document.add_paragraph("新的一段")
    document.save("b/docx/baihe-2024.docx")
    capsys.readouterr()
    assert run(["diff", "a/standards/baihe-2024.yaml", "b/standards/baihe-2024.yaml"]) == 1
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert told.startswith("文档 1：")
