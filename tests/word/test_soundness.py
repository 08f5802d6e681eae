"""Documents are well-formed by construction, and checked once more before they leave."""

import pytest

from generator.diagnostics import InvalidTemplate
from generator.word import WordTemplate
from generator.word.run import value_xml
from generator.word.run.last_check import UnsoundPart
from tests.support import ooxml, words
from tests.support.authoring import context_of, printed, refused, template_of
from tests.support.words import W, cell, document, paragraph, row, run, table

BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def texts(*blocks: str, **context: object) -> list[str]:
    template = document(*blocks)
    content = WordTemplate(template).render(context)
    assert not ooxml.new_findings(template, content)
    return words.texts(content)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("dash_before_table", ["正文 第1段"]),
        ("dash_eats_image", ["正文 第1段"]),
        ("dash_image", ["正文 第1段"]),
        ("dash_page_break", ["正文 第1段", "正文 第3段"]),
    ],
)
def it_refuses_a_dash_that_would_remove_more_than_paragraphs(name, places):
    assert refused(template_of(name), context_of(name)) == [("word-dash-eats", place) for place in places]


@pytest.mark.parametrize(
    "between",
    [
        BREAK,
        '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>',
        '<w:p><w:bookmarkStart w:id="1" w:name="x"/></w:p><w:p><w:bookmarkEnd w:id="1"/></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>',
        table(row("甲"), columns=1),
        f"<w:sdt><w:sdtContent>{paragraph('')}</w:sdtContent></w:sdt>",
        paragraph("{%p if ok %}") + paragraph("{%p endif %}"),
        '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
    ],
)
def it_refuses_whatever_else_a_dash_would_remove(between):
    first = document(paragraph("甲{% set a = 1 -%}"), between, paragraph("乙"))
    last = document(paragraph("甲"), between, paragraph("{%- set a = 1 %}乙"))
    for template in (first, last):
        with pytest.raises(InvalidTemplate) as caught:
            WordTemplate(template)
        assert [one.code for one in caught.value.diagnostics] == ["word-dash-eats"]


def it_joins_paragraphs_and_takes_blanks_from_text():
    assert texts(paragraph("甲"), paragraph("{%- if ok %}乙{% endif -%}"), paragraph("丙"), ok=1) == ["甲乙丙"]
    assert texts(paragraph("甲"), paragraph("乙 {%- if ok -%} 丙{% endif %}"), ok=1) == ["甲", "乙丙"]
    marks = '<w:proofErr w:type="spellStart"/>'
    assert texts(
        f"<w:p>{run('甲{% if ok -%}')}{marks}<w:r><w:lastRenderedPageBreak/></w:r></w:p>",
        paragraph("乙{% endif %}"),
        ok=1,
    ) == ["甲乙"]


@pytest.mark.parametrize("cols", [[], ["甲"], ["甲", "乙"]])
@pytest.mark.parametrize("inner", ["{{ c }}", "{% set d = c %}{{ d }}"])
def it_never_leaves_a_table_without_rows(cols, inner):
    lines = table(row("{%tc for c in cols %}", inner, "{%tc endfor %}"), columns=3)
    template = document(lines, paragraph("尾"))
    content = WordTemplate(template).render({"cols": cols})
    assert not [one for one in ooxml.new_findings(template, content) if "grid" not in one.kind]
    for made in words.root(content).iter(f"{W}tbl"):
        assert made.find(f".//{W}tr/{W}tc") is not None


def it_never_leaves_one_in_a_cell_or_a_header_either():
    inner = table(row("{%tc for c in cols %}", "{{ c }}", "{%tc endfor %}"), columns=3)
    assert texts(table(row(cell(inner + paragraph(""))), columns=1), paragraph("尾"), cols=[]) == ["", "尾"]
    assert words.texts(printed("tc_none")) == ["e"]


def it_gives_each_turn_of_a_loop_ids_of_its_own():
    permissions = [one.get(f"{W}id") for one in words.root(printed("perm_loop")).iter(f"{W}permStart", f"{W}permEnd")]
    assert len(permissions) == 4
    assert permissions[0] == permissions[1] != permissions[2] == permissions[3]
    controls = [one.get(f"{W}val") for one in words.root(printed("sdt_loop")).iterfind(f".//{W}sdtPr/{W}id")]
    assert len(set(controls)) == len(controls)


