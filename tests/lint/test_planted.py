"""Mistakes planted in standards and templates: each is found, at its place, alone; a sound one has none."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator.diagnostics import Diagnostic
from generator.lint import lint_standard
from generator.standard import load_standard
from tests.support.golden import check_every_code, check_golden

CASES = Path(__file__).parents[1] / "cases" / "lint_rules"
SOUND = """standard: 样本-2024
title: 样本
fiscal_year: 2024
version: 1.0.0
parameters:
  等级: {优: 90, 良: 80, 差: 0}
  权重: {value: {民生: 0.6, 基建: 0.4}}
  一级分值: {产出: 60, 效益: 40}
types:
  一级: {key: 名称, fields: {名称: text, 规定: "score = 一级分值[名称]"}}
  项目:
    key: 名称
    fields:
      名称: text
      类别: {type: choice, of: [民生, 基建], example: 民生}
      权: number = 权重[类别]
      额: money
      人数: optional integer
      人均: optional money = 额 / 人数
      额占比: percent = 额 / 1000
      得分: score
    checks:
      - {id: 得分, rule: 0 <= 得分 <= 100, message: 得分有误}
      - {id: 民生, rule: 额 > 0, when: 类别 == '民生', message: 没有支出}
fields:
  年度: year
  指标: {type: list of 一级, fixed: [{名称: 产出}, {名称: 效益}]}
  项目: list of 项目
  总分: score = sum(项目.得分)
  总等级: text = band(总分, 等级)
  评语: {type: text, text: [{when: 总分 > 0, text: 已经评分}, {text: 没有评分}]}
  元数: {type: money, unit: 元, formula: yuan(sum(项目.额))}
documents:
  - {template: docx/a.docx, name: 报告}
  - {template: xlsx/a.xlsx, name: 报告}
  - {template: docx/b.docx, name: "{{ 项目.名称 }}", for: 项目}
