"""What LibreOffice computes anew equals every value that a rendered workbook was given."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.excel.template import ExcelTemplate
from tests.excel.loop_cases import CASES
from tests.support.ooxml import assert_valid

pytestmark = pytest.mark.office

FOLDER = Path(__file__).parents[1] / "cases" / "excel-following"
_VALUE = re.compile(rb"(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))<v>[^<]*</v>")
_REFUSED = {"sheetloop"}  # a reference to a control row


def outputs() -> Iterator[tuple[str, bytes]]:
    """Every rendered workbook by its name."""
    for name, (cells, context) in CASES.items():
        book = openpyxl.Workbook()
        sheet: Any = book.worksheets[0]
        sheet.title = "表"
        for address, value in cells.items():
            sheet[address] = value
        if name == "cross_sheet":
            other: Any = book.create_sheet("汇")
            formulas = ["=SUM(表!B3)", "=表!B5", '=VLOOKUP("甲2",表!A3:B3,2,0)', '=COUNTIF(表!A3:A3,"甲*")']
            for row, text in enumerate(formulas, 1):
                other.cell(row, 1, text)
        stream = io.BytesIO()
        book.save(stream)
        content = ExcelTemplate(stream.getvalue()).render(context)
        assert_valid(content, stream.getvalue())
        yield name, content
    for path in sorted(FOLDER.glob("*.xlsx")):
        if path.stem not in _REFUSED:
            context = json.loads(path.with_suffix(".json").read_text("utf-8"))
            yield path.stem, ExcelTemplate(path).render(context)


def without_values(content: bytes) -> bytes:
    """The workbook with formulas that have no values, so that they must be computed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(stream, "w") as written:
        for name in package.namelist():
            data = package.read(name)
            written.writestr(name, _VALUE.sub(rb"\1", data) if name.startswith("xl/worksheets/sheet") else data)
    return stream.getvalue()


def plain(value: Any) -> Any:
    """A value as it is compared: days as numbers, numbers at 12 digits, no text as nothing."""
    if isinstance(value, datetime.datetime):
        value = (value - datetime.datetime.combine(datetime.date(1899, 12, 30), datetime.time())) / datetime.timedelta(
            1
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(f"{value:.12g}")
    return None if value == "" else value


def it_gives_the_values_that_libreoffice_computes(tmp_path):
    if not shutil.which("soffice"):
        pytest.fail("these tests need LibreOffice")
    rendered = dict(outputs())
    for name, content in rendered.items():
        (tmp_path / f"{name}.xlsx").write_bytes(without_values(content))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    files = [str(tmp_path / f"{name}.xlsx") for name in rendered]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    different, compared = [], 0
    for name, content in rendered.items():
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        ours = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        theirs = openpyxl.load_workbook(tmp_path / "out" / f"{name}.xlsx", data_only=True)
        for sheet in formulas.worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                mine, other = (plain(book[sheet.title][cell.coordinate].value) for book in (ours, theirs))
                if mine is not None:
                    compared += 1
                    if mine != other:
                        different.append((name, cell.coordinate, cell.value, mine, other))
    assert different == []
    assert compared > 150
