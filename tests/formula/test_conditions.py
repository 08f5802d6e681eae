"""Conditions have three values; a bare reference asks whether there is a value; blanks are not 0."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formula import (
    DATE,
    NUMBER,
    TEXT,
    FormulaError,
    Names,
    Parameter,
    Type,
    compile_expression,
    parse_expression,
)
from tests.support.records import Fields, Values, evaluate

TYPES = {"甲": NUMBER, "乙": NUMBER, "文": TEXT, "列": TEXT.list, "日": DATE}


def truth(text, **values):
    env = {"甲": None, "乙": None, "文": None, "列": [], "日": None, **values}
    return evaluate(text, TYPES, env, condition=True)


def it_does_not_know_comparisons_with_a_blank():
    for rule in ("甲 > 1", "甲 == 乙", "甲 != 1", "0 <= 甲 <= 1", "文 == '一'", "文 in ['一']"):
        assert truth(rule) is None, rule


def it_is_false_as_soon_as_one_pair_of_a_chain_is():
    assert truth("甲 <= 2 <= 1") is False


THREE = {"真": True, "假": False, "空": None}


def kleene_and(a, b):
    return False if a is False or b is False else None if a is None or b is None else True


def kleene_or(a, b):
    return True if a is True or b is True else None if a is None or b is None else False


@st.composite
def conditions(draw, depth=3):
    """A condition over three known truths as text, and its value by Kleene's tables."""
    if depth == 0 or draw(st.booleans()):
        word = draw(st.sampled_from(sorted(THREE)))
        return f"{word} == 1", THREE[word]
    kind = draw(st.sampled_from(["and", "or", "not"]))
    left, a = draw(conditions(depth=depth - 1))
    if kind == "not":
        return f"(not {left})", None if a is None else not a
    right, b = draw(conditions(depth=depth - 1))
    return f"({left} {kind} {right})", (kleene_and if kind == "and" else kleene_or)(a, b)


@given(conditions())
def it_reckons_with_the_unknown(case):
    text, expected = case
    types = dict.fromkeys(THREE, NUMBER)
    values = {"真": Decimal(1), "假": Decimal(0), "空": None}
    assert evaluate(text, types, values, condition=True) is expected


def it_asks_a_bare_reference_for_a_value():
    assert truth("文") is False
    assert truth("文", 文="一") is True
    assert truth("not 文") is True
    assert truth("列") is False
    assert truth("列", 列=["一"]) is True
    assert truth("日") is False
    assert truth("has(甲)", 甲=Decimal(0)) is True
    assert truth("甲 == 1 or 文", 甲=Decimal(2), 文="因疫情") is True


def it_refuses_a_bare_number():
    with pytest.raises(FormulaError) as caught:
        truth("甲 or 文")
    assert [fault.code for fault in caught.value.faults] == ["formula-condition"]
    assert caught.value.faults[0].offset == 0


def it_gives_blank_for_an_unknown_if():
    assert evaluate("1 if 甲 > 0 else 2", TYPES, {"甲": None}) is None
    assert evaluate("1 if 甲 > 0 else 2", TYPES, {"甲": Decimal(1)}) == 1
    assert evaluate("1 if 甲 > 0", TYPES, {"甲": Decimal(0)}) is None


def it_bands_by_inclusive_lower_bounds():
    bands = Parameter(Type("map", of=NUMBER), {"优": Decimal(90), "良": Decimal(80), "差": Decimal(0)})
    for score, word in ((100, "优"), (90, "优"), ("89.99", "良"), (80, "良"), (0, "差"), (-1, None)):
        assert evaluate("band(甲, 档)", TYPES, {"甲": Decimal(score)}, parameters={"档": bands}) == word
    assert evaluate("band(甲, 档)", TYPES, {"甲": None}, parameters={"档": bands}) is None


def it_maps_and_flattens_paths_over_lists():
    leaf = Fields({"名": TEXT, "数": NUMBER}, key="名")
    branch = Fields({"名": TEXT, "叶": Type("record", many=True, record=leaf)}, key="名")
    types = {"枝": Type("record", many=True, record=branch)}

    def leaves(*numbers):
        return [Values({"名": f"叶{index}", "数": number}, key="名") for index, number in enumerate(numbers)]

    tree = [
        Values({"名": "左", "叶": leaves(Decimal(1), Decimal(2))}, key="名"),
        Values({"名": "右", "叶": leaves(None, Decimal(4))}, key="名"),
    ]
    values = {"枝": tree}
    assert evaluate("sum(枝.叶.数)", types, values) == 7
    assert evaluate("count(枝.叶)", types, values) == 4
    assert evaluate("count(枝.叶, 数 > 1)", types, values) == 2
    assert evaluate("sum(枝.叶, 数 * 2)", types, values) == 14
    assert evaluate("join(枝.叶, 名 ~ 数, '，')", types, values) == "叶01，叶12，叶14"
    assert evaluate("join(枝, 名)", types, values) == "左、右"
    assert evaluate('枝["右"].叶["叶1"].数', types, values) == 4
    assert evaluate('枝["中"].叶["叶1"].数', types, values) is None


def it_finds_every_fault_of_an_expression_at_once():
    with pytest.raises(FormulaError) as caught:
        evaluate("甲 + 文 * 丁 - 列", TYPES, {})
    found = sorted((fault.offset, fault.code) for fault in caught.value.faults)
    assert found == [(4, "formula-not-number"), (8, "formula-unknown-name"), (12, "formula-list-arithmetic")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("'一' if 甲 > 1 else 1", ["formula-branches"]),
        ("文 if 甲 > 1 else 列", ["formula-branches"]),
        ("列 if 甲 > 1", []),
        ("列 if 甲 > 1 else 列", []),
        ("错['一']", ["formula-unknown-name"]),
        ("错.一", ["formula-unknown-name"]),
        ("sum(文)", ["formula-arguments"]),
        ("sum(列)", ["formula-arguments"]),
    ],
)
def it_tells_one_fault_for_one_mistake(text, codes):
    scope = Fields(TYPES)
    try:
        compile_expression(parse_expression(text), Names(scope, scope, {}))
        told = []
    except FormulaError as error:
        told = [fault.code for fault in error.faults]
    assert told == codes


@pytest.mark.parametrize(("text", "wanted"), [("sum(文)", "第一个参数要是一列值"), ("sum(列)", "要写到数值字段")])
def it_says_what_a_total_is_made_of(text, wanted):
    with pytest.raises(FormulaError) as caught:
        evaluate(text, TYPES, {})
    assert wanted in str(caught.value.faults[0].arguments["reason"].zh)


@pytest.mark.parametrize(("text", "code"), [("sum(列)", "text-arithmetic"), ("错(列)", "formula-unknown-function")])
def it_leaves_calculation_out_of_a_narrative(text, code):
    scope = Fields(TYPES)
    with pytest.raises(FormulaError) as caught:
        compile_expression(parse_expression(text), Names(scope, scope, {}, narrative=True))
    assert [fault.code for fault in caught.value.faults] == [code]


@given(
    text=st.text("甲乙丙", max_size=4),
    words=st.lists(st.text("甲乙丙", min_size=1, max_size=2), min_size=1, max_size=4),
)
def it_says_whether_a_text_holds_one_of_some_words(text, words):
    listed = ", ".join(f"'{word}'" for word in words)
    assert truth(f"says(文, {listed})", 文=text) is any(word in text for word in words)
    assert truth(f"not says(文, {listed})", 文=text) is all(word not in text for word in words)
    assert truth(f"says(文, {listed})") is None
