"""Single mistakes of those who fill in a data file, over the five samples: one finding each, at its line, with what to do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Failure, Severity
from generator.report import examine

ROOT = Path(__file__).parents[2]
S, D, H, B, W = "shifeng-2020", "dayu-2020", "huidong-2023", "beita-2023", "wanzhou-2020"
INCOME = "{财政拨款收入: 160.44, 其他收入: 0.96}"
OFFICES = "内设机构: [办公室, 会员和商会部, 经济联络与法律服务部]"
BUDGET = "部门预算: 25.42"
FILED = "填报日期: 2024-04-30"
SPENT = "基本支出: {预算数: 135.47, 决算数: 131.72}"

# sample, what stands there, what is typed instead, code, text of the finding's line, part of the hint
MISTAKES = [
    # levels, indentation, dashes
    (H, SPENT, "基本支出:\n  预算数: 135.47\n  决算数: 131.72", "unknown-field", "  预算数: 135.47", "前面各加两个空格"),
    (S, "    要点:\n      - 标题: 对接", "   要点:\n      - 标题: 对接", "yaml-indentation", "   要点:", ""),
    (S, "          - 名称: 各项工作完成时效", "            名称: 各项工作完成时效", "wrong-shape", "名称: 各项工作完成时效", "请在“名称”前面写“- ”"),
    (D, "  - {名称: 财务管理,", "    {名称: 财务管理,", "yaml-dash-missing", "{名称: 财务管理,", "“- {名称: 财务管理"),
    (H, "  - 开展会员企业教育", "  开展会员企业教育", "yaml-dash-missing", "开展会员企业教育", "“- 开展会员企业"),
    (D, "  - 深入推进", "  — 深入推进", "yaml-wrong-dash", "深入推进", ""),
    # colons, commas, brackets, quotes
    (S, INCOME, "{财政拨款收入:160.44, 其他收入:0.96}", "yaml-colon-without-space", "财政拨款收入", "“财政拨款收入: "),
    (S, INCOME, "{财政拨款收入：160.44, 其他收入: 0.96}", "fullwidth-colon", "财政拨款收入", "英文冒号"),
    (B, OFFICES, "内设机构: 办公室、会员和商会部", "wrong-shape", "内设机构", "[办公室, 会员和商会部]"),
    (B, OFFICES, "内设机构: 【办公室, 会员和商会部】", "wrong-shape", "内设机构", "[办公室, 会员和商会部]"),
    (D, BUDGET, '部门预算: "25.42', "yaml-unclosed-quote", "部门预算", "末尾补上"),
    (D, BUDGET, "部门预算: “25.42”", "value-not-number", "部门预算", "去掉引号：25.42"),
    (B, '联系电话: "00000000000"', "联系电话: “00000000000”", "value-not-phone", "联系电话", "去掉引号"),
    # units and ways to write a number
    (D, BUDGET, "部门预算: 254200", "check-failed", "部门预算", "25.42"),
    (H, "预算数: 135.47", "预算数: 1354700", "amount-in-yuan", "1354700", "135.47"),
    (D, "  捐款: 49.1", "  捐款: 491000", "amount-in-yuan", "捐款", "49.1"),
    (W, "固定资产总额: 15.25", "固定资产总额: 152500", "amount-in-yuan", "152500", "15.25"),
    (S, "  全年执行数: 161.4\n", "  全年执行数: 1614000\n", "check-failed", "1614000", "161.4"),
    (D, BUDGET, "部门预算: 25,42", "value-not-number", "部门预算", "是不是 25.42"),
    (D, BUDGET, "部门预算: 25. 42", "value-not-number", "部门预算", "去掉空格：25.42"),
    (D, BUDGET, "部门预算: 25.4O", "value-not-number", "部门预算", "“O”是字母"),
    (D, BUDGET, "部门预算: 二十五", "value-not-number", "部门预算", "阿拉伯数字：25"),
    (D, BUDGET, "部门预算: ￥25.42", "value-not-number", "部门预算", "只填数：25.42"),
    (D, BUDGET, "部门预算: （25.42）", "value-not-number", "部门预算", "不能是负数"),
    (W, "金额: -35.1", "金额: （35.1）", "value-not-number", "35.1", "写成 -35.1"),
    (W, "金额: -35.1", "金额: 减少35.1", "value-not-number", "35.1", "写成负数：-35.1"),
    # dates and years
    (H, FILED, "填报日期: 2024.4.30", "value-not-date", "填报日期", "写成 2024-04-30"),
    (H, FILED, "填报日期: 二〇二四年四月三十日", "value-not-date", "填报日期", "写成 2024-04-30"),
    (H, FILED, "填报日期: 20240430", "value-not-date", "填报日期", "写成 2024-04-30"),
    (H, FILED, "填报日期: 45412", "value-not-date", "填报日期", "是不是 2024-04-30"),
    (H, FILED, "填报日期: 2024年4月", "value-not-date", "填报日期", "写到哪一日"),
    (H, FILED, "填报日期: 4月30日", "value-not-date", "填报日期", "写年份"),
    (H, FILED, "填报日期: 2023-04-30", "check-failed", "填报日期", ""),
    (W, "自评时间: 2021年3月", "自评时间: 2020年3月", "check-failed", "自评时间", ""),
    (W, "设立时间: 2020年5月", "设立时间: 2019年5月", "check-failed", "设立时间", ""),
    (S, "实施期: 2020年1月至12月", "实施期: 2019年1月至12月", "check-failed", "实施期", ""),
    # numbers in each other's place
    (S, INCOME, "{财政拨款收入: 0.96, 其他收入: 160.44}", "check-failed", "财政拨款收入", "填颠倒了"),
    (H, SPENT, "基本支出: {预算数: 131.72, 决算数: 135.47}", "check-failed", "135.47", "填颠倒了"),
    (B, "人员经费: 52.12, 公用经费: 36.04", "人员经费: 36.04, 公用经费: 52.12", "check-failed", "人员经费", "填颠倒了"),
    (S, "年初预算数: 126.14, 全年预算数: 160.44", "年初预算数: 160.44, 全年预算数: 126.14", "check-failed", "126.14", "填颠倒了"),
    (W, "决算数: 264.2, 上年决算数: 255.11", "决算数: 255.11, 上年决算数: 264.2", "check-failed", "255.11", "填颠倒了"),
    (D, "三公预算: 1.84\n  上年三公预算: 2.3\n", "三公预算: 2.3\n  上年三公预算: 1.84\n", "check-failed", "本年三公预算", "填颠倒了"),
    # a hundred times as much was not exchanged, and where one is 0 no digit is too few
    (H, "预算数: 135.47, 决算数: 131.72", "预算数: 135.47, 决算数: 13172", "check-failed", "13172", "少打了一位"),
    (D, "上年三公预算: 2.3", "上年三公预算: 0", "check-failed", "本年三公预算", "没有填实际的数"),
    # a point moved, a digit wrong, a sign: the right value is known
    (S, "      全年执行数: 10\n", "      全年执行数: 100\n", "check-failed", "全年执行数: 100", "改成 10 "),
    (S, "{基本支出: 151.4}", "{基本支出: 1514}", "check-failed", "1514", "改成 151.4 "),
    (W, "财政拨款收入: 359.11", "财政拨款收入: 395.11", "check-failed", "395.11", "改成 359.11 "),
    (W, "决算数: 53.91", "决算数: 539.1", "check-failed", "539.1", "改成 53.91 "),
    (W, "商品服务支出, 金额: 1.55", "商品服务支出, 金额: 15.5", "check-failed", "15.5", "改成 1.55 "),
    (W, "金额: -35.1", "金额: 35.1", "check-failed", "35.1", "改成 -35.1 "),
    (W, "年初预算数: 228.72", "年初预算数: 2287.2", "check-failed", "2287.2", "改成 228.72 "),
    (B, "金额: 74.89", "金额: 7489", "check-failed", "7489", "改成 74.89 "),
    (B, "{一般公共预算: 88.16}", "{一般公共预算: 881.6}", "check-failed", "881.6", "改成 88.16 "),
    # out of proportion
    (D, "本年三公预算: 1.84", "本年三公预算: 18.4", "check-failed", "18.4", "多打、少打了一位"),
    (H, "决算数: 3.92", "决算数: 39.2", "check-failed", "39.2", "多打、少打了一位"),
    (H, "决算数: 131.72", "决算数: 1317.2", "check-failed", "1317.2", "多打、少打了一位"),
    (W, "全年执行数: 40}", "全年执行数: 400}", "check-failed", "400", ""),
    (W, "全年预算数: 40, 全年执行数: 40}", "全年预算数: 400, 全年执行数: 400}", "check-failed", "项目支出", ""),
    (B, "本年决算数: 2.64", "本年决算数: 26.4", "check-failed", "26.4", ""),
    (B, "合计: {上年决算数: 20.87", "合计: {上年决算数: 36.04", "check-failed", "36.04", ""),
    (B, "在职人数: 3", "在职人数: 0", "check-failed", "在职人数: 0", ""),
    # scores
    (S, "            分值: 15\n", "            分值: -15\n", "value-below", "分值: -15", ""),
    (D, "名称: 收支管理, 分值: 5", "名称: 收支管理, 分值: -5", "value-below", "分值: -5", ""),
    (W, "            分值: 8\n", "            分值: -8\n", "value-below", "分值: -8", ""),
    (S, "计量单位: 次, 分值: 1, 得分: 1", "计量单位: 次, 分值: 2, 得分: 2", "check-failed", "", "分值合计为100"),
    # words near the right ones
    (W, "内部员工: 是", "内部员工: 对", "value-not-choice", "内部员工", "“是”"),
    (B, "要求: ≥", "要求: 不低于", "value-not-choice", "要求: 不低于", "“≥”"),
    (W, "类别: 人员经费", "类别: 人员支出", "value-not-choice", "人员支出", "“人员经费”"),
    (S, "实际完成值: 优,", "实际完成值: 良,", "check-failed", "实际完成值: 良", ""),
    (D, "变动率: 37.1%, 分值: 3, 得分: 0", "变动率: 37.1%, 分值: 3, 得分: 3", "check-failed", "得分: 3", ""),
    (D, "    分值: 23\n", "    分值: 32\n", "check-failed", "分值: 32", "改成 23 "),
    (D, "在职行政: 2", "在职行政: 3", "check-failed", "在职行政: 3", ""),
    (W, "接待批次: 5, 接待人次: 40", "接待批次: 40, 接待人次: 5", "check-failed", "接待批次: 40", "换过来就对了"),
    (S, "全年执行数: 161.4", "全年执行数: 161.4元", "value-not-number", "全年执行数", "只填数：161.4；"),
    (S, "全年执行数: 161.4", "全年执行数: 1614000元", "value-not-number", "全年执行数", "请换算：161.4。"),
    (H, "2024-04-30", "2024/4/31", "value-no-such-date", "2024/4/31", ""),
    (H, "2024-04-30", "2024.04.30", "value-not-date", "2024.04.30", "写成 2024-04-30"),
    # lists
    (H, "下属单位: []", "下属单位: 无", "wrong-shape", "下属单位", "写成 []"),
    (H, "下属单位: []", "下属单位: [无]", "nothing-listed", "下属单位", "写成 []"),
    (H, "  - 标题: 驻村工作方面", "  - 标题：驻村工作方面", "wrong-shape", "标题：驻村", "“- 标题: 驻村工作方面”"),
    (H, "  - 标题: 驻村工作方面", "  - 标题:驻村工作方面", "wrong-shape", "标题:驻村", "“- 标题: 驻村工作方面”"),
    (H, "  - 标题: 驻村工作方面", "  - 时间：驻村工作方面", "wrong-shape", "时间：驻村", "“- 标题: 时间：驻村工作方面”"),
    (H, "  - 标题: 学习会议方面", "  - 学习会议方面", "wrong-shape", "学习会议方面", "“- 标题: 学习会议方面”"),
    # names
    (S, "名称: 石峰区工商业", "名称: 芦淞区工商业", "check-failed", "芦淞区", ""),
    (H, "名称: 惠东县工商业", "名称: 博罗县工商业", "check-failed", "博罗县", ""),
    (D, "名称: 大余县工商联", "名称: 信丰县工商联", "check-failed", "信丰县", ""),
    (B, "名称: 邵阳市北塔区", "名称: 邵阳市大祥区", "check-failed", "大祥区", ""),
    (W, "名称: 重庆市万州区工商", "名称: 重庆市涪陵区工商", "check-failed", "涪陵区", ""),
    (D, "简称: 县工商联", "简称: 区工商联", "check-failed", "简称", ""),
    (S, "标准: shifeng-2020", "标准: dayu-2020", "report-wrong-standard", "标准", "shifeng-2020"),
    # rows
    (D, "  - {名称: 收支管理,", "TWICE", "duplicate-item", "收支管理", "删去一项"),
    (B, "  - {科目: 卫生健康支出,", "TWICE", "duplicate-item", "卫生健康支出", "删去一项"),
    (H, "  - 缺少项目管理制度，", "TWICE", "repeated-text", "缺少项目管理制度", "重复"),
]  # fmt: skip


@cache
def sample(name: str) -> str:
    return (ROOT / "data" / f"{name}.yaml").read_text("utf-8")


def mistaken(name: str, right: str, wrong: str) -> str:
    text = sample(name)
    assert right in text
    if wrong != "TWICE":
        return text.replace(right, wrong, 1)
    line = next(line for line in text.splitlines(keepends=True) if line.startswith(right))
    return text.replace(line, line + line, 1)


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)


def told(text: str) -> list[Diagnostic]:
    try:
        found = examine(text.encode(), name="数据.yaml")[1]
    except Failure as failure:
        found = failure.diagnostics
    return [one for one in found if one.severity is not Severity.INFO]


@pytest.mark.parametrize(("name", "right", "wrong", "code", "line", "hint"), MISTAKES)
def it_tells_a_mistake_once_where_it_is(name: str, right: str, wrong: str, code: str, line: str, hint: str):
    text = mistaken(name, right, wrong)
    (found,) = told(text)
    assert found.code == code
    assert found.location.line is not None
    assert line in text.splitlines()[found.location.line - 1]
    assert found.hint_text is not None
    assert hint in found.hint_text.zh
    assert found.hint_text.en


def it_finds_none_in_the_samples():
    assert [found for name in (S, D, H, B, W) for found in told(sample(name))] == []


def it_keeps_two_items_of_one_name_in_the_sums():
    text = mistaken(B, "{科目: 卫生健康支出, 金额: 4.16}", "{科目: 社会保障和就业支出, 金额: 4.16}")
    assert [found.code for found in told(text)] == ["duplicate-item"]


def it_proposes_no_value_where_a_row_is_missing():
    text = sample(D).replace("  - {名称: 收支管理, 分值: 5, 说明: 财政拨款收入和基本支出均符合财务及有关规定。}\n", "")
    (found,) = told(text)
    assert "改成" not in (found.hint or "")


def it_tells_two_mistakes_as_two():
    text = mistaken(W, "决算数: 53.91", "决算数: 539.1").replace("得分: 2.5", "得分: 25")
    assert [found.code for found in told(text)] == ["check-failed", "check-failed"]


def it_tells_every_amount_that_is_in_yuan():
    text = sample(H).replace("{预算数: 135.47, 决算数: 131.72}", "{预算数: 1354700, 决算数: 1317200}")
    assert [found.code for found in told(text)] == ["amount-in-yuan", "check-failed"]  # too much for each person, too
    assert all("单位是万元" in (found.hint or "") for found in told(text))


def it_leaves_large_amounts_beside_small_ones_alone():
    text = sample(H).replace("{预算数: 135.47, 决算数: 131.72}", "{预算数: 8200, 决算数: 8100}")
    text = text.replace("项目支出: {预算数: 12.42, 决算数: 3.92}", "项目支出: {预算数: 190.5, 决算数: 188.2}")
    assert "amount-in-yuan" not in [found.code for found in told(text)]
