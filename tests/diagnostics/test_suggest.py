"""“Did you mean”: names that a mistyped one can be, and none that is farther away than half of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from generator.diagnostics.suggest import nearest

NAMES = st.text("年初预算数全执行资金收入", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        (">=", ["=", "≥", "≤"], ["≥"]),
        ("<=", ["≥", "≤"], ["≤"]),
        ("全年预算", ["全年执行数", "全年预算数"], ["全年预算数"]),
        ("指标满意", ["产出指标", "效益指标"], []),
        ("执行率", ["预算执行率", "得分"], ["预算执行率"]),
        ("年度", ["年度指标值"], []),
        ("chekc", ["check", "new"], ["check"]),
        ("ＴＩＴＬＥ", ["title"], ["title"]),
        ("", ["年度"], []),
    ],
)
def it_proposes_what_was_probably_meant(typed, known, meant):
    assert nearest(typed, known, 3)[: len(meant) or None] == meant


@given(NAMES, st.lists(NAMES, max_size=8))
def it_never_proposes_a_name_farther_away_than_half_the_word(typed, known):
    for name in nearest(typed, known, 8):
        held = typed in name or name in typed
        assert 2 * OSA.distance(typed, name) <= (max(len(typed), len(name)) if held else len(typed))
