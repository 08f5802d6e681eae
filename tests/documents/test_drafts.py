"""A draft is made of whatever can be read; what is missing or wrong is marked alike in Word and Excel."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Font

from generator import ExcelTemplate
from generator.documents.produce import render_documents
from generator.report.examine import examine
from generator.standard import load_standard
from generator.standard.blank_file import blank_data_file
from tests.support.examples import examples

ROOT = Path(__file__).parent.parent.parent
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text("utf-8")


def texts(content: bytes, name: str) -> str:
    if name.endswith(".docx"):
        element: Any = docx.Document(io.BytesIO(content)).element
        body = element.body
        return "\n".join("".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def it_marks_what_is_missing_or_wrong_in_word_and_in_excel():
    data = SAMPLE.replace("  名称: 石峰区工商业联合会\n", "").replace("  全年执行数: 161.4", "  全年执行数: 一百多")
    report, found = examine(data.encode(), name="data.yaml")
    assert {"missing-value", "value-not-number"} <= {finding.code for finding in found}
    assert report is not None
    documents = render_documents(report, draft=True)
    assert [Path(document.name).suffix for document in documents] == [".docx", ".xlsx"]
    for document in documents:
        shown = texts(document.content, document.name)
        assert "【待填：单位全称】" in shown
        assert "【有误：一百多】" in shown
    word = texts(documents[0].content, documents[0].name)
    assert "待填内容" in word
    assert "【待填：总分】" in word


HALF = (ROOT / "data" / "huidong-2023.yaml").read_text("utf-8").replace("预算数: 12.42, ", "")


def workbook_of(data: str, *, values: bool) -> openpyxl.Workbook:
    report, _ = examine(data.encode(), name="data.yaml")
    assert report is not None
    (content,) = (one.content for one in render_documents(report, draft=True) if one.name.endswith(".xlsx"))
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


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
    assert rows[0][0] == "待填内容（必填1处，自动得出5处，可不填2处）"
    assert ("1", "收支决算!B6", "【待填：预算数】") in rows
    assert (None, "评分!B9", "【待填：事业编制】") in rows
    assert (None, "收支决算!D4、D6", "【待填：预算执行率】（2处）") in rows


def it_reads_what_may_stay_empty_as_nothing():
    whole = (ROOT / "data" / "huidong-2023.yaml").read_text("utf-8")
    values, formulas = workbook_of(whole, values=True)["评分"], workbook_of(whole, values=False)["评分"]
    assert [cell.value for cell in values["B"][8:11]] == ["【待填：事业编制】", 1, 4]
    assert [cell.value for cell in values["D"][7:11]] == [0, 0, 0, 0]
    assert (formulas["B11"].value, formulas["D9"].value) == ("=SUM(B8:B10)", "=N(C9)-N(B9)")


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
    book.active["A1"], book.active["B1"] = "{{ 数 }}", "=A1+1"
    book.save(template)
    content = ExcelTemplate(template.getvalue()).render({"数": 1}, draft=True)
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Sheet"]


MARK = re.compile("【(?:待填|有误)：([^】]*)】")


def unlisted(data: str) -> list[str]:
    """The marks of a draft's documents that its lists do not name, and errors of its formulas."""
    report, _ = examine(data.encode(), name="data.yaml")
    assert report is not None
    found = []
    for document in render_documents(report, draft=True):
        if document.name.endswith(".docx"):
            body, _, listed = texts(document.content, document.name).partition("\n待填内容（")
            entries = [
                re.sub(r"^\d+\. ", "", part) for line in listed.splitlines() for part in re.split("；|。$", line)
            ]
            known = {part[: end.start()] for part in entries for end in re.finditer("（|$", part)} | set(
                MARK.findall(listed)
            )
            found += [name for name in MARK.findall(body) if name not in known]
            continue
        book = openpyxl.load_workbook(io.BytesIO(document.content), data_only=True)
        cells = (
            [row[1] for row in book["待填内容"].iter_rows(values_only=True)] if "待填内容" in book.sheetnames else []
        )
        shared = [str(entry).rpartition("!") for entry in cells if entry]
        rows = {f"{sheet}!{address}" for sheet, _, addresses in shared for address in addresses.split("、")}
        for sheet in (sheet for sheet in book if sheet.title != "待填内容"):
            for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
                assert not {"\ufdd0", "\ufdd1"} & set(cell.value)
                place = f"{sheet.title}!{cell.coordinate}"
                if cell.value.startswith("#") or (MARK.search(cell.value) and place not in rows):
                    found.append(f"{place} {cell.value}")
    return found


