"""A draft is made of whatever can be read; what is missing or wrong is marked alike in Word and Excel."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl

from generator.documents.produce import render_documents
from generator.report.examine import examine

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
        assert "【待填：全年执行数】" in shown
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
        "【待填：预算数】"
    ] * 4  # a total of the total, too
    assert [sheet[address].value for address in ("C4", "D5", "E5")] == [135.64, 0.9723, 3.75]


def it_keeps_the_formula_so_that_it_computes_once_the_cell_is_filled():
    sheet = workbook_of(HALF, values=False)["收支决算"]
    assert sheet["B4"].value == '=IF(COUNTIF(B5:B6,"【待填*")>0,"【待填：预算数】",SUM(B5:B6))'
    assert sheet["C4"].value == "=SUM(C5:C6)"


def it_lists_in_the_workbook_what_is_to_fill_in():
    book = workbook_of(HALF, values=True)
    assert book.sheetnames == ["收支决算", "评分", "待填内容"]
    rows = list(book["待填内容"].iter_rows(values_only=True))
    assert rows[0][0] == "待填内容（6处）"
    assert ("4", "收支决算!B6", "【待填：预算数】") in rows


def it_adds_nothing_to_the_workbook_of_a_whole_report():
    whole = (ROOT / "data" / "huidong-2023.yaml").read_text("utf-8")
    book = workbook_of(whole, values=False)
    assert book.sheetnames == ["收支决算", "评分"]
    assert book["收支决算"]["B4"].value == "=SUM(B5:B6)"
