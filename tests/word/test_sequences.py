"""Captions within loops show their numbers, and references to them follow; looped columns beside `{% set %}` keep a grid."""

import pytest

from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.words import W, document, paragraph, root, row, table, texts


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
