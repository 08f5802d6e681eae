"""Form controls in a loop: once an item, linked to the item's own row, in every part that knows of them."""

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.excel.feature_workbook import read_parts, write_parts
from tests.support.ooxml import assert_valid

CASE = Path(__file__).parents[1] / "cases" / "excel-following" / "ctl_in_4.xlsx"
SHEET, RELATIONS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14"><xdr:twoCellAnchor editAs="oneCell">'
    "<xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="1025" name="Check Box 1" hidden="1"><a:extLst>'
    '<a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}"><a14:compatExt spid="_x0000_s1025"/></a:ext></a:extLst>'
    "</xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></mc:Choice>"
    "<mc:Fallback/></mc:AlternateContent></xdr:wsDr>"
)


def items(count: int) -> dict[str, object]:
    return {"rows": [{"name": f"指标{number}", "n": number} for number in range(1, count + 1)]}


def as_excel_writes(*, link: str = "$D$3") -> bytes:
    """A check box in a loop's row: in VML, in the worksheet, with its properties, and with its twin in the drawing."""
    parts = read_parts(CASE.read_bytes())
    parts["xl/drawings/drawing1.xml"] = DRAWING.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    entry = f'<Relationship Id="rId7" Type="{kind}" Target="../drawings/drawing1.xml"/></Relationships>'
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", entry.encode())
    override = (
        '<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'drawing+xml"/></Types>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    parts[SHEET] = parts[SHEET].replace(b"<legacyDrawing ", b'<drawing r:id="rId7"/><legacyDrawing ')
    properties = "xl/ctrlProps/ctrlProp1.xml"
    parts[properties] = parts[properties].replace(b"$D$3", link.encode())
    return write_parts(parts)


@pytest.mark.parametrize("count", [0, 1, 4])
def it_repeats_a_control_with_all_that_belongs_to_it(count):
    template = as_excel_writes()
    content = ExcelTemplate(template).render(items(count))
    assert_valid(content, template)
    parts = read_parts(content)
    sheet: Any = etree.fromstring(parts[SHEET])
    controls = sheet.xpath("//*[local-name()='control']")
    numbers = [int(one.get("shapeId")) for one in controls]
    assert numbers == list(range(1025, 1025 + count))
    rows = [
        int(row)
        for row in sheet.xpath("//*[local-name()='control']//*[local-name()='from']/*[local-name()='row']/text()")
    ]
    assert rows == list(range(1, count + 1))
    links = {entry.get("Id"): entry.get("Target", "") for entry in etree.fromstring(parts[RELATIONS])}
    found = [
        etree.fromstring(parts["xl/" + links[one.get(one.nsmap and f"{{{one.nsmap['r']}}}id")].removeprefix("../")])
        for one in controls
    ]
    assert [one.get("fmlaLink") for one in found] == [f"$D${row}" for row in range(2, count + 2)]
    vml = parts["xl/drawings/vmlDrawing1.vml"].decode()
    assert [int(number) for number in re.findall(r'id="_x0000_s(\d+)"', vml)] == numbers
    assert [int(row.split(",")[2]) for row in re.findall("<x:Anchor>([^<]*)", vml)] == rows
    drawing: Any = etree.fromstring(parts["xl/drawings/drawing1.xml"])
    assert drawing.xpath("//@spid") == [f"_x0000_s{number}" for number in numbers]
    assert [int(one) for one in drawing.xpath("//*[local-name()='cNvPr']/@id")] == numbers
    anchored = drawing.xpath("//*[local-name()='from']/*[local-name()='row']/text()")
    assert [int(row) for row in anchored] == rows


def it_prints_a_button_and_its_caption_for_each_item_and_keeps_numbers_apart():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("表")
    for cell, text in {"A2": "{%tr for r in rows %}", "A3": "{{ r.n }}", "A4": "{%tr endfor %}"}.items():
        sheet.write(cell, text)
    sheet.insert_button("D3", {"caption": "第{{ r.n }}项", "width": 60, "height": 18})
    sheet.insert_button("D6", {"caption": "下面"})
    sheet.write_comment("A3", "注{{ r.n }}")
    book.close()
    content = ExcelTemplate(stream.getvalue()).render(items(3))
    assert_valid(content, stream.getvalue())
    vml = read_parts(content)["xl/drawings/vmlDrawing1.vml"].decode()
    assert re.findall(">(第[0-9]项|下面)<", vml) == ["第1项", "第2项", "第3项", "下面"]
    numbers = re.findall(r'id="_x0000_s(\d+)"', vml)
    assert len(numbers) == len(set(numbers)) == 7
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [sheet[f"A{row}"].comment.text for row in (2, 3, 4)] == ["注1", "注2", "注3"]


def it_refuses_a_control_outside_a_loop_that_is_linked_to_several_rows_or_none():
    def below(count: int) -> str:
        parts = read_parts(CASE.read_bytes())
        vml = "xl/drawings/vmlDrawing1.vml"
        parts[vml] = parts[vml].replace(b"<x:Anchor>2, 0, 2, 0, 3, 0, 3, 0<", b"<x:Anchor>2, 0, 6, 0, 3, 0, 7, 0<")
        with pytest.raises(InvalidTemplate) as caught:
            ExcelTemplate(write_parts(parts)).render(items(count))
        (found,) = caught.value.diagnostics
        assert found.code == "excel-cannot-follow"
        return str(found.location.place)

    assert "表!C7" in below(3)
    assert "表!C7" in below(0)


def it_keeps_a_control_whose_row_stays_and_follows_what_it_is_linked_to():
    parts = read_parts(as_excel_writes(link="$D$5"))
    content = ExcelTemplate(write_parts(parts)).render(items(4))
    properties = [data for name, data in read_parts(content).items() if "ctrlProp" in name]
    assert len(properties) == 4
    assert all(b'fmlaLink="$D$6"' in data for data in properties)
