"""Workbooks whose loops move what others refer to: the formulas that come out, and what they come to."""

from __future__ import annotations

import io
import json
import re
import zipfile

import openpyxl
import openpyxl.comments
import pytest

from generator.diagnostics import InvalidTemplate, Severity
from generator.excel.template import ExcelTemplate
from tests.excel.followed_formulas import CASES, filled, formulas, place, rendered


def it_adds_up_the_rows_of_a_cell_and_not_the_subtotals_between_them():
    found = formulas(filled("R1_total_swallows_rows"))
    assert found["B6"] == ("=SUM(B1:B2,B4)", 7)
    assert found["B7"] == ("=SUM(B3,B5)", 7)


def it_adds_up_one_branch_of_a_condition_in_a_loop():
    found = formulas(filled("if_in_loop_sum"))
    assert found["B6"] == ("=SUM(B1,B3,B5)", 9)
    assert found["B7"] == ("=SUM(B2,B4)", 6)
    assert found["B8"] == ("=SUM(B1:B5)", 15)


@pytest.mark.parametrize("name", ["running_balance_3", "R4_control_row_reference"])
def it_carries_a_balance_from_the_row_before(name):
    found = formulas(filled(name))
    assert [found[cell] for cell in ("D2", "D3", "D4")] == [("=D1+B2-C2", 100), ("=D2+B3-C3", 101), ("=D3+B4-C4", 103)]
    last = "D6" if name == "running_balance_3" else "D5"
    assert found[last] == ("=D4", 103)


def it_compares_with_the_rows_before_and_behind():
    found = formulas(filled("prev_row_if"))
    assert [found[f"B{row}"][1] for row in (2, 3, 4)] == ["异", "同", "异"]
    assert [found[f"C{row}"][0] for row in (2, 3, 4)] == ["=IF(A2=A3,1,0)", "=IF(A3=A4,1,0)", "=IF(A4=A5,1,0)"]


def it_covers_the_whole_loop_from_inside_where_the_rows_are_anchored():
    found = formulas(filled("R7_rank_in_loop"))
    assert [found[f"C{row}"] for row in (2, 3, 4)] == [(f"=RANK(B{n},$B$2:$B$4)", 5 - n) for n in (2, 3, 4)]
    assert found["D3"] == ("=B3/SUM(B$2:B$4)", pytest.approx(1 / 3))


LOOP = {"A1": "名", "A2": "{%tr for r in rows %}", "A3": "{{ r }}", "A4": "{%tr endfor %}"}
GROUPS = {
    "A1": "{%tr for g in gs %}",
    "A2": "{%tr for x in g %}",
    "A3": "明细",
    "B3": "{{ x }}",
    "A4": "{%tr endfor %}",
    "A5": "小计",
    "B5": "=SUBTOTAL(9,B3)",
    "A6": "{%tr endfor %}",
}


@pytest.mark.parametrize(
    ("formula", "written", "value"),
    [
        ("=SUBTOTAL(9,B3)", "=SUBTOTAL(9,B1:B2,B4,B6:B8)", 24),
        ("=SUBTOTAL(9,B3:B5)", "=SUBTOTAL(9,B1:B9)", 24),
        ("=COUNT(B3:B3)", "=COUNT(B1:B2,B4,B6:B8)", 6),
        ('=COUNTIF(B3:B3,">1")', '=(COUNTIF(B1:B2,">1")+COUNTIF(B4,">1")+COUNTIF(B6:B8,">1"))', 5),
        (
            '=SUMIF(A3:A3,"明细",B3:B3)/2',
            '=(SUMIF(A1:A2,"明细",B1:B2)+SUMIF(A4,"明细",B4)+SUMIF(A6:A8,"明细",B6:B8))/2',
            12,
        ),
        (
            "=SUMPRODUCT((B3:B3>1)*B3:B3)",
            "=(SUMPRODUCT((B1:B2>1)*B1:B2)+SUMPRODUCT((B4>1)*B4)+SUMPRODUCT((B6:B8>1)*B6:B8))",
            23,
        ),
        ("=LARGE(B3:B3,2)", "=LARGE((B1:B2,B4,B6:B8),2)", None),
        ("=MAX(B3:B3,100)", "=MAX(B1:B2,B4,B6:B8,100)", 100),
    ],
)
def it_names_each_stretch_of_rows_as_the_function_takes_them(formula, written, value):
    found = formulas(rendered({**GROUPS, "B7": formula}, {"gs": [[1, 2], [4], [3, 9, 5]]}))
    assert found["B10"] == (written, value)


