"""Ordinary edits of a data file: what each changes in report and workbook, and that nothing else changes.

Each test edits the text of data/shifeng-2020.yaml as a clerk would, renders, and says what every paragraph, table row and
sheet row is then; what it does not name is as before. Documents are read with python-docx and openpyxl, formulas by
their cached values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import load_standard
from generator.diagnostics import InvalidReport, Severity
from tests.support.shifeng_documents import DATA, ROOT, Documents, Line, Render, edited, read


@pytest.fixture(scope="module")
def standard() -> Any:
    return load_standard("shifeng-2020")


@pytest.fixture
def render(standard: Any, tmp_path: Path) -> Callable[..., Documents]:
    def rendered(*edits: tuple[str, str]) -> Documents:
        file = tmp_path / "data.yaml"
        file.write_text(edited(*edits), "utf-8")
        report = standard.read(file)
        return read([Path(path) for path in report.render(tmp_path / "out")], tuple(report.diagnostics))

    return rendered


@pytest.fixture(scope="module")
def before(standard: Any, tmp_path_factory: pytest.TempPathFactory) -> Documents:
    report = standard.read(ROOT / "data/shifeng-2020.yaml")
    paths = report.render(tmp_path_factory.mktemp("before"))
    return read([Path(path) for path in paths], tuple(report.diagnostics))


def swapped(lines: list[Line], changes: dict[Line, list[Line]]) -> list[Line]:
    """The lines with some, each of which stands there once, replaced by others."""
    assert [line for line in changes if lines.count(line) != 1] == []
    return [new for line in lines for new in changes.get(line, [line])]


def replaced(lines: list[Line], old: str, new: str, times: int) -> list[Line]:
    """The lines with a text replaced wherever it stands, which is so many times."""
    assert sum(text.count(old) for line in lines for text in line) == times
    return [tuple(text.replace(old, new) for text in line) for line in lines]


def moved(merges: set[str], after_row: int, by: int) -> set[str]:
    """Merged ranges after rows came (or went) behind a row; ranges across it grow (or shrink)."""
    return {
        re.sub(r"\d+", lambda found: str(int(found[0]) + (by if int(found[0]) > after_row else 0)), one)
        for one in merges
    }


def told(read_file: Callable[[], Any]) -> list[str]:
    """The findings of a data file that is refused, without place."""
    with pytest.raises(InvalidReport) as caught:
        read_file()
    return [finding.message for finding in caught.value.diagnostics]


def between(start: str, end: str) -> str:
    """The part of the data file from one text up to another."""
    first = DATA.index(start)
    return DATA[first : DATA.index(end, first)]


PROJECTS = between("项目:\n", "问题和措施:")
VISITS = '            实际完成值: "{{ 事实.走访家数 }}家"\n            分值: 10\n            得分: 10\n'
MEETING = "          - {名称: 组织召开了四届五次执委会议, 目标数: 1, 完成数: 1, 计量单位: 次, 分值: 1, 得分: 1}\n"
COST = between("      - 名称: 成本指标\n        三级指标:\n          - 名称: 全年资金", "  - 名称: 效益指标\n")
TIMELINESS = '            实际完成值: "{{ 年度 }}年12月前"\n            分值: 2\n            得分: 2\n'
LASTING = "      - 名称: 可持续影响指标\n        三级指标:\n          - 名称: 加强沟通"
SATISFACTION = between("    二级指标:\n      - 名称: 服务对象满意度指标", "\n项目:\n")

RESEARCH = between("  - 标题: 加强调查研究", "  - 标题: 加强联络帮扶")
LEGAL = between("      - 标题: 对接法律咨询服务", "      - 标题: 助推银企合作共赢")
GRADES = "{名称: 各项考核指标等级, 年度指标值: 优, 实际完成值: 优, 分值: 10, 得分: 10}"

FUNDS = "资金情况（万元）"
GOALS = "年度总体目标"
SHEET_LABEL = "绩\n效\n指\n标"
LABEL, OUTPUT, BENEFIT = "", "产出指标\n（50分）", "效益指标\n（30分）"
TOTAL = ("总分", "100", "97", "等级：优")
VISITED = (LABEL, OUTPUT, "数量指标", "走访调研企业、商会", "52家", "52家", "10", "10", "")
TIMELY = (LABEL, OUTPUT, "时效指标", "各项工作完成时效", "2020年12月前", "2020年12月前", "2", "2", "")
SPENT = (LABEL, OUTPUT, "成本指标", "全年资金", "161.4万元", "161.4万元", "5", "5", "")


def one(lines: list[Line], start: str) -> Line:
    """The one line that has a text beginning so."""
    found = [line for line in lines if any(text.startswith(start) for text in line)]
    assert len(found) == 1, found
    return found[0]


def first_total(lines: list[Line], line: Line) -> list[Line]:
    """The lines with the total row of 附件1, the first of the two, replaced."""
    position = next(index for index, old in enumerate(lines) if "总分" in old)
    return [*lines[:position], line, *lines[position + 1 :]]


def it_has_no_finding_to_begin_with(before: Documents):
    assert before.findings == ()
    assert before.names == (
        "石峰区工商业联合会2020年度部门整体支出绩效自评报告.docx",
        "石峰区工商业联合会2020年度绩效自评表.xlsx",
    )
    assert [row for row in before.rows if row[0] == "总分"] == [TOTAL, ("总分", "100", "98", "等级：优")]
    assert ("附件1", "合计", "126.14", "161.4", "161.4", "10", "1", "10") in before.cells
    assert before.cells.count(("附件1", *TOTAL)) == before.cells.count(("附件2", "总分", "100", "98", "等级：优")) == 1


def it_adds_a_row_for_one_indicator_more(before: Documents, render: Render):
    more = MEETING + "          - {名称: 编发商会简报, 目标数: 6, 完成数: 6, 计量单位: 期, 分值: 4, 得分: 4}\n"
    after = render((VISITS, VISITS.replace("10", "6")), (MEETING, more))
    news = ("编发商会简报", "6期", "6期", "4", "4")
    meeting = (LABEL, OUTPUT, "数量指标", "组织召开了四届五次执委会议", "1次", "1次", "1", "1", "")
    visited = (*VISITED[:6], "6", "6", "")
    assert after.paragraphs == before.paragraphs
    assert after.rows == swapped(
        before.rows, {VISITED: [visited], meeting: [meeting, (LABEL, OUTPUT, "数量指标", *news, "")]}
    )
    sheet_meeting = ("附件1", "组织召开了四届五次执委会议", "1次", "1次", "1", "1")
    assert after.cells == swapped(
        before.cells,
        {
            ("附件1", SHEET_LABEL, *VISITED[1:8]): [("附件1", SHEET_LABEL, *visited[1:8])],
            sheet_meeting: [sheet_meeting, ("附件1", *news)],
        },
    )
    assert after.merges["附件2"] == before.merges["附件2"]
    assert after.merges["附件1"] == moved(before.merges["附件1"], 13, 1) | {"I14:J14"}
    assert {"A12:A25", "B12:B20", "C12:C16"} <= after.merges["附件1"]


def it_takes_a_row_away_with_its_indicator(before: Documents, render: Render):
    after = render((COST, ""), (TIMELINESS, TIMELINESS.replace(": 2\n", ": 7\n")))
    timely = (*TIMELY[:6], "7", "7", "")
    assert after.paragraphs == before.paragraphs
    assert after.rows == swapped(before.rows, {TIMELY: [timely], SPENT: []})
    assert after.cells == swapped(
        before.cells, {("附件1", *TIMELY[2:8]): [("附件1", *timely[2:8])], ("附件1", *SPENT[2:8]): []}
    )
    assert {"A12:A23", "B12:B18", "B19:B22", "C12:C15", "C16:C17"} <= after.merges["附件1"]
    assert after.merges["附件1"] == moved(before.merges["附件1"] - {"I19:J19"}, 18, -1)


def it_keeps_a_row_for_a_second_level_without_indicators(before: Documents, render: Render):
    after = render((LASTING, "      - 名称: 生态效益指标\n" + LASTING))
    lasting = one(before.rows, "加强沟通协调服务，助力民营企业发展")
    empty = (LABEL, BENEFIT, "生态效益指标", "", "", "", "", "", "")
    assert after.paragraphs == before.paragraphs
    assert after.rows == swapped(before.rows, {lasting: [empty, lasting]})
    sheet = one([line for line in before.cells if line[1] == "可持续影响指标"], "加强沟通")
    assert after.cells == swapped(before.cells, {sheet: [("附件1", "生态效益指标"), sheet]})
    assert {"A12:A25", "B20:B24"} <= after.merges["附件1"]


def it_refuses_a_first_level_without_second_levels(render: Render):
    assert told(lambda: render((SATISFACTION, ""))) == ["满意度指标下各指标分值合计0分，应为10分（规则：一级分值）"]


def it_prints_a_longer_name_wherever_the_unit_is_named(before: Documents, render: Render):
    long = "株洲市石峰区工商业联合会（总商会）"
    after = render(("  名称: 石峰区工商业联合会\n", f"  名称: {long}\n"))
    assert after.names == (f"{long}2020年度部门整体支出绩效自评报告.docx", f"{long}2020年度绩效自评表.xlsx")
    assert after.paragraphs == replaced(before.paragraphs, "石峰区工商业联合会", long, 3)
    assert after.rows == replaced(before.rows, "石峰区工商业联合会", long, 2)
    assert after.cells == replaced(before.cells, "石峰区工商业联合会", long, 2)
    assert after.merges == before.merges


def it_leaves_the_second_form_out_where_there_is_no_project(before: Documents, render: Render):
    after = render((PROJECTS, ""), ("支出: {基本支出: 151.4}", "支出: {基本支出: 161.4}"))
    texts = [line[0] for line in after.paragraphs]
    assert [text for text in texts if "项目" in text] == ["项目支出绩效情况", "2020年度无项目支出。"]
    assert "2020年支出161.4万元，全部为基本支出。" in texts
    assert [text for text in texts if text.startswith("附件")] == ["附件：2020年度部门整体支出绩效自评表", "附件1"]
    assert after.rows == before.rows[: before.rows.index(TOTAL) + 1]
    assert [line for line in after.cells if line[0] == "附件1"] == [line for line in before.cells if line[0] == "附件1"]
    assert [line for line in after.cells if line[0] == "附件2"] == [("附件2", "2020年度无项目支出，不填本表。")]
    assert after.merges["附件1"] == before.merges["附件1"]


def it_leaves_a_cell_empty_for_a_blank_source(before: Documents, render: Render):
    after = render(("其他资金: {年初预算数: 0, 全年预算数: 0.96}", "其他资金: {全年预算数: 0.96}"))
    assert after.findings == ()
    assert after.paragraphs == before.paragraphs
    old = (FUNDS, "其他资金", "0", "0.96", "161.4", "10", "100%", "10")
    assert after.rows == swapped(before.rows, {old: [(*old[:2], "", *old[3:])]})
    assert after.cells == swapped(before.cells, {("附件1", "其他资金", "0", "0.96"): [("附件1", "其他资金", "0.96")]})


def it_refuses_a_rate_over_a_budget_of_nothing(render: Render):
    with pytest.raises(InvalidReport) as refused:
        render(
            ("{年初预算数: 126.14, 全年预算数: 160.44}", "{年初预算数: 126.14, 全年预算数: 0}"),
            ("{年初预算数: 0, 全年预算数: 0.96}", "{年初预算数: 0, 全年预算数: 0}"),
            ("  全年执行数: 161.4", "  全年执行数: 0"),
            ("支出: {基本支出: 151.4}", "支出: {基本支出: 0}"),
            ("收入: {财政拨款收入: 160.44, 其他收入: 0.96}", "收入: {财政拨款收入: 0}"),
            (PROJECTS, ""),
        )
    errors = [one for one in refused.value.diagnostics if one.severity is Severity.ERROR]
    assert [(one.code, one.location.path) for one in errors] == [("computed-blank", "资金.执行率")]
    assert "除数是 0" in errors[0].message


def it_warns_of_points_lost_with_no_reason_and_renders(before: Documents, render: Render):
    after = render((GRADES, GRADES.replace("实际完成值: 优", "实际完成值: 良").replace("得分: 10", "得分: 9")))
    assert [finding.message for finding in after.findings] == [
        "“各项考核指标等级”扣1分，未说明偏差原因（规则：扣分须说明原因）"
    ]
    old = (LABEL, OUTPUT, "质量指标", "各项考核指标等级", "优", "优", "10", "10", "")
    new = (*old[:5], "良", "10", "9", "")
    assert after.paragraphs == before.paragraphs
    assert after.rows == first_total(swapped(before.rows, {old: [new]}), ("总分", "100", "96", "等级：优"))
    assert after.cells == first_total(
        swapped(before.cells, {("附件1", *old[2:8]): [("附件1", *new[2:8])]}),
        ("附件1", "总分", "100", "96", "等级：优"),
    )


def it_refuses_a_score_above_its_weight(render: Render):
    assert told(lambda: render((GRADES, GRADES.replace("得分: 10", "得分: 11")))) == [
        "得分11不在0与分值10之间（规则：得分不超过分值）"
    ]


def it_refuses_a_stated_total_that_is_wrong(render: Render):
    assert told(lambda: render(("\n项目:\n", "\n总分: 96\n\n项目:\n"))) == [
        (
            "“总分”填的是96，按公式 资金.得分 + sum(指标.得分) 应为97"
            "（资金.得分 = 10，指标[0].得分 = 48，指标[1].得分 = 30，指标[2].得分 = 9）。"
        )
    ]


def it_takes_a_stated_total_that_is_right(before: Documents, render: Render):
    after = render(("\n项目:\n", "\n总分: 97\n等级: 优\n\n项目:\n"))
    assert after == before


def it_prints_a_changed_fact_in_text_and_tables(before: Documents, render: Render):
    after = render(("走访家数: 52", "走访家数: 60"))
    assert after.paragraphs == replaced(before.paragraphs, "商会52家", "商会60家", 1)
    assert after.rows == swapped(before.rows, {VISITED: [(*VISITED[:5], "60家", *VISITED[6:])]})
    assert after.cells == swapped(
        before.cells,
        {("附件1", SHEET_LABEL, *VISITED[1:8]): [("附件1", SHEET_LABEL, *VISITED[1:5], "60家", "10", "10")]},
    )


def it_refuses_an_execution_that_spending_denies(render: Render):
    assert told(lambda: render(("  全年执行数: 161.4", "  全年执行数: 150"))) == [
        "支出合计161.4万元，不等于自评表的全年执行数150万元（规则：支出等于全年执行数）"
    ]


def it_carries_a_lower_execution_to_rate_score_and_total(before: Documents, render: Render):
    after = render(("  全年执行数: 161.4", "  全年执行数: 150"), ("支出: {基本支出: 151.4}", "支出: {基本支出: 140}"))
    assert after.paragraphs == swapped(
        before.paragraphs,
        {
            ("2020年支出161.4万元，其中：基本支出151.4万元，项目支出10万元。",): [
                ("2020年支出150万元，其中：基本支出140万元，项目支出10万元。",)
            ]
        },
    )
    tail = ("161.4", "10", "100%", "10")
    rows = [
        (*line[:-4], "150", "10", "92.94%", "9.29") if line[0] == FUNDS and line[-4:] == tail else line
        for line in swapped(before.rows, {SPENT: [(*SPENT[:5], "150万元", *SPENT[6:])]})
    ]
    assert after.rows == first_total(rows, ("总分", "100", "96.29", "等级：优"))
    cells = swapped(
        before.cells,
        {
            ("附件1", "合计", "126.14", "161.4", "161.4", "10", "1", "10"): [
                ("附件1", "合计", "126.14", "161.4", "150", "10", "0.9294", "9.29")
            ],
            ("附件1", *SPENT[2:8]): [("附件1", *SPENT[2:5], "150万元", "5", "5")],
        },
    )
    assert after.cells == first_total(cells, ("附件1", "总分", "100", "96.29", "等级：优"))


def it_grades_a_lower_total(before: Documents, render: Render):
    score = "            分值: 15\n            得分: 15\n"
    after = render((score, score.replace("得分: 15", "得分: 4\n            偏差原因: 部分款物未到位")))
    old = one(before.rows, "引导非公企业2020年做公益捐赠各类款物")
    new = (*old[:7], "4", "部分款物未到位")
    assert after.paragraphs == before.paragraphs
    assert after.rows == first_total(swapped(before.rows, {old: [new]}), ("总分", "100", "86", "等级：良"))
    assert after.cells == first_total(
        swapped(before.cells, {("附件1", *old[1:8]): [("附件1", *new[1:])]}), ("附件1", "总分", "100", "86", "等级：良")
    )


def it_calls_a_unit_without_a_short_name_by_its_full_name(before: Documents, render: Render):
    after = render(("  简称: 区工商联\n", ""))
    old = one(before.paragraphs, "石峰区工商业联合会（以下简称区工商联）")
    new = old[0].replace("（以下简称区工商联）", "").replace("区工商联机关", "石峰区工商业联合会机关")
    assert after.paragraphs == swapped(before.paragraphs, {old: [(new,)]})
    assert (after.rows, after.cells, after.merges) == (before.rows, before.cells, before.merges)


def it_counts_and_names_the_offices(before: Documents, render: Render):
    after = render(("内设机构: [综合办公室]", "内设机构: [办公室, 会员部, 经济部]"))
    old, new = "现有股室1个，为综合办公室。", "现有股室3个，分别为办公室、会员部、经济部。"
    assert after.paragraphs == replaced(before.paragraphs, old, new, 1)
    assert (after.rows, after.cells) == (before.rows, before.cells)


def it_numbers_points_anew_where_one_is_gone(before: Documents, render: Render):
    after = render((LEGAL, ""))
    legal, bank, talk = (one(before.paragraphs, f"{number}是") for number in "一二三")
    assert after.paragraphs == swapped(
        before.paragraphs, {legal: [], bank: [("一" + bank[0][1:],)], talk: [("二" + talk[0][1:],)]}
    )
    old = "一是对接法律咨询服务。二是助推银企合作共赢。三是搭建政企沟通平台。"
    new = "一是助推银企合作共赢。二是搭建政企沟通平台。"
    assert after.rows == replaced(before.rows, old, new, 1)
    assert after.cells == replaced(before.cells, old, new, 1)


def it_leaves_no_gap_where_a_section_is_gone(before: Documents, render: Render):
    after = render((RESEARCH, ""))
    title = "加强调查研究，积极参政议政服务决策部署"
    assert after.paragraphs == swapped(
        before.paragraphs, {(title,): [], one(before.paragraphs, "3月，组织做好全国工商联"): []}
    )
    for lines, left in ((before.rows, after.rows), (before.cells, after.cells)):
        old = one(lines, "（一）加强宣传教育引导")
        text = old[-1].replace(f"（三）{title}。\n", "")
        for number, next_number in ("三四", "四五", "五六"):
            text = text.replace(f"（{next_number}）", f"（{number}）")
        assert left == swapped(lines, {old: [(*old[:-1], text)]})


def it_adds_a_form_for_a_second_project(before: Documents, render: Render):
    second = PROJECTS.removeprefix("项目:\n").replace("非公有制中小微企业发展项目", "第二批扶持项目")
    after = render(
        (PROJECTS, PROJECTS.rstrip() + "\n" + second), ("支出: {基本支出: 151.4}", "支出: {基本支出: 141.4}")
    )
    texts = [line[0] for line in after.paragraphs]
    assert "2020年支出161.4万元，其中：基本支出141.4万元，项目支出20万元。" in texts
    assert "全年项目支出共计20万元，2个项目。" in texts
    assert [text for text in texts if re.fullmatch("附件\\d.*", text)] == ["附件1", "附件2-1", "附件2-2"]
    form = before.rows[before.rows.index(TOTAL) + 1 :]
    again = replaced(form, "非公有制中小微企业发展项目", "第二批扶持项目", 1)
    assert after.rows == before.rows + again
    sheet = [line for line in before.cells if line[0] == "附件2"]
    assert [line for line in after.cells if line[0] == "附件1"] == [line for line in before.cells if line[0] == "附件1"]
    assert [line for line in after.cells if line[0] == "附件2"] == [
        ("附件2", "附件2-1"),
        *sheet[1:],
        ("附件2", "附件2-2"),
        *replaced(sheet[1:], "非公有制中小微企业发展项目", "第二批扶持项目", 1),
    ]


def it_makes_paragraphs_of_a_text_of_several(before: Documents, render: Render):
    after = render(("问题和措施:", "其他情况: |\n  一事。\n  又一事。\n\n问题和措施:"))
    assert after.paragraphs == swapped(before.paragraphs, {("无",): [("一事。",), ("又一事。",)]})
    assert (after.rows, after.cells) == (before.rows, before.cells)


def it_prints_signs_of_markup_as_they_are(before: Documents, render: Render):
    after = render(("  工勤说明: 人员只出不进，", "  工勤说明: 人员<只>出&不进，"))
    assert after.paragraphs == replaced(before.paragraphs, "人员只出不进，", "人员<只>出&不进，", 1)


def it_numbers_duties_anew_where_one_is_gone(before: Documents, render: Render):
    after = render(("    - 为会员提供有关证明，协调处理关系，调解经济纠纷。\n", ""))
    assert after.paragraphs == swapped(
        before.paragraphs,
        {
            ("（六）为会员提供有关证明，协调处理关系，调解经济纠纷。",): [],
            ("（七）完成区委和上级组织交办的其他工作。",): [("（六）完成区委和上级组织交办的其他工作。",)],
        },
    )
    assert (after.rows, after.cells) == (before.rows, before.cells)
