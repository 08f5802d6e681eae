"""For every kind of change that Excel knows: two workbooks that differ in it alone, and the one difference."""

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

from generator.compare import compare

LEVELS = ["text", "structure", "format"]


def base():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet.append(["指标", "年度值", "分值", "得分", "率"])
    for n in range(10):
        sheet.append([f"指标{n}", f"不少于{n}家", n + 1, n * 0.5, f"=D{n + 2}/C{n + 2}"])
    sheet["C13"] = "=SUM(C2:C11)"
    sheet.merge_cells("A14:A16")
    sheet["A14"] = "备注"
    other = book.create_sheet("附表")
    other["A1"] = "=自评表!C3"
    other["A2"] = "说明"
    third = book.create_sheet("名单")
    for n in range(5):
        third.append([f"单位{n}", n])
    return book


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def at(address, value):
    return lambda book: book["自评表"].__setitem__(address, value)


def look(address, name, value):
    return lambda book: setattr(book["自评表"][address], name, value)


def on(path, name, value):
    def edit(book):
        target = book["自评表"]
        for step in path.split("."):
            target = getattr(target, step) if step else target
        setattr(target, name, value)

    return edit


def merged(book):
    book["自评表"].unmerge_cells("A14:A16")
    book["自评表"].merge_cells("A14:A17")


def unmerged(book):
    book["自评表"].unmerge_cells("A14:A16")


def width(book):
    book["自评表"].column_dimensions["B"].width = 30


def hidden_column(book):
    book["自评表"].column_dimensions["B"].hidden = True


def height(book):
    book["自评表"].row_dimensions[3].height = 30


def hidden_row(book):
    book["自评表"].row_dimensions[3].hidden = True


def outlined(book):
    book["自评表"].row_dimensions[3].outlineLevel = 1


def validation(book):
    rule = DataValidation("list", formula1='"优,良"')
    rule.add("C2:C5")
    book["自评表"].add_data_validation(rule)


def conditional(book):
    rule = CellIsRule("lessThan", ["5"], fill=PatternFill(bgColor="FF0000"))
    book["自评表"].conditional_formatting.add("C2:C5", rule)


def insert_row(book):
    """Insert row 5 as Excel does: formulas, merges and references move along."""
    sheet = book["自评表"]
    sheet.unmerge_cells("A14:A16")
    for row in range(14, 4, -1):
        for column in range(1, 6):
            value = sheet.cell(row, column).value
            if isinstance(value, str) and value.startswith("=D"):
                value = f"=D{row + 1}/C{row + 1}"
            sheet.cell(row + 1, column).value = value
    for column, value in enumerate(["新指标", "1家", 7, 8, "=D5/C5"], 1):
        sheet.cell(5, column).value = value
    sheet["C13"], sheet["C14"] = None, "=SUM(C2:C12)"
    sheet["A14"] = None
    sheet.merge_cells("A15:A17")


def delete_row(book):
    sheet = book["自评表"]
    sheet.unmerge_cells("A14:A16")
    sheet.delete_rows(6)
    for row in range(6, 11):
        sheet.cell(row, 5).value = f"=D{row}/C{row}"
    sheet["C12"] = "=SUM(C2:C10)"
    sheet.merge_cells("A13:A15")


def insert_column(book):
    sheet = book["自评表"]
    sheet.insert_cols(3)
    for row in range(1, 12):
        sheet.cell(row, 3).value = f"列{row}"
    for row in range(2, 12):
        sheet.cell(row, 6).value = f"=E{row}/D{row}"
    sheet["D13"] = "=SUM(D2:D11)"
    book["附表"]["A1"] = "=自评表!D3"


def move_row(book):
    sheet = book["名单"]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    rows.insert(4, rows.pop(1))
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c).value = value


def rename(book):
    book["名单"].title = "花名册"


