"""Texts of a data file that refer to the report's figures."""

import pytest

from generator.figures import Paragraphs
from generator.report import examine
from tests.support.reports import findings, report, standard, told

FIELDS = """
types:
  事: {key: 名, fields: {名: text, 家数: optional integer, 说明: {type: text, required: false}, 原文: {type: text, required: false, plain: true}}}
  资金: {fields: {执行数: money, 预算数: money, 率: percent = 执行数 / 预算数}}
fields:
  年度: year
  资金: {type: 资金, required: false}
  名: {type: text, required: false}
  日: {type: date, required: false}
  事: {type: list of 事, required: false}
  清单: {type: list of text, required: false}
  句: {type: text, required: false}
  段: {type: paragraphs, required: false}
"""
MONEY = "年度: 2020\n资金: {执行数: 161.40, 预算数: 170}\n"


@pytest.fixture
def used(tmp_path):
    return standard(tmp_path, FIELDS)


def it_prints_figures_as_their_fields_say(used):
    found = report(
        used, MONEY + "日: 2021-03-05\n句: " + '"{{ 年度 }}年支出{{ 资金.执行数 }}万元（{{ 资金.率 }}），{{ 日 }}"\n'
    )
    assert str(found.value("句")) == "2020年支出161.4万元（94.94%），2021年3月5日"


def it_makes_paragraphs_of_lines(used):
    found = report(used, MONEY + "段: |\n  支出{{ 资金.执行数 }}万元。\n\n  第二段。\n")
    assert found.value("段") == Paragraphs(("支出161.4万元。", "第二段。"))


def it_reads_own_fields_and_the_reports_and_asks_where_both_have_one(used):
    text = MONEY + "名: 全\n事:\n  - {名: 一, 家数: 3, 说明: '{{ 家数 }}家，{{ 年度 }}，{{ 本.名 }}，{{ 报告.名 }}'}\n"
    assert str(report(used, text).value("事[0].说明")) == "3家，2020，一，全"
    assert [found[0] for found in told(used, text.replace("本.名", "名"))] == ["text-ambiguous-name"]


def it_knows_conditions_joins_and_keys(used):
    text = (
        MONEY + "事: [{名: 一, 家数: 3}, {名: 二}]\n清单: [甲, 乙]\n"
        "句: \"{{ join(事, 名) }}；{{ count(事) }}项；{{ join(清单) }}；{{ 事['一'].家数 }}家；{{ '多' if 资金.执行数 > 100 else '少' }}\"\n"
    )
    assert str(report(used, text).value("句")) == "一、二；2项；甲、乙；3家；多"


def it_never_evaluates_inserted_text_again(used):
    text = MONEY + '事:\n  - {名: 一, 说明: \'{{ "{{" }} 年度 }}\'}\n句: \'{{ 事["一"].说明 }}；{{ "{{" }} 年度 }}\'\n'
    assert str(report(used, text).value("句")) == "{{ 年度 }}；{{ 年度 }}"


def it_refuses_arithmetic_statements_and_comments(used):
    for tag, code in (
        ("{{ 资金.执行数 + 1 }}", "text-arithmetic"),
        ("{{ sum(事.家数) }}", "text-arithmetic"),
        ("{% if 年度 %}", "text-statement"),
        ("{# 注 #}", "text-statement"),
        ("{{ 资金.执行数 万元", "text-tag-open"),
        ("{{ 资金.执行额 }}", "formula-unknown-field"),
        ("{{ 资金 }}", "formula-printed"),
        ("{{ 年度.__class__ }}", "formula-not-a-record"),
    ):
        assert [found[0] for found in told(used, MONEY + f"句: '{tag}'\n")] == [code], tag


def it_tells_the_place_inside_plain_texts_and_blocks(used):
    assert told(used, MONEY + "句: 支出{{ 资金.执行额 }}万元\n") == [("formula-unknown-field", 4, 12, "句")]
    assert told(used, MONEY + "段: |\n  一。\n  支出{{ 资金.执行额 }}\n") == [("formula-unknown-field", 6, 11, "段")]


def it_finds_every_fault_of_a_text(used):
    text = MONEY + "句: 甲{{ 资金.执行额 }}乙{{ 年渡 }}丙{% x %}丁{{ 资金.率 + 1 }}\n"
    assert sorted(found[2] or 0 for found in told(used, text)) == [11, 21, 27, 38]


def it_warns_of_blanks_and_of_units_that_contradict(used):
    assert [found.code for found in findings(used, MONEY + "事: [{名: 一}]\n句: '共{{ 事[\"一\"].家数 }}家'\n")] == [
        "narrative-blank"
    ]
    assert [found[0] for found in told(used, MONEY + "句: '{{ 资金.率 }}%'\n")] == ["narrative-unit"]
    assert [found[0] for found in told(used, MONEY + "句: '{{ 资金.执行数 }}元'\n")] == ["narrative-unit"]
    assert told(used, MONEY + "句: '{{ 资金.执行数 }}万元'\n") == []


