"""Values of formulas: which cells get one, which do not, and that one bad cell costs no other."""

import pytest

from generator.excel.calculate.computable import Names, Table
from generator.excel.calculate.formula_values import ErrorValue, FormulaCell, SheetCells, compute
from generator.ooxml.addresses import parse_area

DATA = [[1.0, 2.5, "x"], [True, None, "3"], [4.0, 5.0, 6.0]]


def constant(rows):
    """The cells of a sheet from A1."""
    return lambda needed: [(1, 1, rows)] if rows else []


def values(*formulas: str, names: Names | None = None, rows=DATA, sheet="自评表"):
    """The values of formulas that stand in column F; None where there is none."""
    cells = SheetCells(
        sheet,
        constant([list(row) for row in rows]),
        {(number, 6): FormulaCell(text) for number, text in enumerate(formulas, 1)},
    )
    computed = compute([cells], names or Names((sheet,), {}))
    assert set(computed.values) | set(computed.refused) == {
        (sheet, number, 6) for number in range(1, len(formulas) + 1)
    }
    assert not set(computed.values) & set(computed.refused)
    return [computed.values.get((sheet, number, 6)) for number in range(1, len(formulas) + 1)]


def it_computes_numbers_texts_truth_values_and_errors():
    assert values("SUM(A1:C3)", "A1&C1", "A1=1", "1/0", "NA()", "A9", 'A9&""') == [
        18.5,
        "1x",
        True,
        ErrorValue("#DIV/0!"),
        ErrorValue("#N/A"),
        0.0,
        "",
    ]


@pytest.mark.parametrize(
    "formula",
    """[1]Sheet1!A1|'[2]数 据'!B2|FOO(1)|NOW()|RAND()|TODAY()|INDIRECT("A1")|OFFSET(A1,0,0)|名称|无此表!A1|SUM(|F1|A1:A3|A1:A3*2
    |TEXT(161.4,"[DBNum2]")|#REF!+1|表1[得分]|CELL("row",A1)|XLOOKUP(1,A1:A3,B1:B3)|SUM(A1:C3 B2:B3)|LEN(A1:A3)|0.1*3-0.3|"x"+1
    """.strip().split("|"),
)
def it_gives_no_value_that_may_be_wrong_and_computes_the_others(formula):
    found = values(formula, "SUM(A1:C3)", "F1+1", "IFERROR(F3,0)", "SUM(F1:F3)", "A1+1")
    assert found == [None, 18.5, *[None] * 3, 2.0]


def it_leaves_errors_that_programs_show_differently():
    assert values("SQRT(-1)", "IFERROR(F1,5)", "1E300*1E300", "SQRT(4)") == [None, 5.0, None, 2.0]


def it_isolates_circular_references():
    assert values("F2+1", "F1+1", "F1*2", "A1+1", "IFERROR(F1,0)") == [None, None, None, 2.0, None]


def it_compares_and_prints_as_excel_does_at_fifteen_digits():
    found = values(
        "0.1*3=0.3",
        'IF(0.1+0.2=0.3,"相符","不符")',
        "0.1+0.2<=0.3",
        "0.1+0.2>0.3",
        '1/3&""',
        '(0.1+0.2)&"元"',
        'C1="X"',
    )
    assert found == [True, "相符", True, False, "0.333333333333333", "0.3元", True]


def it_refuses_what_hangs_on_the_last_bits_even_where_an_error_would_be_caught():
    assert values(
        "INT(4.35*100)", "IFERROR(INT(4.35*100),-1)", "IFERROR(INT(4.5*100),-1)", "IF(0.3-0.1-0.2=0,1,2)"
    ) == [
        None,
        None,
        450.0,
        None,
    ]


def it_rounds_half_up_as_written():
    assert values("ROUND(2.675,2)", "ROUND(1.005,2)", "ROUND(-2.5,0)", "ROUND(-0.4,0)", "ROUND(B1,0)") == [
        2.68,
        1.01,
        -3,
        0,
        3,
    ]
    assert str(values("ROUND(-0.4,0)")[0]) == "0.0"


def it_reads_names_and_tables():
    table = Table("表1", "自评表", parse_area("A1:C4"), ("名称", "得分", "x"), totals=True)
    names = Names(
        ("自评表",),
        {
            (None, "合计"): "SUM(自评表!$B$2:$B$4)",
            ("自评表", "率"): "0.5",
            (None, "率"): "9",
            (None, "相对"): "自评表!B2",
        },
        (table,),
    )
    rows = [["名称", "得分", "x"], ["a", 1.0, 5.0], ["b", 2.0, 6.0], ["计", 3.0, 11.0]]
    found = values(
        "SUM(表1[得分])",
        "表1[[#This Row],[得分]]*2",
        "表1[@得分]+率",
        "合计*率",
        "SUM(表1[[得分]:[x]])",
        "COUNTA(表1[#All])",
        "SUM(表1[[#Totals],[x]])",
        "INDEX(表1[得分],2)",
        "COUNTA(表1)",
        "相对",
        "SUM(表1[无])",
        names=names,
        rows=rows,
    )
    assert found == [3.0, 2.0, 2.5, 3.0, 14.0, 12.0, 11.0, 2.0, 6.0, None, None]


def it_spans_sheets():
    sheets = [SheetCells(name, constant([[number]]), {}) for number, name in enumerate(("甲", "乙 1", "丙"), 1)]
    total = SheetCells(
        "汇总", [], {(1, 1): FormulaCell("SUM('甲:丙'!A1)"), (2, 1): FormulaCell("'乙 1'!A1*'乙 1'!$A$1")}
    )
    computed = compute([*sheets, total], Names(("甲", "乙 1", "丙", "汇总"), {}))
    assert computed.values == {("汇总", 1, 1): 6.0, ("汇总", 2, 1): 4.0}


def it_computes_array_formulas_of_one_cell():
    cells = SheetCells(
        "S",
        constant([[1, 2], [3, 4]]),
        {
            (1, 4): FormulaCell("SUM(A1:A2*B1:B2)", (1, 1)),
            (2, 4): FormulaCell("MAX(IF(A1:A2>1,B1:B2))", (1, 1)),
            (3, 4): FormulaCell("A1:A2*2", (2, 1)),
            (5, 4): FormulaCell("SUM(D3:D4)"),
        },
    )
    computed = compute([cells], Names(("S",), {}))
    assert computed.values == {("S", 1, 4): 14.0, ("S", 2, 4): 4.0}
    assert set(computed.refused) == {("S", 3, 4), ("S", 4, 4), ("S", 5, 4)}


def it_leaves_subtotals_over_hidden_rows():
    names = Names(("自评表",), {}, hidden=frozenset({"自评表"}))
    assert values("SUBTOTAL(9,A1:A3)", "SUM(A1:A3)", names=names) == [None, 5.0]
    assert values("SUBTOTAL(9,A1:A3)", "SUBTOTAL(9,F1,A1)") == [5.0, 1.0]


def it_does_nothing_without_formulas():
    def never(_):
        raise AssertionError("the cells were read")

    assert compute([SheetCells("S", never, {})], Names(("S",), {})).values == {}
