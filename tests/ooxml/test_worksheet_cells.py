"""What a worksheet holds, read from its XML."""

import pytest

from generator.ooxml.worksheet_cells import SheetCells, Surroundings, Unsound, read_sheet

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet(rows: str, before: str = "", after: str = "") -> SheetCells:
    content = f"{HEAD}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    return read_sheet("甲", "visible", content.encode(), Surroundings(("共用",), ("General",)), {}, ())


def values(rows: str, after: str = "") -> dict:
    read = sheet(rows, after=after)
    return {(row, column): cell.value for row, cells in read.rows.items() for column, cell in cells.items()}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>TRUE</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="b"><v>false</v></c>', False),
        ('<c r="A1" t="s"><v>0</v></c>', "共用"),
        ('<c r="A1" t="str"><v>甲</v></c>', "甲"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1"><v>2.5</v></c>', 2.5),
    ],
)
def it_reads_a_value_by_its_kind(cell, value):
    assert values(f'<row r="1">{cell}</row>') == {(1, 1): value}


def it_counts_rows_and_cells_that_have_no_address():
    assert values("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>") == {
        (1, 1): 1,
        (1, 2): 2,
        (2, 1): 3,
    }


NUMBERS = "".join(
    f'<row r="{row}">' + "".join(f'<c r="{column}{row}"><v>{row}</v></c>' for column in "ABC") + "</row>"
    for row in (1, 2, 3)
)


def it_keeps_the_first_of_merged_cells():
    merged = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3"/></mergeCells>'
    assert sorted(values(NUMBERS, merged)) == [(1, 1), (1, 3), (2, 3), (3, 1), (3, 2), (3, 3)]
    assert len(sheet(NUMBERS, after=merged).merged) == 1


def it_keeps_the_first_of_many_merged_cells_in_any_order():
    merged = '<mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="A1:C1"/></mergeCells>'
    assert sorted(values(NUMBERS, merged)) == [(1, 1), (2, 1), (2, 2), (3, 1)]


@pytest.mark.parametrize("hidden", ["1", "true"])
def it_knows_what_is_hidden(hidden):
    columns = f'<cols><col min="2" max="3" hidden="{hidden}"/><col min="5" max="5" hidden="0"/></cols>'
    read = sheet(f'<row r="1" hidden="{hidden}"/><row r="2" hidden="0"/>', before=columns)
    assert read.hidden_rows == {1}
    assert read.hidden_columns == ((2, 3),)


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ('<row r="1"><c r="A1" t="b"><v>2</v></c></row>', ""),
        ('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', ""),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', ""),
        ('<row r="1"><c r="A1048577"><v>1</v></c></row>', ""),
        ('<row r="1"><c r="甲"><v>1</v></c></row>', ""),
        (NUMBERS, '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/></mergeCells>'),
        (NUMBERS, '<mergeCells><mergeCell ref="A:B"/></mergeCells>'),
    ],
)
def it_refuses_what_no_sheet_holds(rows, after):
    with pytest.raises(Unsound):
        sheet(rows, after=after)
