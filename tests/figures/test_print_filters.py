"""How figures, amounts, numbers and dates print in a template."""

import datetime
from decimal import Decimal

import pytest

from generator.figures import Blank, Figure, capital, chinese_date, chinese_number, fixed, trim, wan_yuan, yuan


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        (1005, "壹仟零伍元整"),
        (160440, "壹拾陆万零肆佰肆拾元整"),
        (Figure(Decimal("161.4"), "万元"), "壹佰陆拾壹万肆仟元整"),
        ("120000.07", "壹拾贰万元零柒分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        (100000000, "壹亿元整"),
        (1000000000000, "壹万亿元整"),
        (-3, "负叁元整"),
    ],
)
def it_writes_amounts_in_capital_characters(amount, text):
    assert capital(amount) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (100000, "十万"),
    ],
)
def it_writes_whole_numbers_in_chinese(number, text):
    assert chinese_number(number) == text


def it_rounds_half_up_and_trims():
    assert fixed("2.665") == "2.67"
    assert fixed(Figure(Decimal("0.4557"), "%"), 1) == "45.6%"
    assert trim(Decimal("161.40")) == "161.4"
    assert trim(161.0) == "161"
    assert fixed(Blank(empty="无")) == "无"
    with pytest.raises(TypeError):
        fixed("约三")


def it_converts_between_yuan_and_ten_thousand_yuan():
    assert str(yuan(Figure(Decimal("1.234"), "万元"))) == "12340"
    assert str(wan_yuan(Figure(Decimal("12340"), "元"), 3)) == "1.234"


def it_writes_dates_without_asking_the_locale():
    assert chinese_date("2021-03-05") == "2021年3月5日"
    assert chinese_date(datetime.date(2021, 3, 5), "%Y.%-m.%d") == "2021.3.05"
    assert chinese_date(datetime.datetime(2021, 3, 5, 14, 7, tzinfo=datetime.UTC), "%H:%M") == "14:07"
