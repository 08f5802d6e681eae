"""A mistake of the layout is told once, at its place, and nothing that follows from it."""

from pathlib import Path

import pytest

from generator.diagnostics import Invalid
from generator.source import plain_values, read_source

CASES = Path(__file__).parent.parent / "cases" / "data"


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("list-dash-lost", ("item-not-begun", 52, 13)),
        ("x-pipe-noindent", ("yaml-block-indentation", 117, 1)),
        ("x-pipe-nobr", ("yaml-block-on-line", 116, 8)),
        ("x-hash0", ("yaml-cut-text", 116, 8)),
        ("q-item-num", ("yaml-numbered-item", 10, 5)),
    ],
)
def it_tells_a_case_once(case, expected):
    with pytest.raises(Invalid) as caught:
        read_source(CASES / f"{case}.yaml")
    assert [(one.code, one.location.line, one.location.column) for one in caught.value.diagnostics] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲: |\n  一段。\n二段。\n乙: 1\n", [("yaml-block-indentation", 3)]),
        ("甲: |\n\n一段。\n\n二段。\n乙: 1\n", [("yaml-block-indentation", 3)]),
        ("列:\n  - 名称: 甲\n    数: 1\n  名称: 乙\n    数: 2\n", [("yaml-dash-missing", 4)]),
        ("列:\n  - 名称: 甲\n    数: 1\n  名称: 乙\n  数: 2\n末: 1\n", [("yaml-dash-missing", 4)]),
        ("列:\n  1、甲\n  2、乙\n", [("yaml-numbered-item", 2)]),
        ("列:\n  1、甲甲\n  - 乙乙\n", [("yaml-numbered-item", 2)]),
        ("表: {甲: 1,234,567.5, 乙: 2}\n", [("yaml-thousands", 1)]),
        ("表: {甲: 161,4, 乙: 2}\n", [("yaml-thousands", 1)]),
        ("表: {甲: 1, 160.44}\n", [("yaml-thousands", 1)]),
        ("表: {甲: １,２３４．５万元}\n", [("yaml-thousands", 1)]),
        ("表: {甲:\u00a01, 乙: 2}\n", [("yaml-colon-without-space", 1)]),
        ('甲: 1\n"乙"：2\n丙:\n  丁: 3\n戊: 4\n', [("fullwidth-colon", 2)]),
        ("甲: 1\n'乙' ： 2\n丙: 3\n", [("fullwidth-colon", 2)]),
        ('甲: 1\n"乙":2\n丙: 3\n', [("yaml-colon-without-space", 2)]),
        ("甲: 1\n乙∶2\n丙: 3\n", [("yaml-other-colon", 2)]),
        ("甲: [\n", [("yaml-unclosed-bracket", 1)]),
        ("甲: [1, {\n\n\n", [("yaml-unclosed-bracket", 1)]),
        ("甲: 1\n乙: 2\n甲: 3\n", [("duplicate-key", 3)]),
        ("乙:\n  甲: 1\n  丙: 2\n  丁: 3\n  丙: 4\n", [("duplicate-key", 5)]),
    ],
)
def it_tells_a_slip_once(text, expected):
    with pytest.raises(Invalid) as caught:
        read_source(text.encode(), "data.yaml")
    assert [(one.code, one.location.line) for one in caught.value.diagnostics] == expected


def it_takes_a_year_behind_a_number_for_a_name():
    assert plain_values(read_source("表: {甲: 1,2019: 5}\n".encode(), "data.yaml")) == {"表": {"甲": 1, "2019": 5}}


def it_tells_a_word_of_another_encoding_once():
    text = "标准: x\n名称: ".encode() + "预算单位".encode("gbk") + "区文联\n级别: 正科级\n".encode()
    with pytest.raises(Invalid) as caught:
        read_source(text, "data.yaml")
    assert [(one.code, one.location.line) for one in caught.value.diagnostics] == [("source-encoding", 2)]


def it_speaks_of_json_in_a_json_file():
    with pytest.raises(Invalid) as caught:
        read_source('{"列": [{"名": "a", "数": 1, "名": "b", "数": 2}]}'.encode(), "data.json")
    (found,) = caught.value.diagnostics
    assert found.code == "item-not-begun"
    assert "- " not in f"{found.message}{found.hint}"
    assert "{" in str(found.hint)


def it_tells_a_key_of_json_that_stands_twice():
    with pytest.raises(Invalid) as caught:
        read_source('{"甲": 1,\n "乙": {"丙": 1, "丁": 2, "丙": 3}}'.encode(), "data.json")
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.line, found.location.column) == ("duplicate-key", 2, 24)
    assert "丙" in str(found.message)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("160,44", "是不是 160.44"), ("1,604.4", "千位分隔符：1604.4"), ("1,604,400", "千位分隔符：1604400")],
)
def it_tells_a_comma_in_a_number_of_json(typed, hint):
    with pytest.raises(Invalid) as refused:
        read_source(f'{{"收入": {typed}, "年度": 2020}}'.encode(), "数据.json")
    (found,) = refused.value.diagnostics
    assert (found.code, found.location.column) == ("json-bad-number", 8)
    assert hint in found.hint
