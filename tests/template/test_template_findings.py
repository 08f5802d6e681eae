"""A golden case for every finding of what both engines read alike: the template, and what is told of it in both languages and as JSON. A code that both raise is shown in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from docxtpl import RichText

from generator.diagnostics import Diagnostic
from generator.figures import Figure, printing_a_report
from generator.ooxml.limits import Limits, within
from tests.support.golden import check_every_code
from tests.support.told import CASES, Cells, changed, check_case, check_place, in_excel, in_word, saved, workbook
from tests.support.words import document, paragraph


def both(text: str, context: Cells | None = None) -> tuple[Diagnostic, ...]:
    """What each engine tells of a tag in its second paragraph, and in a cell."""
    return (*in_word("正文。", text, context=context), *in_excel({"B2": text}, context))


def of_report() -> tuple[Diagnostic, ...]:
    with printing_a_report():
        return both("{{ 行 }}{{ 行[0] }}{{ 甲 == 3 }}{{ '共' ~ 行 }}{{ 行|join }}", {"行": [{"名": "甲"}], "甲": 3})


def linked(content: bytes, target: str) -> bytes:
    """A document whose first paragraph is a link with that target."""
    relation = (
        '<Relationship Id="rIdLink" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        f' Target="{target}" TargetMode="External"/></Relationships>'
    )
    content = changed(content, "word/_rels/document.xml.rels", "</Relationships>", relation)
    opening = '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdLink">'
    link = opening + "<w:r><w:t>乙</w:t></w:r></w:hyperlink></w:p></w:body>"
    return changed(content, "word/document.xml", "</w:body>", link)


def hurried(make: Callable[[], tuple[Diagnostic, ...]], turns: int = 10**9) -> tuple[Diagnostic, ...]:
    """With limits that a test can wait for."""
    with within(Limits(seconds=0.2, turns=turns)):
        return make()


ENDLESS = "{% for i in n %}{% for j in n %}{% for k in n %}{% endfor %}{% endfor %}{% endfor %}"
FUNDS = {"资金": {"年初预算数": Decimal(161), "全年执行数": Decimal("161.4")}}

TEMPLATE: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "template-tag-unclosed": lambda: both("{{ 单位.名称"),
    "template-tag-empty": lambda: both("共{{ }}个项目"),
    "template-name-reserved": lambda: both("{{ __合计 }}"),
    "template-syntax": lambda: (
        *both("{{ 单位 名称 }}"),
        *in_word(
            "{% if 年度 = 2020 %}是{% endif %}", "{{ 资金. }}", "{{ 数 + }}", "{{ 数|}}", "{{ (数) (甲 }}", "{{ 甲 § }}"
        ),
        *in_word("{% for 项 指标 %}{% endfor %}"),
        *in_excel({"A1": "{% colspan %}甲"}),
    ),
    "template-unknown-statement": lambda: both("{% fro 项 in 指标 %}"),
    "template-unsupported-statement": lambda: (
        *both("{% include '页眉.docx' %}"),
        *in_excel({"A1": "{% block 甲 %}乙{% endblock %}"}),
    ),
    "template-unclosed-block": lambda: (
        *both("{% if 得分 >= 90 %}优"),
        *in_excel({"A1": "{%tr for 项 in 指标 %}", "A2": "{{ 项.名称 }}"}),
    ),
    "template-unexpected-end": lambda: (*both("优{% endif %}"), *in_excel({"A1": "{%tr endfor %}"})),
    "template-unknown-filter": lambda: both("{{ 金额|大些 }}"),
    "template-unknown-test": lambda: both("{% if 金额 is 没写 %}无{% endif %}"),
    "template-undefined": lambda: both("{{ 单为 }}", {"单位": "某局"}),
    "template-undefined-item": lambda: (
        *both("{{ 资金.全年执行 }}", FUNDS),
        *in_word("{{ 指标.名称 }}", context={"指标": [{"名称": "产出"}]}),
    ),
    "template-figure-arithmetic": lambda: both(
        "{{ 金额 * 10000 }}{{ 金额|round(1) }}", {"金额": Figure(Decimal("161.4"))}
    ),
    "template-unprintable": of_report,
    "template-unsafe": lambda: both("{{ ''.__class__.__mro__ }}"),
    "template-failed": lambda: (
        *both("{{ 预算 // 0 }}", {"预算": 1}),
        *in_word("{{ '甲' < 1 }}".replace("<", "&lt;"), "{{ '甲' + 1 }}", "{{ '甲'|fixed }}", "{{ '甲'|日期 }}"),
    ),
    "template-not-a-list": lambda: both("{% for 项 in 指标 %}{{ 项 }}{% endfor %}", {"指标": 5}),
    "template-too-slow": lambda: hurried(lambda: both(ENDLESS, {"n": list(range(3000))})),
    "template-unsafe-link": lambda: in_word(
        content=linked(document(paragraph("甲")), "{{ 网址 }}"), context={"网址": "javascript:alert(1)"}
    ),
    "template-context-value": lambda: (
        *in_word("{{ 单位 }}", context={"单位": "甲", "资金": {"表": [Path("x")]}}),
        *in_excel({"A1": "{{ 单位 }}"}, {"单位": "甲", "算": print}),
    ),
    "template-field-argument": lambda: in_word(
        content=document('<w:p><w:fldSimple w:instr=" SEQ 表{{ 名 }} "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'),
        context={"名": "一 \\r 9"},
    ),
    "template-too-many-turns": lambda: hurried(lambda: both(ENDLESS, {"n": list(range(3000))}), turns=1000),
    "template-too-complex": lambda: (
        *both("{{ " + "(" * 40 + "单位" + ")" * 40 + " }}"),
        *in_word("{% for 甲 in 乙 %}" * 20 + "{% endfor %}" * 20),
        *in_word("{% set n = namespace(s=1) %}{% for i in range(200) %}{% set n.s = [n.s] %}{% endfor %}"),
    ),
    "template-not-printable": lambda: both("{{ 单位.upper }}{{ 单位|map('upper') }}", {"单位": "甲"}),
    "template-object-in-list": lambda: both("{{ 单位 }}", {"单位": ["甲", RichText("乙")]}),
    "template-not-finite": lambda: in_word("{{ 率 }}", context={"率": float("nan")}),
    "template-too-large": lambda: both("{{ '甲' * 10 ** 9 }}"),
    "template-too-deep": lambda: both("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
    "template-wrong-kind": lambda: in_word(content=saved(workbook({"A1": 1}))),
}
# What concerns a file or a render as a whole.
WHOLE = {
    "template-wrong-kind",
    "template-context-value",
    "template-too-slow",
    "template-too-many-turns",
    "template-too-complex",
    "template-too-large",
}


@pytest.mark.parametrize("code", TEMPLATE)
def it_says_what_is_wrong(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    check_case(
        code, list(TEMPLATE[code]()), CASES / "template" / code, bool(request.config.getoption("--update-golden"))
    )


@pytest.mark.parametrize("code", sorted({*TEMPLATE} - WHOLE))
def it_names_place_and_tag(code: str) -> None:
    check_place(CASES / "template" / code, False)


def it_has_a_case_for_every_code():
    check_every_code(TEMPLATE, "template")
