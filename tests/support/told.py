"""Templates of a few tags, made in the working folder, and what is told of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.diagnostics import Diagnostic, Invalid
from generator.excel.template import ExcelTemplate
from generator.word import WordTemplate
from tests.support import words
from tests.support.golden import check_golden, expected_json
from tests.support.words import document, paragraph

CASES = Path(__file__).parents[1] / "cases"
Cells = dict[str, Any]


def workbook(cells: Cells, *, title: str = "表", sheets: dict[str, Cells] | None = None) -> Any:
    """A workbook with cells on its first sheet, and on others."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, content in {title: cells, **(sheets or {})}.items():
        sheet = book.create_sheet(name)
        for address, value in content.items():
            sheet[address] = value
    return book


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(work: Callable[[], object]) -> tuple[Diagnostic, ...]:
    with pytest.raises(Invalid) as caught:
        work()
    return caught.value.diagnostics


def in_word(*blocks: str, context: Cells | None = None, content: bytes | None = None) -> tuple[Diagnostic, ...]:
    """What a Word template tells when it is compiled and rendered; what is no XML becomes a paragraph."""
    made = (
        document(*(one if one.startswith("<w:") else paragraph(one) for one in blocks)) if content is None else content
    )
    Path("模板.docx").write_bytes(made)
    return told(lambda: WordTemplate("模板.docx").render(context or {}))


def in_excel(
    cells: Cells | None = None, context: Cells | None = None, *, book: Any = None, content: bytes | None = None
) -> tuple[Diagnostic, ...]:
    """What an Excel template tells when it is compiled and rendered."""
    Path("模板.xlsx").write_bytes(content if content is not None else saved(book or workbook(cells or {})))
    return told(lambda: ExcelTemplate("模板.xlsx").render(context or {}))


def both(text: str, context: Cells | None = None) -> tuple[Diagnostic, ...]:
    """What each engine tells of a tag in its second paragraph, and in a cell."""
    return (*in_word("正文。", text, context=context), *in_excel({"B2": text}, context))


def changed(content: bytes, member: str, old: str, new: str) -> bytes:
    parts = words.members(content)
    assert old.encode() in parts[member]
    parts[member] = parts[member].replace(old.encode(), new.encode())
    return words.pack(parts)


def check_case(code: str, findings: list[Diagnostic], folder: Path, update: bool) -> None:
    """Hold that a case tells its code alone, and as its golden file says."""
    assert {finding.code for finding in findings} == {code}
    check_golden(folder, findings, update)


def check_place(folder: Path, tagless: bool) -> None:
    """Hold that what concerns a tag names it as it stands in the template, and the paragraph or cell that holds it."""
    for finding in expected_json(folder)["diagnostics"]:
        assert finding["place"]
        assert finding["anchor"]
        assert finding["file"]
        assert "{" in finding["message"] or tagless
