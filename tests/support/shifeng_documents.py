"""The documents of the sample shifeng-2020 as lines and cells, and its data file with edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl

from generator.diagnostics import Diagnostic

ROOT = Path(__file__).parents[2]
DATA = (ROOT / "data/shifeng-2020.yaml").read_text("utf-8")
Line = tuple[str, ...]
Render = Callable[..., "Documents"]


@dataclass(frozen=True)
class Documents:
    """A rendered pair: paragraphs outside tables, rows of tables, rows of sheets, merged ranges by sheet."""

    names: tuple[str, ...]
    paragraphs: list[Line]
    rows: list[Line]
    cells: list[Line]
    merges: dict[str, set[str]]
    findings: tuple[Diagnostic, ...]


def shown(value: Any) -> str:
    """A cell's value as text, numbers without a float's tail."""
    if value is None:
        return ""
    return format(Decimal(repr(value)).normalize(), "f") if isinstance(value, int | float) else str(value)


def read(paths: list[Path], findings: tuple[Diagnostic, ...]) -> Documents:
    report = docx.Document(str(next(path for path in paths if path.suffix == ".docx")))
    book = openpyxl.load_workbook(next(path for path in paths if path.suffix == ".xlsx"), data_only=True)
    rows = []
    for table in report.tables:
        for row in table.rows:
            texts: list[str] = []
            cells = []
            for cell in row.cells:
                if cell._tc not in cells:
                    cells.append(cell._tc)
                    texts.append(cell.text)
            rows.append(tuple(texts))
    return Documents(
        names=tuple(path.name for path in paths),
        paragraphs=[(paragraph.text,) for paragraph in report.paragraphs if paragraph.text],
        rows=rows,
        cells=[
            (sheet.title, *(shown(value) for value in row if value is not None))
            for sheet in book.worksheets
            for row in sheet.iter_rows(values_only=True)
            if any(value is not None for value in row)
        ],
        merges={sheet.title: {str(merged) for merged in sheet.merged_cells.ranges} for sheet in book.worksheets},
        findings=findings,
    )


def edited(*edits: tuple[str, str]) -> str:
    """The data file's text after replacing each first text, which must stand there once, by the second."""
    text = DATA
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text
