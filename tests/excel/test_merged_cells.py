"""Cells that tags and templates merge, and how wide, high and coloured they are."""

from tests.excel.small_sheets import Checked, merged_workbook, opened, rendered, values


def indicators():
    """Two levels: an indicator of three, one of one."""
    return [
        {"name": "产出", "parts": [{"name": "数量", "items": ["a", "b"]}, {"name": "质量", "items": ["c"]}]},
        {"name": "产出", "parts": [{"name": "质量", "items": ["d"]}]},
    ]


def it_merges_a_column_while_its_record_stays_the_same():
    cells = {
        "A1": "{%tr for x in xs %}{%tr for y in x.parts %}{%tr for z in y['items'] %}",
        "A2": "{% vm 1 %}全部",
        "B2": "{% vm x %}{{ x.name }}",
        "C2": "{% vm y %}{{ y.name }}",
        "D2": "{{ z }}",
        "A3": "{%tr endfor %}{%tr endfor %}{%tr endfor %}",
        "A4": "完",
    }
    sheet = rendered(cells, {"xs": indicators()})
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A1:A4", "B1:B3", "C1:C2"}
    assert values(sheet) == [
        ["全部", "产出", "数量", "a"],
        [None, None, None, "b"],
        [None, None, "质量", "c"],
        [None, "产出", "质量", "d"],
        ["完", None, None, None],
    ]


def it_repeats_merges_with_their_rows_and_columns():
    cells = {
        "A1": "标题",
        "A2": "{%tr for r in rows %}",
        "A3": "{{ r }}",
        "A5": "{%tr endfor %}",
        "A6": "合计",
        "D1": "{%tc for c in columns %}",
        "E1": "{{ c }}",
        "F1": "{%tc endfor %}",
    }
    source = merged_workbook(cells, ["A1:B1", "A3:B4", "A6:B6", "C2:C6", "E3:E4"])
    sheet = opened(Checked(source).render({"rows": [1, 2], "columns": "xyz"}))
    found = {str(merge) for merge in sheet.merged_cells.ranges}
    assert found == {"A1:B1", "A2:B3", "A4:B5", "A6:B6", "C2:C6", *(f"{c}{r}" for c in "" for r in "")} | {
        f"{column}{first}:{column}{first + 1}" for column in "DEF" for first in (2, 4)
    }


def it_merges_a_vm_cell_that_spans_columns_into_one_block():
    cells = {"A1": "{%tr for r in rows %}", "A2": "{% vm r.k %}{{ r.k }}", "C2": "{{ r.v }}", "A3": "{%tr endfor %}"}
    source = merged_workbook(cells, ["A2:B2"])
    rows = [{"k": "甲", "v": 1}, {"k": "甲", "v": 2}, {"k": "乙", "v": 3}]
    sheet = opened(Checked(source).render({"rows": rows}))
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A1:B2", "A3:B3"}


def it_merges_cells_across_a_row():
    cells = {
        "A1": "{% colspan n %}标题",
        "A2": "{%tc for c in columns %}",
        "B2": "{% hm c.half %}{{ c.half }}",
        "B3": "{{ c.month }}",
        "C2": "{%tc endfor %}",
    }
    cells = {"B1": "{% colspan n %}标题", **{key: value for key, value in cells.items() if key != "A1"}}
    columns = [{"half": "上", "month": 1}, {"half": "上", "month": 2}, {"half": "下", "month": 7}]
    sheet = rendered(cells, {"columns": columns[:1], "n": 3})
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A1:C1"}
    del cells["B1"]
    sheet = rendered(cells, {"columns": columns})
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A2:B2"}
    assert values(sheet)[1:] == [["上", None, "下"], [1, 2, 7]]


def it_colours_a_cell():
    sheet = rendered({"A1": "{% cellbg '#FFC000' %}{{ x }}", "A2": "{{ x }}"}, {"x": 1})
    assert sheet["A1"].fill.fgColor.rgb == "FFFFC000"
    assert sheet["A2"].fill.fill_type is None
    assert sheet["A1"].value == 1


def it_sets_the_height_of_rows_whose_text_wraps():
    cells = {
        "A1": "{%tr for r in rows %}",
        "A2": "{{ r }}",
        "A3": "{%tr endfor %}",
        "A4": "{{ fixed }}",
        "A5": "{{ merged }}",
        "A6": "x",
    }
    source = merged_workbook(cells, ["A5:C6"], {"A": 12, "B": 12, "C": 12}, {4: 18})
    text = "绩效评价" * 15  # 120 half-widths
    context = {"rows": ["短", text], "fixed": text, "merged": text * 4}
    sheet = opened(Checked(source).render(context))
    heights = {row: sheet.row_dimensions[row].height for row in range(1, 6)}
    assert heights[1] is None
    assert 11 * 13 <= heights[2] <= 13 * 18
    assert heights[3] == 18
    assert heights[5] >= 13 * 11  # 480 half-widths on some 36 a line, over two rows
    assert heights[5] == max(heights[4] or 0, heights[5])


def it_shares_the_height_of_a_merged_text_among_its_rows():
    cells = {"A1": "{%tr for r in rows %}", "A2": "{% vm 1 %}{{ text }}", "B2": "{{ r }}", "A3": "{%tr endfor %}"}
    source = merged_workbook(cells, [], {"A": 12})
    sheet = opened(Checked(source).render({"rows": list(range(10)), "text": "绩效评价" * 15}))
    total = sum(sheet.row_dimensions[row].height or 15 for row in range(1, 11))
    assert 11 * 13 <= total <= 13 * 18
