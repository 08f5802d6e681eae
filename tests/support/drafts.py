"""Drafts of data files, and what they say."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl

from generator.documents.produce import render_documents
from generator.report.examine import examine


def texts(content: bytes, name: str) -> str:
    if name.endswith(".docx"):
        element: Any = docx.Document(io.BytesIO(content)).element
        body = element.body
        return "\n".join("".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in body.iter("{*}p"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def drafts_of(data: str) -> list[Any]:
    report, _ = examine(data.encode(), name="data.yaml")
    assert report is not None
    return render_documents(report, draft=True)


def workbook_of(data: str, *, values: bool) -> openpyxl.Workbook:
    report, _ = examine(data.encode(), name="data.yaml")
    assert report is not None
    (content,) = (one.content for one in render_documents(report, draft=True) if one.name.endswith(".xlsx"))
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
