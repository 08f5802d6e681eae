"""Faults of tags: all of them at once, each with its tag and a hint."""

import pytest

from generator.figures import FigureArithmetic
from generator.template.environment import make_environment
from generator.template.faults import PlacedTag, check_tags, did_you_mean
from generator.template.raised_faults import render_fault
from generator.template.tags import find_tags

ENVIRONMENT = make_environment()


def faults(text):
    return check_tags(ENVIRONMENT, [PlacedTag(tag) for tag in find_tags(text)])


def it_finds_every_fault_of_a_text_at_once():
    found = faults(
        "{{ a b }}{% fr x in y %}{{ r|fixd(1) }}{%p if a = 1 %}{%p endfor %}{{ }}{{ x is odddd }}"
        "{% colspan %}{% include 'x' %}{%p endif %}{% for z in t %}{{ 金额、总 }}{{ open"
    )
    assert [fault.code for fault in found] == [
        "template-syntax",
        "template-unknown-statement",
        "template-unknown-filter",
        "template-syntax",
        "template-tag-empty",
        "template-unknown-test",
        "template-syntax",
        "template-unsupported-statement",
        "template-syntax",
        "template-tag-unclosed",
        "template-unexpected-end",
        "template-unclosed-block",
    ]
    assert "“{{ a b }}”" in found[0].message
    assert found[1].hint == "是不是“for”？"
    assert found[2].hint == "是不是“fixed”？"
    assert "==" in (found[3].hint or "")


def it_finds_nothing_where_nothing_is_wrong():
    assert not faults(
        "{%tr for r in rows if r.ok %}{% vm r.x %}{{ r.x|fixed（2） }}{% if a %}{% elif b %}{% else %}{% endif %}"
        "{% set k = 1 %}{% set t %}x{% endset %}{%tr endfor %}{% hm %}{% colspan n %}{% raw %}{{ }}{% endraw %}{# x #}"
        "{% macro m(a) %}{% endmacro %}{% filter upper %}{% endfilter %}{% with a = 1 %}{% endwith %}{% do f(1) %}"
    )


@pytest.mark.parametrize(
    "text", ["{% if ok }甲{% endif %}", "{%p for x in xs }{{ x }}{%p endfor %}", "{% if a %}甲{% else }乙{% endif %}"]
)
def it_tells_a_tag_without_its_end_once(text):
    assert [one.code for one in faults(text)] == ["template-tag-unclosed"]


def it_suggests_names_that_resemble():
    hint = did_you_mean("资金额", ["资金", "年度", "单位"])
    assert hint is not None
    assert hint.zh == "是不是“资金”？"
    assert did_you_mean("甲", ["乙"]) is None


def it_leaves_internal_errors_alone():
    placed = PlacedTag(next(iter(find_tags("{{ a }}"))))
    assert render_fault(placed, AssertionError("ours")) is None
    fault = render_fault(placed, FigureArithmetic("x"))
    assert fault is not None
    assert "计算字段" in (fault.hint or "")
