"""Further pairs: charts and endnotes in Word, what XlsxWriter writes, rows and cells at the edge, real reports."""

import io
import zipfile
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm
from PIL import Image

from generator.api import examine
from generator.compare import compare, show

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def written(build=lambda book, sheet: None):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("数据")
    for row in range(8):
        sheet.write_row(row, 0, [f"类{row}", row, row * 2.5])
    build(book, sheet)
    book.close()
    return buffer.getvalue()


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(buffer, "PNG")
    return io.BytesIO(buffer.getvalue())


def messages(old, new, level="format"):
    return [d.message for d in compare(old, new, level=level)]


def bold(book):
    return book.add_format({"bold": True})


EXCEL = {
    "comment": (lambda b, s: s.write_comment("A1", "乙"), ["数据!A1：新增批注“乙”"]),
    "image": (lambda b, s: s.insert_image("E2", "a.png", {"image_data": picture("red")}), ["数据!E2：新增图片"]),
    "widths": (lambda b, s: s.set_column("B:C", 20), ["数据!B:C：列宽 默认 → 20.71"]),
    "column format": (lambda b, s: s.set_column("G:H", None, bold(b)), ["数据!G:H：整列格式 默认 → 自有"]),
    "row format": (lambda b, s: s.set_row(20, None, bold(b)), ["数据!21:21：整行格式 默认 → 自有"]),
    "hidden column": (lambda b, s: s.set_column("B:B", None, None, {"hidden": True}), ["数据!B:B：隐藏 否 → 是"]),
    "outlined column": (lambda b, s: s.set_column("B:B", None, None, {"level": 1}), ["数据!B:B：分级 0 → 1"]),
    "table": (lambda b, s: s.add_table("A1:C8", {"header_row": False}), ["数据!A1:C8：新增表格“Table1”"]),
    "frozen": (lambda b, s: s.freeze_panes(1, 0), ["数据：冻结窗格 无 → 1 × 0"]),
    "custom property": (lambda b, s: b.set_custom_property("文号", "1"), ["属性 文号：（空） → 1"]),
    "scale": (lambda b, s: s.set_print_scale(70), ["数据：缩放比例 无 → 70"]),
    "breaks": (lambda b, s: s.set_h_pagebreaks([4]), ["数据：分页符（行） 无 → 4"]),
    "titles": (lambda b, s: s.repeat_rows(0), ["数据 打印标题：新增名称 = 数据!$1:$1"]),
    "far cell": (lambda b, s: s.write("H40", 5), ["数据!H40：数值 （空） → 5"]),
    "row below": (lambda b, s: s.write_row(8, 0, ["类8", 8, 20]), ["数据：新增第9行（类8 | 8 | 20）"]),
    "column beside": (lambda b, s: s.write_column(0, 3, list("abcdefgh")), ["数据：新增D列（a | b | c | d | e | f | g | h）"]),
    "ignored errors": (lambda b, s: s.ignore_errors({"number_stored_as_text": "A1:A5"}), None),
    "background": (lambda b, s: s.set_background(picture("red")), None),
    "button": (lambda b, s: s.insert_button("F3", {"caption": "x"}), None),
    "chart sheet": (lambda b, s: chart_sheet(b), ["工作簿：新增工作表“图”（第2张）"]),
}  # fmt: skip


def chart_sheet(book, column="B"):
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": f"=数据!${column}$1:${column}$8"})
    book.add_chartsheet("图").set_chart(chart)


@pytest.mark.parametrize("name", EXCEL)
def it_tells_one_difference_where_one_thing_was_added(name):
    build, expected = EXCEL[name]
    found = messages(written(), written(build))
    assert len(found) == 1, found
    assert expected is None or found == expected
    assert len(messages(written(build), written())) == 1


def it_tells_a_picture_in_a_cell_that_xlsxwriter_stores_with_a_slash():
    assert messages(written(), written(lambda b, s: s.embed_image("F2", "a.png", {"image_data": picture("red")})))


def it_tells_another_background_picture():
    pair = [written(lambda b, s, c=colour: s.set_background(picture(c))) for colour in ("red", "blue")]
    assert len(messages(*pair)) == 1


