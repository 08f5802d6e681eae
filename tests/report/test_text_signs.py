"""What a text shows before a rule reads it: no rule has anything to tell of a text that does not show what it looks for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostic
from generator.kept.lazy_patterns import lazy
from generator.report import announced_counts, impossible_days, proofread, text_signs, watched_texts, written_slips
from generator.report.broken_off import broken_off
from generator.report.proofread import _claimed as claims
from generator.report.sums_in_prose import sums
from generator.report.text_signs import signs_of
from generator.report.typed_text import UNSEEN, is_marked
from generator.report.written_slips import slips_of
from tests.support.reports import findings, standard

FIELDS = """
types:
  指标: {key: 名称, fields: {名称: text, 说明: {type: text, required: false}, 主要原因: {type: text, required: false}}}
  单位: {fields: {名称: text, 简称: text, 自称: text}}
parameters: {等级线: {type: bands, value: {优: 90, 良: 80, 差: 0}}}
fields:
  年度: year
  单位: 单位
  得分: score
  等级: text = band(得分, 等级线)
  资金: {fields: {全年执行数: money, 全年预算数: money}}
  事实: {type: map, of: number, required: false}
  指标: {type: list of 指标, required: false}
  清单: {type: list of text, required: false}
  成绩: {type: list, required: false, fields: {标题: text, 内容: {type: paragraphs, required: false}}}
  原文: {type: text, required: false, plain: true}
  句: {type: text, required: false}
  段: {type: paragraphs, required: false}
