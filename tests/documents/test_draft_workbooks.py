"""A draft's workbook: its formulas wait for what is missing, its marks are seen whole."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font

from generator import ExcelTemplate
from generator.documents.produce import render_documents
from generator.report.examine import examine
from generator.standard import load_standard
from generator.standard.blank_file import blank_data_file
from tests.support.drafts import drafts_of, listed_addresses, texts, workbook_of

ROOT = Path(__file__).parent.parent.parent
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text("utf-8")
HALF = (ROOT / "data" / "huidong-2023.yaml").read_text("utf-8").replace("预算数: 12.42, ", "")


def it_shows_no_total_of_a_part_where_word_leaves_the_total_open():
    sheet = workbook_of(HALF, values=True)["收支决算"]
    assert [cell.value for cell in sheet["B"][3:6]] == ["【待填：预算数】", 135.47, "【待填：预算数】"]
    assert [sheet[address].value for address in ("D4", "E4", "D6", "E6")] == [
        "【待填：预算执行率】",  # of the total, too; as Word calls them
        "【待填：预算与决算之差】",
    ] * 2
    assert [sheet[address].value for address in ("C4", "D5", "E5")] == [135.64, 0.9723, 3.75]


def it_keeps_the_formula_so_that_it_computes_once_the_cell_is_filled():
    sheet = workbook_of(HALF, values=False)["收支决算"]
    assert sheet["B4"].value == '=IF(COUNTIF(B5:B6,"【待填*")>0,"【待填：预算数】",SUM(B5:B6))'
    assert sheet["C4"].value == "=SUM(C5:C6)"


def it_lists_in_the_workbook_what_is_to_fill_in():
    book = workbook_of(HALF, values=True)
    assert book.sheetnames == ["收支决算", "评分", "待填内容"]
    rows = list(book["待填内容"].iter_rows(values_only=True))
    assert rows[0][0] == "待填内容（必填1处，自动得出5处，可不填3处）"
    assert ("1", "收支决算!B6", "【待填：预算数】") in rows
    assert (None, "评分!B9、D9", "【待填：事业编制】（2处）") in rows
    assert (None, "收支决算!D4、D6", "【待填：预算执行率】（2处）") in rows


def it_reads_what_may_stay_empty_as_nothing():
    whole = (ROOT / "data" / "huidong-2023.yaml").read_text("utf-8")
    values, formulas = workbook_of(whole, values=True)["评分"], workbook_of(whole, values=False)["评分"]
    assert [cell.value for cell in values["B"][8:11]] == ["【待填：事业编制】", 1, 4]
    assert [cell.value for cell in values["D"][7:11]] == [0, "【待填：事业编制】", 0, 0]
    assert [formulas[one].value for one in ("B11", "D8")] == [
        '=IF((IF(COUNT(B8:B10)=0,"",SUM(B8:B10)))="","【待填：事业编制】",IF(COUNT(B8:B10)=0,"",SUM(B8:B10)))',
        '=IF(COUNT(B8:C8)=0,"",N(C8)-N(B8))',
    ]


def it_compares_nothing_with_what_is_not_filled_in():
    sample = (ROOT / "data" / "wanzhou-2020.yaml").read_text("utf-8").replace(", 上年决算数: 255.11", "")
    sheet = workbook_of(sample, values=True)["收支决算"]
    assert [sheet[one].value for one in ("C8", "C9", "E9", "E10")] == [
        52.36,
        "【待填：上年决算数】",
        "【待填：增减额】",
        1.55,
    ]


def it_names_a_total_of_nothing_and_adds_up_as_soon_as_there_is_a_figure():
    sample = (ROOT / "data" / "beita-2023.yaml").read_text("utf-8")
    own = re.compile(r"(?m)^三公经费:\n(?:  .*\n)+")
    sheet = workbook_of(own.sub("三公经费:\n", sample), values=True)["附件1-1 基础数据表"]
    assert [sheet[one].value for one in ("B7", "B8", "B9")] == ["【待填：上年决算数】"] * 3
    sheet = workbook_of(own.sub("三公经费: {公务接待: {上年决算数: 3}}\n", sample), values=True)["附件1-1 基础数据表"]
    assert [sheet[one].value for one in ("B7", "B8", "B12")] == [3, "【待填：上年决算数】", 3]


def it_adds_nothing_to_a_report_without_a_blank():
    template = io.BytesIO()
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"] = "{{ 数 }}", "=A1+1"
    book.save(template)
    content = ExcelTemplate(template.getvalue()).render({"数": 1}, draft=True)
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Sheet"]


@pytest.mark.parametrize("name", ["beita-2023", "dayu-2020", "wanzhou-2020"])
def it_shows_every_mark_of_a_workbook_on_yellow_and_what_may_stay_empty_in_grey(name):
    blank = blank_data_file(load_standard(ROOT / "templates" / "standards" / f"{name}.yaml"))
    report, _ = examine(blank.encode(), name="新.yaml")
    assert report is not None
    (content,) = (one.content for one in render_documents(report, draft=True) if one.name.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    *sheets, listed = book.worksheets
    assert listed.page_setup.fitToHeight == 0
    for cell in (cell for sheet in sheets for row in sheet.iter_rows() for cell in row):
        grey = bool(cell.font.color) and cell.font.color.rgb == "FF767676"
        assert ("【待填" in str(cell.value)) == (cell.fill.fgColor.rgb == "FFFFFF99" or grey), cell
    optional: Any = next(row[0].row for row in listed.iter_rows() if str(row[0].value).startswith("可以不填"))
    for title, addresses in (listed_addresses(str(row[1].value)) for row in listed.iter_rows(min_row=optional + 1)):
        for address in addresses:
            assert book[title][address].font.color.rgb == "FF767676", address
            assert book[title][address].fill.fgColor.rgb != "FFFFFF99", address


def it_calls_the_totals_of_two_columns_of_a_row_as_word_does():
    _, workbook = drafts_of(SAMPLE.replace("分值: 10\n            得分: 10", "分值: 十\n            得分: 10", 1))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content), data_only=True)["附件1"]
    row = next(cells for cells in sheet.iter_rows() if cells[0].value == "总分")
    assert [row[6].value, row[7].value, row[8].value] == ["【待填：分值合计】", 97, "等级：优"]


def it_makes_room_for_a_mark_where_a_figure_was_to_stand():
    template = io.BytesIO()
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.column_dimensions["A"].width = 10
    sheet.row_dimensions[1].height = sheet.row_dimensions[3].height = 15
    sheet["A1"] = sheet["A2"] = sheet["C3"] = "{{ 数 }}"
    sheet["B1"] = sheet["B2"] = "元"
    sheet["A4"], sheet["B4"] = "编制单位：{{ 数 }}", " "
    sheet["A5"], sheet["C5"], sheet["G5"] = "甲", "{{ 数 }}", "元"
    sheet["A5"].font = Font(size=24)
    sheet["A1"].alignment = Alignment(horizontal="right", shrink_to_fit=True)
    sheet.column_dimensions["D"].width, sheet["D4"], sheet["E4"] = 26, "{{ 数 }}", "元"
    sheet["D4"].alignment = Alignment(wrap_text=True)
    book.save(template)
    content = ExcelTemplate(template.getvalue()).render({"数": "【待填：本年“三公经费”预算】"}, draft=True)
    made: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [made.row_dimensions[row].height for row in (1, 2)] == [65.8, 65.8]  # four lines of 11 points
    alignment = made["A1"].alignment
    assert (alignment.wrap_text, alignment.shrink_to_fit, alignment.horizontal) == (True, None, "right")
    assert (made["C3"].alignment.wrap_text, made.row_dimensions[3].height) == (None, 15)  # it runs over empty cells
    assert (made["D4"].alignment.wrap_text, made["D4"].alignment.shrink_to_fit) == (None, True)  # rather than 】 alone
    assert made["C5"].alignment.wrap_text is None  # in a font of its own, not the first cell's


def it_gives_a_wrong_value_the_room_that_its_mark_needs_and_no_more():
    sheets = [
        workbook_of(
            SAMPLE.replace("分值: 10\n            得分: 10", f"分值: {typed}\n            得分: 10", 1), values=True
        )["附件1"]
        for typed in ("", "三")
    ]
    heights = [
        next(sheet.row_dimensions[row[6].row or 0].height for row in sheet.iter_rows() if "【" in str(row[6].value))
        for sheet in sheets
    ]
    assert heights[0] == heights[1]


def it_names_a_column_of_cells_in_one_range():
    listed = workbook_of(blank_data_file(load_standard(ROOT / "templates/standards/beita-2023.yaml")), values=True)[
        "待填内容"
    ]
    entries = {row[2]: row[1] for row in listed.iter_rows(values_only=True) if row[1]}
    assert entries["【待填：上年决算数】（16处）"] == "附件1-1 基础数据表!B7:B22"
    assert entries["【待填：上年度】（2处）"] == "附件1-1 基础数据表!A24、B6"


WIDE = """standard: case
title: 例
version: 1.0.0
fields:
  各行:
    type: list
    fields:
      甲: number
      乙: {type: number, required: false}
