"""Workbooks of one small sheet as templates, and what stands in rendered ones."""

import io

import openpyxl

from generator.excel.template import ExcelTemplate
from tests.support.ooxml import assert_valid


class Checked(ExcelTemplate):
    """A template whose outputs are judged: no fault that the template does not have."""

    def __init__(self, source, **options):
        super().__init__(source, **options)
        self.source = source

    def render_with_notes(self, context, **options):
        rendered = super().render_with_notes(context, **options)
        assert_valid(rendered.content, self.source)
        return rendered


def workbook(cells, **sheets) -> bytes:
    """A workbook of one sheet `表` with cells by address; more sheets by name."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, content in {"表": cells, **sheets}.items():
        sheet = book.create_sheet(title)
        for address, value in content.items():
            sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rendered(cells, context, **options):
    content = Checked(workbook(cells), **options).render(context)
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def values(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def merged_workbook(cells, merges, widths=None, heights=None):
    book = openpyxl.load_workbook(io.BytesIO(workbook(cells)))
    sheet = book.active
    for area in merges:
        sheet.merge_cells(area)
    for column, width in (widths or {}).items():
        sheet.column_dimensions[column].width = width
    for row, height in (heights or {}).items():
        sheet.row_dimensions[row].height = height
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = openpyxl.styles.Alignment(wrap_text=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active
