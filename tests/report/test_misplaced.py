"""A name at the wrong level: one finding, that says where it belongs in words of the file's own levels."""

import json

import pytest

from generator.report import examine
from tests.support.reports import findings, standard

FIELDS = """
fields:
  句: text
  年: optional year
  组: {type: list, key: 名, required: false, fields: {名: text, 数: optional number}}
  记: {required: false, fields: {甲: optional text, 内: {required: false, fields: {乙: optional text, 丙: optional text}}}}
"""


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("记:\n  年: 2020\n", "“年”应写在最外层，行首不要空格。"),
        ("记: {年: 2020}\n", "“年”应写在最外层：请移出花括号，另起一行写。"),
        ("记: {甲: 一, 内: {年: 2020}}\n", "“年”应写在最外层：请移出花括号，另起一行写。"),
        ("组: [{名: 一, 年: 2020}]\n", "“年”应写在最外层：请移出花括号，另起一行写。"),
        ("组:\n  - 名: 一\n    年: 2020\n", "“年”应写在最外层，行首不要空格。"),
        ("记:\n  内:\n    甲: 一\n", "“甲”是“记”里的，请减少缩进，和“内”对齐。"),
        ("记:\n  内: {甲: 一}\n", "“甲”是“记”里的，请从这里的花括号移到那里。"),
        ("组: [{名 一, 数: 1}]\n", "“名”后面少了冒号，写成“名: 一”。"),
        ("组: [{名: 一, 数1}]\n", "“数”后面少了冒号，写成“数: 1”。"),
        ("记:\n  乙: 一\n  内:\n    丙: 二\n", "“乙”是“记.内”里的，请增加缩进，和“丙”对齐。"),
    ],
)
def it_says_where_a_name_belongs(tmp_path, text, hint):
    found = findings(standard(tmp_path, FIELDS), f"句: 甲\n{text}")
    assert [(one.code, str(one.hint)) for one in found] == [("unknown-field", hint)]


def it_speaks_of_braces_in_json(tmp_path):
    used = standard(tmp_path, FIELDS)
    for content, hint in (
        ({"记": {"年": 2020}}, "“年”应写在最外层的花括号里。"),
        ({"记": {"内": {"甲": "一"}}}, "“甲”是“记”里的，请移到它的花括号里。"),
    ):
        text = json.dumps({"标准": "case", "句": "甲", **content}, ensure_ascii=False)
        found = examine(text.encode(), used, name="数据.json")[1]
        assert [(one.code, str(one.hint)) for one in found] == [("unknown-field", hint)]


def it_names_the_item_that_is_no_record(tmp_path):
    found = findings(standard(tmp_path, FIELDS), "句: 甲\n组: [{名: 一}, 二]\n")
    assert [(one.code, one.location.line, one.location.column, one.location.path) for one in found] == [
        ("wrong-shape", 3, 13, "组[1]")
    ]
