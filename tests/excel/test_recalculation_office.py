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
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from generator.excel.template import ExcelTemplate
from tests.excel import sheet_cases
from tests.excel.loop_cases import CASES
from tests.support.ooxml import assert_valid

pytestmark = pytest.mark.office

FOLDER = Path(__file__).parents[1] / "cases" / "excel-following"
_VALUE = re.compile(rb"(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))<v>[^<]*</v>")
_REFUSED = {"sheetloop"}  # a reference to a control row


def template(sheets: dict[str, dict[str, Any]]) -> bytes:
    """A workbook with these sheets and cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        sheet: Any = book.create_sheet(title)
        for address, value in cells.items():
            sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def templates() -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Every small template by its name, with its data."""
    for name, (cells, context) in CASES.items():
        sheets = {"表": cells}
        if name == "cross_sheet":
            formulas = ["=SUM(表!B3)", "=表!B5", '=VLOOKUP("甲2",表!A3:B3,2,0)', '=COUNTIF(表!A3:A3,"甲*")']
            sheets["汇"] = {f"A{row}": text for row, text in enumerate(formulas, 1)}
        yield name, template(sheets), context
    for name, (sheets, context) in sheet_cases.CASES.items():
        yield name, template(sheets), context


def outputs(step: int) -> Iterator[tuple[str, bytes]]:
    """Every rendered workbook by its name, or every so many."""
    for name, source, context in islice(templates(), 0, None, step):
        content = ExcelTemplate(source).render(context)
        assert_valid(content, source)
        yield name, content
    for path in sorted(FOLDER.glob("*.xlsx"))[::step]:
        if path.stem not in _REFUSED:
            context = json.loads(path.with_suffix(".json").read_text("utf-8"))
            yield path.stem, ExcelTemplate(path).render(context)


def converted(files: dict[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """Files as LibreOffice writes them in another format (its name, and the filter's)."""
    if not shutil.which("soffice"):
        pytest.fail("these tests need LibreOffice")
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out")]
    subprocess.run([*command, *(str(folder / name) for name in files)], check=True, capture_output=True, timeout=300)
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


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


def hold_values(tmp_path: Path, step: int = 1) -> int:
    """Hold the values of workbooks against LibreOffice's; how many values were compared."""
    rendered = dict(outputs(step))
    files = {f"{name}.xlsx": without_values(content) for name, content in rendered.items()}
    computed = converted(files, "xlsx:Calc MS Excel 2007 XML", tmp_path / "recalculated")
    different, compared = [], 0
    for name, content in rendered.items():
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        ours = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        theirs = openpyxl.load_workbook(io.BytesIO(computed[f"{name}.xlsx"]), data_only=True)
        for sheet in formulas.worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                mine, other = (plain(book[sheet.title][cell.coordinate].value) for book in (ours, theirs))
                if mine is not None:
                    compared += 1
                    if mine != other:
                        different.append((name, cell.coordinate, cell.value, mine, other))
    assert different == []
    return compared


def it_gives_the_values_that_libreoffice_computes_in_some(tmp_path):
    assert hold_values(tmp_path, 5) > 50


@pytest.mark.slow
def it_gives_the_values_that_libreoffice_computes(tmp_path):
    assert hold_values(tmp_path) > 400


@pytest.mark.slow  # LibreOffice writes every template twice
def it_renders_templates_that_libreoffice_made_from_its_own_format_as_those_of_excel(tmp_path):
    sources = {name: (source, context) for name, source, context in templates()}
    own = converted({f"{name}.xlsx": source for name, (source, _) in sources.items()}, "ods", tmp_path / "ods")
    made = converted(own, "xlsx:Calc MS Excel 2007 XML", tmp_path / "made")
    different = []
    for name, (source, context) in sources.items():
        foreign = made[f"{name}.xlsx"]
        for count in (1, 3) if "ds" in context else (0, 1, 3):  # no bureau, no sheet
            data = {key: value[:count] if isinstance(value, list) else value for key, value in context.items()}
            contents = [ExcelTemplate(one).render(data) for one in (source, foreign)]
            assert_valid(contents[1], foreign)
            read_by_calamine = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(contents[1])).sheet_names
            expected, found = (openpyxl.load_workbook(io.BytesIO(one), data_only=True) for one in contents)
            assert found.sheetnames == expected.sheetnames == read_by_calamine
            for sheet in expected.worksheets:
                for cell in (cell for row in sheet.iter_rows() for cell in row):
                    pair = plain(cell.value), plain(found[sheet.title][cell.coordinate].value)
                    if pair[0] != pair[1]:
                        different.append((name, count, cell.coordinate, *pair))
    assert different == []