CASES = [
    ("number", at("C3", 9), "text", "value", "自评表!C3：数值 2 → 9"),
    ("text", at("A3", "新名"), "text", "text", "自评表!A3：指标1 → 新名"),
    ("number as text", at("C3", "2"), "text", "value", "自评表!C3：数值 2 → 文本“2”"),
    ("emptied", at("C3", None), "text", "value", "自评表!C3：数值 2 → （空）"),
    ("truth", at("C3", True), "text", "value", "自评表!C3：数值 2 → TRUE"),
    ("row inserted", insert_row, "text", "row-inserted", "自评表：新增第5行（新指标 | 1家 | 7 | 8 | =D5/C5）"),
    ("row deleted", delete_row, "text", "row-deleted", "自评表：删除第6行（指标4 | 不少于4家 | 5 | 2 | =D6/C6）"),
    ("row moved", move_row, "text", "row-moved", "名单 第2行移至第5行之后"),
    ("column inserted", insert_column, "text", "column-inserted", None),
    ("sheet inserted", lambda b: b.create_sheet("新表"), "text", "sheet-inserted", "工作簿：新增工作表“新表”（第4张）"),
    ("sheet deleted", lambda b: b.remove(b["名单"]), "text", "sheet-deleted", "工作簿：删除工作表“名单”（原第3张）"),
    ("formula", at("E3", "=D3*2"), "structure", "formula", "自评表!E3：公式 =D3/C3 → =D3*2"),
    ("sheet renamed", rename, "structure", "sheet-renamed", "工作簿：工作表改名 名单 → 花名册"),
    ("sheet moved", lambda b: b.move_sheet("名单", -2), "structure", "sheet-moved", "工作簿：工作表“名单”由第3张移至第1张"),
    ("sheet hidden", on("", "sheet_state", "hidden"), "structure", "hidden", "自评表：可见性 可见 → 隐藏"),
    ("row hidden", hidden_row, "structure", "hidden", "自评表!3:3：隐藏 否 → 是"),
    ("column hidden", hidden_column, "structure", "hidden", "自评表!B:B：隐藏 否 → 是"),
    ("row outlined", outlined, "structure", "outline", "自评表!3:3：分级 0 → 1"),
    ("merge", merged, "structure", "merge", "自评表：合并区 A14:A16 → A14:A17"),
    ("merge gone", unmerged, "structure", "merge", "自评表：取消合并区 A14:A16"),
    ("validation", validation, "structure", "validation", None),
    ("conditional format", conditional, "structure", "conditional-format", None),
    ("comment", look("C3", "comment", Comment("请核对", "审核人")), "structure", "comment", "自评表!C3：新增批注“请核对”"),
    ("hyperlink", look("A3", "hyperlink", "https://example.com"), "structure", "link", "自评表!A3：新增超链接“https://example.com”"),
    ("name", lambda b: b.defined_names.__setitem__("合计", DefinedName("合计", attr_text="自评表!$C$13")), "structure", "name", "名称 合计：新增名称 = 自评表!$C$13"),
    ("print area", on("", "print_area", "A1:E13"), "structure", "name", None),
    ("footer", lambda b: setattr(b["自评表"].oddFooter.center, "text", "第&P页"), "structure", "footer", "自评表 页脚：文字 增加“&C第&P页”"),
    ("frozen", on("", "freeze_panes", "B2"), "structure", "view", "自评表：冻结窗格 无 → 1 × 1"),
    ("filter", lambda b: setattr(b["自评表"].auto_filter, "ref", "A1:E11"), "structure", "filter", None),
    ("property", lambda b: setattr(b.properties, "title", "自评"), "structure", "property", "属性 title：（空） → 自评"),
    ("number format", look("C3", "number_format", "0.00"), "format", "number-format", "自评表!C3：数字格式 General → 0.00"),
    ("font", look("C3", "font", Font("Calibri", 11, bold=True, color=openpyxl.styles.colors.Color(theme=1))), "format", "font", "自评表!C3：字体 加粗 无 → 是"),
    ("fill", look("C3", "fill", PatternFill("solid", fgColor="FFFF00")), "format", "fill", None),
    ("border", look("C3", "border", Border(left=Side("thin"))), "format", "border", "自评表!C3：边框 左 无 → thin"),
    ("alignment", look("C3", "alignment", Alignment("center")), "format", "alignment", "自评表!C3：对齐 水平 无 → 居中"),
    ("protection", look("C3", "protection", Protection(locked=False)), "format", "protection", "自评表!C3：保护 锁定 无 → 否"),
    ("empty cell's format", look("H20", "fill", PatternFill("solid", fgColor="FFFF00")), "format", "fill", None),
    ("width", width, "format", "width", "自评表!B:B：列宽 默认 → 30"),
    ("height", height, "format", "height", "自评表!3:3：行高 默认 → 30"),
    ("orientation", on("page_setup", "orientation", "landscape"), "format", "page-setup", "自评表：纸张方向 无 → 横向"),
    ("margin", on("page_margins", "left", 2), "format", "page-setup", "自评表：左边距 0.75 → 2"),
    ("tab colour", on("sheet_properties", "tabColor", "FF0000"), "format", "sheet-property", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def original():
    return saved(base())


@pytest.mark.parametrize(("edit", "level", "kind", "message"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def it_tells_the_one_difference_at_its_place_and_level(original, edit, level, kind, message):
    book = base()
    edit(book)
    content = saved(book)
    for candidate in LEVELS:
        found = compare(original, content, level=candidate).differences
        if LEVELS.index(candidate) < LEVELS.index(level):
            assert [str(d) for d in found] == []
            continue
        assert [d.kind for d in found] == [kind], [str(d) for d in found]
        if message is not None:
            assert found[0].message == message


@pytest.mark.parametrize("edit", [c[1] for c in CASES], ids=[c[0] for c in CASES])
def it_sees_the_same_change_backwards(original, edit):
    book = base()
    edit(book)
    assert 1 <= len(compare(saved(book), original, level="format")) <= 2


def written(build):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("数据")
    for row in range(8):
        sheet.write_row(row, 0, [f"类{row}", row, row * 2.5])
    build(book, sheet)
    book.close()
    return buffer.getvalue()


def charted(values="=数据!$B$1:$B$8", kind="column"):
    def build(book, sheet):
        chart = book.add_chart({"type": kind})
        chart.add_series({"name": "得分", "categories": "=数据!$A$1:$A$8", "values": values})
        chart.set_title({"name": "得分图"})
        sheet.insert_chart("E2", chart)

    return written(build)


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(buffer, "PNG")
    return io.BytesIO(buffer.getvalue())


def pictured(colour, scale=1):
    return written(
        lambda b, s: s.insert_image(
            "E2", "a.png", {"image_data": picture(colour), "x_scale": scale, "object_position": 3}
        )
    )


def valued(value):
    return written(lambda b, s: s.write_formula("D3", "=B3*C3", None, value))


def ruled(limit, colour="#FF0000", area="B1:B8"):
    def build(book, sheet):
        look = book.add_format({"bg_color": colour})
        sheet.conditional_format(area, {"type": "cell", "criteria": "<", "value": limit, "format": look})

    return written(build)


def chosen(source):
    return written(lambda b, s: s.data_validation("B1:B8", {"validate": "list", "source": source}))


def boxed(text):
    return written(lambda b, s: s.insert_textbox("E2", text))


def linked(url):
    return written(lambda b, s: s.write_url("A1", url, string="类0"))


def tabled(style):
    return written(lambda b, s: s.add_table("A1:C8", {"style": style, "header_row": False}))


def rich(bold):
    def build(book, sheet):
        look = book.add_format({"bold": bold, "italic": True})
        sheet.write_rich_string("F1", "一二", look, "三四", "五六")

    return written(build)


def spark(cells):
    return written(lambda b, s: s.add_sparkline("F2", {"range": cells}))


PAIRS = [
    ("chart series", charted(), charted("=数据!$C$1:$C$8"), "structure", "数据!E2：图表系列1数值 数据!$B$1:$B$8 → 数据!$C$1:$C$8"),
    ("chart type", charted(), charted(kind="line"), "structure", "数据!E2：图表类型 barChart → lineChart"),
    ("image", pictured("red"), pictured("blue"), "structure", "数据!E2：图片已更换"),
    ("image size", pictured("red"), pictured("red", 3), "format", None),
    ("cached value", valued(10), valued(9), "text", "数据!D3：数值 10 → 9（公式 =B3*C3）"),
    ("conditional limit", ruled(5), ruled(6), "structure", None),
    ("conditional look", ruled(5), ruled(5, "#00FF00"), "structure", None),
    ("conditional area", ruled(5), ruled(5, area="B1:B7"), "structure", "数据!B1:B7：条件格式范围 B1:B8 → B1:B7"),
    ("validation list", chosen(["优", "良"]), chosen(["优", "差"]), "structure", None),
    ("text box", boxed("甲"), boxed("乙"), "structure", None),
    ("hyperlink", linked("https://example.com/a"), linked("https://example.com/b"), "structure", "数据!A1：超链接 https://example.com/a → https://example.com/b"),
    ("table style", tabled("Table Style Light 1"), tabled("Table Style Light 2"), "format", None),
    ("rich text", rich(False), rich(True), "format", "数据!F1：“三四”字符格式 加粗 无 → 是"),
    ("sparkline", spark("B1:B8"), spark("C1:C8"), "structure", None),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "level", "message"), [c[1:] for c in PAIRS], ids=[c[0] for c in PAIRS])
def it_tells_the_one_difference_of_what_else_a_sheet_holds(old, new, level, message):
    for candidate in LEVELS:
        found = compare(old, new, level=candidate).differences
        expected = 1 if LEVELS.index(candidate) >= LEVELS.index(level) else 0
        assert len(found) == expected, [str(d) for d in found]
    if message is not None:
        assert found[0].message == message


def it_tells_value_and_formula_of_a_cell_together():
    old = written(lambda b, s: s.write_formula("D3", "=B3*0.9", None, 10))
    new = written(lambda b, s: s.write_formula("D3", "=B3", None, 9))
    found = compare(old, new).differences
    assert [d.message for d in found] == ["数据!D3：数值 10 → 9（公式 =B3*0.9 → =B3）"]
    assert found[0].text.en == "数据!D3: value 10 → 9 (formula =B3*0.9 → =B3)"
    assert (found[0].old, found[0].new, found[0].anchor) == (10, 9, {"sheet": "数据", "cell": "D3"})


def it_tells_a_format_of_many_cells_once():
    book = base()
    for row in book["自评表"]["B2:D11"]:
        for cell in row:
            cell.number_format = "0.0"
    found = compare(saved(base()), saved(book), level="format").differences
    assert [d.message for d in found] == ["自评表!B2:D11：数字格式 General → 0.0"]


def it_moves_charts_rules_and_names_with_an_inserted_row():
    def build(shift):
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet("数据")
        rows = [[f"类{n}", n, n * 2.5] for n in range(8)]
        if shift:
            rows.insert(3, ["新类", 77, 78])
        last = len(rows)
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)
            sheet.write_formula(r, 3, f"=B{r + 1}*C{r + 1}", None, row[1] * row[2])
        sheet.conditional_format(f"B1:B{last}", {"type": "top", "value": 3})
        sheet.data_validation(f"B1:B{last}", {"validate": "integer", "criteria": ">", "value": 0})
        book.define_name("分值", f"=数据!$B$1:$B${last}")
        sheet.write_comment(last - 1, 1, "批注")
        sheet.merge_range(last + 2, 0, last + 3, 2, "合并")
        sheet.print_area(0, 0, last - 1, 3)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"=数据!$B$1:$B${last}"})
        sheet.insert_chart(last + 5, 0, chart)
        book.close()
        return buffer.getvalue()

    found = compare(build(False), build(True), level="format").differences
    assert [d.message for d in found] == ["数据：新增第4行（新类 | 77 | 78 | =B4*C4）"]
    back = compare(build(True), build(False), level="format").differences
    assert [d.kind for d in back] == ["row-deleted"]


