"""Tables of contents and of figures list what was printed: levels, numbers of headings, links to their bookmarks."""

import pytest

from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import printed
from tests.support.words import W, document, paragraph, run

CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
HEADINGS = {"items": [{"n": "甲", "xs": ["一"]}, {"n": "乙&", "xs": []}]}


def field(code: str, result: str) -> str:
    begin, separate, end = (CHAR.format(kind) for kind in ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}{result}{end}'


def entry(text: str, page: str, mark: str, before: str = "") -> str:
    link = f'<w:hyperlink w:anchor="{mark}">{run(text, "<w:b/>")}<w:r><w:tab/></w:r>'
    tabs = '<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8296"/></w:tabs></w:pPr>'
    return f"<w:p>{tabs}{before}{link}{field(f'PAGEREF {mark}', run(page))}</w:hyperlink></w:p>"


def contents(code: str, *entries: tuple[str, str, str]) -> str:
    begin, separate, end = (CHAR.format(kind) for kind in ("begin", "separate", "end"))
    head = f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}'
    blocks = [entry(*one, before="" if number else head) for number, one in enumerate(entries)]
    return "".join(blocks) + f"<w:p>{end}</w:p>"


def heading(text: str, level: int = 1, mark: str = "", numbering: str = "") -> str:
    start = f'<w:bookmarkStart w:id="7" w:name="{mark}"/>' if mark else ""
    end = '<w:bookmarkEnd w:id="7"/>' if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/>{numbering}</w:pPr>{start}{run(text)}{end}</w:p>'


LOOP = (
    paragraph("{%p for i in items %}"),
    heading("{{ i.n }}", 1, "_Toc1"),
    paragraph("{%p for x in i.xs %}"),
    heading("{{ x }}", 2),
    paragraph("{%p endfor %}"),
    paragraph("{%p endfor %}"),
)


def render(*blocks: str, **context: object) -> bytes:
    made = document(*blocks)
    content = WordTemplate(made).render(context or HEADINGS)
    assert not ooxml.new_findings(made, content)
    return content


def listed(content: bytes) -> list[tuple[str, str]]:
    """Each linked entry's text and page; every link leads to a bookmark of its own."""
    root = words.root(content)
    marks = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks)
    found = []
    for link in root.iter(f"{W}hyperlink"):
        mark = link.get(f"{W}anchor")
        assert mark in marks
        codes = "".join(node.text or "" for node in link.iter(f"{W}instrText"))
        assert codes.split()[:2] == ["PAGEREF", mark]
        texts = "".join("\t" if node.tag == f"{W}tab" else node.text or "" for node in link.iter(f"{W}t", f"{W}tab"))
        text, _, page = texts.rpartition("\t")
        found.append((text, page))
    kinds = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    return found


def it_lists_the_headings_of_a_loop():
    content = printed("toc_looped_heading")
    assert listed(content) == [("A", ""), ("B", "")]


def it_lists_levels_without_pages_that_it_cannot_know():
    toc = contents(r'TOC \o "1-3" \h \z \u', ("{{ i.n }}", "1", "_Toc1"), ("附则", "3", "_Toc9"))
    content = render(toc, *LOOP, heading("附则"), paragraph("正文"))
    assert listed(content) == [("甲", ""), ("一", ""), ("乙&", ""), ("附则", "")]
    begin = next(words.root(content).iter(f"{W}fldChar"))
    assert begin.get(f"{W}dirty") == "true"
    first = next(words.root(content).iter(f"{W}hyperlink"))
    assert first.find(f"{W}r/{W}rPr/{W}b") is not None
    assert first.getparent().find(f"{W}pPr/{W}tabs") is not None


def it_leaves_contents_alone_that_list_what_was_printed():
    toc = contents(r'TOC \o "1-1" \h', ("总则", "2", "_Toc1"))
    content = render(toc, heading("总则", 1, "_Toc1"), paragraph("{{ x }}"), x=1)
    assert listed(content) == [("总则", "2")]
    assert words.root(content).find(f".//{W}fldChar").get(f"{W}dirty") == "true"


def it_keeps_contents_of_nothing_a_field():
    toc = contents(r'TOC \o "1-3" \h', ("{{ i.n }}", "1", "_Toc1"))
    assert listed(render(toc, *LOOP, items=[])) == []


def it_leaves_out_levels_that_the_field_does_not_name():
    toc = contents(r'TOC \o "2-2" \h', ("旧", "1", "_Toc1"))
    assert listed(render(toc, *LOOP)) == [("一", "")]


def it_writes_the_numbers_of_headings():
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    loop = (LOOP[0], heading("{{ i.n }}", 1, "_Toc1", numbering), LOOP[-1])
    entries = listed(render(contents(r"TOC \h", ("旧", "1", "_Toc1")), *loop))
    assert [text for text, _ in entries] == ["1.\t甲", "2.\t乙&"]


def it_lists_captions():
    toc = contents(r'TOC \h \z \c "图"', ("图 1 {{ i.n }}", "1", "_Toc1"))
    code = r"SEQ 图 \* ARABIC"
    caption = f"<w:p>{run('图 ')}{field(code, run('1'))}{run(' {{ i.n }}')}</w:p>"
    other = f"<w:p>{run('表 ')}{field('SEQ 图表', run('1'))}</w:p>"
    entries = listed(render(toc, LOOP[0], caption, other, LOOP[-1]))
    assert [text.rpartition(" ")[2] for text, _ in entries] == ["甲", "乙&"]


def it_lists_the_part_that_a_bookmark_reaches_over():
    toc = contents(r"TOC \b part \h", ("旧", "1", "_Toc1"))
    start, end = '<w:bookmarkStart w:id="9" w:name="part"/>', '<w:bookmarkEnd w:id="9"/>'
    content = render(toc, heading("总则"), start, *LOOP, end, heading("附则"))
    assert listed(content) == [("甲", ""), ("一", ""), ("乙&", "")]


@pytest.mark.parametrize("code", [r"TOC \f \h", r"TOC \h \s 表 \d -"])
def it_leaves_contents_that_choose_by_what_it_does_not_read_to_word(code):
    content = render(contents(code, ("旧", "1", "_Toc1")), *LOOP)
    assert listed(content) == [("旧", "1")]
    assert words.root(content).find(f".//{W}fldChar").get(f"{W}dirty") == "true"
