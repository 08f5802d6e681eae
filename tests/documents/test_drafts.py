"""A draft is made of whatever can be read; what is missing or wrong is marked alike in Word and Excel."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator.documents.produce import render_documents
from generator.report.examine import examine
from generator.standard import load_standard
from generator.standard.blank_file import blank_data_file
from tests.support.drafts import drafts_of, texts

ROOT = Path(__file__).parent.parent.parent
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text("utf-8")
NAMES = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))


def it_marks_what_is_missing_or_wrong_in_word_and_in_excel():
    data = SAMPLE.replace("  名称: 石峰区工商业联合会\n", "").replace("  全年执行数: 161.4", "  全年执行数: 一百多")
    report, found = examine(data.encode(), name="data.yaml")
    assert {"missing-value", "value-not-number"} <= {finding.code for finding in found}
    assert report is not None
    documents = render_documents(report, draft=True)
    assert [Path(document.name).suffix for document in documents] == [".docx", ".xlsx"]
    for document in documents:
        shown = texts(document.content, document.name)
        assert "【待填：单位全称】" in shown
        assert "【有误：一百多】" in shown
    word = texts(documents[0].content, documents[0].name)
    assert "待填内容" in word
    assert "【待填：总分】" in word


def it_marks_lists_and_paragraphs_that_stand_under_a_heading_of_their_own():
    report, _ = examine(
        blank_data_file(load_standard(ROOT / "templates/standards/beita-2023.yaml")).encode(), name="a.yaml"
    )
    assert report is not None
    (word,) = (one for one in render_documents(report, draft=True) if one.name.endswith(".docx"))
    shown = texts(word.content, word.name)
    assert "1.【待填：主要职能】" in shown
    assert "【待填：综合评价结论】【待填：年度】年度部门整体支出绩效自评分数为【待填：总分】分" in shown
    assert "主要职能（单位.主要职能）" in shown.partition("\n可以不填（")[2]


def it_says_nothing_of_what_a_row_that_is_not_there_computes():
    own = re.compile(r"(?m)^评价:\n(?:[ #].*\n|\n)+")
    word, _ = drafts_of(own.sub("评价: []\n\n", (ROOT / "data/wanzhou-2020.yaml").read_text("utf-8")))
    assert "【待填：名称】（【待填：标题中公布的分值】分）" in texts(word.content, word.name)


@pytest.mark.parametrize("name", NAMES)
def it_demands_nothing_of_a_complete_report(name):
    for document in drafts_of((ROOT / f"data/{name}.yaml").read_text("utf-8")):
        listed = texts(document.content, document.name).partition("\n待填内容（")[2]
        assert not re.match("必填|有误|自动", listed), listed
        if document.name.endswith(".docx"):
            element: Any = docx.Document(io.BytesIO(document.content)).element
            assert list(element.body.iter("{*}highlight")) == []


def it_marks_each_cell_of_a_record_that_is_given_as_a_single_value_and_lists_it_once():
    data = (ROOT / "data/beita-2023.yaml").read_text("utf-8")
    own = "公务接待: {上年决算数: 0, 本年预算数: 0.5, 本年决算数: 0}"
    assert own in data
    word, workbook = drafts_of(data.replace(own, "公务接待: 0.5"))
    shown, _, listed = texts(word.content, word.name).partition("\n待填内容（")
    assert shown.count("【有误：0.5】") == 3
    assert listed.startswith("有误1处，自动得出")
    assert listed.count("“公务接待费”应填一组") == 1
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content), data_only=True)["附件1-1 基础数据表"]
    assert [sheet[one].value for one in ("B12", "D12", "F12")] == ["【有误：0.5】"] * 3
    assert [str(sheet[one].value)[:4] for one in ("B7", "D7", "F7")] == ["【待填：", "【待填：", "【待填："]


def it_keeps_the_words_that_a_tag_joins_to_a_value_that_is_missing():
    data = SAMPLE.replace("走访家数: 52", "走访家数:").replace(
        "{{ 事实.走访家数 }}家，组织", "{{ '共' ~ 事实.走访家数 ~ '家' }}，组织"
    )
    word, _ = drafts_of(data)
    assert "走访企业、商会共【待填：走访家数】家，组织" in texts(word.content, word.name)


def it_prints_the_right_entries_of_a_map_beside_a_wrong_one():
    word, _ = drafts_of(SAMPLE.replace("扶持资金: 10", "扶持资金: 十"))
    shown, _, listed = texts(word.content, word.name).partition("\n待填内容（")
    assert "共走访企业、商会52家" in shown
    assert "获批【有误：十】万元" in shown
    assert listed.startswith("有误1处")


def it_marks_a_blank_within_other_words_although_its_standard_says_what_it_prints():
    for document in drafts_of(blank_data_file(load_standard("shifeng-2020"))):
        assert "（【待填：表中规定的分值】分）" in texts(document.content, document.name)
