"""Fields that are yes or no, and fields that are pictures."""

import io
import os
from typing import Any

import docx
import openpyxl
import pytest
from docx.shared import Mm

from generator.diagnostics import InvalidStandard
from generator.documents.produce import render_documents
from generator.ooxml.limits import Limits, within
from generator.report import examine, read_report
from tests.support.pictures import emf, picture, svg
from tests.support.reports import findings, report, standard
from tests.support.words import document, paragraph

FIELDS = """
types:
  项: {key: 名, fields: {名: text, 公开: boolean}}
fields:
  列: list of 项
  达标: boolean
  分: score
  合格: boolean = 分 >= 60 and 达标
  说明: {type: text, text: [{when: 合格, text: 合格}, {text: "不合格（达标：{{ 达标 }}）"}]}
  公开数: integer = count(列, 公开)
"""
DATA = "列: [{名: 甲, 公开: 是}, {名: 乙, 公开: 否}]\n达标: 否\n分: 80\n"


def it_prints_yes_and_no_and_decides(tmp_path):
    context = report(standard(tmp_path, FIELDS), DATA).context()
    assert (str(context["达标"]), str(context["合格"]), str(context["公开数"])) == ("否", "否", "1")
    assert context["说明"] == "不合格（达标：否）"
    assert [bool(row["公开"]) for row in context["列"]] == [True, False]


def it_compares_a_stated_condition(tmp_path):
    used = standard(tmp_path, FIELDS)
    assert findings(used, DATA + "合格: 否\n") == []
    assert [found.code for found in findings(used, DATA + "合格: 是\n")] == ["stated-differs"]
    assert [found.code for found in findings(used, DATA.replace("达标: 否", "达标: 不达标"))] == ["value-not-boolean"]


def it_prints_them_in_both_documents(tmp_path):
    documents = "documents: [{template: a.docx, name: 甲}, {template: a.xlsx, name: 乙}]\n"
    used = standard(tmp_path, FIELDS + documents)
    lines = [
        "{{ 达标 }}{{ 列[0].公开 }}",
        "{% if 达标 %}有{% else %}无{% endif %}",
        "{{ 列|selectattr('公开')|map(attribute='名')|join }}",
    ]
    (tmp_path / "a.docx").write_bytes(document(*map(paragraph, lines)))
    book: Any = openpyxl.Workbook()
    for number, line in enumerate(lines, 1):
        book.active.cell(number, 1, line)
    book.save(tmp_path / "a.xlsx")
    word, excel = render_documents(report(used, DATA))
    assert [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs] == ["否是", "无", "甲"]
    sheet: Any = openpyxl.load_workbook(io.BytesIO(excel.content)).active
    assert [sheet.cell(number, 1).value for number in (1, 2, 3)] == ["否是", "无", "甲"]


PICTURE = "\nfields: {公章: {type: image, width: 20mm, required: false}}\ndocuments: [{template: a.docx, name: 甲}]\n"


def it_prints_a_picture_beside_the_data_file(tmp_path):
    used = standard(tmp_path, PICTURE)
    (tmp_path / "a.docx").write_bytes(document(paragraph("{{ 公章 }}"), paragraph("{% if 公章 %}有{% endif %}")))
    (tmp_path / "章").mkdir()
    (tmp_path / "章" / "公章.png").write_bytes(picture())
    (tmp_path / "data.yaml").write_text("标准: case\n公章: 章/公章.png\n", encoding="utf-8")
    (made,) = render_documents(read_report(tmp_path / "data.yaml", used))
    printed = docx.Document(io.BytesIO(made.content))
    assert [shape.width.mm for shape in printed.inline_shapes] == [20]
    assert printed.paragraphs[1].text == "有"
    (tmp_path / "data.yaml").write_text("标准: case\n", encoding="utf-8")
    (made,) = render_documents(read_report(tmp_path / "data.yaml", used))
    assert not docx.Document(io.BytesIO(made.content)).inline_shapes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../公章.png", "value-image-outside"),
        ("/etc/公章.png", "value-image-outside"),
        ('"C:\\\\公章.png"', "value-image-outside"),
        ("链接.png", "value-image-outside"),
        ("没有.png", "value-image-missing"),
        ("公章.txt", "value-not-image"),
        ("文字.png", "value-not-image"),
        ("半张.png", "image-cut-short"),
        ("脚本.svg", "image-svg-active"),
        ("圈.png", "value-image-missing"),
        ("长" * 90 + ".png", "value-image-missing"),
    ],
)
def it_reads_no_other_file(tmp_path, name, code):
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "公章.png").write_bytes(picture())
    (folder / "文字.png").write_text("文字", "utf-8")
    (folder / "半张.png").write_bytes(picture()[:50])
    (folder / "脚本.svg").write_bytes(svg("<script/>"))
    (folder / "链接.png").symlink_to(tmp_path / "公章.png")
    (folder / "圈.png").symlink_to("圈.png")
    (folder / "data.yaml").write_text(f"标准: case\n公章: {name}\n", encoding="utf-8")
    _, told = examine(folder / "data.yaml", standard(tmp_path, PICTURE))
    assert [found.code for found in told] == [code]


@pytest.mark.skipif(os.name != "posix", reason="the system has no bounds for a process")
def it_names_the_picture_that_takes_too_much_to_draw(tmp_path):
    used = standard(tmp_path, PICTURE)
    (tmp_path / "重.svg").write_bytes(svg('<circle r="7"/>', 'width="2000" height="2000"'))
    (tmp_path / "data.yaml").write_text("标准: case\n公章: 重.svg\n", encoding="utf-8")
    with within(Limits(memory=60_000_000)):
        _, (found,) = examine(tmp_path / "data.yaml", used)
    assert (found.code, found.location.line) == ("image-svg-costly", 2)
    assert "“重.svg”" in found.text.en


@pytest.mark.parametrize("name", ["章.webp", "章.svg", "章.emf"])
def it_puts_a_picture_of_any_format_in_the_place_of_the_template_s(tmp_path, name):
    used = standard(tmp_path, PICTURE)
    gray = docx.Document()
    gray.add_picture(io.BytesIO(picture(colour="gray")), Mm(40), Mm(40))
    gray.inline_shapes[0]._inline.docPr.set("descr", "{{ 公章 }}")
    gray.save(tmp_path / "a.docx")
    content = {"webp": picture("WEBP"), "svg": svg(), "emf": emf()}[name[2:]]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "data.yaml").write_text(f"标准: case\n公章: {name}\n", encoding="utf-8")
    (made,) = render_documents(read_report(tmp_path / "data.yaml", used))
    (shape,) = docx.Document(io.BytesIO(made.content)).inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == (40, 20)
    assert shape._inline.docPr.get("descr") == "公章"


@pytest.mark.parametrize("line", ["甲: number = 公章 + 1", "甲: text = 公章", "甲: text = 公章 ~ '印'"])
def it_does_not_calculate_with_a_picture(tmp_path, line):
    with pytest.raises(InvalidStandard):
        standard(tmp_path, f"\nfields:\n  公章: image\n  {line}\n")
