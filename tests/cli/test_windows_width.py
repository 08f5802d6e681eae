"""The source line under a finding, in windows of any width: the caret stands under the place, no line wraps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.console import columns, diagnostic_text
from generator.diagnostics import Location
from generator.diagnostics.catalogue import diagnostic


def excerpt(line: str, column: int) -> tuple[str, str]:
    where = Location(file="a.yaml", line=3, column=column, excerpt=line)
    shown = diagnostic_text(diagnostic("value-not-number", where, label="甲", text="乙"), "zh").split("\n")
    return shown[1], shown[2]


CHARACTERS = st.lists(st.sampled_from(["字", "a", "e\u0301", "，", "😀", "１"]), min_size=1, max_size=200).map("".join)


@pytest.mark.parametrize("width", [24, 40, 80, 200])
@given(line=CHARACTERS, share=st.floats(0, 1))
def it_puts_the_caret_under_the_character_within_the_window(width, line, share):
    column = 1 + int(share * (len(line) - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        source, caret = excerpt(line, column)
    assert columns(source) <= width
    assert columns(caret) <= width
    at = columns(caret) - 1
    left, position = 0, 0
    while left < at or (position < len(source) and not columns(source[position])):
        left += columns(source[position])
        position += 1
    assert left == at
    if columns(line[column - 1]):
        assert source[position] == line[column - 1]


def it_shows_long_lines_in_a_pipe_as_ever(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    source, caret = excerpt("字" * 300, 200)
    assert source.count("字") == 96
    assert source[5:].strip("| ").startswith("…")
    assert columns(caret) - 1 == columns(source[: source.index("…") + 1]) + 48 * 2
