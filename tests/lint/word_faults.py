"""For every finding of lint about Word templates and objects a template that has it, in the working folder."""

from __future__ import annotations

import io
import struct
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docxtpl import DocxTemplate, InlineImage, RichText

from generator.diagnostics import Diagnostic, Invalid
from generator.documents.produce import render_documents
from generator.lint import lint_standard, lint_template
from generator.lint.baseline import read_baseline
from generator.ooxml.limits import Limits, within
from generator.report import read_report
from generator.standard import Standard, load_standard
from generator.word import WordTemplate
from tests.support import word_charts, words
from tests.support.pictures import picture, svg, wmf

CASES = Path(__file__).parents[1] / "cases"
STANDARD = """
standard: 样本-2023
title: 样本
issuer: 某局
fiscal_year: 2023
version: 1.0.0
parameters:
  满分: {type: score, value: 100}
types:
  指标:
    key: 名称
    fields: {名称: text, 分值: score, 得分: score}
fields:
  年度: year
  单位:
    fields: {名称: text, 简介: paragraphs, 地址: optional text, 电话: optional text, 网址: {type: text, required: false, empty: 无}}
  资金:
    fields: {预算数: money, 执行数: money, 执行率: percent = 执行数 / 预算数}
  指标: list of 指标
  标签: list of text
documents:
  - {template: docx/样本.docx, name: "{{ 单位.名称 }}报告"}
"""
FONTS = ("仿宋_GB2312", "Times New Roman")


def made(*texts: str, fonts: tuple[str, str] = FONTS) -> Any:
    """A document in the fonts of official documents."""
    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = fonts[1], Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), fonts[0])
    for text in texts:
        document.add_paragraph(text)
    return document


def standard(text: str = STANDARD, document: Any = None) -> Standard:
    """A standard of the working folder, with a template."""
    for folder in ("standards", "docx"):
        Path(folder).mkdir(exist_ok=True)
    Path("standards/样本-2023.yaml").write_text(text, "utf-8")
    if document is not None:
        document.save("docx/样本.docx")
    return load_standard("standards/样本-2023.yaml")


def linted(*texts: str, document: Any = None) -> list[Diagnostic]:
    """What is found in a template of the sample standard."""
    loaded = standard()
    (document or made(*texts)).save("模板.docx")
    return lint_template("模板.docx", loaded)


def table(*rows: Sequence[str]) -> Any:
    document = made()
    grid = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return document


def header() -> Any:
    document = made("{{ 单位.名称 }}")
    document.sections[0].header.paragraphs[0].text = "{{ 单位.全称 }}"
    document.sections[0].first_page_footer.paragraphs[0].text = "{{ 指标.名称 }}"
    document.core_properties.title = "{{ 标题 }}"
    return document


def otherwise_lettered() -> Any:
    document = made("甲", "{{ 年度 }}")
    run = document.add_paragraph().add_run("微软")
    run.font.name = "Calibri"
    run._r.rPr.rFonts.set(qn("w:eastAsia"), "微软雅黑")
    document.add_paragraph().add_run("2023").font.name = "Calibri"
    return document


def unprinted() -> list[Diagnostic]:
    return lint_standard(
        standard(document=made("{{ 年度 }}{{ 满分 }}", "{%p for 项 in 指标 %}", "{{ 项.名称 }}", "{%p endfor %}"))
    )


def rendered(context: Callable[[WordTemplate], dict[str, Any]], **replace: Any) -> list[Diagnostic]:
    """What rendering the one tag `{{ 值 }}` finds."""
    made("前", "{{ 值 }}").save("模板.docx")
    template = WordTemplate("模板.docx")
    with pytest.raises(Invalid) as caught:
        template.render(context(template), **replace)
    return list(caught.value.diagnostics)


def with_gaps(data: str) -> list[Diagnostic]:
    """What rendering the sample standard's document notes."""
    document = made(
        "{{ 单位.名称 }}在{{ 单位.地址 }}办公。", "地址：{{ 单位.地址 }}", "{{ 单位.地址 }}", "电话{{ 单位.电话 }}，"
    )
    report = read_report(("标准: 样本-2023\n" + data).encode(), standard(document=document))
    return [
        note.at(file=Path(note.location.file or "").name)
        for document in render_documents(report)
        for note in document.notes
    ]


def drawn_in_little_memory(template: WordTemplate) -> dict[str, Any]:
    with within(Limits(memory=60_000_000)):
        return {"值": template.image(svg('<circle r="7"/>', 'width="2000" height="2000"'))}


def titled_with_a_picture() -> list[Diagnostic]:
    document = made("前")
    document.core_properties.title = "{{ 值 }}"
    document.save("模板.docx")
    template = WordTemplate("模板.docx")
    with pytest.raises(Invalid) as caught:
        template.render({"值": template.image(picture())})
    return list(caught.value.diagnostics)


