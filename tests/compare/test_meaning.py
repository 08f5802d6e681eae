"""What means the same is no difference, and what differs is shown: pairs from use, and perturbations that mean nothing."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.compare import compare
from generator.compare.align import Alignment, Axis, align
from generator.compare.defaults import _ATTRIBUTES, _TRUTHS

ROOT = Path(__file__).parents[2]
PAIRS = ROOT / "tests" / "cases" / "diff"
SAMPLES = sorted([*(ROOT / "templates/docx").glob("*.docx"), *(ROOT / "templates/xlsx").glob("*.xlsx")])

TOLD = {
    ("cf_explicit_defaults-a.xlsx", "cf_explicit_defaults-b.xlsx"): [],
    ("dxf_b_val1-a.xlsx", "dxf_b_val1-b.xlsx"): [],
    ("font_sz_14.0-a.xlsx", "font_sz_14.0-b.xlsx"): [],
    ("double_17-a.xlsx", "double_17-b.xlsx"): [],
    ("rows-a.xlsx", "colstyle-b.xlsx"): [],
    ("rows-a.xlsx", "date1904-b.xlsx"): ["工作簿：日期系统 1900 → 1904（同一个数所表示的日期晚1462天）"],
    ("date1904-b.xlsx", "rows-a.xlsx"): ["工作簿：日期系统 1904 → 1900（同一个数所表示的日期早1462天）"],
    ("rows-a.xlsx", "rows-swap23-b.xlsx"): ["数据 第2行移至第3行之后"],
    ("wholecol-a.xlsx", "wholecol-b.xlsx"): ["数据：新增第4行（新指标 | 1 | 2 | 3）"],
    ("wholecol-b.xlsx", "wholecol-a.xlsx"): ["数据：删除第4行（新指标 | 1 | 2 | 3）"],
    ("para-split-a.docx", "para-split-b.docx"): [
        "正文：一段拆分为第34段起的2段“1.收入情况。本部门2020年度财政拨款收入359.11万元…元。此外，年初财政拨款结转和结余0万元。”"
    ],
    ("para-split-b.docx", "para-split-a.docx"): [
        "正文：第34至35段合并为一段“1.收入情况。本部门2020年度财政拨款收入359.11万元…万元；项目支出比2019年少9.5万元。”"
    ],
}


@pytest.mark.parametrize("pair", TOLD, ids=lambda pair: " ".join(pair))
def it_tells_what_a_reader_would_see(pair):
    assert [d.message for d in compare(*(PAIRS / name for name in pair), level="format")] == TOLD[pair]


def with_defaults_stated(content: bytes) -> bytes:
    """Every default of the schemas spelled out, toggles with their value, elements that say nothing put in."""
    root = etree.fromstring(content)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        space, _, name = element.tag.rpartition("}")
        spreadsheet = "spreadsheetml" in space
        for attribute, value in _ATTRIBUTES.get(name, {}).items() if spreadsheet else ():
            if element.get(attribute) is None:
                element.set(attribute, value)
        if spreadsheet and name in _TRUTHS and not element.attrib:
            element.set("val", "true")
        if "wordprocessingml/2006" in space and name in ("b", "i") and not element.attrib:
            element.set(f"{space}}}val", "1")
        if "wordprocessingml/2006" in space and name == "tcPr" and element.find(f"{space}}}tcBorders") is None:
            after = element.find(f"{space}}}gridSpan")
            borders = etree.Element(f"{space}}}tcBorders")
            element.insert(0 if after is None else element.index(after) + 1, borders)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def perturbed(path: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in reversed(old.namelist()):
            content = old.read(name)
            touched = name.endswith(".xml") and any(part in name for part in ("worksheets", "styles", "document"))
            new.writestr(name, with_defaults_stated(content) if touched else content)
    return buffer.getvalue()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def it_sees_no_difference_in_defaults_that_are_spelled_out(path):
    assert [d.message for d in compare(path, perturbed(path), level="format")] == []
    assert [d.message for d in compare(perturbed(path), path, level="format")] == []


def workbook(change=lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数据"
    for row in range(1, 9):
        sheet.append([f"指标{row}", row, row * 2])
    sheet["B10"] = "=SUM(B1:B8)"
    sheet["C10"] = "=B3*2"
    change(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def it_shows_where_a_formula_points_when_it_stayed_while_its_rows_went():
    def stays(sheet):
        sheet.insert_rows(2)  # openpyxl moves cells and leaves formulas as they are
        sheet["A2"], sheet["B2"], sheet["C2"] = "新指标", 70, 140

    told = [d.message for d in compare(workbook(), workbook(stays), level="structure")]
    assert told == [
        "数据：新增第2行（新指标 | 70 | 140）",
        "数据!B11：公式 =SUM(B1:B9) → =SUM(B1:B8)",
        "数据!C11：公式 =B4*2 → =B3*2",
    ]


@given(st.lists(st.integers(0, 30), unique=True, max_size=12), st.data())
def it_knows_a_range_by_its_rows_wherever_they_went(old, data):
    new = data.draw(st.permutations(old))
    axis = Axis(align(old, new, movable=lambda _: True), len(old), len(new))
    if not old:
        return
    low, high = sorted((data.draw(st.integers(1, len(old))), data.draw(st.integers(1, len(old)))))
    new_low, new_high = sorted((data.draw(st.integers(1, len(old))), data.draw(st.integers(1, len(old)))))
    same = {*old[low - 1 : high]} == {*new[new_low - 1 : new_high]}
    assert axis.same(low, high, new_low, new_high) == same


def it_leaves_ranges_to_the_last_row_where_they_are():
    axis = Axis(Alignment([(0, 0), (1, 2)], [], [1], []), 2, 3)
    assert axis.same(1, 1_048_576, 1, 1_048_576, 1_048_576)
    assert not axis.same(2, 1_048_576, 2, 1_048_575, 1_048_576)


def document(*texts: str, bold: int | None = None) -> bytes:
    made = docx.Document()
    for index, text in enumerate(texts):
        made.add_paragraph().add_run(text).bold = index == bold or None
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def it_tells_a_paragraph_split_into_three_once():
    whole, parts = (
        "一是完成全年任务。二是加强管理。三是公开结果。",
        ("一是完成全年任务。", "二是加强管理。", "三是公开结果。"),
    )
    old, new = document("开头。", whole, "结尾。"), document("开头。", *parts, "结尾。")
    assert [d.kind for d in compare(old, new)] == ["paragraph-split"]
    assert [d.kind for d in compare(new, old)] == ["paragraph-joined"]


def it_still_tells_a_paragraph_that_came_beside_a_split():
    old = document("甲项工作。乙项工作。", "丙项工作。")
    new = document("甲项工作。", "乙项工作。", "完全是另外的一件事情。", "丙项工作。")
    assert [d.kind for d in compare(old, new)] == ["paragraph-split", "paragraph-inserted"]
