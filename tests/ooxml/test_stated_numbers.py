"""What a part states for a number is read as one, or told; an error of ours is never told as the file's."""

import pytest

from generator.ooxml.stated_numbers import Misstated, digits, real, whole


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), (7, 7), (" 12 ", 12), ("18446744073709551616", 2**64)]
)
def it_reads_a_whole_number(text, number):
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "x", "1.5", "²", "-1", -1, "18446744073709551617", "9" * 5000, "NaN"])
def it_tells_of_what_is_no_whole_number(text):
    with pytest.raises(Misstated):
        whole(text)


@pytest.mark.parametrize(("text", "number"), [("-1", -1), ("-18446744073709551616", -(2**64))])
def it_reads_a_negative_number_where_there_may_be_one(text, number):
    assert whole(text, signed=True) == number


def it_tells_of_a_negative_number_beyond_all_bounds():
    with pytest.raises(Misstated):
        whole("-18446744073709551617", signed=True)


@pytest.mark.parametrize(("text", "number"), [("1.5", 1.5), ("-2e3", -2000.0), (3, 3.0)])
def it_reads_a_number(text, number):
    assert real(text) == number


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "-1e400", "1e20", "²"])
def it_tells_of_what_is_no_number(text):
    with pytest.raises(Misstated):
        real(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("0012", 12), ("9" * 20, 10**20 - 1), ("9" * 21, None), ("²", None), ("٣", None), ("-1", None), ("", None), (None, None)],
)  # fmt: skip
def it_reads_digits_alone(text, number):
    assert digits(text) == number
