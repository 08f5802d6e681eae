"""The cells of a sheet without a number format, which round a number that is too long for them (see `fitted_numbers`).

What can be known of them is known when the sheet is compiled: a render then looks for long numbers only where one may stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.excel.compile.tagged_texts import Content
from generator.excel.read.sheet_xml import SheetXml, SourceCell
from generator.excel.read.workbook import Workbook
from generator.excel.run.cell_values import LONG_NUMBER


def general_tags(xml: SheetXml, workbook: Workbook, contents: Mapping[tuple[int, int], Content]) -> frozenset[int]:
    """The lines of the tags that stand alone in such cells, which may print numbers.

    Args:
        xml: the sheet.
        workbook: whose formats its cells have.
        contents: of the cells with tags, by row and column.
    """
    found = (contents.get((cell.row, cell.column)) for cell in _general(xml, workbook))
    return frozenset(content.place for content in found if content is not None and content.alone is not None)


def general_numbers(xml: SheetXml, workbook: Workbook) -> bool:
    """Whether such cells hold numbers that no tag prints: values of formulas, or long ones that stand in the template."""
    return any(
        cell.formula or (cell.kind == "n" and len(cell.inner) >= LONG_NUMBER and len(cell.value) >= LONG_NUMBER)
        for cell in _general(xml, workbook)
    )


def _general(xml: SheetXml, workbook: Workbook) -> Iterator[SourceCell]:
    return (cell for row in xml.rows for cell in row.cells if workbook.format(cell.style).general)
