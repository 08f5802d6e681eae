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


def listed_addresses(entry: str) -> tuple[str, list[str]]:
    """The sheet and the cells that an entry of a draft's list names: `自评表!B3、D7:D9`."""
    sheet, _, places = entry.rpartition("!")
    found = []
    for place in places.split("、"):
        first, _, last = place.partition(":")
        column = first.rstrip("0123456789")
        rows = [int(end.removeprefix(column)) for end in (first, last or first)]
        found += [f"{column}{row}" for row in range(rows[0], rows[1] + 1)]
    return sheet, found
