"""Evaluation agrees with Python's Decimal, blanks and division by zero apart, which give blank."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formula import NUMBER, FormulaError, InvalidInput, Names, Type, compile_expression, parse_expression
from generator.formula.slots import INVALID
from tests.support.records import Fields, evaluate

NAMES = ("甲", "乙", "丙")
TYPES = dict.fromkeys(NAMES, NUMBER)
numbers = st.decimals(-10_000, 10_000, places=2, allow_nan=False, allow_infinity=False)
values = st.fixed_dictionaries({name: st.none() | numbers for name in NAMES})


class Expression:
    """An expression as text and as what Python computes."""

    def __init__(self, text, compute):
        self.text, self.compute = text, compute

    def __repr__(self):
        return self.text


def literal(value):
    return Expression(format(value, "f"), lambda env: value)


def name(word):
    return Expression(word, lambda env: env[word])


def binary(pair, sign):
    left, right = pair

    def compute(env):
        a, b = left.compute(env), right.compute(env)
        if a is None or b is None or (sign == "/" and b == 0):
            return None
        return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[sign](b)

    return Expression(f"({left.text} {sign} {right.text})", compute)


def negative(inner):
    return Expression(f"-({inner.text})", lambda env: None if inner.compute(env) is None else -inner.compute(env))


leaves = st.sampled_from(NAMES).map(name) | st.decimals(0, 9_999, places=2).map(literal)
expressions = st.recursive(
    leaves,
    lambda inner: st.builds(binary, st.tuples(inner, inner), st.sampled_from("+-*/")) | inner.map(negative),
    max_leaves=12,
)


@given(expressions, values)
def it_agrees_with_decimal(expression, env):
    with localcontext(Context(prec=34, rounding=ROUND_HALF_UP)):
        assert evaluate(expression.text, TYPES, env) == expression.compute(env)


@given(st.sampled_from("+-*/"), st.sampled_from("+-*/"), st.tuples(numbers, numbers, numbers))
def it_binds_and_associates_as_arithmetic_does(first, second, three):
    env = dict(zip(NAMES, three, strict=True))
    with localcontext(Context(prec=34, rounding=ROUND_HALF_UP)):
        try:
            expected = eval(f"a {first} b {second} c", {}, dict(zip("abc", three, strict=True)))
        except ArithmeticError:
            expected = None
        assert evaluate(f"甲 {first} 乙 {second} 丙", TYPES, env) == expected


@given(numbers, numbers, numbers)
def it_chains_comparisons_as_python_does(a, b, c):
    env = {"甲": a, "乙": b, "丙": c}
    assert evaluate("甲 <= 乙 < 丙", TYPES, env, condition=True) is (a <= b < c)
    assert evaluate("甲 == 乙 != 丙", TYPES, env, condition=True) is (a == b != c)


@given(st.lists(numbers))
def it_sums_counts_and_finds_extremes_of_lists(items):
    types = {"列": NUMBER.list}
    assert evaluate("sum(列)", types, {"列": items}) == sum(items, Decimal(0))
    assert evaluate("count(列)", types, {"列": items}) == len(items)
    assert evaluate("max(列)", types, {"列": items}) == (max(items) if items else None)
    assert evaluate("min(列)", types, {"列": items}) == (min(items) if items else None)


def it_divides_by_zero_into_a_blank():
    assert evaluate("甲 / 乙", TYPES, {"甲": Decimal(1), "乙": Decimal(0)}) is None


def it_keeps_literals_decimal():
    assert evaluate("甲 >= 0.9", TYPES, {"甲": Decimal("0.9")}, condition=True) is True
    assert evaluate("甲 * 0.1", TYPES, {"甲": Decimal(3)}) == Decimal("0.3")


def it_sums_blanks():
    types = {"列": NUMBER.list}
    assert evaluate("sum(列)", types, {"列": []}) == 0
    assert evaluate("sum(列)", types, {"列": [None, None]}) is None
    assert evaluate("sum(列)", types, {"列": [None, Decimal(2)]}) == 2


@given(expressions)
def it_ends_quietly_at_an_invalid_input(expression):
    env = dict.fromkeys(NAMES, INVALID)
    if any(word in expression.text for word in NAMES):
        with pytest.raises(InvalidInput):
            evaluate(expression.text, TYPES, env)


def it_converts_wan_yuan_to_yuan_only_on_demand():
    types = {"甲": Type("number", unit="万元"), "乙": Type("number", unit="元")}
    env = {"甲": Decimal("1.5"), "乙": Decimal(300)}
    assert evaluate("yuan(甲) + 乙", types, env) == 15300
    with pytest.raises(FormulaError) as caught:
        evaluate("甲 + 乙", types, env)
    assert [fault.code for fault in caught.value.faults] == ["formula-mixed-units"]


def faults_of(text):
    try:
        parse_expression(text)
    except FormulaError as error:
        return error.faults
    return ()


@given(st.text(max_size=40))
def it_refuses_or_reads_any_text_without_another_error(text):
    assert all(0 <= fault.offset <= len(text) for fault in faults_of(text))


@given(st.text(alphabet="甲乙 ()[]{}+-*/~<>=!.,\"'|%0123456789andorif", max_size=30))
def it_refuses_or_reads_any_mixture_of_its_own_characters(text):
    assert all(0 <= fault.offset <= len(text) for fault in faults_of(text))


@pytest.mark.parametrize(
    "text", ["not " * 390 + "文", "-" * 390 + "甲", " + ".join(["甲"] * 199), "(" * 200 + "甲" + ")" * 200]
)
def it_takes_long_formulas_or_says_that_they_are_too_complex(text):
    types = {"甲": NUMBER, "文": Type("text")}
    try:
        value = evaluate(text, types, {"甲": Decimal(1), "文": "一"}, condition="文" in text)
    except FormulaError as error:
        value = error.faults[0].code
    assert value in (Decimal(199), Decimal(1), True, "formula-too-complex")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("款 / 率", "万元"),
        ("款 / 数", "万元"),
        ("款 / 人", "万元"),
        ("款 / 款", ""),
        ("率 / 率", ""),
        ("率 / 款", ""),
        ("人 / 款", ""),
        ("人 / 率", "人"),
        ("数 / 人", ""),
        ("款 * 率", "万元"),
        ("率 * 款", "万元"),
        ("数 * 人", "人"),
        ("人 * 人", ""),
        ("率 * 率", ""),
        ("款 + 数", "万元"),
        ("率 + 率", "%"),
        ("率 - 数", ""),
    ],
)
def it_knows_the_unit_of_a_result(text, unit):
    types = {"款": Type("number", unit="万元"), "率": Type("number", unit="%"), "人": Type("number", unit="人")}
    scope = Fields({**types, "数": NUMBER})
    assert compile_expression(parse_expression(text), Names(scope, scope, {})).type.unit == unit
