"""The entries of a standard's file: every fault at once, at its place, once; the rest is read on."""

import pytest

from tests.support.reports import faults as told


def it_tells_every_fault_of_an_entry_once_and_reads_the_rest(tmp_path):
    field = "  额: {type: money, lable: 金额, required: 也许, print: short, places: 九, rows: -1, empty: [无], formula: 年 + 丙}\n"
    assert told(tmp_path, "fields:\n  年: integer\n" + field) == [
        ("standard-unknown-key", 6, 20),
        ("standard-not-boolean", 6, 41),
        ("standard-bad-print", 6, 52),
        ("standard-not-whole", 6, 67),
        ("standard-not-whole", 6, 76),
        ("standard-not-text", 6, 87),
        ("formula-unknown-name", 6, 105),
    ]


def it_names_the_item_of_a_list_that_is_no_text(tmp_path):
    text = "types:\n  行: {extends: 行, remove: [甲, {乙: 丙}]}\nfields: {年: year}\n"
    assert told(tmp_path, "includes: [common]\n" + text)[-1:] == [("standard-not-text", 6, 31)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("checks:\n  - {id: 一, rule: 年 > 0}\nfields: {年: year}\n", ("standard-missing-key", 5, 5)),
        ("checks:\n  - {id: 一, rule: , message: 甲}\nfields: {年: year}\n", ("standard-not-text", 5, 19)),
        ("documents:\n  - {template: docx/a.docx}\nfields: {年: year}\n", ("standard-missing-key", 5, 5)),
        ("parameters: {甲: {value: 1, reference: [某某]}}\nfields: {年: year}\n", ("standard-not-text", 4, 39)),
        ("defaults: {money: {places: 9}}\nfields: {年: year}\n", ("standard-not-whole", 4, 28)),
        ("types: {行: {key: [名], fields: {名: text}}}\nfields: {年: year}\n", ("standard-not-text", 4, 18)),
        ("issuer: [某某]\nfields: {年: year}\n", ("standard-not-text", 4, 9)),
    ],
)
def it_tells_one_finding_for_one_mistake(tmp_path, text, expected):
    assert told(tmp_path, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paramters: {满分: 10}\nfields:\n  年: integer\n  比: integer = 年 + 满分\n", ("standard-unknown-key", 4, 1)),
        ("types:\n  行: {feilds: {甲: money}}\nfields: {行: 行, 和: money = 行.甲}\n", ("standard-unknown-key", 5, 7)),
        (
            "fields: {单位: 单位}\ndocuments: [{template: docx/a.docx, name: '{{ 单位.名称 }}'}]\n",
            ("standard-unknown-type", 4, 14),
        ),
        ("fields:\n  额: mony\n  倍: money = 额 * 2\n", ("standard-unknown-type", 5, 6)),
        ("fields:\n  额（元）: money\n  倍: money = 额 * 2\n", ("standard-bad-name", 5, 3)),
        ("parameters: {满分: {type: percent, value: 10}}\nfields: {比: percent = 满分}\n", ("value-percent", 4, 41)),
        (
            "fields:\n  额: {type: money, unit: 角}\n  元: {type: money, unit: 元, formula: yuan(额)}\n",
            ("standard-bad-unit", 5, 26),
        ),
        (
            "types: {行: {fields: {额: money, 比: percent = 额 / 无}}}\nfields: {列: {type: list of 行, balance: {比: 1}}}\n",
            ("formula-unknown-name", 4, 49),
        ),
        ("includes: [commn]\nfields: {资金: 资金表}\n", ("standard-include-missing", 4, 12)),
    ],
)
def it_does_not_tell_what_follows_from_a_mistake(tmp_path, text, expected):
    assert told(tmp_path, text) == [expected]
