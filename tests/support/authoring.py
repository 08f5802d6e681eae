"""Templates as authors write them, one fault or feature each: `tests/cases/word-authoring/NAME.docx` with its context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, InvalidTemplate
from generator.word import WordTemplate
from tests.support import words

CASES = Path(__file__).parents[1] / "cases" / "word-authoring"


def template_of(name: str) -> bytes:
    """The template of a case."""
    return (CASES / f"{name}.docx").read_bytes()


def context_of(name: str) -> dict[str, Any]:
    """The context of a case."""
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def printed(name: str, **context: Any) -> bytes:
    """The document of a case, each of its XML parts parsed."""
    content = WordTemplate(template_of(name)).render(context or context_of(name))
    for member in words.members(content):
        if member.endswith((".xml", ".rels")):
            words.root(content, member)
    return content


def refused(template: bytes, context: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """Code and place of everything that is wrong with a template."""
    return [(one.code, str(one.location.place.zh if one.location.place else "")) for one in told(template, context)]


def told(template: bytes, context: dict[str, Any] | None = None) -> tuple[Diagnostic, ...]:
    """What a template is refused for; the context may hold objects that raise."""
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(template).render(context or {}, trusted=True)
    return caught.value.diagnostics
