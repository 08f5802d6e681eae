"""Paths of templates against a standard: what it does not have, and what is used as something else."""

from __future__ import annotations

import jinja2
import pytest

from generator.diagnostics import Location, Severity
from generator.lint.path_types import PlacedUse, Target, Unknown, check_uses, resolve
from generator.lint.unprinted_fields import unprinted
from generator.standard import Standard, load_standard
from generator.template.paths import uses

STANDARD = """
standard: 样本-2023
title: 样本
issuer: 某局
fiscal_year: 2023
version: 1.0.0
parameters:
  等级标准: {value: {优: 90, 良: 80}, reference: 备注}
  执行率分值: {type: score, value: 10}
types:
  三级指标:
    key: 名称
    fields: {名称: text, 分值: score, 得分: score, 说明: optional text}
  一级指标:
    key: 名称
    fields: {名称: text, 指标: list of 三级指标, 得分: score = sum(指标.得分)}
fields:
  年度: year
  单位:
    fields: {名称: text, 成立: date, 人数: integer}
  资金:
    fields: {预算数: money, 执行数: money, 执行率: percent = 执行数 / 预算数}
  指标: list of 一级指标
  总分: score = sum(指标.得分)
  概述: paragraphs
  标签: list of text
"""


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Standard:
    folder = tmp_path_factory.mktemp("library") / "standards"
    folder.mkdir()
    path = folder / "样本-2023.yaml"
    path.write_text(STANDARD, "utf-8")
    return load_standard(path)


def found(standard: Standard, source: str) -> list[tuple[str, str]]:
    tree = jinja2.Environment(extensions=["jinja2.ext.do"]).parse(source)
    placed = [PlacedUse(use, Location(), "标签") for use in uses(tree, lambda name: name in ("loop", "range"))]
    return [(finding.code, finding.arguments["path"]) for finding in check_uses(placed, standard)]


@pytest.mark.parametrize(
    ("path", "kind", "many"),
    [
        ("年度", "year", False),
        ("资金", "record", False),
        ("资金.执行率", "percent", False),
        ("指标", "record", True),
        ("指标[]", "record", False),
        ("指标[].指标[].得分", "score", False),
        ("单位.成立.year", "integer", False),
        ("概述", "paragraphs", False),
        ("概述[]", "text", False),
        ("标签[]", "text", False),
        ("执行率分值", "number", False),
        ("等级标准", "map", False),
        ("等级标准.优", "number", False),
    ],
)
def it_types_paths(standard: Standard, path: str, kind: str, many: bool) -> None:
    target = resolve(standard, path)
    assert isinstance(target, Target)
    assert (target.kind, target.many) == (kind, many)


def it_only_warns_where_another_value_stands_in(standard: Standard) -> None:
    tree = jinja2.Environment().parse("{{ 甲|default('无') }}{{ 甲 }}")
    told = check_uses([PlacedUse(use, Location(), f"标签{n}") for n, use in enumerate(uses(tree))], standard)
    assert [finding.severity for finding in told] == [Severity.WARNING, Severity.ERROR]


def it_joins_records_by_what_names_them(standard: Standard) -> None:
    tree = jinja2.Environment().parse("{{ 指标 }}")
    (told,) = check_uses([PlacedUse(use, Location(), "{{ 指标 }}") for use in uses(tree)], standard)
    assert told.hint is not None
    assert "{{ 指标|map(attribute='名称')|join('、') }}" in told.hint


