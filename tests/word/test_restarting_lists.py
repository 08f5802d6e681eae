"""Numbered lists within loops begin anew for each item; what numbers headings goes on."""

from itertools import groupby

import pytest

from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import printed
from tests.support.words import W, document, paragraph

GROUPS = {"gs": [{"n": n, "xs": [f"{n}1", f"{n}2"]} for n in "ab"]}
STYLED = '<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
HEADED = '<w:p><w:pPr><w:pStyle w:val="ListNumber"/><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'


def loop(tag: str, *blocks: str) -> str:
    return "".join((paragraph(f"{{%p for {tag} %}}"), *blocks, paragraph("{%p endfor %}")))


def lists(content: bytes) -> list[list[str]]:
    """The texts of numbered paragraphs, those of one numbering in one list; each further one begins at its start."""
    found = []
    for one in words.root(content).iter(f"{W}p"):
        number, style = one.find(f"{W}pPr/{W}numPr/{W}numId"), one.find(f"{W}pPr/{W}pStyle")
        if number is not None or style is not None:
            identity = "of the style" if number is None else number.get(f"{W}val")
            found.append((identity, "".join(node.text or "" for node in one.iter(f"{W}t"))))
    starts = {
        item.get(f"{W}numId"): [start.get(f"{W}val") for start in item.iter(f"{W}startOverride")]
        for item in words.root(content, "word/numbering.xml").iter(f"{W}num")
    }
    grouped = [(identity, [text for _, text in group]) for identity, group in groupby(found, lambda one: one[0])]
    for identity, _ in grouped[1:]:
        assert starts[identity]
        assert set(starts[identity]) == {"1"}
    return [texts for _, texts in grouped]


def render(*blocks: str, **context: object) -> bytes:
    made = document(*blocks)
    content = WordTemplate(made).render(context or GROUPS)
    assert not ooxml.new_findings(made, content)
    return content


def it_begins_a_list_anew_for_each_item_of_the_loop_around_it():
    assert lists(printed("list_restart")) == [["a1", "a2"], ["b1", "b2"]]


def it_leaves_a_level_below_a_numbered_item_to_word():
    assert len(lists(printed("list_nested"))) == 1


def it_keeps_a_list_of_one_loop_together():
    assert lists(render(loop("g in gs", STYLED.format("{{ g.n }}")))) == [["a", "b"]]


def it_numbers_by_the_paragraph_what_a_style_numbers():
    content = render(loop("g in gs", paragraph("组"), loop("x in g.xs", STYLED.format("{{ x }}"))))
    assert lists(content) == [["a1", "a2"], ["b1", "b2"]]


def it_begins_a_list_of_fixed_points_anew_under_the_head_of_each_item():
    points = (STYLED.format("一{{ g.n }}"), STYLED.format("二{{ g.n }}"))
    assert lists(render(loop("g in gs", paragraph("{{ g.n }}"), *points))) == [["一a", "二a"], ["一b", "二b"]]
    assert lists(render(loop("g in gs", *points))) == [["一a", "二a", "一b", "二b"]]


def it_begins_a_list_anew_that_has_fixed_points_and_a_loop():
    blocks = (STYLED.format("总 {{ g.n }}"), loop("x in g.xs", STYLED.format("{{ x }}")))
    assert lists(render(loop("g in gs", *blocks))) == [["总 a", "a1", "a2"], ["总 b", "b1", "b2"]]


def it_lets_a_list_go_on_that_has_paragraphs_outside_of_the_loop():
    content = render(STYLED.format("总则"), loop("g in gs", loop("x in g.xs", STYLED.format("{{ x }}"))))
    assert lists(content) == [["总则", "a1", "a2", "b1", "b2"]]


def it_never_begins_headings_anew():
    content = render(loop("g in gs", paragraph("组"), loop("x in g.xs", HEADED.format("{{ x }}"))))
    assert lists(content) == [["a1", "a2", "b1", "b2"]]


@pytest.mark.parametrize("groups", [[], [[]], [[], ["b1"], [], ["d1"]]])
def it_begins_with_the_first_paragraph_that_is_printed(groups):
    blocks = loop("g in gs", loop("x in g", STYLED.format("{{ x }}")))
    assert lists(render(blocks, gs=groups)) == [group for group in groups if group]


def it_begins_anew_in_each_loop_around_it():
    blocks = loop("g in gs", loop("h in g", paragraph("组"), loop("x in h", STYLED.format("{{ x }}"))))
    assert lists(render(blocks, gs=[[["1"], ["2", "3"]], [["4"]]])) == [["1"], ["2", "3"], ["4"]]
