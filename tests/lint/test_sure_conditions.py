"""Conditions that always come out alike: what is said of them holds for every value, and of others nothing is said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Location
from generator.lint.formula_walk import FormulaWalk
from generator.standard import load_standard

TEXT = """standard: 样本-2024
title: 样本
version: 1.0.0
parameters: {满分: 100}
fields:
  甲: {type: integer, min: 0, max: 10}
  乙: integer
  丙: {type: choice, of: [一, 二]}
  丁: boolean
  戊: integer = 甲 * 2 + 1
"""


@pytest.fixture(scope="module")
def walk(tmp_path_factory) -> FormulaWalk:
    path: Path = tmp_path_factory.mktemp("standards") / "样本-2024.yaml"
    path.write_text(TEXT, encoding="utf-8")
    standard = load_standard(str(path))
    return FormulaWalk(standard, standard.root.type, Location(), None)


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        ("甲 >= 0", True),
        ("甲 > 10", False),
        ("甲 <= 满分", True),
        ("戊 >= 1 and 戊 <= 21", True),
        ("戊 > 21", False),
        ("甲 - 10 <= 0", True),
        ("乙 < 3 or 乙 >= 3", True),
        ("乙 > 5 and 乙 < 5", False),
        ("乙 == 1 and 乙 == 2", False),
        ("甲 <= 乙 or 乙 < 甲", True),
        ("not (乙 <= 3) and 乙 <= 3", False),
        ("丙 in ['一', '二']", True),
        ("丙 == '一' or 丙 != '一'", True),
        ("丙 != '一' and 丙 != '二'", False),
        ("丁 or not 丁", True),
        ("has(乙) and not has(乙)", False),
        ("5 < 乙 < 3", False),
    ],
)
def it_knows_what_always_comes_out_alike(walk, condition, outcome):
    assert walk.outcome(condition) is outcome


@pytest.mark.parametrize(
    "condition",
    [
        "甲 > 0",
        "甲 < 10",
        "乙 >= 0",
        "戊 > 1",
        "甲 < 乙",
        "丙 == '一'",
        "丁",
        "0 <= 乙 <= 甲",
        "乙 in [1, 2]",
        "甲 == 戊",
    ],
)
def it_says_nothing_of_what_depends_on_the_data(walk, condition):
    assert walk.outcome(condition) is None


NUMBERS = st.sampled_from(("甲", "乙", "0", "3", "10"))
ATOMS = st.builds("{} {} {}".format, NUMBERS, st.sampled_from(("<", "<=", "==", "!=", ">", ">=")), NUMBERS)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(("and", "or")), inner) | inner.map("(not {})".format)
    ),
    max_leaves=5,
)


@given(CONDITIONS, st.integers(0, 10), st.integers(-20, 20))
def it_is_never_contradicted_by_values(walk, condition, one, other):
    outcome = walk.outcome(condition)
    if outcome is not None:
        assert bool(eval(condition, {"甲": Decimal(one), "乙": Decimal(other)})) is outcome
