"""Names of another unit: what is told, and the plausible sentences of which nothing is."""

from __future__ import annotations

import pytest

from tests.support.reports import findings, standard

FIELDS = """
fields:
  年度: year
  单位:
    fields:
      名称: {type: text, plain: true}
      简称: {type: text, plain: true, required: false}
      自称: {type: text, plain: true, default: 我单位}
  句: {type: text, required: false}
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    return standard(tmp_path_factory.mktemp("standard"), FIELDS)


def codes(used, unit: str, sentence: str = "无其他情况。") -> list[str]:
    return [found.code for found in findings(used, f"年度: 2020\n单位: {{{unit}}}\n句: {sentence}\n")]


FEDERATION = "名称: 大余县工商业联合会, 简称: 县工商联"


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("我局按时完成了任务。", "unit-self-name"),
        ("本院认真履行职责。", "unit-self-name"),
        ("我校开展培训3次。", "unit-self-name"),
        ("今年，我中心组织活动。", "unit-self-name"),
        ("崇义县工商联走访了企业20家。", "unit-other-region"),
        ("年初，上犹县工商业联合会召开了会议。", "unit-other-region"),
        ("崇义县单位制定了制度。", "unit-other-region"),
        ("我单位大余县工商业联合会按时完成了任务。", "text-twice"),
        ("脱贫县单位、驻县单位、社区单位、开发区部门参加了活动。", None),
        ("城区单位制定了制度。试点县单位制定了制度。", None),
        ("我单位（大余县工商业联合会）按时完成了任务。", None),
        ("我联按时完成了任务。", None),
        ("我会组织会员学习。", None),
        ("我县、我市、我省、我国的企业", None),
        ("我单位、我们、本部门、本单位按时完成", None),
        ("基本局面稳定，样本校验合格，自我校正", None),
        ("我委托第三方评价，本委员会章程", None),
        ("联系我局限性较大的企业", None),
        ("县检察院、县司法局、县税务局建立了机制", None),
        ("与崇义县工商联交流学习。", None),
        ("崇义县工商联到我县考察。", None),
        ("各县区工商联参加了会议。", None),
        ("崇义县工商联、上犹县工商联参加了活动。", None),
        ("赣州市工商联表彰了先进。", None),
        ("大余县工商联召开了会议。", None),
        ("大余县工商业联合会（总商会）召开了代表大会。", None),
    ],
)
def it_tells_sentences_of_another_unit(used, sentence, code):
    assert codes(used, FEDERATION, sentence) == ([code] if code else [])


@pytest.mark.parametrize(
    ("full", "short", "told"),
    [
        ("大余县教育局", "县工商联", True),
        ("大余县妇女联合会", "工商联", True),
        ("大余县工商业联合会", "县总工会", True),
        ("某县人力资源和社会保障局", "县人社局", False),
        ("某县卫生健康委员会", "卫健委", False),
        ("某县发展和改革委员会", "发改委", False),
        ("共青团某县委员会", "团县委", False),
        ("某县市场监督管理局", "市监局", False),
        ("某县自然资源和规划局", "资规局", False),
        ("某县文化广电旅游体育局", "文旅局", False),
        ("中共某县委机构编制委员会办公室", "县编办", False),
        ("某县人民政府办公室", "县府办", False),
        ("某县退役军人事务局", "退役军人局", False),
        ("重庆市万州区工商业联合会", "区工商联", False),
        ("某县第一中学", "一中", False),
    ],
)
def it_tells_a_short_name_that_is_not_the_full_ones(used, full, short, told):
    assert codes(used, f"名称: {full}, 简称: {short}") == (["unit-short-name"] if told else [])


def it_tells_what_a_unit_calls_itself(used):
    assert codes(used, FEDERATION + ", 自称: 我局") == ["unit-self-name"]
    assert codes(used, FEDERATION + ", 自称: 我联") == []
    assert codes(used, "名称: 某县教育局, 自称: 我局") == []
