"""What is wrong with a formula, in a standard: one finding a mistake, with a hint at what to write instead."""

import pytest

from generator.diagnostics import InvalidStandard
from tests.support.reports import standard

FIELDS = """
parameters: {数表: {一: 1}, 档: {type: bands, value: {优: 90, 差: 60}}}
fields:
  额: money
  元: {type: money, unit: 元}
  率: percent
  文: text
  日: date
  是: boolean
  列: {type: list, key: 名, fields: {名: text, 额: money, 日: date, 内: {type: list, fields: {数: number}}}}
  数: list of number
  句: list of text
  表: {type: map, of: money}
  记: {fields: {甲: money, 乙: text}}
"""


def told(folder, kind, formula):
    """Code and the whole wording of each finding about a formula of that result."""
    try:
        standard(folder, f"{FIELDS}  果: {{type: optional {kind}, formula: {formula!r}}}\n")
    except InvalidStandard as invalid:
        return [(found.code, f"{found.message} {found.hint}") for found in invalid.diagnostics]
    return []


@pytest.mark.parametrize(
    ("kind", "formula", "code", "said"),
    [
        ("number", "yuan(率)", "formula-arguments", "需要万元，这里是百分数"),
        ("number", "yuan(元)", "formula-arguments", "需要万元，这里是金额（元）"),
        ("number", "yuan(文)", "formula-not-number", "拼接文字用 ~"),
        ("number", "yuan(数)", "formula-list-arithmetic", "先用 sum(…)"),
        ("text", "join(文, '、')", "formula-arguments", "第一个参数要是一列值，这里是文字"),
        ("text", "join(句, '、', '和')", "formula-arguments", "参数太多"),
        ("text", "join(列.名, 1, 2, 3)", "formula-arguments", "给了4个"),
        ("number", "sum()", "formula-arguments", "给了0个"),
        ("number", "min(额)", "formula-arguments", "第一个参数要是一列值，这里是金额（万元）"),
        ("number", "summ(数)", "formula-unknown-function", "可用的函数：abs、band"),
        ("number", "文 < 1", "formula-compare", "文字和数不能比较。 两边要是同一类值"),
        ("boolean", "日 > 额", "formula-compare", "两边要是同一类值"),
        ("boolean", "文 < '甲'", "formula-compare", "文字和文字不能比较。 这类值只能比是否相同：== 或 !="),
        ("boolean", "是 <= 是", "formula-compare", "这类值只能比是否相同"),
        ("boolean", "数 in 数", "formula-compare", "一列数和一列数不能比较。 一列值先用 sum(…)"),
        ("boolean", "'甲' in 列", "formula-compare", "写 甲 in 列.名称"),
        ("boolean", "文 in 数", "formula-compare", "一列值先用 sum(…)"),
        ("boolean", "额 in 文", "formula-compare", "两边要是同一类值"),
        ("boolean", "列.额 > 1", "formula-compare", "一列值先用 sum(…)"),
        ("number", "日 - 列.日", "formula-list-arithmetic", "“列.日”是一列值"),
        ("number", "列.日 - 日", "formula-list-arithmetic", "“列.日”是一列值"),
        ("date", "日 + 文", "formula-date-arithmetic", "不能计算 日期 + 文字"),
        ("date", "日 + 日", "formula-date-arithmetic", "不能计算 日期 + 日期"),
        ("number", "数[0]", "formula-arguments", "[ ] 里要写名称（文字）"),
        ("number", "记['甲']", "formula-no-lookup", "“记”是一条记录"),
        ("number", "sum([额, 文])", "formula-arguments", "[ ] 里的值要是同一类"),
        ("number", "sum([额, 元])", "formula-mixed-units", "换算成元用 yuan(x)"),
        ("number", "额[1:2]", "formula-not-allowed", "切片 [a:b]"),
        ("boolean", "额 is defined", "formula-not-allowed", "“有没有值”用 has(x)"),
        ("boolean", "额 is not defined", "formula-not-allowed", "“有没有值”用 has(x)"),
        ("text", "文.upper()", "formula-not-allowed", "函数写成 sum(列表)"),
        ("number", "sum(数, start=1)", "formula-not-allowed", "带名字的参数"),
        ("number", "sum(*数)", "formula-not-allowed", "带星号的参数"),
        ("number", "额 | abs", "formula-not-allowed", "过滤器 |"),
        ("boolean", "true", "formula-not-allowed", "条件直接写比较"),
        ("number", "额 ** 2", "formula-not-allowed", "乘方 **"),
        ("number", "额 % 2", "formula-not-allowed", "10% 写成 0.1"),
        ("number", "(额, 率)", "formula-tuple", "列表写成 [甲, 乙]"),
        ("number", "50％", "formula-character", "百分数写成小数"),
        ("number", "50%", "formula-percent", "10% 写成 0.1"),
        ("number", "额 ＋ 1", "formula-character", "请改成半角的“+”"),
        ("number", "额 & 1", "formula-character", "请改成半角的“and”"),
        ("number", "额 = 1", "formula-assignment", "比较相等写 =="),
        ("number", "{{ 额 }}", "formula-braces", "去掉大括号"),
        ("number", "1e5", "formula-number", "“1e5”写法不对"),
        ("number", "'甲", "formula-string-open", "引号没有配对"),
        ("number", "额 +", "formula-syntax", "公式的结尾"),
        ("number", "额 额", "formula-syntax", "公式写到“额”"),
        ("number", "额)", "formula-syntax", "公式写到“)”"),
        ("number", "", "formula-empty", "公式是空的"),
        ("boolean", "是 and 额", "formula-condition", "例如 额 > 0"),
        ("number", "count(列, 本.额)", "formula-condition", "数值“本.额”不能当作条件"),
        ("number", "1 if 是 else '甲'", "formula-branches", "数和文字"),
        ("number", "band(率, 档)", "formula-result", "公式得出文字，字段“果”需要数"),
        ("number", "max(列.日)", "formula-result", "公式得出日期"),
        ("number", "first(列).额", "formula-result", "公式得出一列数"),
        ("number", "列.没有", "formula-unknown-field", "这里有：名、额、日、内"),
        ("number", "记.甲.乙", "formula-not-a-record", "去掉后面的“.乙”"),
        ("number", "没有.甲", "formula-unknown-name", "没有名为“没有”的字段或参数"),
        ("number", "表[甲]", "formula-unknown-name", "没有名为“甲”的字段或参数"),
    ],
)
def it_says_what_is_wrong_and_what_to_write(tmp_path, kind, formula, code, said):
    ((obtained, wording),) = told(tmp_path, kind, formula)
    assert obtained == code
    assert said in wording


