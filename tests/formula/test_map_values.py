"""Sums, counts and extremes of a map are those of its values; entries without a value are left out, none at all give 0."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.standard import Standard
from tests.support.reports import report, standard

TEXT = """fields:
  人员: {type: map, of: integer, required: false}
  合计: {type: integer, formula: sum(人员), required: false}
  项数: {type: integer, formula: count(人员), required: false}
  最多: {type: integer, formula: max(人员), required: false}
  最少: {type: integer, formula: min(人员), required: false}
"""


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> Standard:
    folder: Path = tmp_path_factory.mktemp("maps")
    return standard(folder, TEXT)


@given(st.lists(st.none() | st.integers(-50, 50), max_size=5))
def it_goes_through_the_values(counted, values):
    lines = "".join(f"  岗位{number}: {'' if value is None else value}\n" for number, value in enumerate(values))
    root = report(counted, "人员:\n" + lines).root
    present = [Decimal(value) for value in values if value is not None]
    expected = (sum(present), len(present), max(present, default=None))
    assert (root["合计"], root["项数"], root["最多"]) == expected
    assert root["最少"] == min(present, default=None)


def it_is_0_of_a_map_that_is_not_given(counted):
    root = report(counted, "").root
    assert (root["合计"], root["项数"], root["最多"]) == (0, 0, None)