NAMES = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def it_lists_every_mark_of_a_file_in_which_nothing_is_filled_in(name: str):
    assert unlisted(blank_data_file(load_standard(ROOT / f"templates/standards/{name}.yaml"))) == []


def nodes(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of a data file but its standard."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if (*path, key) != ("标准",):
            yield (*path, key)
            yield from nodes(inner, (*path, key))


def without(data: Any, path: tuple[str | int, ...]) -> None:
    for key in path[:-1]:
        data = data[key]
    del data[path[-1]]


SENTENCES = """标准: case
一: {甲: 3}
二:
  - 名: 子
    句: 有{{ 一.乙 }}个，{{ 丙.丁 }}家
数: abc
日: 2020-13-01
比: 120%
文: |
  办{{ 一.乙 | fixed(2) }}件，{{ '共' ~ 一.乙 ~ '人' }}。
  {{ 二["子"].句 }}；{{ '多' if 一.乙 > 2 else '少' }}、{{ 差 }}、{{ 数 }}、{{ 一.甲 }}
述: ["说{{ 文 }}", "无{{ 事实.数 }}"]
事实: {数: }
差: 9
"""
STANDARD = """standard: case
version: 1.0.0
fiscal_year: 2020
title: 例
types:
  一: {fields: {甲: integer, 乙: {type: integer, label: 乙的数, required: false}}}
  丙: {fields: {丁: {type: integer, required: false}}}
  二: {key: 名, fields: {名: text, 句: text}}
fields:
  一: 一
  二: list of 二
  丙: {type: 丙, required: false}
  数: number
  日: date
  比: {type: percent, max: 100%}
  文: paragraphs
  述: list of text
  事实: {type: map, of: integer}
  差: {type: integer, label: 差额, formula: 一.甲 - 1}
documents: [{template: docx/a.docx, name: 文}, {template: xlsx/a.xlsx, name: 文}]
"""
SHOWN = [
    "办【待填：乙的数】件，共【待填：乙的数】人。",
    "有【待填：乙的数】个，【待填：丁】家；【待填：乙的数】、【有误：9】、【有误：abc】、3",
]


def sentences(folder: Path) -> Any:
    """A report whose sentences read what is missing and what is wrong, with templates of its own."""
    for name in ("standards", "docx", "xlsx"):
        (folder / name).mkdir()
    (folder / "standards" / "case.yaml").write_text(STANDARD, "utf-8")
    word = docx.Document()
    for text in (
        "{{ 文 }}",
        "{%p for x in 述 %}",
        "{{ x }}",
        "{%p endfor %}",
        "{{ 二[0].句 }}",
        "{{ 日 }} {{ 比 }} {{ 差 }}",
    ):
        word.add_paragraph(text)
    word.save(str(folder / "docx" / "a.docx"))
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["A3"] = "{{ 文 }}", "{{ 数 }}", "=A2+1"
    book.save(folder / "xlsx" / "a.xlsx")
    report, found = examine(SENTENCES.encode(), load_standard(folder / "standards" / "case.yaml"), "data.yaml")
    assert report is not None
    return report, found


@pytest.mark.parametrize("isolated", [False, True])
def it_marks_what_a_sentence_of_the_data_lacks_whatever_the_depth(tmp_path, isolated: bool):
    report, _ = sentences(tmp_path)
    word, workbook = (one.content for one in render_documents(report, draft=True, isolated=isolated))
    lines = texts(word, "a.docx").splitlines()
    assert lines[:2] == SHOWN
    assert lines[2:5] == [f"说{SHOWN[0]}{SHOWN[1]}", "无【待填：数】", "有【待填：乙的数】个，【待填：丁】家"]
    assert lines[5] == "【有误：2020-13-01】 【有误：120%】 【有误：9】"
    assert lines[6] == "待填内容（必填3处，有误4处）"  # a sentence cannot do without what may stay empty elsewhere
    assert lines[7:11] == ["必须填写（3处）", "1. 乙的数（一.乙）", "2. 丁（丙.丁）", "3. 数（事实.数）"]
    assert [line[:3] for line in lines[12:16]] == ["1. ", "2. ", "3. ", "4. "]
    assert any("【有误：2020-13-01】第" in line for line in lines[12:16])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True).worksheets[0]
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["\n".join(SHOWN), "【有误：abc】", "【有误：abc】"]


