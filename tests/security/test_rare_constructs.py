"""Statements, blocks and objects of Jinja that few templates have: each works or is refused at its tag, and nothing tells of
Python's insides: no address in memory, no class, no function of Jinja's."""

import datetime
import io
import re
from decimal import Decimal

import openpyxl
import pytest

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.word import WordTemplate
from tests.support.words import document, paragraph, texts

CONTEXT = {
    "x": "甲",
    "n": 3,
    "d": Decimal("2.50"),
    "xs": [3, 1, 2],
    "m": {"a": 1, "items": 5},
    "rows": [{"a": 1, "c": [{"a": 2, "c": []}]}, {"a": 2, "c": []}],
    "day": datetime.date(2020, 1, 2),
    "e": [],
}
INSIDES = re.compile(
    r"0x[0-9a-f]{4}|object at|<class|<function|jinja2|datetime\.|Decimal\(|dict_|range\(0|[A-Z]\w+Error|Undefined|positional|do_\w+\(|__"
)
MACRO = "{% macro m(a) %}[{{ a }}{{ caller() if caller is defined }}]{% endmacro %}"

WORKS = {
    "{% block a %}x{% endblock %}{{ self.a() }}": "xx",
    "{% block a %}x{% endblock %}{{ self.a()|length }}": "x1",
    "{% macro q() %}{% block a %}x{{ x }}{% endblock %}{% endmacro %}{{ q() }}": "x甲",
    "{% set s %}{% block a %}x{{ x }}{% endblock %}{% endset %}{{ s }}": "x甲",
    "{% for r in xs %}{% block a scoped %}{{ r }}{% endblock %}{% endfor %}": "312",
    MACRO + "{% call m(1) %}z{% endcall %}{{ m(2) }}": "[1z][2]",
    "{% macro m(a) %}{{ caller(5) }}{{ varargs }}{{ kwargs }}{% endmacro %}{% call(q) m(1, 2, z=3) %}{{ q }}{% endcall %}": (
        "5(2,){'z': 3}"
    ),
    "{% filter upper|replace('A', 'B') %}abc{% endfilter %}": "BBC",
    "{% set s | upper %}abc{{ x }}{% endset %}{{ s }}": "ABC甲",
    "{% for r in xs %}{{ loop.cycle('a', 'b') }}{{ loop.changed(r) }}{{ loop.previtem|default('-') }}{% endfor %}": (
        "aTrue-bTrue3aTrue1"
    ),
    "{% for r in rows recursive %}{{ r.a }}({{ loop(r.c) }}){% endfor %}": "1(2())2()",
    "{% set ns = namespace(a=1) %}{% set ns.b = 2 %}{{ ns.a }}{{ ns.b }}": "12",
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}{{ c.next() }}": "abb",
    "{% set j = joiner('、') %}{% for r in xs %}{{ j() }}{{ r }}{% endfor %}": "3、1、2",
    "{% with a=1 %}{{ a }}{% endwith %}": "1",
    "{% do x.upper() %}": "",
    "{{ rows|map(attribute='a')|join }}{{ xs|map('fixed', 1)|join(',') }}": "123.0,1.0,2.0",
    "{{ rows|groupby('a')|first }}": "(1, [{'a': 1, 'c': [{'a': 2, 'c': []}]}])",
    "{{ xs|pprint }}{{ m|pprint }}{{ x|pprint }}": "[3, 1, 2]{'a': 1, 'items': 5}'甲'",
    "{{ {'a': d}|xmlattr|length }}": "9",
    "{{ [d, day]|join(' ') }}{{ '%s %s'|format(d, day) }}{{ '%s' % d }}": "2.50 2020-01-022.50 2020-01-022.50",
    "{{ m.keys()|list }}{{ range(3)|list }}{{ day.isocalendar()[1] }}": "['a', 'items'][0, 1, 2]1",
    "{{ '%r %r' % (x, n) }}": "'甲' 3",
}

