"""What lint sees in formulas: comparisons that cannot mean what they say, bands out of reach, inputs that may be blank."""

import pytest

from generator.lint import lint_standard
from tests.support.reports import standard

FIELDS = """parameters: {档: {type: bands, value: {优: 90, 差: 0}}, 率档: {type: bands, of: percent, value: {优: 90%, 差: 0%}}}
fields:
  分: {type: score, max: 100}
  小: {type: number, min: 0, max: 50}
  率: percent
  选: {type: choice, of: [甲, 乙]}
  额: optional money
  列: {type: list, required: false, fields: {数: number, 选: {type: choice, of: [丙]}}}
  必: {type: list, fields: {数: number}}
"""


@pytest.mark.parametrize(
    ("field", "code", "said"),
    [
        ("text = band(小, 档)", "lint-band-unreached", "“优”永远取不到：它从90起，而“小”最大是50"),
        ("text = band(分, 档)", None, ""),
        ("text = band(率, 档)", "lint-percent-compared", "90相当于9000%"),
        ("text = band(率, 率档)", None, ""),
        ("text = band(小 * 2, 档)", None, ""),
        ("optional text = 选 if 率 > 90 else '无'", "lint-percent-compared", "90相当于9000%"),
        ("optional text = 选 if 5 < 率 else '无'", "lint-percent-compared", "5相当于500%"),
        ("optional text = 选 if 率 > 1.5 else '无'", None, ""),  # 150 % there may be
        ("optional text = '是' if 选 == '丁' else '无'", "lint-not-a-choice", "“丁”不是“选”的选项"),
        ("optional text = '是' if '丁' != 选 else '无'", "lint-not-a-choice", "“丁”不是“选”的选项"),
        ("optional text = '是' if 选 in ['甲', '丁'] else '无'", "lint-not-a-choice", "“丁”不是“选”的选项"),
        ("optional text = '是' if 选 in ['甲', '乙'] else '无'", None, ""),
        ("number = count(列, 选 == '甲')", "lint-not-a-choice", "“甲”不是“选”的选项"),  # the item's own 选
        ("number = count(列, 选 == '丙')", None, ""),
        ("optional text = '是' if 小 == 小 else '无'", "lint-constant", "两边是同一个值"),
        ("number = sum(first(必, 0).数)", "lint-constant", "一项也不取"),
        ("number = sum(first(必, 1).数)", None, ""),
        ("number = 额 * 2", "lint-optional-input", "可以不填的“额”"),
        ("optional number = 额 * 2", None, ""),
        ("number = max(列.数)", "lint-optional-input", "可以不填的“列”"),
        ("number = max(必.数)", None, ""),
        ("number = sum(列.数)", None, ""),  # of no items it is 0
    ],
)
def it_finds_formulas_that_cannot_mean_what_they_say(tmp_path, field, code, said):
    found = lint_standard(standard(tmp_path, f"{FIELDS}  果: {field}\n"))
    told = [(one.code, one.message) for one in found if one.location.line == 13 and one.code != "lint-unprinted"]
    if code is None:
        assert told == []
    else:
        ((obtained, message),) = told
        assert obtained == code
        assert said in message
