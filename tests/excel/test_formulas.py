"""Formulas under a layout: where each reference goes."""

import pytest
from openpyxl.formula.tokenizer import Tokenizer

from generator.excel.follow.formulas import Frame, rewrite
from generator.excel.follow.layout import AxisLayout, Band, Origin
from generator.excel.follow.layout_recorder import LayoutRecorder
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.ooxml.addresses import MAX_COLUMNS, parse_area, tokens
from generator.ooxml.cut_formulas import parse_formula, shift_formula


def looped(count: int) -> AxisLayout:
    """Rows 1-3 | for in row 4 | row 5, `count` times | endfor in row 6 | rows from 7."""
    recorder = LayoutRecorder([Band(1, 3), Band(5, 5, (4,)), Band(7, 1_048_576)])
    recorder.place(0, (), 1)
    for index in range(count):
        recorder.place(1, (index,), 4 + index)
    recorder.place(2, (), 4 + count)
    return recorder.finish()


def grouped(counts: list[int]) -> AxisLayout:
    """Row 1 | for 2 | group row 3 | for 4 | item row 5 | endfor 6 | subtotal row 7 | endfor 8 | total row 9."""
    recorder = LayoutRecorder([Band(1, 1), Band(3, 3, (2,)), Band(5, 5, (2, 4)), Band(7, 7, (2,)), Band(9, 1_048_576)])
    recorder.place(0, (), 1)
    row = 2
    for group, count in enumerate(counts):
        recorder.place(1, (group,), row)
        row += 1
        for item in range(count):
            recorder.place(2, (group, item), row)
            row += 1
        recorder.place(3, (group,), row)
        row += 1
    recorder.place(4, (), row)
    return recorder.finish()


def frame(rows: AxisLayout, name: str = "自评表", columns: AxisLayout | None = None) -> Frame:
    columns = columns or AxisLayout.unmoved(MAX_COLUMNS)
    sheet = SheetLayout("自评表", name, rows, columns)
    other = SheetLayout("数据", "数据", AxisLayout.unmoved(), AxisLayout.unmoved(MAX_COLUMNS))
    return Frame(WorkbookLayout((sheet, other)), sheet)


def moved(formula: str, frame: Frame, row: int | None = None, *instance: int) -> str:
    return rewrite(parse_formula(formula), frame, Origin(row, instance) if row else None)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(B5:B5)", "SUM(B4:B6)"),
        ("SUM(B5)", "SUM(B4:B6)"),
        ("SUM(B3:B7)", "SUM(B3:B7)"),
        ("SUM(B4:B6)", "SUM(B4:B6)"),
        ("$A$7+A$1", "$A$7+A$1"),
        ("SUM(A:A,$B:$C)", "SUM(A:A,$B:$C)"),
        ("SUM(7:8)", "SUM(7:8)"),
        ("SUM($5:5)", "SUM($4:6)"),
        ("B9*2", "B9*2"),
        ('IF(B7>0,"B7:B9",表1[得分])', 'IF(B7>0,"B7:B9",表1[得分])'),
        ("自评表!B7+数据!B7+[1]自评表!B7", "自评表!B7+数据!B7+[1]自评表!B7"),
        ("合计+B7#", "合计+B7#"),
        ("A8:INDEX(B8:B9,1)", "A8:INDEX(B8:B9,1)"),
        ("SUM({1,2;3,4}, B10 )", "SUM({1,2;3,4}, B10 )"),
    ],
)
def it_moves_references_outside_a_loop(formula, expected):
    assert moved(formula, frame(looped(3))) == expected


def it_moves_what_stands_below():
    assert moved("B7+自评表!$B$8+SUM(7:9)+数据!B7", frame(looped(10))) == "B14+自评表!$B$15+SUM(14:16)+数据!B7"


def it_follows_a_renamed_sheet():
    assert moved("自评表!B7", frame(looped(5), name="石峰区 2020")) == "'石峰区 2020'!B9"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(B5:B5)", "SUM(B1048576:B1048576)"),
        ("SUM(B5:D5)/COUNT(B$5)", "SUM(B1048576:D1048576)/COUNT(B$1048576)"),
        ("SUM(5:5)", "SUM(1048576:1048576)"),
        ("SUM(B3:B7)", "SUM(B3:B4)"),
        ("SUM(B5:B7)", "SUM(B4:B4)"),
        ("B7", "B4"),
    ],
)
def it_gives_an_empty_loop_empty_cells(formula, expected):
    assert moved(formula, frame(looped(0))) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("B5*C5", "B6*C6"),
        ("$B5*$C$5", "$B6*$C$6"),
        ("B5/B7", "B6/B9"),
        ("B5/SUM(自评表!B5:C5)", "B6/SUM(自评表!B6:C6)"),
        ("SUM(B$5:B5)", "SUM(B$4:B6)"),
        ("SUM(B5:B$5)", "SUM(B6:B$8)"),
        ("B$3+数据!B5", "B$3+数据!B5"),
    ],
)
def it_refers_to_its_own_instance_inside_a_loop(formula, expected):
    assert moved(formula, frame(looped(5)), 5, 2) == expected