REFUSED = {
    "{{ self.b() }}": ("template-undefined-item", "模板自己"),
    "{{ self }}": ("template-not-printable", "模板自己"),
    "{% block a %}{{ self.a() }}{% endblock %}": ("template-too-deep", "无休止"),
    "{% block a %}{{ super() }}{% endblock %}": ("template-undefined", "super"),
    "{% block a required %}{% endblock %}": ("template-failed", "不合这里的要求"),
    "{% block a %}x{% endblock %}{% block a %}y{% endblock %}": ("template-syntax", "“a”这个 block 已经有了"),
    "{% macro m(a, a) %}x{% endmacro %}": ("template-syntax", "参数“a”写了两次"),
    "{% macro m(caller) %}x{% endmacro %}": ("template-syntax", "“caller”不能当宏的参数"),
    "{% for loop in xs %}x{% endfor %}": ("template-syntax", "“loop”是循环自己的名称"),
    "{% for a, loop in rows %}x{% endfor %}": ("template-syntax", "“loop”是循环自己的名称"),
    "{{ xs[1:2, 3] }}": ("template-syntax", "方括号里只能写一段"),
    "{% set true = 1 %}": ("template-syntax", "不能给它赋值"),
    "{% call x %}{% endcall %}": ("template-syntax", "call 后面要写一个宏"),
    "{% macro m(a) %}x{% endmacro %}{% call m(1) %}z{% endcall %}": ("template-failed", "没有 caller()"),
    "{% macro m(a) %}x{% endmacro %}{{ m(1, 2) }}": ("template-failed", "参数的个数"),
    "{% macro m(a) %}x{% endmacro %}{{ m(b=1) }}": ("template-failed", "参数名不对"),
    "{% macro m(a) %}x{% endmacro %}{{ [m] }}": ("template-not-printable", "宏"),
    "{% for r in xs %}{{ loop }}{% endfor %}": ("template-not-printable", "循环变量"),
    "{% for r in xs %}{{ loop(xs) }}{% endfor %}": ("template-failed", "没有写 recursive"),
    "{% for r in rows recursive %}{{ loop() }}{% endfor %}": ("template-failed", "参数的个数"),
    "{% for r in xs %}{{ loop.cycle() }}{% endfor %}": ("template-failed", "至少要有一个值"),
    "{% set ns = namespace([1, 2]) %}": ("template-failed", "不合这里的要求"),
    "{{ namespace() }}": ("template-not-printable", "namespace"),
    "{{ cycler('a') }}": ("template-not-printable", "cycler"),
    "{{ joiner() }}": ("template-not-printable", "joiner"),
    "{% include 'a' %}": ("template-unsupported-statement", "include"),
    "{% from 'a' import b %}": ("template-unsupported-statement", "import"),
    "{% extends 'a' %}": ("template-unsupported-statement", "extends"),
    "{% trans %}": ("template-unknown-statement", "trans"),
    "{% debug %}": ("template-unknown-statement", "debug"),
    "{{ lipsum() }}": ("template-undefined", "lipsum"),
    "{{ xs|map('upper') }}": ("template-not-printable", "没有取完的一串值"),
    "{{ xs|map('round', 2, 3, 4)|list }}": ("template-failed", "参数的个数"),
    "{{ xs|map(attribute='a', nix=1)|list }}": ("template-failed", "参数名不对"),
    "{{ rows|groupby }}": ("template-failed", "参数的个数"),
    "{{ xs|xmlattr }}": ("template-failed", "要一个记录"),
    "{{ xs|reverse }}": ("template-not-printable", "没有取完的一串值"),
    "{{ range(3) }}": ("template-not-printable", "没有取完的一串值"),
    "{{ m.keys() }}": ("template-not-printable", "没有取完的一串值"),
    "{{ [m.values()] }}": ("template-not-printable", "没有取完的一串值"),
    "{{ [d] }}": ("template-object-in-list", "数字"),
    "{{ {'a': day} }}": ("template-object-in-list", "日期"),
    "{{ [day]|string }}": ("template-object-in-list", "日期"),
    "{{ d|pprint }}": ("template-object-in-list", "数字"),
    "{{ '%r' % d }}": ("template-object-in-list", "数字"),
    "{{ '%(a)r'|format(a=day) }}": ("template-object-in-list", "日期"),
    "{{ '{!r}'.format(day) }}": ("template-object-in-list", "日期"),
    "{{ d.as_tuple() }}": ("template-not-printable", "列表"),
    "{{ day.timetuple() }}": ("template-not-printable", "列表"),
    "{{ [1 if false] }}": ("template-not-printable", "没有的值"),
    "{{ e|first }}": ("template-failed", "列表是空的"),
    "{{ x.upper(1) }}": ("template-failed", "参数的个数"),
    "{{ x.center('a') }}": ("template-failed", "要整数，不能是文字"),
    "{{ range(1.5) }}": ("template-failed", "要整数，不能是小数"),
    "{{ ''.join(xs) }}": ("template-failed", "只能连接文字，里面有数字"),
    "{{ '%d'|format(x) }}": ("template-failed", "格式写得不对"),
    "{{ '%s %s'|format(1) }}": ("template-failed", "个数不一样"),
    "{{ n in n }}": ("template-failed", "不能在数字里找东西"),
    "{{ {xs: 1} }}": ("template-failed", "列表不能当键"),
    "{{ xs[::0] }}": ("template-failed", "步长不能是零"),
    "{{ day.replace(month=13) }}": ("template-failed", "没有这样的日期"),
    "{{ xs.index(9) }}": ("template-failed", "没有要找的内容"),
    "{{ x|round }}": ("template-failed", "文字不能取整"),
    "{{ x|trim(5) }}": ("template-failed", "不合这里的要求"),
    "{{ x|int(0, 99)|abs('a') }}": ("template-failed", "参数的个数"),
}


