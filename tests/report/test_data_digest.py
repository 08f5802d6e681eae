"""The digest of a data file: of numbers, one spelling; of records, what json says."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from generator.report.data_digest import _number, data_digest
from tests.support.reports import report, standard


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None) | st.decimals(-1000, 1000, places=4))
def it_writes_a_number_in_one_way(value):
    assert _number(value) == format(value.normalize() + 0, "f")
    assert Decimal(_number(Decimal(f"{value:f}") + 0)) == Decimal(_number(value))


def it_is_of_the_values_that_are_stated(tmp_path):
    used = standard(
        tmp_path,
        "fields:\n  数: number\n  双: number = 数 * 2\n  注: {type: text, required: false}\n"
        "  表: {type: list, required: false, fields: {名: text, 数: {type: number, required: false}}}\n",
    )
    plain = data_digest(report(used, "数: 1.5\n表: [{名: '甲\"', 数: 0}]\n"))
    assert plain == data_digest(report(used, '表:\n  - {数: 0.00, 名: "甲\\""}\n数: 1.50  # 万元\n注: \'\'\n'))
    assert plain != data_digest(report(used, "数: 1.5\n表: [{名: '甲\"'}]\n"))
    assert plain != data_digest(report(used, "数: 1.5\n双: 3\n表: [{名: '甲\"', 数: 0}]\n"))
