"""Texts beside the cells: headers, comments, text boxes, chart titles, hyperlinks, document properties."""

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter

from generator.diagnostics import InvalidTemplate
from tests.excel.small_sheets import Checked


def made(build) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    build(book)
    book.close()
    return stream.getvalue()


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


ROWS = [{"name": "甲&乙", "id": 7}, {"name": "丙", "id": 8}]


def loop(sheet, *cells):
    sheet.write("A1", "{%tr for r in rows %}")
    sheet.write("A2", "{{ r.name }}")
    sheet.write("A3", "{%tr endfor %}")


def it_prints_headers_and_footers():
    def build(book):
        sheet = book.add_worksheet("表")
        sheet.set_header('&L&"宋体"{{ title }}&R第&P页')
        sheet.set_footer("&C共{{ rows|length }}项")
        sheet.write("A1", 1)

    sheet = openpyxl.load_workbook(io.BytesIO(Checked(made(build)).render({"title": "R&D", "rows": ROWS}))).active
    content = Checked(made(build)).render({"title": "R&D", "rows": ROWS})
    xml = parts(content)["xl/worksheets/sheet1.xml"]
    assert '&amp;L&amp;"宋体"R&amp;&amp;D&amp;R第&amp;P页' in xml.replace("&quot;", '"')
    assert sheet.oddFooter.center.text == "共2项"


def it_prints_comments_for_each_row():
    def build(book):
        sheet = book.add_worksheet("表")
        loop(sheet)
        sheet.write_comment("A2", "编号{{ r.id }}")
        sheet.write_comment("C5", "共{{ rows|length }}项")

    sheet = openpyxl.load_workbook(io.BytesIO(Checked(made(build)).render({"rows": ROWS}))).active
    comments = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert comments == {"A1": "编号7", "A2": "编号8", "C4": "共2项"}


def it_prints_text_boxes_and_chart_titles():
    def build(book):
        sheet = book.add_worksheet("表")
        sheet.write("A1", 1)
        sheet.insert_textbox("D3", "单位：{{ unit }}\n共{{ rows|length }}项")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$A$1"})
        chart.set_title({"name": "{{ unit }}的图"})
        sheet.insert_chart("D10", chart)

    found = parts(Checked(made(build)).render({"unit": "甲<乙", "rows": ROWS}))
    drawing = "".join(re.findall("<a:t>(.*?)</a:t>", found["xl/drawings/drawing1.xml"]))
    assert drawing == "单位：甲&lt;乙共2项"
    assert "甲&lt;乙的图" in found["xl/charts/chart1.xml"]


def it_prints_hyperlinks_for_each_row():
    def build(book):
        sheet = book.add_worksheet("表")
        loop(sheet)
        sheet.write_url("B2", "https://example.org/{{ r.id }}?q={{ r.name }}", string="看", tip="{{ r.name }}")
        sheet.write_url("C2", "internal:表!A2", string="到")

    sheet = openpyxl.load_workbook(io.BytesIO(Checked(made(build)).render({"rows": ROWS}))).active
    links = {row: sheet[f"B{row}"].hyperlink for row in (1, 2)}
    assert [links[row].target for row in (1, 2)] == [
        "https://example.org/7?q=%E7%94%B2&%E4%B9%99",
        "https://example.org/8?q=%E4%B8%99",
    ]
    assert [links[row].tooltip for row in (1, 2)] == ["甲&乙", "丙"]
    assert sheet["C1"].hyperlink.location.endswith("A1:A2") or sheet["C1"].hyperlink.location.endswith("A1")


def it_prints_document_properties():
    def build(book):
        book.set_properties({"title": "{{ unit }}自评表", "author": "财政局"})
        book.set_custom_property("年度", "{{ year }}")
        book.add_worksheet("表").write("A1", 1)

    book = openpyxl.load_workbook(io.BytesIO(Checked(made(build)).render({"unit": "R&D", "year": 2020})))
    assert book.properties.title == "R&D自评表"
    assert book.properties.creator == "财政局"
    assert book.custom_doc_props["年度"].value == "2020"


def it_finds_faults_beside_the_cells():
    def build(book):
        sheet = book.add_worksheet("表")
        sheet.set_header("{{ nmae }}")
        sheet.write_comment("B2", "{{ wrong }}")
        book.set_properties({"title": "{{ titel }}"})

    with pytest.raises(InvalidTemplate) as caught:
        Checked(made(build)).render({"name": "x"})
    assert {finding.location.place.zh for finding in caught.value.diagnostics} == {"表 页眉", "表!B2", "属性 title"}
    assert Checked(made(build)).variables() == {"nmae", "wrong", "titel"}


def it_keeps_the_rows_of_a_sheet_that_has_tags_beside_its_cells_only():
    def build(book):
        sheet = book.add_worksheet("表")
        for row in range(5):
            sheet.write_row(row, 0, [row, f"文字{row}", row / 2])
        sheet.write_comment("B9", "{{ note }}")
        sheet.write_comment("B2", "{{ note }}")
        still = book.add_worksheet("静")
        still.write_row(0, 0, [1, "不动", True])
        still.conditional_format("A1", {"type": "formula", "criteria": "=表!$A$2>0", "format": book.add_format()})

    content = Checked(made(build)).render({"note": "注"})
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [list(row) for row in book["表"].iter_rows(max_row=5, values_only=True)] == [
        [row, f"文字{row}", row / 2] for row in range(5)
    ]
    assert [book["表"][address].comment.text for address in ("B9", "B2")] == ["注", "注"]
    assert [list(row) for row in book["静"].iter_rows(values_only=True)] == [[1, "不动", True]]


def it_lets_a_sheet_without_tags_follow_another():
    def build(book):
        sheet = book.add_worksheet("表")
        sheet.write("A1", "{%tr for r in rows %}")
        sheet.write("A2", "{{ r }}")
        sheet.write("A3", "{%tr endfor %}")
        sheet.write("A4", 5)
        still = book.add_worksheet("静")
        still.write_row(0, 0, [1, "不动", True])
        still.conditional_format("A1", {"type": "formula", "criteria": "=表!$A$4>0", "format": book.add_format()})

    book = openpyxl.load_workbook(io.BytesIO(Checked(made(build)).render({"rows": [1, 2, 3]})))
    assert [list(row) for row in book["静"].iter_rows(values_only=True)] == [[1, "不动", True]]
    (rules,) = book["静"].conditional_formatting
    assert rules.rules[0].formula == ["表!$A$4>0"]