"""
HEAD = (
    "年度: 2020\n得分: 98\n单位: {名称: 青石县工商业联合会, 简称: 县工商联, 自称: 我单位}\n资金: {全年执行数: 161.4, 全年预算数: 173.2}\n"
    "事实: {走访家数: 52}\n"
)
PIECES = """
、 。 ； ： ， ！ … “ ” ‘ ’ ' " 《 》 （ ） ( ) 【 】 〔 〕 [ ] 月 日 年 元 万 的 与 及 和 将 本 我 县 区 旗 为 是 即 章 ０ ｛ } {{ {{年度}} . ..
- / # % ＊ × x X _ ? 岀 ⻅ 豈 ① ② ③ 一是 二是 三是 三要 第一， 第三、 首先， 再次， （一） （三） 1. 3. 3、 #REF! #### &nbsp; <br> \\n =SUM(
错误！未找到 Error! 1E+12 NaN None undefined 待补充 请填写 此处 （公章） （略） （） 万元元 多多 3家家 5个个 年年 的的 及及 甲单位、甲单位
10% 120% 0.95 25.5家 13月 2月30日 二月三十日 2月 30日 3月8日至5日 12月至3月 2020-13-01 2020.02.30 2020年1月1日星期五 2020年 2019年 第五季度
全年 共 其中： 分别为 分别有 包括 主要包括 ，为 等2家 等两个 三个方面 3个 两项 3篇 《甲》、《乙》 -6次 座谈会-6次 由 从100万元 增加到80万元
下降150% 增加3万元 比上年 30.5万元 壹万元整 147000亿元 自评 得分95分 评价等级为良 综合得分 我局 本单位 青石县工商业联合会 白水县
，白水县工商联 单位 主要原因是 主要用于 待确认 公布稿没有 由单位确认 走访52家 事实.走访家数 支出 收入 全年执行数 130万元 支出100.5，
满意度98% 合格率为0.95 占比60% 扎实做好 青石 逐步推进工作
"""
UNPRINTED = ("\n", " ", "\t", "\u3000", "\u200b", "\xa0")
TOLD = """
召开2月30日会议。 自2020-13-01起。 见#REF!处。 岀席会议。 待补充 负责人××× 由单位确认 （公章） 支出10万元元。 开展的的活动。 工作，。开展 走访：甲单位、甲单位。
加强加强管理。 走访“企业。 1.走访 一是走访；三是座谈。 认真走访辖区内企业的 围绕全年重点工作，走访企业 主要原因是经费不足 我局走访企业。
本单位青石县工商业联合会走访。 白水县工商联走访企业。 自评等级为良。 综合得分95分。 全年执行数130万元。 支出161.4万元。 在2016年走访。 2019年3月走访企业。
内设2个股室，分别为甲部、乙部、丙部。 从100万元增加到80万元。 下降150%。 合格率为0.95。 座谈会-6次。 事实.走访家数 {走访家数}
{{资金.全年执行数}}万元，{{年度}}年我局走访。 支出１６１万元 甲\u200b乙 支出100.5，收入甲。 走访25.5家。 甲、乙、丙等2家。 两个方面：一是甲；二是乙；三是丙。
全县走访企业5次。全县走访企业8次。 走访企业是好事好事呀。走访企业是好事好事呀。
"""
IN_LINES = (
    "走访企业\n座谈会员",
    "走访 企业家",
    "走访企业和座谈会员\n扎实做好工作。不断走访\n",
    "扎实做好工作。走访企业座谈会员，扎实",
)
CASES = [*TOLD.split(), *IN_LINES]  # something is told of each in one field at least


@st.composite
def written(draw: st.DrawFn) -> str:
    """A text of what rules look for, some of it twice."""
    pieces = draw(st.lists(st.sampled_from((*PIECES.split(), *UNPRINTED)) | st.sampled_from(CASES), max_size=12))
    for at in draw(st.lists(st.integers(0, 11), max_size=2)):
        pieces[at + 1 : at + 1] = pieces[at : at + draw(st.integers(1, 3))]
    return "".join(pieces)


@given(written())
def it_shows_what_any_rule_speaks_of(text):
    shown, slips = signs_of(text)
    assert slips == slips_of(text)
    claimed = claims(text, frozenset())
    expected = {
        text_signs.SLIPS: slips,
        text_signs.CLAIMS: claimed[0] or claimed[1],
        text_signs.BREAKS: broken_off(text, paragraphs=False, alone=False),
        text_signs.BREAKS_LINES: broken_off(text, paragraphs=True, alone=False),
        text_signs.ALONE: broken_off(text, paragraphs=True, alone=True)
        or broken_off(text, paragraphs=False, alone=True),
        text_signs.MARKS: is_marked(text),
        text_signs.UNREAD: UNSEEN.search(text) or "{" in text,
    }
    assert [sign for sign, told in expected.items() if told and not shown & sign] == []


class _Always:
    """A pattern of which every text is worth a closer look."""

    def search(self, text: str) -> bool:
        return True

    def findall(self, text: str) -> list[str]:
        return [text, text]


@given(written())
def it_finds_the_slips_that_its_patterns_find_in_any_text(text):
    with pytest.MonkeyPatch.context() as patched:
        found = slips_of(text)
        patched.setattr(written_slips, "says", lambda text, words: True)
        patched.setattr(written_slips, "may_name_days", lambda text: True)
        patched.setattr(written_slips, "_repeats", lambda text: (True, True))
        patched.setattr(written_slips, "_may_name_twice", lambda text: True)
        patched.setattr(impossible_days, "_SURE", lazy(r"(?!)"))
        patched.setattr("generator.report.point_order._POINT", _Always())
        assert slips_of(text) == found


@given(written())
def it_finds_the_contradictions_that_its_patterns_find_in_any_text(text):
    with pytest.MonkeyPatch.context() as patched:
        found = claims(text, frozenset())
        patched.setattr(proofread, "FIGURE", _Always())
        patched.setattr(announced_counts, "_LISTED_BEHIND", _Always())
        patched.setattr(announced_counts, "_OTHERS_COUNTED", _Always())
        patched.setattr("generator.report.sums_in_prose._FOR_CERTAIN", _Always())
        assert claims(text, frozenset()) == found
        assert {*sums(text)} <= {*found[1]}


@given(written())
def it_looks_for_names_before_others_where_they_can_stand(text):
    pattern = announced_counts._AND_OTHERS
    announced = [(one["n"], one["names"].count("、") + 1, one.start("count")) for one in pattern.finditer(text)]
    few = [at for n, listed, at in announced if (number := announced_counts.counted(n)) is not None and number < listed]
    assert [found.start for found in announced_counts._and_others(text)] == few


@pytest.mark.parametrize(
    "form", ["{}月{}日", "{}月{}号", "2月{0}日{1}月", "{}月，{}月", "{}月至{}月", "2020.{}月{}", "{}月{}日至3日"]
)
def it_takes_no_impossible_day_for_sure(form):
    for month in ("0", "1", "2", "02", "9", "10", "12", "13", "112"):
        for day in (*map(str, range(34)), "05", "三十", "二十", "份"):
            text = form.format(month, day)
            with pytest.MonkeyPatch.context() as patched:
                found = [*impossible_days.impossible_days(text)]
                patched.setattr(impossible_days, "_SURE", lazy(r"(?!)"))
                assert [*impossible_days.impossible_days(text)] == found


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    return standard(tmp_path_factory.mktemp("standard"), FIELDS)


def data_file(texts: list[str]) -> str:
    """A data file with texts in fields of every kind."""
    values = [json.dumps(text, ensure_ascii=False) for text in texts]
    return HEAD + (
        f"句: {values[0]}\n段: {values[1]}\n原文: {values[2]}\n清单: [{values[0]}, 扎实做好各项重点工作。, 加强学习。]\n"
        f"成绩: [{{标题: {values[3]}, 内容: {values[4]}}}, {{标题: 学习, 内容: {values[0]}}}]\n"
        f"指标: [{{名称: 产出, 说明: {values[1]}, 主要原因: {values[4]}}}]\n"
    )


def with_every_sign(used, data: str) -> list[Diagnostic]:
    """What is found where every text shows everything."""
    unread = text_signs.UNREAD | text_signs.MARKS

    def everything(text: str) -> text_signs.Signs:
        shown, _ = signs_of(text)
        return text_signs.EVERY & ~unread | (shown & unread), slips_of(text)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(watched_texts, "signs_of", everything)
        return findings(used, data)


@pytest.mark.parametrize("case", CASES)
def it_tells_the_same_of_a_text_that_shows_everything(used, case):
    data = data_file([case] * 5)
    found = findings(used, data)
    assert len(found) > len(findings(used, data_file(["扎实做好工作。"] * 5)))
    assert found == with_every_sign(used, data)


@given(st.lists(written(), min_size=5, max_size=5))
def it_tells_the_same_of_any_texts_that_show_everything(used, texts):
    data = data_file(texts)
    assert findings(used, data) == with_every_sign(used, data)
