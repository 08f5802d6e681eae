"""Values that a check only warns of, kept as they stand by an entry of `保留`: the right entry keeps them, a wrong one is told."""

from __future__ import annotations

import pytest

from tests.support.reports import findings, standard

STANDARD = """
fields: {甲: money, 乙: money, 丙: {type: money, required: false}, 丁: {type: money, required: false}}
checks:
  - {id: 量级, rule: 甲 <= 5 * 乙, severity: warning, message: "{{ 甲 }}太大"}
  - {id: 不超过, rule: 丙 <= 乙, message: "{{ 丙 }}超过{{ 乙 }}"}
  - {id: 只减不增, rule: 丁 <= 乙, severity: warning, message: "{{ 丁 }}超过{{ 乙 }}"}
"""
KEPT = "{处: 甲, 文字: '78', 理由: 年中追加}"


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    return standard(tmp_path_factory.mktemp("standard"), STANDARD)


def codes(used, values: str, entry: str) -> list[str]:
    return [found.code for found in findings(used, f"{values}\n保留: [{entry}]\n")]


@pytest.mark.parametrize(
    ("values", "entry", "left"),
    [
        ("甲: 78\n乙: 12", KEPT, []),
        ("甲: 78\n乙: 12", "", ["check-failed"]),
        ("甲: 78\n乙: 12", "{处: 甲, 文字: '78'}", ["kept-without-reason"]),
        ("甲: 78\n乙: 12", "{处: 甲, 文字: '87', 理由: 年中追加}", ["check-failed", "kept-unused"]),
        ("甲: 78\n乙: 12", "{处: 甲, 文字: '7', 理由: 年中追加}", ["check-failed", "kept-unused"]),
        ("甲: 78\n乙: 12", "{处: 乙, 文字: '12', 理由: 年中追加}", ["check-failed", "kept-unused"]),
        ("甲: 78\n乙: 12", "{处: 戊, 文字: '78', 理由: 年中追加}", ["check-failed", "kept-unused"]),
        ("甲: 60\n乙: 12", KEPT, ["kept-unused"]),
        ("甲: 1\n乙: 12\n丙: 13", "{处: 丙, 文字: '13', 理由: 年中追加}", ["check-failed", "kept-unused"]),
    ],
)
def it_keeps_a_value_of_which_a_check_only_warns(used, values, entry, left):
    assert codes(used, values, entry) == left


@pytest.mark.parametrize("values", ["甲: 78\n乙: 12", "甲: 1\n乙: 12.3\n丁: 23.1"])
def it_says_how_to_keep_it_even_where_two_numbers_seem_exchanged(used, values):
    (found,) = findings(used, values + "\n")
    assert found.hint_text is not None
    assert found.hint_text.zh.count("在“保留”里写一项") == 1
    where, text = found.location.path, found.hint_text.zh.partition("文字“")[2].partition("”")[0]
    assert codes(used, values, f"{{处: {where}, 文字: '{text}', 理由: 年中追加}}") == []
