"""A document, and every kind of change that Word knows, made in it by itself."""

import copy
import io
from functools import cache

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = ["text", "structure", "format"]


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(buffer, "PNG")
    return io.BytesIO(buffer.getvalue())


@cache
def written():
    document = docx.Document()
    document.add_heading("一、部门概况", 1)
    for n in range(1, 10):
        document.add_paragraph(f"第{n}条，本年支出{n}.40万元，用于第{n}项工作。")
    rows = [
        ["一级指标", "三级指标", "分值", "得分"],
        ["产出指标", "走访企业", "10", "8"],
        ["效益指标", "促进就业", "20", "19.5"],
        ["满意度指标", "会员满意", "10", "9"],
    ]
    table = document.add_table(len(rows), 4)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    inner = table.cell(3, 1).add_table(1, 1)
    inner.cell(0, 0).text = "嵌套"
    document.add_paragraph("事项一", style="List Bullet")
    document.add_paragraph("事项二", style="List Bullet")
    document.add_paragraph("图：").add_run().add_picture(picture("red"), width=Cm(2))
    document.sections[0].footer.paragraphs[0].text = "联系电话：0000"
    document.sections[0].header.paragraphs[0].text = "绩效自评报告"
    commented = document.add_paragraph("有批注的一段")
    document.add_comment(commented.runs, text="请核对", author="审核人")
    return saved(document)


def base():
    return docx.Document(io.BytesIO(written()))


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def p(document, number):
    return document.paragraphs[number - 1]


def move(document):
    p(document, 9)._p.addnext(p(document, 3)._p)


def move_up(document):
    p(document, 2)._p.addprevious(p(document, 6)._p)


def style(document):
    p(document, 4).style = "Heading 2"


def quote(document):
    p(document, 4).style = "Quote"


def shade(document):
    p(document, 4)._p.get_or_add_pPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="FFFF00"/>'))


def border(document):
    p(document, 4)._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {W}><w:top w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>')
    )


def cell_shade(document):
    cell = document.tables[0].cell(1, 3)
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="FFFF00"/>'))


def insert_row(document):
    row = document.tables[0].rows[1]._tr
    new = copy.deepcopy(row)
    for index, text in enumerate(new.iter(qn("w:t"))):
        text.text = ["产出指标", "培训会员", "5", "4"][index]
    row.addnext(new)


def delete_row(document):
    row = document.tables[0].rows[2]._tr
    row.getparent().remove(row)


def move_row(document):
    rows = document.tables[0].rows
    rows[3]._tr.addnext(rows[1]._tr)


def insert_column(document):
    table = document.tables[0]
    table._tbl.tblGrid.insert(2, parse_xml(f'<w:gridCol {W} w:w="1000"/>'))
    for row, text in zip(table.rows, ["年度值", "≥3家", "≥5人", "≥90%"], strict=True):
        cell = copy.deepcopy(row._tr.tc_lst[0])
        next(cell.iter(qn("w:t"))).text = text
        row._tr.insert(row._tr.index(row._tr.tc_lst[2]), cell)


def merge(document):
    # hidden in the continuation, as Word keeps it
    for r, kind in ((1, "restart"), (2, "continue")):
        pr = document.tables[0].cell(r, 0)._tc.get_or_add_tcPr()
        pr.append(parse_xml(f'<w:vMerge {W} w:val="{kind}"/>'))


def hyperlink(document, url="https://example.com/a"):
    relation = document.part.relate_to(
        url, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link = parse_xml(
        f'<w:hyperlink {W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"/>'
    )
    run = p(document, 5).runs[0]._r
    run.addprevious(link)
    link.append(run)


def bookmark(document):
    run = p(document, 5).runs[0]._r
    run.addprevious(parse_xml(f'<w:bookmarkStart {W} w:id="77" w:name="合计处"/>'))
    run.addnext(parse_xml(f'<w:bookmarkEnd {W} w:id="77"/>'))


def field(document):
    p(document, 5)._p.append(parse_xml(f'<w:fldSimple {W} w:instr=" NUMPAGES "><w:r><w:t>20</w:t></w:r></w:fldSimple>'))


def list_level(document):
    number = parse_xml(f'<w:numPr {W}><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>')
    p(document, 12)._p.get_or_add_pPr().append(number)


def new_picture(document):
    old = document.inline_shapes[0]
    part, _ = document.part.get_or_add_image(picture("blue"))
    old._inline.graphic.graphicData.pic.blipFill.blip.embed = part


def resized(document):
    document.inline_shapes[0].width = Cm(3)


def second_section(document):
    document.sections[0].left_margin = Cm(2)


def page_break(document):
    run = p(document, 5).add_run()
    run._r.append(parse_xml(f'<w:br {W} w:type="page"/>'))


def tracked(document):
    p(document, 5)._p.append(
        parse_xml(f'<w:ins {W} w:id="9" w:author="审核人" w:date="2021-01-01T00:00:00Z"><w:r><w:t/></w:r></w:ins>')
    )


def first_footer(document):
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_footer.paragraphs[0].text = "首页页脚"


def run_colour(document):
    p(document, 4).runs[0].font.color.rgb = RGBColor(255, 0, 0)


def bold_words(document):
    paragraph = p(document, 4)
    text = paragraph.text
    paragraph.runs[0].text = text[:4]
    paragraph.add_run(text[4:6]).bold = True
    paragraph.add_run(text[6:])


def east_asian_font(document):
    fonts = p(document, 4).runs[0]._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "仿宋_GB2312")


def table_after(document):
    document.add_table(1, 2).cell(0, 0).text = "另表"


