"""Computed fields that the data file states anyway, exceptions, and occurrences elsewhere."""

from decimal import Decimal

import pytest

from tests.support.reports import findings, report, standard, told

FIELDS = "fields: {甲: money, 乙: money, 合计: money = 甲 + 乙, 率: percent = 甲 / 合计, 等: text = '好' if 率 > 0.5 else '差'}\n"


@pytest.mark.parametrize("stated", ["66.67%", "66.7%", "67%", "66.667%", "66.6666667%"])
def it_compares_percents_at_the_places_typed(tmp_path, stated):
    used = standard(tmp_path, FIELDS)
    assert told(used, f"甲: 2\n乙: 1\n率: {stated}\n") == []


@pytest.mark.parametrize("stated", ["66.66%", "66%", "66.6%", "0.67%"])
def it_tells_truncated_and_misplaced_percents(tmp_path, stated):
    used = standard(tmp_path, FIELDS)
    assert told(used, f"甲: 2\n乙: 1\n率: {stated}\n") == [("stated-differs", 4, 4, "率")]


def it_keeps_the_computed_value_where_they_agree(tmp_path):
    assert report(standard(tmp_path, FIELDS), "甲: 2\n乙: 1\n率: 67%\n").value("率").value == Decimal("0.6667")


def it_tells_both_values_and_the_formula_with_its_inputs(tmp_path):
    (found,) = findings(standard(tmp_path, FIELDS), "甲: 2\n乙: 1\n合计: 4\n")
    assert found.message == "“合计”填的是4，按公式 甲 + 乙 应为3（甲 = 2，乙 = 1）。"
    assert "{公布: 4, 理由: …}" in (found.hint or "")


def it_uses_the_stated_value_onward_so_that_one_fault_is_one_finding(tmp_path):
    used = standard(tmp_path, FIELDS)
    assert told(used, "甲: 2\n乙: 1\n合计: 4\n率: 50%\n等: 差\n") == [("stated-differs", 4, 5, "合计")]


def it_lists_an_exception_with_its_reason(tmp_path):
    used = standard(tmp_path, FIELDS)
    text = "甲: 2\n乙: 1\n合计: {公布: 4, 理由: 公布稿如此}\n"
    (found,) = findings(used, text)
    assert (found.code, found.severity) == ("stated-exception", "info")
    assert report(used, text).value("合计") == 4
    assert str(report(used, text).value("率")) == "50%"


def it_keeps_a_stated_value_that_cannot_be_computed(tmp_path):
    used = standard(tmp_path, FIELDS.replace("乙: money", "乙: optional money"))
    text = "甲: 2\n合计: 4\n率: 50%\n"
    assert told(used, text) == [("stated-not-computable", 3, 5, "合计")]
    assert report(used, text).value("合计") == 4


def it_compares_stated_texts_without_their_spaces(tmp_path):
    used = standard(tmp_path, FIELDS)
    assert told(used, "甲: 2\n乙: 1\n等: 好\n") == []
    assert told(used, "甲: 2\n乙: 1\n等: 中\n") == [("stated-differs", 4, 4, "等")]


def it_compares_what_is_stated_of_set_and_total(tmp_path):
    used = standard(
        tmp_path,
        "types: {行: {fields: {预算: optional money}}}\n"
        "fields: {合计: {type: 行, total: [甲, 乙]}, 甲: 行, 乙: 行, 另: {type: 行, set: {预算: 甲.预算}}}\n",
    )
    assert told(used, "合计: {预算: 5}\n甲: {预算: 1}\n乙: {预算: 3}\n另: {预算: 1}\n") == [
        ("stated-differs", 2, 10, "合计.预算")
    ]


def it_compares_other_occurrences(tmp_path):
    used = standard(tmp_path, FIELDS)
    text = "甲: 2\n乙: 1\n另载:\n  - {字段: 合计, 值: 3, 处: 二（三）}\n  - {字段: 率, 值: 67%, 处: 三}\n  - {字段: 甲, 值: 2.1, 处: 四}\n"
    (found,) = findings(used, text)
    assert (found.code, found.location.line, found.location.column) == ("also-stated-differs", 7, 16)
    assert found.message == "“四”写的“甲”是2.1，报告中是2。"


def it_compares_stated_lists_item_by_item(tmp_path):
    used = standard(
        tmp_path, "types: {项: {fields: {名: text}}}\nfields: {项: list of 项, 名单: list of text = 项.名}\n"
    )
    assert told(used, "项: [{名: 一}, {名: 二}]\n名单: [一, 二]\n") == []
    assert told(used, "项: [{名: 一}, {名: 二}]\n名单: [一]\n") == [("stated-differs", 3, 5, "名单")]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("[1, 2]", None),
        ("[1, 3]", "stated-differs"),
        ("[1]", "stated-differs"),
        ("{公布: [1, 3], 理由: 决算报表如此}", "stated-exception"),
        ("{公布: [1, 2], 理由: 决算报表如此}", None),
    ],
)
def it_compares_a_stated_list_item_by_item(tmp_path, given, code):
    used = standard(tmp_path, "fields:\n  列: {type: list, fields: {甲: number}}\n  算: list of number = 列.甲\n")
    found = findings(used, f"列: [{{甲: 1}}, {{甲: 2}}]\n算: {given}\n")
    assert [one.code for one in found] == ([code] if code else [])
