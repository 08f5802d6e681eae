"""A rule that a reason alone would meet (`or 说明`) is not met by a text that says that there is none."""

from __future__ import annotations

import pytest

from generator.figures import Paragraphs
from generator.formula.functions import explains
from generator.report import examine
from generator.standard import load_standard


@pytest.mark.parametrize("text", ["无", "没有", "不适用", "无。", "—", "——", "/", "（无）", "N/A", " ", None, "", "略"])
def it_takes_no_word_for_none_as_a_reason(text):
    assert not explains(text)
    assert not explains(Paragraphs((text or "",)))


@pytest.mark.parametrize(
    "text", ["两人借调", "无编制的聘用人员3人", "没有空编，2人待分流", Paragraphs(("借调", "聘用"))]
)
def it_takes_what_says_anything_as_one(text):
    assert explains(text)


@pytest.mark.parametrize(("reason", "told"), [("不适用", 1), ("——", 1), ("两人借调", 0)])
def it_asks_for_a_reason_where_a_check_demands_one(tmp_path, reason, told):
    (tmp_path / "case.yaml").write_text(
        "standard: case\nversion: 1.0.0\nfiscal_year: 2020\ntitle: 例\nfields: {数: integer, 说明: {type: text, required: false}}\n"
        "checks: [{id: 超, rule: 数 <= 3 or 说明, message: 数大于3}]\n",
        "utf-8",
    )
    _, found = examine(f"标准: case\n数: 8\n说明: {reason}\n".encode(), load_standard(tmp_path / "case.yaml"), "a.yaml")
    assert [one.code for one in found].count("check-failed") == told
