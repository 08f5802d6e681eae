"""What to write instead of what a field does not take: only what it does take is ever proposed."""

import re

import pytest

from tests.support.reports import findings, standard

FIELDS = """
fields:
  额: optional money
  元: {type: optional money, unit: 元}
  率: optional percent
  整: optional integer
  数: {type: optional number, places: 3}
  年: optional year
  日: optional date
  是: optional boolean
  选: {type: optional choice, of: [是, 否, 完成]}
"""
MONEY = "只写数字和小数点，例如 161.4。"
PERCENT = "只写数字、小数点和百分号，例如 95.5%。"
TYPED = [
    ("额", "无", "value-not-number", "没有数就留空，不要填文字。"),
    ("额", "—", "value-not-number", "没有数就留空，不要填文字。"),
    ("额", "1,614.5", "value-not-number", "不要写千位分隔符：1614.5。"),
    ("额", "1，614，000", "value-not-number", "不要写千位分隔符：1614000。"),
    ("整", "1,614.5", "value-not-number", "只写整数，例如 12。"),
    ("额", "12,34", "value-not-number", "小数点用英文句点，是不是 12.34？"),
    ("额", ".5", "value-not-number", "小数点前补 0：0.5。"),
    ("额", "-.5", "value-not-number", "小数点前补 0：-0.5。"),
    ("率", ".5", "value-not-number", PERCENT),
    ("率", ".5%", "value-not-number", "小数点前补 0：0.5%。"),
    ("额", "+5", "value-not-number", "去掉加号：5。"),
    ("率", "+5", "value-not-number", PERCENT),
    ("率", "+5%", "value-not-number", "去掉加号：5%。"),
    ("额", "1e3", "value-not-number", "请写成普通的数，不用科学记数法。"),
    ("额", "95%", "value-not-number", "这里不是百分数，去掉百分号。"),
    ("额", "１２", "value-not-number", "请用半角字符：12。"),
    ("额", "12。5", "value-not-number", "请用半角字符：12.5。"),
    ("额", "1２%", "value-not-number", MONEY),
    ("率", "９5%", "value-not-number", "请用半角字符：95%。"),
    ("率", "９5", "value-not-number", PERCENT),
    ("额", "123456元", "value-not-number", "单位是万元，请换算：12.3456。"),
    ("元", "1.5万元", "value-not-number", "单位是元，请换算：15000。"),
    ("额", "5件", "value-not-number", "只填数，不填单位：5。"),
    ("额", "5.555件", "value-not-number", MONEY),
    ("率", "95 %%", "value-not-number", "写成 95%。"),
    ("率", "95个%", "value-not-number", PERCENT),
    ("额", "12\u200b3", "value-not-number", "里面有看不见的字符 U+200B，请删去它：123。"),
    ("额", "“5”", "value-not-number", "去掉引号：5。"),
    ("额", "三百零五", "value-not-number", "写成阿拉伯数字：305。"),
    ("额", "一万二千", "value-not-number", "写成阿拉伯数字：12000。"),
    ("额", "十万零三", "value-not-number", "写成阿拉伯数字：100003。"),
    ("年", "二〇二〇", "value-not-number", "写成阿拉伯数字：2020。"),
    ("整", "三个", "value-not-number", "写成阿拉伯数字：3。"),
    ("率", "95％", "value-percent", "百分号用半角：95%。"),
    ("率", "1", "value-percent", "百分数要带百分号：是 1% 还是 100%？"),
    ("率", "９８．５％", "value-percent", "百分号用半角：98.5%。"),
    ("额", "161.4/160", "value-not-number", "只能填一个数：是 161.4 还是 160？"),
    ("率", "0.95", "value-percent", "百分数要带百分号：是 0.95% 还是 95%？"),
    ("日", "24-3-5", "value-not-date", "写成 2024-03-05。"),
    ("日", "3/25/2024", "value-not-date", "写成 2024-03-25。"),
    ("日", "3/5/2024", "value-not-date", "年份写在前面：是 2024-03-05 还是 2024-05-03？"),
    ("日", "2024-03-05 10:30:00", "value-not-date", "写成 2024-03-05。"),
    ("率", "-1.5", "value-percent", "百分数要带百分号：-1.5%。"),
    ("整", "5.0", "value-places", "请填整数。"),
    ("率", "0.2", "value-percent", "百分数要带百分号：是 0.2% 还是 20%？"),
    ("率", "1.0", "value-percent", "百分数要带百分号：是 1.0% 还是 100%？"),
    ("数", "3-5", "value-not-number", "只能填一个数：是 3 还是 5？"),
    ("数", "3～5", "value-not-number", "只能填一个数：是 3 还是 5？"),
    ("额", "1.235", "value-places", "四舍五入是 1.24。"),
    ("率", "1.234%", "value-places", "四舍五入是 1.23%。"),
    ("数", "1.2345", "value-places", "四舍五入是 1.235。"),
    ("额", "1234567890123456789", "value-too-large", "请核对是否多写了数字。"),
    ("年", "1899", "value-year", "写四位数，例如 2020。"),
    ("年", "3000", "value-year", "写四位数，例如 2020。"),
    ("日", "2020/2/3", "value-not-date", "写成 2020-02-03。"),
    ("日", "20200203", "value-not-date", "写成 2020-02-03。"),
    ("日", "二〇二〇年二月三日", "value-not-date", "写成 2020-02-03。"),
    ("日", "2020-2", "value-not-date", "要写到哪一日，例如 2020-02-15。"),
    ("日", "2020年13月", "value-not-date", "写成 2020-12-31 或 2020年12月31日。"),
    ("日", "2-3", "value-not-date", "要写年份，例如 2020-12-31。"),
    ("日", "43831", "value-not-date", "这是表格软件里日期的序号，是不是 2020-01-01？"),
    ("日", "2020年2月30日", "value-no-such-date", "请核对年月日。"),
    ("是", "√", "value-not-boolean", "请填“是”。"),
    ("是", "甲", "value-not-boolean", "请填“是”或“否”。"),
    ("选", "已完成", "value-not-choice", "是不是“完成”？"),
]


