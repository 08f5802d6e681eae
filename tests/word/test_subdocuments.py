"""What a sub-document brings along: notes, charts with their workbooks, links, bookmarks, text boxes."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from generator.ooxml.package import open_package
from generator.word.run import subdocuments
from tests.support import ooxml, reading
from tests.word.test_objects import printed, saved, template

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def added(made: Any, xml: str) -> None:
    body = made.element.body
    body.insert(len(body) - 1, parse_xml(xml.replace("<w:p>", f"<w:p {NS}>", 1)))


def noted(text: str) -> Any:
    """A document with a footnote that links somewhere."""
    made = docx.Document()
    package = made.part.package
    notes = Part(
        PackURI("/word/footnotes.xml"),
        f"{WORD}footnotes+xml",
        (
            f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            f'</w:footnote><w:footnote w:id="3"><w:p><w:hyperlink r:id="rId1"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'
            "</w:p></w:footnote></w:footnotes>"
        ).encode(),
        package,
    )
    notes.relate_to("https://example.com/note", RT.HYPERLINK, is_external=True)
    made.part.relate_to(notes, RT.FOOTNOTES)
    added(made, '<w:p><w:r><w:t>有注</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>')
    return made


def it_carries_footnotes_into_a_template_without_any() -> None:
    content = template()
    document = printed(content, subdocuments.subdocument(noted("注文")), block=True)
    ooxml.assert_valid(document, content)
    assert "注文" in reading.texts(document)
    assert "link https://example.com/note" in "\n".join(reading.lines(document))


def it_adds_footnotes_to_those_of_the_template() -> None:
    made = noted("原注")
    made.add_paragraph("此处")
    content = saved(made)
    part = subdocuments.subdocument(noted("新注"))
    document = printed(content, part, block=True)
    ooxml.assert_valid(document, content)
    notes = open_package(document).read("word/footnotes.xml").decode()
    assert notes.index("原注") < notes.index("新注")
    assert 'w:id="3"' in notes
    assert 'w:id="4"' in notes


def charted() -> Any:
    """A document with a chart, its workbook behind it, and a picture of the same name twice."""
    made = docx.Document()
    package = made.part.package
    chart = Part(
        PackURI("/word/charts/chart1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        (
            f'<c:chartSpace {NS}><c:chart><c:plotArea><c:layout/></c:plotArea></c:chart><c:externalData r:id="rId1">'
            '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        ).encode(),
        package,
    )
    book = Part(
        PackURI("/word/embeddings/book.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"workbook",
        package,
    )
    chart.relate_to(book, RT.PACKAGE)
    identity = made.part.relate_to(chart, RT.CHART)
    added(
        made,
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="图表"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{identity}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
    )
    return made


def it_carries_a_chart_with_its_workbook_each_time() -> None:
    content = template(2)
    part = subdocuments.subdocument(charted())
    document = printed(content, part, part, block=True)
    assert {finding.kind for finding in ooxml.new_findings(content, document)} <= set(ooxml.kinds(saved(charted())))
    members = sorted(name for name in open_package(document).members if "chart" in name or "embed" in name)
    assert members == [
        "word/charts/_rels/chart1-1.xml.rels",
        "word/charts/_rels/chart1.xml.rels",
        "word/charts/chart1-1.xml",
        "word/charts/chart1.xml",
        "word/embeddings/book-1.xlsx",
        "word/embeddings/book.xlsx",
    ]


def it_gives_bookmarks_names_of_their_own() -> None:
    made = docx.Document()
    added(
        made,
        '<w:p w14:paraId="0A0A0A0A"><w:bookmarkStart w:id="0" w:name="甲"/><w:r><w:t>标</w:t></w:r>'
        '<w:bookmarkEnd w:id="0"/></w:p>'.replace("<w:p ", f"<w:p {NS} ", 1),
    )
    content = template(2)
    part = subdocuments.subdocument(made)
    document = printed(content, part, part, block=True)
    ooxml.assert_valid(document, content)
    xml = open_package(document).read("word/document.xml").decode()
    assert 'w:name="甲"' in xml
    assert 'w:name="甲_1"' in xml


def it_keeps_the_prefixes_that_alternate_content_needs() -> None:
    made = docx.Document()
    added(
        made,
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>新</w:t></mc:Choice>'
        "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    document = printed(template(), subdocuments.subdocument(made), block=True)
    assert b'xmlns:wps="' in open_package(document).read("word/document.xml")


def it_leaves_comments_and_headers_behind() -> None:
    made = docx.Document()
    made.add_comment(made.add_paragraph("有批注").runs, "批注", "甲", "乙")
    made.add_section()
    content = template()
    document = printed(content, subdocuments.subdocument(made), block=True)
    ooxml.assert_valid(document, content)
    assert "有批注" in reading.texts(document)
    assert "commentReference" not in reading.texts(document)
    assert len(docx.Document(io.BytesIO(document)).sections) == 2


def numbers(document: bytes) -> list[tuple[str, str]]:
    """The paragraphs of numbered styles with their numbering."""
    opened = docx.Document(io.BytesIO(document))
    found = []
    for paragraph in opened.paragraphs:
        properties = paragraph._p.pPr
        if properties is not None and properties.numPr is not None:
            found.append((paragraph.text, str(properties.numPr.numId.val)))
    return found


def it_starts_lists_that_a_style_numbers_anew() -> None:
    made = docx.Document()
    made.add_heading("标题", 1)
    for text, style in (("甲", "List Number"), ("乙", "List Number"), ("点", "List Bullet")):
        made.add_paragraph(text, style=style)
    content = template(2)
    part = subdocuments.subdocument(made)
    document = printed(content, part, part, block=True)
    ooxml.assert_valid(document, content)
    found = numbers(document)
    assert [text for text, _ in found] == ["甲", "乙", "甲", "乙"]
    assert found[0][1] == found[1][1] != found[2][1] == found[3][1]
    numbering = docx.Document(io.BytesIO(document)).part.numbering_part.element
    for _, identity in found:
        number = next(one for one in numbering.num_lst if str(one.numId) == identity)
        assert number.lvlOverride_lst[0].startOverride.val == 1


def it_numbers_by_a_style_that_it_brings_along() -> None:
    made = docx.Document()
    style = made.styles.add_style("编号段", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["List Number"]
    made.add_paragraph("甲", style="编号段")
    content = template(2)
    part = subdocuments.subdocument(made)
    document = printed(content, part, part, block=True)
    ooxml.assert_valid(document, content)
    found = numbers(document)
    assert len({identity for _, identity in found}) == 2