def noted_title() -> list[Diagnostic]:
    document = made("前")
    document.core_properties.title = "{{ 值|footnote('注') }}"
    document.save("模板.docx")
    with pytest.raises(Invalid) as caught:
        WordTemplate("模板.docx").render({"值": 1})
    return list(caught.value.diagnostics)


def controlled() -> list[Diagnostic]:
    """Content controls: the tag of one is mistyped, one is another program's, one is a field's."""
    document = made("甲")
    for tag in ("单位.名程", "DocTitle", "单位.名称", "goog_rdk_1"):
        control = (
            f'<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdtPr><w:tag w:val="{tag}"/>'
            "<w:text/></w:sdtPr><w:sdtContent><w:r><w:t>输入</w:t></w:r></w:sdtContent></w:sdt>"
        )
        document.add_paragraph()._p.append(parse_xml(control))
    document.save("模板.docx")
    return lint_template("模板.docx", standard())


def in_markdown() -> list[Diagnostic]:
    """Two fields in Markdown: one fills its paragraph, one stands in a sentence, one takes its paragraph's place."""
    text = STANDARD.replace("简介: paragraphs", "简介: {type: paragraphs, format: markdown}")
    made("{{ 单位.简介 }}", "简介：{{ 单位.简介 }}", "{{p 单位.简介 }}", "{{ 单位.名称 }}").save("模板.docx")
    return lint_template("模板.docx", standard(text))


def damaged_baseline() -> list[Diagnostic]:
    Path("基线.json").write_text('{"lint-baseline": 1, "findings": [{"file"', "utf-8")
    with pytest.raises(Invalid) as caught:
        read_baseline("基线.json")
    return list(caught.value.diagnostics)


def theirs() -> DocxTemplate:
    return DocxTemplate("模板.docx")


def huge() -> bytes:
    """A picture that says it has 20,000 × 20,000 pixels."""
    content = bytearray(picture("BMP"))
    struct.pack_into("<ii", content, 18, 20_000, 20_000)
    return bytes(content)


def without_the_extra(module: str, make: Callable[[WordTemplate], Any]) -> list[Diagnostic]:
    with pytest.MonkeyPatch.context() as machine:
        machine.setitem(sys.modules, module, None)
        return rendered(lambda template: {"值": make(template)})


def charted() -> list[Diagnostic]:
    """One chart of typed figures and one that takes its data from tags."""

    def draw(book: Any) -> Any:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"categories": "=数据!$A$3", "values": "=数据!$B$3"})
        return chart

    tags = ["{%tr for 项 in 指标 %}"], ["{{ 项.名称 }}", "{{ 项.得分 }}"], ["{%tr endfor %}"]
    typed = [["科目", "预算"], [], ["人员", 12]]
    charts = [(word_charts.chart_part(draw, rows), word_charts.workbook(rows)) for rows in (typed, [["科目"], *tags])]
    blocks = [words.paragraph("{{ 年度 }}"), *(words.paragraph(word_charts.drawing(number)) for number in (1, 2))]
    Path("模板.docx").write_bytes(word_charts.document(*blocks, charts=charts))
    return lint_template("模板.docx", standard())


