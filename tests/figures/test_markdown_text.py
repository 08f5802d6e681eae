"""Markdown as the text that a workbook or a message shows."""

import pytest

from generator.figures.markdown_text import markdown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("one line\nand another", "one line and another"),
        ("甲\n乙", "甲乙"),  # between Chinese characters a line's end is no blank
        ("*one\nline* more", "one line more"),
        ("甲  \n乙", "甲\n乙"),  # two blanks keep the break
    ],
)
def it_joins_the_lines_of_a_paragraph(typed, shown):
    assert str(markdown(typed)) == shown
