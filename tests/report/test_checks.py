"""What a report states twice: occurrences elsewhere (`另载`) are compared with its values as they are printed there."""

import pytest

from tests.support.reports import findings, standard, told

FIELDS = """
fields:
  额: optional money
  率: optional percent = 额 / 3
  文: optional text
  段: optional paragraphs
  日: optional date
  表: {type: map, of: money, required: false}
  列: {type: optional list of money}
  组: {type: list, required: false, fields: {额: money}}
"""


@pytest.mark.parametrize(
    ("given", "typed", "expected"),
    [
        ("额: 1", "{字段: 额, 值: 1.0}", None),
        ("额: 1", "{字段: 率, 值: 33.33%}", None),
        ("额: 1", "{字段: 率, 值: 33.3%}", None),  # rounded as it is written there
        ("额: 1", "{字段: 率, 值: 33.4%}", "also-stated-differs"),
        ("额: 1", "{字段: 率, 值: 33.4%, 理由: 公布稿如此}", "also-stated-exception"),
        ("额: 1", "{字段: 额, 值: 2}", "also-stated-differs"),
        ("文: 某 某", "{字段: 文, 值: 某某}", None),  # blanks between characters are layout
        ("文: 某 某", "{字段: 文, 值: 某}", "also-stated-differs"),
        ("段: 某某", "{字段: 段, 值: 某某}", None),
        ("日: 2020-12-31", "{字段: 日, 值: 2020年12月31日}", None),
        ("日: 2020-12-31", "{字段: 日, 值: 2020-12-30}", "also-stated-differs"),
        ("组: [{额: 1}, {额: 2}]", "'字段': '组[1].额', 值: 2", None),
        ("组: [{额: 1}, {额: 2}]", "'字段': '组[0].额', 值: 2", "also-stated-differs"),
        ("文: 某", "{字段: 额, 值: 1}", "also-stated-differs"),  # what the report leaves blank is no 1
        ("额: 1", "{字段: 额, 值: 一}", "value-not-number"),
        ("额: 1", "{字段: 金, 值: 1}", "also-stated-path"),
        ("额: 1", "{字段: [额], 值: 1}", "also-stated-path"),
        ("表: {甲: 1}", "{字段: 表, 值: 1}", "also-stated-path"),
        ("列: [1]", "{字段: 列, 值: 1}", "also-stated-path"),
        ("额: 1", "{字段: 额, 值: [1]}", "also-stated-shape"),
        ("额: 1", "{字段: 额, 值: }", "also-stated-shape"),
        ("额: 1", "{字段: 额}", "also-stated-shape"),
        ("额: 1", "{字段: 额, 值: 1, 地: 甲}", "also-stated-shape"),
        ("额: 1", "额", "also-stated-shape"),
    ],
)
def it_compares_what_stands_elsewhere_with_the_report(tmp_path, given, typed, expected):
    typed = typed if typed[0] in "{额" else f"{{{typed}}}"
    found = findings(standard(tmp_path, FIELDS), f"{given}\n另载: [{typed}]\n")
    assert [(one.code, one.location.line, one.location.path) for one in found] == (
        [(expected, 3, "另载[0]")] if expected else []
    )


@pytest.mark.parametrize(
    ("also", "expected"),
    [
        ("甲", [("also-stated-shape", 3, 5, "另载")]),
        ("{字段: 额, 值: 1}", [("also-stated-shape", 3, 5, "另载")]),
        ("", []),
        ("[]", []),
    ],
)
def it_takes_a_list_of_occurrences(tmp_path, also, expected):
    assert told(standard(tmp_path, FIELDS), f"额: 1\n另载: {also}\n") == expected


def it_says_nothing_elsewhere_of_a_value_that_is_at_fault_itself(tmp_path):
    text = "额: 一\n另载: [{字段: 额, 值: 2}, {字段: 率, 值: 1%}]\n"
    assert told(standard(tmp_path, FIELDS), text) == [("value-not-number", 2, 4, "额")]


@pytest.mark.parametrize(("place", "said"), [("", "别处写的“额”是2"), (", 处: 三", "“三”写的“额”是2")])
def it_says_where_else_it_stands(tmp_path, place, said):
    (found,) = findings(standard(tmp_path, FIELDS), f"额: 1\n另载: [{{字段: 额, 值: 2{place}}}]\n")
    assert found.message == f"{said}，报告中是1。"
