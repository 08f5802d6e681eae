"""Whatever the XML of a document says, the answer is differences or a refusal, never a crash."""

import io
import random
import re
import zipfile

import docx
import openpyxl
import pytest

from generator.compare import compare, show, to_html
from generator.diagnostics import InvalidDocument


def word():
    document = docx.Document()
    document.add_heading("标题", 1)
    document.add_paragraph("事项", style="List Number")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合并"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "合并"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.add_comment(document.paragraphs[0].runs, text="批注", author="某")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(6):
        sheet.append([f"项{row}", row, f"=B{row + 1}*2"])
    sheet.merge_cells("E1:E3")
    sheet.column_dimensions["B"].width = 20
    sheet.auto_filter.ref = "A1:C6"
    sheet["A1"].comment = openpyxl.comments.Comment("批注", "某")
    sheet["A2"].hyperlink = "https://example.com"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


VALUES = [b"", b"x", b"-1", b"0", b"99999999999999999999", b"A0", b"ZZZZ9", b"1.5", b"NaN", b"true", b"A1:", b"rId99"]
VALUES += ["²".encode(), b"9" * 5000]  # a digit to `isdigit` that `int` refuses; more of them than `int` reads


def spoiled(content, draw):
    """One to three attributes, or the text of a number, replaced by something else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = [n for n in old.namelist() if n.endswith(".xml") and "theme" not in n and not n.startswith("[")]
        chosen = draw.choice(names)
        for name in old.namelist():
            data = old.read(name)
            if name == chosen:
                for _ in range(draw.randint(1, 3)):
                    places = list(re.finditer(rb'(?<=[a-zA-Z]=")(?!http)[^"]*(?=")|(?<=<v>)[^<]+', data))
                    if places:
                        place = draw.choice(places)
                        data = data[: place.start()] + draw.choice(VALUES) + data[place.end() :]
            new.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("make", [word, excel])
@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))])
def it_answers_or_refuses(make, seed):
    content = make()
    draw = random.Random(seed)
    refused = 0
    for _ in range(12):
        damaged = spoiled(content, draw)
        try:
            to_html(compare(content, damaged, level="format"))
            show(damaged)
        except InvalidDocument:
            refused += 1
    assert refused < 12


def it_refuses_endless_nesting():
    inner = b"<w:tbl><w:tr><w:tc>" * 3000 + b"</w:tc></w:tr></w:tbl>" * 3000
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace(b"<w:sectPr", inner + b"<w:sectPr", 1) if name == "word/document.xml" else data
            )
    with pytest.raises(InvalidDocument):
        compare(word(), buffer.getvalue())
