"""A draft is made of whatever can be read; what is missing or wrong is marked alike in Word and Excel."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl

from generator.documents.produce import render_documents
from generator.report.examine import examine

ROOT = Path(__file__).parent.parent.parent
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text("utf-8")


def texts(content: bytes, name: str) -> str:
    if name.endswith(".docx"):
        body = docx.Document(io.BytesIO(content)).element.body
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
