"""What a template captures and filters is text before it is markup; whatever fails has its place."""

import pytest

from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import context_of, printed, refused, template_of, told
from tests.support.words import document, paragraph, run


def texts(*blocks: str, **context: object) -> list[str]:
    template = document(*blocks)
    content = WordTemplate(template).render(context)
    assert not ooxml.new_findings(template, content)
    return words.texts(content)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("filter_upper_amp", ["ABC R&D"]),
        ("filter_p", ["ONE AB"]),
        ("filter_title_paras", ["One A<B", "Two end"]),
        ("set_len", ["3 True aandb"]),
        ("items_shadow", ["a=1;items=2;"]),
    ],
)
def it_works_on_the_text_before_it_is_escaped(name, expected):
    assert words.texts(printed(name)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% filter length %}{{ x }}{% endfilter %}", "3"),
        ("{% filter replace('&amp;', '和')|upper %}{{ x }}{% endfilter %}", "A和B"),
        ("{% filter escape %}{{ x }}{% endfilter %}", "a&b"),
        ("{% set s | upper %}{{ x }}&lt;{% endset %}{{ s }}{{ s|length }}", "A&B<4"),
        ("{% set s %}{{ x }}{% endset %}{% set t %}[{{ s }}]{% endset %}{{ t }}{{ t|length }}", "[a&b]5"),
        (
            "{% macro m(v) %}{{ v }}&amp;{% endmacro %}{{ m(x) }}{{ m(x)|length }}{{ m(x) == 'a&amp;b&amp;' }}",
            "a&b&4True",
        ),
        (
            "{% macro m() %}[{{ caller() }}|{{ caller()|length }}]{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
            "[a&b|3]",
        ),
        ("{% set s %}{{ x }}{% endset %}{{ s ~ '&lt;' }}{{ '%s' % s }}", "a&b<a&b"),
        ("{% for n in xs recursive %}{{ n.v }}{{ loop(n.c) if n.c }}{% endfor %}", "1<2&"),
    ],
)
def it_captures_text(text, expected):
    xs = [{"v": "1<", "c": [{"v": "2&", "c": []}]}]
    assert texts(paragraph(text), x="a&b", xs=xs) == [expected]


def it_keeps_breaks_of_values_in_what_it_captures_and_filters():
    assert texts(paragraph("{% set s %}{{ x }}{% endset %}{{ s }}|{{ s|length }}"), x="a\nb") == ["a\nb|3"]
    assert texts(paragraph("{% filter upper %}{{ x }}{% endfilter %}"), x="a\nb\t&") == ["A\nB\t&"]


def it_keeps_words_in_their_runs_when_a_filter_changes_them():
    block = paragraph(run("{% filter title %}al", "<w:b/>"), run("pha be", "<w:i/>"), run("ta{% endfilter %}"))
    content = WordTemplate(document(block)).render({})
    found = [node.text for node in words.root(content).iter(f"{words.W}t")]
    assert found == ["Al", "pha Be", "ta"]
    shorter = paragraph(
        run("{% filter replace('pha', '') %}al", "<w:b/>"), run("pha be", "<w:i/>"), run("ta{% endfilter %}")
    )
    content = WordTemplate(document(shorter)).render({})
    assert [node.text for node in words.root(content).iter(f"{words.W}t") if node.text] == ["al", " be", "ta"]


def it_prints_captured_paragraphs_with_their_format():
    blocks = ("{%p set s %}", "甲{{ x }}", "{%p endset %}", "{{p s }}", "{{ s|length }}")
    assert texts(*(paragraph(block) for block in blocks), x="&") == ["甲&", "2"]


def it_fits_what_a_call_prints_to_where_it_stands():
    macro = ("{%p macro m() %}", "[{{ caller() }}]", "{%p endmacro %}")
    assert texts(*map(paragraph, (*macro, "前{% call m() %}x{% endcall %}后"))) == ["前", "[x]", "后"]
    lifted = ("{%p call m() %}", "乙", "{%p endcall %}")
    assert texts(*map(paragraph, ("{%p macro m() %}", "甲", "{{p caller() }}", "{%p endmacro %}", *lifted))) == [
        "甲",
        "乙",
    ]


@pytest.mark.parametrize("name", ["e_unpack_dict", "e_unpack_list", "e_filter_block"])
def it_tells_the_place_of_a_fault(name):
    assert refused(template_of(name), context_of(name)) == [("template-failed", "正文 第1段")]


def stopping():
    yield 1
    raise RuntimeError("线路断了")


class Broken:
    def __str__(self) -> str:
        raise OSError("读不到")


@pytest.mark.parametrize(
    "text",
    [
        "{% do f() %}",
        "{% with a = 1 // zero %}{{ a }}{% endwith %}",
        "{% with a, b = xs %}{{ a }}{% endwith %}",
        "{% set a, b = xs %}{{ a }}",
        "{% set a, b = 5 %}{{ a }}",
        "{% for a, (b, c) in pairs %}{{ b }}{% endfor %}",
        "{% for x in broken() %}{{ x }}{% endfor %}",
        "{% for x in broken() %}{{ loop.length }}{% endfor %}",
        "{% filter fixed %}甲{% endfilter %}",
        "{% set s | fixed %}甲{% endset %}{{ s }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% call m() %}{% endcall %}",
        "{% macro m() %}{{ 1 // zero }}{% endmacro %}{{ m() }}",
        "{{ thing }}",
        "{% if broken()|list %}甲{% endif %}",
        "{% set n = 1 %}{% set n.x = 2 %}",
    ],
)
def it_tells_the_place_of_whatever_an_expression_or_statement_raises(text):
    def fail():
        raise RuntimeError("坏了")

    context = {"f": fail, "zero": 0, "xs": [1, 2, 3], "pairs": [(1, 2)], "broken": stopping, "thing": Broken()}
    found = told(document(paragraph("正文"), paragraph(text)), context)
    assert [str(one.location.place and one.location.place.zh) for one in found][:1] == ["正文 第2段"]
    assert {one.code for one in found} <= {"template-failed", "template-not-a-list"}


def it_tells_every_faulty_statement_at_once():
    blocks = [
        "{% do f() %}",
        "{% for a, b in xs %}{% endfor %}",
        "{% filter fixed %}甲{% endfilter %}",
        "{{ 1 // zero }}",
    ]
    places = [place for _, place in refused(document(*map(paragraph, blocks)), {"f": 1, "xs": [1], "zero": 0})]
    assert places == [f"正文 第{number}段" for number in range(1, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ d.items }}", "2"),
        ("{{ d.get('a') }}", "1"),
        ("{% for k in d.keys() %}{{ k }}{% endfor %}", "aitems"),
        ("{{ d.values()|list|length }}", "2"),
    ],
)
def it_reads_the_key_and_calls_the_method(text, expected):
    assert texts(paragraph(text), d={"a": 1, "items": 2}) == [expected]