def it_tells_where_a_path_goes_wrong(standard: Standard) -> None:
    assert resolve(standard, "资金.执行数额") == Unknown("执行数额", "资金", ("预算数", "执行数", "执行率"))
    assert resolve(standard, "指标.名称") == Unknown("名称", "指标", (), of_list=True)
    assert resolve(standard, "年度.名称") == Unknown("名称", "年度", ())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 资金.执行率 }}{% if 资金.执行率 >= 0.9 %}好{% endif %}", []),
        ("{% for 一 in 指标 %}{{ 一.名称 }}{% for 三 in 一.指标 %}{{ 三.得分 }}{% endfor %}{% endfor %}", []),
        ("{% set 钱 = 资金 %}{{ 钱.执行率 }}{{ 钱.率 }}", [("lint-unknown-path", "资金.率")]),
        ("{{ 资金.执行绿 }}", [("lint-unknown-path", "资金.执行绿")]),
        ("{{ 执行率 }}", [("lint-unknown-path", "执行率")]),
        ("{% for 一 in 指标 %}{{ 一.名字 }}{% endfor %}", [("lint-unknown-path", "指标[].名字")]),
        ("{{ 指标.名称 }}", [("lint-list-not-looped", "指标.名称")]),
        ("{{ 标签 }}", [("lint-list-printed", "标签")]),
        ("{{ 标签|join('、') }}{{ 指标|length }}", []),
        ("{{ 资金 }}", [("lint-record-printed", "资金")]),
        ("{{ 概述 }}{% for 段 in 概述 %}{{ 段 }}{% endfor %}", []),
        ("{% for x in 年度 %}{{ x }}{% endfor %}", [("lint-loop-over-one", "年度")]),
        ("{% for x in 资金 %}{% endfor %}", [("lint-loop-over-one", "资金")]),
        ("{{ 资金.执行率 * 100 }}", [("lint-figure-arithmetic", "资金.执行率")]),
        ("{{ 资金.预算数 - 资金.执行数 }}", [("lint-figure-arithmetic", "资金.预算数")]),
        ("{% for 名 in 等级标准 %}{{ 名 }}{% endfor %}{% for 名, 限 in 等级标准.items() %}{{ 限 }}{% endfor %}", []),
        ("{{ 等级标准.中 }}", [("lint-unknown-path", "等级标准.中")]),
        ("{% for 一 in 指标|sort(attribute='得分,名称') %}{{ 一.名称 }}{% endfor %}", []),
        ("{% for 名, 数 in [('一', 总分), ('二', 年度)] %}{{ 名 }}{{ 数 }}{% endfor %}", []),
        ("{% if 总分 == '优' %}{% endif %}", [("lint-never-equal", "总分")]),
        ("{% if 总分 >= 90 and 单位.名称 == '某局' %}{% endif %}", []),
        ("{{ '共' ~ 总分 }}{{ 资金.执行率 > 0.9 and 总分 }}", []),
        ("{{ 等级标准['优'] }}{{ 执行率分值 }}{{ 等级标准.良 }}", []),
        ("{{ 执行率分值 * 2 }}", [("lint-figure-arithmetic", "执行率分值")]),
        ("{{ 甲 }}{{ 甲 }}", [("lint-unknown-path", "甲")]),
    ],
)
def it_checks_paths_against_the_standard(standard: Standard, source: str, expected: list[tuple[str, str]]) -> None:
    assert found(standard, source) == expected


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("{{ 资金.执行绿 }}", "执行率"),
        ("{{ 执行率 }}", "资金.执行率"),
        ("{{ 单位.人 }}", "人数"),
        ("{% for 一 in 指标 %}{{ 一.名城 }}{% endfor %}", "名称"),
        ("{{ 资经.执行率 }}", "资金"),
    ],
)
def it_suggests_what_was_meant(standard: Standard, source: str, hint: str) -> None:
    placed = [PlacedUse(use, Location(), "标签") for use in uses(jinja2.Environment().parse(source))]
    (finding,) = check_uses(placed, standard)
    assert f"“{hint}”" in (finding.hint or "")


def it_finds_fields_that_no_template_prints(standard: Standard) -> None:
    source = (
        "{{ 年度 }}{% for 一 in 指标 %}{{ 一.名称 }}{% for 三 in 一.指标 %}{{ 三.名称 }}{% endfor %}{% endfor %}"
        "{{ 资金.执行率 }}"
    )
    findings = unprinted(uses(jinja2.Environment().parse(source)), standard)
    told = {finding.location.path: finding.severity for finding in findings}
    assert told == {
        "单位": Severity.WARNING,
        "指标[].指标[].分值": Severity.WARNING,
        "指标[].指标[].说明": Severity.WARNING,
        "总分": Severity.WARNING,
        "概述": Severity.WARNING,
        "标签": Severity.WARNING,
    }
    lines = STANDARD.splitlines()
    for finding in findings:
        where = finding.location
        assert where.line is not None
        name = str(where.path).rpartition(".")[2]
        assert name in lines[where.line - 1], finding


def it_counts_a_record_that_is_passed_on_as_printed(standard: Standard) -> None:
    source = "{% macro 表(x) %}{{ x.名称 }}{% endmacro %}{{ 表(单位) }}{{ 表(资金) }}"
    findings = unprinted(uses(jinja2.Environment().parse(source)), standard)
    assert not [finding for finding in findings if str(finding.location.path).startswith(("单位", "资金"))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 指标|map(attribute='得分')|max }}", []),
        ("{{ 指标|map(attribute='得份')|max }}", [("lint-unknown-path", "指标[].得份")]),
        ("{{ 指标|sum(attribute='得分') }}", [("lint-figure-arithmetic", "指标[].得分")]),
        ("{{ 指标|map(attribute='得分')|sum }}", [("lint-figure-arithmetic", "指标[].得分")]),
        ("{{ 资金.执行率|round(1) }}", [("lint-figure-arithmetic", "资金.执行率")]),
        ("{{ 资金.执行率|abs }}", [("lint-figure-arithmetic", "资金.执行率")]),
        ("{{ (指标|first).名称 }}", []),
        ("{% for 一 in 指标|selectattr('得分') %}{{ 一.名称 }}{% endfor %}", []),
        ("{% for 一 in 指标|selectattr('得份') %}{{ 一.名称 }}{% endfor %}", [("lint-unknown-path", "指标[].得份")]),
        ("{% for 名, 项 in 指标|groupby('名称') %}{{ 名 }}{{ 项|length }}{% endfor %}", []),
        ("{{ 指标|sort }}", [("lint-list-printed", "指标")]),
        ("{% for 一 in 指标[:3] %}{{ 一.名称 }}{% endfor %}", []),
    ],
)
def it_follows_filters(standard: Standard, source: str, expected: list[tuple[str, str]]) -> None:
    assert found(standard, source) == expected
