"""A cell's value as its number format shows it, as far as a comparison needs: days as dates."""

from __future__ import annotations

import datetime
import re

from generator.compare.excel.workbook_model import CellValue, Looks, RowData
from generator.ooxml.cell_dates import format_code, moment, shows_date, shows_elapsed

_BY_LOCALE = re.compile(r"\[([0-9]{1,9})\]")  # a format that has only a number, as Chinese workbooks have for dates


def dated(looks: Looks, side: int, row: RowData, index: int | None) -> CellValue:
    """A cell's value; a number as its date or time where the cell's number format shows one.

    Args:
        looks: the formats of both workbooks.
        side: 0 of the old workbook, 1 of the new one.
        row: the cell's row.
        index: which of its cells; None for one that is not stated.
    """
    if index is None:
        return None
    value = row.values[index]
    if not isinstance(value, float):
        return value
    code = dict(looks.looks[row.looks[index]]).get("numFmt", "General")
    if number := _BY_LOCALE.fullmatch(code):
        code = format_code(int(number[1]), {})
    if not shows_date(code) or shows_elapsed(code):
        return value
    shown = moment(value, looks.since_1904[side])
    if shown is None or isinstance(shown, datetime.timedelta):
        return value
    # read as a text of no quotation marks: it is shown like a number
    if isinstance(shown, datetime.time):
        return ("d", shown.isoformat("seconds"))
    whole = shown.time() == datetime.time()
    return ("d", shown.date().isoformat() if whole else shown.isoformat(" ", "seconds"))
