"""The workbooks of the sample reports: formulas alive with right cached values, the figures of the report, A4 print setup."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator import load_standard
from tests.support.office import convert

ROOT = Path(__file__).parent.parent
DATA = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
A4 = 9


def documents(name: str, folder: Path) -> dict[str, Path]:
    paths = load_standard(name).read(ROOT / "data" / f"{name}.yaml").render(folder)
    return {Path(path).suffix: Path(path) for path in paths}


def values(book: openpyxl.Workbook) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def without_values(content: bytes) -> bytes:
    """The workbook whose formulas have no cached value, so that it must be computed anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as stripped:
        for name in package.namelist():
            data = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>|<f/>)<v>[^<]*</v>", rb"\1", data)
            stripped.writestr(name, data)
    return out.getvalue()


@pytest.mark.office
def it_holds_the_values_that_libreoffice_computes(tmp_path: Path):
    inputs = []
    cached = {}
    for name in DATA:
        path = documents(name, tmp_path / name)[".xlsx"]
        formulas = {at for at, one in values(openpyxl.load_workbook(path)).items() if str(one).startswith("=")}
        assert formulas, f"{name} has no formula"
        shown = values(openpyxl.load_workbook(path, data_only=True))
        cached[name] = {at: shown.get(at) for at in formulas}
        stripped = tmp_path / f"{name}.xlsx"
        stripped.write_bytes(without_values(path.read_bytes()))
        assert not any(at in formulas for at in values(openpyxl.load_workbook(stripped, data_only=True)))
        inputs.append(stripped)
    converted = convert(inputs, "xlsx", tmp_path / "computed")
    for name in DATA:
        computed = values(openpyxl.load_workbook(converted[tmp_path / f"{name}.xlsx"], data_only=True))
        for at, value in cached[name].items():
            other = computed.get(at)
            if isinstance(value, int | float):
                assert isinstance(other, int | float), (name, at)
                assert abs(value - other) < 1e-9, (name, at, value, other)
            else:
                assert (value or "") == (other or ""), (name, at)


@pytest.mark.parametrize("name", DATA)
def it_prints_on_a4(name: str, tmp_path: Path):
    for sheet in openpyxl.load_workbook(documents(name, tmp_path)[".xlsx"]):
        assert int(sheet.page_setup.paperSize or 0) == A4, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0), sheet.title


def it_has_the_figures_of_the_report_in_the_forms_of_shifeng(tmp_path: Path):
    found = documents("shifeng-2020", tmp_path)
    tables = docx.Document(str(found[".docx"])).tables
    printed = [{cell.text for cell in row.cells} for table in tables for row in table.rows]
    book = openpyxl.load_workbook(found[".xlsx"], data_only=True)
    rows = 0
    for sheet in book:
        for row in sheet.iter_rows():
            figures = {
                format(Decimal(repr(cell.value)).normalize() * (100 if "%" in cell.number_format else 1), "f")
                + ("%" if "%" in cell.number_format else "")
                for cell in row
                if isinstance(cell.value, int | float)
            }
            if figures:
                rows += 1
                label = next(cell.value for cell in reversed(row[:4]) if cell.value)
                own = [texts for texts in printed if any(label in text for text in texts)]
                assert any(figures <= texts for texts in own), (sheet.title, label, figures)
    assert rows == 32
