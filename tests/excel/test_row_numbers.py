"""Formulas over the numbers of their own row: the same doubles as the engine's, and nothing that the engine would refuse."""

import io
import random
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from generator import ExcelTemplate
from generator.excel.calculate.formula_judging import SheetCells
from generator.excel.calculate.formula_names import Names
from generator.excel.calculate.formula_tables import FormulaCell, tabled
from generator.excel.calculate.formula_values import compute
from generator.excel.calculate.row_numbers import row_formula

FORMULAS = [
    *("A1*B1", "A1+B1-C1", "A1-B1/C1", "-A1*2%", "A1/3", "+A1-(B1-C1)", "A1*1.1+B1*0.35+C1*100"),
    *("SUM(A1:C1)", "SUM(A1,B1*C1,A1:C1,7)", "AVERAGE(A1:C1)", "MAX(A1:C1)-MIN(A1,C1)", "ABS(A1-B1)", "INT(A1/B1)"),
    *("ROUND(A1,2)", "ROUND(A1*B1,2)", "ROUND(A1/B1*100,1)", "ROUND(SUM(A1:C1),0)", "INT(ROUND(A1,1))"),
    *('IF(B1=0,"",A1/B1)', 'IF(A1-B1>0.1,"超支",A1)', "IF(AND(A1>0,B1<>0),A1/B1,C1)", "IF(OR(A1>B1,B1>=C1),1,0)"),
    *(
        "IFERROR(A1/B1,0)",
        'IFERROR(A1/B1,"-")',
        "IF(A1<=B1,ROUND(A1/B1,3),IFERROR(B1/C1,1))",
        "A1/B1",
        "IF(AND(A1>0,B1>0),1,0)",
        "IF(ISNUMBER(A1),ROUND(MIN(A1,A1*B1),2),0)",
    ),
]
BEYOND = [
    *(
        "A1^2",
        'A1&"元"',
        "A2*2",
        "COUNT(A1:C1)",
        "A1=B1",
        "IF(A1,1,2)",
        "MOD(A1,B1)",
        "ROUNDUP(A1,1)",
        "表!A1*2",
    ),
    *(
        "1+1",
        "SUM(A1:B2)",
        "NOW()+A1",
        "名称*A1",
        "FOO(A1)",
        "IF(A1>1,A1)",
        "A1/B1/C1/D1/E1/F1/G1/H1/I1/J1/K1/L1/M1/N1/O1",
        "SUM(1:1)",
    ),
    *("A1*1E25", 'SUM(IF(A1>0,"",1),2)', "IF(A1>1,B1>1,C1)", "SUM(A1:AZ1)", "{1,2}*A1", "A1:B1*2"),
]

few = st.integers(-(10**6), 10**6)
money = st.integers(-(10**10), 10**10).map(lambda number: number / 100)
halves = st.tuples(few, st.integers(0, 5)).map(lambda pair: (pair[0] * 10 + 5) / 10 ** (pair[1] + 1))
any_size = st.floats(-1e20, 1e20).filter(lambda number: number == 0 or abs(number) >= 1e-20)
numbers = st.one_of(few.map(float), money, halves, any_size, st.sampled_from([0.0, -0.0, 0.1, 0.3, 1.005, 2.675, 1e20]))


def by_engine(formulas, rows):
    """What the engine gives for each formula in each row; None where it gives no value."""
    places = {(row, 6 + index): text for row in range(1, len(rows) + 1) for index, text in enumerate(formulas)}
    places[1, 5] = "2^1"  # that one is its alone
    cells = SheetCells(
        "S",
        lambda needed: [(1, 1, [list(row) for row in rows])],
        tabled(
            {place: FormulaCell(re.sub(r"\b([A-C])1\b", rf"\g<1>{place[0]}", text)) for place, text in places.items()}
        ),
    )
    found = compute([cells], Names(("S",), {})).values
    return {
        text: [found.get(("S", row, 6 + index)) for row in range(1, len(rows) + 1)]
        for index, text in enumerate(formulas)
    }


def assert_alike(rows):
    wanted = by_engine(FORMULAS, rows)
    for formula in FORMULAS:
        own = row_formula(formula, 1)
        assert own is not None, formula
        for row, value in zip(rows, wanted[formula], strict=True):
            found = own.value([row[column - 1] for column in own.columns])
            assert found is None or repr(found) == repr(value), (formula, row, found, value)


@settings(max_examples=settings().max_examples // 4)  # each asks the engine for 25 formulas a row
@given(rows=st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=6))
def it_gives_the_doubles_of_the_engine_or_leaves_the_cell_to_it(rows):
    assert_alike(rows)


