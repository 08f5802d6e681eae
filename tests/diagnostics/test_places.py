"""Places: one grammar, in Chinese and English, that reads back."""

import pytest

from generator.diagnostics.places import describe, parse, within

PLACES = [
    ({"part": "body", "paragraph": 12}, "正文 第12段", "body paragraph 12"),
    ({"part": "body", "table": 2, "row": 5, "column": 3}, "表2 第5行 第3列", "table 2 row 5 column 3"),
    (
        {"part": "body", "table": 2, "row": 5, "column": 3, "nested": {"table": 1, "row": 1, "column": 2}},
        "表2 第5行 第3列 表1 第1行 第2列",
        "table 2 row 5 column 3 table 1 row 1 column 2",
    ),
    ({"part": "header", "section": 1}, "页眉（第1节）", "header (section 1)"),
    ({"part": "footer", "section": 1, "kind": "first"}, "页脚（第1节 首页）", "footer (section 1 first page)"),
    ({"part": "header", "section": 2, "paragraph": 2}, "页眉（第2节） 第2段", "header (section 2) paragraph 2"),
    ({"part": "footnote", "number": 2}, "脚注2", "footnote 2"),
    ({"part": "comment", "number": 1}, "批注1", "comment 1"),
    ({"part": "textbox", "number": 1}, "文本框1", "text box 1"),
    ({"part": "property", "name": "title"}, "属性 title", "property title"),
    ({"sheet": "自评表", "cell": "G12"}, "自评表!G12", "自评表!G12"),
    ({"sheet": "自评表", "rows": "4:6"}, "自评表!4:6", "自评表!4:6"),
    ({"sheet": "自评表", "range": "A4:A6"}, "自评表!A4:A6", "自评表!A4:A6"),
    ({"sheet": "自评表"}, "工作表 自评表", "sheet 自评表"),
    ({"sheet": "自评表", "area": "header"}, "自评表 页眉", "自评表 header"),
    ({"name": "合计"}, "名称 合计", "name 合计"),
]


@pytest.mark.parametrize(("anchor", "zh", "en"), PLACES)
def it_prints_and_reads_a_place_in_both_languages(anchor, zh, en):
    assert describe(anchor) == (zh, en)
    assert parse(zh) == anchor
    assert parse(en) == anchor


@pytest.mark.parametrize("text", ["", "第3列", "somewhere", "表"])
def it_refuses_what_is_no_place(text):
    with pytest.raises(ValueError, match="not a place"):
        parse(text)


@pytest.mark.parametrize(
    ("anchor", "step", "expected"),
    [
        ({"part": "body"}, {"table": 1, "row": 2}, {"part": "body", "table": 1, "row": 2}),
        ({"part": "body", "table": 1, "row": 2}, {"column": 3}, {"part": "body", "table": 1, "row": 2, "column": 3}),
        (
            {"part": "body", "table": 1, "row": 2, "column": 3},
            {"table": 1},
            {"part": "body", "table": 1, "row": 2, "column": 3, "nested": {"table": 1}},
        ),
        (
            {"part": "body", "table": 1, "nested": {"table": 1}},
            {"row": 4},
            {"part": "body", "table": 1, "nested": {"table": 1, "row": 4}},
        ),
        (
            {"part": "body", "table": 1, "row": 2},
            {"paragraph": 5},
            {"part": "body", "table": 1, "row": 2, "paragraph": 5},
        ),
        (
            {"part": "body", "table": 1, "nested": {"table": 1}},
            {"paragraph": 5},
            {"part": "body", "table": 1, "nested": {"table": 1}, "paragraph": 5},
        ),
    ],
)
def it_steps_into_the_innermost_table(anchor, step, expected):
    before = dict(anchor)
    assert within(anchor, **step) == expected
    assert anchor == before
