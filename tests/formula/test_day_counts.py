"""Arithmetic with dates agrees with Python's."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.figures import Date
from generator.formula import DATE, Type
from tests.support.records import evaluate

TYPES = {"始": DATE, "终": DATE, "天": Type("number", places=0), "列": Type("date", many=True)}
days = st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(Date.of)


@given(days, days)
def it_counts_the_days_between(first, last):
    values = {"始": first, "终": last, "列": [last, first, None]}
    assert evaluate("终 - 始", TYPES, values) == (last - first).days
    assert evaluate("max(列)", TYPES, values) == evaluate("max(始, 终)", TYPES, values) == max(first, last)


@given(days, st.integers(-9999, 9999))
def it_moves_a_date(day, count):
    values = {"始": day, "天": Decimal(count)}
    later, earlier = day + timedelta(days=count), day - timedelta(days=count)
    assert evaluate("始 + 天", TYPES, values) == evaluate("天 + 始", TYPES, values) == later
    assert evaluate("始 - 天", TYPES, values) == earlier
    assert evaluate("始 + 天 - 始", TYPES, values) == count


def it_leaves_blank_what_has_no_date():
    assert evaluate("终 - 始", TYPES, {"始": None, "终": Date(2024, 1, 1)}) is None
    assert evaluate("始 + 天", TYPES, {"始": Date(2024, 1, 1), "天": None}) is None
    assert evaluate("始 + 天", TYPES, {"始": Date(2999, 1, 1), "天": Decimal(9_999_999)}) is None
