"""`lint --annotate`: copies of templates with a comment at every finding, which open, hold their tags and print."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator.cli import run
from generator.lint.word_comments import commented
from generator.ooxml.package import open_package
from generator.word import WordTemplate
from tests.support.office import convert
from tests.support.ooxml import assert_valid
from tests.support.words import W, document, paragraph, root, row, table

STANDARD = """standard: 样本-2024
title: 样本
version: 1.0.0
fields:
  单位: text
  支出: money
  项目: {type: list, fields: {名称: text, 额: money}}
documents: [{template: docx/甲.docx, name: 甲}, {template: xlsx/甲.xlsx, name: 乙}]
"""


@pytest.fixture(autouse=True)
def a_library(tmp_path, monkeypatch):
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    monkeypatch.delenv("GENERATOR_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    for folder in ("standards", "docx", "xlsx"):
        Path("templates", folder).mkdir(parents=True)
    Path("templates/standards/样本-2024.yaml").write_text(STANDARD, "utf-8")
    rows = (
        row("项目", "额"),
        row("{%tr for 项 in 项目 %}", ""),
        row("{{ 项.名称 }}", "{{ 项.数额 }}"),
        row("{%tr endfor %}", ""),
    )
    word = document(paragraph("{{ 单位 }}"), paragraph("支出{{ 支岀 }}万元"), table(*rows, columns=2))
    Path("templates/docx/甲.docx").write_bytes(word)
    workbook().save("templates/xlsx/甲.xlsx")


def workbook(note: str = "") -> openpyxl.Workbook:
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "表 一"
    for address, value in {"A1": "{{ 单位 }}", "B2": "{{ 支岀 }}", "C3": "{{ 支出 }}", "D4": "=SUM()"}.items():
        sheet[address] = value
    if note:
        sheet["B2"].comment = Comment(note, "张三")
        sheet["C3"].comment = Comment("别的", "张三")
    return book


def annotated(*arguments: str) -> None:
    assert run(["lint", "样本-2024", "--annotate", "批注", *arguments]) == 1


def it_comments_at_the_paragraph_and_at_the_cell_of_a_word_template(capsys):
    annotated()
    assert "已标注：批注" in capsys.readouterr().err
    copy = Path("批注/甲.docx").read_bytes()
    assert_valid(copy, "templates/docx/甲.docx")
    opened = docx.Document(io.BytesIO(copy))
    told = [comment.text for comment in opened.comments]
    told = [text for text in told if text.startswith("错误[lint-unknown-path]")]
    assert len(told) == 2
    assert "“{ { 支岀 } }”" in told[0]
    assert "表1 第3行 第2列" in told[1]
    marked = [one.text for one in opened.paragraphs if one._p.xpath("w:commentRangeStart")]
    assert marked == ["支出{{ 支岀 }}万元"]
    cell = opened.tables[0].rows[2].cells[1]
    assert cell.text == "{{ 项.数额 }}"
    assert cell.paragraphs[0]._p.xpath("w:r/w:commentReference")


def it_notes_at_the_cell_of_an_excel_template():
    annotated()
    copy = Path("批注/甲.xlsx").read_bytes()
    assert_valid(copy, "templates/xlsx/甲.xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]
    notes = {cell.coordinate: cell.comment.text for line in sheet.iter_rows() for cell in line if cell.comment}
    assert set(notes) == {"B2", "D4"}
    assert notes["B2"].startswith("错误[lint-unknown-path] 表 一!B2：")
    assert (sheet["B2"].value, sheet["C3"].value) == ("{{ 支岀 }}", "{{ 支出 }}")


def it_keeps_the_notes_that_a_workbook_has():
    workbook("请核对").save("templates/xlsx/甲.xlsx")
    annotated()
    copy = Path("批注/甲.xlsx").read_bytes()
    assert_valid(copy, "templates/xlsx/甲.xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]
    assert sheet["B2"].comment.text.startswith("请核对")
    assert "lint-unknown-path" in sheet["B2"].comment.text
    assert sheet["C3"].comment.text == "别的"
    assert "lint-empty-function" in sheet["D4"].comment.text


def it_keeps_the_comments_that_a_document_has():
    made = docx.Document()
    for text in ("{{ 单位 }}", "{{ 支岀 }}"):
        made.add_paragraph(text)
    made.add_comment(made.paragraphs[0].runs, "请核对", author="张三", initials="张")
    made.save("templates/docx/甲.docx")
    annotated()
    copy = Path("批注/甲.docx").read_bytes()
    assert_valid(copy, "templates/docx/甲.docx")
    told = [comment.text for comment in docx.Document(io.BytesIO(copy)).comments]
    assert told[0] == "请核对"
    assert len(told) > 1
    assert len({comment.comment_id for comment in docx.Document(io.BytesIO(copy)).comments}) == len(told)


def it_makes_copies_that_still_print():
    annotated()
    copy = WordTemplate("批注/甲.docx")
    content = copy.render({"单位": "某局", "支岀": 5, "项目": [{"名称": "甲", "数额": 3}]})
    assert [one.text for one in docx.Document(io.BytesIO(content)).paragraphs][:2] == ["某局", "支出5万元"]


def it_says_at_the_first_paragraph_what_stands_where_word_takes_no_comment():
    made = docx.Document()
    made.add_paragraph("{{ 单位 }}")
    made.sections[0].header.paragraphs[0].text = "{{ 单為 }}"
    made.save("templates/docx/甲.docx")
    annotated()
    opened = docx.Document("批注/甲.docx")
    assert any("页眉（第1节）" in comment.text for comment in opened.comments)
    assert opened.paragraphs[0]._p.xpath("w:commentRangeStart")


def it_writes_the_same_bytes_twice_and_nothing_into_the_library():
    before = {path: path.read_bytes() for path in Path("templates").rglob("*.*")}
    annotated()
    first = {path.name: path.read_bytes() for path in Path("批注").iterdir()}
    annotated()
    assert first == {path.name: path.read_bytes() for path in Path("批注").iterdir()}
    assert before == {path: path.read_bytes() for path in Path("templates").rglob("*.*")}


@pytest.mark.slow
def it_makes_copies_that_libreoffice_opens(tmp_path):
    annotated()
    copies = sorted(Path("批注").resolve().iterdir())
    assert len(convert(copies, "pdf", tmp_path / "pdf")) == 2


@pytest.mark.parametrize(("properties", "before"), [("", []), ("<w:pPr><w:keepNext/></w:pPr>", ["pPr"])])
def it_comments_on_all_that_a_paragraph_holds(properties, before):
    package = open_package(document(f"<w:p>{properties}<w:r><w:t>甲</w:t></w:r></w:p>"))
    content = commented(package, [({"part": "body", "paragraph": 1}, "看这里")])
    first = next(root(content).iter(f"{W}p"))
    assert [child.tag.removeprefix(W) for child in first] == [*before, "commentRangeStart", "r", "commentRangeEnd", "r"]
