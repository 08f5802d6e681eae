"""The list of the departments that are to hand in: a workbook, a CSV or a text file, one a row."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

from generator.diagnostics import Failure, Invalid, Location
from generator.diagnostics.catalogue import diagnostic
from generator.kept.lazy_patterns import lazy
from generator.ooxml.file_endings import FORM_ENDINGS
from generator.ooxml.package import open_package, read_bytes
from generator.ooxml.workbook_cells import is_workbook, read_workbook_cells
from generator.ooxml.worksheet_cells import Unsound
from generator.source.decoding import decode

_TEXTS = (".csv", ".txt", "")
_DATA_FILE = lazy(r"(?m)^[ \t]*+[\"']?(?:标准|standard)[\"']?[ \t]*+[:：]")
_HEADINGS = ("单位名称", "部门名称", "预算单位", "单位", "部门", "名称", "name", "unit")


def read_units(path: str) -> tuple[str, ...]:
    """The names, each once, in the order of the file: of the column headed 单位名称 or the like, else of the first.

    Raises:
        Failure: the file cannot be read, or holds no name.
    """
    rows = _rows(path)
    column = 0
    start = 0
    for number, row in enumerate(rows[:5]):  # a title may stand above the headings
        cells = [cell.strip().lower() for cell in row]
        found = next((cells.index(heading) for heading in _HEADINGS if heading in cells), None)
        if found is not None:
            column, start = found, number + 1
            break
    names = [row[column].strip() for row in rows[start:] if len(row) > column and row[column].strip()]
    if not names:
        raise Failure([diagnostic("units-empty", Location(file=path), name=path)])
    return tuple(dict.fromkeys(names))


def _rows(path: str) -> list[list[str]]:
    data = read_bytes(path)[1]
    if Path(path).suffix.lower() in FORM_ENDINGS:
        return _sheet_rows(path, data)
    text, faults = decode(data, path, "table")
    if faults and not text:
        raise Failure(faults)
    if Path(path).suffix.lower() not in _TEXTS or _DATA_FILE.search(text):
        raise Failure([diagnostic("units-unreadable", Location(file=path), name=path)])
    if Path(path).suffix.lower() == ".csv":
        try:
            return list(csv.reader(io.StringIO(text)))
        except csv.Error:  # a field of more than 128 Ki characters
            raise Failure([diagnostic("units-unreadable", Location(file=path), name=path)]) from None
    return [[line] for line in text.splitlines() if not line.startswith("#")]


def _sheet_rows(path: str, data: bytes) -> list[list[str]]:
    try:
        package = open_package(data)
        if not is_workbook(package):
            raise Failure([diagnostic("units-unreadable", Location(file=path), name=path)])
        rows = read_workbook_cells(package).sheets[0].rows
    except (Invalid, Unsound):
        raise Failure([diagnostic("units-unreadable", Location(file=path), name=path)]) from None
    found = []
    for _, row in sorted(rows.items()):
        values = {column: str(cell.value) for column, cell in row.items() if cell.value is not None}
        found.append([values.get(column, "") for column in range(1, max(values, default=0) + 1)])
    return found


def same_unit(name: str) -> str:
    """A name without what people write in two ways: width of characters, spaces, brackets."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
