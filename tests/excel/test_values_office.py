"""Values of formulas against LibreOffice's, on a broad corpus."""

import datetime
import re
import shutil
import subprocess
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from generator.excel.calculate.formula_judging import ErrorValue, SheetCells
from generator.excel.calculate.formula_names import Names
from generator.excel.calculate.formula_tables import FormulaCell, FormulaTable, tabled
from generator.excel.calculate.formula_values import compute
from tests.excel import mixed_formulas
from tests.excel.formula_corpus import ARRAYS, CELLS, FORMULAS, OTHERWISE

pytestmark = pytest.mark.office

# functions that Excel 2010 and later brought are written with a prefix
_PREFIXED = [
    "IFS",
    "SWITCH",
    "MAXIFS",
    "MINIFS",
    "CONCAT",
    "TEXTJOIN",
    "XLOOKUP",
    "XMATCH",
    "XOR",
    "IFNA",
    "SHEET",
    "FORMULATEXT",
    "DAYS",
    "NUMBERVALUE",
    "UNICHAR",
    "UNICODE",
    "ISOWEEKNUM",
    "BASE",
    "DECIMAL",
    "ARABIC",
    "COMBINA",
    "RRI",
    "PDURATION",
    "BITAND",
    "BITOR",
    "BITXOR",
    "TEXTBEFORE",
    "TEXTAFTER",
    "ISFORMULA",
    "CEILING.MATH",
    "FLOOR.MATH",
    "AGGREGATE",
    "PERCENTRANK.INC",
    "RANK.EQ",
    "RANK.AVG",
    "STDEV.S",
    "STDEV.P",
    "VAR.S",
    "VAR.P",
    "MODE.SNGL",
    "PERCENTILE.INC",
    "PERCENTILE.EXC",
    "QUARTILE.INC",
    "QUARTILE.EXC",
    "NORM.S.DIST",
    "GAMMA",
    "NORM.INV",
    "NORM.S.INV",
    "BINOM.DIST",
    "POISSON.DIST",
    "COVARIANCE.P",
    "COVARIANCE.S",
    "FORECAST.LINEAR",
    "SKEW.P",
    "BITLSHIFT",
    "BITRSHIFT",
]
_PREFIX = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, _PREFIXED))})\(")
_EPOCH = datetime.date(1899, 12, 30)


def serial(value):
    """A date or time as the number that the file holds."""
    if isinstance(value, datetime.datetime):
        return (value - datetime.datetime.combine(_EPOCH, datetime.time())) / datetime.timedelta(days=1)
    if isinstance(value, datetime.date):
        return (value - _EPOCH).days
    if isinstance(value, datetime.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if isinstance(value, datetime.timedelta):
        return value / datetime.timedelta(days=1)
    return value


def corpus_cells() -> list[SheetCells]:
    sheets = [
        SheetCells(
            name, lambda _, rows=rows: [(1, 1, [[serial(value) for value in row] for row in rows])], FormulaTable()
        )
        for name, rows in CELLS.items()
    ]
    formulas = {(row, 1): FormulaCell(text) for row, text in enumerate(FORMULAS, 1)}
    formulas |= {(row, 3): FormulaCell(text, (1, 1)) for row, text in enumerate(ARRAYS, 1)}
    return [*sheets, SheetCells("公式", lambda _: [], tabled(formulas))]


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory):
    """The corpus as LibreOffice computed it."""
    if not shutil.which("soffice"):
        pytest.fail("these tests need LibreOffice")
    folder = tmp_path_factory.mktemp("corpus")
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "公式"
    for name, rows in CELLS.items():
        other = workbook.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                cell = other.cell(row, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    for row, text in enumerate(FORMULAS, 1):
        sheet.cell(row, 1, "=" + _PREFIX.sub(r"_xlfn.\1(", text))
    for row, text in enumerate(ARRAYS, 1):
        array: Any = sheet.cell(row, 3)
        array.value = ArrayFormula(f"C{row}", "=" + _PREFIX.sub(r"_xlfn.\1(", text))
    workbook.save(folder / "corpus.xlsx")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(folder / "corpus.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return openpyxl.load_workbook(folder / "out" / "corpus.xlsx", data_only=True)["公式"]


_RATES = re.compile(
    r"IRR|RATE|PMT|CUMPRINC|CUMIPMT"
)  # found by steps: alike to the digits that Microsoft promises, and more


def same(ours, theirs, text: str = "") -> bool:
    theirs = serial(theirs)
    if isinstance(ours, ErrorValue):
        return ours.text == theirs
    if theirs is None:
        return ours == "" and isinstance(ours, str)
    if isinstance(ours, bool | str) or isinstance(theirs, bool | str):
        return ours == theirs and type(ours) is type(theirs)
    return abs(ours - theirs) <= (1e-11 if _RATES.search(text) else 2e-14) * abs(theirs)


def it_agrees_with_libreoffice_wherever_it_gives_a_value(libreoffice):
    computed = compute(corpus_cells(), Names(("公式", *CELLS), {}))
    different = []
    for texts, column in ((FORMULAS, 1), (ARRAYS, 3)):
        for row, text in enumerate(texts, 1):
            ours = computed.values.get(("公式", row, column))
            theirs = libreoffice.cell(row, column).value
            if ours is not None and text not in OTHERWISE and not same(ours, theirs, text):
                different.append((text, ours, theirs))
    assert different == []


def it_computes_what_stands_on_mixed_cells_but_for_what_programs_compute_differently():
    sheets = [sheet for sheet in corpus_cells() if sheet.name == "混"]
    texts = [*mixed_formulas.FORMULAS, *mixed_formulas.WITHOUT]
    formulas = {(row, 1): FormulaCell(text) for row, text in enumerate(texts, 1)}
    computed = compute([*sheets, SheetCells("公式", lambda _: [], tabled(formulas))], Names(("公式", "混"), {}))
    assert [text for row, text in enumerate(texts, 1) if ("公式", row, 1) not in computed.values] == (
        mixed_formulas.WITHOUT
    )


def it_gives_what_excel_documents_where_libreoffice_differs():
    computed = compute(corpus_cells(), Names(("公式", *CELLS), {}))
    assert {text: computed.values[("公式", FORMULAS.index(text) + 1, 1)] for text in OTHERWISE} == OTHERWISE
