"""Computed lists of records, and shares that add up to their total."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import InvalidStandard
from generator.report.balance import largest_remainder
from tests.support.reports import findings, report, standard

ROWS = """
types:
  行: {key: 名, fields: {名: text, 额: money, 分: score = 额 * 2, 占比: percent = 额 / sum(报告.列.额)}}
  组: {key: 名, fields: {名: text, 行: list of 行}}
fields:
"""
CHOSEN = """
  列: {type: list of 行, required: false}
  组: {type: list of 组, required: false}
  大的: list of 行 = filter(列, 额 > 2)
  前二: list of 行 = first(sort(大的, 分, "降"), 2)
  各组: list of 行 = filter(组.行, 额 > 2)
  大的合计: money = sum(大的.分)
  第一: {type: text, required: false, formula: 'join(前二, 名, "，")'}
"""
DATA = "列: [{名: 甲, 额: 3}, {名: 乙, 额: 1}, {名: 丙, 额: 5}, {名: 丁, 额: 5}]\n组: [{名: 一, 行: [{名: 戊, 额: 4}]}, {名: 二, 行: [{名: 己, 额: 1}, {名: 庚, 额: 9}]}]\n"


def it_chooses_records_of_the_report(tmp_path):
    context = report(standard(tmp_path, ROWS + CHOSEN), DATA).context()
    assert [row["名"] for row in context["大的"]] == ["甲", "丙", "丁"]
    assert context["大的"][1] is context["列"][2]
    assert [row["名"] for row in context["前二"]] == ["丙", "丁"]
    assert [row["名"] for row in context["各组"]] == ["戊", "庚"]
    assert (str(context["大的合计"]), context["第一"]) == ("26", "丙，丁")


def it_has_no_items_where_nothing_is_chosen(tmp_path):
    context = report(standard(tmp_path, ROWS + CHOSEN), "列: [{名: 甲, 额: 1}]\n").context()
    assert (context["大的"], context["前二"], context["各组"]) == ([], [], [])
    assert str(context["大的合计"]) == "0"


def it_finds_a_circle_through_a_chosen_list(tmp_path):
    text = "types:\n  行: {key: 名, fields: {名: text, 额: money, 次: integer = count(报告.大的)}}\nfields:\n  列: list of 行\n  大的: list of 行 = filter(列, 次 > 1)\n"
    with pytest.raises(InvalidStandard) as told:
        standard(tmp_path, text)
    assert [found.code for found in told.value.diagnostics] == ["standard-cycle"]


@pytest.mark.parametrize(
    "line", ["大的: list of 行 = 列.额", "大的: list of 组 = filter(列, 额 > 1)", "大的: 行 = filter(列, 额 > 1)"]
)
def it_refuses_a_list_of_something_else(tmp_path, line):
    with pytest.raises(InvalidStandard) as told:
        standard(tmp_path, f"{ROWS}  列: list of 行\n  {line}\n")
    assert [found.code for found in told.value.diagnostics] == ["formula-result"]


def it_makes_shares_add_up(tmp_path):
    used = standard(tmp_path, ROWS + "  列: {type: list of 行, balance: {占比: 1}}\n  合计: percent = sum(列.占比)\n")
    context = report(used, "列: [{名: 甲, 额: 1}, {名: 乙, 额: 1}, {名: 丙, 额: 1}]\n").context()
    assert [str(row["占比"]) for row in context["列"]] == ["33.34%", "33.33%", "33.33%"]
    assert str(context["合计"]) == "100%"
    told = findings(used, "列: [{名: 甲, 额: 1, 占比: 33.33%}, {名: 乙, 额: 1}, {名: 丙, 额: 1}]\n")
    assert [(found.code, found.arguments["computed"]) for found in told] == [("stated-differs", "33.34%")]


def it_leaves_zeros_alone(tmp_path):
    used = standard(tmp_path, ROWS + "  列: {type: list of 行, balance: {占比: 1}}\n")
    codes = {found.code for found in findings(used, "列: [{名: 甲, 额: 0}, {名: 乙, 额: 0}]\n")}
    assert "balance-not-parts" not in codes


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(sum), st.integers(0, 4))
def it_shares_by_the_largest_remainder(parts, places):
    """Against exact fractions: whole units first, then one each by remainder, the first of equals first."""
    total = sum(parts)
    obtained = largest_remainder([Decimal(part) / Decimal(total) for part in parts], Decimal(1), places)
    assert obtained is not None
    assert sum(obtained) == 1
    scale = 10**places
    units = [part * scale // total for part in parts]
    losses = [Fraction(part * scale, total) - unit for part, unit in zip(parts, units, strict=True)]
    for index in sorted(range(len(parts)), key=lambda index: -losses[index])[: scale - sum(units)]:
        units[index] += 1
    assert [int(value * scale) for value in obtained] == units


def it_tells_values_that_are_no_parts():
    assert largest_remainder([Decimal("0.3"), Decimal("0.3")], Decimal(1), 2) is None
    assert largest_remainder([Decimal("0.5"), Decimal("0.6")], Decimal(1), 2) is None
