"""Expressions become Python that holds no word of a standard: its names are the program's, texts and names of fields are constants."""

from decimal import Decimal
from types import FunctionType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formula import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    Names,
    Parameter,
    Recorder,
    Type,
    compile_text,
    parse_expression,
    parse_text,
    run_time,
)
from generator.formula import compile_expression as compiled
from tests.support.records import Fields, Values, evaluate

ITEM = Fields({"价": NUMBER, "名": TEXT}, "项", "名")
TYPES = {
    "__import__": NUMBER,
    "c1": NUMBER,
    "t1": NUMBER,
    "r": TEXT,
    "INVALID": TEXT,
    "真": BOOLEAN,
    "日": DATE,
    "列": Type("record", many=True, record=ITEM),
    "图": Type("map", of=NUMBER),
}
SCOPE = Fields(TYPES)
NAMES = Names(SCOPE, SCOPE, {"eval": Parameter(NUMBER, Decimal(2))})
KNOWN = {*run_time.__all__, "abs", "max", "min", "str", "type", "root", "own", "exact", "get"}
WORDS = ["c1", "r", "t1)", "{r}", "'; eval(1)", "\\n", "", "文"]


def record():
    """A record of these types."""
    report = Values({"t1": Decimal(3)})
    items = [Values({"价": price, "名": name}, report, "名") for price, name in ((Decimal(4), "一"), (None, "二"))]
    numbers = {"__import__": Decimal(1), "c1": Decimal(2), "t1": Decimal(3), "图": {"一": Decimal(5)}, "列": items}
    return Values({**numbers, "r": "文", "INVALID": "语", "真": True, "日": None}, report)


def literal(draw):
    return '"' + draw(st.sampled_from(WORDS)) + '"'


def number(draw, depth):
    if not depth or draw(st.booleans()):
        return draw(st.sampled_from(["__import__", "c1", "报告.t1", "本.c1", "eval", "1.50"]))
    one, other = number(draw, depth - 1), number(draw, depth - 1)
    kinds = [
        lambda: f"({one} {draw(st.sampled_from('+-*/'))} {other})",
        lambda: f"-{one}",
        lambda: f"({one} if {truth(draw, depth - 1)} else {other})",
        lambda: f"sum(列, 价 + {draw(st.sampled_from(['1', '本.c1', '报告.t1']))})",
        lambda: f"max({one}, {other})",
        lambda: f"number_in({text(draw, depth - 1)})",
        lambda: f"图[{text(draw, depth - 1)}]",
        lambda: f"列[{text(draw, depth - 1)}].价",
    ]
    return draw(st.sampled_from(kinds))()


def text(draw, depth):
    if not depth or draw(st.booleans()):
        return draw(st.sampled_from(["r", "INVALID"])) if draw(st.booleans()) else literal(draw)
    one, other = text(draw, depth - 1), text(draw, depth - 1)
    kinds = [
        lambda: f"({one} ~ {number(draw, depth - 1)})",
        lambda: f"({one} if {truth(draw, depth - 1)})",
        lambda: f"join(列, 名 ~ {literal(draw)}, {other})",
    ]
    return draw(st.sampled_from(kinds))()


def truth(draw, depth):
    one, other = text(draw, max(0, depth - 1)), text(draw, max(0, depth - 1))
    if not depth or draw(st.booleans()):
        return f"({one} == {other})"
    kinds = [
        lambda: f"({truth(draw, depth - 1)} {draw(st.sampled_from(['and', 'or']))} {truth(draw, depth - 1)})",
        lambda: f"(not {truth(draw, depth - 1)})",
        lambda: f"(1 <= {number(draw, depth - 1)} < {number(draw, depth - 1)})",
        lambda: f"({one} in [{other}, {literal(draw)}])",
        lambda: f"says({one}, {literal(draw)}, {other})",
    ]
    return draw(st.sampled_from(kinds))()


@st.composite
def expressions(draw):
    return draw(st.sampled_from([number, text, truth]))(draw, 3)


def functions_of(function, found):
    """A function and those among its constants."""
    if isinstance(function, FunctionType) and function.__globals__ is run_time.__dict__ and function not in found:
        if function.__name__ == "<formula>":
            found.append(function)
        for constant in function.__defaults__ or ():
            functions_of(constant, found)
    return found


def function_of(text):
    return compiled(parse_expression(text), NAMES).function


@given(expressions())
def it_holds_no_word_of_a_standard(text):
    function = function_of(text)
    made = functions_of(function, [])
    assert made
    for one in made:
        code = one.__code__
        assert set(code.co_names) <= KNOWN
        assert all(name == "r" or (name[0] in "ctu" and name[1:].isdigit()) for name in code.co_varnames)
        assert set(map(type, code.co_consts)) <= {type(None), bool}
        assert not code.co_freevars


@given(expressions())
def it_comes_out_the_same_where_what_is_read_is_noted(text):
    function = function_of(text)
    of, seen = record(), {}
    assert function(Recorder(of, seen)) == function(of)
    assert all(name in one for one, name in seen.values())


def it_shares_the_code_of_expressions_of_one_shape():
    one, other = (compiled(parse_expression(text), NAMES).function for text in ("c1 + 1", "t1 + 2"))
    assert one.__code__ is other.__code__
    assert (one(record()), other(record())) == (3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 150 + "甲",
        "+ 甲 " * 190 + "+ 甲",
        "not " * 150 + "真",
        "(" * 39 + "甲" + " + 甲)" * 39,
        "甲 if not 真 else " * 60 + "甲",
        "(甲 if 真 else " * 39 + "甲" + ")" * 39,
        "真 and (真 or not (" * 19 + "真" + "))" * 19,
        "max(甲, " * 39 + "甲" + ")" * 39,
        "甲 < " * 190 + "甲",
        "'a' ~ " * 190 + "甲",
        "says('x', 'y' ~ 甲" + ", 'y' ~ 甲" * 50 + ")",
    ],
    ids=lambda text: text[:12],
)
def it_takes_any_depth_that_the_parser_takes(text):
    text = text.removeprefix("+ ")
    types, values = {"甲": NUMBER, "真": BOOLEAN}, {"甲": Decimal(1), "真": True}
    flat = {"-": 1, "甲 + ": 191, "n": True, "((": 40, "甲 i": 1, "(甲 i": 1, "真": True, "m": 1, "甲 <": False}
    flat |= {"'a": "a" * 190 + "1", "s": False}
    (expected,) = (value for start, value in flat.items() if text.startswith(start))
    assert evaluate(text, types, values) == expected


def it_keeps_numbers_apart_that_print_differently():
    """1.0 has another number of places than 1."""
    types = {"甲": NUMBER}
    assert [str(evaluate(text, types, {"甲": Decimal(1)})) for text in ("甲 * 1.0 + 0 * 1", "甲 * 1 + 0 * 1.00")] == [
        "1.0",
        "1.00",
    ]


def it_fills_texts_of_nothing_but_words():
    scope = Fields({})
    for text in ("", "一", "c1 {r}"):
        parts = parse_text(text) if text != "c1 {r}" else (text,)
        assert compile_text(parts, Names(scope, scope, {})).function(Values({})) == text
