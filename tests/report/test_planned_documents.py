"""Which documents a report has: `when`, and one for each record of `for`."""

import io

import docx

from generator.documents.produce import render_documents
from tests.support.reports import report, standard
from tests.support.words import document, paragraph

FIELDS = """
types:
  项: {key: 名, fields: {名: text, 数: optional money}}
fields:
  单位: text
  项目: {type: list of 项, required: false}
documents:
"""
DATA = "单位: 某局\n项目: [{名: 甲/一, 数: 3}, {名: 乙, 数: 0}, {名: 丙}]\n"


def names(folder, documents, data=DATA):
    return [name for _, name in report(standard(folder, FIELDS + documents), data).documents()]


def it_has_a_document_for_each_record(tmp_path):
    line = '  - {template: docx/a.docx, name: "{{ 单位 }}{{ 项目.名 }}表", for: 项目}\n'
    assert names(tmp_path, line) == ["某局甲／一表.docx", "某局乙表.docx", "某局丙表.docx"]
    assert names(tmp_path, line, "单位: 某局\n") == []


def it_leaves_out_documents_whose_condition_does_not_hold(tmp_path):
    whole = '  - {template: docx/a.docx, name: 报告, when: "count(项目) > 3"}\n  - {template: xlsx/b.xlsx, name: 表}\n'
    assert names(tmp_path, whole) == ["表.xlsx"]
    each = '  - {template: docx/a.docx, name: "{{ 项目.名 }}", for: 项目, when: 项目.数 > 0}\n'
    assert names(tmp_path, each) == ["甲／一.docx"]  # of 丙 it is unknown


def it_prints_the_record_under_the_name_of_its_list(tmp_path):
    used = standard(tmp_path, FIELDS + '  - {template: a.docx, name: "{{ 项目.名 }}", for: 项目}\n')
    (tmp_path / "a.docx").write_bytes(document(paragraph("{{ 单位 }}的{{ 项目.名 }}：{{ 项目.数 }}")))
    printed = [
        docx.Document(io.BytesIO(made.content)).paragraphs[0].text for made in render_documents(report(used, DATA))
    ]
    assert printed == ["某局的甲/一：3", "某局的乙：0", "某局的丙："]
