"""A figure prints by its field, compares decimally, and cannot be calculated with."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures import Blank, Figure, FigureArithmetic, round_half_up, wan_yuan, yuan

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6)


@given(NUMBERS, st.integers(0, 6))
def it_rounds_half_up_as_taught_in_school(value, places):
    rounded = round_half_up(value, places)
    with localcontext() as exact:
        exact.prec = 60
        assert abs(rounded - value) * 2 <= Decimal(1).scaleb(-places)
        assert rounded == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert not (rounded == 0 and rounded.is_signed())


@pytest.mark.parametrize(("value", "places", "text"), [("2.665", 2, "2.67"), ("-2.665", 2, "-2.67"), ("-0.004", 2, "0.00"), ("1e40", 2, "1" + "0" * 40 + ".00")])  # fmt: skip
def it_rounds_any_size(value, places, text):
    assert format(round_half_up(Decimal(value), places), "f") == text


@given(NUMBERS, st.integers(0, 4), st.sampled_from(["万元", "%", "分", ""]))
def it_prints_what_it_is(value, places, unit):
    fixed = str(Figure(value, unit, places, "fixed")).removesuffix("%")
    trimmed = str(Figure(value, unit, places, "trim")).removesuffix("%")
    shown = value.scaleb(2) if unit == "%" else value
    assert Decimal(fixed) == Decimal(trimmed) == round_half_up(shown, places)
    assert len(fixed.partition(".")[2]) == places
    assert "." not in trimmed or not trimmed.endswith(("0", "."))
    assert trimmed != "-0"


@given(NUMBERS)
def it_converts_money_there_and_back_exactly(value):
    assert wan_yuan(yuan(Figure(value, "万元"))) == value
    assert yuan(wan_yuan(Figure(value, "元"))) == value
    assert yuan(Figure(value, "元")) == value
    assert str(yuan(value)) == str(Figure(value.scaleb(4), "元", 2))


def it_converts_nothing_but_money():
    for value in (Figure(Decimal("0.5"), "%"), Figure(Decimal(9), "分"), "三"):
        for convert in (yuan, wan_yuan):
            with pytest.raises(TypeError):
                convert(value)
    assert str(yuan(Blank(empty="无"))) == "无"


def it_compares_with_literals_decimally():
    rate = Figure(Decimal("0.9"), "%")
    assert rate == 0.9
    assert rate >= 0.9
    assert rate < Decimal("0.91")
    assert rate != "0.9"
    assert rate in {Decimal("0.9")}


def it_refuses_to_be_calculated_with():
    figure = Figure(Decimal("161.4"), "万元")
    for calculate in (
        lambda: figure + 1,
        lambda: 2 * figure,
        lambda: -figure,
        lambda: sum([figure]),
        lambda: figure / figure,
    ):
        with pytest.raises(FigureArithmetic):
            calculate()


def it_is_silent_where_a_value_is_missing():
    blank = Blank("资金.合计", "合计", "无", required=True)
    assert str(blank) == "无"
    assert not blank
    assert list(blank) == []
    assert str(blank["年初预算数"]) == "无"
    assert not blank > 0
    assert not blank <= 0
