"""Cells that no program writes so, but that a reader takes."""

import io
import re
import zipfile

import openpyxl

from generator import ExcelTemplate


def it_reads_an_inline_text_beside_other_content_of_its_cell():
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(made)
    cell = b'<c r="A1" t="inlineStr"><is><t>{{ a }}</t></is><v>{</v></c>'
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, re.sub(rb'<c r="A1".*?</c>', cell, data) if name.endswith("sheet1.xml") else data)
    document = ExcelTemplate(changed.getvalue()).render({"a": "好"})
    assert openpyxl.load_workbook(io.BytesIO(document)).active["A1"].value == "好"
