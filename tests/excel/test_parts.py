"""Parts that programs other than Excel seldom write: threads, controls, the calculation chain, table headers, VML."""

import io
import re
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.worksheet.table import Table

from generator.excel.calculate.cached_values import read_formulas
from generator.excel.calculate.put_values import write_values
from generator.excel.follow.anchors import follow_control_anchors, follow_drawing
from generator.excel.follow.formulas import Frame
from generator.excel.follow.layout import AxisLayout
from generator.excel.follow.notes import follow_threads, follow_vml
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.excel.run.recalculation import mark_for_recalculation
from generator.excel.template import ExcelTemplate
from generator.ooxml.addresses import MAX_COLUMNS
from generator.ooxml.spreadsheet import cut
from tests.excel.feature_workbook import read_parts, write_parts
from tests.excel.test_formulas import looped
from tests.support.ooxml import assert_valid

THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def frame(count: int) -> Frame:
    """Rows 1-3 stay, row 5 is there `count` times from row 4 on."""
    sheet = SheetLayout("表", "表", looped(count), AxisLayout.unmoved(MAX_COLUMNS))
    return Frame(WorkbookLayout((sheet,)), sheet)


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def it_repeats_threads_with_their_answers():
    root: Any = etree.fromstring(
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B5" id="{{AAAA}}" personId="p"/>'
        f'<threadedComment ref="B5" id="{{BBBB}}" parentId="{{AAAA}}" personId="p"/><threadedComment ref="C8" id="{{C}}"/>'
        "</ThreadedComments>"
    )
    assert follow_threads(root, frame(3))
    found: list[Any] = [(comment.get("ref"), comment.get("id"), comment.get("parentId")) for comment in root]
    assert sorted(ref for ref, _, _ in found) == ["B4", "B4", "B5", "B5", "B6", "B6", "C8"]
    assert len({identifier for _, identifier, _ in found}) == 7
    starters = {ref: identifier for ref, identifier, parent in found if parent is None}
    assert all(parent == starters[ref] for ref, _, parent in found if parent)


def it_moves_controls_and_the_cells_they_are_linked_to():
    root: Any = etree.fromstring(
        f'<controls xmlns:xdr="{DRAWING}"><control><controlPr linkedCell="$A$8" listFillRange="表!$B$5:$B$5"><anchor><from>'
        "<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></from><to>"
        "<xdr:col>2</xdr:col><xdr:colOff>5</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor>"
        "</controlPr></control></controls>"
    )
    assert follow_control_anchors(root, frame(5))
    assert [int(row.text) for row in root.iter(f"{{{DRAWING}}}row")] == [9, 10]
    assert (root[0][0].get("linkedCell"), root[0][0].get("listFillRange")) == ("$A$10", "表!$B$4:$B$8")


def it_repeats_pictures_but_no_charts_and_keeps_what_is_fixed():
    def anchor(kind: str, row: int, extra: str = "", fixed: str = "") -> str:
        return (
            f"<xdr:twoCellAnchor{fixed}><xdr:from><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:from><xdr:to><xdr:col>0"
            f"</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>9</xdr:rowOff></xdr:to><xdr:{kind}>"
            f'<xdr:cNvPr id="2" name="x"/>{extra}</xdr:{kind}></xdr:twoCellAnchor>'
        )

    fixed = ' editAs="absolute"'
    body = anchor("pic", 4) + anchor("graphicFrame", 4) + anchor("pic", 7, fixed=fixed) + anchor("sp", 7)

    def rows(count: int) -> list[tuple[str, int]]:
        root: Any = etree.fromstring(f'<xdr:wsDr xmlns:xdr="{DRAWING}">{body}</xdr:wsDr>')
        follow_drawing(root, frame(count))
        return [(child[2].tag.rpartition("}")[2], int(child[0][1].text)) for child in root]

    assert rows(2) == [("pic", 3), ("pic", 4), ("graphicFrame", 3), ("pic", 7), ("sp", 6)]
    assert rows(0) == [("graphicFrame", 3), ("pic", 7), ("sp", 4)]


def it_gives_many_boxes_of_comments_numbers_of_their_own():
    shape = (
        b'<v:shape id="_x0000_s1025" type="#t"><x:ClientData ObjectType="Note"><x:Anchor>2, 15, 4, 2, 4, 15, 8, 1</x:Anchor>'
        b"<x:Row>4</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>"
    )
    xml = b'<xml><o:shapelayout><o:idmap v:ext="edit" data="1"/></o:shapelayout>' + shape + b"<br></xml>"
    written = follow_vml(xml, frame(1500))
    identifiers = re.findall(rb'id="_x0000_s(\d+)"', written)
    assert len(set(identifiers)) == 1500
    assert re.findall(rb'data="([^"]*)"', written) == [b"1,2"]
    assert {int(number) // 1024 for number in identifiers} == {1, 2}
    assert (
        b"<x:Anchor>2, 15, 4, 2, 4, 15, 8, 1</x:Anchor>" in written
    )  # the second instance stands on the template's row
    assert follow_vml(xml, frame(0)) == xml.replace(shape, b"")


def it_drops_the_calculation_chain_and_marks_what_must_be_recalculated():
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["A2"] = "{{ 数 }}", "=A1*2"
    parts = read_parts(saved(book))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A2" i="1"/></calcChain>'
    )
    relations = parts["xl/_rels/workbook.xml.rels"]
    entry = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"</Relationships>", entry.encode())
    override = (
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        b'calcChain+xml"/></Types>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    template = write_parts(parts)
    content = ExcelTemplate(template).render({"数": 4})
    assert_valid(content, template)
    after = read_parts(content)
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]
    assert openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]["A2"].value == 8


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (b'<calcPr calcId="1" fullCalcOnLoad="0"/>', b'<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        (b"<calcPr/><x/>", b'<calcPr fullCalcOnLoad="1"/><x/>'),
        (b"<sheets></sheets><x/>", b'<sheets></sheets><calcPr fullCalcOnLoad="1"/><x/>'),
        (
            b"<x:sheets></x:sheets><x:definedNames></x:definedNames>",
            b'<x:sheets></x:sheets><x:definedNames></x:definedNames><x:calcPr fullCalcOnLoad="1"/>',
        ),
    ],
)
def it_marks_a_workbook_for_recalculation(xml, expected):
    assert mark_for_recalculation(xml) == expected


