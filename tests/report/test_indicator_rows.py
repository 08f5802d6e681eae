"""Rows of indicators as departments write them: honest ones without a finding, others told by one rule each.

tests/cases/data/honest-rows.tsv and unmet-rows.tsv, all rows of a table in one data file: each in a 二级指标 of its own where its
name stands twice.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from generator.report.examine import examine

ROOT = Path(__file__).parents[2]
ROW = "{名称: 各项考核指标等级, 年度指标值: 优, 实际完成值: 优, 分值: 10, 得分: 10}"


def table(name: str) -> list[list[str]]:
    lines = (ROOT / "tests/cases/data" / name).read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def told(rows: list[list[str]]) -> list[tuple[str, str]]:
    """The names of rows of which something is told, with the rule or code; each row has 0.02 of the 10 points of one."""
    groups: dict[int, list[str]] = {}
    times: Counter[str] = Counter()
    for name, target, done, share, why, *_ in rows:
        times[name] += 1
        full = 0.02
        got = full if share == "1" else full / 2 if float(share) >= 0.5 else 0
        entry = {"名称": name, "年度指标值": target, "实际完成值": done, "分值": full, "得分": got}
        groups.setdefault(times[name], []).append(
            json.dumps(entry | ({"偏差原因": why} if why else {}), ensure_ascii=False)
        )
    items = [f"{{名称: 质量指标{at}, 三级指标: [{', '.join(rows)}]}}" for at, rows in groups.items()]
    rest = 10 - 0.02 * len(rows)
    text = (ROOT / "data/shifeng-2020.yaml").read_text("utf-8")
    assert ROW in text
    text = text.replace(ROW, f"{{名称: 其余, 年度指标值: 优, 实际完成值: 优, 分值: {rest:.2f}, 得分: {rest:.2f}}}", 1)
    text = text.replace(
        "      - 名称: 时效指标\n", "".join(f"      - {item}\n" for item in items) + "      - 名称: 时效指标\n", 1
    )
    lines = text.splitlines()
    found = [one for one in examine(text.encode(), name="data.yaml")[1] if one.severity != "info"]
    return [_named(lines, one) for one in found]


def _named(lines, finding) -> tuple[str, str]:
    line, column = lines[(finding.location.line or 1) - 1], finding.location.column or 1
    start = line.rfind('{"名称"', 0, column + 8)
    name = json.loads(line[start : line.index("}", start) + 1])["名称"] if start >= 0 else line
    return name, str(finding.arguments.get("id", finding.code))


def it_says_nothing_of_honest_rows():
    rows = table("honest-rows.tsv")
    assert len(rows) > 250
    assert told(rows) == []


def it_tells_of_each_other_row_by_its_rule():
    rows = table("unmet-rows.tsv")
    assert sorted(told(rows)) == sorted((row[0], row[5]) for row in rows)


@pytest.mark.parametrize("path", sorted((ROOT / "tests/cases/honest").glob("*.yaml")), ids=lambda path: path.stem)
def it_says_nothing_of_an_honest_report(path: Path):
    """Parts that explain their own deductions, no project, no 三公, twelve kinds of indicators."""
    assert [one for one in examine(path.read_bytes(), name=path.name)[1] if one.severity != "info"] == []
