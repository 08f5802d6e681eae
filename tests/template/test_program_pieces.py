"""Programs that are compiled in pieces print the same and fail at the same tags."""

from __future__ import annotations

from typing import Any

import pytest

from generator import WordTemplate
from generator.diagnostics import InvalidTemplate
from generator.template import codegen, program_pieces
from tests.support.words import document, paragraph, run, texts

_PARAGRAPHS = [
    "{% macro doubled(x) %}{{ x }}{{ x }}{{ 后 }}{% endmacro %}",
    "{{ a }}、{{ 后 }}、{{ a|upper }}{% set 后 = 3 %}、{{ 后 }}",
    "{% if a %}{% set b = a ~ 1 %}{{ b }}{% else %}{{ 后 }}{% endif %}{{ b }}",
    "{% for x in items %}{{ loop.index }}{{ doubled(x) }}{% set 后 = x %}{% endfor %}{{ doubled('z') }}",
    "{% set n = namespace(sum=0) %}{% for x in items %}{% set n.sum = n.sum + x %}{% endfor %}{{ n.sum }}",
    "{% set t %}[{{ a }}]{% endset %}{{ t }}{{ 5 }}{% do items %}",
]
_CONTEXT: dict[str, Any] = {"a": "甲乙", "后": 2, "items": [1, 2]}


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each statement, and each value, be a piece of its own."""
    for name, value in (("_WHOLE", 0), ("_SIZE", 1), ("_LEAST", 0)):
        monkeypatch.setattr(program_pieces, name, value)
    monkeypatch.setattr(codegen, "_VALUES", 1)


@pytest.fixture(scope="module")
def whole() -> list[str]:
    return texts(WordTemplate(_document(_PARAGRAPHS)).render(_CONTEXT))


def _document(paragraphs: list[str]) -> bytes:
    return document(*(paragraph(run(text)) for text in paragraphs))


def it_prints_the_same(whole: list[str], in_pieces: None) -> None:
    assert "甲乙、2、甲乙、3" in whole
    assert texts(WordTemplate(_document(_PARAGRAPHS)).render(_CONTEXT)) == whole


def it_names_the_tags_that_fail(in_pieces: None) -> None:
    paragraphs = ["{{ a }}{{ a }}", "{{ a.wrong }}", "{{ a }}{% if a / 2 %}{% endif %}"]
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(_document(paragraphs)).render(_CONTEXT)
    assert [str(one.arguments["tag"]) for one in caught.value.diagnostics] == ["{{ a.wrong }}", "{% if a / 2 %}"]


def it_names_the_tag_at_which_an_endless_recursion_began(in_pieces: None) -> None:
    paragraphs = ["{{ a }}", "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ a }}", "{{ a }}{{ m(1) }}", "{{ a }}"]
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(_document(paragraphs)).render(_CONTEXT)
    assert [str(one.arguments["tag"]) for one in caught.value.diagnostics] == ["{{ m(1) }}"]


def it_prints_a_large_template_as_it_stands() -> None:
    paragraphs = [f"{{{{ a }}}}-{number}{{% if a %}}!{{% endif %}}" for number in range(1_500)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program_pieces, "_WHOLE", 50_000)
        printed = texts(WordTemplate(_document(paragraphs)).render({"a": "x"}))
    assert printed == [f"x-{number}!" for number in range(1_500)]