def it_gives_bookmarks_that_name_themselves_first_their_own_name():
    mark = '<w:bookmarkStart w:name="甲" w:id="4"/>' + run("{{ x }}") + '<w:bookmarkEnd w:id="4"/>'
    blocks = (paragraph("{%p for x in xs %}"), f"<w:p>{mark}</w:p>", paragraph("{%p endfor %}"))
    content = WordTemplate(document(*blocks)).render({"xs": [1, 2, 3]})
    made = list(words.root(content).iter(f"{W}bookmarkStart"))
    assert len({one.get(f"{W}name") for one in made}) == len({one.get(f"{W}id") for one in made}) == 3


UNFIT = [
    "<p>para</p> text",
    "<b>x</b>",
    "<w:t>x</w:t>",
    "<w:r>x</w:r>",
    "<w:tbl><w:p/></w:tbl>",
    "<w:p><w:p/></w:p>",
    "<w:tr><w:tc><w:p/></w:tc></w:tr>",
    "<w:p><w:t>x</w:t></w:p>",
    "<x:y/>",
    "<!-- x -->",
    "<w:r><w:t>a</w:t></w:r>后",
    "</w:t></w:r><w:tbl/><w:r><w:t>",
]


@pytest.mark.parametrize("value", UNFIT)
def it_inserts_only_what_may_stand_there(value):
    assert refused(document(paragraph("{{ x|safe }}")), {"x": value}) == [("template-failed", "正文 第1段")]


FIT = [
    "字&amp;",
    "a</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r><w:r><w:t>c",
    "<w:r><w:t>a</w:t></w:r>",
    '<w:hyperlink w:anchor="x"><w:r><w:t>a</w:t></w:r></w:hyperlink>',
    "<w:p><w:r><w:t>a</w:t><w:br/></w:r></w:p>",
    "a</w:t><w:br/><w:t>b",
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
]


@pytest.mark.parametrize("value", FIT)
def it_inserts_what_may(value):
    content = WordTemplate(document(paragraph("{{ x|safe }}"))).render({"x": value})
    words.root(content)


def it_lets_no_broken_part_leave_and_names_the_tag(monkeypatch):
    template = WordTemplate(
        document(paragraph("好{{ a }}"), paragraph("坏{{ b }}"), paragraph("{% for c in d %}{% endfor %}"))
    )
    printed_value = value_xml.printed
    monkeypatch.setattr(
        value_xml, "printed", lambda value, *rest: "<broken>" if value == "&b" else printed_value(value, *rest)
    )
    with pytest.raises(UnsoundPart, match=r"word/document\.xml .*\{\{ b \}\} \(正文 第2段\)"):
        template.render({"a": "a", "b": "&b", "d": []})


@pytest.mark.parametrize(
    ("tag", "value", "code"),
    [
        ("{% colspan x %}", "两", "template-failed"),
        ("{% colspan x %}", 0, "template-failed"),
        ("{% colspan x %}", -1, "template-failed"),
        ("{% colspan x %}", 64, "template-failed"),
        ("{% cellbg x %}", "<红>", "template-failed"),
        ("{% cellbg x %}", "red", "template-failed"),
        ("{% colspan x %}", 2, ""),
        ("{% colspan x %}", "2", ""),
        ("{% colspan x %}", None, ""),
        ("{% cellbg x %}", "#ffff00", ""),
        ("{% cellbg x %}", "", ""),
    ],
)
def it_holds_merging_tags_to_values_that_word_reads(tag, value, code):
    made = document(table(row("甲", "乙"), row(tag + "丙") if value in (2, "2") else row(tag + "丙", "丁"), columns=2))
    if code:
        assert refused(made, {"x": value}) == [(code, "表1 第2行 第1列")]
    else:
        assert not ooxml.new_findings(made, WordTemplate(made).render({"x": value}))
