"""Foreign workbooks with a loop put into them: nothing is lost, nothing becomes invalid, whatever they hold and wherever it stands.

XlsxWriter makes them, three features a workbook or so; each stands in the loop's row, below the loop, or around it.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.excel.feature_workbook import picture, read_parts, write_parts
from tests.support.ooxml import assert_valid

CELLS: dict[str, Any] = {
    "A1": "名",
    "B1": "数",
    "C1": "价",
    "A2": "{%tr for r in rows %}",
    "A3": "{{ r.name }}",
    "B3": "{{ r.n }}",
    "C3": "=B3*2",
    "A4": "{%tr endfor %}",
    "A5": "合计",
    "B5": "=SUM(B3:B3)",
    **{f"{column}{row}": row for row in (8, 9, 10) for column in "BC"},
}
ROWS = {"in": (3, 3), "below": (8, 10), "around": (1, 5)}
Edit = Callable[[Any, Any, str], object]


def area(where: str, column: str = "B") -> str:
    first, last = ROWS[where]
    return f"{column}{first}:{column}{last}"


def absolute(where: str, column: str) -> str:
    first, last = ROWS[where]
    return f"=表!${column}${first}:${column}${last}"


def charts(*kinds: str) -> Edit:
    def edit(book: Any, sheet: Any, where: str) -> None:
        for number, kind in enumerate(kinds):
            chart = book.add_chart({"type": kind})
            for _ in range(3 if kind == "stock" else 1):
                series: dict[str, Any] = {
                    "name": "=表!$B$1",
                    "categories": absolute(where, "A"),
                    "values": absolute(where, "B"),
                }
                if kind == "column":
                    series["y_error_bars"] = {
                        "type": "custom",
                        "plus_values": absolute(where, "C"),
                        "minus_values": [1],
                    }
                if kind in ("pie", "bar"):
                    series["data_labels"] = {"value": True, "custom": [{"value": "=表!$B$1"}]}
                chart.add_series(series)
            chart.set_title({"name": "=表!$A$1"})
            sheet.insert_chart(ROWS[where][0] - 1, 8 + number, chart)

    return edit


def chart_sheet(book: Any, sheet: Any, where: str) -> None:
    bars, line = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    bars.add_series({"values": absolute(where, "B")})
    line.add_series({"values": absolute(where, "C"), "y2_axis": True, "trendline": {"type": "linear"}})
    bars.combine(line)
    book.add_chartsheet("图").set_chart(bars)


def tables(book: Any, sheet: Any, where: str) -> None:
    totals: Any = {"total_row": True, "columns": [{"header": "名"}, {"header": "数", "total_function": "sum"}]}
    sheet.add_table("E8:G12", totals)
    columns: Any = {"columns": [{"header": "甲", "formula": "=[@乙]*2"}, {"header": "乙"}]}
    sheet.add_table("E14:F16", columns)


def formats(book: Any, sheet: Any, where: str) -> None:
    red = book.add_format({"bg_color": "red"})
    for rule in (
        {"type": "cell", "criteria": ">", "value": "$B$5", "format": red},
        {"type": "formula", "criteria": "=$B3>1", "format": red},
        {"type": "3_color_scale", "mid_type": "formula", "mid_value": "=$B$5"},
        {"type": "data_bar", "data_bar_2010": True, "min_type": "formula", "min_value": "=$B$5"},
        {"type": "icon_set", "icon_style": "3_arrows"},
        {"type": "top", "value": 2, "format": red},
        {"type": "average", "criteria": "above", "format": red},
        {"type": "duplicate", "format": red},
        {"type": "text", "criteria": "containing", "value": "x", "format": red},
        {"type": "time_period", "criteria": "today", "format": red},
    ):
        sheet.conditional_format(area(where), rule)
    sheet.conditional_format("C1:C5", {"type": "data_bar", "multi_range": "C1:C5 C8:C9"})


def validations(book: Any, sheet: Any, where: str) -> None:
    sheet.data_validation(area(where, "C"), {"validate": "list", "source": "=另!$A$1:$A$3"})
    sheet.data_validation(area(where, "D"), {"validate": "list", "source": "=$B$8:$B$10", "input_title": "填"})
    between = {"validate": "decimal", "criteria": "between", "minimum": "=B3", "maximum": "=$B$5"}
    sheet.data_validation(area(where, "E"), between)
    sheet.data_validation(area(where, "F"), {"validate": "custom", "value": "=LEN(F3)>2"})


def sparklines(book: Any, sheet: Any, where: str) -> None:
    sheet.add_sparkline(f"K{ROWS[where][0]}", {"range": f"表!B{ROWS[where][0]}:D{ROWS[where][0]}", "high_point": True})
    sheet.add_sparkline("J8", {"location": ["J8", "J9"], "range": ["表!B8:D8", "表!B9:D9"]})


def comments(book: Any, sheet: Any, where: str) -> None:
    for row in {ROWS[where][0], 1, 9}:
        sheet.write_comment(f"B{row}", "注", {"author": "张", "visible": row == 9})


def pictures(book: Any, sheet: Any, where: str) -> None:
    for place, kind in ((f"H{ROWS[where][0]}", 1), ("H9", 2), ("H2", 3)):
        options = {"image_data": io.BytesIO(picture()), "object_position": kind, "url": "https://x.cn"}
        sheet.insert_image(place, "点.png", options)
    sheet.set_header("&L&G&C表&R&P", {"image_left": "点.png", "image_data_left": io.BytesIO(picture())})


def shapes(book: Any, sheet: Any, where: str) -> None:
    sheet.insert_textbox(f"I{ROWS[where][0]}", "框", {"object_position": 1, "textlink": "=$B$5"})
    sheet.insert_textbox("I9", "框", {"url": "internal:另!A1"})
    sheet.insert_button(f"J{ROWS[where][0]}", {"caption": "按", "macro": "m"})
    sheet.insert_checkbox(f"F{ROWS[where][0]}", True)


def layout(book: Any, sheet: Any, where: str) -> None:
    for row in (7, 8):
        sheet.set_row(row, None, None, {"level": 1, "hidden": True})
    sheet.set_column("C:D", 5, book.add_format({"num_format": "0.00"}), {"level": 1})
    sheet.freeze_panes(ROWS[where][1], 1)
    sheet.print_area(f"A1:G{ROWS[where][1]}")
    sheet.repeat_rows(0, 1)
    sheet.set_h_pagebreaks([3, 5, 8])
    sheet.set_v_pagebreaks([3])
    sheet.ignore_errors({"number_stored_as_text": area(where), "formula_differs": "C8"})
    sheet.set_default_row(18)


def names(book: Any, sheet: Any, where: str) -> None:
    for name, formula in {"总": "=表!$B$5", "表!局": "=表!$B$3:$B$3", "另!局": "=表!$B$8", "常": "=0.5"}.items():
        book.define_name(name, formula)
    sheet.write("K9", "=总+SUM(表!局)+常")
    sheet.write_formula("K10", "='[外.xlsx]S'!A1", None, 5)


def arrays(book: Any, sheet: Any, where: str) -> None:
    sheet.write_array_formula("K8:K10", "{=B8:B10*2}")
    sheet.write_array_formula("L3:L3" if where == "in" else "L8:L8", "{=SUM(B3:B3*2)}")
    sheet.write_dynamic_array_formula("M8", "=_xlfn._xlws.SORT(B8:B10)")
    sheet.write("L9", "=VLOOKUP(B8,B8:C10,2,FALSE)")


def protection(book: Any, sheet: Any, where: str) -> None:
    sheet.protect("x", {"sort": True})
    sheet.unprotect_range(area(where), "区")
    sheet.autofilter("A7:C10" if where == "below" else "A1:C5")


def texts(book: Any, sheet: Any, where: str) -> None:
    sheet.write_rich_string(f"D{ROWS[where][0]}", "a", book.add_format({"bold": True}), "{{ t }}", "c")
    sheet.merge_range("E3:F3" if where == "in" else "E8:F9", "合", book.add_format({"align": "center"}))
    sheet.write_url(f"G{ROWS[where][0]}", "internal:'表'!B8", string="去", tip="提")
    sheet.write_url("G9", "https://x.cn/a?b=1#c")
    sheet.write_datetime("D8" if where != "below" else "D9", datetime.date(2020, 1, 2))
    book.set_custom_property("p", "{{ t }}")


WORKBOOKS: dict[str, list[Edit]] = {
    "charts": [charts("column", "bar", "line", "pie", "scatter")],
    "more charts": [charts("area", "doughnut", "radar", "stock"), chart_sheet, names],
    "rules": [formats, validations, tables],
    "drawings": [pictures, shapes, comments, sparklines],
    "layout": [layout, protection, arrays, texts],
}


def workbook(edits: list[Edit], where: str) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, other = book.add_worksheet("表"), book.add_worksheet("另")
    for cell, value in CELLS.items():
        sheet.write(cell, value)
    other.write_column("A1", [1, 2, "=SUM(表!B3:B3)", "=表!B8"])
    for edit in edits:
        edit(book, sheet, where)
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize("where", ROWS)
@pytest.mark.parametrize("name", WORKBOOKS)
def it_loses_nothing_and_stays_valid(name, where):
    template = workbook(WORKBOOKS[name], where)
    compiled = ExcelTemplate(template)
    for count in (0, 1, 3):
        content = compiled.render({"rows": [{"name": f"项{n}", "n": n} for n in range(1, count + 1)], "t": "题"})
        assert_valid(content, template)
        before, after = set(read_parts(template)), set(read_parts(content))
        assert before - after <= {"xl/calcChain.xml"}
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["表"]
        total = 2 + count
        assert sheet.cell(total, 2).value == count * (count + 1) // 2
        assert [sheet.cell(row + count - 3, 2).value for row in (8, 9, 10)] == [8, 9, 10]
        cells = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("表").to_python()
        assert cells[total - 1][1] == count * (count + 1) // 2


def it_refuses_a_table_that_grows_under_a_slicer_and_leaves_one_that_stays():
    def sliced(table: str) -> bytes:
        parts = read_parts(workbook([lambda book, sheet, where: sheet.add_table(table)], "below"))
        kind = "http://schemas.microsoft.com/office/2007/relationships/slicerCache"
        entry = f'<Relationship Id="rId77" Type="{kind}" Target="slicerCaches/slicerCache1.xml"/></Relationships>'
        relations = "xl/_rels/workbook.xml.rels"
        parts[relations] = parts[relations].replace(b"</Relationships>", entry.encode())
        override = '<Override PartName="/xl/slicerCaches/slicerCache1.xml" ContentType="application/vnd.ms-excel.slicerCache+xml"/>'
        types = "[Content_Types].xml"
        parts[types] = parts[types].replace(b"</Types>", f"{override}</Types>".encode())
        main = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
        table15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
        parts["xl/slicerCaches/slicerCache1.xml"] = (
            f'<slicerCacheDefinition xmlns="{main}" name="s" sourceName="Column1"><extLst><ext uri="x">'
            f'<x15:tableSlicerCache xmlns:x15="{table15}" tableId="1" column="1"/></ext></extLst></slicerCacheDefinition>'
        ).encode()
        return write_parts(parts)

    rows = {"rows": [{"name": "甲", "n": 1}, {"name": "乙", "n": 2}], "t": ""}
    with pytest.raises(InvalidTemplate) as caught:
        ExcelTemplate(sliced("E1:F6")).render(rows)
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.anchor) == ("excel-cannot-follow", {"sheet": "表", "range": "E1:F6"})
    assert ExcelTemplate(sliced("E20:F22")).render({"rows": [{"name": "甲", "n": 1}] * 3, "t": ""})
