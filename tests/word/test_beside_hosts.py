"""What stands beside `{%p %}`, `{%tr %}`, `{%tc %}` and `{{p }}`: printed for each item, kept, or refused with its place."""

import pytest

from generator.lint import lint_template
from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import CASES, context_of, printed, refused, template_of, told
from tests.support.words import W, cell, document, paragraph, row, run, table

PAGE = '<w:r><w:br w:type="page"/></w:r>'
SECTION = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def texts(*blocks: str, **context: object) -> list[str]:
    content = WordTemplate(document(*blocks)).render(context)
    assert not ooxml.new_findings(document(*blocks), content)
    return words.texts(content)


def body(*blocks: str, **context: object):
    return words.root(WordTemplate(document(*blocks)).render(context))[0]


def breaks(*blocks: str, **context: object) -> int:
    return len(list(body(*blocks, **context).iter(f"{W}br")))


def it_prints_a_paragraph_for_each_item_of_its_own_loop():
    assert words.texts(printed("p_both_same_par")) == ["before", "1;", "2;", "3;", "after"]
    assert WordTemplate(template_of("p_both_same_par")).variables() == {"xs[]"}


@pytest.mark.parametrize("xs", [[], ["甲"], ["甲", "乙"]])
def it_prints_a_row_for_each_item_of_its_own_loop(xs):
    lines = [row("头", "头"), row("{%tr for x in xs %}{{ x }}", "价 {{ x }}{%tr endfor %}")]
    found = texts(table(*lines, columns=2), "<w:p/>", xs=xs)
    assert found == ["头", "头", *(text for x in xs for text in (x, f"价 {x}")), ""]


def it_prints_a_row_under_its_own_condition_and_loop():
    line = row("{%tr for x in xs %}{%tr if x > 1 %}", "{{ x }}", "{%tr endif %}{%tr endfor %}")
    assert texts(table(line, columns=3), "<w:p/>", xs=[1, 2, 3]) == ["", "2", "", "", "3", "", ""]


def it_prints_a_cell_for_each_item_of_its_own_loop():
    line = row("头", "{%tc for x in xs %}{{ x }}{%tc endfor %}")
    assert texts(table(line, columns=2), "<w:p/>", xs=[1, 2]) == ["头", "1", "2", ""]


def it_still_lifts_the_tags_of_a_host_that_holds_nothing_else():
    blocks = [paragraph(text) for text in ("{%p for x in xs %}{%p if x %}", "{{ x }}", "{%p endif %}{%p endfor %}")]
    assert texts(*blocks, xs=[0, 1, 2]) == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("注：{%p if ok %}", "注："),
        ("{%p if ok %}重要", "重要"),
        ("{{ name }}{%p if ok %}", "{{ name }}"),
        ("前{%p if ok %}x{%p endif %}", "前x"),
        ("{%p set a = 1 %}甲", "甲"),
        ("{#p 说明 #}正文", "正文"),
        ("前{{p ok }}后", "前后"),
    ],
)
def it_refuses_text_beside_the_tag_of_a_paragraph(text, lost):
    blocks = [paragraph("正文"), paragraph(text)]
    if "endif" not in text and "if" in text:
        blocks.append(paragraph("{%p endif %}"))
    found = told(document(*blocks), {"ok": True, "name": "N"})
    assert [(one.code, str(one.location.place and one.location.place.zh)) for one in found] == [
        ("word-beside-host", "正文 第2段")
    ]
    assert lost in found[0].text.zh


def it_names_every_host_that_loses_something():
    assert refused(template_of("p_text_beside"), context_of("p_text_beside")) == [
        ("word-beside-host", "正文 第1段"),
        ("word-beside-host", "正文 第3段"),
    ]
    findings = lint_template(CASES / "p_text_beside.docx")
    assert [one.code for one in findings] == ["word-beside-host"] * 2


