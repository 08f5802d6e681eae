"""Whatever a file holds, reading it gives its values or findings about it, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Invalid
from generator.source import read_source
from tests.support.examples import examples

PIECES = st.sampled_from(
    [
        "资金", "合计", "a", "1", "5%", ": ", ":", "：", "，", ", ", "- ", "-", "\n", "\n  ", "\n    ", "\n\t", "\n　", " #", "# ",
        '"', "'", "“", "”", "{", "}", "{{ ", " }}", "{% ", "[", "]", "|\n  ", ">\n  ", "&x ", "*x", "!t ", "<<", "---\n", "...\n",
        "? ", "@", "%", "`", "\\", "\x00", "\x85", "\u2028", "\ufeff", "🙂", "//", "/*", "null", "NaN", "01", "\\ud800",
    ]
)  # fmt: skip


def findings(data: bytes, name: str) -> tuple:
    try:
        read_source(data, name, mapping=False)
    except Invalid as invalid:
        return invalid.diagnostics or pytest.fail("nothing was found")
    return ()


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.yaml", "a.json", ""]))
@examples(400)
def it_never_fails_otherwise(text, name):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in findings(text.encode(), name):
        where = finding.location
        assert finding.hint_text
        if where.line is not None:
            assert where.column is not None
            assert 1 <= where.line <= len(lines)
            assert 1 <= where.column <= len(lines[where.line - 1]) + 1


@given(st.binary(max_size=60))
@examples(200)
def it_takes_any_bytes(data):
    findings(data, "a.yaml")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "[" * 100_000),
        ("a.json", "[" * 100_000),
        ("a.yaml", "{a: " * 100_000),
        ("a.yaml", "".join(f"{'  ' * level}a:\n" for level in range(300))),
        ("a.yaml", "甲: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(f"k{n}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12))),
        ("a.yaml", "a: 1\n" * 20_000),
        ("a.yaml", "：" * 200_000),
        ("a.yaml", "a：1\n" * 20_000),
        ("a.yaml", "- " * 50_000),
        ("a.yaml", "甲: \"" + "一" * 400_000 + "\"\n"),
        ("a.yaml", "甲: " + "一 #" * 100_000),
        ("a.yaml", "\x01" * 100_000),
        ("a.json", '{"a": "' + "一" * 400_000 + '"}'),
        ("a.json", '{"a": 1 ' + '"b": 2 ' * 20_000),
    ],
    ids=lambda value: value[:12].strip() or "blank",
)  # fmt: skip
def it_refuses_what_is_too_much(name, text):  # quadratic time would show: each takes a fraction of a second
    assert findings(text.encode(), name)
