"""set, total, text, rounding, existence, defaults: what docs/language.md says of values."""

from decimal import Decimal

import pytest

from generator.diagnostics import InvalidStandard
from generator.figures import Blank, Figure
from tests.support.reports import findings, report, standard, told

ROWS = """
types:
  行:
    fields:
      预算: optional money
      执行: optional money
      率: optional percent = 执行 / 预算
  明细: {fields: {基本: optional money, 项目: optional money}}
  大行: {fields: {名: text, 额: optional money, 分: 明细}}
"""


def it_adds_up_each_numeric_input_and_runs_the_rows_own_formulas_on_the_totals(tmp_path):
    used = standard(
        tmp_path, ROWS + "fields: {合计: {type: 行, total: [甲, 乙, 丙]}, 甲: 行, 乙: 行, 丙: optional 行}\n"
    )
    found = report(used, "甲: {预算: 100, 执行: 50}\n乙: {预算: 300}\n")
    assert found.value("合计.预算") == 400
    assert found.value("合计.执行") == 50
    assert str(found.value("合计.率")) == "12.5%"
    assert isinstance(found.value("丙"), Blank)


def it_totals_a_list_of_records_and_the_records_inside_them(tmp_path):
    used = standard(
        tmp_path, ROWS + "fields: {各项: list of 大行, 合计: {type: 大行, total: 各项, set: {名: \"'合计'\"}}}\n"
    )
    found = report(used, "各项:\n  - {名: 一, 额: 1, 分: {基本: 2}}\n  - {名: 二, 额: 3, 分: {基本: 4, 项目: 5}}\n")
    assert [str(found.value(f"合计.{name}")) for name in ("名", "额", "分.基本", "分.项目")] == ["合计", "4", "6", "5"]


def it_totals_only_blanks_into_a_blank(tmp_path):
    used = standard(tmp_path, ROWS + "fields: {合计: {type: 行, total: [甲]}, 甲: optional 行}\n")
    assert isinstance(report(used, "").value("合计.预算"), Blank)


def it_sets_fields_of_a_shared_type_where_it_is_used(tmp_path):
    used = standard(
        tmp_path,
        "types:\n  对比:\n    fields: {本期: optional money, 基期: optional money, 增减: optional money = 本期 - 基期}\n"
        "  科目: {fields: {名: text, 总额: optional money, 额: money, 占比: percent = 额 / 总额}}\n"
        "  块:\n    fields:\n      决算: money\n      上年决算: money\n"
        "      较上年: {type: 对比, set: {本期: 决算, 基期: 上年决算}}\n"
        "fields: {甲: 块, 乙: 块, 总额: money, 科目: {type: list of 科目, set: {总额: 总额}}}\n",
    )
    found = report(
        used,
        "甲: {决算: 5, 上年决算: 3}\n乙: {决算: 1, 上年决算: 4}\n总额: 8\n科目: [{名: 一, 额: 2}, {名: 二, 额: 6}]\n",
    )
    assert found.value("甲.较上年.增减") == 2
    assert found.value("乙.较上年.增减") == -3
    assert [str(found.value(f"科目[{index}].占比")) for index in (0, 1)] == ["25%", "75%"]


WORDS = """
types:
  对比:
    fields:
      增减额: optional money
      基期名: {type: text, default: 上年}
      方向: {type: text, required: false, text: [{when: 增减额 > 0, text: 增加}, {text: 减少}]}
      说法: {type: text, required: false, empty: 无可比数, text: [{when: 增减额 == 0, text: "与{{ 基期名 }}持平"}, {text: "较{{ 基期名 }}{{ 方向 }}{{ abs(增减额) }}万元"}]}
fields: {较上年: 对比}
"""


@pytest.mark.parametrize(
    ("amount", "words"),
    [("1.14", "较上年增加1.14万元"), ("-3.5", "较上年减少3.5万元"), ("0", "与上年持平"), ("", "无可比数")],
)
def it_builds_wording_from_the_first_true_condition(tmp_path, amount, words):
    assert str(report(standard(tmp_path, WORDS), f"较上年: {{增减额: {amount}}}\n").value("较上年.说法")) == words


def it_rounds_half_up_on_storing_and_formulas_read_what_is_stored(tmp_path):
    used = standard(
        tmp_path,
        "fields:\n  甲: number\n  三分: number = 甲 / 3\n  合: number = 三分 + 三分 + 三分\n"
        "  半: {type: number, places: 1, formula: 甲 / 8}\n  负: {type: integer, formula: 0 - 甲 / 100}\n",
    )
    found = report(used, "甲: 10\n")
    assert str(found.value("三分")) == "3.33"
    assert str(found.value("合")) == "9.99"
    assert str(found.value("半")) == "1.3"
    assert str(found.value("负")) == "0"


