"""Native charts of a summary: scores and execution rates by department, or how they spread where there are many; grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl.chart import BarChart, PieChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from generator.diagnostics.wording import summary_words as words
from generator.distribution.collection import Collection
from generator.distribution.summary_columns import Column

_MOST_BARS = 40  # departments whose bars can still be read
_STEPS = 10
_ROWS = 18  # that a chart covers
_WIDTH, _HEIGHT = 24.0, 8.5  # centimetres


def add_charts(book: Any, summary: Worksheet, collection: Collection, head_row: int, language: str) -> None:
    """Add a sheet of charts, if there is anything to draw."""
    drawn = [
        (index, column)
        for index, column in enumerate(collection.columns)
        if column.holds == "number" and (column.unit == "%" or column.unit == "分")
        if any(isinstance(one.values[index], Decimal) for one in collection.good)
    ]
    grades = collection.grades
    if not drawn and not grades:
        return
    sheet = book.create_sheet(words.CHARTS.in_language(language))
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.top = sheet.page_margins.bottom = 0.3  # inches; two charts take the height of a page
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    row, table = 1, 1
    for index, column in drawn:
        if len(collection.submissions) <= _MOST_BARS:
            chart = _by_department(summary, index, len(collection.submissions), head_row)
        else:
            chart, table = _spread(sheet, column, _values(collection, index), table, language)
        chart.title = column.heading
        _size(chart, _WIDTH, _HEIGHT)
        chart.legend = None
        sheet.add_chart(chart, f"A{row}")
        row += _ROWS
    if grades:
        sheet.add_chart(_grades(sheet, grades, table, language), f"A{row}")
        row += _ROWS
    for number in range(2 * _ROWS, row - 1, 2 * _ROWS):  # two charts a page
        sheet.row_breaks.append(Break(id=number))
    sheet.print_area = f"A1:N{row}"


def _size(chart: Any, width: float, height: float) -> None:
    chart.width, chart.height = width, height


def _values(collection: Collection, index: int) -> list[Decimal]:
    return [value for one in collection.good if isinstance(value := one.values[index], Decimal)]


def _bars() -> BarChart:
    chart = BarChart()
    chart.type = "col"
    chart.gapWidth = 60
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    return chart


def _by_department(summary: Worksheet, index: int, count: int, head_row: int) -> BarChart:
    chart = _bars()
    last = head_row + count
    chart.add_data(Reference(summary, min_col=index + 2, min_row=head_row + 1, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(summary, min_col=2, min_row=head_row + 1, max_row=last))
    if summary.cell(head_row + 1, index + 2).number_format.endswith("%"):
        chart.y_axis.number_format = "0%"
    return chart


_TABLE = 16  # the column of the figures behind charts, right of them


def _spread(
    sheet: Worksheet, column: Column, values: Sequence[Decimal], row: int, language: str
) -> tuple[BarChart, int]:
    """How many departments lie in each tenth between the lowest and the highest value; the row behind its table."""
    scale = 100 if column.unit == "%" else 1
    low = int(min(values) * scale // _STEPS * _STEPS)
    high = int(max(values) * scale // _STEPS * _STEPS) + _STEPS
    step = max(_STEPS, -(-(high - low) // (_STEPS * 12)) * _STEPS)
    counted = Counter(int((value * scale - low) // step) for value in values)
    mark = "%" if scale == 100 else ""
    sheet.cell(row, _TABLE, column.heading)
    sheet.cell(row, _TABLE + 1, words.DEPARTMENTS.in_language(language))
    last = row
    for number in range(-(-(high - low) // step)):
        last += 1
        start = low + number * step
        cell = sheet.cell(last, _TABLE, f"{start}–{start + step}{mark}")
        cell.data_type = "s"
        sheet.cell(last, _TABLE + 1, counted.get(number, 0))
    chart = _bars()
    chart.add_data(Reference(sheet, min_col=_TABLE + 1, min_row=row + 1, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(sheet, min_col=_TABLE, min_row=row + 1, max_row=last))
    chart.dataLabels = DataLabelList(showVal=True)
    return chart, last + 2


def _grades(sheet: Worksheet, grades: dict[str, int], row: int, language: str) -> PieChart:
    sheet.cell(row, _TABLE, words.GRADE.in_language(language))
    sheet.cell(row, _TABLE + 1, words.DEPARTMENTS.in_language(language))
    for number, (grade, count) in enumerate(grades.items(), row + 1):
        sheet.cell(number, _TABLE, grade).data_type = "s"
        sheet.cell(number, _TABLE + 1, count)
    last = row + len(grades)
    chart = PieChart()
    chart.add_data(Reference(sheet, min_col=_TABLE + 1, min_row=row + 1, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(sheet, min_col=_TABLE, min_row=row + 1, max_row=last))
    chart.dataLabels = DataLabelList(showCatName=True, showVal=True)
    chart.title = words.GRADES.in_language(language)
    _size(chart, _WIDTH / 2, _HEIGHT)
    return chart
