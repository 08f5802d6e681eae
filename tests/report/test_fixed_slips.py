"""`check --fix`: names of standards, indentation, signs that YAML keeps for itself, units of counts; nothing that has two meanings."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Failure
from generator.report.examine import examine
from generator.report.mechanical_fixes import fix

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_a_folder_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.chdir(tmp_path)


def _fixed(text: str) -> str:
    return fix(text.encode(), "数据.yaml").content.decode()


def _with(old: str, new: str) -> str:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, 1)


def _told(text: str) -> list[tuple[str, int | None]]:
    found: list[Diagnostic] = []
    try:
        found = [*examine(text.encode(), name="数据.yaml")[1]]
    except Failure as failure:
        found = [*failure.diagnostics]
    return [(one.code, one.location.line) for one in found]


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        ("标准: shifeng-2020", "标准: shifeng\u200b-2020"),
        ("标准: shifeng-2020", "\ufeff标准: shifeng-2020"),
        ("标准: shifeng-2020", "标准: ｓhifeng－２０２０"),
        ("标准: shifeng-2020", "标准: Shifeng—2020。"),
        ("标准: shifeng-2020", "标准: shifeng_2020"),
        ("标准: shifeng-2020", "标准: “shifeng-2020”"),
        ("年度: 2020\n", "\u3000年度: 2020\n"),
        ("年度: 2020\n", "年度: ‘2020’\n"),
        ("  级别: 正科级\n", "   级别: 正科级\n"),
        ("    - 维护会员的", "\t- 维护会员的"),
        ("    - 维护会员的", "    -\u3000维护会员的"),
        ("在职人数: 8\n", "在职人数: 8人\n"),
        ("在职人数: 8\n", "在职人数: ８ 名\n"),
        ("总投资: 10\n", "总投资: 10.00万\n"),
        ("\n支出: {", "\n支出：{"),
        ('"{{ 事实.走访家数 }}家"', '"{{ 事实。走访家数 }}家"'),
        ('"{{ 事实.走访家数 }}家"', '"{{ 事实．走访家数 }}家"'),
        ('计量单位: "%"', "计量单位: %"),
    ],
)
def it_puts_right_what_can_mean_one_thing_only(meant: str, typed: str):
    text = _with(meant, typed)
    assert _told(text) != _told(SAMPLE)
    got = _fixed(text)
    assert _told(got) == _told(SAMPLE)
    assert _fixed(got) == got
    changed = [
        number for number, (old, new) in enumerate(zip(text.split("\n"), got.split("\n"), strict=True)) if old != new
    ]
    assert len(changed) == 1


def it_keeps_the_version_that_a_data_file_names():
    assert "\n标准: shifeng-2020@1.0.0\n" in _fixed(_with("标准: shifeng-2020", "标准: shifeng-2020 ＠ 1.0.0"))


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        ("标准: shifeng-2020", "标准: shifen-2020"),  # which standard is no matter of the keyboard
        ("目标数: 52\n", "目标数: 52家\n"),  # the unit has a field of its own
        ("总投资: 10\n", "总投资: ￥10\n"),  # 元, or 万元?
        ("年度: 2020\n", "年度 2020\n"),
        ("  简称: 区工商联\n", "  简称: 区工商联 #简称\n"),
        ("[综合办公室]", "[综合办公室，人事科]"),
        ("  级别: 正科级\n", "      级别: 正科级\n"),
    ],
)
def it_leaves_what_may_mean_two_things(meant: str, typed: str):
    text = _with(meant, typed)
    assert _fixed(text) == text