def it_reprints_at_fewer_places_from_the_exact_value(tmp_path):
    used = standard(
        tmp_path,
        "types: {比: {fields: {率: {type: percent, places: 2, formula: 报告.甲 / 报告.乙}}}}\n"
        "fields: {甲: money, 乙: money, 率: {type: percent, places: 2, formula: 甲 / 乙}, 组: 比, 句: text}\n",
    )
    found = report(used, '甲: 664.96\n乙: 1000\n句: "{{ 率 }}，约{{ 率 | round(0) }}，{{ 组.率 | round(0) }}"\n')
    assert str(found.value("句")) == "66.5%，约66%，66%"
    figure = found.value("率")
    assert isinstance(figure, Figure)
    assert figure.value == Decimal("0.665")
    assert figure.exact is not None
    assert figure.exact == Decimal("0.66496")


def it_demands_nothing_of_an_absent_optional_record(tmp_path):
    used = standard(
        tmp_path,
        "types:\n  表:\n    fields: {甲: money, 乙: money = 甲 * 2}\n    checks: [{id: 正, rule: 甲 > 0, message: 甲不为正}]\n"
        "fields: {表: optional 表, 倍: optional money = 表.乙 + 1}\n",
    )
    assert told(used, "") == []
    assert told(used, "表:\n  甲:\n") == []
    assert told(used, "表: {}\n") == [("missing-value", 2, 1, "表.甲")]
    context = report(used, "").context()
    assert not context["表"]
    assert not context["表"]["乙"]
    assert str(context["倍"]) == ""


def it_takes_defaults_where_nothing_is_given(tmp_path):
    used = standard(
        tmp_path, "fields: {甲: {type: money, default: 3}, 乙: {type: money, default: {formula: 甲 + 1}}}\n"
    )
    assert report(used, "").value("乙") == 4
    assert report(used, "甲: 5\n").value("乙") == 6
    assert report(used, "乙: 1\n").value("乙") == 1


def it_gives_templates_a_blank_row_for_rows_but_formulas_none(tmp_path):
    used = standard(
        tmp_path,
        "types:\n  细: {fields: {名: text, 分: score}}\n  粗: {fields: {名: text, 细: {type: list of 细, rows: 1, required: false}}}\n"
        "fields: {粗: {type: list of 粗, rows: 2}, 数: integer = count(粗.细)}\n",
    )
    found = report(used, "粗: [{名: 一}]\n")
    rows = found.context()["粗"]
    assert len(rows) == 2
    assert [len(row["细"]) for row in rows] == [1, 1]
    assert str(rows[1]["细"][0]["分"]) == ""
    assert found.value("数") == 0


def it_silences_what_depends_on_an_invalid_input(tmp_path):
    used = standard(
        tmp_path,
        "fields: {甲: money, 乙: money = 甲 + 1, 丙: text = '大' if 乙 > 1 else '小', 句: text}\n"
        "checks: [{id: 小, rule: 乙 < 1, message: 乙不小}]\n",
    )
    assert told(used, "甲: 一\n句: 有{{ 乙 }}\n") == [("value-not-number", 2, 4, "甲")]


def it_skips_rules_that_are_unknown(tmp_path):
    used = standard(
        tmp_path,
        "fields: {甲: optional money, 乙: money, 丙: money}\nchecks:\n  - {id: 一, rule: 甲 < 乙, message: 甲不小于乙}\n"
        "  - {id: 二, when: 甲 > 0, rule: 丙 > 9, message: 丙不大于九}\n",
    )
    assert told(used, "乙: 1\n丙: 1\n") == []
    assert [found[0] for found in told(used, "甲: 2\n乙: 1\n丙: 1\n")] == ["check-failed", "check-failed"]


def it_has_no_value_for_zero_divisors_and_says_so_once(tmp_path):
    used = standard(tmp_path, "fields: {甲: money, 乙: money, 率: percent = 甲 / 乙, 分: score = 率 * 10}\n")
    assert told(used, "甲: 1\n乙: 0\n") == [("computed-blank", 3, 4, "率")]


def it_says_a_zero_divisor_once_where_it_is_stated(tmp_path):
    used = standard(
        tmp_path,
        "fields: {甲: money, 乙: {type: money, default: 0}, 率: percent = 甲 / 乙, 倍: number = 甲 / 乙, 比: number = 甲 / (乙 + 乙)}\n",
    )
    assert told(used, "甲: 1\n") == [("computed-blank", 1, 1, "率")]  # the zero is a default
    assert told(used, "甲: 1\n乙: 0\n") == [("computed-blank", 3, 4, "率")]


def it_names_cycles_through_set_and_total(tmp_path):
    with pytest.raises(InvalidStandard) as caught:
        standard(tmp_path, ROWS + "fields: {合计: {type: 行, total: [甲]}, 甲: {type: 行, set: {预算: 合计.预算}}}\n")
    assert [found.code for found in caught.value.diagnostics] == ["standard-cycle"]
    assert "合计.预算" in caught.value.diagnostics[0].message
    assert "甲.预算" in caught.value.diagnostics[0].message


