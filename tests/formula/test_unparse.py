"""Formulas as findings show them: in one spelling, which means the same."""

import pytest

from generator.formula.parse import parse_expression
from generator.formula.unparse import show


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0.0000001 + 甲", "0.0000001 + 甲"),
        ("100000000000000000000 * 甲", "100000000000000000000 * 甲"),
        ("甲 + 乙 * 丙", "甲 + (乙 * 丙)"),
        ("甲 * (乙 + 丙)", "甲 * (乙 + 丙)"),
        ("-甲 - (乙 - 丙)", "-甲 - (乙 - 丙)"),
        ("not (甲 and 乙)", "not (甲 and 乙)"),
        ("甲 if 乙 > 0 else 丙", "甲 if 乙 > 0 else 丙"),
        ("sum([甲,乙])", "sum([甲, 乙])"),
        ("'好'", '"好"'),
    ],
)
def it_shows_a_formula(written, shown):
    assert show(parse_expression(written)) == shown
    assert show(parse_expression(shown)) == shown
