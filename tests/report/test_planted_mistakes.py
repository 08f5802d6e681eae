"""One small mistake in a sample is one finding, at its line: the mistakes of tests/cases/data/mistakes.tsv, one a row.

`\\n` stands for a new line, `\\t` for a tab; an empty third column takes the text away.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Failure, Severity
from generator.form.conversion import convert
from generator.report import examine

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "tests" / "cases" / "data" / "mistakes.tsv").read_text("utf-8")


def _rows() -> list[tuple[str, ...]]:
    rows = []
    for line in TABLE.splitlines()[1:]:
        cells = [cell.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\") for cell in line.split("\t")]
        rows.append((*cells, *[""] * (6 - len(cells))))
    return rows


@cache
def sample(name: str) -> str:
    return (ROOT / "data" / f"{name}.yaml").read_text("utf-8")


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)


def told(text: str, name: str = "数据.yaml") -> list[Diagnostic]:
    try:
        found = examine(text.encode(), name=name)[1]
    except Failure as failure:
        found = failure.diagnostics
    return [one for one in found if one.severity is not Severity.INFO]


@pytest.mark.parametrize(("name", "right", "wrong", "code", "line", "rule"), _rows())
def it_tells_a_planted_mistake_once_where_it_is(name: str, right: str, wrong: str, code: str, line: str, rule: str):
    assert right in sample(name)
    text = sample(name).replace(right, wrong, 1)
    (found,) = told(text)
    assert (found.code, str(found.arguments.get("id", "")) if rule else "") == (code, rule)
    assert found.location.line is not None
    assert text.splitlines()[found.location.line - 1].strip().startswith(line)
    assert found.hint_text is not None
    assert found.hint_text.zh
    assert found.hint_text.en


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("shifeng-2020", "          - {名称: 各项考核指标等级, 年度指标值: 优, 实际"),
        ("shifeng-2020", '实际完成值: "{{ 事实.走访'),
        ("dayu-2020", "  - 名称: 重点工作完成率\n    分值: 15\n    事"),
        ("huidong-2023", "  - 开展会员企业教育培训活动，抓好学习"),
        ("beita-2023", "政府采购: {上年决算数: 0, 本年预算数: 9.4, 本年决算数: 33.03}\n"),
        ("wanzhou-2020", "      - 标题: 强化正面宣传引导\n        内容: 充分利用工商联微信群"),
    ],
)
def it_tells_a_file_that_ends_too_early_once_at_its_end(name: str, cut: str):
    text = sample(name)
    text = text[: text.index(cut) + len(cut)]
    (found,) = told(text)
    assert found.code == "source-cut"
    assert found.location.line is not None
    assert len(text.splitlines()) - found.location.line <= 3


def it_warns_of_a_last_sentence_without_an_end():
    (found,) = told(sample("huidong-2023").rstrip()[:-20])
    assert (found.code, found.severity) == ("source-cut", Severity.WARNING)


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ('"捐款": 49.1,', '"捐款（万元）": 49.1,', "unknown-field"),
        ('"捐款": 49.1,', '"捐款": [49.1],', "wrong-shape"),
        ('"捐款": 49.1,', '"捐款": 49.1', "json-missing-comma"),
        ('"问题和措施"', '"措施和问题"', "unknown-field"),
        ('"单位": {', '"部门": {', "unknown-field"),
        ('"服务满意": {\n    "得分": 7,', '"服务满意": {\n    "得分": 70,', "check-failed"),
    ],
)
def it_tells_a_mistake_in_json_once(right: str, wrong: str, code: str):
    text = convert(ROOT / "data" / "dayu-2020.yaml", ".json").content.decode()
    assert right in text
    assert [found.code for found in told(text.replace(right, wrong, 1), "数据.json")] == [code]
