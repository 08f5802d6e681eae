"""Captions within loops show their numbers, and references to them follow; looped columns beside `{% set %}` keep a grid."""

import pytest

from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.words import W, document, paragraph, root, row, table, texts
from tests.word.probes import twin_boxes


def field(code: str, shown: str = "1") -> str:
    """A field of runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    result = f"{mark.format('separate')}<w:r><w:rPr><w:b/></w:rPr><w:t>{shown}</w:t></w:r>" if shown else ""
    return f"{mark.format('begin')}<w:r><w:instrText> {code} </w:instrText></w:r>{result}{mark.format('end')}"


def marked(name: str, number: int, inner: str) -> str:
    """A bookmark around content."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def printed(*blocks: str, **context: object) -> bytes:
    made = document(*blocks)
    content = WordTemplate(made).render(context)
    assert not ooxml.new_findings(made, content)
    return content


LOOP, END = paragraph("{%p for x in xs %}"), paragraph("{%p endfor %}")


def it_numbers_the_captions_of_a_loop():
    content = printed(
        paragraph("表", field("SEQ 表 \\* ARABIC", "1")),
        LOOP,
        paragraph("图", field("SEQ 图 \\* ARABIC"), " {{ x }}"),
        paragraph("表", field("SEQ 表", "2")),
        END,
        paragraph("图", '<w:fldSimple w:instr=" SEQ 图 "><w:r><w:t>2</w:t></w:r></w:fldSimple>'),
        xs=["甲", "乙"],
    )
    assert texts(content) == ["表1", "图1 甲", "表2", "图2 乙", "表3", "图3"]
    assert len(list(root(content).iter(f"{W}b"))) == 5


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SEQ 图", ["1", "2", "3"]),
        ("SEQ 图 \\* ROMAN \\* MERGEFORMAT", ["I", "II", "III"]),
        ("SEQ 图 \\* CHINESENUM3", ["一", "二", "三"]),
        ("SEQ 图 \\n", ["1", "2", "3"]),
        ("SEQ 图 \\r 5", ["5", "5", "5"]),
        ("SEQ 图 \\c", ["0", "0", "0"]),
        ("SEQ 图 \\s 1", ["1", "1", "1"]),
        ("SEQ 图 \\s 2", ["1", "1", "1"]),
    ],
)
def it_follows_the_switches(code, expected):
    heading = paragraph("{{ x }}", properties='<w:pStyle w:val="Heading1"/>')
    content = printed(LOOP, heading, paragraph(field(code, "9")), END, xs=[1, 2, 3])
    assert texts(content)[1::2] == expected


def it_leaves_numbering_by_a_level_that_does_not_come():
    heading = paragraph("{{ x }}", properties='<w:pStyle w:val="Heading2"/>')
    content = printed(LOOP, heading, paragraph(field("SEQ 图 \\s 1")), END, xs=[1, 2])
    assert texts(content) == ["1", "1", "2", "2"]


@pytest.mark.parametrize("code", ["SEQ 图 书签", "SEQ 图 \\* DBCHAR", "SEQ 图 \\x"])
def it_marks_what_word_must_compute(code):
    content = printed(LOOP, paragraph(field(code, "7")), END, xs=[1, 2])
    assert texts(content) == ["7", "7"]
    begins = [
        one.get(f"{W}dirty") for one in root(content).iter(f"{W}fldChar") if one.get(f"{W}fldCharType") == "begin"
    ]
    assert begins == ["true", "true"]


def it_lets_references_follow():
    caption = paragraph(marked("_Ref1", 1, "<w:r><w:t>图</w:t></w:r>" + field("SEQ 图")), " {{ x }}")
    content = printed(LOOP, paragraph("见", field("REF _Ref1 \\h", "图1")), caption, END, xs=["甲", "乙"])
    assert texts(content) == ["见图1", "图1 甲", "见图2", "图2 乙"]


def it_changes_nothing_where_the_numbers_are_right():
    content = printed(paragraph("{% if x %}是{% endif %}"), paragraph(field("SEQ 图")), x=1)
    assert texts(content) == ["是", "1"]
    assert b"generator-grid" not in words.members(content)["word/document.xml"]


def it_keeps_the_grid_of_looped_columns_beside_a_set():
    grid = table(
        row("{% set 数 = 1 %}项", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"),
        row("额", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"),
        columns=4,
    )
    content = printed(grid, paragraph("{{ 数 }}"), xs=[1, 2, 3, 4, 5])
    assert len(list(root(content).iter(f"{W}gridCol"))) == 6
    assert texts(content)[-1] == "1"
    assert b"<?generator" not in words.members(content)["word/document.xml"]


NUMBERED = '<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"STYLEREF 1 \s", ["1", "2"]),
        (r'STYLEREF "标题 1" \s', ["1", "2"]),
        (r"STYLEREF 1 \n", ["1", "2"]),
        (r'STYLEREF "heading 1"', ["甲", "乙"]),
        (r"STYLEREF 1 \* MERGEFORMAT", ["甲", "乙"]),
    ],
)
def it_lets_captions_name_their_chapter(code, shown):
    caption = paragraph("表", field(code, "9"), "-", field("SEQ 表 \\* ARABIC \\s 1"))
    content = printed(LOOP, paragraph("{{ x }}", properties=NUMBERED), caption, caption, END, xs=["甲", "乙"])
    expected = [f"表{chapter}-{number}" for chapter in shown for number in (1, 2)]
    assert [text for text in texts(content) if text.startswith("表")] == expected


