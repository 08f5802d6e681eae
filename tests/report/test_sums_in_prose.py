"""Amounts that contradict each other within a sentence: told once each; sentences that are true are left alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.report.examine import examine
from generator.report.sums_in_prose import capitals_value

TEXT = (Path(__file__).parents[2] / "data" / "dayu-2020.yaml").read_text("utf-8")
PLACE = "问题和措施: |\n  "


def told(sentence: str) -> list[Diagnostic]:
    """What is told of the sample of Dayu with a sentence at the head of its problems."""
    assert PLACE in TEXT
    return [one for one in examine(TEXT.replace(PLACE, PLACE + sentence, 1).encode())[1] if one.severity != "info"]


@pytest.mark.parametrize(
    ("sentence", "code", "words"),
    [
        ("全年支出30万元，其中基本支出20万元、项目支出12万元。", "prose-change", "32万元"),
        ("全年支出30万元（其中：人员经费20万元，公用经费12万元）。", "prose-change", "32万元"),
        ("全年支出100万元，其中基本支出60万元，占比70%。", "prose-change", "60.0%"),
        ("全年支出100万元，其中基本支出60万元，占比60%，项目支出40万元，占比30%。", "prose-change", "40.0%"),
        ("支出中，其中基本支出占60%，项目支出占50%。", "prose-percent", "110%"),
        ("经费由100万元增加到80万元。", "prose-change", "相反"),
        ("会员由120家减少到150家。", "prose-change", "相反"),
        ("经费由100万元增加到120万元，增长30%。", "prose-change", "20.0%"),
        ("经费由100万元下降到80万元，下降25%。", "prose-change", "20.0%"),
        ("比上年减少-5万元。", "prose-change", "负号"),
        ("支付3000元（大写：叁万元整）。", "prose-change", "30000元"),
        ("人民币贰拾万元整（250000元）。", "prose-change", "200000元"),
        ("全年召开会议5次。全年召开会议8次。", "prose-change", "5"),
        ("全年支出31.42。", "prose-no-unit", "31.42"),
        ("资金执行率为0.95。", "prose-percent", "小数"),
        ("群众满意度达到0.98。", "prose-percent", "小数"),
        ("建立了三项制度：财务制度、考勤制度。", "prose-count", "2个"),
        ("走访了4家企业：甲公司、乙公司、丙公司、丁公司、戊公司。", "prose-count", "5个"),
        ("活动从2020年9月1日开始，至2020年8月30日结束。", "text-no-such-day", "起止的先后反了"),
        ("加强预算管理，提高资金效益。加强预算管理，提高资金效益。", "text-twice", "加强预算管理"),
        ("【批注：此处再看看】", "text-placeholder", "批注"),
        ("现有在职人员3人。", "prose-differs", "在职人员3人"),
        ("核定编制8名。", "prose-differs", "编制8名"),
        ("向群众捐赠-3万元。", "prose-count", "-3万元"),
        ("走访企业25.5余家。", "prose-count", "25.5余家"),
    ],
)
def it_tells_what_a_sentence_contradicts(sentence: str, code: str, words: str):
    (found,) = told(sentence)
    assert found.code == code
    assert words in found.message
    assert found.location.path == "问题和措施"
    assert found.hint


@pytest.mark.parametrize(
    "sentence",
    [
        "全年支出100万元，其中基本支出60万元、项目支出40万元。",
        "全年支出100万元，其中基本支出60万元，占比60%，项目支出40万元，占比40%。",
        "全年支出100万元，其中：人员经费70万元、公用经费20万元。",
        "全年支出90.35万元，其中基本支出60.1万元，占66.52%。",
        "全年支出100万元，其中基本支出60万元，比上年增加50万元，项目支出40万元。",
        "预算总额2.2万元，其中公务接待费0.59万元，公务用车费1.61万元，上年预算总额为2.2万元。",
        "走访企业50家，其中民营企业40家、规模以上企业20家。",
        "受访者中，其中女性占60%，青年占50%。",
        "经费由100万元增加到120万元，增长20%。",
        "经费由30.5万元减少到26.3万元，下降13.8%。",
        "会员由120家增加到150家，增长25%。",
        "比上年减少5万元。",
        "支付3000元（大写：叁仟元整）。",
        "支付1003.05元（大写：壹仟零叁元零伍分）。",
        "人民币贰拾伍万元整（250000元）。",
        "人民币壹亿零叁拾万元整（10030万元）。",
        "全年召开会议5次。全年召开座谈会8次。",
        "1月走访企业5家。2月走访企业8家。",
        "第一批到位资金5万元。第二批到位资金8万元。",
        "支出31.42万元，进度0.85。",
        "资金执行率为95%，满意度98.5%。",
        "建立了三项制度：财务制度、考勤制度和公车制度。",
        "建立了三项制度：财务制度、考勤制度、公车制度。",
        "做好三项工作：一是调研。二是走访。三是总结。",
        "活动从2020年1月1日开始，至2020年12月31日结束。",
        "加强预算管理。加强预算管理的同时，提高效益。",
        "现有在职人员2人，退休人员6人，核定编制3名。",
        "下属服务中心现有职工5人，退休人员2人。",
        "三公经费2-3万元。",
    ],
)
def it_leaves_true_sentences_alone(sentence: str):
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("贰拾伍万肆仟贰佰元整", "254200"),
        ("壹仟零叁元零伍分", "1003.05"),
        ("叁亿零伍拾万元整", "300500000"),
        ("壹佰元捌角", "100.8"),
    ],
)
def it_reads_amounts_in_capitals(text: str, value: str):
    assert capitals_value(text) == Decimal(value)