"""
PARAGRAPHS = (
    "{{ 年度 }}年总分{{ 总分 }}，{{ 总等级 }}。",
    "{%p for 项 in 项目 %}",
    "{{ 项.名称 }}{{ 项.类别 }}{{ 项.权 }}，支出{{ 项.额 }}万元，得分{{ 项.得分 }}。",
    "{{ 项.人数 }}",
    "{{ 项.人均 }}",
    "{%p endfor %}",
    "{%p for 级 in 指标 %}",
    "{{ 级.名称 }}{{ 级.规定 }}",
    "{%p endfor %}",
)
CELLS = {
    "A1": "项目",
    "B1": "金额（万元）",
    "A2": "{%tr for 项 in 项目 %}",
    "A3": "{{ 项.名称 }}",
    "B3": "{{ 项.额 }}",
    "A4": "{%tr endfor %}",
    "B5": "=SUM(B3:B3)",
    "C1": "元",
    "C5": "{{ 元数 }}",
}

# by code: in which file, what is replaced by what (for a workbook: cells)
PLANTED: dict[str, tuple[str, Any, Any]] = {
    "lint-constant": ("standard", "rule: 额 > 0", "rule: 额 == 额"),
    "lint-band-unreached": ("standard", "{优: 90, 良: 80", "{优: 80, 良: 80"),
    "lint-band-order": ("standard", "{优: 90, 良: 80", "{优: 90, 良: 95"),
    "lint-percent-compared": ("standard", "rule: 额 > 0, when", "rule: 额占比 < 90, when"),
    "lint-text-unreached": ("standard", "{when: 总分 > 0, text: 已经评分}", "{text: 已经评分}"),
    "lint-text-no-else": ("standard", ", {text: 没有评分}", ""),
    "lint-optional-input": ("standard", "额: money\n", "额: {type: money, required: false, empty: 无}\n"),
    "lint-same-item-document": ("standard", 'name: "{{ 项目.名称 }}"', "name: 项目表"),
    "lint-other-year": ("standard", "fiscal_year: 2024", "fiscal_year: 2042"),
    "lint-not-a-choice": ("standard", "类别 == '民生'", "类别 == '民生类'"),
    "lint-division-blank": ("standard", "人均: optional money", "人均: money"),
    "lint-no-label": ("standard", "  年度: year\n", "  年度: year\n  yb2: optional money\n"),
    "lint-same-document": (
        "standard",
        "xlsx/a.xlsx, name: 报告",
        "xlsx/a.xlsx, name: 报告}\n  - {template: xlsx/a.xlsx, name: 报告",
    ),
    "lint-no-floor": ("standard", "良: 80, 差: 0", "良: 80, 差: 60"),
    "lint-map-lacks": ("standard", "{产出: 60, 效益: 40}", "{产出: 60}"),
    "lint-unused": ("standard", "types:\n", "  满分: 100\ntypes:\n  多余: {fields: {甲: text}}\n"),
    "lint-bad-example": ("standard", "example: 民生", "example: 民生类"),
    "lint-hides-field": ("word", "for 项 in 项目", "for 年度 in 项目"),
    "lint-single-braces": ("word", "{{ 年度 }}年总分", "{ 年度 }年总分"),
    "lint-typed-year": ("word", "{{ 年度 }}年总分", "2023年度总分"),
    "lint-sheet-name": ("excel", "A6", "{%sheet name '" + "长" * 32 + "' %}"),
    "lint-merge-covers": ("excel", "D1:E1", {"D1": "标题", "E1": "看不见"}),
    "lint-empty-function": ("excel", "B6", "=SUM()"),
    "lint-no-such-function": ("excel", "B6", "=SUMM(B3)"),
    "lint-wide-formula": ("excel", "B6", "=SUM（B3）"),
    "lint-broken-reference": ("excel", "B6", "=B5+#REF!"),
    "lint-loop-word": ("word", "{{ 级.名称 }}{{ 级.规定 }}", "{{ loop.indx }}{{ 级.名称 }}{{ 级.规定 }}"),
    "lint-formula-circle": ("excel", "B6", "=SUM(B3:B6)"),
    "lint-blank-reference": ("excel", "B6", "=B5+B99"),
    "lint-never-equal": ("word", "{%p for 级 in 指标 %}", "{%p for 级 in 指标 if 总分 == '优' %}"),
    "lint-no-such-sheet": ("excel", "B6", "=明细!B3"),
    "lint-text-summed": ("excel", "B3", "{{ 项.额 }}万元"),
    "lint-unit-heading": ("excel", "B6", "{{ 元数 }}"),
}


def found(folder: Path, code: str = "") -> list[Diagnostic]:
    """What lint says of the sound standard with the mistake of that code."""
    kind, old, new = PLANTED.get(code, ("", "", ""))
    for name in ("standards", "docx", "xlsx"):
        (folder / name).mkdir()
    assert kind != "standard" or old in SOUND
    text = SOUND.replace(old, new) if kind == "standard" else SOUND
    (folder / "standards" / "样本-2024.yaml").write_text(text, encoding="utf-8")
    document = docx.Document()
    for line in PARAGRAPHS:
        changed = line.replace(old, new) if kind == "word" else line
        document.add_paragraph(changed.replace("{{ 项.", "{{ 年度.") if code == "lint-hides-field" else changed)
    document.save(str(folder / "docx" / "a.docx"))
    each = docx.Document()
    each.add_paragraph("{{ 项目.名称 }}，占{{ 项目.额占比 }}，{{ 评语 }}")
    each.save(str(folder / "docx" / "b.docx"))
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for address, value in CELLS.items():
        sheet[address] = value
    content = io.BytesIO()
    if kind == "excel" and ":" in old:
        for address, value in new.items():
            sheet[address] = value
        sheet.merged_cells.add(old)  # leaves the cells inside as they are
    elif kind == "excel":
        sheet[old] = new
    book.save(content)
    (folder / "xlsx" / "a.xlsx").write_bytes(content.getvalue())
    told = lint_standard(load_standard("standards/样本-2024.yaml"))
    quiet = ("lint-font-unnamed", "lint-field-unprinted", "lint-unknown-path", "excel-not-computed")
    return [finding for finding in told if finding.code not in quiet]


def it_finds_nothing_in_the_sound_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert [str(finding) for finding in found(tmp_path)] == []


@pytest.mark.parametrize("code", PLANTED)
def it_finds_a_planted_mistake(code, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    told = found(tmp_path, code)
    assert {finding.code for finding in told} == {code}
    check_golden(CASES / code, told, request.config.getoption("--update-golden"))


def it_has_a_case_for_every_code():
    check_every_code(PLANTED, "lint_rules")
    assert all(re.fullmatch(r"lint-[a-z-]+", code) for code in PLANTED)