@examples(4)
@given(st.data())
def it_lists_every_mark_of_a_file_from_which_anything_was_deleted(data: st.DataObject):
    name = data.draw(st.sampled_from(NAMES))
    content = yaml.load((ROOT / f"data/{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    places = data.draw(st.lists(st.sampled_from(list(nodes(content))), min_size=1, max_size=12, unique=True))
    for place in sorted(places, key=lambda path: [str(key).zfill(4) for key in path], reverse=True):
        with suppress(KeyError, IndexError, TypeError):
            without(content, place)
    assert unlisted(yaml.dump(content, allow_unicode=True, sort_keys=False, width=1_000_000)) == []


def it_marks_lists_and_paragraphs_that_stand_under_a_heading_of_their_own():
    report, _ = examine(
        blank_data_file(load_standard(ROOT / "templates/standards/beita-2023.yaml")).encode(), name="a.yaml"
    )
    assert report is not None
    (word,) = (one for one in render_documents(report, draft=True) if one.name.endswith(".docx"))
    shown = texts(word.content, word.name)
    assert "1.【待填：主要职能】" in shown
    assert "【待填：综合评价结论】【待填：年度】年度部门整体支出绩效自评分数为【待填：总分】分" in shown
    assert "主要职能（单位.主要职能）" in shown.partition("\n可以不填（")[2]


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
    optional = next(row[0].row for row in listed.iter_rows() if str(row[0].value).startswith("可以不填"))
    loose = [row[1].value.rpartition("!") for row in listed.iter_rows(min_row=optional + 1)]
    for title, _, addresses in loose:
        for address in addresses.split("、"):
            assert book[title][address].font.color.rgb == "FF767676", address
            assert book[title][address].fill.fgColor.rgb != "FFFFFF99", address


@pytest.mark.parametrize("name", NAMES)
def it_demands_nothing_of_a_complete_report(name):
    for document in drafts_of((ROOT / f"data/{name}.yaml").read_text("utf-8")):
        listed = texts(document.content, document.name).partition("\n待填内容（")[2]
        assert not re.match("必填|有误|自动", listed), listed
        if document.name.endswith(".docx"):
            element: Any = docx.Document(io.BytesIO(document.content)).element
            assert list(element.body.iter("{*}highlight")) == []


def drafts_of(data: str) -> list[Any]:
    report, _ = examine(data.encode(), name="data.yaml")
    assert report is not None
    return render_documents(report, draft=True)


def it_marks_each_cell_of_a_record_that_is_given_as_a_single_value_and_lists_it_once():
    data = (ROOT / "data/beita-2023.yaml").read_text("utf-8")
    own = "公务接待: {上年决算数: 0, 本年预算数: 0.5, 本年决算数: 0}"
    assert own in data
    word, workbook = drafts_of(data.replace(own, "公务接待: 0.5"))
    shown, _, listed = texts(word.content, word.name).partition("\n待填内容（")
    assert shown.count("【有误：0.5】") == 3
    assert listed.startswith("有误1处，自动得出")
    assert listed.count("“公务接待费”应填一组") == 1
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content), data_only=True)["附件1-1 基础数据表"]
    assert [sheet[one].value for one in ("B12", "D12", "F12")] == ["【有误：0.5】"] * 3
    assert [str(sheet[one].value)[:4] for one in ("B7", "D7", "F7")] == ["【待填：", "【待填：", "【待填："]


