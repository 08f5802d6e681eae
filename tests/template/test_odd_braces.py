"""Braces that are no tag, in every text of a Word or Excel template: refused, never printed as they are."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import openpyxl
import openpyxl.comments
import pytest

from generator import ExcelTemplate, InvalidTemplate, WordTemplate

Made = WordTemplate | ExcelTemplate


def in_paragraph(text: str) -> Made:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for character in text:  # Word cuts runs anywhere
        paragraph.add_run(character)
    return _word(document)


def in_word_header(text: str) -> Made:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].add_run(text)
    return _word(document)


def _word(document: docx.document.Document) -> Made:
    content = io.BytesIO()
    document.save(content)
    return WordTemplate(content.getvalue())


def in_cell(text: str) -> Made:
    book = openpyxl.Workbook()
    book.active["A1"] = text
    return _excel(book)


def in_excel_header(text: str) -> Made:
    book = openpyxl.Workbook()
    book.active.oddHeader.center.text = text
    return _excel(book)


def in_sheet_name(text: str) -> Made:
    book = openpyxl.Workbook()
    book.active.title = text
    return _excel(book)


def in_comment(text: str) -> Made:
    book = openpyxl.Workbook()
    book.active["B2"] = 1
    book.active["B2"].comment = openpyxl.comments.Comment(text, "甲")
    return _excel(book)


def in_word_title(text: str) -> Made:
    document = docx.Document()
    document.core_properties.title = text
    return _word(document)


def in_excel_title(text: str) -> Made:
    book = openpyxl.Workbook()
    book.properties.title = text
    return _excel(book)


def _excel(book: openpyxl.Workbook) -> Made:
    content = io.BytesIO()
    book.save(content)
    return ExcelTemplate(content.getvalue())


@pytest.mark.parametrize(
    "make",
    [
        *(in_paragraph, in_word_header, in_word_title),
        *(in_cell, in_excel_header, in_sheet_name, in_comment, in_excel_title),
    ],
)
@pytest.mark.parametrize(
    "written",
    ["｛｛ x ｝｝", "{{ x }", "{ x }}", "x }}", "{％ if x ％}", "{{ x }}}", "{{ x }} }}", "{{{ x }}}", "{＃ x ＃}"],
)
def it_refuses_them_at_their_place(make: Callable[[str], Made], written: str):
    with pytest.raises(InvalidTemplate) as refusal:
        make(f"共{written}元").render({"x": 1})
    (found,) = refusal.value.diagnostics
    assert found.location.place is not None


@pytest.mark.parametrize("make", [in_paragraph, in_word_title, in_cell, in_comment, in_excel_title])
@pytest.mark.parametrize("written", ["集合{甲, 乙}", "{一}期", "“{”和“}”"])
def it_raises_no_alarm_on_braces_of_prose(make: Callable[[str], Made], written: str):
    assert make(f"{written}和{{{{ x }}}}").render({"x": 1})


@pytest.mark.parametrize(
    ("written", "printed"),
    [('{"a": {"b": {{ x }}}}', '{"a": {"b": 1}}'), ('{{ "}" }}{{ x }}', "}1"), ("{注} {{ x }}", "{注} 1")],
)
def it_prints_braces_that_are_text(written: str, printed: str):
    content = in_paragraph(written).render({"x": 1})
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == printed
