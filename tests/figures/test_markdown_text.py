"""Markdown as the text that a workbook or a message shows."""

import pytest

from generator.figures import Blank, Paragraphs
from generator.figures.markdown_text import literal, markdown


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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# 题\n\n文", "题\n文"),
        ("- 甲\n- 乙\n\n3. 丙", "• 甲\n• 乙\n3. 丙"),
        ("```\na\n  b\n```", "a\n  b"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "甲\t乙\n1\t2"),
        ("> 引", "引"),
        ("<b>甲</b>", "<b>甲</b>"),  # markup is text
    ],
)
def it_shows_blocks_as_lines(typed, shown):
    assert str(markdown(typed)) == shown


@pytest.mark.parametrize(
    "text", ["*甲*", "# 乙", "1. 丙", "- 丁", "a|b", "[x](y)", "`c` ~~d~~ & <e>", r"\*", "+ f", "=\n="]
)
def it_writes_a_text_in_which_nothing_is_a_mark(text):
    assert str(markdown(literal(text))).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def it_takes_text_alone_and_headings_of_nine_levels():
    assert str(markdown(Paragraphs(["甲", "乙"]))) == "甲\n乙"
    assert markdown(markdown("甲"), 2, "表格").level == 2
    blank = Blank("甲")
    assert markdown(blank) is blank
    assert markdown(None) is None
    assert (bool(markdown(" \n")), len(markdown("甲\n\n乙"))) == (False, 3)
    for value, level in ((3, 1), ("甲", 0), ("甲", 10), ("甲", "1")):
        with pytest.raises(TypeError):
            markdown(value, level)
