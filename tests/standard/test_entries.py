"""The entries of a standard's file: every fault at once, at its place, once; the rest is read on."""

import pytest

from generator.diagnostics import InvalidStandard
from tests.support.reports import standard


def told(folder, text):
    """Code, line and column of each finding in a standard whose text begins on line 4."""
    with pytest.raises(InvalidStandard) as caught:
        standard(folder, text)
    return [(found.code, found.location.line, found.location.column) for found in caught.value.diagnostics]


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