def it_calls_the_columns_of_a_table_as_their_headers_read():
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for address, value in {
        "A1": "名称",
        "B1": "{{ 年度 }}年预算",
        "A2": "甲",
        "B2": "{{ 数 }}",
        "D1": "=SUM(表1[名称])",
    }.items():
        sheet[address] = value
    sheet.add_table(Table(displayName="表1", ref="A1:B2"))
    content = ExcelTemplate(saved(book)).render({"年度": 2020, "数": 1})
    table = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].tables["表1"]
    assert table.column_names == ["名称", "2020年预算"]


def it_reads_and_writes_cells_however_they_are_written():
    xml = (
        b'<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="n"><x:v>1</x:v></x:c><x:c s="2" r="C1"><x:f>A1+1</x:f><x:v>9'
        b'</x:v></x:c></x:row><x:row r="4"><x:c/><x:c><x:f t="shared" ref="B4:B5" si="0">A4</x:f></x:c></x:row>'
        b'<x:row><x:c r="B5"><x:f t="shared" si="0"/></x:c></x:row></x:sheetData></x:worksheet>'
    )
    sheet = read_formulas("S", xml)
    assert {place: cell.text for place, cell in sheet.formulas.items()} == {(1, 3): "A1+1", (4, 2): "A4", (5, 2): "A5"}
    assert list(sheet.values({1: (1, 9), 3: (1, 9)}, lambda index: "")) == [(1, 1, 1.0)]
    written = write_values(sheet, lambda row, column: "甲&乙" if row == 4 else None, xml)
    assert b'<x:c r="C1" s="2"><x:f>A1+1</x:f></x:c>' in written
    assert (
        '<x:c r="B4" t="str"><x:f t="shared" ref="B4:B5" si="0">A4</x:f><x:v>甲&amp;乙</x:v></x:c>'.encode() in written
    )


def it_clears_the_cells_that_an_array_formula_fills():
    xml = (
        b'<worksheet><sheetData><row r="1"><c r="A1"><f t="array" ref="A1:B2">X</f><v>1</v></c><c r="B1"><v>2</v></c></row>'
        b'<row r="2"><c r="A2" s="3" t="str"><v>3</v></c><c r="B2"><v>4</v></c><c r="C2"><v>5</v></c></row></sheetData></worksheet>'
    )
    sheet = read_formulas("S", xml)
    assert sheet.filled == {(1, 2), (2, 1), (2, 2)}
    written = write_values(sheet, lambda row, column: None, xml)
    assert re.findall(rb"<v>(\d)</v>", written) == [b"5"]
    assert b'<c r="A2" s="3"/>' in written


def it_cuts_a_worksheet_without_losing_a_byte():
    xml = '<?xml version="1.0"?>\n<w xmlns="m"> <a/><b x="1">甲<c/></b>\n<a></a ><!-- x --><d\n/></w>\n'.encode()
    pieces = cut(xml)
    assert b"".join(piece.xml for piece in pieces) == xml
    assert [piece.name for piece in pieces if piece.name] == ["a", "b", "a", "d"]


def it_keeps_a_comment_in_a_loop_beside_its_row():
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, value in enumerate(["{%tr for r in rows %}", "{{ r }}", "{%tr endfor %}"], 1):
        sheet.cell(row, 1, value)
    sheet["B2"].comment = Comment("说明", "局")
    content = ExcelTemplate(saved(book)).render({"rows": [1, 2, 3]})
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [getattr(page.cell(row, 2).comment, "text", None) for row in (1, 2, 3)] == ["说明"] * 3


def it_sets_the_height_of_a_row_that_says_it_has_none():
    book = openpyxl.Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.alignment = "{{ 文 }}", Alignment(wrap_text=True)
    parts = read_parts(saved(book))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<row r="1"', b'<row r="1" customHeight="false" ht="15"')
    content = ExcelTemplate(write_parts(parts)).render({"文": "很长的文字" * 40})
    row: Any = etree.fromstring(read_parts(content)[name]).find(".//{*}row")
    assert float(row.get("ht")) > 100
    assert row.get("customHeight") == "1"
