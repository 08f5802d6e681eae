"""Grey cells: LibreOffice computes from what is typed what the program computes."""

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from generator.api import examine
from generator.source.from_form import read_form
from tests.support.sample_forms import sample_book, sample_form

ROOT = Path(__file__).parents[2]


def grey(book):
    """The formulas of the sheet of inputs by path."""
    sheet = book["填报"]
    return {row[0].value: row[2] for row in sheet.iter_rows(min_row=5) if row[0].value and row[2].data_type == "f"}


def it_translates_sums_ratios_totals_and_grades():
    cells = grey(sample_book("shifeng-2020"))
    rows = {path: cell.row for path, cell in cells.items()}
    budget = f"$C${rows['资金.合计.全年预算数']}"
    assert f"/{budget}),4)" in cells["资金.执行率"].value
    assert "SUM('指标'!$L$6:$L$506)" in cells["总分"].value
    assert '"优"' in cells["等级"].value


@pytest.mark.office
@pytest.mark.parametrize(
    "name", ["shifeng-2020", *(pytest.param(name, marks=pytest.mark.slow) for name in ("beita-2023", "wanzhou-2020"))]
)
def it_computes_in_libreoffice_what_the_program_computes(name, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    data = ROOT / "data" / f"{name}.yaml"
    content = sample_form(name)
    formulas = grey(openpyxl.load_workbook(io.BytesIO(content)))
    book = openpyxl.load_workbook(io.BytesIO(content))  # saved by openpyxl, formulas have no values to be shown instead
    book.save(tmp_path / "表.xlsx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    out = tmp_path / "out"
    subprocess.run(
        [*command, "--outdir", str(out), str(tmp_path / "表.xlsx")], check=True, capture_output=True, timeout=180
    )
    values = openpyxl.load_workbook(out / "表.xlsx", data_only=True)["填报"]
    report = examine(data).report
    assert report is not None
    live = 0
    for path, cell in formulas.items():
        shown = values[cell.coordinate].value
        try:
            value = report.value(path)
        except KeyError:  # an optional record that is not there
            assert not shown, path
            continue
        if isinstance(shown, float | int):
            assert abs(float(shown) - float(value)) < 1e-9, path
        elif shown:
            assert shown == str(value), path
        live += "$C$" in str(cell.value) or "SUM(" in str(cell.value)
    assert live >= 10
    assert read_form("表.xlsx", (out / "表.xlsx").read_bytes()).findings == []
