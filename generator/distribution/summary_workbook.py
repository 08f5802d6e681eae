"""The default summary as a workbook: a row a department, totals and averages, every finding with links, who is missing, charts."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.diagnostics import Severity, Text
from generator.diagnostics.wording import summary_words as words
from generator.distribution import summary_lines as lines
from generator.distribution.collection import Collection, all_findings
from generator.distribution.summary_charts import add_charts
from generator.distribution.summary_columns import Column, Value
from generator.kept.lazy_patterns import lazy
from generator.ooxml.zip_written import written_anew

_A4, _LINE = 9, 15.0  # points a line of 10.5 pt
_THIN = Side(style="thin", color="FFB0B0B0")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="FFD9E2F3")
_SUMS = PatternFill("solid", fgColor="FFF2F2F2")
_FILLS = {
    "errors": PatternFill("solid", fgColor="FFFBE0DD"),
    "unreadable": PatternFill("solid", fgColor="FFFBE0DD"),
    "absent": PatternFill("solid", fgColor="FFFBE0DD"),
    "warnings": PatternFill("solid", fgColor="FFFFF4CC"),
    "missing": PatternFill("solid", fgColor="FFE7E6E6"),
}
_FONT = "宋体"
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
HEAD_ROW = 4
_UNIT = lazy(r"(?<!\s)\s*+([（(][^（()）]*+[)）])\Z")
_TAIL = (12.0, 20.0, 18.0)  # the widths of state, standard and file


def summary_workbook(collection: Collection, language: str) -> bytes:
    """The summary as .xlsx, with the same bytes for the same data files.

    Args:
        collection: what was handed in.
        language: of headings and states; findings are told in it too.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words.SUMMARY.in_language(language)
    _summary(sheet, collection, language)
    _findings(book.create_sheet(words.FINDINGS.in_language(language)), collection, sheet.title, language)
    if collection.listed is not None:
        _missing(book.create_sheet(words.MISSING.in_language(language)), collection, language)
    add_charts(book, sheet, collection, HEAD_ROW, language)
    saved = io.BytesIO()
    book.properties.creator = "generator"
    book.properties.title = collection.title
    book.save(saved)
    timeless = {"docProps/core.xml": lambda core: _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z\3", core)}
    return written_anew(saved.getvalue(), timeless)


# The formats of a book by look: openpyxl compares each of a format's objects with all that the book has, a third of a summary.
_STYLES: WeakKeyDictionary[Any, dict[tuple[Any, ...], Any]] = WeakKeyDictionary()


def put(sheet: Worksheet, row: int, column: int, value: Any, **look: Any) -> Any:
    """Write a cell; text stays text, whatever it begins with."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = "".join(character for character in value if character.isprintable() or character == "\n")
        cell.data_type = "s"
    else:
        cell.value = float(value) if isinstance(value, Decimal) else value
    styles = _STYLES.setdefault(cell.parent.parent, {})
    key = (type(value), *((name, id(one) if name == "fill" else one) for name, one in look.items()))
    if key in styles:
        cell._style = copy(styles[key][0])
    else:
        _dress(cell, look)
        styles[key] = copy(cell._style), look.get("fill")  # kept, so that no other fill gets its identity
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True  # or it becomes a formula as soon as somebody edits the cell
    return cell


def _dress(cell: Any, look: Mapping[str, Any]) -> None:
    cell.font = Font(name=_FONT, size=look.get("size", 10.5), bold=look.get("bold", False), color=look.get("color"))
    cell.alignment = Alignment(horizontal=look.get("align"), vertical="center", wrap_text=look.get("wrap", True))
    if look.get("border", True):
        cell.border = _BORDER
    if (fill := look.get("fill")) is not None:
        cell.fill = fill
    if form := look.get("format"):
        cell.number_format = form


def number_format(column: Column) -> str:
    """The number format of a column: its places, fixed so that points stand below each other."""
    if column.holds == "date":
        return "yyyy-mm-dd"
    if column.holds != "number":
        return "@"
    digits = "0." + "0" * column.places if column.places else "0"
    return digits + "%" if column.unit == "%" else digits


def width_of(text: str) -> int:
    """The width of a text in digits: a Chinese character takes two."""
    return max(sum(2 if ord(character) > 0x2E7F else 1 for character in line) for line in (text or " ").split("\n"))


def _lines(text: str, width: float) -> int:
    return sum(max(1, -(-width_of(line) // max(1, int(width) - 1))) for line in (text or " ").split("\n"))


def prepare(sheet: Worksheet, head_row: int, widths: Sequence[float], last: int, landscape: bool = True) -> None:
    """Page setup: A4, one page wide, heading rows repeated, page numbers; widths and frozen headings."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{last}"
    footer: Any = sheet.oddFooter
    footer.center.text = "&P / &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.print_options.horizontalCentered = True
    sheet.freeze_panes = f"C{head_row + 1}"


def title(sheet: Worksheet, texts: Sequence[str], columns: int) -> None:
    """The lines above the headings, each across the table; the first one large."""
    for row, text in enumerate(texts, 1):
        put(
            sheet,
            row,
            1,
            text,
            size=16 if row == 1 else 10.5,
            bold=row == 1,
            border=False,
            align="center" if row == 1 else "left",
        )
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        sheet.row_dimensions[row].height = 30 if row == 1 else 18


def _summary(sheet: Worksheet, collection: Collection, language: str) -> None:
    columns = collection.columns
    tail = [words.ERRORS, words.WARNINGS, words.STATE, words.STATED, words.FILE]
    headings = [
        words.NUMBER.in_language(language),
        *(lines.heading_unit(column.heading, column.unit, language) for column in columns),
        *(word.in_language(language) for word in tail),
    ]
    issued = words.ISSUED.filled(
        standard=collection.standard, digest=collection.digest[:16], issuer=collection.issuer
    ).in_language(language)
    heading = words.TITLE.filled(title=collection.title).in_language(language)
    title(sheet, [heading, issued, lines.counts(collection, language)], len(headings))
    widths = [6.0, *(_width(column, collection, index) for index, column in enumerate(columns)), 6, 6, *_TAIL]
    headings = [_parted(text, width) for text, width in zip(headings, widths, strict=True)]
    for number, text in enumerate(headings, 1):
        put(sheet, HEAD_ROW, number, text, bold=True, fill=_HEAD, align="center")
    row = _rows(sheet, collection, language)
    for word, sums in ((words.TOTAL, collection.totals), (words.AVERAGE, collection.averages)):
        _sums(sheet, row, word.in_language(language), columns, sums, len(headings))
        row += 1
    sheet.row_dimensions[HEAD_ROW].height = (
        _LINE * max(_lines(text, width) for text, width in zip(headings, widths, strict=True)) + 4
    )
    prepare(sheet, HEAD_ROW, widths, row - 1)
    sheet.auto_filter.ref = (
        f"A{HEAD_ROW}:{get_column_letter(len(headings))}{HEAD_ROW + max(1, len(collection.submissions))}"
    )


def _parted(heading: str, width: float) -> str:
    """A heading that is too long for its column, with its unit on a line of its own: a unit is not parted."""
    if width_of(heading) < width or "\n" in heading:
        return heading
    return _UNIT.sub(r"\n\1", heading)


def _width(column: Column, collection: Collection, index: int) -> float:
    if column.holds == "number":
        return 11.0
    longest = max(
        [
            8,
            *(
                width_of(str(one.values[index] or one.name if column.name else one.values[index] or ""))
                for one in collection.submissions
            ),
        ]
    )
    return min(30.0, longest + 2.0)


def _rows(sheet: Worksheet, collection: Collection, language: str) -> int:
    """The departments, those that handed in nothing last; the row behind them."""
    first_finding: dict[int, int] = {}
    for position, (number, _, _) in enumerate(all_findings(collection), HEAD_ROW + 1):
        first_finding.setdefault(number, position)
    target = words.FINDINGS.in_language(language)
    name_width = _width(collection.columns[0], collection, 0)
    row = HEAD_ROW + 1
    for number, one in enumerate(collection.submissions):
        fill = _FILLS.get(one.state)
        put(sheet, row, 1, number + 1, fill=fill, align="center")
        for index, column in enumerate(collection.columns, 2):
            value = one.name if column.name else one.values[index - 2]
            _figure(sheet, row, index, column, value, fill)
        at = len(collection.columns) + 2
        for offset, count in enumerate((one.errors, one.warnings)):
            cell = put(sheet, row, at + offset, count, fill=fill, align="center", color="FF0563C1" if count else None)
            if count and number in first_finding:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A{first_finding[number]}")
        for offset, text in enumerate((lines.state_of(one, language), one.stated, Path(one.file).name), 2):
            put(sheet, row, at + offset, text, fill=fill)
        shown = (
            (one.name, name_width),
            *zip((lines.state_of(one, language), one.stated, Path(one.file).name), _TAIL, strict=True),
        )
        sheet.row_dimensions[row].height = _LINE * max(_lines(text, width) for text, width in shown) + 2
        row += 1
    for name in collection.missing:
        fill = _FILLS["missing"]
        put(sheet, row, 1, row - HEAD_ROW, fill=fill, align="center")
        for index in range(len(collection.columns) + 5):
            put(sheet, row, index + 2, None, fill=fill)
        put(sheet, row, 2, name, fill=fill)
        put(sheet, row, len(collection.columns) + 4, words.STATES["missing"].in_language(language), fill=fill)
        row += 1
    return row


def _figure(sheet: Worksheet, row: int, at: int, column: Column, value: Value, fill: Any) -> None:
    if isinstance(value, date):
        value_now: Any = datetime(value.year, value.month, value.day)  # noqa: DTZ001 a date cell has no zone
    else:
        value_now = value
    align = "right" if column.holds == "number" else "center" if column.grade else "left"
    put(sheet, row, at, value_now, fill=fill, align=align, format=number_format(column))


def _sums(sheet: Worksheet, row: int, word: str, columns: Sequence[Column], sums: Sequence[Value], count: int) -> None:
    for number in range(1, count + 1):
        put(sheet, row, number, None, fill=_SUMS)
    put(sheet, row, 2, word, bold=True, fill=_SUMS)
    for index, (column, value) in enumerate(zip(columns, sums, strict=True), 2):
        if isinstance(value, Decimal):
            form = number_format(column)
            if not column.places and value != value.to_integral_value():
                form = "0.00"
            put(sheet, row, index, value, bold=True, fill=_SUMS, align="right", format=form)


def _findings(sheet: Worksheet, collection: Collection, summary: str, language: str) -> None:
    say = words.EVERY_FINDING.in_language(language)
    headings = words.FINDING_HEADINGS
    widths = [6.0, 24.0, 7.0, 56.0, 40.0, 20.0, 22.0, 20.0]
    title(sheet, [say, lines.counts(collection, language), _hidden(collection, language)], len(headings))
    for number, heading in enumerate(headings, 1):
        put(sheet, HEAD_ROW, number, heading.in_language(language), bold=True, fill=_HEAD, align="center")
    row = HEAD_ROW
    for number, one, finding in all_findings(collection):
        row += 1
        hint = finding.hint_text.in_language(language) if finding.hint_text else ""
        where = finding.location
        place = where.place.in_language(language) if where.place else ""
        if not place and where.line is not None:
            place = words.LINE.filled(line=where.line, column=where.column).in_language(language)
        place = "\n".join(part for part in (place, where.path or "") if part)
        texts = [
            one.name,
            words.LEVELS.get(finding.severity, Text("", "")).in_language(language),
            finding.text.in_language(language),
            hint,
            place,
            Path(one.file).name,
            finding.code,
        ]
        fill = _FILLS["errors"] if finding.severity is Severity.ERROR else None
        put(sheet, row, 1, row - HEAD_ROW, align="center", fill=fill)
        for index, text in enumerate(texts, 2):
            put(sheet, row, index, text, fill=fill, color="FF0563C1" if index == 2 else None)
        cell = sheet.cell(row, 2)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{summary}'!B{HEAD_ROW + 1 + number}")
        height = max(_lines(text, width) for text, width in zip(texts, widths[1:], strict=True))
        sheet.row_dimensions[row].height = min(400.0, _LINE * height + 3)
    prepare(sheet, HEAD_ROW, widths, max(row, HEAD_ROW + 1))


def _hidden(collection: Collection, language: str) -> str:
    """That a file had more findings than are listed; else what the links are for."""
    more = sum(max(0, one.errors + one.warnings - len(one.findings)) for one in collection.submissions)
    if more:
        return words.MORE.filled(more=more).in_language(language)
    return words.BACK.in_language(language)


def _missing(sheet: Worksheet, collection: Collection, language: str) -> None:
    headings = words.MISSING_HEADINGS
    title(sheet, [words.MISSING_TITLE.in_language(language), lines.counts(collection, language), ""], 3)
    for number, heading in enumerate(headings, 1):
        put(sheet, HEAD_ROW, number, heading.in_language(language), bold=True, fill=_HEAD, align="center")
    rows = [(name, words.STATES["missing"]) for name in collection.missing]
    rows += [(name, words.NOT_LISTED) for name in collection.extra]
    for number, (name, state) in enumerate(rows, 1):
        for index, value in enumerate((number, name, state.in_language(language)), 1):
            put(sheet, HEAD_ROW + number, index, value)
    prepare(sheet, HEAD_ROW, [6.0, 44.0, 20.0], HEAD_ROW + max(1, len(rows)), landscape=False)
