"""Tags in running text."""

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.template.tags import find_tags, has_tags


def one(text):
    (tag,) = find_tags(text)
    return tag


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("{{ x }}", "x"),
        ("{%p if i % 2 %}", "if i % 2"),
        ('{{ {"a": {"b": 1}}.a.b }}', '{"a": {"b": 1}}.a.b'),
        ('{{ "a}}" }}', '"a}}"'),
        ('{% if x == "%}" %}', 'if x == "%}"'),
        ("{{ 资金。执行率|fixed（2） }}", "资金.执行率|fixed(2)"),
        ("{% if x ＝＝ “是” %}", 'if x == "是"'),
        ('{{ "“好”（一）" }}', '"“好”（一）"'),
        ('{{ "是” }}', '"是"'),
        ("{{ ‘a’ ，　b }}", "'a' , b"),
        ('{{ “他说"好"” }}', '"他说\\"好\\""'),
        ("{%- for x in y -%}", "for x in y"),
        ("{{r x }}", "x"),
        ("{% vm r.一级 %}", "vm r.一级"),
    ],
)
def it_reads_what_a_tag_holds(text, body):
    tag = one(text)
    assert (tag.body, tag.text, tag.closed) == (body, text, True)


def it_reads_hosts_and_whitespace_control():
    assert [tag.host for tag in find_tags("{{r a}}{%tr b %}{%tc c%}{{p d }}{{ r }}{{ p}}{{ram }}")] == [
        "r",
        "tr",
        "tc",
        "p",
        "",
        "",
        "",
    ]
    tag = one("{%- if x -%}")
    assert (tag.left, tag.right) == ("-", "-")


def it_finds_the_tags_after_one_that_is_not_closed():
    tags = list(find_tags("{{ a {{ b }} {% if c"))
    assert [(tag.body, tag.closed) for tag in tags] == [("", False), ("b", True), ("", False)]


def it_leaves_raw_text_alone():
    assert [tag.body for tag in find_tags("{% raw %}{{ x }}{% endraw %}{{ y }}")] == ["raw", "endraw", "y"]


@given(st.text(alphabet="{}%#\"'“”ab（ \\-", max_size=30))
def it_never_loses_its_way(text):
    position = 0
    for tag in find_tags(text):
        assert position <= tag.start < tag.end <= len(text)
        assert text[tag.start : tag.end] == tag.text
        position = tag.end
    assert has_tags(text) == any(True for _ in find_tags(text))


@given(st.text(alphabet="abc甲", min_size=1, max_size=8), st.text(alphabet="}%{#（“a", max_size=8))
def it_agrees_with_jinja_on_literals(name, literal):
    source = "{{ " + name + " ~ " + repr(literal) + " }}"
    tag = one(source)
    assert tag.text == source
    jinja2.Environment().compile_expression(tag.body)


@pytest.mark.parametrize("inner", ["", " ", "a", "甲.乙|f(1)", "a % b", "x[0] <= 3 ~ 甲"])
@pytest.mark.parametrize("before", ["", "'}}' ~ ", "（1） ~ ", "{1: 2} ~ ", "\u200b"])
def it_reads_plain_signs_alike_whatever_stands_before_them(before, inner):
    head = before.replace("（1）", "(1)").strip("\u200b")
    (tag,) = find_tags("{{" + before + inner + "}}")
    assert (tag.body, tag.closed) == ((head + inner).strip(), True)
