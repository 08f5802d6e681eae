"""One mistake that several checks fail by, and no equation names: told once, where it stands; two mistakes stay two."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from generator.diagnostics import Diagnostic, Failure
from generator.form.conversion import convert
from generator.report import shared_cause
from generator.report.examine import examine

ROOT = Path(__file__).parents[2]
S, D, H, B, W = "shifeng-2020", "dayu-2020", "huidong-2023", "beita-2023", "wanzhou-2020"


def told(text: str | bytes, name: str = "数据.yaml") -> list[Diagnostic]:
    try:
        found = examine(text.encode() if isinstance(text, str) else text, name=name)[1]
    except Failure as failure:
        found = failure.diagnostics
    return [one for one in found if one.severity != "info"]


def changed(name: str, *pairs: tuple[str, str]) -> str:
    text = (ROOT / "data" / f"{name}.yaml").read_text("utf-8")
    for right, wrong in pairs:
        assert right in text
        text = text.replace(right, wrong, 1)
    return text


@pytest.mark.parametrize(
    ("name", "pairs", "path", "hint"),
    [
        (H, [("在职行政: 3", "在职行政: 300")], "人员.在职行政", "人均基本支出也由此而来"),
        (B, [("在职人数: 3", "在职人数: 30")], "人员.在职人数", "也由此而来"),
        (D, [("在职人数: 2\n", "在职人数: 5\n")], "人员.在职人数", "在职不超编也由此而来"),
        (W, [("本年决算数: 0.59}", "本年决算数: 59}")], "三公经费.公务接待.本年决算数", "也由此而来"),
        (B, [("分值: 8, 得分: 7", "分值: 7, 得分: 8")], "指标[0].二级指标[0].三级指标[0].分值", "得分不超过分值也由此而来"),
        (S, [("走访家数: 52", "走访家数: 292"), ("捐赠款物: 292", "捐赠款物: 52")], "事实.走访家数", "事实.捐赠款物"),
        (
            W,
            [("{决算数: 53.91, 上年决算数: 52.36}", "{决算数: 52.36, 上年决算数: 53.91}")],
            "支出.公用经费.决算数",
            "填颠倒了",
        ),
        (S, [("- 名称: 产出指标", "- 名称: 效益指标"), ("- 名称: 效益指标\n    二级指标:\n      - 名称: 经济", "- 名称: 产出指标\n    二级指标:\n      - 名称: 经济")], "指标[0].名称", "填颠倒了"),
    ],
)  # fmt: skip
def it_tells_one_mistake_once_where_it_stands(name: str, pairs: list[tuple[str, str]], path: str, hint: str):
    (found,) = told(changed(name, *pairs))
    assert found.location.path == path
    assert hint in str(found.hint)


def it_looks_for_a_cause_as_long_as_a_file_is_small(monkeypatch: pytest.MonkeyPatch):
    """Each look reads the whole file: of a file of very many rows none is worth its time, and both checks are told."""
    exchanged = changed(S, ("走访家数: 52", "走访家数: 292"), ("捐赠款物: 292", "捐赠款物: 52"))
    assert len(told(exchanged)) == 1
    monkeypatch.setattr(shared_cause, "RECORDS", 72)  # as many as the file has: one reading
    assert len(told(exchanged)) == 2


@pytest.mark.parametrize(
    ("name", "pairs", "code"),
    [
        # a row entered twice, a row and a group left out, a row that is none
        (
            W,
            [("    - {类别: 公用经费, 事项: 商品服务支出, 金额: 1.55}\n", "    - {类别: 公用经费, 事项: 商品服务支出, 金额: 1.55}\n" * 2)],
            "repeated-text",
        ),
        (W, [("  - 科目: 卫生健康支出\n    金额: 16.59\n    年初预算数: 16.47\n    原因: \"{{ 年度 }}年{{ 人员变动说法 }}\"\n", "")], "check-failed"),
        (S, [("  - 名称: 满意度指标\n    二级指标:\n      - 名称: 服务对象满意度指标\n        三级指标:\n          - {名称: 非公企业对工商联服务满意度, 目标数: 95, 完成数: 95, 计量单位: \"%\", 分值: 10, 得分: 9, 待确认: 目标已达到而扣分，原因由单位确认}\n", "  - 名称: 满意度指标\n")], "check-failed"),
        (S, [("项目:\n", "项目:\n  - {名称: '', 用途: '', 资金: {全年执行数: ''}, 预期目标: '', 指标: [{名称: '', 二级指标: [{名称: ''}]}]}\n")], "missing-value"),
        # a number that is told by itself
        (S, [("走访家数: 52", "走访家数: 5.2")], "prose-count"),
        (D, [("上年三公预算: 2.3\n", "上年三公预算: 23000\n")], "amount-in-yuan"),
        # what follows from a year that cannot be read, or from a reference where none may stand
        (B, [("年度: 2023\n", "年度: 20230\n")], "value-year"),
        (B, [("处: \"评价分析[0].内容\", 文字: 我局", "处: 我局, 文字: \"评价分析[0].内容\"")], "kept-unused"),
    ],
)  # fmt: skip
def it_tells_what_follows_with_its_cause(name: str, pairs: list[tuple[str, str]], code: str):
    (found,) = told(changed(name, *pairs))
    assert found.code == code
    assert found.hint


def it_tells_two_mistakes_as_two():
    text = changed(H, ("在职行政: 3", "在职行政: 300"), ("决算数: 3.92", "决算数: 39.2"))
    assert len(told(text)) == 2


def it_refuses_what_no_field_would_take_as_an_explanation():
    """Of a target that is reached and a sum that is wrong, neither explains the other: no score is below zero."""
    text = changed(S, ("            分值: 10\n            得分: 10\n", "            分值: 35\n            得分: 35\n"))
    text = text.replace("            待确认: 目标已达到而扣分，是否扣分由单位确认\n", "", 1)
    assert len(told(text)) == 2


def it_leaves_two_subordinate_units_alone():
    unit = "    - {名称: 重庆市万州区商会服务中心, 人数: 0}\n"
    assert told(changed(W, ("  下属单位:\n", "  下属单位:\n" + unit))) == []


def it_tells_a_wrong_cell_of_a_form_once():
    book = openpyxl.load_workbook(io.BytesIO(convert(ROOT / "data" / f"{D}.yaml", ".xlsx").content))
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == 23)
    cell.value = 32
    made = io.BytesIO()
    book.save(made)
    (found,) = told(made.getvalue(), "填报.xlsx")
    assert found.location.path == "预算管理[0].分值"
    assert "改成 23 " in str(found.hint)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("说明.md", "# 报告\n\n- 单位: 甲\n", "form-other-format"),
        ("数据.html", "<html><body>年度: 2020</body></html>", "form-other-format"),
        ("报告.txt", "大余县工商联2020年度报告\n一、基本情况\n（一）职能\n", "source-not-mapping"),
        ("数据.yaml", changed(D, ("人员:\n", "人员:\n  <<: *base\n")), "yaml-unknown-alias"),
        ("数据.yaml", changed(D, ("事实:\n  捐款", "事实: {\n  捐款")), "yaml-unclosed-bracket"),
        ("数据.json", changed(D), "json-syntax"),
        ("数据.json", '{"标准": "dayu-2020" // 大余,\n "年度": 2020}', "json-comment"),
        ("数据.yaml", changed(D, ("标准: dayu-2020", "标准: dayu\u200b-2020")), "standard-not-found"),
        ("数据.yaml", changed(D, ("标准: dayu-2020", "标准: dayu-2020.yaml")), "standard-not-found"),
    ],
)
def it_says_once_that_a_file_is_no_data_or_cannot_be_read(name: str, text: str, code: str):
    (first, *others) = told(text, name)
    assert first.code == code
    assert first.hint
    assert [one for one in others if one.code.startswith(("json-", "yaml-", "source-", "standard-"))] == []


def it_names_the_character_that_nobody_sees_in_the_name_of_a_standard():
    (found,) = told(changed(D, ("标准: dayu-2020", "标准: dayu\u200b-2020")))
    assert found.location.line == 3
    assert "U+200B" in str(found.hint)
