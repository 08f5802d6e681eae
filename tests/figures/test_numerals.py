"""Amounts in capitals, numerals and numbering say the number they were made from."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figures import FORMS, Blank, Figure, capital, chinese_number, numbered

DIGITS = {sign: value for signs in ("零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for value, sign in enumerate(signs)}
UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}


def read_numeral(text: str) -> int:
    """What a Chinese numeral says, read from left to right; written for these tests alone."""
    total = section = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in UNITS:
            section += (digit or 1) * UNITS[sign]
            digit = 0
        elif sign == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            assert sign == "亿"
            total = (total + section + digit) * 10**8
            section = digit = 0
    return total + section + digit


def read_capital(text: str) -> Decimal:
    sign = -1 if text.startswith("负") else 1
    text = text.removeprefix("负").removesuffix("整")
    whole, mark, rest = text.partition("元")
    if not mark:
        whole, rest = "", text
    jiao, mark, fen = rest.partition("角")
    if not mark:
        jiao, fen = "", rest
    cents = 10 * read_numeral(jiao) + read_numeral(fen.removesuffix("分"))
    return sign * (read_numeral(whole) + Decimal(cents) / 100)


WHOLE = st.integers(0, 10**16 - 1) | st.integers(0, 120_000) | st.integers(0, 15).map(lambda power: 10**power)


@given(WHOLE)
def it_writes_numerals_that_say_the_number(number):
    text = chinese_number(number)
    assert read_numeral(text) == number
    assert "零零" not in text
    assert text == "零" or not text.endswith("零")


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def it_writes_amounts_that_say_the_amount(amount):
    text = capital(amount)
    assert read_capital(text) == amount
    assert text.endswith(("整", "分"))
    assert "零零" not in text


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def it_takes_an_amount_of_ten_thousand_yuan_as_such(amount):
    assert capital(Figure(amount, "万元", 6)) == capital(amount * 10_000)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1409.5", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("0.005", "壹分"),
        ("-0.004", "零元整"),
        ("99999999999999.99", "玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def it_follows_the_examples_of_the_rules_for_notes(amount, text):
    assert capital(Decimal(amount)) == text


def it_refuses_what_is_no_amount():
    for value in (Figure(Decimal("0.5"), "%"), Figure(Decimal(9), "分"), "约三", None, Decimal("NaN"), True):
        with pytest.raises(TypeError):
            capital(value)
    with pytest.raises(ValueError, match="too large"):
        capital(10**16)
    with pytest.raises(ValueError, match="whole"):
        chinese_number("1.5")


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        (1, ["一、", "（一）", "1.", "（1）", "①"]),
        (10, ["十、", "（十）", "10.", "（10）", "⑩"]),
        (11, ["十一、", "（十一）", "11.", "（11）", "⑪"]),
        (20, ["二十、", "（二十）", "20.", "（20）", "⑳"]),
        (21, ["二十一、", "（二十一）", "21.", "（21）", "㉑"]),
        (36, ["三十六、", "（三十六）", "36.", "（36）", "㊱"]),
    ],
)
def it_numbers_headings_and_items(number, texts):
    assert [numbered(number, form) for form in (*FORMS, "①")] == texts
    assert numbered(number) == texts[0]


@given(st.integers(1, 50))
def it_circles_every_number_that_unicode_circles(number):
    sign = numbered(number, "①")
    assert unicodedata.numeric(sign) == number
    assert "CIRCLED" in unicodedata.name(sign)


@given(st.integers(1, 10**6))
def it_numbers_in_every_size(number):
    assert read_numeral(numbered(number).removesuffix("、")) == number
    assert numbered(number, "（1）") == f"（{number}）"


def it_refuses_numbers_and_forms_that_there_are_not():
    for number, form in ((51, "①"), (0, "一、"), (-1, "1."), ("1.5", "1."), (1, "a)")):
        with pytest.raises(ValueError, match="n"):
            numbered(number, form)
    assert numbered(Blank(empty="无")) == "无"
