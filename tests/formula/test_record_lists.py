"""filter, sort, first and `本` agree with plain Python over the same records."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formula import NUMBER, TEXT, FormulaError, Names, Type, compile_expression, parse_expression
from tests.support.records import Fields, Values

ROW = Fields({"名": TEXT, "额": NUMBER, "类": TEXT, "线": NUMBER}, "行")
ROOT = Fields({"列": Type("record", many=True, record=ROW), "线": NUMBER})
amounts = st.none() | st.decimals(-99, 99, places=1)
row = st.fixed_dictionaries(
    {"名": st.text("甲乙丙", max_size=2), "额": amounts, "类": st.sampled_from("甲乙"), "线": amounts}
)
rows = st.lists(row, max_size=8)


def made(values):
    """The report with its rows as records."""
    root = Values({"线": None})
    root["列"] = [Values(item, root) for item in values]
    return root


def value(text, record, own=ROOT):
    return compile_expression(parse_expression(text), Names(own, ROOT, {})).function(record)


def known(item, *names):
    return all(item[name] is not None for name in names)


@given(rows)
def it_keeps_the_items_whose_condition_is_true(values):
    root = made(values)
    assert value("filter(列, 额 > 3)", root) == [item for item in root["列"] if known(item, "额") and item["额"] > 3]
    assert value("sum(filter(列, 额 > 3).额)", root) == sum(
        (item["额"] for item in root["列"] if known(item, "额") and item["额"] > 3), Decimal(0)
    )


@given(rows, st.sampled_from(["升", "降"]))
def it_sorts_stably_and_blanks_last(values, direction):
    root = made(values)
    with_value = [item for item in root["列"] if item["额"] is not None]
    sign = 1 if direction == "升" else -1
    expected = sorted(with_value, key=lambda item: sign * item["额"])
    expected += [item for item in root["列"] if item["额"] is None]
    assert value(f'sort(列, 额, "{direction}")', root) == expected


@given(rows)
def it_sorts_texts(values):
    root = made(values)
    assert value("sort(列, 名)", root) == sorted(root["列"], key=lambda item: item["名"])


@given(rows, st.integers(0, 9))
def it_takes_the_first_items(values, count):
    root = made(values)
    assert value(f"first(列, {count})", root) == root["列"][:count]
    assert value("first(列)", root) == root["列"][:1]
    assert value(f"first(列.名, {count})", root) == [item["名"] for item in root["列"][:count]]


@given(rows)
def it_reads_the_own_record_inside_the_second_expression(values):
    root = made(values)
    for item in root["列"]:
        larger = [
            other for other in root["列"] if known(other, "额") and known(item, "额") and other["额"] > item["额"]
        ]
        assert value("count(报告.列, 额 > 本.额) + 1", item, ROW) == len(larger) + 1
        same = [other["额"] for other in root["列"] if other["类"] == item["类"]]
        present = [amount for amount in same if amount is not None]
        expected = sum(present, Decimal(0)) if present else None
        assert value("sum(filter(报告.列, 类 == 本.类).额)", item, ROW) == expected
        nested = 'join(报告.列, 名 if count(报告.列, 额 > 本.额) == 0, "，")'
        expected_names = [other["名"] for other in root["列"] if not larger and other["名"]]
        assert value(nested, item, ROW) == ("，".join(expected_names) or None)


@pytest.mark.parametrize(
    "text",
    [
        "filter(列, 额)",
        "filter(列.额, 额 > 1)",
        'sort(列, 额, "反")',
        "first(列, 1.5)",
        "filter(线, 额 > 1)",
        "sort(列, 报告.列)",
    ],
)
def it_refuses(text):
    with pytest.raises(FormulaError):
        value(text, made([]))


def it_tells_how_to_name_the_own_record():
    with pytest.raises(FormulaError) as told:
        value("count(报告.列, 余 > 0)", made([]), Fields({"余": NUMBER}, "类行"))
    (fault,) = told.value.faults
    assert (fault.code, fault.arguments["before"]) == ("formula-outer-name", "本")
