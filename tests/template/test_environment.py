"""The Jinja environment: what a template may and may not do, and what it prints."""

import datetime
from decimal import Decimal
from xml.sax.saxutils import escape

import jinja2
import pytest
from jinja2.exceptions import SecurityError

from generator.figures import Blank, Figure, FigureArithmetic
from generator.ooxml.limits import Limits
from generator.template.budget import Budget, LimitExceeded
from generator.template.environment import DraftMissing, make_environment
from generator.template.fault_frames import fault_line
from generator.template.jinja_program import compile_program
from generator.template.output import Output


def text(value, line):
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def output(**more):
    return Output(lambda value, line: text(value, line).encode(), text, **more)


def printed(source, context=None, environment=None):
    program = compile_program(environment or make_environment(), source)
    return b"".join(program.chunks(context or {}, output())).decode()


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ [1].append(2) }}",
        "{{ d.update(a=1) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ d|attr('__class__') }}",
        "{{ '{0.__class__}'.format(d) }}",
        "{{ d['__class__'] }}",
    ],
)
def it_keeps_templates_in_the_sandbox(source):
    with pytest.raises((SecurityError, jinja2.TemplateError)):
        printed(source, {"d": {}})


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'x' * 10**9 }}",
        "{{ 10**(10**10) }}",
        "{{ 'a'|center(10**9) }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%1000000000d'|format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:{}}'.format(1, 1000000000) }}",
        "{{ [0]|batch(1000000000, 'x')|list }}",
        "{{ ('x' * 1000000).replace('x', 'x' * 1000000) }}",
        "{{ ('x' * 1000000)|replace('x', 'x' * 1000000) }}",
        "{{ (['x' * 1000000] * 1000)|join }}",
        "{% set n = namespace(x='xx') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='xx') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    ],
)
def it_limits_what_a_template_builds(source):
    with pytest.raises(LimitExceeded):
        printed(source)


def it_ends_a_render_at_its_deadline():
    program = compile_program(
        make_environment(), "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}"
    )
    with pytest.raises(LimitExceeded):
        list(program.chunks({}, output(budget=Budget(Limits(seconds=0.0)))))


def it_looks_dict_keys_up_before_attributes():
    assert printed("{{ r.items }}{{ r.a.keys }}", {"r": {"items": 1, "a": {"keys": 2}}}) == "12"
    assert printed("{% for k, v in r.items() %}{{ k }}{{ v }}{% endfor %}", {"r": {"a": 1}}) == "a1"


def it_refuses_arithmetic_on_figures_and_compares_them():
    context = {"r": Figure(Decimal("0.9"), "%")}
    assert printed("{{ r >= 0.9 }} {{ r }}", context) == "True 90%"
    for source in ("{{ r * 100 }}", "{{ 1 + r }}", "{{ r / 2 }}", "{{ -r }}", "{{ 2 - r }}"):
        with pytest.raises(FigureArithmetic):
            printed(source, context)


def it_prints_blanks_as_their_wording_and_walks_through_them():
    context = {"b": Blank("x", "标签", "无")}
    assert (
        printed("{{ b }}{{ b.path }}{{ b.c.d }}{% for x in b %}y{% endfor %}{% if b %}z{% endif %}", context)
        == "无无无"
    )


def it_prints_nothing_for_undefined_names_only_if_asked():
    assert printed("[{{ a.b.c }}]", environment=make_environment("empty")) == "[]"
    with pytest.raises(jinja2.UndefinedError):
        printed("[{{ a }}]")
    with pytest.raises(ValueError, match="strict"):
        make_environment("loose")  # type: ignore[arg-type]


def it_names_what_is_missing_in_a_draft():
    program = compile_program(make_environment(), "{{ a.b.c }}{% for x in y.z %}{{ x }}{% endfor %}")
    seen = []
    out = Output(lambda value, line: seen.append(value.path) or b"", text)
    list(program.within(make_environment().overlay(undefined=DraftMissing)).chunks({}, out))
    assert seen == ["a.b.c"]


