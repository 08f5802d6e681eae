"""Formulas that are followed, judged and computed for many rows at once: the same bytes and findings as one by one."""

import io
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from generator import ExcelTemplate, InvalidTemplate
from generator.excel.calculate import calculation_engine, column_runs, formula_tables
from generator.excel.follow import along_runs
from generator.excel.follow.growing_texts import growing

FORMULAS = [
    *("B4/B$9", "B4/B$2", "N(D3)+B4-C4", "D3+B4", "SUM(B$4:B4)", "SUM(B4:B$4)", "SUM(B$4:B$4)", "B4/SUM(B$4:B$4)"),
    *("SUM(B4:C4)", "SUM(B3:B4)", "SUM(B4:B5)", 'B4&"-"&C4', "B4*单位!B$1", "VLOOKUP(C4,单位!A$1:B$20,2,FALSE)"),
    *("SUMIF(单位!A$1:A$20,C4,单位!B$1:B$20)", "COUNTIF(B$4:B$4,B4)", "RANK(B4,B$4:B$4)", "ROW()-ROW(B$3)", "B4-B$4"),
    *("INDEX(单位!B$1:B$20,MATCH(C4,单位!A$1:A$20,0))", 'IF(B4>B$9/10,"大于10%","9%")', "ROUND(B4/B$9,4)", "0.5-0.5"),
    *("明细!B2*2", "SUM(明细!B2)", "明细!B2/B4", "D4+1", "B4/0", "SUMPRODUCT(B$4:B4,C$4:C4)", "SUMPRODUCT(B$4:B4*C4)"),
    *("B9-B4", "SUM(B9,B4)", "$B4*C$4", "B1048576", "OFFSET(B4,0,1)", "SUBTOTAL(9,B$4:B4)", 'IFERROR(B4/(C4-3),"无")'),
    *('COUNTIF(B$4:B4,">"&C4)', "AVERAGE(B$4:B4)", 'TEXT(B4,"0.0")', "DATE(2020,C4,1)", "LEFT(A4,1)&B4", "B6+B4"),
    *("B4*A4", "SUM(明细!B$2:B2)", "VLOOKUP(C4+0.00000000000001,单位!A$1:B$20,2,FALSE)", "B4-C4-(B4-C4)", "NOW()+B4"),
]
DATA = ["{{ x.n }}", "{{ x.a }}", "{{ x.b }}"]
TOTALS = ["合计", "=SUM(B4)", "=SUM(C4)", "=SUM(D4)"]


Rows = list[list[Any]]


def plain(*formulas: str) -> Rows:
    loop = [["{%tr for x in items %}"], [*DATA, *formulas], ["{%tr endfor %}"]]
    return [["名称"], ["", 5, 6, 7], *loop, [], [], [], TOTALS]


def pairs(*formulas: str) -> Rows:
    """Two rows an item, of which the second stands there for some."""
    loop = [
        ["{%tr for x in items %}"],
        [*DATA, *formulas],
        ["{%tr if x.b < 4 %}"],
        ["其中", 1, 2, 3],
        ["{%tr endif %}"],
    ]
    return [["名称"], ["", 5, 6, 7], *loop, ["{%tr endfor %}"], TOTALS]


def choices(*formulas: str) -> Rows:
    """Rows of one kind, then of another, then by turns."""
    loop = [["{%tr for x in items %}"], ["{%tr if x.b < 4 %}"], [*DATA, *formulas], ["{%tr else %}"], [*DATA, "=B6*2"]]
    return [["名称"], *loop, ["{%tr endif %}"], ["{%tr endfor %}"], TOTALS]


def groups(*formulas: str) -> Rows:
    """Loops in a loop, with a row below each."""
    loop = [["{%tr for g in groups %}"], ["{%tr for x in g %}"], [*DATA, *formulas], ["{%tr endfor %}"]]
    return [["名称"], *loop, ["小计", "=SUM(B4)", "=SUM(C4)", "=SUM(D4)"], ["{%tr endfor %}"], [], TOTALS]


SHAPES = [plain, pairs, choices, groups]


def workbook(rows: Rows) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    detail = made.create_sheet("明细")
    for row in (["{%tr for y in items %}"], ["{{ y.n }}", "{{ y.a }}"], ["{%tr endfor %}"]):
        detail.append(row)
    units = made.create_sheet("单位")
    for number in range(1, 21):
        units.append([number, number * 10])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def items() -> list[dict[str, Any]]:
    """Fifty items: twenty with a large b, fifteen with a small one, then by turns."""
    large = [*[True] * 20, *[False] * 15, *[number % 2 == 0 for number in range(15)]]
    return [{"n": f"项目{at}", "a": at * 1.5 + 1, "b": 4 + at % 9 if of else at % 3 + 1} for at, of in enumerate(large)]


def outcome(content: bytes) -> object:
    many = items()
    try:
        rendered = ExcelTemplate(content).render_with_notes(
            {"items": many, "groups": [many[:30], many[30:33], many[33:]]}
        )
    except InvalidTemplate as refusal:
        return str(refusal)
    return rendered.content, [str(note) for note in rendered.notes]


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(along_runs, "_LEAST", 10**9)
    monkeypatch.setattr(column_runs, "LEAST", 10**9)
    monkeypatch.setattr(formula_tables, "MOST_SINGLE", 10**9)


def by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column_runs, "LEAST", 8)


@pytest.mark.parametrize("shape", SHAPES)
def test_it_writes_what_formulas_one_by_one_would_be(shape: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = [
        "=B4/B$9",
        "=N(D3)+B4-C4",
        "=SUM(B$4:B4)",
        "=VLOOKUP(C4,单位!A$1:B$20,2,FALSE)",
        "=明细!B2*2",
        "=ROW()",
        "=SUM(B$9)",
        '=TEXT(B4,"\\0.0")',
    ]
    content = workbook(shape(*usual))
    at_once = outcome(content)
    by_columns(monkeypatch)
    in_columns = outcome(content)
    one_by_one(monkeypatch)
    assert at_once == in_columns == outcome(content)


@pytest.mark.parametrize("number", ["08", "9" * 5_000])
def test_it_takes_no_numbers_for_growing_that_are_written_otherwise(number: str) -> None:
    assert growing(f'"{number}"&A8', '"9"&A9', 1) is None


def test_it_gives_no_value_where_the_numbers_of_a_column_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(values: object) -> None:
        raise ValueError(values)

    monkeypatch.setattr(calculation_engine, "doubtful_numbers", fail)
    made = Workbook()
    made.worksheets[0].append(["=1+1", "{{ 1 }}", '=COUNTIF(B1:B2,">1")'])
    file = io.BytesIO()
    made.save(file)
    rendered = openpyxl.load_workbook(io.BytesIO(ExcelTemplate(file.getvalue()).render({})), data_only=True)
    assert [rendered.worksheets[0][at].value for at in ("A1", "C1")] == [2, None]


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_it_writes_every_formula_as_alone(shape: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = [workbook(shape(f"={formula}")) for formula in FORMULAS]
    at_once = [outcome(content) for content in contents]
    by_columns(monkeypatch)
    in_columns = [outcome(content) for content in contents]
    one_by_one(monkeypatch)
    for formula, content, found, other in zip(FORMULAS, contents, at_once, in_columns, strict=True):
        assert found == other == outcome(content), formula
