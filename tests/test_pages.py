"""How the pages of the five regions look: what no other test of their contents sees."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from generator import load_standard
from generator.lint.absent_fonts import absent_fonts
from generator.standard import load_standard as loaded

ROOT = Path(__file__).parents[1]
WORD = sorted((ROOT / "templates" / "docx").glob("*.docx"))
EXCEL = sorted((ROOT / "templates" / "xlsx").glob("*.xlsx"))
GAP = re.compile(r'</w:tbl><w:p><w:pPr><w:pStyle w:val="TableGap"/>(.*?)</w:pPr></w:p><w:tbl>')
WITHOUT_HEIGHT = '<w:spacing w:line="1" w:lineRule="exact"/>'
ROW = re.compile(r"<w:tr>.*?</w:tr>")


@pytest.mark.parametrize("path", WORD, ids=lambda path: path.stem)
def it_draws_both_rules_where_two_tables_meet_one_upon_the_other(path):
    """Wherever a page ends, the table above has its rule below, the table beneath its rule above."""
    with zipfile.ZipFile(path) as package:
        text, styles = (package.read(f"word/{part}.xml").decode() for part in ("document", "styles"))
    for gap in GAP.finditer(text):
        assert "<w:tblBorders>" not in text[: gap.end()]  # nobody takes a rule of the tables' style away
        assert gap[1].endswith("<w:rPr><w:vanish/></w:rPr>")
        assert WITHOUT_HEIGHT in styles[styles.index('w:styleId="TableGap"') :]


@pytest.mark.parametrize(
    "goal", ["{{ 预期目标 }}", "{%p for 目标 in 预期目标 %}", "{{ 项.预期目标 }}", "{{ 项.年度目标 }}"]
)
def it_lets_goals_of_many_lines_go_on_to_the_next_page_below_their_head(goal):
    rows = [row for path in WORD for row in ROW.findall(zipfile.ZipFile(path).read("word/document.xml").decode())]
    places = [place for place, row in enumerate(rows) if goal in row]
    assert places
    for place in places:
        assert "<w:keepNext/>" in rows[place - 1]
        assert "<w:cantSplit/>" not in rows[place]
        assert "<w:keepNext/>" not in rows[place]


def it_names_the_indicators_on_every_page_and_keeps_the_rows_of_each_kind_together(tmp_path):
    report = load_standard(str(ROOT / "templates/standards/beita-2023.yaml")).read(ROOT / "data/beita-2023.yaml")
    (path,) = (path for path in report.render(tmp_path) if path.suffix == ".docx")
    tables = docx.Document(str(path)).tables
    head, *rows = next(table for table in tables if table.rows[0].cells[1].text == "一级指标").rows
    assert head.cells[0].text == "绩效指标"  # this row is repeated on the pages that follow
    kept = [(row.cells[1].text, "<w:keepNext/>" in row._tr.tc_lst[0].xml) for row in rows]
    assert kept == [
        *[("产出指标", True)] * 3,
        ("产出指标", False),
        *[("效益指标", True)] * 3,
        ("效益指标", False),
        ("满意度指标", False),
        *[("成本指标", True)] * 3,  # the total stays with the last kind
        ("总分", False),
    ]


@pytest.mark.parametrize("path", EXCEL, ids=lambda path: path.stem)
def it_prints_every_figure_of_a_workbook_in_as_many_places_as_word(path, tmp_path):
    """0.5 and 37.1% where Word prints them so; 75.00% where the standard prints two places."""
    book = workbook(path.stem, tmp_path)
    trimmed = path.stem != "beita-2023"
    for sheet in book:
        rules = {
            str(area): [rule.dxf.numFmt.formatCode for rule in formats.rules]
            for formats in sheet.conditional_formatting
            for area in formats.sqref.ranges
        }
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if not isinstance(cell.value, int | float) and cell.data_type != "f":
                continue
            if "%" not in cell.number_format:
                assert cell.number_format in ("General", "0") or not trimmed, (sheet.title, cell.coordinate)
                continue
            assert cell.number_format == "0.00%"
            own = [codes for area, codes in rules.items() if cell.coordinate in CellRange(area)]
            assert own == ([["0%", "0.0%"]] if trimmed else []), (sheet.title, cell.coordinate)


def workbook(name: str, folder: Path) -> openpyxl.Workbook:
    report = load_standard(str(ROOT / f"templates/standards/{name}.yaml")).read(ROOT / f"data/{name}.yaml")
    (path,) = (path for path in report.render(folder) if path.suffix == ".xlsx")
    return openpyxl.load_workbook(path)


def it_merges_the_kinds_of_dayu_s_scores_over_the_rows_of_their_loops(tmp_path):
    sheet = workbook("dayu-2020", tmp_path)["评分"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A4:A9", "A11:A12"} <= merged
    assert [sheet[place].value for place in ("A4", "B9", "A11", "C10")] == [
        "管理效率",
        "成本控制",
        "履职效能",
        "=SUM(C4:C9)",
    ]


def it_prints_the_amounts_of_beita_in_excel_as_in_word(tmp_path):
    sheet = workbook("beita-2023", tmp_path)["附件1-1 基础数据表"]
    assert (sheet["D12"].value, sheet["D12"].number_format) == (0.5, "General")
    assert sheet["B24"].value == "批复规模\n（㎡）"  # the bracket does not go to a line of its own


def it_lets_a_merge_cover_rows_that_only_control_a_loop():
    from generator.lint import lint_standard

    told = lint_standard(loaded(ROOT / "templates/standards/dayu-2020.yaml"))
    assert "lint-merge-covers" not in {one.code for one in told}


def it_names_the_fonts_that_this_machine_lacks(monkeypatch):
    documents = [ROOT / "templates/docx/dayu-2020.docx", ROOT / "templates/xlsx/dayu-2020.xlsx"]
    monkeypatch.setenv("PATH", "")
    assert absent_fonts(documents) is None  # nobody can say