@pytest.mark.parametrize(
    "formula", ["=VLOOKUP(1,A3:B3,2)", "=B3*2", "=INDEX(B3:B3,2)", "=SUM(-B3:B3)", '=SUMIF(A3:A5,"明细",B3:B3)']
)
def it_refuses_a_function_that_takes_one_area_only(formula):
    with pytest.raises(InvalidTemplate) as caught:
        rendered({**GROUPS, "B7": formula}, {"gs": [[1, 2], [4]]})
    assert [(one.code, place(one)) for one in caught.value.diagnostics] == [("excel-rows-apart", "表!B7")]


def it_adds_up_any_number_of_stretches_and_refuses_what_excel_cannot_read():
    found = formulas(rendered({**GROUPS, "B7": "=SUM(B3)"}, {"gs": [[1, 2]] * 300}))
    assert found["B901"][1] == 900
    assert found["B901"][0].startswith("=SUM(SUM(B1:B2,B4:B5,")
    with pytest.raises(InvalidTemplate) as caught:
        rendered({**GROUPS, "B7": "=SUM(B3)"}, {"gs": [[1, 2]] * 1000})
    assert [one.code for one in caught.value.diagnostics] == ["excel-formula-too-long"]


def it_keeps_a_range_that_spans_the_subtotals_as_it_is_drawn():
    found = formulas(rendered({**GROUPS, "B7": "=COUNT(B3:B5)"}, {"gs": [[1, 2], [4]]}))
    assert found["B6"] == ("=COUNT(B1:B5)", 5)


@pytest.mark.parametrize("count", [0, 1, 3])
def it_adds_up_to_the_row_above_whatever_is_there(count):
    cells = {**LOOP, "B1": 10, "B3": "=SUM(B$1:B2)+1", "A5": "末", "B5": "=B4", "B6": "=SUM(B2:B4)"}
    found = formulas(rendered(cells, {"rows": list(range(count))}))
    assert [found[f"B{row}"][0] for row in range(2, 2 + count)] == [
        f"=SUM(B$1:B{row})+1" for row in range(1, 1 + count)
    ]
    assert found[f"B{count + 2}"][0] == f"=B{count + 1}"
    assert found[f"B{count + 3}"][0] == {0: "=SUM(B1048576:B1048576)", 1: "=SUM(B2:B2)"}.get(
        count, f"=SUM(B2:B{count + 1})"
    )


@pytest.mark.parametrize(
    ("cell", "formula", "row"),
    [
        ("B3", "=B$2", 2),
        ("B3", "=$B$4", 4),
        ("B6", "=B2*2", 2),
        ("B6", "=SUM(B2)", 2),
        ("B5", "=SUM(B4)", 4),
        ("B6", "=SUBTOTAL(9,B4)+1", 4),
        ("B1", '=COUNTIF(B2,">0")', 2),
    ],
)
def it_refuses_a_control_row_that_no_output_row_stands_for(cell, formula, row):
    with pytest.raises(InvalidTemplate) as caught:
        rendered({**LOOP, cell: formula}, {"rows": [1, 2]})
    (found,) = caught.value.diagnostics
    assert (found.code, place(found)) == ("excel-control-row-referenced", f"表!{cell}")
    assert f"第{row}行" in repr(found.message)


@pytest.mark.parametrize("name", ["running_balance_3", "R4_control_row_reference"])
def it_tells_cell_and_row_where_a_formula_outside_means_the_last_row_of_a_loop(name):
    content, context = (CASES / f"{name}.xlsx").read_bytes(), json.loads((CASES / f"{name}.json").read_text("utf-8"))
    (found,) = [
        note
        for note in ExcelTemplate(content).render_with_notes(context).notes
        if note.code == "excel-control-row-meant"
    ]
    assert place(found) == ("表!D6" if name == "running_balance_3" else "表!D5")
    assert "第4行只有控制标签" in found.message
    assert found.severity is Severity.WARNING