@pytest.mark.parametrize(("text", "printed"), WORKS.items())
def it_prints_what_few_templates_have(text, printed):
    assert texts(WordTemplate(document(paragraph(text))).render(CONTEXT)) == [printed]


@pytest.mark.parametrize(("text", "told"), REFUSED.items())
def it_refuses_at_the_tag_what_cannot_be_printed(text, told):
    code, words = told
    with pytest.raises(InvalidTemplate) as raised:
        WordTemplate(document(paragraph(text))).render(CONTEXT)
    found = raised.value.diagnostics[0]
    _without_insides(found, [text])
    assert found.code == code
    assert words in found.message
    assert found.location.place is not None


def _without_insides(found, texts):
    for words in (found.text.zh, found.text.en):
        for text in texts:
            words = words.replace(text, "")
        assert not INSIDES.search(words)


@pytest.mark.parametrize("compiles", [False, True])
def it_tells_nothing_of_pythons_insides_in_a_workbook(compiles):
    """All texts in the cells of one sheet: those that cannot be compiled, and those that fail as they run."""
    texts = [
        text
        for text, (code, _) in REFUSED.items()
        if ("syntax" in code or "statement" in code) != compiles and "block" not in text
    ]
    book = openpyxl.Workbook()
    for text in texts:
        book.active.append([text])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(InvalidTemplate) as raised:
        ExcelTemplate(stream.getvalue()).render(CONTEXT)
    assert len(raised.value.diagnostics) >= len(texts)
    for found in raised.value.diagnostics:
        _without_insides(found, texts)


def it_keeps_the_words_of_a_callers_own_filter():
    from jinja2 import Environment

    environment = Environment()
    environment.filters["单位"] = _unit
    with pytest.raises(InvalidTemplate) as raised:
        WordTemplate(document(paragraph("{{ x|单位 }}")), environment=environment).render(CONTEXT)
    assert "ValueError: 没有这个单位" in str(raised.value)


def _unit(value):
    raise ValueError(f"没有这个单位：{value}")
