"""Images, sub-documents and rich text, printed into a part without the engine: what they add to a package."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.shared import Mm
from docxtpl import InlineImage, Listing, RichText, RichTextParagraph

from generator.diagnostics import InvalidTemplate
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import open_package
from generator.ooxml.relationships import main_document
from generator.ooxml.zip_written import build
from generator.template import image as images
from generator.word import WordTemplate
from generator.word.run import additions, objects, richtext, subdocuments
from generator.word.run.inventory import Ground
from generator.word.run.replacements import Replacements, replaced
from tests.support import ooxml, reading, words
from tests.support.pictures import picture

HERE = "此处"


def template(paragraphs: int = 1) -> bytes:
    made = docx.Document()
    for _ in range(paragraphs):
        made.add_paragraph(HERE)
    made.sections[0].header.paragraphs[0].text = HERE
    return saved(made)


def saved(made: Any) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def printed(content: bytes, *values: Any, block: bool = False, member: str = "word/document.xml") -> bytes:
    """Values printed where a template says 此处, one after the other."""
    package = open_package(content)
    gathered = additions.Additions(Ground(package, main_document(package)))
    xml = package.read(member).decode()
    place = f"<w:p><w:r><w:t>{HERE}</w:t></w:r></w:p>" if block else f"<w:t>{HERE}</w:t>"
    assert place in xml or HERE in xml
    for value in values:
        with additions.WithinPart(additions.Part(gathered, member)):
            markup = objects.markup(value)
        assert markup is not None
        if not block and markup.startswith("<w:r>"):
            markup = f"</w:t></w:r>{markup}<w:r><w:t>"
        xml = xml.replace(place, markup if block else f'<w:t xml:space="preserve">{markup}</w:t>', 1)
    overlay = Overlay(package, {member: xml.encode()})
    gathered.write(overlay)
    return overlay.build()


def it_prints_an_image_in_its_run() -> None:
    content = template()
    document = printed(content, images.image(picture(dpi=96), width=Mm(20), description="红 & <图>"))
    ooxml.assert_valid(document, content)
    shape = docx.Document(io.BytesIO(document)).inline_shapes[0]
    assert (round(shape.width.mm), round(shape.height.mm)) == (20, 10)
    assert shape._inline.docPr.get("descr") == "红 & <图>"


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def it_takes_the_formats_that_word_reads(format_: str) -> None:
    content = template()
    document = printed(content, images.image(picture(format_)))
    ooxml.assert_valid(document, content)
    part = next(part for part in docx.Document(io.BytesIO(document)).part.package.parts if "media" in part.partname)
    assert part.blob == picture(format_)


@pytest.mark.parametrize(
    ("wanted", "size"),
    [
        ({}, (381_000, 190_500)),
        ({"width": "3cm"}, (1_080_000, 540_000)),
        ({"height": "10mm"}, (720_000, 360_000)),
        ({"width": "1in", "height": "72pt"}, (914_400, 914_400)),
        ({"width": 360_000}, (360_000, 180_000)),
    ],
)
def it_keeps_proportions_unless_both_sizes_are_given(wanted: dict[str, Any], size: tuple[int, int]) -> None:
    made = images.image(picture(dpi=96), **wanted)
    assert (made.width, made.height) == size


@pytest.mark.parametrize("size", ["大", "-3cm", 0, -1, True, "3km"])
def it_refuses_a_size_that_is_none(size: Any) -> None:
    with pytest.raises(InvalidTemplate) as caught:
        images.image(picture(), width=size)
    assert caught.value.diagnostics[0].code == "image-size"


def it_refuses_what_is_no_picture() -> None:
    with pytest.raises(InvalidTemplate) as caught:
        images.image(b"%PDF-1.7")
    assert caught.value.diagnostics[0].code == "image-unreadable"


def it_stores_a_picture_once_and_numbers_every_drawing() -> None:
    content = template(3)
    red, blue = images.image(picture()), images.image(picture(colour="blue"), url="https://example.com/?a=1&b=2")
    document = printed(content, red, blue, red)
    ooxml.assert_valid(document, content)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) == 2
    targets = {rel.target_ref for rel in docx.Document(io.BytesIO(document)).part.rels.values() if rel.is_external}
    assert targets == {"https://example.com/?a=1&b=2"}


def it_uses_a_picture_that_the_template_holds_already() -> None:
    made = docx.Document()
    made.add_paragraph(HERE)
    made.add_picture(io.BytesIO(picture()))
    document = printed(saved(made), images.image(picture()))
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) == 1


def it_prints_an_image_into_a_header() -> None:
    content = template()
    header = next(name for name in open_package(content).members if "header" in name and name.endswith("r1.xml"))
    document = printed(content, images.image(picture()), member=header)
    ooxml.assert_valid(document, content)
    section = docx.Document(io.BytesIO(document)).sections[0]
    assert [rel.reltype.rpartition("/")[2] for rel in section.header.part.rels.values()] == ["image"]


def it_gives_the_same_bytes_again() -> None:
    values = images.image(picture()), images.image(picture("JPEG"))
    assert printed(template(2), *values) == printed(template(2), *values)


def it_puts_the_properties_of_rich_text_in_the_order_of_the_schema() -> None:
    rich = RichText(
        "全部",
        style="Strong",
        color="#ff0000",
        highlight="#ffff00",
        size=28,
        superscript=True,
        bold=True,
        italic=True,
        underline="wave",
        strike=True,
        font="仿宋_GB2312",
        rtl=True,
        lang="zh-CN",
    )
    content = template()
    document = printed(content, rich)
    ooxml.assert_valid(document, content)
    run = next(run for run in docx.Document(io.BytesIO(document)).paragraphs[0].runs if run.text == "全部")
    assert run.bold
    assert run.font.strike
    fonts = run._r.rPr.rFonts.attrib.values()
    assert fonts == ["仿宋_GB2312"] * 4  # ascii, hAnsi, cs and eastAsia


def it_keeps_a_regional_font_beside_the_latin_one() -> None:
    xml = richtext.rich_text(RichText("文", font="eastAsia:楷体_GB2312"))
    assert 'w:eastAsia="楷体_GB2312"' in xml
    assert xml.count("eastAsia") == 1


def it_keeps_marks_of_xml_in_rich_text() -> None:
    content = template()
    document = printed(content, RichText("甲<乙 & “丙” 丁", style="A&B"))
    assert "甲<乙 & “丙” 丁" in docx.Document(io.BytesIO(document)).paragraphs[0].text


def it_refuses_rich_text_whose_properties_break_its_xml() -> None:
    with pytest.raises(InvalidTemplate) as caught:
        objects.markup(RichText("甲", color='red"/><w:x '))
    assert caught.value.diagnostics[0].code == "rich-text-unsound"


def it_takes_sound_markup_that_a_program_wrote_into_rich_text() -> None:
    rich = RichText("甲", bold=True)
    rich.xml += "<w:r><w:rPr><w:i/><w:b/></w:rPr><w:br/></w:r><w:r><w:t>乙</w:t></w:r>"
    content = template()
    document = printed(content, rich)
    ooxml.assert_valid(document, content)
    assert docx.Document(io.BytesIO(document)).paragraphs[0].text == "甲\n乙"


def it_links_rich_text_from_the_part_that_prints_it() -> None:
    content = template()
    rich = RichText("见")
    rich.add("网站", url_id=richtext.link('https://example.com/?a=1&b="2"'), underline=True)
    for member in ("word/document.xml", next(n for n in open_package(content).members if n.endswith("header1.xml"))):
        document = printed(content, rich, member=member)
        ooxml.assert_valid(document, content)
        opened = docx.Document(io.BytesIO(document))
        part = opened.part if "document" in member else opened.sections[0].header.part
        assert 'https://example.com/?a=1&b="2"' in [rel.target_ref for rel in part.rels.values() if rel.is_external]


def it_prints_paragraphs_of_rich_text() -> None:
    content = template()
    rich = RichTextParagraph()
    rich.add("第一段", parastyle="Heading1")
    rich.add(RichText("第二段", italic=True, bold=True))
    document = printed(content, rich, block=True)
    ooxml.assert_valid(document, content)
    paragraphs = docx.Document(io.BytesIO(document)).paragraphs
    assert [paragraph.text for paragraph in paragraphs] == ["第一段", "第二段"]
    assert paragraphs[0].style.name == "Heading 1"


def it_parts_paragraphs_of_rich_text_in_their_own_format() -> None:
    content = template()
    rich = RichText("一\n行\t表\a二\f三", bold=True)
    rich.add("链\a接", url_id=richtext.link("https://example.com"))
    value = RichTextParagraph()
    value.add(rich, parastyle="Heading2")
    document = printed(content, value, block=True)
    ooxml.assert_valid(document, content)
    lines = [line for line in reading.lines(document) if line.startswith("p ")][:5]
    assert lines == [
        "p [Heading2] <b>'一\\n行\\t表'",
        "p [Heading2] <b>'二'",
        "p '{page}'",
        "p [Heading2] <b>'三'<link https://example.com>'链'",
        "p [Heading2] <link https://example.com>'接'",
    ]


def it_prints_a_listing_as_docxtpl_does() -> None:
    assert objects.markup(Listing("a<b\nc")) == Listing("a<b\nc").xml


def it_points_from_docxtpls_objects_to_its_own() -> None:
    from docxtpl import DocxTemplate

    theirs = DocxTemplate(io.BytesIO(template()))
    for value, code in (
        (InlineImage(theirs, io.BytesIO(picture())), "docxtpl-image"),
        (theirs.new_subdoc(), "docxtpl-subdoc"),
    ):
        with pytest.raises(InvalidTemplate) as caught:
            objects.markup(value)
        assert caught.value.diagnostics[0].code == code
        assert "template." in (caught.value.diagnostics[0].hint or "")


@pytest.mark.parametrize("value", ["文", 1, 1.5, None, True, ["表"], {"a": 1}])
def it_leaves_plain_values_to_the_engine(value: Any) -> None:
    assert objects.markup(value) is None


def annex() -> Any:
    """A document with a style of its own, lists, a table, a picture, a link target and a bookmark."""
    made = docx.Document()
    made.styles.add_style("附件正文", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Body Text"]
    made.add_heading("附件标题", 1)
    made.add_paragraph("附件内容", style="附件正文")
    made.add_paragraph("甲", style="List Number")
    table = made.add_table(1, 2, style="Light Grid Accent 1")
    table.cell(0, 0).text = "左"
    table.cell(0, 1).text = "右"
    made.add_picture(io.BytesIO(picture(colour="green")), width=Mm(10))
    made.sections[0].header.paragraphs[0].text = "附件的页眉"
    return made


def it_carries_a_sub_document_over() -> None:
    content = template()
    document = printed(content, subdocuments.subdocument(saved(annex())), block=True)
    ooxml.assert_valid(document, content)
    opened = docx.Document(io.BytesIO(document))
    assert [paragraph.text for paragraph in opened.paragraphs][:3] == ["附件标题", "附件内容", "甲"]
    style = opened.paragraphs[1].style
    assert (style.name, style.base_style.name) == ("附件正文", "Body Text")
    assert [cell.text for cell in opened.tables[0].rows[0].cells] == ["左", "右"]
    assert opened.tables[0].style.name == "Light Grid Accent 1"
    image = opened.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed
    assert opened.part.related_parts[image].blob == picture(colour="green")
    assert "附件的页眉" not in opened.sections[0].header.paragraphs[0].text


def it_takes_a_document_of_python_docx() -> None:
    document = printed(template(), subdocuments.subdocument(annex()), block=True)
    assert docx.Document(io.BytesIO(document)).paragraphs[0].text == "附件标题"


def it_prints_one_sub_document_several_times() -> None:
    content = template(3)
    part = subdocuments.subdocument(annex())
    document = printed(content, part, part, part, block=True)
    ooxml.assert_valid(document, content)
    opened = docx.Document(io.BytesIO(document))
    assert [paragraph.text for paragraph in opened.paragraphs].count("附件内容") == 3
    assert [style.name for style in opened.styles].count("附件正文") == 1


def numbered(text: str) -> Any:
    """A document with a list whose numbering is its own."""
    made = docx.Document()
    paragraph = made.add_paragraph(text)
    numbering = made.part.numbering_part.element
    number = numbering.add_num(
        numbering.findall(docx.oxml.ns.qn("w:abstractNum"))[0].get(docx.oxml.ns.qn("w:abstractNumId"))
    )
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number.numId
    return made


def it_starts_the_numbering_of_a_sub_document_anew() -> None:
    content = template(2)
    part = subdocuments.subdocument(numbered("甲"))
    document = printed(content, part, part, block=True)
    ooxml.assert_valid(document, content)
    opened = docx.Document(io.BytesIO(document))
    ids = [paragraph._p.pPr.numPr.numId.val for paragraph in opened.paragraphs]
    numbers = {num.numId: num.abstractNumId.val for num in opened.part.numbering_part.element.num_lst}
    assert len(set(ids)) == 2
    assert len({numbers[identity] for identity in ids}) == 2


def it_brings_numbering_and_styles_to_a_template_without_them() -> None:
    content = template()
    package = open_package(content)
    gone = (b"numbering.xml", b"styles.xml", b"stylesWithEffects.xml")

    def without(member: str) -> bytes:
        return b"".join(piece for piece in _pieces(package.read(member)) if not any(name in piece for name in gone))

    bare = build(
        package,
        {f"word/{name.decode()}": None for name in gone}
        | {name: without(name) for name in ("word/_rels/document.xml.rels", "[Content_Types].xml")},
    )
    document = printed(bare, subdocuments.subdocument(numbered("甲")), block=True)
    assert not {finding.kind for finding in ooxml.new_findings(bare, document)}
    ids = [paragraph._p.pPr.numPr.numId.val for paragraph in docx.Document(io.BytesIO(document)).paragraphs]
    assert ids == [1]


def _pieces(content: bytes) -> list[bytes]:
    return [piece + b">" for piece in content.strip().split(b">")[:-1]]


def it_replaces_pictures_media_embedded_files_and_members() -> None:
    made = docx.Document()
    made.add_picture(io.BytesIO(picture()))
    made.inline_shapes[0]._inline.docPr.set("name", "别的")
    made.inline_shapes[0]._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "标志.png")
    content = saved(made)
    package = open_package(content)
    member = next(name for name in package.members if name.startswith("word/media/"))
    for wanted in (
        Replacements(pictures={"标志.png": picture(colour="blue")}),
        Replacements(media={picture(): picture(colour="blue")}),
        Replacements(members={member: picture(colour="blue")}),
    ):
        changes, types, _ = replaced(package, "word/document.xml", wanted)
        assert changes == {member: picture(colour="blue")}
        assert types == {}
    _, types, _ = replaced(package, "word/document.xml", Replacements(pictures={"标志.png": picture("JPEG")}))
    assert types == {member: "image/jpeg"}


def it_names_everything_that_it_cannot_replace() -> None:
    package = open_package(template())
    wanted = Replacements({"无": b"x"}, {b"a": b"x"}, {b"b": b"x"}, {"word/embeddings/无.xlsx": b"x"})
    with pytest.raises(InvalidTemplate) as caught:
        replaced(package, "word/document.xml", wanted)
    codes = [finding.code for finding in caught.value.diagnostics]
    assert codes == ["picture-not-found", "replacement-not-found", "replacement-not-found", "member-not-found"]
    assert replaced(package, "word/document.xml", Replacements({"无": b"x"}, missing_pictures=True)) == ({}, {}, {})


@pytest.mark.parametrize("address", ["https://example.com/?a=1&b=<2>", 'mailto:a@b.c?subject="x"'])
def it_prints_the_address_of_a_link_that_stands_alone(address: str) -> None:
    made = WordTemplate(words.document(words.paragraph("见{{ 链接 }}。")))
    assert words.texts(made.render({"链接": made.link(address)})) == [f"见{address}。"]
