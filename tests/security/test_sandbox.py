"""What a template tries in order to get out: attributes by every way there is, formats, functions of the engine's own, the machine's clock,
addresses in memory. Each ends with a finding at its tag; none prints a thing."""

import datetime
from decimal import Decimal

import docxtpl
import pytest

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph, texts

CONTEXT = {
    "x": "甲",
    "n": 3,
    "f": 1.5,
    "d": Decimal("2.50"),
    "xs": [3, 1, 2],
    "m": {"a": 1, "items": 5},
    "rows": [{"a": 1, "b": "乙"}, {"a": 2, "b": "丙"}],
    "day": datetime.date(2020, 1, 2),
    "then": datetime.datetime(2020, 1, 2, 3, 4, tzinfo=datetime.UTC),
}
ATTRIBUTES = """
{{ x.__class__ }}
{{ x['__class__'] }}
{{ x|attr('__class__') }}
{{ x|attr('__cla' ~ 'ss__') }}
{{ '__class__'|default(x)|attr('__class__') }}
{% set c = '__class__' %}{{ x[c] }}
{{ xs|map(attribute='__class__.__base__.__subclasses__')|list }}
{{ rows|groupby('__class__')|list }}
{{ rows|sort(attribute='__class__')|list }}
{{ rows|sum(attribute='__class__') }}
{{ rows|selectattr('__class__')|list }}
{{ rows|rejectattr('a.__class__')|list }}
{{ rows|max(attribute='__class__') }}
{{ rows|join(',', attribute='__class__') }}
{{ (rows|groupby('a'))[0]._asdict() }}
{{ (rows|groupby('a'))[0]|attr('_fields') }}
{{ '{0.__class__}'.format(x) }}
{{ '{a.__class__}'.format_map({'a': x}) }}
{{ ('{0.__class__}'|safe).format(x) }}
{{ ('{0.__class__}'|attr('format'))(x) }}
{{ (['{0.__class__}']|map('attr', 'format')|first)(x) }}
{{ (['{0.__class__}']|map(attribute='format')|first)(x) }}
{{ cycler('{0.__class__}'.format).next()(x) }}
{{ namespace(f='{0.__class__}'.format).f(x) }}
{{ {'f': '{0.__class__}'.format}.f(x) }}
{% macro m(f) %}{{ f(x) }}{% endmacro %}{{ m('{0.__class__}'.format) }}
{{ x.upper.__self__ }}
{{ x|attr('upper')|attr('__self__') }}
{{ joiner.__init__.__globals__ }}
{{ cycler('a').__init__ }}
{{ self.__dict__ }}
{{ self._TemplateReference__context }}
{% macro m() %}{% endmacro %}{{ m._environment }}
{% macro m() %}{% endmacro %}{{ m._func }}
{% for r in rows %}{{ loop._iterable }}{% endfor %}
{% for r in rows recursive %}{{ loop.__call__ }}{% endfor %}
{% for r in rows %}{{ loop.cycle.__func__ }}{% endfor %}
{{ d.__reduce__() }}
{{ d.scaleb(999999) }}
{{ n.to_bytes(100000000, 'big') }}
{{ x.encode('idna') }}
{{ f.__class__.fromhex('0x1') }}
{{ xs.append(1) }}
{{ m.update({'a': 2}) }}
{{ m.clear() }}
{{ day.today() }}
{{ day.fromtimestamp(0) }}
{{ then.now() }}
{{ then.utcnow() }}
{{ then.timestamp() }}
{{ then.astimezone() }}
{{ day|attr('today') }}
{{ [day]|map(attribute='today')|first }}
{{ day.strftime('%s') }}
{{ then.strftime('%Y%-s') }}
{{ ([day]|map(attribute='strftime')|first)('%s') }}
{{ '{:%s}'.format(day) }}
{{ '{0[day]:{1}}'.format({'day': day}, '%s') }}
""".strip().split("\n")
WORDLESS = """
{% filter map('upper') %}a{% endfilter %}
{% filter select %}a{% endfilter %}
{{ x.upper }}
{{ [x.upper]|string }}
{{ x.upper|upper }}
{{ x.upper|e }}
{{ x.upper|center(90) }}
{{ x.upper|replace('a', 'b') }}
{{ x.upper ~ '' }}
{{ '%s' % x.upper }}
{{ '%s'|format(x.upper) }}
{{ '{}'.format([x.upper]) }}
{{ {'a': x.upper}|pprint }}
{{ {'a': x.upper}|xmlattr }}
{{ [x.upper]|join }}
{{ [x.upper]|map('string')|list }}
{{ {'a': x.upper}.values() }}
{{ [namespace()] }}
{{ namespace(a=1) }}
{% macro a() %}{% endmacro %}{{ a }}
{% macro a() %}{% endmacro %}{{ [a]|string }}
{% for r in rows %}{{ [loop]|string }}{% endfor %}
{{ self }}
{{ cycler('a')|string }}
{{ [joiner(',')]|string }}
{{ ['{}'.format]|string }}
{{ '{0.upper}'.format(x) }}
{{ ('{0.upper}'|safe).format(x) }}
{{ '{a.upper}'.format_map({'a': x}) }}
{{ [rows|map(attribute='a')]|string }}
""".strip().split("\n")
NO_NUMBER = """
{{ 1e999 }}
{{ -1e999 }}
{{ 1e999 - 1e999 }}
{{ [1e999]|sum }}
{{ 'inf'|float }}
{{ 'nan'|float }}
{{ 1e308 * 10 }}
{{ (-8) ** 0.5 }}
{{ [(-8) ** 0.5] }}
""".strip().split("\n")
TOO_LARGE = """
{{ 10**5000 }}
{{ (10**400)|float }}
{{ 10**400 * 1.0 }}
{{ 10**400 / 3 }}
{{ 1e999|int + ('inf'|float)|int }}
{{ (10**400)|filesizeformat }}
{{ '%c' % 1114112 }}
""".strip().split("\n")


