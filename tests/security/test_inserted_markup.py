"""Markup of a caller or of `|safe` is the one way that text becomes a document's own: no field, picture or link of it may act."""

import time

import pytest
from markupsafe import Markup

from generator.diagnostics import InvalidTemplate
from generator.ooxml.active_content import active_content
from generator.ooxml.package import open_package
from generator.word import WordTemplate
from tests.support.words import document, members, paragraph

MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format


def whole(code: str) -> str:
    return f"{MARK('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{MARK('end')}"


def simple(code: str) -> str:
    return f'<w:fldSimple w:instr="{code}"><w:r><w:t>甲</w:t></w:r></w:fldSimple>'


ACTING = [
    whole("DDEAUTO c:\\\\cmd.exe /k"),
    whole("dde x y"),
    simple("INCLUDETEXT http://x/y"),
    simple("&#73;NCLUDEPICTURE http://x/y"),
    simple("HYPERLINK &quot;javascript:alert(1)&quot;"),
    simple("HYPERLINK &quot;file:///c:/x&quot;"),
    whole(f"{whole('QUOTE 68')}DEAUTO x"),
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" src="http://x/y.png"/></w:pict></w:r>',
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="file://x/y"/></w:pict></w:r>',
]
HALVES = [
    MARK("begin"),
    MARK("end") + MARK("begin"),
    "<w:r><w:instrText>DDE</w:instrText></w:r>",
    f"{MARK('begin')}<w:r><w:instrText>PA</w:instrText></w:r>",
    "<w:r><w:instrText>AUTO x</w:instrText></w:r>" + MARK("end"),
]


def refused(text: str, value: object) -> str:
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(paragraph(text))).render({"x": value})
    (finding,) = caught.value.diagnostics
    assert finding.code == "template-failed"
    assert finding.location.place is not None
    return finding.text.zh


@pytest.mark.parametrize("way", ["{{ x|safe }}", "{% set a %}{{ x|safe }}{% endset %}{{ a }}", "{{ x|safe ~ '' }}"])
@pytest.mark.parametrize("value", ACTING)
def it_lets_no_markup_act(value, way):
    said = refused(way, value)
    assert "会读取文件" in said or "不是能放在这里" in said or "半个域" in said


@pytest.mark.parametrize("value", ACTING[:3])
def it_lets_no_markup_of_a_caller_act(value):
    assert "会读取文件" in refused("{{ x }}", Markup(value))


@pytest.mark.parametrize("value", HALVES)
def it_takes_no_half_of_a_field(value):
    assert "半个域" in refused("{{ x|safe }}", value)


@pytest.mark.parametrize("value", [whole("PAGE"), simple("NUMPAGES"), simple("HYPERLINK &quot;https://a.cn&quot;")])
def it_takes_fields_that_print(value):
    content = WordTemplate(document(paragraph("{{ x|safe }}"))).render({"x": value})
    assert active_content(open_package(content)) == []


def it_takes_paragraphs_without_words_for_what_they_are():
    empty, other = '<w:p w:rsidR="00AA"/>', "<w:p><w:r><w:t>甲\t乙</w:t></w:r></w:p>"
    begun = time.thread_time()
    content = WordTemplate(document(paragraph("{{p x|safe }}"))).render({"x": empty * 10_000 + other})
    assert time.thread_time() - begun < 5
    assert members(content)["word/document.xml"].count(b"<w:tab/>") == 1
