"""千分位 and 亿元: how a template prints large amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures import PRINT_FILTERS, Blank, Figure, FigureArithmetic

thousands, yi = PRINT_FILTERS["千分位"], PRINT_FILTERS["亿元"]


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from([None, 0, 1, 2]))
def it_puts_commas_as_python_does(value, places):
    figure = Figure(value, "万元", 2, "fixed")
    printed = thousands(figure, places)
    assert printed.replace(",", "") == (str(figure) if places is None else PRINT_FILTERS["fixed"](figure, places))
    assert printed == f"{Decimal(printed.replace(',', '')):,}"


def it_keeps_signs_and_blanks():
    assert thousands(Figure(Decimal("12.5"), "%", 2)) == "1,250%"
    assert thousands(Figure(Decimal("12345.678"), "%", 1)) == "1,234,567.8%"
    assert thousands("1234567") == "1,234,567"
    assert str(thousands(Blank(empty="无"))) == "无"


def it_turns_amounts_into_hundred_millions():
    assert str(yi(Figure(Decimal("123456.78"), "万元"))) == "12.35"
    assert str(yi(Figure(Decimal("1234567800"), "元"), 4)) == "12.3457"
    assert yi(Figure(Decimal("123456.78"), "万元")).unit == "亿元"
    assert thousands(yi(Figure(Decimal("123456789"), "万元"))) == "12,345.68"
    with pytest.raises(TypeError):
        yi(Figure(Decimal(3), "分"))


def it_does_not_round_a_figure():
    with pytest.raises(FigureArithmetic):
        round(Figure(Decimal("1.25")), 1)
