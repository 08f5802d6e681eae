"""Pictures of the data in Word: printed where a tag stands, or in the place of a picture of the template."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm
from PIL import Image as Pillow

from generator import WordTemplate
from generator.diagnostics import InvalidTemplate
from generator.template.image import image
from tests.support import office, ooxml, words
from tests.support.pictures import emf, picture, svg, wmf

MM = 36_000
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
FLOATING = (
    '<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251658240" behindDoc="1"'
    ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page">'
    '<wp:posOffset>3000000</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>2000000</wp:posOffset>'
    '</wp:positionV><wp:extent cx="{side}" cy="{side}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
    '<wp:docPr id="1" name="图 1" {texts}/><wp:cNvGraphicFramePr/>{graphic}</wp:anchor>'
)
INLINE = (
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
    '<wp:docPr id="1" name="图 1" {texts}/><wp:cNvGraphicFramePr/>{graphic}</wp:inline>'
)
GRAPHIC = (
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{picture}</a:graphicData>'
    "</a:graphic>"
)
ONE = (
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="2" name="a.png" {own}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdOld"/>{crop}'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
)
GROUP = (
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:cNvGrpSpPr/><wpg:grpSpPr/>'
    "{picture}</wpg:wgp></a:graphicData></a:graphic>"
)


def root(content: bytes, member: str = "word/document.xml") -> Any:
    """A part of a document."""
    return words.root(content, member)


def run(
    texts: str = 'descr="{{ 公章 }}"', *, frame: str = INLINE, own: str = "", crop: str = "", graphic: str = GRAPHIC
) -> str:
    """A run with a picture of 40 mm by 40 mm."""
    one = ONE.format(own=own, crop=crop, side=40 * MM)
    return f"<w:r><w:drawing>{frame.format(side=40 * MM, texts=texts, graphic=graphic.format(picture=one))}</w:drawing></w:r>"


def template(*blocks: str, **parts: Any) -> bytes:
    """A document whose pictures are one that it holds."""
    found = words.members(words.document(*blocks, **parts))
    found["word/media/old.png"] = picture(colour="gray", size=(20, 20))
    name = "[Content_Types].xml"
    if b'Extension="png"' not in found[name]:
        found[name] = found[name].replace(
            b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1
        )
    link = f'<Relationship Id="rIdOld" Type="{R[1:-1]}/image" Target="media/old.png"/></Relationships>'.encode()
    for part in ("document", "footnotes"):
        name = f"word/_rels/{part}.xml.rels"
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        if f"word/{part}.xml" in found:
            found[name] = found.get(name, empty).replace(b"</Relationships>", link)
    return words.pack(found)


def shown(content: bytes, member: str = "word/document.xml") -> list[tuple[bytes, int, int]]:
    """What each picture of a part shows, and how large its frame is in EMU."""
    parts = words.members(content)
    folder, _, name = member.rpartition("/")
    links = {one.get("Id"): one.get("Target") for one in root(content, f"{folder}/_rels/{name}.rels")}
    found = []
    for one in root(content, member).iter(f"{PIC}pic"):
        target = links[one.find(f"{PIC}blipFill/{A}blip").get(f"{R}embed")]
        size = one.find(f"{PIC}spPr/{A}xfrm/{A}ext")
        frame = next(one.iterancestors(f"{WP}inline", f"{WP}anchor"))
        if frame.find(f"{A}graphic/{A}graphicData/{PIC}pic") is one:
            assert dict(frame.find(f"{WP}extent").attrib) == dict(size.attrib)
        found.append(
            (
                parts[target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"],
                int(size.get("cx")),
                int(size.get("cy")),
            )
        )
    return found


RED = picture()


@pytest.mark.parametrize(
    "texts",
    [
        'descr="{{ 公章 }}"',
        'title="{{ 公章 }}"',
        'descr=" {{公章}} " title="公章"',
        'descr="{{ 公章 }}" title="{{ 公章 }}"',
    ],
)
@pytest.mark.parametrize("frame", [INLINE, FLOATING])
def it_puts_a_picture_whole_into_the_box_of_the_template_s(frame, texts):
    made = template(words.paragraph(run(texts, frame=frame)))
    content = WordTemplate(made).render({"公章": image(RED, description="红 & 章")})
    assert not ooxml.new_findings(made, content)
    assert shown(content) == [(RED, 40 * MM, 20 * MM)]
    (around,) = root(content).iter(f"{WP}docPr")
    assert around.get("descr") == "红 & 章"
    assert not [one for one in root(content).iter() if any("{{" in str(value) for value in one.attrib.values())]


def it_keeps_the_anchor_of_a_floating_picture():
    made = template(words.paragraph(run(frame=FLOATING)))
    before, after = (
        root(one).find(f".//{WP}anchor") for one in (made, WordTemplate(made).render({"公章": image(RED)}))
    )
    for name in ("simplePos", "positionH", "positionV", "wrapNone"):
        old, new = before.find(f"{WP}{name}"), after.find(f"{WP}{name}")
        assert "".join(old.itertext()) == "".join(new.itertext())
        assert old.attrib == new.attrib
    assert before.attrib == after.attrib


def it_takes_the_tag_of_the_picture_itself_too():
    made = template(words.paragraph(run("", own='descr="{{ 公章 }}"')))
    assert shown(WordTemplate(made).render({"公章": image(RED)})) == [(RED, 40 * MM, 20 * MM)]


def it_prints_no_picture_where_the_value_is_blank():
    made = template(words.paragraph("前", run(), "后"))
    for value in (None, ""):
        content = WordTemplate(made).render({"公章": value})
        assert shown(content) == []
        assert words.texts(content) == ["前后"]
        assert not ooxml.new_findings(made, content)
    assert shown(WordTemplate(made, undefined="empty").render({})) == []


def it_keeps_the_picture_of_the_template_where_the_value_is_text():
    made = template(words.paragraph(run(crop='<a:srcRect l="10000"/>')))
    content = WordTemplate(made).render({"公章": "区财政局 & 公章"})
    assert [size for _, *size in shown(content)] == [[40 * MM, 40 * MM]]
    assert root(content).find(f".//{WP}docPr").get("descr") == "区财政局 & 公章"
    assert root(content).find(f".//{A}srcRect").get("l") == "10000"
    content = WordTemplate(made).render({"公章": image(RED)})
    assert root(content).find(f".//{A}srcRect").get("l") == "0"


def it_prints_pictures_of_a_loop_and_of_a_table_and_stores_each_once():
    blue = picture(colour="blue")
    cells = [
        words.row("{%tr for 一 in 图们 %}"),
        words.row(words.paragraph(run('descr="{{ 一 }}"'))),
        words.row("{%tr endfor %}"),
    ]
    made = template(words.table(*cells, columns=1), words.paragraph(run()))
    content = WordTemplate(made).render(
        {"图们": [image(RED), image(blue), image(RED)], "公章": image(blue, width="9cm")}
    )
    assert [one for one, *_ in shown(content)] == [RED, blue, RED, blue]
    assert sum(name.startswith("word/media/picture-") for name in words.members(content)) == 2
    numbers = [one.get("id") for one in root(content).iter(f"{WP}docPr")]
    assert len(numbers) == len(set(numbers))
    assert not ooxml.new_findings(made, content)


def it_prints_a_picture_in_a_header_a_text_box_a_footnote_and_a_group():
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="900000" cy="900000"/><wp:docPr id="7" name="框"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
        f"<wps:txbx><w:txbxContent>{words.paragraph(run())}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{words.paragraph(run())}</w:footnote>'
    group = run("", own='descr="{{ 公章 }}"', graphic=GROUP)
    made = template(
        words.paragraph(box), words.paragraph("注", note), words.paragraph(group), parts={"footnotes": notes}
    )
    content = WordTemplate(made).render({"公章": image(RED)})
    assert shown(content) == [(RED, 40 * MM, 20 * MM)] * 2
    assert shown(content, "word/footnotes.xml") == [(RED, 40 * MM, 20 * MM)]
    headed: Any = docx.Document()
    headed.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(picture(colour="gray")), Mm(40), Mm(40))
    headed.sections[0].header._element.find(f".//{WP}docPr").set("descr", "{{ 公章 }}")
    buffer = io.BytesIO()
    headed.save(buffer)
    content = WordTemplate(buffer.getvalue()).render({"公章": image(RED)})
    header = next(name for name in words.members(content) if "header" in name and name.endswith("r1.xml"))
    assert shown(content, header) == [(RED, 40 * MM, 20 * MM)]


def it_leaves_the_twin_of_an_old_program_out_where_it_would_show_the_old_picture():
    choice = run(frame=FLOATING)[len("<w:r>") : -len("</w:r>")]
    fallback = '<w:pict><v:shape alt="{{ 公章 }}"><v:imagedata r:id="rIdOld"/></v:shape></w:pict>'
    twin = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )
    content = WordTemplate(template(words.paragraph(twin))).render({"公章": image(RED)})
    assert shown(content) == [(RED, 40 * MM, 20 * MM)]
    assert b"Fallback" not in words.members(content)["word/document.xml"]


def it_makes_a_placed_picture_a_link():
    made = template(words.paragraph(run()))
    content = WordTemplate(made).render({"公章": image(RED, url="https://example.com/?a=1&b=2")})
    assert not ooxml.new_findings(made, content)
    links = docx.Document(io.BytesIO(content)).part.rels.values()
    assert "https://example.com/?a=1&b=2" in [one.target_ref for one in links if one.is_external]


def it_names_the_place_of_a_tag_without_a_value():
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(template(words.paragraph("前"), words.paragraph(run('descr="{{ 没有 }}"')))).render({"公章": ""})
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.place.zh) == ("template-undefined", "正文 第2段")  # type: ignore[union-attr]
    made = WordTemplate(template(words.paragraph(run('descr="{{ 图.公章 }}"'))))
    assert made.variables() == {"图.公章"}
    assert "待填" in root(made.render({"图": {}}, draft=True)).find(f".//{WP}docPr").get("descr")


def it_shows_an_svg_to_new_programs_and_its_png_to_others():
    made = template(words.paragraph("{{ 图 }}", run('descr="{{ 图 }}"')))
    content = WordTemplate(made).render({"图": image(svg(), width="20mm")})
    assert not ooxml.new_findings(made, content)
    parts = words.members(content)
    links = {one.get("Id"): one.get("Target") for one in root(content, "word/_rels/document.xml.rels")}
    twins = [links[one.get(f"{R}embed")] for one in root(content).iter(SVG)]
    assert len(twins) == 2
    assert len(set(twins)) == 1
    assert b"<rect" in parts[f"word/{twins[0]}"]
    assert all(Pillow.open(io.BytesIO(one)).size == (80, 40) for one, *_ in shown(content))
    assert b'ContentType="image/svg+xml"' in parts["[Content_Types].xml"]


@pytest.mark.parametrize("content", [emf(), wmf(), picture("WEBP"), picture("BMP"), picture("TIFF")])
def it_prints_every_format(content):
    made = template(words.paragraph("{{ 图 }}"))
    assert not ooxml.new_findings(made, WordTemplate(made).render({"图": image(content)}))


def it_replaces_a_floating_picture_by_its_alternative_text_and_keeps_its_frame():
    made = template(words.paragraph(run('descr="标志"', frame=FLOATING)))
    content = WordTemplate(made).render({}, replace_pic={"标志": picture("WEBP")})
    (one, width, height), *_ = shown(content)
    assert Pillow.open(io.BytesIO(one)).format == "PNG"
    assert (width, height) == (40 * MM, 40 * MM)
    anchors = [
        re.findall(rb"<wp:position.*?</wp:positionV>", words.members(one)["word/document.xml"])
        for one in (made, content)
    ]
    assert anchors[0] == anchors[1]
    content = WordTemplate(made).render({}, replace_pic={"标志": svg()})
    assert Pillow.open(io.BytesIO(shown(content)[0][0])).format == "PNG"


@pytest.mark.office
def it_shows_pictures_in_libreoffice(tmp_path: Path):
    file = tmp_path / "图.docx"
    made = template(words.paragraph("{{ 图 }}"), words.paragraph(run(frame=FLOATING)))
    file.write_bytes(WordTemplate(made).render({"图": image(svg(), width="30mm"), "公章": image(emf(), width="30mm")}))
    assert office.pdf_pages(office.convert([file], "pdf", tmp_path / "pdf")[file])