def it_places_a_check_of_computed_fields_at_the_first_input_behind_them(tmp_path):
    used = standard(
        tmp_path,
        "types: {项: {key: 名, fields: {名: text, 分值: score, 得分: score = 分值}}}\n"
        "fields: {说明: text, 清单: list of 项, 满分: score = 35, 合计: score = sum(清单.得分)}\n"
        "checks: [{id: 满, rule: 满分 == 合计, message: 不满}, {id: 无, rule: 满分 == 30, message: 不是}]\n",
    )
    text = "说明: 一\n清单:\n  - {名: 一, 分值: 20}\n  - {名: 二, 分值: 10}\n"
    assert told(used, text) == [("check-failed", 1, 1, None), ("check-failed", 4, 16, "清单[0].分值")]


def it_finds_every_mistake_of_a_file_at_once_and_each_only_once(tmp_path):
    used = standard(
        tmp_path,
        "types: {项: {key: 名, fields: {名: text, 分值: score, 得分: score}, "
        "checks: [{id: 不超过, rule: 得分 <= 分值, message: '{{ 名 }}超过'}]}}\n"
        "fields: {全年预算数: money, 日: date, 率: percent, 清单: list of 项, 总分: score = sum(清单.得分)}\n",
    )
    text = "全年预算: 12\n日: 2020-13-1\n率: 95\n清单:\n  - {名: 一, 分值: 5, 得分: 6}\n  - {名: 一, 分值: x, 得分: 1}\n总分: 8\n"
    assert told(used, text) == [
        ("unknown-field", 2, 1, "全年预算"),
        ("value-no-such-date", 3, 4, "日"),
        ("value-percent", 4, 4, "率"),
        ("check-failed", 6, 23, "清单[0].得分"),
        ("duplicate-item", 7, 9, "清单[1].名"),
        ("value-not-number", 7, 16, "清单[1].分值"),
        ("stated-differs", 8, 5, "总分"),
    ]
    assert [str(found.hint_text) != "" for found in findings(used, text)] == [True] * 7


def it_tells_numbers_that_grow_beyond_all_budgets(tmp_path):
    lines = "".join(f"  甲{number}: number = 甲{number - 1} * 甲{number - 1}\n" for number in range(1, 9))
    used = standard(tmp_path, "fields:\n  甲0: number\n" + lines)
    assert [found[0] for found in told(used, "甲0: 999999999999999\n")] == ["value-too-large"]


def it_refuses_lists_of_mixed_units(tmp_path):
    with pytest.raises(InvalidStandard) as caught:
        standard(tmp_path, "fields: {甲: money, 乙: {type: money, unit: 元}, 丙: 'money = sum([甲, 乙])'}\n")
    assert [found.code for found in caught.value.diagnostics] == ["formula-mixed-units"]


def it_names_the_inputs_that_a_computed_field_lacks_at_their_lines(tmp_path):
    used = standard(
        tmp_path,
        "types: {行: {fields: {预算: optional money, 执行: money, 率: percent = 执行 / 预算}}}\n"
        "fields: {甲: 行, 乙: 行, 合计: number = 甲.率 + 乙.率, 比: {type: percent, formula: 合计 / 2}}\n",
    )
    data = "甲: {执行: 1}\n乙:\n  预算:\n  执行: 1\n"
    found = findings(used, data)
    assert [(one.code, one.severity, one.location.line, one.location.path) for one in found] == [
        ("computed-blank", "error", 2, "甲.率"),
        ("computed-blank", "error", 4, "乙.率"),
    ]
    assert "缺少甲.预算（第2行）" in found[0].message
    assert "缺少乙.预算（第4行）" in found[1].message


def it_lets_a_computed_field_be_blank_that_says_so(tmp_path):
    used = standard(
        tmp_path,
        "fields: {甲: optional money, 乙: {type: money, required: false, formula: 甲 * 2}, "
        "丙: {type: text, formula: 甲 ~ '万元', empty: 无}}\n",
    )
    assert told(used, "") == []


def it_names_a_text_that_prints_a_blank(tmp_path):
    used = standard(
        tmp_path,
        "fields: {甲: optional text, 乙: {type: text, text: '在{{ 甲 }}办公'}}\n",
    )
    assert told(used, "") == [("computed-blank", 1, 1, "乙")]


def it_prints_a_record_by_its_place_and_values_not_with_the_whole_report(tmp_path):
    """An assertion that fails prints its operands: a report holds itself many times over."""
    used = standard(tmp_path, ROWS + "fields: {各项: list of 大行, 份额: text}\n")
    root = report(used, "各项:\n  - {名: 一, 额: 1, 分: {基本: 2}}\n份额: " + "长" * 500 + "\n").root
    assert repr(root["各项"][0]).startswith("<Record 各项[0]: {'名': '一', '额': Decimal('1')")
    assert "各项" not in repr(root)
    assert len(repr(root)) < 200
    assert len(repr(root.section)) < 100_000
