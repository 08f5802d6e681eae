"""Sheets from data: one for each item, left out, named, hidden; what hangs on them; formulas across them."""

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.hyperlink import Hyperlink
from python_calamine import CalamineWorkbook

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.excel.small_sheets import Checked


def book_of(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for address, value in cells.items():
            sheet[address] = value
    return book


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


DEPARTMENTS = [{"name": "财政/局", "rows": [1, 2]}, {"name": "教育局", "rows": [3]}, {"name": "教育局", "rows": []}]
DETAIL = {
    "A1": "{%sheet for d in departments %}",
    "B1": "{%sheet name d.name %}",
    "A2": "{{ loop.index }}.{{ d.name }}",
    "A3": "{%tr for r in d.rows %}",
    "A4": "{{ r }}",
    "A5": "{%tr endfor %}",
    "A6": "=SUM(A4)",
}


def it_gives_a_sheet_for_each_item():
    made = book_of(目录={"A1": "共{{ departments|length }}个"}, 明细=DETAIL, 末={"A1": 1})
    made["明细"].sheet_view.tabSelected = True
    template = Checked(saved(made))
    assert template.variables() == {"departments[].name", "departments[].rows[]"}
    content = template.render({"departments": DEPARTMENTS})
    book = opened(content)
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["财政／局"]
    assert book.sheetnames == ["目录", "财政／局", "教育局", "教育局 (2)", "末"]
    assert [[row[0].value for row in book[name].rows] for name in book.sheetnames[1:4]] == [
        ["1.财政/局", 1, 2, "=SUM(A2:A3)"],
        ["2.教育局", 3, "=SUM(A2)"],
        ["3.教育局", "=SUM(A1048576)"],
    ]
    computed = opened(content, data_only=True)
    assert [computed[name].cell(row, 1).value for name, row in zip(book.sheetnames[1:4], (4, 3, 2), strict=True)] == [
        3,
        3,
        0,
    ]
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == book.sheetnames
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        types = package.read("[Content_Types].xml").decode()
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(parts) == 5
        assert all(f'"/{part}"' in types for part in parts)


@pytest.mark.parametrize(
    ("active", "first", "departments", "shown"),
    [
        (0, 0, DEPARTMENTS, ("目录", "目录")),
        (1, 1, DEPARTMENTS, ("财政／局", "财政／局")),  # the first of the copies
        (2, 1, DEPARTMENTS, ("末", "财政／局")),
        (2, 2, DEPARTMENTS[:1], ("末", "末")),
        (2, 2, [], ("末", "末")),
        (1, 1, [], ("目录", "目录")),  # where the sheet is left out, the first that shows
    ],
)
def it_opens_with_the_sheet_that_the_template_opens_with(active, first, departments, shown):
    made = book_of(前={"A1": 1}, 目录={"A1": 1}, 明细=DETAIL, 末={"A1": 1})
    made["前"].sheet_state = "hidden"
    made.active, made.views[0].firstSheet = active + 1, first + 1
    content = Checked(saved(made)).render({"departments": departments})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = re.findall(r'<(?:\w+:)?sheet [^>]*?name="([^"]+)"', text := package.read("xl/workbook.xml").decode())
    assert tuple(names[int(re.findall(rf'{key}="(\d+)"', text)[0])] for key in ("activeTab", "firstSheet")) == shown


def it_names_a_sheet_from_its_own_name():
    source = saved(book_of(**{"{{ year }}年": {"A1": "{{ year }}"}}))
    assert opened(Checked(source).render({"year": 2020})).sheetnames == ["2020年"]


def it_leaves_sheets_out_and_hides_them():
    source = saved(
        book_of(
            甲={"A1": "{%sheet if more %}", "A2": "x"},
            乙={"A1": "{%sheet hide not more %}", "A2": "y"},
            丙={"A1": "z"},
        )
    )
    template = Checked(source)
    assert opened(template.render({"more": True})).sheetnames == ["甲", "乙", "丙"]
    book = opened(template.render({"more": False}))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [("乙", "hidden"), ("丙", "visible")]
    with zipfile.ZipFile(io.BytesIO(template.render({"more": False}))) as package:
        assert "xl/worksheets/sheet1.xml" not in package.namelist()
        assert "worksheets/sheet1.xml" not in package.read("[Content_Types].xml").decode()
        assert "worksheets/sheet1.xml" not in package.read("xl/_rels/workbook.xml.rels").decode()


def it_copies_what_hangs_on_a_sheet():
    book = book_of(明细=DETAIL)
    book["明细"]["A4"].comment = openpyxl.comments.Comment("注", "作者")
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book["明细"], min_col=1, min_row=4, max_row=4))
    book["明细"].add_chart(chart, "D2")
    content = Checked(saved(book)).render({"departments": DEPARTMENTS})
    result = opened(content)
    assert [[cell.coordinate for row in sheet.rows for cell in row if cell.comment] for sheet in result] == [
        ["A2", "A3"],
        ["A2"],
        [],
    ]
    formulas = [sheet._charts[0].series[0].val.numRef.f for sheet in result]
    assert formulas[0].endswith("$A$2:$A$3")
    assert "财政" in formulas[0]
    assert "教育局" in formulas[1]


