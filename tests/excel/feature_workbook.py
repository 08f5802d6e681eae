"""A workbook template with one of everything that a workbook can hold, made by XlsxWriter, and raw parts for the rest.

Sheets: `自评表` has a loop with features above, beside, around and below it; `表格` a table around a loop; `图表` charts of
both; `其他` what no tag touches. Raw parts are what XlsxWriter does not write: a pivot table, a slicer, threaded comments,
printer settings, custom XML, a control with its properties.
"""

import io
import re
import zipfile
from pathlib import PurePosixPath

import xlsxwriter

from tests.support.pictures import picture

LOOP = 4  # the row of 自评表 that is repeated; 3 and 5 are its control rows


def feature_workbook(*, raw: bool = True) -> bytes:
    """The template; without `raw` only what XlsxWriter writes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    wrap = book.add_format({"text_wrap": True, "border": 1})
    money = book.add_format({"num_format": "#,##0.00", "border": 1})
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet = book.add_worksheet("自评表")
    sheet.merge_range("A1:F1", "{{ 标题 }}", bold)
    sheet.write_row("A2", ["名称", "数量", "单价", "金额", "占比", "备注"], bold)
    sheet.write("A3", "{%tr for r in rows %}")
    sheet.write_row("A4", ["{{ r.名称 }}", "{{ r.数量 }}", "{{ r.单价 }}"], wrap)
    sheet.write_formula("D4", "=ROUND(B4*C4,2)", money, 0)
    sheet.write_formula("E4", "=IF($D$6=0,0,D4/$D$6)", None, 0)
    sheet.write("F4", "{{ r.备注 }}", wrap)
    sheet.write("A5", "{%tr endfor %}")
    sheet.write("A6", "合计", bold)
    sheet.write_formula("B6", "=SUM(B4:B4)", None, 0)
    sheet.write_formula("D6", "=SUM(D4:D4)", money, 0)
    sheet.write_formula("E6", '=IF(ABS(SUM(E4:E4)-1)<0.000001,"相符","不符")', None, "")
    sheet.write_array_formula("F6:F6", "{=SUM(B4:B4*C4:C4)}", None, 0)
    sheet.merge_range("A8:B9", "下方合并")
    sheet.write_formula("C8", "=AVERAGE(B2:B6)", None, 0)
    sheet.write_formula("C9", '=SUMIF(A4:A4,"办公费",D4:D4)+COUNTIF(F4:F4,"*备*")', None, 0)
    sheet.write_formula("C10", '=IFERROR(VLOOKUP("差旅费",A4:D4,4,FALSE),"无")', None, "")
    sheet.write_formula("C11", "=NOW()", None, 0)
    sheet.write_formula("C12", "=C11+1", None, 0)
    sheet.write_formula("C13", '="共"&COUNTA(A4:A4)&"项"', None, "")
    sheet.write_formula("C14", "=合计数*2+SUM(表1[数量])", None, 0)
    sheet.write_rich_string("A10", bold, "粗", red, "红", "平")
    sheet.conditional_format("D4:D4", {"type": "cell", "criteria": ">", "value": "=$D$6/2", "format": red})
    sheet.conditional_format("A4:F4", {"type": "formula", "criteria": "=$B4>$B$6/2", "format": bold})
    sheet.conditional_format("B2:B8", {"type": "3_color_scale"})
    sheet.conditional_format("C8:C12", {"type": "duplicate", "format": red})
    sheet.data_validation("F4", {"validate": "list", "source": "=$A$8:$A$10"})
    sheet.data_validation("B4", {"validate": "decimal", "criteria": "<=", "value": "=$B$6"})
    sheet.data_validation("C8", {"validate": "list", "source": ["甲", "乙"]})
    sheet.write_comment("B4", "数量说明", {"author": "局"})
    sheet.write_comment("D6", "合计说明", {"author": "局", "visible": True})
    sheet.write_url("A6", "internal:'图表'!A1", string="合计")
    sheet.write_url("A11", "https://example.cn/")
    sheet.insert_image("H4", "点.png", {"image_data": io.BytesIO(picture()), "object_position": 1})
    sheet.insert_image("H9", "下.png", {"image_data": io.BytesIO(picture()), "object_position": 2})
    sheet.insert_image("J9", "定.png", {"image_data": io.BytesIO(picture()), "object_position": 3})
    sheet.insert_textbox("H12", "文本框", {"object_position": 1, "textlink": "=$D$6"})
    sheet.insert_button("K12", {"macro": "x", "caption": "按钮"})
    sheet.insert_checkbox("L4", True)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {"name": "=自评表!$D$2", "categories": "=自评表!$A$4:$A$4", "values": "=自评表!$D$4:$D$4", "values_data": [1]}
    )
    sheet.insert_chart("N2", chart, {"object_position": 1})
    sheet.freeze_panes(5, 1)
    sheet.autofilter("A2:F6")
    sheet.print_area("A1:F12")
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns("A:A")
    sheet.set_h_pagebreaks([6, 12])
    sheet.set_v_pagebreaks([6])
    sheet.set_row(7, 30, None, {"level": 1})
    sheet.set_selection("B8:C9")
    sheet.ignore_errors({"number_stored_as_text": "A4:A4 F8:F9"})
    sheet.set_header("&L{{ 标题 }}&C&P")
    book.define_name("合计数", "=自评表!$D$6")
    book.define_name("自评表!本表", "=自评表!$A$4:$D$6")
    book.define_name("税率", "=0.13")

    table = book.add_worksheet("表格")
    table.add_table(
        "B2:D4",
        {
            "name": "表1",
            "total_row": False,
            "columns": [{"header": "名称"}, {"header": "数量"}, {"header": "倍数", "formula": "=[@数量]*2"}],
        },
    )
    table.write_row("B4", ["{{ r.名称 }}", "{{ r.数量 }}"])
    table.write_formula("D4", "=表1[[#This Row],[数量]]*2", None, 0)
    table.write("B3", "{%tr for r in rows or [空] %}")
    table.write("B5", "{%tr endfor %}")
    table.write_formula("B8", "=SUM(表1[数量])", None, 0)
    table.write_formula("B9", "=SUM(表1[倍数])/2", None, 0)
    table.write_formula("B10", '=COUNTA(表1[名称])&"项"', None, "")

    charts = book.add_worksheet("图表")
    charts.write_formula("A1", "=自评表!D6", None, 0)
    charts.write_formula("A2", "=SUM(自评表!B:B)", None, 0)
    charts.write_formula("A3", "=MAX(自评表!$B$4:$B$4,0)", None, 0)
    for kind, cell in (("pie", "C1"), ("line", "C20")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"categories": "=自评表!$A$4:$A$4", "values": "=自评表!$B$4:$B$4"})
        charts.insert_chart(cell, chart)

    other = book.add_worksheet("其他")
    for row in range(6):
        other.write_row(row, 0, [f"项{row}", row, row * 2.5])
    other.add_sparkline("E1", {"range": "其他!B1:C1"})
    other.conditional_format("B1:B6", {"type": "data_bar", "data_bar_2010": True})
    other.write_formula("D1", "=SUM(B1:C1)", None, 0)
    other.write_comment("A1", "批注")
    other.insert_textbox("G1", "形状")
    other.protect("", {"objects": True})
    other.unprotect_range("B2:B3", "可填")
    book.close()
    parts = read_parts(stream.getvalue())
    # XlsxWriter fills the column's formula into every row, the control row too
    parts["xl/worksheets/sheet2.xml"] = re.sub(rb'<c r="D3".*?</c>', b"", parts["xl/worksheets/sheet2.xml"])
    content = write_parts(parts)
    return with_raw_parts(content) if raw else content


def with_raw_parts(content: bytes) -> bytes:
    """The workbook with parts that XlsxWriter does not write, on the sheet `其他`, which is its last."""
    parts = read_parts(content)
    sheet = max((name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)), key=_number)
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    add = _Adder(parts, sheet)
    add(f"{kinds}/printerSettings", "xl/printerSettings/printerSettings1.bin", b"\0\1printer" * 20, None)
    add(
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "xl/threadedComments/threadedComment1.xml",
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ThreadedComments xmlns="http://schemas.microsoft.com/'
        b'office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1" dT="2020-01-01T00:00:00.00" '
        b'personId="{00000000-0000-0000-0000-000000000001}" id="{00000000-0000-0000-0000-00000000000A}"><text>\xe8\xae\xae'
        b"</text></threadedComment></ThreadedComments>",
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    book = _Adder(parts, "xl/workbook.xml")
    book(
        "http://schemas.microsoft.com/office/2017/10/relationships/person",
        "xl/persons/person.xml",
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<personList xmlns="http://schemas.microsoft.com/office/'
        b'spreadsheetml/2018/threadedcomments"><person displayName="\xe7\x94\xb2" id="{00000000-0000-0000-0000-000000000001}" '
        b'userId="x" providerId="None"/></personList>',
        "application/vnd.ms-excel.person+xml",
    )
    cache = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" refreshOnLoad="1" recordCount="0"><cacheSource type="worksheet"><worksheetSource ref="A1:C6" sheet="\xe5\x85\xb6\xe4\xbb\x96"/></cacheSource><cacheFields count="3"><cacheField name="a" numFmtId="0"><sharedItems/></cacheField><cacheField name="b" numFmtId="0"><sharedItems/></cacheField><cacheField name="c" numFmtId="0"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>"""
    identifier = book(
        f"{kinds}/pivotCacheDefinition",
        "xl/pivotCache/pivotCacheDefinition1.xml",
        cache,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
    )
    parts["xl/workbook.xml"] = re.sub(
        rb"(<calcPr[^>]*/>)",
        rb'\1<pivotCaches><pivotCache cacheId="1" r:id="%b"/></pivotCaches>' % identifier.encode(),
        parts["xl/workbook.xml"],
    )
    add(
        f"{kinds}/pivotTable",
        "xl/pivotTables/pivotTable1.xml",
        b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="pt" cacheId="1" dataCaption="v"><location ref="A20:B22" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="3"><pivotField showAll="0"/><pivotField showAll="0"/><pivotField showAll="0"/></pivotFields></pivotTableDefinition>""",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml",
    )
    pivot = _Adder(parts, "xl/pivotTables/pivotTable1.xml")
    pivot(f"{kinds}/pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", cache, None)
    package = _Adder(parts, "")
    package(f"{kinds}/customXml", "customXml/item1.xml", "<数据><甲>1</甲></数据>".encode(), None)
    return write_parts(parts)


class _Adder:
    """Adds parts with a relationship from `source`."""

    def __init__(self, parts: dict[str, bytes], source: str):
        self.parts, self.source = parts, source
        path = PurePosixPath(source)
        self.member = str(path.parent / "_rels" / f"{path.name}.rels") if source else "_rels/.rels"
        if source and self.member not in parts:
            parts[self.member] = (
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.'
                b'openxmlformats.org/package/2006/relationships"></Relationships>'
            )

    def __call__(self, kind: str, part: str, data: bytes, content_type: str | None) -> str:
        self.parts[part] = data
        identifier = f"rIdX{self.parts[self.member].count(b'<Relationship ') + 1}"
        entry = f'<Relationship Id="{identifier}" Type="{kind}" Target="/{part}"/>'
        self.parts[self.member] = self.parts[self.member].replace(
            b"</Relationships>", entry.encode() + b"</Relationships>"
        )
        types = self.parts["[Content_Types].xml"]
        suffix = part.rpartition(".")[2]
        if content_type:
            entry = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
            types = types.replace(b"</Types>", entry.encode() + b"</Types>")
        elif f'Extension="{suffix}"'.encode() not in types:
            entry = (
                f'<Default Extension="{suffix}" ContentType="application/vnd.openxmlformats-officedocument.{suffix}"/>'
            )
            types = re.sub(rb"(<Types[^>]*>)", lambda match: match[1] + entry.encode(), types)
        self.parts["[Content_Types].xml"] = types
        return identifier


def _number(name: str) -> int:
    return int(re.findall(r"\d+", name)[-1])


def read_parts(content: bytes) -> dict[str, bytes]:
    """The members of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: dict[str, bytes]) -> bytes:
    """A package of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