def it_takes_filters_tests_and_globals_of_a_callers_environment():
    own = jinja2.Environment()
    own.filters["twice"] = lambda value: value * 2
    own.tests["big"] = lambda value: value > 9
    own.globals["unit"] = "万元"
    environment = make_environment(environment=own)
    assert printed("{{ 'ab'|twice }}{{ 10 is big }}{{ unit }}{{ '<' }}", environment=environment) == "ababTrue万元&lt;"


def it_prints_figures_amounts_numbers_and_dates():
    context = {"m": Figure(Decimal("161.4"), "万元"), "d": datetime.date(2021, 3, 5)}
    assert printed("{{ m|fixed(2) }} {{ m|元 }} {{ m|大写 }}", context) == "161.40 1614000 壹佰陆拾壹万肆仟元整"
    assert (
        printed("{{ d|日期 }} {{ d|日期('%Y.%m') }} {{ 12|中文数字 }} {{ ' a '|trim }}", context)
        == "2021年3月5日 2021.03 十二 a"
    )


def it_finds_the_line_of_the_tag_that_failed():
    source = "<a>{{\n x }}</a>{% for i in [0] %}{{\n x }}{{\n 1 // i }}{% endfor %}"
    with pytest.raises(ZeroDivisionError) as caught:
        printed(source, {"x": 1})
    assert fault_line(caught.value) == 4


def it_records_every_fault_in_a_second_run():
    source = "{{\n a }}{% for x in\n b %}{{ x }}{% endfor %}{% if\n c > 1 %}{% endif %}{{\n 'fine' }}"
    program = compile_program(make_environment(), source).recording()
    faults = []
    printed = b"".join(program.chunks({}, output(recorder=lambda fault, line: faults.append(line))))
    assert printed == b"fine"
    assert faults == [2, 3, 4]


def it_yields_the_same_text_as_jinja():
    source = (
        "{% macro cell(x) %}<c>{{ x }}</c>{% endmacro %}{% set title %}[{{ name }}]{% endset %}{{ title }}"
        "{% for r in rows recursive %}{{ loop.index }}%{{ cell(r.v) }}{% if r.kids %}{{ loop(r.kids) }}{% endif %}"
        "{% else %}none{% endfor %}{% filter upper %}{{ name }}{% endfilter %}{% with y = 1 %}{{ y }}{% endwith %}"
        "{% call cell(1) %}{% endcall %}"
        * 0
        + "{{ name ~ '&' }}{{ {'a': 1}.a }}{{ rows|map(attribute='v')|join('、') }}"
    )
    context = {"name": "甲<乙", "rows": [{"v": 1, "kids": [{"v": "&", "kids": []}]}, {"v": 2, "kids": []}]}
    assert printed(source, context) == jinja2.Environment(autoescape=True).from_string(source).render(context)


def it_tells_in_a_loop_where_it_is():
    source = "{% for x in xs %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{{ loop.length }}/{{ loop.revindex0 }} {% endfor %}"
    assert printed(source, {"xs": "ab"}) == "1TrueFalse2/1 2FalseTrue2/0 "
    assert printed("{% for x in xs %}{{ loop.cycle('a', 'b') }}{% endfor %}", {"xs": "abc"}) == "aba"
    with pytest.raises(jinja2.exceptions.SecurityError):
        printed("{% for x in xs %}{{ loop.__class__ }}{% endfor %}", {"xs": "ab"})


def it_calls_functions_of_an_engine_at_once_and_counts_what_they_make():
    @jinja2.pass_context
    def asked(context, value):
        assert context.output is not None
        return value * 2

    environment = make_environment()
    environment.globals["__asked"] = asked
    source = "{% for x in xs %}{{ __asked(x) }}{% endfor %}"
    assert printed(source, {"xs": ["a", "b"]}, environment) == "aabb"
    environment.own_functions = {asked: True}
    assert printed(source, {"xs": ["a", "b"]}, environment) == "aabb"
    program = compile_program(environment, source)
    with pytest.raises(LimitExceeded):
        list(program.chunks({"xs": ["a" * 60]}, output(budget=Budget(Limits(characters=100)))))