documents:
  - {template: t.xlsx, name: 表.xlsx}
"""


def it_counts_many_marks_that_a_total_waits_for_without_those_that_may_stay(tmp_path):
    template = openpyxl.Workbook()
    assert template.active is not None
    for row in ("{%tr for r in 各行 %}",), ("{{ r.甲 }}", "{{ r.乙 }}"), ("{%tr endfor %}",), ("=SUM(A2:B2)",):
        template.active.append(row)
    template.save(tmp_path / "t.xlsx")
    (tmp_path / "case.yaml").write_text(WIDE, "utf-8")
    standard = load_standard(tmp_path / "case.yaml")
    report, _ = examine(("标准: case\n各行:\n" + "  - {甲: }\n" * 12).encode(), standard, name="data.yaml")
    assert report is not None
    (workbook,) = render_documents(report, draft=True)
    for values, expected in (
        (False, '=IF(COUNTIF(A1:B12,"【待填*")-COUNTIF(A1:B12,"【待填：乙】")>0,"【待填：甲】",SUM(A1:B12))'),
        (True, "【待填：甲】"),
    ):
        sheet = openpyxl.load_workbook(io.BytesIO(workbook.content), data_only=values).worksheets[0]
        assert sheet["A13"].value == expected


def it_tells_of_cells_with_other_words_and_of_figures_beside_a_row_s_own_what_word_tells():
    data = blank_data_file(load_standard("beita-2023"))
    word, workbook = drafts_of(data)
    book = openpyxl.load_workbook(io.BytesIO(workbook.content), data_only=True)
    sheet = book["附件1-2 自评表"]
    assert [sheet[one].value for one in ("E5", "H5", "I5")] == [
        "【待填：年度资金总额】", "【待填：执行率】", "【待填：执行得分】",
    ]  # fmt: skip
    needed = texts(workbook.content, workbook.name).partition("\n待填内容（")[2].partition("自动得出（")[0]
    assert "【待填：填报人】" not in needed
    assert "填报人" not in texts(word.content, word.name).partition("\n必须填写")[2].partition("自动得出（")[0]