def it_names_the_entry_of_a_map_that_was_probably_meant(tmp_path):
    used = standard(tmp_path, "fields: {事实: {type: map, of: integer}, 句: text, 段: text}\n")
    facts = '事实: {走访家数: 52, 捐款: 3}\n句: "走访{{ 事实.走访家数 }}家，捐{{ 事实.捐款 }}万元"\n'
    (mistyped,) = findings(used, facts + '段: "走访{{ 事实.走访加数 }}家"\n')
    assert (mistyped.code, mistyped.location.line) == ("narrative-blank", 4)
    assert (mistyped.hint or "").startswith("是不是“事实.走访家数”？")
    (absent,) = findings(used, facts + '段: "收到{{ 事实.锦旗 }}面"\n')
    assert "是不是" not in (absent.hint or "")


def it_finds_circles_of_texts(tmp_path):
    used = standard(tmp_path, "fields: {甲: text, 乙: text, 丙: text}\n")
    found = findings(used, '甲: "{{ 乙 }}"\n乙: "{{ 丙 }}"\n丙: "{{ 甲 }}"\n')
    assert [finding.code for finding in found] == ["narrative-cycle"]
    assert "甲 → 乙 → 丙 → 甲" in found[0].message
    assert [d.code for d in findings(used, '甲: "{{ 甲 }}"\n乙: 一\n丙: 二\n')] == ["narrative-cycle"]


def it_lets_texts_refer_to_computed_texts_that_refer_to_texts(tmp_path):
    used = standard(tmp_path, "fields: {甲: text, 乙: text = 甲 ~ '！', 丙: text}\n")
    assert str(report(used, '丙: "{{ 乙 }}？"\n甲: 好\n').value("丙")) == "好！？"


def it_does_not_let_texts_grow_without_bound(tmp_path):
    names = "".join(f"文{number}: text\n" for number in range(40))
    used = standard(tmp_path, "fields:\n" + "".join(f"  {line}\n" for line in names.splitlines()))
    text = "文0: 一二三四五六七八九十\n" + "".join(
        f'文{number}: "{{{{ 文{number - 1} }}}}{{{{ 文{number - 1} }}}}"\n' for number in range(1, 40)
    )
    assert [found[0] for found in told(used, text)] == ["value-too-long"]


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("资金.执行数 | fixed(1)", "161.4"),
        ("资金.执行数 | fixed", "161.40"),
        ("资金.执行数 | yuan", "1614000"),
        ("资金.执行数 | 元 | fixed(2)", "1614000.00"),
        ("资金.执行数 | 大写", "壹佰陆拾壹万肆仟元整"),
        ("资金.率 | round(1)", "94.9%"),
        ("日 | date('%Y.%m')", "2021.03"),
        ("count(事) | 中文数字", "零"),
    ],
)
def it_prints_by_the_filters_of_templates(used, tag, shown):
    assert str(report(used, MONEY + f'日: 2021-03-05\n句: "{{{{ {tag} }}}}"\n').value("句")) == shown


@pytest.mark.parametrize(
    "tag",
    ["资金.率 | yuan", "资金.执行数 | 中文数字", "资金.执行数 | date", "资金.执行数 | fixed(-1)", "资金.率 | upper"],
)
def it_refuses_filters_that_do_not_fit(used, tag):
    assert len(told(used, MONEY + f'句: "{{{{ {tag} }}}}"\n')) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "﹛﹛年度﹜﹜",
        "【【年度】】",
        "[[ 年度 ]]",
        "〔〔年度〕〕",
        "（（年度））",
        "((年度))",
        "<<年度>>",
        "《《年度》》",
        "$年度$",
        "＄ 年度 ＄",
        "«年度»",
        "<年度>",
        "<%= 年度 %>",
        "#年度#",
        "98，%年度%",
    ],
)
def it_takes_no_other_brackets_for_a_reference_nor_for_plain_text(tmp_path, typed):
    used = standard(tmp_path, "fields:\n  年度: year\n  文: text\n")
    _, found = examine(f"标准: case\n年度: 2020\n文: '在{{{{ 年度 }}}}年，{typed}年'\n".encode(), used, "a.yaml")
    assert [(one.code, one.arguments["right"]) for one in found] == [("narrative-braces", "{{ 年度 }}")]
    _, found = examine(
        f"标准: case\n年度: 2020\n文: '在{{{{ ((年度)) }}}}年{typed.replace('年度', '备注')}'\n".encode(), used
    )
    assert not found


@pytest.mark.parametrize(
    ("typed", "severity", "right"),
    [
        ("｛年度｝", "error", "{{ 年度 }}"),
        ("｛年度 - 1｝", "error", "{{ 年度 - 1 }}"),
        ("｛姓名｝", "error", "{{ 姓名 }}"),
        ("{年度}", "error", "{{ 年度 }}"),
        ("{姓名}", "warning", "{{ 姓名 }}"),
        ("｛注：按决算口径｝", "warning", "{{ 字段 }}"),
        ("{注：按决算口径}", "warning", "{{ 字段 }}"),
        ("集合{1，2，3}", "warning", "{{ 字段 }}"),
    ],
)
def it_refuses_braces_around_a_name_and_warns_of_others_without_advising_what_is_no_field(
    tmp_path, typed, severity, right
):
    used = standard(tmp_path, "fields:\n  年度: year\n  文: text\n")
    _, found = examine(f"标准: case\n年度: 2020\n文: '在{typed}中'\n".encode(), used, "a.yaml")
    assert [(one.code, one.severity.value, one.arguments["right"]) for one in found] == [
        ("narrative-braces", severity, right)
    ]