def rewritten(content, edits):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in reversed(old.namelist()):
            data = old.read(name)
            new.writestr(name, edits[name](data) if name in edits else data)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def inline(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", archive.read("xl/sharedStrings.xml"))

    def edit(data):
        return re.sub(
            rb't="s"><v>(\d+)</v>', lambda m: b't="inlineStr"><is><t>' + texts[int(m[1])] + b"</t></is>", data
        )

    return rewritten(content, {SHEET: edit})


MEANINGLESS = {
    "order of members": lambda c: rewritten(c, {}),
    "prefix": lambda c: rewritten(
        c,
        {
            SHEET: lambda d: re.sub(rb"<(/?)(?!\?)", rb"<\1x:", d).replace(b"xmlns=", b"xmlns:x="),
        },
    ),
    "selection": lambda c: rewritten(c, {SHEET: lambda d: d.replace(b'sqref="A1"', b'sqref="C9"')}),
    "spans and descents": lambda c: rewritten(c, {SHEET: lambda d: d.replace(b"<row ", b'<row spans="1:5" ')}),
    "number spelling": lambda c: rewritten(c, {SHEET: lambda d: d.replace(b"<v>2</v>", b"<v>2.0</v>")}),
    "explicit default style": lambda c: rewritten(c, {SHEET: lambda d: d.replace(b'<c r="C3"', b'<c r="C3" s="0"')}),
    "calculation properties": lambda c: rewritten(
        c, {"xl/workbook.xml": lambda d: d.replace(b'calcId="', b'calcId="9')}
    ),
    "blanks in formulas": lambda c: rewritten(c, {SHEET: lambda d: d.replace(b"<f>D3/C3", b"<f>D3 / C3")}),
}


@pytest.mark.parametrize("name", MEANINGLESS)
def it_finds_no_difference_in_what_means_nothing(original, name):
    content = MEANINGLESS[name](original)
    assert content != original
    assert [str(d) for d in compare(original, content, level="format")] == []


def it_reads_inline_and_shared_strings_alike():
    content = written(lambda b, s: None)
    changed = inline(content)
    assert changed != content
    assert [str(d) for d in compare(content, changed, level="format")] == []


def it_reads_shared_formulas_as_the_formulas_they_stand_for(original):
    def share(data):
        data = data.replace(b"<f>D2/C2</f>", b'<f t="shared" ref="E2:E11" si="0">D2/C2</f>')
        return re.sub(rb"<f>D\d+/C\d+</f>", b'<f t="shared" si="0"/>', data)

    content = rewritten(original, {SHEET: share})
    assert content != original
    assert [str(d) for d in compare(original, content, level="format")] == []


def it_finds_an_inserted_column_of_a_large_sheet():
    def build(extra):
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet("数据")
        for row in range(2000):
            values = [f"单位{row}", row, row * 3]
            sheet.write_row(row, 0, [values[0], f"新{row}", *values[1:]] if extra else values)
        book.close()
        return buffer.getvalue()

    found = compare(build(False), build(True)).differences
    assert [(d.kind, d.place) for d in found] == [("column-inserted", "数据!B:B")]


def it_aligns_rows_by_the_column_that_tells_them_apart_when_all_else_changed():
    def build(factor, skip):
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet("数据")
        for index, row in enumerate(r for r in range(600) if r != skip):
            sheet.write_row(index, 0, [f"单位{row}", row * factor])
        book.close()
        return buffer.getvalue()

    found = compare(build(2, None), build(3, 300)).differences
    assert [d.place for d in found if d.kind == "row-deleted"] == ["数据!301:301"]
    assert sum(d.kind == "value" for d in found) == 598
    assert len(found) == 599
