"""The canonical text of documents."""

import io

import docx
import openpyxl
import pytest

from generator.compare import show
from generator.diagnostics import Failure, InvalidDocument


def word(build):
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def it_shows_headings_text_tags_and_tables():
    def build(document):
        document.add_heading("一、基本情况", 1)
        paragraph = document.add_paragraph("执行率为{{ 资金.")
        paragraph.add_run("执行率 }}").bold = True
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "产出"
        table.cell(1, 1).text = "{{ 得分 }}"
        document.sections[0].footer.paragraphs[0].text = "第一页"

    lines = show(word(build)).splitlines()
    assert lines[0] == "# 一、基本情况"
    assert lines[1] == "执行率为{{ 资金.执行率 }}"
    assert "| 产出 |  |" in lines
    assert "| ↑ | {{ 得分 }} |" in lines
    assert "[footer] 第一页" in lines


def it_changes_one_line_when_a_paragraph_is_inserted():
    texts = [f"第{n}条" for n in range(20)]
    before = show(word(lambda d: [d.add_paragraph(t) for t in texts])).splitlines()
    after = show(word(lambda d: [d.add_paragraph(t) for t in [*texts[:7], "新", *texts[7:]]])).splitlines()
    assert [line for line in after if line not in before] == ["新"]
    assert len(after) == len(before) + 1


def it_shows_rows_formulas_and_merges_of_a_workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet["A1"], sheet["B1"] = "名称", 8.5
    sheet["B2"] = "=B1*2"
    sheet["A4"] = "{{ x }}"
    sheet.merge_cells("A4:A6")
    buffer = io.BytesIO()
    book.save(buffer)
    text = show(buffer.getvalue())
    assert text.startswith("══ 工作表 自评表 ══\n| 名称 | 8.5 |\n|  | =B1*2 |\n|\n| {{ x }} |\n合并区: A4:A6\n")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"hello", "package-not-zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "package-old-format"),
    ],
)
def it_refuses_what_is_no_document(content, code):
    with pytest.raises(InvalidDocument) as caught:
        show(content)
    assert [d.code for d in caught.value.diagnostics] == [code]


def it_refuses_a_missing_file(tmp_path):
    with pytest.raises(Failure) as caught:
        show(tmp_path / "none.docx")
    assert caught.value.diagnostics[0].code == "file-missing"
