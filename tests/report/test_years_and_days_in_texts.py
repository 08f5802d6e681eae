"""What texts say of the year before and of days that no calendar has; many plausible sentences of which nothing is told."""

from __future__ import annotations

import pytest

from generator.report.impossible_days import impossible_days
from generator.report.last_year import tells_last_year
from generator.report.prose import numbers


def _tells(text: str) -> bool:
    return any(number.unit == "年" and tells_last_year(text, number, 2020) for number in numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        "2019年12月3日至4日在大余县城召开，选举产生了新一届执行委员会。",
        "代表大会，于2019年12月3日至4日在大余县城召开",
        "2019年初，新冠肺炎疫情爆发，县工商联积极主动联系",
        "根据2019年部门预算安排情况，我联科学合理的制定了各项经费支出。",
        "2019年全县非公企业共计为帮扶村投资600余万元。",
        "活动中，2019年全县非公企业共计为帮扶村投资600余万元。",
        "2019年6月到9月，全区统一战线组成57个走访组。",
        "2019年工商联业务费支出，是保障机关正常运转。",
        "按项目用途来分，2019年工商联业务经费多用于以下几个方面：学习",
        "2019年全年",
        "2019年，我单位整体预算绩效支出年度总体目标基本完成，加强党建。",
        "截至2019年底，共有会员200户。",
        "并在2019年年初全部签订帮扶协议以及制定了措施",
    ],
)
def it_tells_of_last_year_where_the_report_tells_of_its_own(text: str):
    assert _tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "比2019年增长5%，",
        "扎实开展2019年度党组织书记述职评议工作。",
        "2019年应休未休带薪年休假资金",
        "2019年追加了离退休健康疗养费",
        "2020年追加了2019年目标考核奖（部分超额绩效）和应休未休带薪年休假",
        "万州区温州商会被认定为2019-2020年度市级“四好”商会。",
        "在2019年的帮扶基础上，还在全县105个行政村开展消费扶贫活动",
        "2019年5月成立的服务队，开展活动。",
        "2019年12月启动、2020年6月完成的项目",
        "2019年12月至2020年3月，开展排查。",
        "从2019年12月起，每月走访。",
        "根据2019年度绩效评价结果，压减了项目支出。",
        "按照2019年12月印发的《办法》，严格报销。",
        "2019年结转资金5万元，全部用完。",
        "2019年度决算已公开",
        "与2019年持平",
        "自2019年以来，会员逐年增加。",
        "本部门2019年度决算及2020年度预算信息已按要求公开",
        "2019年底，我区被列为试点；今年全面推开。",
        "上年（2019年）为10万元",
        "预算数为2019年执行数的基础上测算，",
        "2019年度“四好”商会名单",
        "获2019年度先进单位称号。",
        "项目于2019年9月立项，",
        "2019年，全区有企业100家，2020年增加到120家。",
    ],
)
def it_leaves_what_is_about_the_year_before(text: str):
    assert not _tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "2020年二月三十日",
        "二月三十日",
        "十三月二日",
        "今年十三月已",
        "二〇二〇年二月三十日",
        "十一月三十一号",
        "2月30号",
        "2月三十日",
        "2023年2月29日",
        "2020-02-30",
        "2020/13/01",
        "2021.2.29",
        "九月三十一日",
        "1月11日至3日",
        "2020年13月",
        "十月四十日",
        "2020年二月30日",
        "开始时间为2020年1月1日，完成时间2019年12月31日",
        "2020年5月至2020年3月",
    ],
)
def it_tells_days_months_and_periods_that_cannot_be(text: str):
    assert list(impossible_days(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("9月到6月", "起止的先后反了"),
        ("1月11日至3日", "起止的先后反了"),
        ("2020年5月至2020年3月", "起止的先后反了"),
        ("2020年5月1日至2020年3月1日", "起止的先后反了"),
        ("6月20日至31日", "日历上没有"),
        ("13月至6月", "日历上没有"),
        ("2020年二月三十日", "日历上没有"),
        ("2021.2.29", "日历上没有"),
    ],
)
def it_says_of_a_period_that_goes_back_that_its_ends_are_in_the_wrong_order(text: str, why: str):
    ((_, _, _, reason),) = impossible_days(text)
    assert reason.zh == why


@pytest.mark.parametrize(
    "text",
    [
        "三四月份",
        "七八月",
        "十月一日",
        "十二月三十一日",
        "二月二十九日",
        "2020年2月29日",
        "三个月",
        "十八月龄",
        "几十三月",
        "正月十五",
        "元月16日",
        "2月29日",
        "版本1.2.3",
        "电话0752-1234567",
        "2019-2020年度",
        "2021-02-28",
        "IP 10.20.30.40",
        "2020.6.30",
        "一月至十二月",
        "十三届三中全会",
        "每月",
        "数月",
        "二十四个月",
        "两三月",
        "8月中旬",
        "五一六月",
        "第十三月",
        "腊月三十日",
        "岁月如歌",
        "2020年1月至12月",
        "20201231",
        "1-2月",
        "十月份",
        "二〇二〇年十月三十一日",
        "三月三十一日前",
        "二月下旬",
        "2000/2/29",
        "总分 3.5.7",
        "增幅20.13.5",
        "十月怀胎",
        "三伏月三十日",
        "开始时间为2020年1月1日，完成时间2020年12月31日",
        "2019年10月至2020年3月",
    ],
)
def it_leaves_days_and_what_only_looks_like_one(text: str):
    assert not list(impossible_days(text))
