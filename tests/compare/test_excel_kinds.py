"""For every kind of change that Excel knows: two workbooks that differ in it alone, and the one difference."""

import io
import re
import zipfile

import pytest
import xlsxwriter
from PIL import Image

from generator.compare import compare
from tests.compare.excel_changes import CASES, LEVELS, base, saved


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
