"""A workbook, and every kind of change that Excel knows, made in it by itself."""

import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

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
