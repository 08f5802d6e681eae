"""A computed field that comes out blank: never a hole in the report, one finding a cause, at the input that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.report.examine import examine

CASES = Path(__file__).parent.parent / "cases" / "data"


@pytest.mark.parametrize(
    ("name", "line", "path", "missing"),
    [
        ("sf-budget-blank", 25, "资金.执行率", "资金.当年财政拨款.全年预算数（第25行）"),
        ("sf-project-budget-blank", 80, "项目[0].来源说法", "项目[0].资金.当年财政拨款（第80行）"),
        ("hd1", 7, "内设机构说法", "单位.简称（第7行）"),
    ],
)
def it_refuses_a_report_with_a_hole(name, line, path, missing):
    report, found = examine(CASES / f"{name}.yaml")
    (one,) = [finding for finding in found if finding.severity == "error"]
    assert (one.code, one.location.line, one.location.path) == ("computed-blank", line, path)
    assert missing in one.message
    assert report is not None  # a draft leaves the place open
