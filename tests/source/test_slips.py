"""One slip is one finding, at its line; two slips are two."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.diagnostics import Invalid
from generator.source import read_source
from tests.support.examples import examples

DOCUMENT = """\
# 数据文件
标准: shifeng-2020
年度: 2020

单位:
  名称: 石峰区工商业联合会
  简称: 区工商联
  级别: 正科级
  主要职能:
    - 参与政治协商，发挥民主监督的作用。
    - 宣传、贯彻党和国家的方针政策。
    - 维护会员的合法权益。
  内设机构: [综合办公室]

资金:
  当年财政拨款: {年初预算数: 126.14, 全年预算数: 160.44}
  其他资金: {年初预算数: 0, 全年预算数: 0.96}
  全年执行数: 161.4        # 决算数

成绩:
  - 标题: 加强宣传教育
    内容: |
      第一：安排培训 #1 期，支出{{ 资金.全年执行数 }}万元。
      - 参加人员：执委

      其他: 见附件
    人数: 120
  - 标题: 助推银企合作
    内容: 促成贷款
    人数: 35

指标:
  - 名称: 产出指标
    二级:
      - 名称: 数量指标
        三级:
          - {名称: 走访企业, 目标: ≥50, 实际: 52, 分值: 10}
          - {名称: 开展培训, 目标: ≥3, 实际: 4, 分值: 10}
      - 名称: 质量指标
        三级:
          - {名称: 培训合格率, 目标: ≥95%, 实际: 98%, 分值: 10}
  - 名称: 效益指标
    说明: 按计划完成
填表日期: 2021-03-05
"""
LINES = DOCUMENT.split("\n")
BLOCK = range(23, 27)  # the lines of the literal text
PAIR = re.compile(r"( *(?:- )?)([^\s:#{\[]+): ([^{\[|#]*?)( +#.*)?$")
KEY = re.compile(r"( *(?:- )?)([^\s:#{\[]+):$")


def value_becomes(shape):
    return lambda line: PAIR.sub(shape, line) if PAIR.match(line) else None


def only_if(pattern, change):
    return lambda line: change(line) if re.search(pattern, line) else None


def full_width_colon(line):
    if PAIR.match(line):
        return PAIR.sub(r"\1\2：\3\4", line)
    return KEY.sub(r"\1\2：", line) if KEY.match(line) else None


SLIPS = {
    "fullwidth-colon": full_width_colon,
    "yaml-colon-without-space": value_becomes(r"\1\2:\3\4"),
    "yaml-tab": only_if(r"^  ", lambda line: "\t" + line.lstrip(" ")),
    "odd-indentation": only_if(r"^  ", lambda line: "\u3000" + line[2:]),
    "yaml-indentation": only_if(r"^ +[^\s-][^:]*: [^{\[|]", lambda line: " " + line),
    "yaml-dash-without-space": only_if(r"^ *- [^\s{]", lambda line: line.replace("- ", "-", 1)),
    "yaml-wrong-dash": only_if(r"^ *- [^\s{]", lambda line: line.replace("- ", "— ", 1)),
    "yaml-colon-in-text": value_becomes(r"\1\2: 注: \3\4"),
    "yaml-braces-then-text": value_becomes(r"\1\2: {{ 资金.全年执行数 }}万元"),
    "yaml-unquoted-braces": value_becomes(r"\1\2: {{ 资金.全年执行数 }}"),
    "yaml-unclosed-quote": value_becomes(r'\1\2: "\3'),
    "yaml-text-after-quote": value_becomes(r'\1\2: "四好"\3'),
    "yaml-special-start": value_becomes(r"\1\2: @\3"),
    "fullwidth-quote": value_becomes(r"\1\2: “注: \3”"),
    "yaml-cut-text": value_becomes(r"\1\2: 建设路 #8号"),
    "yaml-missing-colon": value_becomes(r"\1\2 \3"),
    "yaml-bad-escape": value_becomes(r'\1\2: "D:\\数据"'),
    "fullwidth-comma": only_if(r"\{.*, ", lambda line: line.replace(", ", "，", 1)),
    "yaml-unclosed-bracket": only_if(r"\{.*\}$", lambda line: line[:-1]),
    "control-character": value_becomes("\\1\\2: 文\x0b字"),
    "odd-space-in-key": value_becomes("\\1\\2\u3000名: \\3"),
}
PLACES = [
    (code, number)
    for code, change in SLIPS.items()
    for number, line in enumerate(LINES, 1)
    if number not in BLOCK and not line.startswith("#") and change(line) not in (None, line)
]


def found_in(slips):
    lines = list(LINES)
    for code, number in slips:
        lines[number - 1] = SLIPS[code](lines[number - 1])
    try:
        read_source("\n".join(lines).encode(), "a.yaml")
    except Invalid as invalid:
        return [(finding.code, finding.location.line) for finding in invalid.diagnostics]
    return []


def it_reads_the_document_without_a_finding():
    assert found_in([]) == []
    assert len(PLACES) > 250


@pytest.mark.parametrize("code", SLIPS)
def it_tells_one_slip_once_at_its_line(code):
    for found, number in PLACES:
        if found == code:
            assert found_in([(code, number)]) == [(code, number)]


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
@example(("yaml-tab", 22), ("yaml-wrong-dash", 28))
@examples(300)
def it_tells_two_slips_of_two_places(one, other):
    guesses = {"yaml-tab", "odd-indentation", "yaml-indentation"}
    if abs(one[1] - other[1]) < 3 or (one[0] in guesses and other[0] in guesses):
        return
    found = found_in([one, other])
    codes = {code for code, _ in found}
    assert len(found) == len(codes) <= 2 or one[0] == other[0]
    if codes & {"yaml-tab", "odd-indentation"}:  # the depth that was meant is a guess; what it hides is told next time
        # a dash that is none makes its lines entries of the item before, once a guessed depth has hidden the dash
        assert codes - {"duplicate-key", "yaml-braces-then-text"} <= {one[0], other[0]}
    else:
        assert codes == {one[0], other[0]}
        assert len(found) == 2
