"""Fields whose text is Markdown: kept as typed, printed with its structure in Word and as text in Excel."""

import io
from pathlib import Path

import docx
import openpyxl
import pytest

from generator.documents.produce import render_documents
from generator.report import read_report
from generator.standard import load_standard
from tests.support import words
from tests.support.words import document, paragraph

STANDARD = """
standard: 标记-2024
title: 标记
issuer: 某局
fiscal_year: 2024
version: 1.0.0
fields:
  年度: year
  单位: text
  金额: money
  简介: {type: paragraphs, format: markdown}
  依据: {type: text, format: markdown, required: false, empty: 无}
documents:
  - {template: docx/标记.docx, name: 报告}
  - {template: xlsx/标记.xlsx, name: 表}
"""
DATA = """
标准: 标记-2024
年度: 2024
单位: "*甲*局_1_"
金额: 12.5
简介: |
  {{ 单位 }}支出**{{ 金额 }}**万元：

  1. 培训
     - 线上
  2. 调研

  | 项目 | 金额 |
  |---|---:|
  | 培训 | {{ 金额 }} |
依据: 见[办法](https://example.com)
"""


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("standards", "docx", "xlsx"):
        Path(folder).mkdir()
    Path("standards/标记-2024.yaml").write_text(STANDARD, "utf-8")
    Path("docx/标记.docx").write_bytes(document(paragraph("{{p 简介 }}"), paragraph("依据：{{ 依据 }}。")))
    book = openpyxl.Workbook()
    book.worksheets[0].append(["{{ 简介 }}", "{{ 依据 }}"])
    book.save("xlsx/标记.xlsx")
    standard = load_standard("standards/标记-2024.yaml")
    return lambda data: read_report(data.encode(), standard)


def it_prints_the_structure_in_word_and_the_text_in_excel(report):
    word, excel = (one.content for one in render_documents(report(DATA)))
    assert words.texts(word) == [
        "*甲*局_1_支出12.5万元：",
        *("培训", "线上", "调研"),
        *("项目", "金额", "培训", "12.5"),
        "",
        "依据：见办法。",
    ]
    named = [one.style.name for one in docx.Document(io.BytesIO(word)).paragraphs if one.style]
    assert named[1:4] == ["List Number", "List Bullet 2", "List Number"]
    sheet = openpyxl.load_workbook(io.BytesIO(excel)).worksheets[0]
    assert sheet["A1"].value == "*甲*局_1_支出12.5万元：\n1. 培训\n  • 线上\n2. 调研\n项目\t金额\n培训\t12.5"
    assert sheet["B1"].value == "见办法"


def it_takes_a_list_of_texts_and_prints_what_a_blank_prints(report):
    word, _ = (
        one.content for one in render_documents(report("年度: 2024\n单位: 甲\n金额: 1\n简介:\n  - 一\n  - '- 二'\n"))
    )
    assert words.texts(word) == ["一", "二", "依据：无。"]
