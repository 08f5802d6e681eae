"""Cells as a reader sees them: what an editor only spells otherwise is no difference."""

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Color, Font, PatternFill

from generator.compare import compare


def workbook(edit=lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数据"
    for row in range(1, 7):
        sheet.append([f"指标{row}", row, row * 2])
    sheet.merge_cells("A8:C9")
    sheet["A8"] = "说明2020年度"
    sheet["A8"].font = Font("宋体", 12)
    sheet.row_dimensions[2].height = 22
    edit(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filled(**colour):
    return lambda sheet: setattr(sheet["A1"], "fill", PatternFill("solid", fgColor=Color(**colour)))


def in_runs(font):
    def edit(sheet):
        pieces = [TextBlock(InlineFont(rFont=font, sz=12), piece) for piece in ("说明", "2020", "年度")]
        sheet["A8"] = CellRichText(*pieces)

    return edit


def messages(old, new, formatting="effective"):
    return [d.message for d in compare(old, new, level="format", formatting=formatting)]


ALIKE = {
    "a colour of the theme": (filled(theme=4), filled(rgb="FF4F81BD")),
    "a colour of the palette": (filled(indexed=10), filled(rgb="FFFF0000")),
    "an opacity": (filled(rgb="00FF0000"), filled(rgb="FFFF0000")),
    "characters in the cell's font": (lambda sheet: None, in_runs("宋体")),
    "a height within a pixel": (lambda sheet: None, lambda s: setattr(s.row_dimensions[2], "height", 21.75)),
}


@pytest.mark.parametrize("name", ALIKE)
def it_sees_no_difference(name):
    old, new = (workbook(edit) for edit in ALIKE[name])
    assert messages(old, new) == []
    assert messages(new, old) == []


def it_tells_one_change_of_a_font_over_all_characters_of_a_cell():
    found = messages(workbook(in_runs("宋体")), workbook(in_runs("黑体")))
    assert found == ["数据!A8：“说明2020年度”字符格式 字体 宋体 → 黑体"]


def it_tells_a_height_of_another_pixel():
    higher = workbook(lambda sheet: setattr(sheet.row_dimensions[2], "height", 22.5))
    assert messages(workbook(), higher) == ["数据!2:2：行高 22 → 22.5"]


def it_still_compares_what_is_written_where_it_is_asked_to():
    pair = [workbook(edit) for edit in ALIKE["a colour of the theme"]]
    assert len(messages(*pair, formatting="literal")) == 1


def it_leaves_a_chart_where_it_is_when_a_row_is_typed_above_it():
    def chart(sheet):
        made = BarChart()
        made.add_data(Reference(sheet, min_col=2, min_row=1, max_row=6))
        sheet.add_chart(made, "A20")

    def typed(sheet):
        chart(sheet)
        sheet["A10"], sheet["B10"] = "新增的说明", 7

    assert messages(workbook(chart), workbook(typed)) == ["数据：新增第10行（新增的说明 | 7）"]
