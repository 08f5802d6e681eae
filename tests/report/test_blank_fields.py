"""A computed field that comes out blank: never a hole in the report, one finding a cause, at the input that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.report import read_report
from generator.report.examine import examine

CASES = Path(__file__).parent.parent / "cases" / "data"


@pytest.mark.parametrize(
    ("name", "code", "line", "path", "missing"),
    [
        ("sf-budget-blank", "computed-blank", 25, "资金.执行率", "资金.当年财政拨款.全年预算数（第25行）"),
        ("sf-project-budget-blank", "computed-blank", 80, "项目[0].来源说法", "项目[0].资金.当年财政拨款（第80行）"),
        ("b1", "missing-value", 34, "支出.人员经费", "人员经费"),
    ],
)
def it_refuses_a_report_with_a_hole(name, code, line, path, missing):
    report, found = examine(CASES / f"{name}.yaml")
    (one,) = [finding for finding in found if finding.severity == "error"]
    assert (one.code, one.location.line, one.location.path) == (code, line, path)
    assert missing in one.message
    assert report is not None  # a draft leaves the place open


def it_uses_the_full_name_where_a_unit_has_no_short_one():
    report = read_report(CASES / "hd1.yaml")
    assert report.value("内设机构说法") == "根据三定方案，惠东县工商业联合会不设内设机构"
