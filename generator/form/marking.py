"""A copy of a form with each finding as a note of its cell, and a sheet 审核结果 that lists them all with links."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink

from generator.diagnostics import Diagnostic, Failure, Invalid, Severity
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.finding import SEVERITIES
from generator.diagnostics.wording import review_words as words
from generator.ooxml.addresses import quote_sheet
from generator.ooxml.workbook_cells import check_workbook
from generator.ooxml.worksheet_cells import Unsound
from generator.ooxml.zip_written import written_anew
from generator.source.form_cells import MARKER, NOTE_BELOW, own_note

RESULTS = "审核结果"
_FILLS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
_COLOURS = frozenset(_FILLS.values())
_LINE = 15  # points
_WIDTHS = (6, 8, 24, 60, 50)
_CORE = "docProps/core.xml"
_LONGEST = 2000  # characters of a note


def marked_form(content: bytes, findings: Sequence[Diagnostic], language: str = "zh") -> bytes:
    """The form with its findings marked.

    Args:
        content: the form's bytes, a workbook that openpyxl reads.
        findings: about it; those that name no cell stand in the list only.
        language: of the wording.

    Raises:
        Failure: it cannot be read.
    """
    try:
        check_workbook(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _steady(_marked(content, findings, language))
    except Invalid as refused:
        raise Failure(refused.diagnostics) from None
    except Unsound as fault:
        raise Failure([diagnostic("form-damaged", reason=fault.reason)]) from None


@contextmanager
def _stumbling() -> Iterator[None]:
    """openpyxl stumbles over what is well-formed and says what no workbook says, by whatever error: the form is damaged."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        raise Failure([diagnostic("form-damaged", reason=f"{type(fault).__name__}: {str(fault)[:120]}")]) from None


def _marked(content: bytes, findings: Sequence[Diagnostic], language: str) -> bytes:
    with _stumbling():
        book = load_workbook(io.BytesIO(content), rich_text=True)
    _unmark(book)
    by_cell: dict[tuple[str, str], list[Diagnostic]] = {}
    for found in findings:
        anchor = found.location.anchor
        if anchor and anchor.get("sheet") in book.sheetnames and "cell" in anchor:
            by_cell.setdefault((str(anchor["sheet"]), str(anchor["cell"])), []).append(found)
    for (sheet, address), told in by_cell.items():
        _mark(book[sheet], address, told, language)
    _list(book, findings, language)
    output = io.BytesIO()
    with _stumbling():
        book.save(output)
    return output.getvalue()


def _mark(sheet: Any, address: str, told: list[Diagnostic], language: str) -> None:
    """A note and a colour for a cell; a note that stands there stays below it."""
    cell = sheet[address]
    for area in sheet.merged_cells.ranges:
        if address in area:
            cell = sheet.cell(area.min_row, area.min_col)
    words = "\n".join(_words(found, language) for found in told)
    before = own_note(cell.comment)
    if before:
        words += NOTE_BELOW + before
    note = Comment(words[:_LONGEST], MARKER)
    note.width, note.height = 360, min(400, 60 + 18 * (1 + len(words) // 26 + words.count("\n")))
    cell.comment = note
    worst = min(told, key=lambda found: list(_FILLS).index(found.severity)).severity
    rule = Rule(type="expression", formula=["TRUE"], dxf=DifferentialStyle(fill=PatternFill(bgColor=_FILLS[worst])))
    rule.priority = 1
    sheet.conditional_formatting.add(cell.coordinate, rule)


def _unmark(book: Any) -> None:
    """Take away what an earlier marking left: a marked form is corrected and checked again."""
    if RESULTS in book.sheetnames:
        del book[RESULTS]
    for sheet in book.worksheets:
        kept = [
            (area.sqref, rule)
            for area in sheet.conditional_formatting
            for rule in area.rules
            if not (
                rule.formula == ["TRUE"] and rule.dxf and rule.dxf.fill and rule.dxf.fill.bgColor.rgb[-6:] in _COLOURS
            )
        ]
        sheet.conditional_formatting = ConditionalFormattingList()
        for area, rule in kept:
            sheet.conditional_formatting.add(str(area), rule)
        for cell in sheet._cells.values():
            if cell.comment is not None and cell.comment.author == MARKER:
                words = own_note(cell.comment)
                cell.comment = Comment(words, "") if words else None


def _words(found: Diagnostic, language: str) -> str:
    text = f"{SEVERITIES[found.severity].in_language(language)}：{found.text.in_language(language)}"
    return text + (f"\n{found.hint_text.in_language(language)}" if found.hint_text else "")


def _lines(text: str, width: float) -> int:
    """Over how many lines a text runs in a column of a width in digits; a Chinese character takes two, and may not be parted."""
    room = max(2, int(width) - 2)
    return sum(max(1, -(-sum(1 if sign.isascii() else 2 for sign in line) // (room - 1))) for line in text.split("\n"))


def _list(book: Any, findings: Sequence[Diagnostic], language: str) -> None:
    """The sheet of all findings, the first of the workbook."""
    sheet = book.create_sheet(RESULTS, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    errors = sum(found.severity is Severity.ERROR for found in findings)
    warned = sum(found.severity is Severity.WARNING for found in findings)
    sheet["A1"] = words.COUNTS.filled(errors=errors, warned=warned).in_language(language)
    sheet["A1"].font = Font(bold=True, size=14)
    line = Side(style="thin", color="B8C2CC")
    border = Border(left=line, right=line, top=line, bottom=line)
    for index, (head, width) in enumerate(zip(words.HEAD, _WIDTHS, strict=True), 1):
        cell = sheet.cell(3, index, head.in_language(language))
        cell.font, cell.border = Font(bold=True), border
        cell.fill = PatternFill("solid", fgColor="DCE6F1")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, found in enumerate(findings, 1):
        place = found.location.place.in_language(language) if found.location.place else (found.location.path or "")
        hint = found.hint_text.in_language(language) if found.hint_text else ""
        row = (number, SEVERITIES[found.severity].in_language(language), place, found.text.in_language(language), hint)
        sheet.row_dimensions[3 + number].height = _LINE * max(map(_lines, map(str, row), _WIDTHS)) + 3
        for index, value in enumerate(row, 1):
            cell = sheet.cell(3 + number, index)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a finding that begins with = is no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = border
        sheet.cell(3 + number, 2).fill = PatternFill("solid", fgColor=_FILLS[found.severity])
        anchor = found.location.anchor
        if anchor and anchor.get("sheet") in book.sheetnames and "cell" in anchor:
            link = sheet.cell(3 + number, 3)
            target = f"{quote_sheet(str(anchor['sheet']))}!{anchor['cell']}"
            link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
            link.font = Font(color="1F5FAF", underline="single")
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _steady(content: bytes) -> bytes:
    """The same bytes on every run: openpyxl writes the time into the properties and the zip."""
    modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(?=<)")
    return written_anew(content, {_CORE: lambda core: modified.sub(rb"\g<1>2020-01-01T00:00:00Z", core)})
