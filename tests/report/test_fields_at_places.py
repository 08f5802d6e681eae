"""`explain` by the place that a finding prints: a line of a data file, a cell of a form."""

from pathlib import Path

import pytest

from generator.report import examine
from generator.report.explanation import Explanation
from generator.report.looked_up import Candidates, look_up
from tests.support.sample_forms import sample_form

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "shifeng-2020.yaml"
LINES = DATA.read_text(encoding="utf-8").split("\n")
LINE = next(number for number, line in enumerate(LINES, 1) if line.startswith("  全年执行数:"))
PAIR = next(number for number, line in enumerate(LINES, 1) if line.startswith("  当年财政拨款:"))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def _found(typed, data=None):
    report, _ = examine(data or DATA.read_bytes(), name="填报.xlsx" if data else "数据.yaml")
    assert report is not None
    found = look_up(report.computation, typed)
    if isinstance(found, Candidates):
        return [one.path for one in found.found]
    return [found.path] if isinstance(found, Explanation) else []


@pytest.mark.parametrize(
    "typed", [f"数据.yaml:{LINE}", f"数据.yaml:{LINE}:10", f"第{LINE}行", f"第 {LINE} 行", rf"D:\报表\数据.yaml:{LINE}"]
)
def it_finds_the_field_of_a_line(typed):
    assert _found(typed) == ["资金.全年执行数"]


def it_offers_the_fields_of_a_line_that_states_several_and_takes_a_column():
    both = ["资金.当年财政拨款.年初预算数", "资金.当年财政拨款.全年预算数"]
    assert _found(f"第{PAIR}行") == both
    column = LINES[PAIR - 1].index("160.44") + 1
    assert _found(f"数据.yaml:{PAIR}:{column}") == both[1:]


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("填报!C49", "资金.全年执行数"),
        ("填报！c49", "资金.全年执行数"),
        ("填报.xlsx: 指标!$L$6", "指标[0].二级指标[0].三级指标[0].得分"),
    ],
)
def it_finds_the_field_of_a_cell(typed, path):
    assert _found(typed, sample_form("shifeng-2020")) == [path]


@pytest.mark.parametrize("typed", ["第1行", "数据.yaml:9999", "填报!C49"])
def it_finds_nothing_where_nothing_is_stated(typed):
    assert _found(typed) == []


def it_takes_an_item_of_the_one_list_of_that_name():
    assert _found("主要职能[1]") == ["单位.主要职能[1]"]
    assert _found("主要职能[99]") == []
