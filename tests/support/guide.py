"""The templates that a guide writes out as text, as a person makes them: a Word document, a worksheet."""

from __future__ import annotations

import re
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from openpyxl.styles import Alignment, Border, Font, Side

_WIDTHS = {"A": 26, "B": 18, "C": 20, "D": 18, "E": 22}


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table; `\\|` within one is a bar."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|(?= |$)", line)[1:-1]]


def word_template(text: str) -> Document:
    """A document of the lines of a text: `# ` a title, `## ` a heading, `| a | b |` rows of a table, else a paragraph."""
    document = docx.Document()
    _look(document)
    table: Any = None
    for line in text.splitlines():
        if line.startswith("| "):
            texts = cells(line)
            if table is None:
                table = document.add_table(0, len(texts), style="Table Grid")
            row = table.add_row()
            for cell, content in zip(row.cells, texts, strict=True):
                cell.text = content
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(9)
            continue
        table = None
        if line.startswith("# "):
            document.add_paragraph(line[2:], style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif line.startswith("## "):
            document.add_heading(line[3:], 1)
        else:
            document.add_paragraph(line)
    return document


def _look(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, font, size in (("Normal", "仿宋_GB2312", 12), ("Title", "方正小标宋简体", 18), ("Heading 1", "黑体", 14)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), RGBColor(0, 0, 0)
        style.paragraph_format.space_after = Pt(2)
        fonts = style.element.rPr.rFonts
        for script in list(fonts.attrib):
            if script.endswith("Theme"):
                del fonts.attrib[script]
        fonts.set(qn("w:eastAsia"), font)


def excel_template(grid: dict[str, str], title: str = "自评表") -> openpyxl.Workbook:
    """A workbook whose first worksheet has those cells, with borders, the first row merged as its title."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    line = Side(style="thin")
    columns = sorted({address[0] for address in grid})
    rows = range(1, max(int(address[1:]) for address in grid) + 1)
    for address in (f"{column}{row}" for row in rows for column in columns):
        sheet[address] = grid.get(address)
        sheet[address].border = Border(line, line, line, line)
        sheet[address].alignment = Alignment(wrap_text=True, vertical="center")
    for column in columns:
        sheet.column_dimensions[column].width = _WIDTHS[column]
    sheet.merge_cells(f"A1:{columns[-1]}1")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["B9"].number_format = "0.00%"
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return book