@pytest.mark.parametrize(
    ("kind", "formula"),
    [
        ("number", "yuan(额)"),
        ("text", "join(句, 额)"),
        ("text", "join(列.内.数, '、')"),
        ("number", "日 - 日"),
        ("date", "日 - 1"),
        ("date", "max(列.日)"),
        ("number", "表[文]"),
        ("number", "列['甲'].额"),
        ("number", "sum([额, 率])"),
        ("text", "额 ~ 文 ~ '乙'"),
        ("boolean", "not 是"),
        ("boolean", "文 in 文"),
        ("boolean", "额 in 数"),
        ("boolean", "文 in 句"),
        ("boolean", "文 == '甲' and 日 < 日"),
        ("number", "1 if 是"),
        ("number", "sum(filter(列, 额 > 1).额)"),
        ("number", "sum(数表)"),
    ],
)
def it_takes_what_can_be_computed(tmp_path, kind, formula):
    assert told(tmp_path, kind, formula) == []


def it_tells_both_sides_that_are_no_conditions(tmp_path):
    assert [code for code, _ in told(tmp_path, "boolean", "额 and 率")] == ["formula-condition", "formula-condition"]


def it_points_at_a_name_behind_blanks(tmp_path):
    with pytest.raises(InvalidStandard) as caught:
        standard(tmp_path, f"{FIELDS}  果: number = 记.  丁\n")
    assert [found.location.column for found in caught.value.diagnostics] == [len("  果: number = 记.  丁")]