def it_takes_control_rows_among_the_rows_of_one_loop_as_they_are_meant():
    cells = {**LOOP, "B3": "=B2", "C3": "=MAX(C4,0)", "B5": "=MAX(B4,B1)", "B1": 1}
    found = formulas(rendered(cells, {"rows": [1, 2]}))
    assert [found[cell][0] for cell in ("B2", "B3", "B4", "C3")] == ["=B1", "=B2", "=MAX(B3,B1)", "=MAX(C4,0)"]


def it_refuses_a_control_row_of_another_sheet_and_a_row_above_the_first():
    with pytest.raises(InvalidTemplate) as caught:
        rendered(
            {"A1": "{%tr for r in rows %}", "A2": "=A1", "A3": "{%tr endfor %}"}, {"rows": [1]}, 汇总={"A1": "=表!A3"}
        )
    assert [(one.code, place(one)) for one in caught.value.diagnostics] == [
        ("excel-control-row-referenced", "表!A2"),
        ("excel-control-row-referenced", "汇总!A1"),
    ]


def it_reads_the_row_before_through_a_condition():
    cells = {**LOOP, "A4": "{%tr if r > 1 %}", "A5": "=A4", "A6": "{%tr endif %}", "A7": "=A6", "A8": "{%tr endfor %}"}
    found = formulas(rendered(cells, {"rows": [1, 2]}))
    assert {cell: text for cell, (text, _) in found.items()} == {"A3": "=A2", "A5": "=A4", "A6": "=A5"}


def it_names_stretches_in_names_and_rules():
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.workbook.defined_name import DefinedName

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for address, value in GROUPS.items():
        sheet[address] = value
    sheet.delete_rows(1)
    sheet.insert_rows(1)
    sheet["A1"] = "名"
    sheet["A2"] = "{%tr for g in gs %}{%tr for x in g %}"
    sheet["B7"] = "=SUM(明细)"
    book.defined_names["明细"] = DefinedName("明细", attr_text="Sheet!$B$3")
    sheet.conditional_formatting.add("A3:B3", FormulaRule(formula=["$A3<>$A2"]))
    sheet.conditional_formatting.add("B7", FormulaRule(formula=["B7>SUM(B5)"]))
    stream = io.BytesIO()
    book.save(stream)
    result = openpyxl.load_workbook(io.BytesIO(ExcelTemplate(stream.getvalue()).render({"gs": [[1, 2], [4]]})))
    assert result.defined_names["明细"].attr_text == "Sheet!$B$2:$B$3,Sheet!$B$5"
    rules = {str(one.sqref): one.rules[0].formula for one in result.worksheets[0].conditional_formatting}
    assert rules["B7"] == ["B7>SUM(B4,B6)"]
    assert rules["A2:B3 A5:B5"] == ["$A2<>$A1"]


@pytest.mark.parametrize("count", [0, 1, 4])
def it_keeps_ranges_to_the_last_row_or_column_as_cells(count):
    rows = {"rows": [{"name": "甲", "n": 1, "p": 1}] * count}
    sheet = openpyxl.load_workbook(io.BytesIO(filled("R2_whole_column", rows))).worksheets[0]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B1:B1048576"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C1:C1048576"]
    sheet = openpyxl.load_workbook(io.BytesIO(filled("whole_row_cf", rows))).worksheets[0]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ([f"A2:XFD{count + 1}"] if count else [])


def it_names_table_columns_by_text_whatever_the_data_holds():
    sheet = openpyxl.load_workbook(io.BytesIO(filled("R6_table_header_number"))).worksheets[0]
    assert [sheet["A1"].value, sheet["B1"].value] == ["2024", "2025"]
    assert [column.name for column in sheet.tables["T"].tableColumns] == ["2024", "2025"]


def it_moves_a_what_if_table_with_its_input_cells():
    table = openpyxl.load_workbook(io.BytesIO(filled("R8_data_table"))).worksheets[0]["E9"].value
    assert (table.ref, table.r1, table.r2) == ("E9:E9", "B8", "B9")


def it_follows_the_name_of_a_sheet_that_data_names():
    assert formulas(filled("R10_sheet_name_formula"), "汇总")["A1"] == ("='2024年'!A1", 5)


