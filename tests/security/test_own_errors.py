"""An error of the program, whatever its type, is never told as a damaged file: readers catch what libraries and files give cause to."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from generator import ExcelTemplate, WordTemplate
from generator.compare import show
from generator.compare.excel import read_workbook
from generator.compare.word import read_parts
from generator.distribution import archive
from generator.documents import wording_digest
from generator.excel import template as excel_template
from generator.excel.read import sheet_xml
from generator.form import marking
from generator.ooxml.package import open_package
from generator.source import form_plan, from_form
from generator.word.compile import stories

FORM = Path(__file__).parents[1] / "cases" / "form-earlier" / "2026-11-28.xlsx"


def word() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def excel() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def packed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.yaml", "a")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("room", "name", "read"),
    [
        (read_parts, "read_document", lambda: show(word())),
        (read_workbook, "read_workbook", lambda: show(excel())),
        (wording_digest, "_stories", lambda: wording_digest.wording_digest(open_package(word()))),
        (wording_digest, "_cells", lambda: wording_digest.wording_digest(open_package(excel()))),
        (stories, "compile_stories", lambda: WordTemplate(word())),
        (excel_template, "read_sheet", lambda: ExcelTemplate(excel())),
        (sheet_xml, "_cell", lambda: sheet_xml.read_sheet(open_package(excel()).read("xl/worksheets/sheet1.xml"))),
        (from_form, "_Reading", lambda: from_form.read_form("表.xlsx", FORM.read_bytes())),
        (form_plan, "_checked", lambda: from_form.read_form("表.xlsx", FORM.read_bytes())),
        (marking, "_list", lambda: marking.marked_form(FORM.read_bytes(), [])),
        (archive, "_entry_faults", lambda: archive.read_archive(packed(), "a.zip")),
    ],
)
def it_comes_through(room, name, read, monkeypatch):
    def broken(*_, **__):
        raise ValueError("cogs")

    monkeypatch.setattr(room, name, broken)
    with pytest.raises(ValueError, match="cogs"):
        read()