def told(template: str, kind: str) -> list[tuple[str, str]]:
    """The codes and words of what a template is refused for."""
    written = template.replace("&", "&amp;").replace("<", "&lt;")
    made = WordTemplate(document(paragraph(written))) if kind == "word" else ExcelTemplate(one_cell(template))
    with pytest.raises(InvalidTemplate) as caught:
        made.render(CONTEXT)
    for finding in caught.value.diagnostics:
        assert finding.location.place is not None
    return [(finding.code, finding.text.zh) for finding in caught.value.diagnostics]


@pytest.mark.parametrize("kind", ["word", "excel"])
@pytest.mark.parametrize("template", ATTRIBUTES)
def it_reads_nothing_behind_a_value(template, kind):
    assert {code for code, _ in told(template, kind)} <= {"template-unsafe", "template-undefined-item"}


@pytest.mark.parametrize("kind", ["word", "excel"])
@pytest.mark.parametrize("template", WORDLESS)
def it_prints_no_address_in_memory(template, kind):
    ((code, words),) = told(template, kind)
    assert code == "template-not-printable"
    assert " at 0x" not in words.lower()


@pytest.mark.parametrize("kind", ["word", "excel"])
@pytest.mark.parametrize("template", NO_NUMBER)
def it_prints_nothing_that_is_no_number(template, kind):
    assert [code for code, _ in told(template, kind)] in (["template-not-finite"], ["excel-not-finite"])


@pytest.mark.parametrize("kind", ["word", "excel"])
@pytest.mark.parametrize("template", TOO_LARGE)
def it_says_that_a_number_is_too_large(template, kind):
    ((code, words),) = told(template, kind)
    assert code == "template-failed"
    assert "数字太大" in words


def it_prints_a_long_number_in_full_and_compares_with_an_endless_one():
    made = WordTemplate(document(paragraph("{{ 10**400 }}|{{ n &lt; 1e999 }}")))
    assert texts(made.render(CONTEXT)) == [f"1{'0' * 400}|True"]


@pytest.mark.parametrize(
    ("template", "code", "words"),
    [
        ("{% set m.a = 2 %}", "template-failed", "“m”不是 namespace"),
        ("{{ xs|map('nosuch')|list }}", "template-failed", "没有“nosuch”这个过滤器"),
        ("{{ xs|select('nosuch')|list }}", "template-failed", "没有“nosuch”这个判断"),
        ("{{ [nosuch] }}", "template-undefined", "nosuch"),
        ("{{ x|truncate(2) }}", "template-failed", "长度 2 比省略的记号（3 个字符）还短"),
        ("{{ x|truncate(9, leeway=-1) }}", "template-failed", "leeway 不能是 -1"),
        ("{{ ['a']|map('attr', '__class__')|list }}", "template-unsafe", "__class__"),
    ],
)
def it_says_what_is_wrong_in_words(template, code, words):
    ((found, said),) = told(template, "word")
    assert found == code
    assert words in said


def it_is_what_docxtpl_runs(tmp_path):
    """The same tags reach the machine there: a program is run, the clock is read, a function's address is printed."""
    escape = "{{ cycler.__init__.__globals__.os.popen('echo out').read() }}|{{ day.today() }}|{{ x.upper }}"
    (tmp_path / "a.docx").write_bytes(document(paragraph(escape)))
    made = docxtpl.DocxTemplate(tmp_path / "a.docx")
    made.render(CONTEXT, autoescape=True)
    made.save(tmp_path / "b.docx")
    ran, today, address = texts((tmp_path / "b.docx").read_bytes())[0].split("|")
    assert ran.strip() == "out"
    assert today > "2026"
    assert " at 0x" in address