def it_reaches_the_sheet_of_its_own_row():
    report = {
        "A1": "{%sheet for 项 in 项目 if 项.s %}{%sheet name 项.n %}",
        "C4": "=SUM(C6)",
        "A5": "{%tr for y in 项.x %}",
        "C6": "{{ y }}",
        "A7": "{%tr endfor %}",
    }
    context = {
        "项目": [{"n": "甲", "x": [1, 2], "s": 1}, {"n": "乙", "x": [5], "s": 1}, {"n": "丙", "x": [7, 8], "s": 1}]
    }
    total = {"A1": "{%tr for p in 项目 %}", "A2": "=报告!C4", "B2": "=SUM(报告!C6)", "A3": "{%tr endfor %}"}
    total |= {"A4": "=SUM(报告!C6)", "B4": '=COUNTIF(报告!C4,">4")', "C4": "=SUM(报告!C4)"}
    found = formulas(rendered(total, context, 报告={**report, "A1": report["A1"].replace(" if 项.s", "")}))
    assert [found[f"A{row}"] for row in (1, 2, 3)] == [("=甲!C3", 3), ("=乙!C3", 5), ("=丙!C3", 15)]
    assert found["B3"] == ("=SUM(丙!C4:C5)", 15)
    assert found["A4"] == ("=SUM(甲!C4:C5,乙!C4,丙!C4:C5)", 23)
    assert found["B4"] == ('=(COUNTIF(甲!C3,">4")+COUNTIF(乙!C3,">4")+COUNTIF(丙!C3,">4"))', 2)
    assert found["C4"] == ("=SUM(甲:丙!C3)", 23)
    left_out = {**report, "A1": "{%sheet for 项 in 项目 %}{%sheet if 项.s %}{%sheet name 项.n %}"}
    context["项目"][1]["s"] = 0
    found = formulas(rendered(total, context, 报告=left_out))
    assert [found[f"A{row}"] for row in (1, 2, 3)] == [("=甲!C3", 3), ("=C1048576", 0), ("=丙!C3", 15)]


def it_adds_up_sheets_of_different_lengths_and_names_references_to_control_rows():
    with pytest.raises(InvalidTemplate) as caught:
        filled("sheetloop")
    assert [place(one) for one in caught.value.diagnostics] == ["首!A1", "首!A2"]


def parts(content: bytes) -> dict[str, str]:
    """The text of every XML and VML part."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".vml"))}


@pytest.mark.parametrize("name", ["R9_tags_left_0", "k7_chart_tags", "k7_dv_list_tag", "R5_chartsheet"])
def it_leaves_no_tag_as_it_is(name):
    assert not [part for part, text in parts(filled(name)).items() if "{{" in text or "{%" in text]


def it_prints_the_texts_of_rules_and_the_literals_of_their_formulas():
    for name in ("R9_tags_left_0", "k7_dv_list_tag"):
        sheet = openpyxl.load_workbook(io.BytesIO(filled(name))).worksheets[0]
        (rule,) = sheet.data_validations.dataValidation
        assert rule.formula1 == '"优,良"'
    assert (rule.prompt, rule.error, rule.promptTitle) == ("请选优", "错优", "优")
    content = filled("R9_tags_left_0", {"rows": [{"name": "甲", "n": 1}], "a": '"a"&b'})
    (ranges,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].conditional_formatting
    assert ranges.rules[0].formula == ['NOT(ISERROR(SEARCH("""a""&b",A1)))']
    assert ranges.rules[0].text == '"a"&b'


def it_prints_series_trendlines_alternative_texts_and_captions():
    found = parts(filled("k7_chart_tags"))
    assert "<c:v>优系列<" in found["xl/charts/chart1.xml"]
    assert "<c:name>趋势优<" in found["xl/charts/chart1.xml"]
    assert 'descr="说明优"' in found["xl/drawings/drawing1.xml"]
    assert ">按优<" in found["xl/drawings/vmlDrawing1.vml"]


def it_follows_from_a_chart_sheet():
    chart = parts(filled("R5_chartsheet"))["xl/charts/chart1.xml"]
    assert re.findall("<c:f>([^<]*)", chart) == ["表!$A$2:$A$5", "表!$B$2:$B$5"]
    assert re.findall("<c:v>([^<]*)", chart) == ["指标1", "指标2", "指标3", "指标4", "1", "2", "3", "4"]
    assert "<a:t>年度<" in chart
