"""How the pages of the five regions look: what no other test of their contents sees."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from generator import load_standard
from generator.lint.absent_fonts import absent_fonts
from generator.standard import load_standard as loaded

ROOT = Path(__file__).parents[1]
WORD = sorted((ROOT / "templates" / "docx").glob("*.docx"))
GAP = re.compile(r'</w:tbl><w:p><w:pPr><w:pStyle w:val="TableGap"/></w:pPr></w:p><w:tbl>')


@pytest.mark.parametrize("path", WORD, ids=lambda path: path.stem)
def it_draws_one_rule_where_two_tables_meet(path):
    text = zipfile.ZipFile(path).read("word/document.xml").decode()
    for gap in GAP.finditer(text):
        above = text.rfind("<w:tblPr>", 0, gap.start())
        assert '<w:tblBorders><w:bottom w:val="nil"/></w:tblBorders>' in text[above : text.find("</w:tblPr>", above)]


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