def text_box(document, text="框内文字"):
    p(document, 6).runs[0]._r.append(
        parse_xml(
            f'<w:pict {W} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:99pt;height:20pt"><v:textbox><w:txbxContent>'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )


def sets(get, name, value):
    return lambda document: setattr(get(document), name, value)


CASES = [
    # name, edit, level from which it is told, kind, message
    ("text", sets(lambda d: p(d, 4), "text", "第3条，本年支出3.50万元，用于第3项工作。"), "text", "text", "正文 第4段：文字 “3.40” → “3.50”"),
    ("cell", sets(lambda d: d.tables[0].cell(1, 3), "text", "9"), "text", "text", "表1 第2行 第4列「得分」：8 → 9"),
    ("cell emptied", sets(lambda d: d.tables[0].cell(1, 3), "text", ""), "text", "text", "表1 第2行 第4列「得分」：8 → （空）"),
    ("nested", sets(lambda d: d.tables[0].cell(3, 1).tables[0].cell(0, 0), "text", "深处"), "text", "text", "表1 第4行 第2列 表1 第1行 第1列：嵌套 → 深处"),
    ("inserted", lambda d: p(d, 4).insert_paragraph_before("新写的一段"), "text", "paragraph-inserted", "正文：新增第4段“新写的一段”"),
    ("deleted", lambda d: p(d, 4)._p.getparent().remove(p(d, 4)._p), "text", "paragraph-deleted", "正文：删除第4段“第3条，本年支出3.40万元，用于第3项工作。”"),
    ("moved", move, "text", "paragraph-moved", "正文 第3段移至第9段之后"),
    ("moved up", move_up, "text", "paragraph-moved", "正文 第6段移至第1段之后"),
    ("row inserted", insert_row, "text", "row-inserted", "表1：新增第3行（产出指标 | 培训会员 | 5 | 4）"),
    ("row deleted", delete_row, "text", "row-deleted", "表1：删除第3行（效益指标 | 促进就业 | 20 | 19.5）"),
    ("row moved", move_row, "text", "row-moved", "表1 第2行移至第4行之后"),
    ("column inserted", insert_column, "text", "column-inserted", "表1：新增第3列（年度值 | ≥3家 | ≥5人 | ≥90%）"),
    ("table inserted", table_after, "text", "table-inserted", "正文：新增表2（1行2列）"),
    ("heading", style, "structure", "style", "正文 第4段：样式 正文 → 标题2"),
    ("merge", merge, "structure", "merge", "表1：新增合并区 第2–3行第1列"),
    ("list level", list_level, "structure", "list", None),
    ("footer", sets(lambda d: d.sections[0].footer.paragraphs[0], "text", "联系电话：1111"), "structure", "text", "页脚（第1节）：文字 “0000” → “1111”"),
    ("header", sets(lambda d: d.sections[0].header.paragraphs[0], "text", "绩效评价报告"), "structure", "text", "页眉（第1节）：文字 “自评” → “评价”"),
    ("comment", lambda d: d.add_comment(p(d, 3).runs, text="又一条", author="审核人"), "structure", "comment", "正文：新增批注1“又一条”"),
    ("picture", new_picture, "structure", "image", "正文 第13段：图片已更换"),
    ("hyperlink", hyperlink, "structure", "link", "正文 第5段：新增超链接“https://example.com/a”"),
    ("bookmark", bookmark, "structure", "bookmark", "正文 第5段：新增书签“合计处”"),
    ("field", field, "structure", "field", "正文 第5段：新增域“NUMPAGES”"),
    ("page break", page_break, "structure", "break", "正文 第5段：新增分隔符“page”"),
    ("text box", text_box, "structure", "textbox", "正文：新增文本框1“框内文字”"),
    ("property", sets(lambda d: d.core_properties, "title", "自评报告"), "structure", "property", "属性 title：（空） → 自评报告"),
    ("style that is no heading", quote, "format", "style", "正文 第4段：样式 正文 → 引用"),
    ("run format", bold_words, "format", "run-format", "正文 第4段：“本年”字符格式 加粗 无 → 是"),
    ("run colour", run_colour, "format", "run-format", "正文 第4段：“第3条，本年支出3.40万元，用于第3项工作。”字符格式 颜色 无 → FF0000"),
    ("font", east_asian_font, "format", "run-format", None),
    ("alignment", sets(lambda d: p(d, 4), "alignment", WD_ALIGN_PARAGRAPH.CENTER), "format", "paragraph-format", "正文 第4段：对齐 无 → 居中"),
    ("indent", sets(lambda d: p(d, 4).paragraph_format, "first_line_indent", Cm(1)), "format", "paragraph-format", "正文 第4段：缩进 无 → 首行 1厘米"),
    ("spacing", sets(lambda d: p(d, 4).paragraph_format, "space_after", Pt(12)), "format", "paragraph-format", None),
    ("shading", shade, "format", "paragraph-format", None),
    ("border", border, "format", "paragraph-format", None),
    ("cell shading", cell_shade, "format", "cell-format", None),
    ("column width", sets(lambda d: d.tables[0].columns[1], "width", Cm(2)), "format", "width", "表1 第2列：列宽 3.81厘米 → 2厘米"),
    ("row height", sets(lambda d: d.tables[0].rows[1], "height", Cm(1)), "format", "row-format", "表1 第2行：行高 无 → 1厘米"),
    ("picture size", resized, "format", "image", "正文 第13段：图片大小 2.00 × 2.00 cm → 3.00 × 2.00 cm"),
    ("margins", second_section, "format", "page-setup", "第1节：页边距 左 3.17厘米 → 左 2厘米"),
    ("style definition", sets(lambda d: d.styles["Normal"].font, "size", Pt(16)), "format", "style", "样式 Normal：字号 11磅 → 16磅"),
]  # fmt: skip