def it_gives_the_doubles_of_the_engine_for_many_amounts():
    draw = random.Random(11)
    assert_alike([tuple(round(draw.uniform(-1e5, 1e5), draw.randint(0, 6)) for _ in range(3)) for _ in range(150)])


def it_computes_nearly_all_amounts_itself():
    draw = random.Random(7)
    rows = [tuple(draw.randint(1, 10**6) / 100 for _ in range(3)) for _ in range(300)]
    for formula in FORMULAS:
        own = row_formula(formula, 1)
        assert own is not None
        found = [own.value([row[column - 1] for column in own.columns]) for row in rows]
        assert sum(value is None for value in found) <= 15, formula


@pytest.mark.parametrize("formula", BEYOND)
def it_leaves_everything_else_to_the_engine(formula):
    assert row_formula(formula, 1) is None


# In a workbook


def rendered(rows, items):
    """The cells of the first sheet as they are kept: address -> (formula, value)."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    content = ExcelTemplate(stream.getvalue()).render({"items": items})
    formulas, kept = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=data_only).worksheets[0] for data_only in (False, True)
    )
    return {
        cell.coordinate: (cell.value, kept[cell.coordinate].value)
        for row in formulas.iter_rows()
        for cell in row
        if cell.value is not None
    }


def table(*formulas):
    return [
        ["{%tr for x in items %}"],
        ["{{ x.a }}", "{{ x.b }}", *formulas],
        ["{%tr endfor %}"],
    ]


def it_fills_rows_of_which_some_hold_texts_and_nothing():
    items = [{"a": 2, "b": 3}, {"a": "文", "b": 3}, {"a": None, "b": 5}, {"a": 1.5, "b": 0}, {"a": 4, "b": 2}]
    cells = rendered([*table("=A2*B2", "=C2+1", "=IFERROR(C2/B2,0)"), ["=SUM(C2)", "=COUNT(C2)", "=MAX(D2)"]], items)
    # the text's row fails, whatever depends on it too; nothing counts as 0
    assert [cells[f"C{row}"][1] for row in range(1, 6)] == [6, None, 0, 0, 8]
    assert [cells[f"D{row}"][1] for row in range(1, 6)] == [7, None, 1, 1, 9]
    assert [cells[f"E{row}"][1] for row in (1, 3, 4, 5)] == [2, 0, 0, 4]
    assert [cells[f"C{row}"][0] for row in range(1, 6)] == [f"=A{row}*B{row}" for row in range(1, 6)]
    assert cells["A6"] == ("=SUM(C1:C5)", None)
    assert cells["B6"][0] == "=COUNT(C1:C5)"


def it_hands_values_on_to_totals_and_charts_of_other_formulas():
    items = [{"a": number, "b": 0.5} for number in range(1, 301)]
    cells = rendered(
        [*table("=A2*B2", '=IF(C2>100,"高","")'), ["=SUM(C2)", '=COUNTIF(D2,"高")', "=COUNTBLANK(D2)"]], items
    )
    assert cells["A301"] == ("=SUM(C1:C300)", 22575.0)
    assert cells["B301"][1] == 100
    assert cells["C301"][1] == 200


def it_leaves_sheets_with_array_formulas_to_the_engine():
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [["{%tr for x in items %}"], ["{{ x }}", None, "=A2*2", "=B2*2"], ["{%tr endfor %}"]]:
        sheet.append(row)
    sheet["F4"] = ArrayFormula("F4:G4", "=A2:A2*2")
    stream = io.BytesIO()
    book.save(stream)
    xml = zipfile.ZipFile(io.BytesIO(ExcelTemplate(stream.getvalue()).render({"items": [3, 4]}))).read(
        "xl/worksheets/sheet1.xml"
    )
    assert b"<f>A1*2</f><v>6</v>" in xml
    assert re.search(rb'<c r="F3"[^>]*><f t="array" ref="F3:G3">[^<]*</f>', xml)


def it_refuses_circles_within_a_row():
    cells = rendered(table("=D2+A2", "=C2+B2", "=A2+B2"), [{"a": 1, "b": 2}, {"a": 3, "b": 4}])
    assert [cells[f"{column}2"][1] for column in "CDE"] == [None, None, 7]


def it_takes_dates_as_the_days_that_cells_hold():
    import datetime

    cells = rendered(table("=B2-A2"), [{"a": datetime.date(2024, 1, 1), "b": datetime.date(2024, 3, 1)}] * 2)
    assert cells["C2"][1] == 60