MARKED_DOWN = """standard: case
title: 例
version: 1.0.0
fields:
  数: number
  说明: {type: paragraphs, format: markdown}
documents:
  - {template: t.docx, name: 稿.docx}
"""


def it_highlights_marks_within_markdown_in_its_headings_paragraphs_and_tables(tmp_path):
    template = docx.Document()
    template.add_paragraph("{{ 说明 }}")
    template.save(str(tmp_path / "t.docx"))
    (tmp_path / "case.yaml").write_text(MARKED_DOWN, "utf-8")
    text = "数:\n说明: |\n  # 题{{ 数 }}\n\n  共{{ 数 }}个。\n\n  | 甲 | 乙 |\n  |---|---|\n  | {{ 数 }} | 丙 |\n"
    report, _ = examine(text.encode(), load_standard(str(tmp_path / "case.yaml")), "a.yaml")
    assert report is not None
    (made,) = render_documents(report, draft=True)
    element: Any = docx.Document(io.BytesIO(made.content)).element
    shown = [
        "".join(node.text or "" for node in run.iter("{*}t"))
        for run in element.body.iter("{*}r")
        if run.xpath(".//w:highlight")
    ]
    assert shown == ["【待填：数】"] * 3 + ["待填内容（必填1处）"]


def it_calls_the_totals_of_two_columns_of_a_row_as_word_does():
    _, workbook = drafts_of(SAMPLE.replace("分值: 10\n            得分: 10", "分值: 十\n            得分: 10", 1))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content), data_only=True)["附件1"]
    row = next(cells for cells in sheet.iter_rows() if cells[0].value == "总分")
    assert [row[6].value, row[7].value, row[8].value] == ["【待填：分值合计】", 97, "等级：优"]


def it_keeps_the_words_that_a_tag_joins_to_a_value_that_is_missing():
    data = SAMPLE.replace("走访家数: 52", "走访家数:").replace(
        "{{ 事实.走访家数 }}家，组织", "{{ '共' ~ 事实.走访家数 ~ '家' }}，组织"
    )
    word, _ = drafts_of(data)
    assert "走访企业、商会共【待填：走访家数】家，组织" in texts(word.content, word.name)


def it_prints_the_right_entries_of_a_map_beside_a_wrong_one():
    word, _ = drafts_of(SAMPLE.replace("扶持资金: 10", "扶持资金: 十"))
    shown, _, listed = texts(word.content, word.name).partition("\n待填内容（")
    assert "共走访企业、商会52家" in shown
    assert "获批【有误：十】万元" in shown
    assert listed.startswith("有误1处")


def it_makes_room_for_a_mark_where_a_figure_was_to_stand():
    template = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.column_dimensions["A"].width = 10
    sheet.row_dimensions[1].height = sheet.row_dimensions[3].height = 15
    sheet["A1"] = sheet["A2"] = sheet["C3"] = "{{ 数 }}"
    sheet["B1"] = sheet["B2"] = "元"
    sheet["A4"], sheet["B4"] = "编制单位：{{ 数 }}", " "
    sheet["A5"], sheet["C5"], sheet["G5"] = "甲", "{{ 数 }}", "元"
    sheet["A5"].font = Font(size=24)
    sheet["A1"].alignment = Alignment(horizontal="right", shrink_to_fit=True)
    book.save(template)
    content = ExcelTemplate(template.getvalue()).render({"数": "【待填：本年“三公经费”预算】"}, draft=True)
    made = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [made.row_dimensions[row].height for row in (1, 2)] == [65.8, 65.8]  # four lines of 11 points
    alignment = made["A1"].alignment
    assert (alignment.wrap_text, alignment.shrink_to_fit, alignment.horizontal) == (True, None, "right")
    assert (made["C3"].alignment.wrap_text, made.row_dimensions[3].height) == (None, 15)  # it runs over empty cells
    assert made["C5"].alignment.wrap_text is None  # in a font of its own, not the first cell's


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


def it_marks_a_blank_within_other_words_although_its_standard_says_what_it_prints():
    for document in drafts_of(blank_data_file(load_standard("shifeng-2020"))):
        assert "（【待填：表中规定的分值】分）" in texts(document.content, document.name)
