"""Every documented tag and object of docxtpl, on templates built here: a reader sees what docxtpl prints.

Where docxtpl is wrong this engine differs on purpose; those cases have tests of their own.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import docx
import jinja2
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate, InlineImage, RichText

from generator.diagnostics import InvalidTemplate
from generator.word import WordTemplate
from tests.support import ooxml, reading
from tests.support.pictures import picture
from tests.word.docxtpl_cases import CASES, ROWS, everywhere, paragraphs, saved, split_runs, table
from tests.word.test_subdocuments import noted


@pytest.mark.parametrize("case", CASES)
def it_reads_as_with_docxtpl(case: str) -> None:
    content, context = CASES[case]
    theirs = DocxTemplate(io.BytesIO(content))
    theirs.render(context, jinja2.Environment(autoescape=True))
    ours = WordTemplate(content, undefined="empty").render(context)
    formats = case != "split-runs"  # docxtpl gives the text behind a split tag the format of the run where it begins
    assert reading.lines(ours, formats=formats) == reading.lines(saved(theirs), formats=formats)
    ooxml.assert_valid(ours, content)
    opened, other = docx.Document(io.BytesIO(ours)), docx.Document(io.BytesIO(saved(theirs)))
    if case != "everywhere":
        assert opened.core_properties.title == other.core_properties.title


def it_renders_properties_without_escaping_them_twice() -> None:
    content = WordTemplate(everywhere()).render({"name": "甲<乙>&丙", "rows": []})
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert properties.title == "甲<乙>&丙的标题"
    assert properties.author == "甲<乙>&丙"


def it_takes_a_callers_filters_and_tests() -> None:
    environment = jinja2.Environment()
    environment.filters["twice"] = lambda text: text * 2
    environment.tests["long"] = lambda text: len(text) > 2
    content = paragraphs("{{ name|twice }}{% if name is long %}长{% endif %}")
    ours = WordTemplate(content, environment=environment).render({"name": "某单位"})
    assert docx.Document(io.BytesIO(ours)).paragraphs[0].text == "某单位某单位长"


def images() -> bytes:
    made = docx.Document()
    made.add_paragraph("前{{ one }}后")
    made.add_paragraph("{%p for i in many %}")
    made.add_paragraph("{{ i }}")
    made.add_paragraph("{%p endfor %}")
    made.sections[0].header.paragraphs[0].text = "{{ one }}"
    made.sections[0].footer.paragraphs[0].text = "{{ one }}"
    grid = made.add_table(1, 1)
    grid.cell(0, 0).text = "{{ one }}"
    return saved(made)


def it_prints_images_where_docxtpl_does() -> None:
    content = images()
    theirs = DocxTemplate(io.BytesIO(content))

    def their(colour: str, **size: Any) -> InlineImage:
        return InlineImage(theirs, io.BytesIO(picture(colour=colour)), **size)

    theirs.render({"one": their("red", width=Mm(20)), "many": [their("blue"), their("green", height=Mm(5))]})
    template = WordTemplate(content)
    ours = template.render(
        {
            "one": template.image(picture(colour="red"), width=Mm(20)),
            "many": [
                template.image(picture(colour="blue")),
                template.image(io.BytesIO(picture(colour="green")), height=Mm(5)),
            ],
        }
    )
    assert reading.lines(ours) == reading.lines(saved(theirs))
    ooxml.assert_valid(ours, content)


def it_prints_images_in_many_threads_at_once() -> None:
    template = WordTemplate(images())
    colours = ["red", "green", "blue", "black", "white", "orange"]

    def rendered(number: int) -> bytes:
        some = [template.image(picture(colour=colour)) for colour in colours[: number % 6 + 1]]
        return template.render({"one": template.image(picture(colour=colours[number % 6])), "many": some})

    alone = [rendered(number) for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(rendered, range(12))) == alone


def it_prints_images_and_links_in_footnotes() -> None:
    content = saved(noted("{{ one }}见{{r rich }}"))
    template = WordTemplate(content)
    rich = RichText("网站", url_id=template.link("https://example.com/tag"))
    ours = template.render({"one": template.image(picture()), "rich": rich})
    ooxml.assert_valid(ours, content)
    note = next(line for line in reading.lines(ours) if "picture" in line)
    assert "link https://example.com/tag" in note


def it_keeps_the_format_of_text_around_an_image() -> None:
    made = docx.Document()
    run = made.add_paragraph().add_run("前{{ one }}后")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(20), RGBColor(255, 0, 0)
    template = WordTemplate(saved(made))
    ours = template.render({"one": template.image(picture())})
    (paragraph,) = docx.Document(io.BytesIO(ours)).paragraphs
    assert {(run.bold, run.font.size) for run in paragraph.runs if run.text} == {(True, Pt(20))}
    assert paragraph.text == "前后"


def annex() -> Any:
    made = docx.Document()
    made.add_heading("附件", 2)
    made.add_paragraph("列项", style="List Bullet")
    made.add_picture(io.BytesIO(picture(colour="blue")), width=Mm(10))
    made.add_table(1, 2, style="Table Grid").cell(0, 1).text = "格"
    made.add_paragraph("附件完")
    return made


def it_prints_sub_documents_where_docxtpl_does() -> None:
    content = paragraphs("前", "{{p annex }}", "后")
    theirs = DocxTemplate(io.BytesIO(content))
    theirs.render({"annex": theirs.new_subdoc(io.BytesIO(saved(annex())))})
    template = WordTemplate(content)
    ours = template.render({"annex": template.subdoc(saved(annex()))})
    assert reading.lines(ours) == reading.lines(saved(theirs))
    ooxml.assert_valid(ours, content)


def it_keeps_the_namespaces_of_python_docx_when_it_prints_sub_documents() -> None:
    program = """