def it_lets_references_follow_captions_that_name_their_chapter():
    number = field(r"STYLEREF 1 \s", "9") + "<w:r><w:t>-</w:t></w:r>" + field("SEQ 表 \\s 1")
    caption = paragraph(marked("_Ref1", 1, number))
    heading = paragraph("{{ x }}", properties=NUMBERED)
    content = printed(LOOP, heading, paragraph("见", field("REF _Ref1 \\h", "9-9")), caption, END, xs=["甲", "乙"])
    assert [text for text in texts(content) if text.startswith("见")] == ["见1-1", "见2-1"]


@pytest.mark.parametrize("switch", [r"\r", r"\n", r"\w", r"\n \t"])
def it_lets_references_to_numbers_of_paragraphs_follow(switch):
    heading = paragraph(marked("_Ref1", 1, "<w:r><w:t>{{ x }}</w:t></w:r>"), properties=NUMBERED)
    content = printed(LOOP, paragraph("见", field(rf"REF _Ref1 {switch} \h", "9")), heading, END, xs=["甲", "乙"])
    assert texts(content) == ["见1", "甲", "见2", "乙"]


def it_shows_what_word_shows_of_a_heading_without_number():
    heading = paragraph("{{ x }}", properties='<w:pStyle w:val="Heading1"/>')
    content = printed(LOOP, heading, paragraph(field(r"STYLEREF 1 \s", "9")), END, xs=["甲"])
    assert texts(content) == ["甲", "0"]


@pytest.mark.parametrize("code", [r"STYLEREF 没有 \s", r"STYLEREF 1 \p", r"STYLEREF 1 \* Upper"])
def it_marks_references_to_styles_that_word_must_compute(code):
    heading = paragraph("{{ x }}", properties='<w:pStyle w:val="Heading1"/>')
    content = printed(LOOP, heading, paragraph(field(code, "7")), END, xs=[1])
    assert texts(content) == ["1", "7"]
    assert root(content).find(f".//{W}fldChar").get(f"{W}dirty") == "true"


BEGIN, FINISH = '<w:bookmarkStart w:id="3" w:name="M"/>', '<w:bookmarkEnd w:id="3"/>'
IF = paragraph("{%p if x %}")


@pytest.mark.parametrize(
    ("blocks", "context", "kept"),
    [
        ((IF, paragraph("内", BEGIN), paragraph("{%p endif %}"), paragraph("后", FINISH)), {"x": 0}, []),
        ((IF, paragraph("内", BEGIN), paragraph("{%p endif %}"), paragraph("后", FINISH)), {"x": 1}, ["Start", "End"]),
        (
            (paragraph("前", BEGIN), IF, paragraph("内", FINISH), paragraph("{%p endif %}")),
            {"x": 0},
            ["Start", "End"],
        ),
        (
            (IF, paragraph("甲", BEGIN), paragraph("{%p else %}"), paragraph("乙", FINISH), paragraph("{%p endif %}")),
            {"x": 1},
            ["Start", "End"],
        ),
        (
            (LOOP, paragraph("内", BEGIN), END, paragraph("后", FINISH)),
            {"xs": [1, 2]},
            ["Start", "Start", "End", "End"],
        ),
    ],
)
def it_keeps_bookmarks_whole_of_which_a_block_printed_one_half(blocks, context, kept):
    content = printed(*blocks, **context)
    marks = [str(one.tag).removeprefix(f"{W}bookmark") for one in root(content).iter() if "}bookmark" in str(one.tag)]
    assert marks == kept


NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTES = {"footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>注{{ x }}</w:t></w:r></w:p></w:footnote>'}


@pytest.mark.parametrize(
    ("code", "section", "shown"),
    [
        (r"NOTEREF _Ref1 \h", "", ["1", "2"]),
        (r"NOTEREF _Ref1 \f", '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>', ["①", "②"]),
        (r"NOTEREF _Ref1 \p", "", ["9", "9"]),
        (r"NOTEREF _Ref1", '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>', ["9", "9"]),
    ],
)
def it_lets_references_to_notes_follow(code, section, shown):
    made = document(
        LOOP,
        paragraph("{{ x }}", marked("_Ref1", 1, NOTE)),
        paragraph("见", field(code, "9")),
        END,
        paragraph("尾", properties=f"<w:sectPr>{section}</w:sectPr>"),
        parts=NOTES,
    )
    content = WordTemplate(made).render({"xs": ["甲", "乙"]})
    assert texts(content)[1:4:2] == [f"见{number}" for number in shown]
    assert (b'w:dirty="true"' in words.members(content)["word/document.xml"]) == (shown == ["9", "9"])


def it_shows_the_same_number_in_a_drawing_that_stands_twice():
    box = twin_boxes(paragraph("图", field("SEQ 图", "9")))
    content = printed(LOOP, paragraph(box), END, xs=[1, 2])
    assert [text for text in texts(content) if text] == ["图1", "图1", "图2", "图2"]