def it_sums_its_own_group_in_nested_loops():
    layout = frame(grouped([2, 0, 3]))
    assert moved("SUM(B5:B5)", layout, 7, 0) == "SUM(B3:B4)"
    assert moved("SUM(B5:B5)", layout, 7, 1) == "SUM(B1048576:B1048576)"
    assert moved("SUM(B5:B5)", layout, 7, 2) == "SUM(B9:B11)"
    assert moved("B5/B7", layout, 5, 2, 1) == "B10/B12"
    assert moved("SUM(B5:B5)+SUM(B3)", layout) == "SUM(B3:B4,B9:B11)+SUM(B2,B6,B8)"


def it_moves_columns():
    recorder = LayoutRecorder([Band(1, 2), Band(4, 4, (3,)), Band(6, MAX_COLUMNS)], limit=MAX_COLUMNS)
    recorder.place(0, (), 1)
    for index in range(3):
        recorder.place(1, (index,), 3 + index)
    recorder.place(2, (), 6)
    columns = recorder.finish()
    layout = frame(AxisLayout.unmoved(), columns=columns)
    assert moved("SUM(D2)+F2+SUM(D:D)+SUM(2:2)", layout) == "SUM(C2:E2)+F2+SUM(C:E)+SUM(2:2)"
    assert rewrite(parse_formula("D1*2"), layout, None, Origin(4, (1,))) == "D1*2"


def it_spans_the_sheets_of_a_loop():
    still = AxisLayout.unmoved(), AxisLayout.unmoved(MAX_COLUMNS)
    sheets = [SheetLayout("表", name, *still, loop="表", index=index) for index, name in enumerate(("甲", "乙", "丙"))]
    total = SheetLayout("汇总", "汇总", *still)
    workbook = WorkbookLayout((*sheets, total), ("附表",))
    formula = parse_formula("SUM(表!B2)+附表!A1")
    assert rewrite(formula, Frame(workbook, total)) == "SUM(甲:丙!B2)+A1048576"
    assert rewrite(parse_formula("表!B2"), Frame(workbook, sheets[1])) == "乙!B2"
    apart = Frame(WorkbookLayout((sheets[0], total, sheets[1])), total)
    assert rewrite(parse_formula("SUM(表!B2)"), apart) == "SUM(甲!B2,乙!B2)"
    rewrite(parse_formula("表!B2*2"), apart)
    assert [finding.code for finding in apart.findings] == ["excel-sheets-apart"]
    uneven = Frame(WorkbookLayout((SheetLayout("表", "甲", looped(2), still[1]), *sheets[1:], total)), total)
    assert rewrite(parse_formula("SUM(表!B7)"), uneven) == "SUM(甲!B6,乙!B7,丙!B7)"
    rewrite(parse_formula("VLOOKUP(1,表!B7:C7,2)"), uneven)
    assert [finding.code for finding in uneven.findings] == ["excel-sheets-differ"]


def it_expands_a_shared_formula():
    formula = parse_formula("A1*$B$1+SUM(C$1:C1)+数据!D4")
    assert shift_formula(formula, 2, 1).text == "B3*$B$1+SUM(D$1:D3)+数据!E6"
    assert shift_formula(parse_formula("A1"), -1, 0).text == "#REF!"


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:B2)+'自 评表'!$C$4",
        "表1[[#This Row],[得分]]*2",
        "SUM(一:三!A1)",
        "'It''s'!A1&\"a\"\"b\"",
        "{1,2;3,4}",
        "-A1%^2<>-1.5E-3",
        "IF(TRUE,#REF!,#N/A)",
        "[1]Sheet1!A1+'[2]数 据'!B2",
    ],
)
def it_cuts_formulas_where_openpyxl_does(formula):
    ours = [token.text for token in tokens(formula)]
    assert "".join(ours) == formula
    assert ours == [token.value for token in Tokenizer("=" + formula).items]


def it_leaves_what_is_no_formula_alone():
    formula = parse_formula("SUM(A1")
    assert formula.fault
    assert rewrite(formula, frame(looped(2))) == "SUM(A1"


@pytest.mark.parametrize("text", ["A1048577", "XFE1", "合计", "[1]S!A1", "表1[得分]", "A0", "1", "", "数据!合计"])
def it_tells_areas_from_the_rest(text):
    assert parse_area(text) is None


@pytest.mark.parametrize(
    "text", ["$A$1", "A1:$B2", "3:$5", "$A:C", "'1月'!A1", "'a:b c'!A1", "一:三!A1", "'It''s'!A1", "'A1'!A1"]
)
def it_writes_areas_as_they_were(text):
    assert str(parse_area(text)) == text