import io, docx
from generator.word import WordTemplate
made = docx.Document()
made.add_paragraph("{{p annex }}")
buffer = io.BytesIO()
made.save(buffer)
template = WordTemplate(buffer.getvalue())
content = template.render({"annex": template.subdoc(docx.Document())})
properties = docx.Document(io.BytesIO(content)).core_properties
properties.keywords = "k"
print(properties._element[-1].tag)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "package/2006/metadata/core-properties" in done.stdout


def it_merges_no_cell_with_one_that_does_not_merge() -> None:
    content = table(
        ["{%tr for r in rows %}", ""],
        ["{% vm %}{{ r.name }}", "{{ r.score }}"],
        ["说明", ""],
        ["{%tr endfor %}", ""],
    )
    ours = WordTemplate(content).render({"rows": ROWS})
    ooxml.assert_valid(ours, content)
    texts = [cells[0].text for cells in (row.cells for row in docx.Document(io.BytesIO(ours)).tables[0].rows)]
    assert texts == ["数量指标", "说明", "质量指标", "说明", "时效指标", "说明"]


def it_ends_narrow_rows_before_the_grid_does() -> None:
    content = table(
        ["{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}", "尾"],
        ["一", "二", "三", "四"],
    )
    ours = WordTemplate(content).render({"rows": []})
    ooxml.assert_valid(ours, content)
    assert [len(row.cells) for row in docx.Document(io.BytesIO(ours)).tables[0].rows] == [1, 4]


def it_keeps_the_format_of_each_run_around_a_split_tag() -> None:
    ours = WordTemplate(split_runs()).render({"name": "某单位"})
    first = docx.Document(io.BytesIO(ours)).paragraphs[0]
    assert [(run.text, run.bold) for run in first.runs if run.text] == [("前", None), ("某单位", True), (" 后", False)]


def it_replaces_what_docxtpl_replaces() -> None:
    made = docx.Document()
    made.add_picture(io.BytesIO(picture(colour="red")))
    made.inline_shapes[0]._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "标志.png")
    made.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(picture(colour="green")))
    content = saved(made)
    new = io.BytesIO(picture(colour="blue", size=(8, 8)))
    theirs = DocxTemplate(io.BytesIO(content))
    theirs.replace_pic("标志.png", new)
    theirs.replace_media(io.BytesIO(picture(colour="green")), io.BytesIO(picture(colour="black")))
    theirs.render({})
    ours = WordTemplate(content).render(
        {},
        replace_pic={"标志.png": new.getvalue()},
        replace_media={picture(colour="green"): picture(colour="black")},
    )
    assert reading.lines(ours) == reading.lines(saved(theirs))
    ooxml.assert_valid(ours, content)


@pytest.mark.parametrize("make", [lambda t: InlineImage(t, io.BytesIO(picture())), lambda t: t.new_subdoc()])
def it_points_from_docxtpls_objects_to_its_own(make: Callable[[DocxTemplate], Any]) -> None:
    content = paragraphs("{{ one }}")
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(content).render({"one": make(DocxTemplate(io.BytesIO(content)))})
    (finding,) = caught.value.diagnostics
    assert "template." in (finding.hint or "")
    assert finding.location.anchor == {"part": "body", "paragraph": 1}


def text_box() -> str:
    return (
        f"<w:p {nsdecls('w')}><w:r><w:pict xmlns:v='urn:schemas-microsoft-com:vml'><v:shape><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>{{ name }}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def it_prints_into_text_boxes() -> None:
    made = docx.Document()
    made.element.body.insert(0, parse_xml(text_box()))
    ours = WordTemplate(saved(made)).render({"name": "框中"})
    assert "框中" in reading.texts(ours)
