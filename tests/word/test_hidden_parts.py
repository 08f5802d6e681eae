"""Tags beside the stories: custom XML, charts, HTML, document variables; what cannot be printed is refused."""

import io
import re

import PIL.Image
import pytest

from generator.word import WordTemplate
from tests.support import words
from tests.support.authoring import context_of, printed, refused, template_of
from tests.support.words import document, paragraph


def changed(template: bytes, member: str, old: str, new: str) -> bytes:
    parts = words.members(template)
    assert old.encode() in parts[member]
    parts[member] = parts[member].replace(old.encode(), new.encode())
    return words.pack(parts)


def read(content: bytes, member: str) -> str:
    return words.members(content)[member].decode()


def without_workbook() -> bytes:
    """The template of a chart whose workbook has no tags."""
    parts = words.members(template_of("chart_all"))
    member = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    book = {name: re.sub(rb"\{\{ (\w+) \}\}", rb"\1", data) for name, data in words.members(parts[member]).items()}
    return words.pack({**parts, member: words.pack(book)})


def it_prints_the_titles_text_boxes_and_literals_of_a_chart():
    content = WordTemplate(without_workbook()).render(context_of("chart_all"))
    chart = read(content, "word/charts/chart1.xml")
    assert "T&amp;T" in chart
    assert "<c:v>系列</c:v>" in chart
    assert "<c:v>甲</c:v>" in chart
    assert "<c:v>7</c:v>" in chart
    assert "注" in read(content, "word/drawings/drawing1.xml")
    assert "{{" not in chart + read(content, "word/drawings/drawing1.xml")


def it_prints_the_custom_xml_that_a_content_control_shows():
    content = printed("sdt_databound")
    assert "<Abstract>摘要文字</Abstract>" in read(content, "customXml/item1.xml")
    assert "摘要文字" in words.texts(content)
    assert b"dataBinding" in words.members(content)["word/document.xml"]


def it_unbinds_a_control_whose_custom_xml_has_no_tag():
    template = changed(template_of("sdt_databound"), "customXml/item1.xml", "{{ abstract }}", "旧")
    content = WordTemplate(template).render({"abstract": "新"})
    assert "新" in words.texts(content)
    assert b"dataBinding" not in words.members(content)["word/document.xml"]


def it_prints_custom_xml_that_no_control_shows():
    template = changed(template_of("sdt_databound"), "word/document.xml", "55AF091B", "00000000")
    content = WordTemplate(template).render({"abstract": "R&D"})
    assert "<Abstract>R&amp;D</Abstract>" in read(content, "customXml/item1.xml")


def it_prints_document_variables_and_html():
    assert 'w:val="值"' in read(printed("docvar"), "word/settings.xml")
    assert read(printed("altchunk"), "word/afchunk1.htm") == "<html><body><p>值</p></body></html>"


def html(text: str) -> bytes:
    return changed(template_of("altchunk"), "word/afchunk1.htm", "<p>{{ x }}</p>", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>{{ x }}<br></p>", "<p>R&amp;D &lt;1&gt;<br></p>"),
        ("<style>p{color:red}</style>{{ x }}", "<style>p{color:red}</style>R&amp;D &lt;1&gt;"),
        ("{% if x and 2 &gt; 1 %}<p>&nbsp;甲{% endif %}", "<p>&nbsp;甲"),
        ("{{ x == &quot;甲&quot; }}", "False"),
    ],
)
def it_prints_html_that_is_no_xml(text, expected):
    content = WordTemplate(html(text)).render({"x": "R&D <1>"})
    assert read(content, "word/afchunk1.htm") == f"<html><body>{expected}</body></html>"


def it_tells_the_part_of_a_fault():
    assert ("template-undefined", "部件 word/afchunk1.htm") in refused(html("{{ y }}"), {"x": 1})
    assert refused(template_of("docvar"), {"w": 1})[-1] == ("template-undefined", "部件 word/settings.xml")


def it_refuses_a_tag_that_would_stay():
    parts = words.members(template_of("altchunk"))
    parts["word/afchunk1.htm"] = '<html><meta charset="gb2312"><p>甲{{ x }}</p>'.encode("gb18030")
    other = words.pack(parts)
    within = changed(template_of("altchunk"), "[Content_Types].xml", "text/html", "application/rtf")
    for template in (other, within):
        assert refused(template, {"x": 1}) == [("word-tag-left", "部件 word/afchunk1.htm")]
    assert refused(template_of("chart_all"), context_of("chart_all")) == [
        ("word-tag-left", "部件 word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    ]


def it_takes_in_documents_without_tags():
    parts = words.members(template_of("altchunk"))
    parts["word/afchunk1.htm"] = document(paragraph("甲"))
    template = words.pack(parts)
    template = changed(
        template,
        "[Content_Types].xml",
        "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    )
    assert words.texts(WordTemplate(template).render({"x": 1}))[0] == "a 1"


def png(colour: str) -> bytes:
    stream = io.BytesIO()
    PIL.Image.new("RGB", (4, 4), colour).save(stream, "PNG")
    return stream.getvalue()


def it_replaces_a_picture_by_the_alternative_text_that_word_writes():
    content = WordTemplate(template_of("image_in_host")).render({"ok": 1}, replace_pic={"公章": png("red")})
    assert words.members(content)["word/media/image1.png"] == png("red")


def it_replaces_the_vector_twin_of_a_picture_too():
    twin = (
        '<a:blip r:embed="rIdI"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
        '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rIdSvg"/>'
        "</a:ext></a:extLst></a:blip>"
    )
    template = changed(template_of("image_in_host"), "word/document.xml", '<a:blip r:embed="rIdI"></a:blip>', twin)
    assert b"svgBlip" in words.members(WordTemplate(template).render({"ok": 1}))["word/document.xml"]
    content = WordTemplate(template).render({"ok": 1}, replace_pic={"公章": png("red")})
    assert b"svgBlip" not in words.members(content)["word/document.xml"]
    assert words.members(content)["word/media/image1.png"] == png("red")
