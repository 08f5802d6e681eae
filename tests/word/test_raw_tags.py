"""Parts beside the stories: a tag in them is printed where a reader sees its text, and refused where nothing is printed."""

import io
import re
import zipfile

import pytest

from generator.lint.word_lint import lint_word
from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import refused
from tests.support.words import document, paragraph

NUMBERED = paragraph("条", properties='<w:pStyle w:val="ListNumber"/>')
LEVEL = 'w:lvlText w:val="%1."'
TAG = "{{ x }}"


def changed(member: str, old: str, new: str) -> bytes:
    """A template with another text in one of its parts."""
    parts = words.members(document(paragraph(TAG), NUMBERED))
    assert old in parts[member].decode()
    parts[member] = parts[member].decode().replace(old, new, 1).encode()
    return words.pack(parts)


def embedding(content: bytes) -> bytes:
    """A template that holds a document."""
    parts = words.members(document(paragraph("正文")))
    parts["word/embeddings/a.docx"] = content
    link = (
        '<Relationship Id="rIdE" Target="embeddings/a.docx"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", link.encode())
    type_ = '<Default Extension="docx" ContentType="application/octet-stream"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", type_.encode())
    return words.pack(parts)


@pytest.mark.parametrize(
    ("member", "old", "new", "expected"),
    [
        ("word/numbering.xml", LEVEL, f'w:lvlText w:val="第{TAG}（%1）"', 'w:val="第R&amp;D（%1）"'),
        ("word/settings.xml", "</w:settings>", f'<w:x w:val="{TAG}"/></w:settings>', 'w:val="R&amp;D"'),
        ("docProps/app.xml", "</Properties>", f"<Company>{TAG}</Company></Properties>", "<Company>R&amp;D</Company>"),
        ("customXml/item1.xml", "</b:Sources>", f"<b:Tag>{TAG}</b:Tag></b:Sources>", "<b:Tag>R&amp;D</b:Tag>"),
    ],
)
def it_prints_what_a_reader_or_a_program_sees(member, old, new, expected):
    if member == "customXml/item1.xml":
        parts = words.members(document(paragraph(TAG)))
        parts[member] = f'<b:Sources xmlns:b="urn:b">{new}'.encode()
        template = words.pack(parts)
    else:
        template = changed(member, old, new)
    content = WordTemplate(template).render({"x": "R&D"})
    assert expected in words.members(content)[member].decode()


@pytest.mark.parametrize("text", ["{%1}", "{%1.%2}", "{{%1}}"])
def it_keeps_a_number_in_braces(text):
    template = changed("word/numbering.xml", LEVEL, f'w:lvlText w:val="{text}"')
    content = WordTemplate(template).render({"x": 1})
    assert f'w:lvlText w:val="{text}"' in words.members(content)["word/numbering.xml"].decode()


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("word/styles.xml", 'w:val="heading 1"', f'w:val="标题{TAG}"'),
        ("word/fontTable.xml", '<w:font w:name="', f'<w:font w:name="{TAG}'),
        ("word/theme/theme1.xml", 'name="Office Theme"', f'name="{TAG}"'),
        ("word/webSettings.xml", "</w:webSettings>", f'<w:div w:id="{TAG}"/></w:webSettings>'),
        ("word/webSettings.xml", "</w:webSettings>", '<w:div w:id="{% if x == &quot;甲&quot; %}"/></w:webSettings>'),
        ("word/webSettings.xml", "</w:webSettings>", "<w:a>{{</w:a><w:b> x }}</w:b></w:webSettings>"),
        (
            "word/numbering.xml",
            "</w:num>",
            f'<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{TAG}"/></w:lvl></w:lvlOverride></w:num>',
        ),
    ],
)
def it_refuses_a_tag_where_nothing_is_printed(member, old, new):
    template = changed(member, old, new)
    assert refused(template, {"x": 1}) == [("word-tag-left", f"部件 {member}")]
    assert [one.code for one in lint_word(template)[0]] == ["word-tag-left"]


def it_refuses_a_tag_in_a_target_that_is_no_link():
    parts = words.members(document(paragraph(TAG)))
    member = "word/_rels/settings.xml.rels"
    parts[member] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        b' Target="%7B%7B%20x%20%7D%7D.dotx"/></Relationships>'
    )
    assert refused(words.pack(parts), {"x": 1}) == [("word-tag-left", f"部件 {member}")]


def it_refuses_tags_in_an_embedded_document_unless_it_is_replaced():
    inner = document(paragraph(TAG))
    template = embedding(inner)
    assert refused(template, {"x": 1}) == [("word-tag-left", "部件 word/embeddings/a.docx")]
    assert "word-tag-left" in [one.code for one in lint_word(template)[0]]
    filled = WordTemplate(inner).render({"x": 1})
    made = WordTemplate(template).render({"x": 1}, replace_zipname={"word/embeddings/a.docx": filled})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("word/embeddings/a.docx") == filled
    assert WordTemplate(embedding(filled)).render({"x": 1})


def it_restarts_lists_whose_numbers_hold_tags():
    looped = (paragraph("{%p for y in xs %}"), paragraph("甲"), paragraph("{%p for z in xs %}"), NUMBERED)
    ends = paragraph("{%p endfor %}")
    parts = words.members(document(*looped, ends, ends))
    numbering = parts["word/numbering.xml"].decode()
    parts["word/numbering.xml"] = re.sub(r'w:lvlText w:val="%1\."', f'w:lvlText w:val="{TAG}-%1"', numbering).encode()
    template = words.pack(parts)
    content = WordTemplate(template).render({"x": "卷", "xs": [1, 2]})
    made = words.members(content)["word/numbering.xml"].decode()
    assert "{{" not in made
    assert 'w:lvlText w:val="卷-%1"' in made
    assert "w:startOverride" in made
    assert not ooxml.new_findings(template, content)