def it_needs_a_sheet_that_shows():
    template = Checked(saved(book_of(明细=DETAIL)))
    with pytest.raises(InvalidTemplate) as caught:
        template.render({"departments": []})
    assert [finding.code for finding in caught.value.diagnostics] == ["excel-no-sheet"]


def it_gives_formulas_their_values():
    cells = {
        "A1": "{%tr for r in rows %}",
        "A2": "{{ r.name }}",
        "B2": "{{ r.n }}",
        "C2": "=B2*2",
        "D2": '=IF(B2>2,A2&"高",TRUE)',
        "A3": "{%tr endfor %}",
        "B4": "=SUM(B2)",
        "C4": "=B4/0",
        "D4": "=TODAY()",
    }
    rows = [{"name": "甲&", "n": 1}, {"name": "乙", "n": 3.5}]
    content, notes = Checked(saved(book_of(表=cells))).render_with_notes({"rows": rows})
    found = [list(row) for row in opened(content, data_only=True)["表"].iter_rows(values_only=True)]
    assert found == [["甲&", 1, 2, True], ["乙", 3.5, 7, "乙高"], [None, 4.5, "#DIV/0!", None]]
    assert [(note.code, note.location.place.zh) for note in notes] == [("excel-not-computed", "表!D3")]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b'fullCalcOnLoad="1"' in package.read("xl/workbook.xml")


def it_links_each_row_of_a_list_to_the_sheet_of_its_item_and_to_its_own_row():
    book = openpyxl.Workbook()
    index: Any = book.worksheets[0]
    index.title = "目录"
    for address, text in {
        "A1": "{%tr for d in ds %}",
        "A2": "{{ d.n }}",
        "A3": "{%tr endfor %}",
        "A4": "第一张",
    }.items():
        index[address] = text
    for address, place in {"A2": "分!A2", "B2": "目录!A2", "A4": "分!A2"}.items():
        index[address].hyperlink = Hyperlink(ref=address, location=place)
    report: Any = book.create_sheet("分")
    report["A1"] = "{%sheet for d in ds %}{%sheet name d.n %}"
    report["A2"] = "{{ d.n }}"
    stream = io.BytesIO()
    book.save(stream)
    template = ExcelTemplate(stream.getvalue())
    for names in (["甲", "乙 所"], ["甲"], ["丙", "丁", "戊"]):
        content = template.render({"ds": [{"n": name} for name in names]})
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        links = {
            cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink
        }
        quoted = [f"'{name}'" if " " in name else name for name in names]
        expected = {f"A{row}": f"{name}!A1" for row, name in enumerate(quoted, 1)}
        expected |= {f"B{row}": f"目录!A{row}" for row in range(1, len(names) + 1)}
        assert links == {**expected, f"A{len(names) + 1}": f"{quoted[0]}!A1"}


@pytest.mark.parametrize(
    ("shown", "active", "expected"),
    [
        (2, 2, "末"),  # copies before it move it on
        (2, 0, "首"),
        (0, 2, "末"),
        (2, 1, "甲"),  # the sheet that is repeated: the first that shows
        (0, 1, "首"),
    ],
)
def it_opens_at_the_sheet_that_the_template_opens_at(shown, active, expected):
    book = book_of(首={"A1": 1}, 中={"A1": "{%sheet for d in ds %}{%sheet name d %}", "A2": "{{ d }}"}, 末={"A1": 2})
    book.active = active
    content = Checked(saved(book)).render({"ds": ["甲", "乙"][:shown]})
    made = opened(content)
    assert made.active is not None
    assert made.active.title == expected
