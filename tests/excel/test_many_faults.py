"""A template with many faults: every one is told, each once, and what is as unknown as the mistake is no suggestion."""

import io

import pytest
from openpyxl import Workbook

from generator import ExcelTemplate, InvalidTemplate


def template(texts: list[str]) -> ExcelTemplate:
    book = Workbook()
    assert book.active is not None
    for text in texts:
        book.active.append([text])
    file = io.BytesIO()
    book.save(file)
    return ExcelTemplate(file.getvalue())


def faults(texts: list[str], context: dict[str, object]) -> InvalidTemplate:
    with pytest.raises(InvalidTemplate) as refusal:
        template(texts).render(context)
    return refusal.value


def it_tells_each_of_many_faults_once_and_in_order():
    told = faults([f"{{{{ 金额{number} }}}}" for number in range(300)], {"名称": 1}).diagnostics
    assert [one.arguments["name"] for one in told] == [f"金额{number}" for number in range(300)]
    assert [one.location.place.zh for one in told if one.location.place] == [f"Sheet!A{row}" for row in range(1, 301)]


def it_suggests_names_that_are_there_and_none_that_is_unknown_too():
    first, second = faults(["{{ 执行数额 }}", "{{ 执行数量 }}"], {"执行数": 1}).diagnostics
    assert first.hint == second.hint == "是不是“执行数”？"


def it_suggests_what_a_loop_names():
    texts = ["{%tr for 指标项 in 指标 %}", "{{ 指标顶.名称 }}", "{%tr endfor %}"]
    (told,) = faults(texts, {"指标": [{"名称": "甲"}]}).diagnostics
    assert told.hint is not None
    assert "指标项" in told.hint
