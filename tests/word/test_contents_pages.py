"""Tables of contents and references show the pages of LibreOffice's layout; what nobody knows is left and told."""

import shutil

import pytest

from generator import with_page_numbers
from generator.cli import run
from generator.word import WordTemplate
from generator.word.run.contents_pages import sounded, sounding, with_pages
from tests.support import ooxml, words
from tests.support.words import W, document, paragraph
from tests.support.words import run as text_run
from tests.word.test_contents_lists import contents, field, heading

BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
LOOP, END = paragraph("{%p for x in xs %}"), paragraph("{%p endfor %}")
TOC = contents(r'TOC \o "1-2" \h', ("旧", "1", "_Toc1"))


def section(**numbers: str) -> str:
    """The end of a section whose pages are counted so."""
    attributes = "".join(f' w:{name}="{value}"' for name, value in numbers.items())
    size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"'
    size += ' w:header="0" w:footer="0" w:gutter="0"/>'
    return f"<w:p><w:pPr><w:sectPr>{size}<w:pgNumType{attributes}/></w:sectPr></w:pPr></w:p>"


def rendered(*blocks: str, **context: object) -> bytes:
    made = document(*blocks)
    content = WordTemplate(made).render(context)
    assert not ooxml.new_findings(made, content)
    return content


def pages(content: bytes) -> list[str]:
    """What the references to pages show."""
    found, code, inside = [], "", False
    for node in words.root(content).iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = node.get(f"{W}fldCharType")
        if node.tag == f"{W}instrText":
            code += node.text or ""
        elif kind == "begin":
            code = ""
        elif kind == "separate" and "PAGEREF" in code:
            inside = True
            found.append("")
        elif kind == "end":
            inside, code = False, ""
        elif node.tag == f"{W}t" and inside:
            found[-1] += node.text or ""
    return found


def is_marked(content: bytes) -> bool:
    return b'w:dirty="true"' in words.members(content)["word/document.xml"]


def laid_out(content: bytes, *said: int) -> tuple[bytes, list[str]]:
    """The document with what a program would say of its bookmarks, in their order."""
    asked = sounding(content)
    assert asked is not None
    lines = "".join(f"[pageref-{number}={page}]\n" for number, page in enumerate(said))
    return with_pages(content, sounded(asked, lines))


def it_asks_for_the_page_of_each_bookmark_once():
    content = rendered(TOC, LOOP, heading("{{ x }}", 1, "_Toc1"), END, xs=["甲", "乙"])
    asked = sounding(content)
    assert asked is not None
    assert len(asked.marks) == 2
    last = words.texts(asked.content)[-2:]
    assert last == ["[pageref-0=0]", "[pageref-1=0]"]
    assert not ooxml.new_findings(content, asked.content)


def it_asks_for_nothing_where_nothing_refers_to_pages():
    assert sounding(rendered(paragraph("{{ x }}"), x=1)) is None


def it_shows_pages_in_the_format_of_their_section():
    front = (heading("前言", 1, "_Toc1"), section(fmt="lowerRoman", start="1"))
    content = rendered(TOC, *front, heading("{{ x }}", 1, "_Toc2").replace('"7"', '"8"'), x="总则")
    filled, unknown = laid_out(content, 3, 12)
    assert pages(filled) == ["iii", "12"]
    assert unknown == []
    assert is_marked(content)
    assert not is_marked(filled)


def it_leaves_pages_that_are_counted_by_chapter():
    chapters = section(chapStyle="1")
    filled, unknown = laid_out(rendered(TOC, heading("{{ x }}", 1, "_Toc1"), chapters, x="总则"), 3)
    assert pages(filled) == [""]
    assert unknown == ["_Toc1"]
    assert is_marked(filled)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"PAGEREF _Toc1 \h", "4"),
        (r"PAGEREF _Toc1 \* ROMAN \h", "IV"),
        (r"PAGEREF _Toc1 \* roman", "iv"),
        (r"PAGEREF _Toc1 \* MERGEFORMAT", "4"),
        (r'PAGEREF "_Toc1" \* ArabicDash', "- 4 -"),
        (r"PAGEREF _Toc1 \p \h", "9"),  # says "above", "below" or "on page"
        (r"PAGEREF _Toc1 \* CardText", "9"),
    ],
)
def it_shows_pages_as_the_reference_asks(code, shown):
    content = rendered(paragraph("见第", field(code, text_run("9")), "页"), heading("{{ x }}", 1, "_Toc1"), x="总则")
    filled, _ = with_pages(content, {"_Toc1": 4})
    root = words.root(filled)
    assert f"见第{shown}页" in ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def it_tells_of_a_bookmark_that_is_not_there():
    content = rendered(paragraph("见", field("PAGEREF 没有", text_run("9"))), paragraph("{{ x }}"), x=1)
    assert sounding(content) is None
    assert with_pages(content, {})[1] == ["没有"]


def it_marks_contents_that_choose_by_what_is_not_read_for_word():
    toc = contents(r"TOC \f \h", ("旧", "1", "_Toc1"))
    content = rendered(toc, heading("{{ x }}", 1, "_Toc1"), x="甲")
    filled, unknown = laid_out(content, 5)
    assert (pages(filled), unknown) == (["5"], [])
    assert is_marked(content) == is_marked(filled)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def it_takes_the_pages_from_libreoffice(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    captions = contents(r'TOC \h \z \c "表"', ("表 1", "1", "_Toc9"))
    caption = f"<w:p>{text_run('表 ')}{field('SEQ 表', text_run('1'))}{text_run(' {{ x }}')}</w:p>"
    blocks = (
        *(TOC, captions, section(fmt="upperRoman")),
        *(heading("前言", 1, "_Toc1"), section(fmt="upperRoman"), heading("总则"), section(start="1")),
        *(LOOP, BREAK, heading("{{ x }}", 2), caption, END),
    )
    (tmp_path / "模板.docx").write_bytes(document(*blocks))
    (tmp_path / "数据.json").write_text('{"xs": ["甲", "乙", "丙"]}', encoding="utf-8")
    assert run(["fill", "模板.docx", "数据.json", "-o", "报告.docx", "--page-numbers"]) == 0
    assert "pages-unknown" not in capsys.readouterr().err
    content = (tmp_path / "报告.docx").read_bytes()
    assert pages(content) == ["II", "1", "3", "4", "5", "3", "4", "5"]
    assert not is_marked(content)
    assert not ooxml.new_findings(document(*blocks), content)
    plain = WordTemplate("模板.docx").render({"xs": ["甲", "乙", "丙"]})
    assert with_page_numbers(plain) == (content, [])


def it_says_that_libreoffice_is_missing_before_it_writes_anything(tmp_path, monkeypatch, capsys):
    from generator.documents import pdf

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    monkeypatch.setattr(pdf, "_elsewhere", list)
    (tmp_path / "模板.docx").write_bytes(document(paragraph("{{ x }}")))
    (tmp_path / "数据.json").write_text('{"x": 1}', encoding="utf-8")
    assert run(["fill", "模板.docx", "数据.json", "-o", "报告.docx", "--page-numbers"]) == 2
    assert "错误[soffice-missing]" in capsys.readouterr().err
    assert not (tmp_path / "报告.docx").exists()
