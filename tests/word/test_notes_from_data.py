"""Footnotes and endnotes from data: a real note each, in order, with all that a template may lack."""

import re

import pytest

from generator.diagnostics import InvalidTemplate
from generator.figures import Paragraphs
from generator.lint.word_lint import lint_word
from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import refused
from tests.support.words import W, document, paragraph, root, row, run, table, texts


def printed(*blocks: str, template: bytes | None = None, **context: object) -> bytes:
    """The document of a template, found sound."""
    made = document(*blocks) if template is None else template
    content = WordTemplate(made).render(context)
    assert not ooxml.new_findings(made, content)
    return content


def notes(content: bytes, kind: str = "footnote") -> list[tuple[str, str]]:
    """Each note that the body refers to, in the order of the references: id and text."""
    own = {one.get(f"{W}id"): one for one in root(content, f"word/{kind}s.xml")}
    referred = [str(one.get(f"{W}id")) for one in root(content).iter(f"{W}{kind}Reference")]
    return [
        (one, "|".join("".join(map(str, p.itertext())).strip() for p in own[one].iter(f"{W}p"))) for one in referred
    ]


def it_makes_a_footnote_with_all_that_it_wants():
    content = printed(paragraph("收入", run("{{ 数|footnote(说明) }}", "<w:b/>"), "万元"), 数=1.5, 说明="含<上年>结转")
    assert texts(content) == ["收入1.5万元"]
    assert notes(content) == [("1", "含<上年>结转")]
    made = words.members(content)
    separators = [one.get(f"{W}type") for one in root(content, "word/footnotes.xml")]
    assert separators == ["separator", "continuationSeparator", None]
    assert b'PartName="/word/footnotes.xml"' in made["[Content_Types].xml"]
    assert b"relationships/footnotes" in made["word/_rels/document.xml.rels"]
    named = root(content, "word/settings.xml").find(f"{W}footnotePr")
    assert named is not None
    assert [one.get(f"{W}id") for one in named] == ["-1", "0"]
    names = {one.get(f"{W}val") for one in root(content, "word/styles.xml").iter(f"{W}name")}
    assert {"footnote reference", "footnote text"} <= names
    reference = root(content).find(f".//{W}footnoteReference")
    assert reference is not None
    assert [child.tag.removeprefix(W) for child in reference.getparent()[0]] == ["rStyle", "b"]  # type: ignore[index]


def it_numbers_notes_in_the_order_of_their_references():
    blocks = (
        paragraph("{%p for x in xs %}"),
        paragraph("{{ x.名|footnote(x.注) }}"),
        paragraph("{%p endfor %}"),
        table(
            row("{%tr for x in xs %}"),
            row("{{ x.名 }}", "{{r x.名|footnote(x.注 ~ '表') }}"),
            row("{%tr endfor %}"),
            columns=2,
        ),
    )
    content = printed(*blocks, xs=[{"名": "甲", "注": "一"}, {"名": "乙", "注": ""}, {"名": "丙", "注": "三"}])
    assert notes(content) == [("1", "一"), ("2", "三"), ("3", "一表"), ("4", "表"), ("5", "三表")]


def it_stands_beside_the_notes_of_the_template():
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    own = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    parts = {"footnotes": own.format(3, "{{ x }}") + own.format(7, "旧")}
    made = document(
        paragraph("甲", reference.format(3)),
        paragraph("{{ x|footnote('新') }}"),
        paragraph("乙", reference.format(7)),
        parts=parts,
    )
    assert notes(printed(template=made, x="值")) == [("3", "值"), ("8", "新"), ("7", "旧")]


def it_takes_paragraphs_several_notes_and_none():
    content = printed(
        paragraph("{{ x|footnote(多)|footnote('又') }}"),
        paragraph("{{ x|footnote(无) }}{{ x|footnote('') }}{{ ''|footnote('只有号') }}"),
        paragraph("{{p x|footnote('整段') }}"),
        x="值",
        多=Paragraphs(["一", "二"]),
        无=None,
    )
    assert texts(content) == ["值", "值值", "值"]
    assert [text for _, text in notes(content)] == ["一|二", "又", "只有号", "整段"]


def it_makes_endnotes_likewise():
    content = printed(paragraph("{{ x|endnote('尾') }}{{ x|footnote('脚') }}"), x=1)
    assert notes(content, "endnote") == [("1", "尾")]
    assert notes(content) == [("1", "脚")]
    settings = [child.tag.removeprefix(W) for child in root(content, "word/settings.xml") if "notePr" in str(child.tag)]
    assert settings == ["footnotePr", "endnotePr"]


def it_is_a_value_that_the_template_makes():
    template = WordTemplate(document(paragraph("共{{ x }}")))
    content = template.render({"x": template.footnote("注", 5)})
    assert texts(content) == ["共5"]
    assert notes(content) == [("1", "注")]


BOX = (
    '<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ x|footnote("a") }}</w:t></w:r></w:p></w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r>"
)


def it_is_refused_where_word_allows_no_note():
    own = '<w:footnote w:id="2"><w:p><w:r><w:t>{{ x|footnote("a") }}</w:t></w:r></w:p></w:footnote>'
    within = document(paragraph("甲", '<w:r><w:footnoteReference w:id="2"/></w:r>'), parts={"footnotes": own})
    assert refused(within, {"x": 1}) == [("note-not-here", "脚注1 第1段")]
    assert refused(document(paragraph("甲", BOX)), {"x": 1}) == [("note-not-here", "文本框1 第1段")]
    parts = words.members(document(paragraph("甲")))
    title = b"<dc:title>{{ x|footnote('a') }}</dc:title>"
    parts["docProps/core.xml"] = re.sub(rb"<dc:title>.*?</dc:title>|<dc:title/>", title, parts["docProps/core.xml"])
    assert refused(words.pack(parts), {"x": 1}) == [("note-not-here", "属性 title")]
    template = WordTemplate(document(paragraph("甲", BOX.replace('|footnote("a")', ""))))
    with pytest.raises(InvalidTemplate) as caught:
        template.render({"x": template.footnote("a")})
    assert [one.code for one in caught.value.diagnostics] == ["note-not-here"]
    assert refused(document(paragraph("{{ x|footnote(没有) }}")), {"x": 1}) == [("template-undefined", "正文 第1段")]


@pytest.mark.parametrize("member", ["header", "footer"])
def it_is_refused_in_headers_and_footers(member):
    parts = words.members(document(paragraph("甲")))
    short = {"header": "hdr", "footer": "ftr"}[member]
    inner = paragraph("{{ x|footnote('a') }}")
    parts[f"word/{member}1.xml"] = f"<w:{short} {words.NAMESPACES}>{inner}</w:{short}>".encode()
    type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{member}+xml"
    override = f'<Override PartName="/word/{member}1.xml" ContentType="{type_}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    link = f'<Relationship Id="rIdH" Type="{words._LINKS}{member}" Target="{member}1.xml"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", link.encode())
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:sectPr>", f'<w:sectPr><w:{member}Reference w:type="default" r:id="rIdH"/>'.encode()
    )
    assert [one.code for one in lint_word(words.pack(parts))[0]] == ["note-not-here"]


def it_sees_the_paths_of_notes():
    assert WordTemplate(document(paragraph("{{ 甲.数|footnote(甲.注) }}"))).variables() == {"甲.数", "甲.注"}