def it_tells_the_series_of_a_chart_sheet():
    pair = [written(lambda b, s, c=column: chart_sheet(b, c)) for column in "BC"]
    assert messages(*pair) == ["图!A1：图表系列1数值 数据!$B$1:$B$8 → 数据!$C$1:$C$8"]


def it_shows_days_as_dates():
    pair = [
        written(lambda b, s, d=day: s.write("F1", d, b.add_format({"num_format": "yyyy年m月d日"})))
        for day in (44000, 44001)
    ]
    assert messages(*pair) == ["数据!F1：数值 2020-06-18 → 2020-06-19"]
    assert [(d.old, d.new) for d in compare(*pair)] == [(44000, 44001)]


def it_shows_array_formulas_as_cells_do():
    pair = [written(lambda b, s, c=c: s.write_array_formula("E1:E3", f"{{={c}1:{c}3}}")) for c in "AB"]
    assert messages(*pair) == ["数据!E1：公式 {=A1:A3} → {=B1:B3}"]


def it_tells_a_named_style_once():
    book = openpyxl.load_workbook(io.BytesIO(written()))
    book["数据"]["A1"].style = "Good"
    buffer = io.BytesIO()
    book.save(buffer)
    plain = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(written())).save(plain)
    assert messages(plain.getvalue(), buffer.getvalue()) == ["数据!A1：单元格样式 正文 → Good"]


def word(edit=None, chart=None, endnote=None):
    document = docx.Document()
    for n in range(5):
        document.add_paragraph(f"第{n}段的文字，共{n}项。")
    table = document.add_table(2, 3)
    for index, text in enumerate(["指标", "分值", "得分", "走访", "10", "8"]):
        table.cell(index // 3, index % 3).text = text
    if edit:
        edit(document)
    if chart:
        document.paragraphs[2].add_run()._r.append(
            parse_xml(
                f'<w:drawing {W} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
                'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline><wp:extent cx="99" cy="99"/><a:graphic>'
                '<a:graphicData uri="c"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
                f'xmlns:r="{RELATIONS}" r:id="rIdC"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
            )
        )
    if endnote:
        document.paragraphs[1].add_run()._r.append(parse_xml(f'<w:endnoteReference {W} w:id="2"/>'))
    buffer = io.BytesIO()
    document.save(buffer)
    relations, parts = b"", {}
    if chart:
        relations += f'<Relationship Id="rIdC" Type="{RELATIONS}/chart" Target="charts/chart1.xml"/>'.encode()
        with zipfile.ZipFile(io.BytesIO(written(chart))) as book:
            parts["word/charts/chart1.xml"] = book.read("xl/charts/chart1.xml")
    if endnote:
        relations += f'<Relationship Id="rIdE" Type="{RELATIONS}/endnotes" Target="endnotes.xml"/>'.encode()
        note = (
            f'<w:endnotes {W}><w:endnote w:id="2"><w:p><w:r><w:t>{endnote}</w:t></w:r></w:p></w:endnote></w:endnotes>'
        )
        parts["word/endnotes.xml"] = note.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", relations + b"</Relationships>")
            new.writestr(name, data)
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def bars(values="=数据!$B$1:$B$8", title="得分"):
    def build(book, sheet):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": values})
        chart.set_title({"name": title})
        sheet.insert_chart("E2", chart)

    return build


def it_tells_charts_in_word():
    assert messages(word(), word(chart=bars())) == ["正文：新增图表1“得分”"]
    assert messages(word(chart=bars()), word(chart=bars(title="总分"))) == ["图表1：图表标题 “得分” → “总分”"]
    found = messages(word(chart=bars()), word(chart=bars("=数据!$C$1:$C$8")))
    assert found == ["图表1：图表系列1数值 数据!$B$1:$B$8 → 数据!$C$1:$C$8"]


def it_tells_endnotes():
    assert messages(word(), word(endnote="出处甲")) == ["正文：新增尾注1“出处甲”"]
    assert messages(word(endnote="出处甲"), word(endnote="出处乙")) == ["尾注1：文字 “甲” → “乙”"]


def tracked(document):
    document.paragraphs[1]._p.append(
        parse_xml(f'<w:ins {W} w:id="9" w:author="审核人"><w:r><w:t>另加</w:t></w:r></w:ins>')
    )


def header_row(document):
    document.tables[0].rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))


