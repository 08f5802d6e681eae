"""What a draft calls the formulas of a workbook: by the words of the form around them, however these are stored."""

import io
from random import Random

import openpyxl

from generator.documents.produce import render_documents
from generator.report.examine import examine
from generator.standard import load_standard
from tests.support.unmeant import opened, packed
from tests.support.unmeant_excel import stored_strings

COMPUTED = """standard: case
title: 例
version: 1.0.0
fields:
  数: number
  占比: {type: number, formula: 数 / 2}
documents:
  - {template: t.xlsx, name: 表.xlsx}
"""


def it_calls_a_formula_by_the_words_over_it_that_the_program_which_saved_the_template_shares(tmp_path):
    book = openpyxl.Workbook()
    for row in (["数", "占比"], ["{{ 数 }}", "=A2/2"]):
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    members = opened(file.getvalue())
    stored_strings(members, Random(0))
    (tmp_path / "t.xlsx").write_bytes(packed(members, Random(0)))
    (tmp_path / "case.yaml").write_text(COMPUTED, "utf-8")
    report, _ = examine("数:\n".encode(), load_standard(str(tmp_path / "case.yaml")), "a.yaml")
    assert report is not None
    (made,) = render_documents(report, draft=True)
    sheet = openpyxl.load_workbook(io.BytesIO(made.content), data_only=True).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["【待填：数】", "【待填：占比】"]
