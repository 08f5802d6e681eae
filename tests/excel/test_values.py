"""Values of formulas: which cells get one, which do not, and that one bad cell costs no other."""

import pytest

from generator.excel.calculate.formula_judging import ErrorValue, SheetCells
from generator.excel.calculate.formula_names import NamedTable, Names
from generator.excel.calculate.formula_tables import FormulaCell, FormulaTable, tabled
from generator.excel.calculate.formula_values import compute
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
        tabled({(number, 6): FormulaCell(text) for number, text in enumerate(formulas, 1)}),
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
    """[1]Sheet1!A1|'[2]数 据'!B2|FOO(1)|LAMBDA(x,x+1)(A1)|NOW()|RAND()|TODAY()|INDIRECT(A1)|OFFSET(A1,A1,0)|OFFSET(A1,-1,0)|名称|无此表!A1|SUM(|F1|A1:A3|A1:A3*2
    |TEXT(161.4,"# ?/?")|#REF!+1|表1[得分]|CELL("row",A1)|LOOKUP("座",A1:C1)|SUM(A1:C3 B2:B3)|LEN(A1:A3)|0.1*3-0.3|"x"+1
    """.strip().split("|"),
)
def it_gives_no_value_that_may_be_wrong_and_computes_the_others(formula):
    found = values(formula, "SUM(A1:C3)", "F1+1", "IFERROR(F3,0)", "SUM(F1:F3)", "A1+1")
    assert found == [None, 18.5, *[None] * 3, 2.0]


def it_adds_hundreds_of_terms_and_refuses_powers_that_would_grow_without_end():
    found = values(*(sign.join(["(A1+1)"] * 200) for sign in "+&^"), "=".join(["A1"] * 250))
    assert found == [400.0, "2" * 200, None, None]


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


def it_prints_and_counts_nothing_without_a_sign():
    found = values(
        *('-(A1-A1)&"元"', 'IF(A1=1,(A1-A1)*-1,1)&"元"', 'IF(A1=1,0.1+0.2,1)&"元"', "A1-A1"),
        *("(A1-A1)*-1", "COUNTIF(F5:F5,0)", "CONCAT(F5:F5)", '1/3*1E-9&""', '999999999993244.5&""'),
    )
    assert found == ["0元", "0元", "0.3元", 0.0, 0.0, None, None, None, None]
    assert values("A1-A1", "COUNTIF(F1:F1,-(A1-A1))") == [0.0, 1.0]


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
    table = NamedTable("表1", "自评表", parse_area("A1:C4"), ("名称", "得分", "x"), totals=True)
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
    sheets = [
        SheetCells(name, constant([[number]]), FormulaTable()) for number, name in enumerate(("甲", "乙 1", "丙"), 1)
    ]
    total = SheetCells(
        "汇总", [], tabled({(1, 1): FormulaCell("SUM('甲:丙'!A1)"), (2, 1): FormulaCell("'乙 1'!A1*'乙 1'!$A$1")})
    )
    computed = compute([*sheets, total], Names(("甲", "乙 1", "丙", "汇总"), {}))
    assert computed.values == {("汇总", 1, 1): 6.0, ("汇总", 2, 1): 4.0}


def it_computes_array_formulas_of_one_cell():
    cells = SheetCells(
        "S",
        constant([[1, 2], [3, 4]]),
        tabled(
            {
                (1, 4): FormulaCell("SUM(A1:A2*B1:B2)", (1, 1)),
                (2, 4): FormulaCell("MAX(IF(A1:A2>1,B1:B2))", (1, 1)),
                (3, 4): FormulaCell("A1:A2*2", (2, 1)),
                (5, 4): FormulaCell("SUM(D3:D4)"),
                (6, 4): FormulaCell("A1:A2*2", (3, 1)),
            }
        ),
    )
    computed = compute([cells], Names(("S",), {}))
    assert computed.values == {("S", 1, 4): 14.0, ("S", 2, 4): 4.0, ("S", 3, 4): 2.0, ("S", 4, 4): 6.0}
    assert set(computed.refused) == {("S", 5, 4), ("S", 6, 4)}


ROWS = [["甲", 3.0, 2.0], ["乙", 1.0, 5.0], ["甲", 2.0, 1.0], ["丙", 5.0, 4.0]]