def last_column_first(document):
    for row in document.tables[0].rows:
        row._tr.insert(row._tr.index(row._tr.tc_lst[0]), row._tr.tc_lst[2])


WORD = {
    "blank paragraph": (lambda d: d.paragraphs[2].insert_paragraph_before(""), ["正文：新增第3段"]),
    "section": (lambda d: d.add_section(), ["正文 第6段：新增分节"]),
    "tracked insertion": (tracked, ["正文 第2段：文字 增加“另加”"]),
    "table style": (lambda d: setattr(d.tables[0], "style", "Table Grid"), ["表1：表格样式 普通表格 → 网格型"]),
    "header row": (header_row, ["表1 第1行：标题行重复 否 → 是"]),
    "cell width": (lambda d: setattr(d.tables[0].cell(1, 1), "width", Cm(2)), ["表1 第2行 第2列：列宽 5.08厘米 → 2厘米"]),
    "horizontal merge": (lambda d: d.tables[0].cell(1, 0).merge(d.tables[0].cell(1, 1)), ["表1：新增合并区 第2行第1–2列"]),
    "vertical merge": (lambda d: d.tables[0].cell(0, 0).merge(d.tables[0].cell(1, 0)), ["表1：新增合并区 第1–2行第1列"]),
    "second paragraph": (lambda d: d.tables[0].cell(1, 2).add_paragraph("注"), ["表1 第2行 第3列：新增第2段“注”"]),
    "table moved": (lambda d: d.paragraphs[1]._p.addnext(d.tables[0]._tbl), ["正文：表1移至第2段之后"]),
    "column moved": (last_column_first, ["表1 第3列移至第1列之前"]),
    "page break before": (lambda d: setattr(d.paragraphs[2].paragraph_format, "page_break_before", True), ["正文 第3段：段前分页 无 → 是"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WORD)
def it_tells_one_difference_of_a_document(name):
    edit, expected = WORD[name]
    assert messages(word(), word(edit)) == expected


@cache
def rendered():
    root = Path(__file__).parents[2]
    report = examine(str(root / "data" / "shifeng-2020.yaml")).report
    assert report is not None
    return {Path(document.name).suffix: document.content for document in report.documents()}


def it_names_the_column_of_a_score_in_a_real_report():
    document = docx.Document(io.BytesIO(rendered()[".docx"]))
    place = next(
        (t, r, c)
        for t, table in enumerate(document.tables)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
        if cell.text == "得分"
    )
    table = document.tables[place[0]]
    row = next(r for r in range(place[1] + 1, len(table.rows)) if table.cell(r, place[2]).text.strip())
    cell = table.cell(row, place[2])
    old = cell.text
    cell.paragraphs[0].runs[0].text = "0.1"
    buffer = io.BytesIO()
    document.save(buffer)
    found = messages(rendered()[".docx"], buffer.getvalue(), "structure")
    assert found == [f"表{place[0] + 1} 第{row + 1}行 第{place[2] + 1}列「得分」：{old} → 0.1"]


def it_finds_one_row_more_in_a_real_report():
    document = docx.Document(io.BytesIO(rendered()[".docx"]))
    table = max(document.tables, key=lambda t: len(t.rows))
    row = next(r for r in reversed(table.rows) if len(r._tr.tc_lst) >= 8 and not r._tr.xpath(".//w:vMerge"))
    texts = list(row._tr.iter(qn("w:t")))
    row._tr.getparent().remove(row._tr)
    buffer = io.BytesIO()
    document.save(buffer)
    found = compare(rendered()[".docx"], buffer.getvalue())
    assert [d.kind for d in found] == ["row-deleted"]
    assert texts[0].text in found[0].old


def it_shows_a_real_report_with_its_tables():
    text = show(rendered()[".docx"])
    assert "# " in text
    assert "| 得分 |" in text.replace("⏎", "")
    assert show(rendered()[".docx"]) == text


@pytest.mark.office
def it_finds_the_same_text_and_structure_in_what_libreoffice_saves_again(tmp_path):
    from tests.support.office import convert

    path = tmp_path / "报告.docx"
    path.write_bytes(rendered()[".docx"])
    saved = convert([path], "docx", tmp_path / "out")[path]
    assert messages(path, saved, "structure") == []