@pytest.mark.parametrize(("name", "typed", "code", "hint"), TYPED)
def it_says_what_to_write_instead(tmp_path, name, typed, code, hint):
    used = standard(tmp_path, FIELDS)
    assert [(found.code, str(found.hint)) for found in findings(used, f"{name}: '{typed}'\n")] == [(code, hint)]
    if proposed := re.search(r"[：“ ]([0-9][0-9.%-]*)[。？]", hint):
        again = findings(used, f"{name}: '{proposed[1]}'\n")
        assert {found.code for found in again} <= {"value-places"}  # an amount in another unit may have to be rounded


def it_shows_the_characters_that_nobody_sees(tmp_path):
    (found,) = findings(standard(tmp_path, FIELDS), "额: '1\u200b2\xad3'\n")
    assert "“1‹U+200B›2‹U+00AD›3”不是数" in found.message


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("年", "1900"),
        ("年", "2999"),
        ("额", "123456789012345678"),
        ("额", "-5"),
        ("率", "-0%"),
        ("率", "5 %"),
        ("元", " 5 "),
    ],
)
def it_takes_what_is_just_within(tmp_path, name, typed):
    assert findings(standard(tmp_path, FIELDS), f"{name}: '{typed}'\n") == []


@pytest.mark.parametrize(("kind", "zero"), [("money", "0"), ("percent", "0%"), ("integer", "0")])
def it_proposes_a_zero_where_a_number_is_needed_and_there_is_none(tmp_path, kind, zero):
    found = findings(standard(tmp_path, f"fields: {{数: {kind}}}\n"), "数: 无\n")
    assert [str(one.hint) for one in found] == [f"这一项必填：确实没有，就填 {zero}。"]
