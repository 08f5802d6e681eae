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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("创建**“四好”**商会", "创建“四好”商会"),
        ("完成**【待填：完成数】**个", "完成【待填：完成数】个"),
        ("达到**98%**以上", "达到98%以上"),
        ("~~（旧）~~新", "（旧）新"),
        ("甲 ** 乙 ** 丙", "甲 ** 乙 ** 丙"),  # beside blanks they are no marks
        ("a**(b)**c", "a**(b)**c"),  # as in CommonMark
    ],
)
def it_reads_marks_beside_chinese_punctuation(typed, shown):
    assert str(markdown(typed)) == shown
