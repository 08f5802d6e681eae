"""Sentences of wanzhou-2020 that follow its figures: direction words, counts, scores, what is not there.

Each test edits the text of data/wanzhou-2020.yaml as a clerk would and reads the documents with python-docx and openpyxl.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator import load_standard
from generator.diagnostics import InvalidReport, Severity

ROOT = Path(__file__).parent.parent
DATA = (ROOT / "data/wanzhou-2020.yaml").read_text("utf-8")
PROJECT = "  项目支出: {决算数: 41, 上年决算数: 50.5}"  # every reason that names project spending follows it
ONCE = "    - {事项: 退休人员一次性补助, 金额: 4.73}"


@dataclass(frozen=True)
class Documents:
    """A rendered pair: the report's text, how many tables it has, the workbook's cells by sheet, the warnings."""

    text: str
    tables: int
    cells: dict[str, list[list[Any]]]
    warnings: list[str]


Render = Callable[..., Documents]


def edited(*edits: tuple[str, str]) -> str:
    text = DATA
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


def between(start: str, end: str) -> str:
    first = DATA.index(start)
    return DATA[first : DATA.index(end, first)]


@pytest.fixture(scope="module")
def standard() -> Any:
    return load_standard("wanzhou-2020")


@pytest.fixture
def render(standard: Any, tmp_path: Path) -> Render:
    def rendered(*edits: tuple[str, str]) -> Documents:
        file = tmp_path / "data.yaml"
        file.write_text(edited(*edits), "utf-8")
        report = standard.read(file)
        paths = {Path(path).suffix: Path(path) for path in report.render(tmp_path / "out")}
        document = docx.Document(str(paths[".docx"]))
        book = openpyxl.load_workbook(paths[".xlsx"], data_only=True)
        return Documents(
            text="\n".join(paragraph.text for paragraph in document.paragraphs),
            tables=len(document.tables),
            cells={
                sheet.title: [
                    [value for value in row if value is not None]
                    for row in sheet.iter_rows(values_only=True)
                    if any(row)
                ]
                for sheet in book
            },
            warnings=[one.message for one in report.diagnostics if one.severity is Severity.WARNING],
        )

    return rendered


def it_says_that_spending_rose(render: Render):
    found = render()
    assert found.warnings == []
    assert (
        found.text.count("较上年决算数增加1.14万元，增长0.32%，主要原因是2020年工资福利支出比2019年多0.99万元；") == 5
    )
    assert found.text.count("较年初预算数增加76.49万元，增长27.06%。") == 2
    assert ["二、支出合计", 359.11, 357.97, 1.14, 0.0032, 1] in found.cells["收支决算"]


def it_says_that_spending_fell(render: Render):
    found = render((PROJECT, PROJECT.replace("50.5", "61.64")), (ONCE, ONCE.replace("4.73", "15.87")))
    assert found.warnings == []
    assert "增加1.14万元" not in found.text
    assert found.text.count("较上年决算数减少10万元，下降2.71%，主要原因是") == 5
    assert found.text.count("项目支出比2019年减少20.64万元。") == 7
    assert ["二、支出合计", 359.11, 369.11, -10, -0.0271, 1] in found.cells["收支决算"]


def it_says_that_spending_stayed_as_it_was(render: Render):
    found = render((PROJECT, PROJECT.replace("50.5", "51.64")), (ONCE, ONCE.replace("4.73", "5.87")))
    assert found.warnings == []
    assert found.text.count("与上年决算数持平，主要原因是") == 5


def it_refuses_reasons_that_do_not_add_up_to_the_change(standard: Any, tmp_path: Path):
    file = tmp_path / "data.yaml"
    file.write_text(edited((ONCE, ONCE.replace("4.73", "5.73"))), "utf-8")
    with pytest.raises(InvalidReport) as caught:
        standard.read(file)
    assert [one.message for one in caught.value.diagnostics if one.severity is Severity.ERROR] == [
        "所列原因的金额合计77.49万元，不等于增减额76.49万元（规则：增减原因合计）"
    ]


def it_prints_the_change_of_staff_wherever_it_is_a_reason(render: Render):
    new = ("  新增事业: 4\n", "  新增事业: 3\n")
    assert render().text.count("新增1名行政人员、4名事业人员，退休2名行政人员") == 4
    assert render(new).text.count("新增1名行政人员、3名事业人员，退休2名行政人员") == 4


def it_counts_and_names_the_offices(render: Render):
    assert "内设机构3个，分别是办公室、经济部、会员部。" in render().text
    one = ("  内设机构: [办公室, 经济部, 会员部]", "  内设机构: [办公室]")
    assert "内设机构1个，为办公室。" in render(one).text


def it_says_what_was_bought_or_that_nothing_was(render: Render):
    assert "2020年度本单位未进行政府采购，无相关经费支出。" in render().text
    bought = render(("\n结果应用:", "\n政府采购: 6.5\n\n结果应用:")).text
    assert "2020年度本单位政府采购支出总额6.5万元。" in bought
    assert "未进行政府采购" not in bought


def it_leaves_the_form_out_where_no_project_was_evaluated(render: Render):
    found = render((between("项目评价:", "运行情况:"), ""))
    assert render().tables == 2
    assert found.tables == 0
    assert "本部门2020年度无项目支出绩效自评。" in found.text
    assert "表1" not in found.text
    assert found.cells["自评表"] == [["2020年度无项目支出绩效自评，不填本表。"]]


def it_carries_a_lower_score_to_its_part_the_total_and_the_grade(render: Render):
    lost = "          - 名称: 不断扩大商会组织覆盖面\n            分值: 4\n            得分: 4\n"
    reading = "          - 名称: 着力调研建言献策\n            分值: 5\n            得分: 5\n"
    found = render(
        (lost, lost.replace("得分: 4", "得分: 0\n            扣分原因: 新建商会偏少")),
        (reading, reading.replace("得分: 5", "得分: 1")),
    )
    assert "会员总数居全市第四位。新建商会偏少。（4分，得0分）" in found.text
    assert "产出绩效为47分，效果绩效为13分，总绩效为89分。评价结果等次为“良”。" in found.text
    assert ["产出小计", 55, 47] in found.cells["评分"]
    assert ["总绩效", 100, 89, "等次：良"] in found.cells["评分"]
    assert found.warnings == ["“着力调研建言献策”扣4分，未说明扣分原因（规则：扣分原因）"]


def it_numbers_anew_where_a_section_is_gone(render: Render):
    gone = between("  - 标题: 加强政治建设，把牢正确的政治方向", "  - 标题: 强化政治思想引领")
    duty = "    - 做好非公有制经济代表人士的发现、培养、推荐和管理工作。\n"
    found = render((gone, ""), (duty, ""))
    assert "加强政治建设，把牢正确的政治方向" not in found.text
    assert "\n15.依法加强会产管理和保护。" in found.text
    assert "\n16." not in found.text