@pytest.mark.parametrize(
    "other",
    [
        "备注",
        "{{ name }}",
        "{% cellbg 'FFFF00' %}",
        cell(paragraph(PAGE)),
        cell(paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>')),
        cell(table(row("内"), columns=1) + paragraph("")),
    ],
)
def it_refuses_content_beside_the_tag_of_a_row(other):
    rows = [row("{%tr for x in xs %}", other), row("{{ x }}", ""), row("{%tr endfor %}", "")]
    assert refused(document(table(*rows, columns=2)), {"xs": [1], "name": "N"}) == [
        ("word-beside-host", "表1 第1行 第1列")
    ]


def it_refuses_content_beside_the_tag_of_a_cell():
    line = row("{%tc for x in xs %}头", "{{ x }}", "{%tc endfor %}")
    assert refused(document(table(line, columns=3)), {"xs": [1]}) == [("word-beside-host", "表1 第1行 第1列")]


def it_refuses_equations_symbols_and_links_beside_a_tag():
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'
    for extra in (
        math,
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        f"<w:hyperlink>{run('链接')}</w:hyperlink>",
    ):
        block = f"<w:p>{run('{%p if ok %}')}{extra}</w:p>"
        assert refused(document(block, paragraph("{%p endif %}")), {"ok": 1}) == [("word-beside-host", "正文 第1段")]


def it_keeps_a_section_behind_the_tag_that_shares_its_paragraph():
    content = printed("sect_in_endfor")
    sizes = words.root(content).iterfind(f".//{W}sectPr/{W}pgSz")
    assert [size.get(f"{W}orient") for size in sizes] == [None, "landscape", None]


def it_ends_a_section_for_each_item_where_it_stands_within_the_loop():
    begin = f"<w:p><w:pPr>{SECTION}</w:pPr>{run('{%p for x in xs %}')}</w:p>"
    blocks = (begin, paragraph("{{ x }}"), paragraph("{%p endfor %}"))
    assert len(list(body(*blocks, xs=[1, 2]).iter(f"{W}sectPr"))) == 3


def it_ends_a_section_once_behind_a_paragraph_with_its_own_loop():
    block = f"<w:p><w:pPr>{SECTION}</w:pPr>{run('{%p for x in xs %}{{ x }}{%p endfor %}')}</w:p>"
    assert len(list(body(block, paragraph("尾"), xs=[1, 2, 3]).iter(f"{W}sectPr"))) == 2


def it_keeps_page_breaks_at_their_side_of_the_tag():
    end = paragraph("{%p endfor %}")
    before = f"<w:p>{PAGE}{run('{%p for x in xs %}')}</w:p>"
    behind = f"<w:p>{run('{%p for x in xs %}')}{PAGE}</w:p>"
    assert breaks(before, paragraph("{{ x }}"), end, xs=[1, 2, 3]) == 1
    assert breaks(behind, paragraph("{{ x }}"), end, xs=[1, 2, 3]) == 3
    same_run = '<w:p><w:r><w:t>{%p endfor %}</w:t><w:br w:type="page"/></w:r></w:p>'
    assert breaks(paragraph("{%p for x in xs %}"), paragraph("{{ x }}"), same_run, xs=[1, 2, 3]) == 1


@pytest.mark.parametrize("ok", [1, 0])
def it_keeps_a_drawing_in_front_of_the_tag(ok):
    content = printed("image_in_host", ok=ok)
    assert len(list(words.root(content).iter(f"{W}drawing"))) == 1
    assert [text for text in words.texts(content) if text] == (["yes"] if ok else [])


def it_keeps_fields_and_bookmarks_whole_that_end_beside_a_tag():
    field = FIELD.format("begin") + "<w:r><w:instrText> TOC </w:instrText></w:r>" + FIELD.format("separate")
    mark = '<w:bookmarkStart w:id="3" w:name="书签"/>'
    blocks = (
        f"<w:p>{mark}{field}{run('目录')}</w:p>",
        f'<w:p>{run("{%p if ok %}")}{FIELD.format("end")}<w:bookmarkEnd w:id="3"/></w:p>',
        paragraph("{%p endif %}"),
    )
    made = body(*blocks, ok=1)
    assert len(list(made.iter(f"{W}fldChar"))) == 3
    assert len(list(made.iter(f"{W}bookmarkEnd"))) == len(list(made.iter(f"{W}bookmarkStart"))) == 1


@pytest.mark.parametrize("ok", [1, 0])
def it_lets_a_field_end_before_a_block_and_begin_behind_it(ok):
    begin = FIELD.format("begin") + "<w:r><w:instrText> TOC </w:instrText></w:r>" + FIELD.format("separate")
    blocks = (
        f"<w:p>{begin}{run('目录')}</w:p>",
        f"<w:p>{run('{%p if ok %}')}{FIELD.format('end')}</w:p>",
        paragraph("内"),
        f"<w:p>{begin}{run('{%p endif %}')}</w:p>",
        f"<w:p>{run('目录')}{FIELD.format('end')}</w:p>",
    )
    made = body(*blocks, ok=ok)
    marks = [mark.get(f"{W}fldCharType") for mark in made.iter(f"{W}fldChar")]
    assert len(list(made.iter(f"{W}instrText"))) == 2
    assert marks == ["begin", "separate", "end"] * 2


def merges(content: bytes) -> list[tuple[str, str]]:
    found = []
    for one in words.root(content).iter(f"{W}tc"):
        merge = one.find(f"{W}tcPr/{W}vMerge")
        text = "".join(node.text or "" for node in one.iter(f"{W}t"))
        found.append((text, "" if merge is None else merge.get(f"{W}val", "continue")))
    return found


def it_prints_the_label_of_a_merged_cell_in_the_first_row_that_follows():
    assert merges(printed("tr_label_beside")) == [("项目", "restart"), ("1", ""), ("", "continue"), ("2", "")]
    assert merges(printed("tr_label_beside", xs=[1])) == [("项目", "restart"), ("1", "")]


def it_prints_a_label_once_for_each_turn_of_an_outer_loop():
    label, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        row("{%tr for g in gs %}", ""),
        row(cell("{{ g.n }}", label), "{%tr for x in g.xs %}"),
        row(cell("<w:p/>", below), "{{ x }}"),
        row(cell("<w:p/>", below), "{%tr endfor %}"),
        row(cell("<w:p/>", below), "小计"),
        row("{%tr endfor %}", ""),
    ]
    gs = [{"n": "甲", "xs": [1, 2]}, {"n": "乙", "xs": []}]
    content = WordTemplate(document(table(*rows, columns=2))).render({"gs": gs})
    first = [("甲", "restart"), ("1", ""), ("", "continue"), ("2", ""), ("", "continue"), ("小计", "")]
    assert merges(content) == [*first, ("乙", "restart"), ("小计", "")]


def it_refuses_the_label_of_a_merge_that_no_row_continues():
    rows = [
        row(cell("项目", '<w:vMerge w:val="restart"/>'), "{%tr for x in xs %}"),
        row("另", "{{ x }}"),
        row("", "{%tr endfor %}"),
    ]
    assert refused(document(table(*rows, columns=2)), {"xs": [1]}) == [("word-beside-host", "表1 第1行 第2列")]


def it_refuses_the_row_of_the_bureau_and_prints_its_label():
    found = told(template_of("word_content_lost"), {"列": []})
    assert [one.code for one in found] == ["word-beside-host"]
    assert "备注文字" in found[0].text.zh