LINT: dict[str, Callable[[], list[Diagnostic]]] = {
    "lint-unknown-path": lambda: linted(document=header()),
    "lint-list-not-looped": lambda: linted("{{ 指标.名称 }}"),
    "lint-list-printed": lambda: linted("{{ 标签 }}", "{{ 标签|join('、') }}"),
    "lint-record-printed": lambda: linted("{{ 资金 }}"),
    "lint-loop-over-one": lambda: linted("{%p for 字 in 单位.名称 %}", "{{ 字 }}", "{%p endfor %}"),
    "lint-figure-arithmetic": lambda: linted("{{ 资金.执行率 * 100 }}", "{{ 满分 - 指标[0].得分 }}"),
    "lint-unit-doubled": lambda: linted(
        "执行率{{ 资金.执行率 }}%，{{ 资金.执行数 }}元", "{{ 资金.执行数 }}万元，{{ 资金.执行率 }}。"
    ),
    "lint-blank-in-words": lambda: linted(
        "地址在{{ 单位.地址 }}。电话：{{ 单位.电话 }}",
        "{{ 单位.地址 }}",
        "{% if 单位.地址 %}地址在{{ 单位.地址 }}。{% endif %}电话：{{ 单位.电话 }}　　网址：{{ 单位.网址 }}（公章）",
    ),
    "lint-field-unprinted": unprinted,
    "lint-template-missing": lambda: lint_standard(standard()),
    "lint-guidance-left": lambda: linted("{{ 年度 }}年，（请在此处填写概况）", "……", "单位：{{ 单位.名称 }}", "×××"),
    "lint-chart-unfed": charted,
    "lint-font-unnamed": lambda: linted(document=otherwise_lettered()),
    "lint-blank-line": lambda: linted("{% for 项 in 指标 %}", "{{ 项.名称 }}", "{% endfor %}", "{% set 甲 = 1 %}"),
    "lint-blank-when-empty": lambda: linted(
        "{% if 年度 %}有{% endif %}",
        "{% if 年度 %}有{% else %}无{% endif %}",
        "{% for 项 in 指标 %}{{ 项.名称 }}、{% endfor %}",
    ),
    "lint-blank-row": lambda: linted(
        document=table(
            ["{%tr for 项 in 指标 %}", ""], ["{{ 项.名称 }}", ""], ["{% set 甲 = 1 %}", ""], ["{%tr endfor %}", ""]
        )
    ),
}
LINT["lint-control-tag"] = controlled
LINT["lint-markdown-in-line"] = in_markdown
LINT["lint-silences-nothing"] = lambda: linted(
    "{# lint: lint-guidance-left #}请填写", "{# lint: lint-typed-year, lint-tpyed-year #}{{ 年度 }}"
)
LINT["baseline-unreadable"] = damaged_baseline
OBJECTS: dict[str, Callable[[], list[Diagnostic]]] = {
    "image-unreadable": lambda: rendered(lambda template: {"值": template.image(b"%PDF")}),
    "image-cut-short": lambda: rendered(lambda template: {"值": template.image(picture()[:60])}),
    "image-too-large": lambda: rendered(lambda template: {"值": template.image(huge())}),
    "image-without-size": lambda: rendered(lambda template: {"值": template.image(wmf(placed=False), width="30mm")}),
    "image-svg-active": lambda: rendered(
        lambda template: {"值": template.image(svg('<image href="http://example.com/a.png"/>'))}
    ),
    "image-svg-costly": lambda: rendered(drawn_in_little_memory),
    "image-svg-undrawn": lambda: without_the_extra("resvg_py", lambda template: template.image(svg("<g/>"))),
    "code-too-long": lambda: rendered(lambda template: {"值": template.qrcode("字" * 2000)}),
    "code-impossible": lambda: rendered(lambda template: {"值": template.barcode("4006381333932", "ean13")}),
    "code-kind-unknown": lambda: rendered(lambda template: {"值": template.barcode("12", "code12")}),
    "code-not-text": lambda: rendered(lambda template: {"值": template.qrcode(["甲"])}),
    "code-not-installed": lambda: without_the_extra("segno", lambda template: template.qrcode("甲")),
    "equation-unreadable": lambda: rendered(lambda template: {"值": template.equation(r"\frac{a}{b")}),
    "equation-not-installed": lambda: without_the_extra("latex2mathml.converter", lambda made: made.equation("zz")),
    "image-size": lambda: rendered(lambda template: {"值": template.image(picture(), width="三厘米")}),
    "rich-text-unsound": lambda: rendered(lambda _: {"值": RichText("甲", font='宋"体')}),
    "object-not-here": titled_with_a_picture,
    "docxtpl-image": lambda: rendered(lambda _: {"值": InlineImage(theirs(), io.BytesIO(picture()))}),
    "docxtpl-subdoc": lambda: rendered(lambda _: {"值": theirs().new_subdoc()}),
    "subdocument-not-word": lambda: rendered(lambda template: {"值": template.subdoc(workbook())}),
    "picture-not-found": lambda: rendered(lambda _: {"值": ""}, replace_pic={"标志.png": picture()}),
    "replacement-not-found": lambda: rendered(lambda _: {"值": ""}, replace_media={picture(): picture()}),
    "member-not-found": lambda: rendered(lambda _: {"值": ""}, replace_zipname={"word/embeddings/表.xlsx": b"x"}),
}
OBJECTS["markdown-picture"] = lambda: rendered(lambda template: {"值": template.markdown("见![公章](章.png)")})
OBJECTS["markdown-too-long"] = lambda: rendered(lambda template: {"值": template.markdown("稳" * 100_001)})
OBJECTS["markdown-table-style"] = lambda: rendered(
    lambda template: {"值": template.markdown("|甲|\n|---|\n|乙|", table="三线表")}
)
OBJECTS["note-not-here"] = noted_title
OBJECTS["printed-blank"] = lambda: with_gaps(
    "年度: 2023\n单位: {名称: 某局, 简介: 无}\n资金: {预算数: 1, 执行数: 1}\n指标: []\n标签: []\n"
)
MADE = {("lint", code): make for code, make in LINT.items()} | {
    ("objects", code): make for code, make in OBJECTS.items()
}


def workbook() -> bytes:
    import openpyxl

    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()
