"""Formulas and conditions in words, as `new` and `standard describe` print them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.formula.spoken import Meant, spoken
from generator.standard import load_standard
from generator.standard.spoken_rules import rule_in_words

ROOT = Path(__file__).parents[2]
STANDARDS = [
    *sorted(path for path in (ROOT / "templates/standards").glob("*.yaml") if path.stem != "common"),
    ROOT / "tests/cases/qinghe-2024/templates/standards/qinghe-2024.yaml",
]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("全年执行数 / 合计.全年预算数", "全年执行数 ÷ 合计的全年预算数"),
        ("支出.公用经费.较上年.增减额", "支出·公用经费·较上年的增减额"),
        ("min(分值, 分值 * 执行率)", "分值、（分值 × 执行率）中最小的"),
        ("资金.得分 + sum(指标.得分)", "资金的得分 ＋ 指标的得分合计"),
        ("sum([甲, 乙]) / (丙 - 丁)", "（甲 ＋ 乙） ÷ （丙 － 丁）"),
        ("甲 - (乙 - 丙 * 2)", "甲 － （乙 － 丙 × 2）"),
        ("band(总分, 等级标准)", "总分按“等级标准”分的档"),
        ("甲 if 乙 >= 1 else 丙", "乙 ≥ 1时，为甲；否则为丙"),
        ("count(报告.列, 额 > 本.额) + 1", "整份报告的列中符合（额 ＞ 本项的额）的个数 ＋ 1"),
        ("first(sort(列, 额, '降'), 3)", "列按额从大到小排的前3项"),
        ("max(报告.列)", "整份报告的列中最大的"),
        ("max(列.额)", "列的额中最大的"),
        ("甲 * sum([乙, 丙])", "甲 × （乙 ＋ 丙）"),
        ("甲 + sum([乙, 丙])", "甲 ＋ 乙 ＋ 丙"),
        ("甲 if 乙 > 2 else 丙 if 乙 > 1 else 丁", "乙 ＞ 2时，为甲；乙 ＞ 1时，为丙；否则为丁"),
        ("甲 if has(乙)", "填了乙时，为甲"),
        ("名 if", "名 if"),
    ],
)
def it_reads_a_formula_aloud(formula, words):
    assert spoken(formula) == words


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("0 <= 得分 <= 分值", "0 ≤ 得分 ≤ 分值", "0 ≤ 得分 ≤ 分值"),
        ("得分 >= 分值 or 原因", "得分 ≥ 分值，或者填了原因", "得分 ≥ 分值, or 原因 is filled in"),
        ("not has(甲) and not 乙", "没有填甲，并且没有填乙", "甲 is not filled in, and 乙 is not filled in"),
        (
            "says(甲, '一', '二') and 乙 > 1",
            "甲中有“一”、“二”之一，并且乙 ＞ 1",
            "甲 holds one of “一”, “二”, and 乙 ＞ 1",
        ),
        ("not says(甲, '一')", "甲中没有“一”", "甲 does not hold “一”"),
        ("类 == 'a - b'", "类是“a - b”", "类 is “a - b”"),
        ("'……' not in 期", "期中没有“……”", "期 does not hold “……”"),
        ("类 in ['甲', '乙']", "类是“甲”、“乙”之一", "类 is one of “甲”, “乙”"),
        (
            "'甲' in 名 or '乙' in 名 or 丙",
            "名中有“甲”、“乙”之一，或者填了丙",
            "名 holds one of “甲”, “乙”, or 丙 is filled in",
        ),
        ("'甲' not in 名 and '乙' not in 名", "名中没有“甲”、“乙”", "名 holds none of “甲”, “乙”"),
        (
            "('甲' in 名 or '乙' in 名) and 丙",
            "名中有“甲”、“乙”之一，并且填了丙",
            "名 holds one of “甲”, “乙”, and 丙 is filled in",
        ),
        ("'甲' in 名 and '乙' in 名", "名中有“甲”，并且名中有“乙”", "名 holds “甲”, and 名 holds “乙”"),
        ("join(名, '') == '甲'", "名连写是“甲”", "名 in a row is “甲”"),
        (
            "(甲 or 乙) and 丙",
            "（填了甲，或者填了乙），并且填了丙",
            "(甲 is filled in, or 乙 is filled in), and 丙 is filled in",
        ),
    ],
)
def it_reads_a_condition_aloud_in_both_languages(rule, zh, en):
    assert spoken(rule, condition=True) == zh
    assert spoken(rule, "en", condition=True) == en


def it_knows_what_a_field_is():
    kinds = {"率": Meant(percent=True), "公开": Meant(truth=True), "等级": Meant(computed=True)}

    def said(rule):
        return spoken(rule, condition=True, naming=lambda node: kinds.get(getattr(node, "name", ""), Meant()))

    assert said("率 <= 1") == "率 ≤ 100%"
    assert said("0.955 <= 率 <= 1") == "95.5% ≤ 率 ≤ 100%"
    assert said("sum(率) == 1") == "率合计 ＝ 100%"
    assert said("公开 or not 公开") == "公开为“是”，或者公开不为“是”"
    assert said("等级") == "有等级"


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def it_leaves_no_code_in_the_rules_of_a_standard(path):
    for section in load_standard(path).root.walk():
        for check in section.type.checks:
            for language in ("zh", "en"):
                words = re.sub("“[^”]*”", "", rule_in_words(section, check, language))
                assert not re.search(r"[<>=*/\[\]|]|\b(has|sum|count|join|abs|band|filter)\b", words), words