@pytest.mark.parametrize(
    ("formula", "size", "expected"),
    [
        ("UNIQUE(A1:A4)", (3, 1), ["甲", "乙", "丙"]),
        ("UNIQUE(A1:A4,,TRUE)", (2, 1), ["乙", "丙"]),
        ("UNIQUE(A1:A4,FALSE,FALSE)", (3, 1), ["甲", "乙", "丙"]),
        ("UNIQUE({1,2,1},TRUE)", (1, 2), [1.0, 2.0]),
        ("UNIQUE({1,2,1},TRUE,TRUE)", (1, 1), [2.0]),
        ('FILTER(B1:C4,A1:A4="甲")', (2, 2), [3.0, 2.0, 2.0, 1.0]),
        ('FILTER(A1:A4,B1:B4>9,"无")', (1, 1), ["无"]),
        ("SORT(B1:B4)", (4, 1), [1.0, 2.0, 3.0, 5.0]),
        ("SORT(B1:C4,2,-1)", (4, 2), [1.0, 5.0, 5.0, 4.0, 3.0, 2.0, 2.0, 1.0]),
        ("SORTBY(A1:A4,B1:B4)", (4, 1), ["乙", "甲", "甲", "丙"]),
        ("SORT(A1:A4)", (4, 1), None),
        ("TRANSPOSE(B1:B4)", (1, 4), [3.0, 1.0, 2.0, 5.0]),
        ("SEQUENCE(2,2,10,5)", (2, 2), [10.0, 15.0, 20.0, 25.0]),
        ("FREQUENCY(B1:B4,{1;3})", (3, 1), [1.0, 2.0, 1.0]),
        ("UNIQUE(A1:A4)", (2, 1), None),
        ("LET(行,FILTER(B1:B4,B1:B4>1),SORT(行))", (3, 1), [2.0, 3.0, 5.0]),
        ("XLOOKUP(2,B1:B4,A1:C4)", (1, 3), ["甲", 2.0, 1.0]),
    ],
)
def it_fills_the_cells_of_an_array_formula_if_it_is_of_their_size(formula, size, expected):
    cells = SheetCells("S", constant(ROWS), tabled({(10, 5): FormulaCell(formula, size)}))
    found = compute([cells], Names(("S",), {})).values
    places = [("S", 10 + row, 5 + column) for row in range(size[0]) for column in range(size[1])]
    assert [found.get(place) for place in places] == (expected or [None] * len(places))


def it_reads_criteria_as_excel_does_or_not_at_all():
    rows = [[0.95, "2020-01-15", 0.95], [0.7, 43845.0, 0.7], [0.5, "x", 0.3 * 3], [2000.0, "90%", None]]
    assert values(
        'COUNTIF(A1:A4,">=90%")',
        'COUNTIFS(A1:A4,">=60%",A1:A4,"<90%")',
        'COUNTIF(A1:A4,">1,000")',
        'COUNTIF(B1:B5,">=2020-01-01")',
        'COUNTIF(C1:C4,">=0.9")',  # the third cell is 0.9 but for its last bits
        'COUNTIF(C1:C4,">=0.6")',
        'IFERROR(COUNTIF(C1:C4,">=0.9"),0)',
        'COUNTIF(B1:B5,">x")',
        "COUNTIF(B1:B4,0.9)",
        'COUNTIF(A1:A4,">=￥1")',
        rows=rows,
    ) == [2.0, 1.0, 1.0, 1.0, None, 3.0, None, None, None, None]


def it_compares_differences_at_fifteen_digits():
    assert values(
        'IF(A1-B1=C1,"平","不平")',
        "A1-B1>=C1",
        "SUMPRODUCT((A1:A2-B1:B2=C1:C2)*1)",
        "A1-B1-C1=0",
        "A2-B2=C2",
        rows=[[1234.56, 1000.01, 234.55], [1000000.1, 1000000.0, 0.1]],
    ) == ["平", True, 1.0, None, False]


def it_never_orders_chinese_texts():
    rows = [["张", "李"], ["甲", "乙"]]
    assert values(
        "A1<B1", "IF(A1>B1,1,2)", "A1=B1", "A1<>B1", 'LOOKUP("张",A1:A2)', "SUMPRODUCT((A1:A2>B1:B2)*1)", rows=rows
    ) == [
        None,
        None,
        False,
        True,
        None,
        None,
    ]


def it_looks_for_the_nearest_key_only_among_sorted_ones():
    rows = [[0.0, "差"], [60.0, "中"], [50.0, "良"], [90.0, "优"]]
    assert values(
        "VLOOKUP(95,A1:B4,2)",
        "VLOOKUP(55,A1:B4,2)",
        "VLOOKUP(61,A1:B2,2,TRUE)",
        "LOOKUP(9E+307,A1:A4)",
        "MATCH(-1,A1:A4)",
        'LOOKUP(1,0/(B1:B4="良"),A1:A4)',
        'IFERROR(VLOOKUP(55,A1:B4,2),"无")',
        rows=rows,
    ) == ["优", None, "中", 90.0, ErrorValue("#N/A"), 50.0, None]


def it_leaves_hidden_rows_out_of_the_totals_that_say_so():
    formulas = "SUBTOTAL(9,A1:A3)", "SUBTOTAL(109,A1:A3)", "SUM(A1:A3)", "AGGREGATE(9,5,A1:A3)", "AGGREGATE(9,6,A1:A3)"
    hidden = {"自评表": frozenset({3})}
    assert values(*formulas, names=Names(("自评表",), {}, hidden=hidden)) == [5.0, 1.0, 5.0, 1.0, 5.0]
    filtered = Names(("自评表",), {}, hidden=hidden, filtered=frozenset({"自评表"}))
    assert values(*formulas, names=filtered) == [None, 1.0, 5.0, 1.0, 5.0]
    assert values("SUBTOTAL(9,A1:A3)", "SUBTOTAL(9,F1,A1)") == [5.0, 1.0]


def it_does_nothing_without_formulas():
    def never(_):
        raise AssertionError("the cells were read")

    assert compute([SheetCells("S", never, FormulaTable())], Names(("S",), {})).values == {}
