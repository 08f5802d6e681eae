"""Computed shares that add up: rounded so that the parts are the total, told where they are no parts of it."""

import pytest

from tests.support.reports import findings, report, standard

FIELDS = """
fields:
  列: {type: list, balance: {比: 1}, fields: {甲: {type: number, places: 5}, 比: percent = 甲}}
"""


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (["0.5", "0.5"], ["50%", "50%"]),
        (["0.33333", "0.33333", "0.33334"], ["33.33%", "33.33%", "33.34%"]),
        (["0.16666", "0.16667", "0.66667"], ["16.66%", "16.67%", "66.67%"]),
        (["0.50005", "0.50005"], ["50%", "50%"]),  # just as far off as rounding may be
        (["1"], ["100%"]),
        (["0", "1"], ["0%", "100%"]),
    ],
)
def it_rounds_the_parts_so_that_they_are_the_total(tmp_path, given, printed):
    rows = ", ".join(f"{{甲: {value}}}" for value in given)
    made = report(standard(tmp_path, FIELDS), f"列: [{rows}]\n")
    assert [str(made.value(f"列[{index}].比")) for index in range(len(given))] == printed


@pytest.mark.parametrize(
    ("given", "total"),
    [
        (["0.5", "0.5001"], "100.01%"),
        (["0.50006", "0.50005"], "100.01%"),
        (["0.4", "0.5"], "90%"),
        (["0.9999"], "99.99%"),
    ],
)
def it_tells_parts_that_are_none_of_the_total(tmp_path, given, total):
    rows = ", ".join(f"{{甲: {value}}}" for value in given)
    found = findings(standard(tmp_path, FIELDS), f"列: [{rows}]\n")
    assert [one.code for one in found] == ["balance-not-parts"]
    assert total in found[0].message


def it_leaves_the_parts_of_nothing_blank(tmp_path):
    used = standard(
        tmp_path, FIELDS.replace("甲: {type", "甲: {required: false, type").replace("percent", "optional percent")
    )
    made = report(used, "列: [{}, {甲: 1}]\n")
    assert [str(made.value(f"列[{index}].比")) for index in (0, 1)] == ["", "100%"]
