"""How a figure came about: down to what was typed, with the constants and the reason where there is none."""

import pytest

from generator.diagnostics import Failure
from tests.support.reports import report, standard

STANDARD = """
parameters: {档: {type: bands, value: {优: 90, 差: 60}}, 各数: [1, 2], 限: 5}
fields:
  分: optional number
  母: {type: number, default: 2}
  子: {type: number, default: {formula: 母 + 1}}
  各: {type: list, required: false, fields: {数: optional number, 率: optional percent}}
  记: {required: false, fields: {名: optional text, 数: optional number}}
  项: {type: list, required: false, key: 名, fields: {名: text, 数: optional number}}
  表: {type: map, of: money, required: false}
  档次: optional text = band(分, 档)
  商: optional number = 分 / 母
  和: optional number = sum(各.数) + sum(各数) + 限
  首: optional number = 表['甲']
  总: optional list of number = 各.数
"""
FILLED = """分: 50
各: [{数: 1, 率: 50%}, {率: 5%}]
项: [{名: 甲, 数: 3}, {名: 乙}]
记: {名: 乙, 数: 3}
表: {甲: 3, 乙: }
"""


def lines(explained, depth=0):
    """The tree as indented lines: path, value, origin, formula, line, note."""
    said = [explained.path, explained.value, explained.origin, explained.formula, explained.note.zh]
    said.insert(4, str(explained.location.line or ""))
    return [" " * depth + "|".join(said), *(line for inner in explained.inputs for line in lines(inner, depth + 1))]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("分", ["分|50|data||2|"]),
        ("母", ["母|2|default|||"]),
        ("子", ["子|3|default|母 + 1||"]),
        ("各", ["各|数 1，率 50%、率 5%|data||3|"]),
        ("各[0].率", ["各[0].率|50%|data||3|"]),
        ("项", ["项|甲、乙|data||4|"]),
        ("记", ["记|名 乙，数 3|data||5|"]),
        ("表", ["表|甲 3|data||6|"]),
        ("商", ["商|25|formula|分 / 母||", " 分|50|data||2|", " 母|2|default|||"]),
        (
            "档次",
            ["档次||formula|band(分, 档)||没有相应的档次", " 分|50|data||2|", " 档|优 90，差 60|parameter|||"],
        ),
        (
            "和",
            [
                "和|9|formula|sum(各.数) + sum(各数) + 限||",
                " 各[0].数|1|data||3|",
                " 各[1].数||data|||没有填写",
                " 各数|1、2|parameter|||",
                " 限|5|parameter|||",
            ],
        ),
        ("总[0]", ["总[0]|1|formula|各.数||", " 各[0].数|1|data||3|", " 各[1].数||data|||没有填写"]),
    ],
)
def it_goes_down_to_what_was_typed(tmp_path, path, expected):
    explained = report(standard(tmp_path, STANDARD), FILLED).explain(path)
    assert lines(explained) == expected


@pytest.mark.parametrize(
    ("text", "path", "note"),
    [
        ("母: 0\n分: 1\n", "商", "除数是 0"),
        ("母: 0\n", "商", "分没有值"),
        ("母: 0\n", "首", "表没有值"),
        ("表: {乙: 1}\n", "首", "没有相应的值"),
        ("和: {公布: 9, 理由: 甲}\n", "和", "数据文件填的是9，计算值是8"),
        ("和: 8\n", "和", ""),
        ("母: 3\n", "分", "没有填写"),
    ],
)
def it_says_why_there_is_no_value_or_another(tmp_path, text, path, note):
    assert report(standard(tmp_path, STANDARD), text).explain(path).note.zh == note


def it_knows_no_path_that_the_standard_has_not(tmp_path):
    made = report(standard(tmp_path, STANDARD), FILLED)
    for path in ("没有", "分.甲", "各[5].数", "总[9]", "记.没有"):
        with pytest.raises(Failure):
            made.explain(path)
