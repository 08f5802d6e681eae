"""Texts with `{{ }}`: what messages of a standard and the narrative of a data file print, and what is told of odd ones."""

import datetime
from decimal import Decimal

import pytest

from generator.formula import DATE, TEXT, FormulaError, Names, Type, compile_text, parse_text
from generator.formula.typed_amounts import amount, number_in, unit_in
from generator.formula.value_text import contradicting, plain
from tests.support.records import Fields, Values

TYPES = {
    "预算": Type("number", unit="万元"),
    "率": Type("number", unit="%"),
    "个数": Type("number", unit="个", places=0),
    "日": DATE,
    "名": TEXT,
    "空": Type("text", empty="无"),
    "缺": TEXT,
    "对": Type("boolean"),
}
VALUES = {
    "预算": Decimal("1234.5"),
    "率": Decimal("0.9625"),
    "个数": Decimal(12),
    "日": datetime.date(2024, 3, 5),
    "名": "甲局",
    "空": None,
    "缺": None,
    "对": True,
}


def printed(text: str, narrative: bool = True, lenient: bool = True) -> str | None:
    scope = Fields(TYPES)
    compiled = compile_text(parse_text(text, filters=narrative), Names(scope, scope, {}, narrative), lenient)
    return compiled.function(Values(VALUES))


def faults(text: str, narrative: bool = True) -> list[tuple[str, int]]:
    with pytest.raises(FormulaError) as told:
        printed(text, narrative)
    return [(fault.code, fault.offset) for fault in told.value.faults]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ 名 }}预算{{ 预算 }}万元", "甲局预算1234.5万元"),
        ("{{ 率 }}、{{ 率|round(1) }}、{{ 率|fixed(1) }}", "96.25%、96.3%、96.3%"),
        ("{{ 预算|yuan }}元，{{ 预算|thousands }}，{{ 预算|亿元 }}", "12345000元，1,234.5，0.12"),
        ("{{ 个数|中文数字 }}", "十二"),
        ("{{ 日 }}，{{ 日|date('%Y.%m') }}", "2024年3月5日，2024.03"),
        ("{{ '是' if 对 else '否' }}{{ 名 ~ '（' ~ 个数 ~ '）' }}", "是甲局（12）"),
        ("空：{{ 空 }}，缺：{{ 缺 }}", "空：无，缺："),
        ('{{ "{{" }}', "{{"),
    ],
)
def it_prints_values_as_their_fields_and_filters_say(text, shown):
    assert printed(text) == shown


def it_is_blank_as_a_whole_in_a_message_where_a_value_is():
    assert printed("缺{{ 缺 }}", narrative=False, lenient=False) is None
    assert printed("空{{ 空 }}", narrative=False, lenient=False) == "空无"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 预算|大 }}", [("text-filter", 6)]),
        ("{{ 名|fixed }}", [("formula-not-number", 3)]),
        ("{{ 预算|fixed(11) }}{{ 预算|fixed('2') }}", [("formula-arguments", 6), ("formula-arguments", 24)]),
        ("{{ 日|round }}{{ 预算|date }}", [("formula-arguments", 5), ("formula-arguments", 19)]),
        ("{{ 率|yuan }}", [("formula-arguments", 5)]),
        ("{{ 预算|中文数字 }}", [("formula-arguments", 6)]),
        ("{{ 预算 * 2 }}", [("text-arithmetic", 3)]),
        ("{% if 名 %}", [("text-statement", 0)]),
        ("甲{{ 名", [("text-tag-open", 1)]),
        ("{{{ 名 }}}", [("text-braces", 0)]),
    ],
)
def it_tells_every_fault_of_a_text_where_it_is(text, told):
    assert faults(text) == told


@pytest.mark.parametrize("text", ["｛｛ 名 ｝｝", "{ 名 }", "名 }}", "{％ if 名 ％}"])
def it_tells_of_braces_that_would_print_in_a_message(text):
    assert [code for code, _ in faults(text, narrative=False)] == ["text-braces"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("52家", (52, "家")),
        ("≥95%", (95, "%")),
        ("95％以上", (95, "%")),
        ("292万余元", (2_920_000, "元")),
        ("1,234.5万元", (12_345_000, "元")),
        ("3百人", (300, "人")),
        ("2024年完成5场", (5, "场")),
        ("12", (12, "")),
        ("第3次", None),
        ("3家5人", None),
        ("无", None),
        ("9" + "。" * 200, None),
        (None, None),
    ],
)
def it_reads_the_only_amount_of_a_text(text, found):
    assert amount(text) == found
    assert (number_in(text), unit_in(text)) == (found or (None, None))


def it_shows_any_value_in_a_message():
    assert [plain(one) for one in (True, False, Decimal("2.50"), datetime.date(2024, 1, 2), "甲")] == [
        "是",
        "否",
        "2.5",
        "2024年1月2日",
        "甲",
    ]


@pytest.mark.parametrize(
    ("unit", "following", "told"),
    [
        ("%", " ％", "％"),
        ("万元", "元整", "元"),
        ("元", "万元", "万元"),
        ("亿元", "元", "元"),
        ("亿元", "亿元", ""),
        ("个", "元", ""),
    ],
)
def it_tells_what_contradicts_a_numbers_unit_behind_it(unit, following, told):
    assert contradicting(unit, following) == told
