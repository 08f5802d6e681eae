"""A workbook with few formulas: the engine's very doubles without the engine, or the engine."""

import random

import pytest

from generator.excel.calculate import formula_values
from generator.excel.calculate.formula_judging import ErrorValue, SheetCells
from generator.excel.calculate.formula_names import Names
from generator.excel.calculate.formula_tables import FormulaCell, tabled
from generator.excel.calculate.formula_values import compute
from generator.kept.light_classes import replace
from generator.ooxml.limits import limits, within

OWN = [
    *(
        'IF(COUNT(A1:A3)=0,"",SUM(A1:A3))',
        'IF(N(D1)=0,"",ROUND(B1/D1,4))',
        'IF(ISNUMBER(D2),ROUND(MIN(C1,C1*D2),2),"")',
    ),
    *(
        "ROUND(SUM(C1,A1:A3),2)",
        "D8-表!B2",
        "MAX(A1:A3)-MIN(B1:B3)",
        "AVERAGE(C1:C3)",
        "D4*2",
        "IFERROR(A1/B2,0)",
        "C1/B2",
    ),
    *("SUM(A1:A3,B1,D1,C1:C3)", "IF(AND(ISNUMBER(A1),B1>C1),A1-B1,0)", "-A1%+B1*(C1-3)", "sUM(表!A1:A2)"),
]
BY_ENGINE = ["A1^2", "ISNUMBER(1/0)", "SUM(A:A)", "A1&B1", "VLOOKUP(C1,A1:B3,2,FALSE)", "D1+1"]


def computed(rows, formulas):
    """The values of formulas that stand in D1, D2 and so on beside the rows, and the reasons for those that have none."""
    table = tabled({(row, 4): FormulaCell(text) for row, text in enumerate(formulas, 1)})
    own = SheetCells("S", lambda _: [(1, 1, [list(row) for row in rows])], table)
    other = SheetCells("表", lambda _: [(1, 1, [[2.5, 4.0], [8.0, 0.75]])], tabled({}))
    found = compute([own, other], Names(("S", "表"), {}))
    return {place[1]: (repr(value), type(value)) for place, value in found.values.items()}, found.refused


@pytest.mark.parametrize("odd", [None, "文", 0.0, True, ErrorValue("#N/A"), 1e300])
def it_gives_what_the_engine_gives(odd):
    draw = random.Random(3)
    rows = [[round(draw.uniform(-900, 9000), 2) for _ in range(3)] for _ in range(3)]
    for row, column in ((0, 0), (1, 1), (2, 2)):
        changed = [
            [odd if (at, beside) == (row, column) else one for beside, one in enumerate(own)]
            for at, own in enumerate(rows)
        ]
        found, refused = computed(changed, OWN)
        wanted, reasons = computed(changed, [*OWN, "2^1"])
        assert found == {row: value for row, value in wanted.items() if row <= len(OWN)}
        assert refused == reasons


def it_asks_no_engine_for_plain_formulas(monkeypatch):
    monkeypatch.setattr(formula_values, "empty_engine", None)
    found, refused = computed([[1.5, 2.0, 4.0], [3.0, 0.5, 1.0], [0.25, 8.0, 9.0]], OWN)
    assert (len(found), refused) == (len(OWN), {})
    assert found[1] == ("4.75", float)


def it_adds_up_long_columns_as_the_engine_does(monkeypatch):
    draw = random.Random(5)
    rows = [
        [draw.uniform(-1, 1) * 10 ** draw.randint(-6, 9), None if at % 7 else float(at), "文"] for at in range(9_000)
    ]
    totals = ["SUM(A1:A9000)", "AVERAGE(B1:B9000)", "MAX(A5:A8990)-MIN(B1:B9000)", "COUNT(C1:C9000)+COUNT(B2:B9000)"]
    wanted, _ = computed(rows, [*totals, "2^1"])
    monkeypatch.setattr(formula_values, "empty_engine", None)
    found, refused = computed(rows, totals)
    assert found == {row: value for row, value in wanted.items() if row <= len(totals)}
    assert (len(found), refused) == (len(totals), {})


def it_reads_no_more_cells_than_the_limit_allows():
    rows = [[1.0, 2.0, 3.0]] * 300
    formulas = ["SUM(A1:A300)", "SUM(B1:B300)"]
    with within(replace(limits(), cells=500)):
        found, refused = computed(rows, formulas)
    assert (len(found), len(refused)) == (1, 1)


@pytest.mark.parametrize("formula", BY_ENGINE)
def it_leaves_everything_else_to_the_engine(formula, monkeypatch):
    monkeypatch.setattr(formula_values, "empty_engine", None)
    with pytest.raises(TypeError):
        computed([[1.5, 2.0, 4.0]], [formula])
