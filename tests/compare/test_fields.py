"""Differences told by the field that is printed at their place."""

import io

import docx
import openpyxl
import pytest

from generator.api import compare, load_standard

STANDARD = """\
standard: small-2020
title: 小表
issuer: 某某县财政局
fiscal_year: 2020
version: 1.0.0
types:
  项目:
    key: 名称
    fields: {名称: text, 得分: score}
fields:
  名称: text
  说明: paragraphs
  预算: money
  支出: money
  执行率: percent = 支出 / 预算
  项目: list of 项目
  总分: score = sum(项目.得分)
documents:
  - {template: docx/small.docx, name: "{{ 名称 }}小表"}
  - {template: xlsx/small.xlsx, name: "{{ 名称 }}小表"}
"""
DATA = """\
标准: small-2020
名称: 某某局
说明: |
  第一段说明
  第二段说明
预算: 100
支出: 50
项目:
  - {名称: 走访, 得分: 8}
  - {名称: 培训, 得分: 5}
"""


@pytest.fixture
def data(tmp_path, monkeypatch):
    library = tmp_path / "library"
    for folder in ("standards", "docx", "xlsx"):
        (library / folder).mkdir(parents=True)
    (library / "standards" / "small-2020.yaml").write_text(STANDARD, encoding="utf-8")
    document = docx.Document()
    document.add_paragraph(
        "{{ 名称 }}预算{{ 预算 }}万元，支出{{ 支出 }}万元，{% if 支出 < 预算 %}未超{% else %}超出{% endif %}预算。"
    )
    document.add_paragraph("{{ 说明 }}")
    table = document.add_table(4, 2)
    for r, (left, right) in enumerate(
        [("指标", "得分"), ("{%tr for p in 项目 %}", ""), ("{{ p.名称 }}", "{{ p.得分 }}"), ("{%tr endfor %}", "")]
    ):
        table.cell(r, 0).text, table.cell(r, 1).text = left, right
    document.sections[0].footer.paragraphs[0].text = "填报：{{ 名称 }}"
    document.save(str(library / "docx" / "small.docx"))
    book = openpyxl.Workbook()
    book.active.title = "评分"
    book.active.append(["总分", "{{ 总分 }}"])
    book.active.append(["执行率", "{{ 执行率 }}"])
    book.save(library / "xlsx" / "small.xlsx")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(library))
    path = tmp_path / "data.yaml"
    path.write_text(DATA, encoding="utf-8")
    load_standard("small-2020").read(path).render(tmp_path / "out")
    return path


def edited(path, edit):
    document = docx.Document(str(path))
    edit(document)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(buffer.getvalue())


def it_finds_no_difference_from_the_data_file_that_was_rendered(data):
    for name in ("某某局小表.docx", "某某局小表.xlsx"):
        assert not compare(data.parent / "out" / name, data)


def it_names_the_field_of_a_changed_text_cell_or_footer(data):
    path = data.parent / "out" / "某某局小表.docx"

    def edit(document):
        first = document.paragraphs[0]
        first.text = first.text.replace("支出50", "支出60")
        document.paragraphs[2].text = "另一种说明"
        document.tables[0].cell(2, 1).text = "4"
        document.sections[0].footer.paragraphs[0].text = "填报：别的局"

    edited(path, edit)
    found = [(d.message, d.field) for d in compare(path, data)]
    assert found == [
        ("正文 第1段：文字 “60” → “50”", "支出"),
        ("正文 第3段：文字 “另一种” → “第二段”", "说明"),
        ("表1 第3行 第2列「得分」：4 → 5", "项目[1].得分"),
        ("页脚（第1节）：文字 “别的” → “某某”", "名称"),
    ]
    left = compare(path, data, ignore=["field:项目[*].得分", "field:说明"])
    assert [d.field for d in left] == ["支出", "名称"]


def it_names_the_field_of_a_number_in_a_workbook(data):
    path = data.parent / "out" / "某某局小表.xlsx"
    book = openpyxl.load_workbook(path)
    book["评分"]["B1"] = 12
    book.save(path)
    found = [(d.message, d.field) for d in compare(path, data)]
    assert found == [("评分!B1：数值 12 → 13", "总分")]
