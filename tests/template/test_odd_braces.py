"""Braces that are no tag, in every text of a Word or Excel template: refused, never printed as they are."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import docx.document
import openpyxl
import openpyxl.chart
import openpyxl.comments
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from generator import ExcelTemplate, InvalidTemplate, WordTemplate

Made = WordTemplate | ExcelTemplate
OFFICE = "http://schemas.openxmlformats.org"
RELATED = f"{OFFICE}/officeDocument/2006/relationships/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMES = (
    f'xmlns:w="{OFFICE}/wordprocessingml/2006/main" xmlns:r="{RELATED[:-1]}" xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:a="{OFFICE}/drawingml/2006/main" xmlns:wp="{OFFICE}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:c="{OFFICE}/drawingml/2006/chart" xmlns:m="{OFFICE}/officeDocument/2006/math"'
)


def in_paragraph(text: str) -> Made:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for character in text:  # Word cuts runs anywhere
        paragraph.add_run(character)
    return _word(document)


def in_word_header(text: str) -> Made:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].add_run(text)
    return _word(document)


def _word(document: docx.document.Document) -> Made:
    content = io.BytesIO()
    document.save(content)
    return WordTemplate(content.getvalue())


def in_cell(text: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book)["A1"] = text
    return _excel(book)


def in_excel_header(text: str) -> Made:
    book = openpyxl.Workbook()
    header = _sheet(book).oddHeader
    assert header is not None
    header.center.text = text
    return _excel(book)


def in_sheet_name(text: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book).title = text
    return _excel(book)


def in_comment(text: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book)["B2"] = 1
    _sheet(book)["B2"].comment = openpyxl.comments.Comment(text, "甲")
    return _excel(book)


def in_word_title(text: str) -> Made:
    document = docx.Document()
    document.core_properties.title = text
    return _word(document)


def in_excel_title(text: str) -> Made:
    book = openpyxl.Workbook()
    book.properties.title = text
    return _excel(book)


def in_table_cell(text: str) -> Made:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = text
    return _word(document)


def in_alternative_text(text: str) -> Made:
    return _word_with(f'''<w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="图" descr="{text}"/>
        <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic>
        </wp:inline></w:drawing>''')


def in_text_box(text: str) -> Made:
    inner = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return _word_with(f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>")


def in_watermark(text: str) -> Made:
    return _word_with(f'<w:pict><v:shape><v:textpath string="{text}"/></v:shape></w:pict>')


def in_equation(text: str) -> Made:
    return _word_with(f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>", run=False)


def in_word_comment(text: str) -> Made:
    document = docx.Document()
    document.add_comment(document.add_paragraph("正文").runs, text=text, author="甲")
    return _word(document)


def in_footnote(text: str) -> Made:
    document = docx.Document()
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    _related(document, "footnotes", f"{WORD}footnotes+xml", f"<w:footnotes {NAMES}>{note}</w:footnotes>")
    document.add_paragraph()._p.append(parse_xml(f'<w:r {NAMES}><w:footnoteReference w:id="2"/></w:r>'))
    return _word(document)


def in_word_chart(text: str) -> Made:
    document = docx.Document()
    title = f"<c:tx><c:rich><a:p><a:r><a:t>{text}</a:t></a:r></a:p></c:rich></c:tx>"
    chart = f"<c:chartSpace {NAMES}><c:chart><c:title>{title}</c:title></c:chart></c:chartSpace>"
    _related(document, "chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", chart)
    return _word(document)


def in_word_link(text: str) -> Made:
    document = docx.Document()
    target = document.part.relate_to(f"https://example.org/{text}", f"{RELATED}hyperlink", is_external=True)
    link = f'<w:hyperlink {NAMES} r:id="{target}"><w:r><w:t>见网页</w:t></w:r></w:hyperlink>'
    document.add_paragraph()._p.append(parse_xml(link))
    return _word(document)


def _word_with(xml: str, *, run: bool = True) -> Made:
    document = docx.Document()
    xml = f"<w:r>{xml}</w:r>" if run else xml
    for element in parse_xml(f"<w:p {NAMES}>{xml}</w:p>"):
        document.add_paragraph()._p.append(element)
    return _word(document)


def _related(document: docx.document.Document, kind: str, content_type: str, xml: str) -> None:
    part = Part(PackURI(f"/word/{kind}1.xml"), content_type, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATED + kind)


def in_chart_title(text: str) -> Made:
    return _charted(text, "title")


def in_axis_title(text: str) -> Made:
    return _charted(text, "axis")


def _charted(text: str, where: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book).append([3])
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(_sheet(book), min_col=1, min_row=1))
    if where == "title":
        chart.title = text
    else:
        chart.x_axis.title = text
    _sheet(book).add_chart(chart, "C3")
    return _excel(book)


def in_chart_sheet(text: str) -> Made:
    book = openpyxl.Workbook()
    chart = openpyxl.chart.BarChart()
    chart.title = text
    sheet = book.create_chartsheet()
    sheet.title = "图"
    sheet.add_chart(chart)
    return _excel(book)


def in_text_of_a_formula(text: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book)["A1"] = f'="{text}"&B1'
    return _excel(book)


def in_prompt(text: str) -> Made:
    book = openpyxl.Workbook()
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0", prompt=text)
    rule.add("B2")
    _sheet(book).add_data_validation(rule)
    return _excel(book)


def in_choices(text: str) -> Made:
    book = openpyxl.Workbook()
    rule = DataValidation(type="list", formula1=f'"{text},乙"')
    rule.add("B2")
    _sheet(book).add_data_validation(rule)
    return _excel(book)


def in_excel_link(text: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book)["A1"] = "见网页"
    _sheet(book)["A1"].hyperlink = f"https://example.org/{text}"
    return _excel(book)


def in_tooltip(text: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book)["A1"].hyperlink = Hyperlink(ref="A1", location="Sheet!A1", tooltip=text)
    return _excel(book)


def in_number_format(text: str) -> Made:
    book = openpyxl.Workbook()
    _sheet(book)["A1"] = 1
    _sheet(book)["A1"].number_format = f'0"{text}"'
    return _excel(book)


WORD_PLACES = [in_table_cell, in_alternative_text, in_text_box, in_watermark, in_equation, in_word_comment, in_footnote]
WORD_PLACES += [in_word_chart, in_word_link]
EXCEL_PLACES = [in_chart_title, in_axis_title, in_chart_sheet, in_text_of_a_formula, in_prompt, in_choices]
EXCEL_PLACES += [in_excel_link, in_tooltip, in_number_format]


def _sheet(book: openpyxl.Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def _excel(book: openpyxl.Workbook) -> Made:
    content = io.BytesIO()
    book.save(content)
    return ExcelTemplate(content.getvalue())


@pytest.mark.parametrize(
    "make",
    [
        *(in_paragraph, in_word_header, in_word_title),
        *(in_cell, in_excel_header, in_sheet_name, in_comment, in_excel_title),
    ],
)
@pytest.mark.parametrize(
    "written",
    ["｛｛ x ｝｝", "{{ x }", "{ x }}", "x }}", "{％ if x ％}", "{{ x }}}", "{{ x }} }}", "{{{ x }}}", "{＃ x ＃}"],
)
def it_refuses_them_at_their_place(make: Callable[[str], Made], written: str):
    with pytest.raises(InvalidTemplate) as refusal:
        make(f"共{written}元").render({"x": 1})
    (found,) = refusal.value.diagnostics
    assert found.location.place is not None


@pytest.mark.parametrize("make", [*WORD_PLACES, *EXCEL_PLACES])
@pytest.mark.parametrize("written", ["｛｛ x ｝｝", "x }}", "{％ if x ％}"])
def it_refuses_them_once_wherever_a_reader_may_see_them(make: Callable[[str], Made], written: str):
    with pytest.raises(InvalidTemplate) as refusal:
        make(f"共{written}元").render({"x": 1})
    (found,) = refusal.value.diagnostics
    assert found.code in ("word-wide-braces", "word-half-tag", "excel-wide-braces", "excel-half-tag")
    assert found.location.place is not None


@pytest.mark.parametrize("make", [*WORD_PLACES, *EXCEL_PLACES])
def it_refuses_a_tag_that_does_not_end_there(make: Callable[[str], Made]):
    with pytest.raises(InvalidTemplate) as refusal:
        make("共{{ x }元").render({"x": 1})
    assert all(found.location.place is not None for found in refusal.value.diagnostics)


@pytest.mark.parametrize("make", [one for one in [*WORD_PLACES, *EXCEL_PLACES] if one is not in_equation])
def it_knows_a_name_in_one_pair_of_braces_there(make: Callable[[str], Made]):
    assert [one.path for one in make("共{ x }元").single_braces()] == ["x"]


@pytest.mark.parametrize("make", [*WORD_PLACES, *EXCEL_PLACES])
@pytest.mark.parametrize("written", ["集合{甲, 乙}", "{一}期", "“{”和“}”", "{ {1}, {2} }"])
def it_raises_no_alarm_there_on_braces_of_prose(make: Callable[[str], Made], written: str):
    assert make(written).render({"x": 1})


@pytest.mark.parametrize("make", [in_paragraph, in_word_title, in_cell, in_comment, in_excel_title])
@pytest.mark.parametrize("written", ["集合{甲, 乙}", "{一}期", "“{”和“}”"])
def it_raises_no_alarm_on_braces_of_prose(make: Callable[[str], Made], written: str):
    assert make(f"{written}和{{{{ x }}}}").render({"x": 1})


@pytest.mark.parametrize(
    ("written", "printed"),
    [('{"a": {"b": {{ x }}}}', '{"a": {"b": 1}}'), ('{{ "}" }}{{ x }}', "}1"), ("{注} {{ x }}", "{注} 1")],
)
def it_prints_braces_that_are_text(written: str, printed: str):
    content = in_paragraph(written).render({"x": 1})
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == printed
