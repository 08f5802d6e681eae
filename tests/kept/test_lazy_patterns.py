"""Patterns that are compiled when first used."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kept.lazy_patterns import lazy

PATTERNS = [r"\d+", r"(?P<a>x)|y", r"[一-龥]\Z", r"(?m)^\s*"]


@given(st.sampled_from(PATTERNS), st.text("xy1 中\n"))
def it_finds_what_the_pattern_finds(pattern, text):
    one, other = lazy(pattern), re.compile(pattern)
    assert [found.span() for found in one.finditer(text)] == [found.span() for found in other.finditer(text)]
    assert one.sub("-", text) == other.sub("-", text)
    assert one.findall(text) == other.findall(text)
    assert bool(one.match(text)) == bool(other.match(text))
    assert one.split(text) == other.split(text)


def it_takes_flags_and_bytes():
    assert lazy(rb"a.b", re.S).fullmatch(b"a\nb")
    assert lazy("A", re.I).pattern == "A"


def it_compiles_at_first_use_only(monkeypatch):
    pattern = lazy("(")
    with pytest.raises(re.error):
        pattern.match("x")
    with pytest.raises(AttributeError):
        pattern.nothing  # type: ignore[attr-defined]  # noqa: B018
