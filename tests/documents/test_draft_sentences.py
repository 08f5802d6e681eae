"""Marks of a draft within sentences of the data, whatever their depth, and within Markdown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator.documents.produce import render_documents
from generator.report.examine import examine
from generator.standard import load_standard
from tests.support.drafts import texts

SENTENCES = """标准: case
一: {甲: 3}
二:
  - 名: 子
    句: 有{{ 一.乙 }}个，{{ 丙.丁 }}家
数: abc
日: 2020-13-01
比: 120%
文: |
  办{{ 一.乙 | fixed(2) }}件，{{ '共' ~ 一.乙 ~ '人' }}。
  {{ 二["子"].句 }}；{{ '多' if 一.乙 > 2 else '少' }}、{{ 差 }}、{{ 数 }}、{{ 一.甲 }}
述: ["说{{ 文 }}", "无{{ 事实.数 }}"]
事实: {数: }
差: 9
"""
STANDARD = """standard: case
version: 1.0.0
fiscal_year: 2020
title: 例
types:
  一: {fields: {甲: integer, 乙: {type: integer, label: 乙的数, required: false}}}
  丙: {fields: {丁: {type: integer, required: false}}}
  二: {key: 名, fields: {名: text, 句: text}}
fields:
  一: 一
  二: list of 二
  丙: {type: 丙, required: false}
  数: number
  日: date
  比: {type: percent, max: 100%}
  文: paragraphs
  述: list of text
  事实: {type: map, of: integer}
  差: {type: integer, label: 差额, formula: 一.甲 - 1}
documents: [{template: docx/a.docx, name: 文}, {template: xlsx/a.xlsx, name: 文}]
"""
SHOWN = [
    "办【待填：乙的数】件，共【待填：乙的数】人。",
    "有【待填：乙的数】个，【待填：丁】家；【待填：乙的数】、【有误：9】、【有误：abc】、3",
]


def sentences(folder: Path) -> Any:
    """A report whose sentences read what is missing and what is wrong, with templates of its own."""
    for name in ("standards", "docx", "xlsx"):
        (folder / name).mkdir()
    (folder / "standards" / "case.yaml").write_text(STANDARD, "utf-8")
    word = docx.Document()
    for text in (
        "{{ 文 }}",
        "{%p for x in 述 %}",
        "{{ x }}",
        "{%p endfor %}",
        "{{ 二[0].句 }}",
        "{{ 日 }} {{ 比 }} {{ 差 }}",
    ):
        word.add_paragraph(text)
    word.save(str(folder / "docx" / "a.docx"))
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["A3"] = "{{ 文 }}", "{{ 数 }}", "=A2+1"
    book.save(folder / "xlsx" / "a.xlsx")
    report, found = examine(SENTENCES.encode(), load_standard(folder / "standards" / "case.yaml"), "data.yaml")
    assert report is not None
    return report, found


@pytest.mark.parametrize("isolated", [False, True])
def it_marks_what_a_sentence_of_the_data_lacks_whatever_the_depth(tmp_path, isolated: bool):
    report, _ = sentences(tmp_path)
    word, workbook = (one.content for one in render_documents(report, draft=True, isolated=isolated))
    lines = texts(word, "a.docx").splitlines()
    assert lines[:2] == SHOWN
    assert lines[2:5] == [f"说{SHOWN[0]}{SHOWN[1]}", "无【待填：数】", "有【待填：乙的数】个，【待填：丁】家"]
    assert lines[5] == "【有误：2020-13-01】 【有误：120%】 【有误：9】"
    assert lines[6] == "待填内容（必填3处，有误4处）"  # a sentence cannot do without what may stay empty elsewhere
    assert lines[7:11] == ["必须填写（3处）", "1. 乙的数（一.乙）", "2. 丁（丙.丁）", "3. 数（事实.数）"]
    assert [line[:3] for line in lines[12:16]] == ["1. ", "2. ", "3. ", "4. "]
    assert any("【有误：2020-13-01】第" in line for line in lines[12:16])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True).worksheets[0]
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["\n".join(SHOWN), "【有误：abc】", "【有误：abc】"]


MARKED_DOWN = """standard: case
title: 例
version: 1.0.0
fields:
  数: number
  说明: {type: paragraphs, format: markdown}
documents:
  - {template: t.docx, name: 稿.docx}
"""


def it_highlights_marks_within_markdown_in_its_headings_paragraphs_and_tables(tmp_path):
    template = docx.Document()
    template.add_paragraph("{{ 说明 }}")
    template.save(str(tmp_path / "t.docx"))
    (tmp_path / "case.yaml").write_text(MARKED_DOWN, "utf-8")
    text = "数:\n说明: |\n  # 题{{ 数 }}\n\n  共{{ 数 }}个。\n\n  | 甲 | 乙 |\n  |---|---|\n  | {{ 数 }} | 丙 |\n"
    report, _ = examine(text.encode(), load_standard(str(tmp_path / "case.yaml")), "a.yaml")
    assert report is not None
    (made,) = render_documents(report, draft=True)
    element: Any = docx.Document(io.BytesIO(made.content)).element
    shown = [
        "".join(node.text or "" for node in run.iter("{*}t"))
        for run in element.body.iter("{*}r")
        if run.xpath(".//w:highlight")
    ]
    assert shown == ["【待填：数】"] * 3 + ["待填内容（必填1处）"]
