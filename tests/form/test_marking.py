"""`check --mark`: a copy of a form with each finding as a note of its cell, and a sheet that lists them with links."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

from generator.api import examine, load_standard
from generator.cli import run
from generator.form.conversion import convert
from generator.form.marking import marked_form
from tests.support.sample_forms import sample_book

ROOT = Path(__file__).parents[2]


def broken(tmp_path) -> Path:
    book = sample_book("beita-2023")
    sheet = book["填报"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "人员.在职人数":
            sheet.cell(row, 3).value = "三人"
        if sheet.cell(row, 1).value == "单位.名称":
            sheet.cell(row, 3).value = None
    form = tmp_path / "填报.xlsx"
    book.save(form)
    return form


def it_marks_each_finding_at_its_cell(tmp_path, capsys):
    form, marked = broken(tmp_path), tmp_path / "审核.xlsx"
    assert run(["check", str(form), "--mark", str(marked)]) == 1
    capsys.readouterr()
    findings = examine(form).diagnostics
    book = openpyxl.load_workbook(marked)
    listed = book["审核结果"]
    for number, found in enumerate(findings, 4):
        sheet, cell = found.location.anchor["sheet"], found.location.anchor["cell"]
        assert found.message in book[sheet][cell].comment.text
        assert listed.cell(number, 3).value == found.location.place.zh
        assert listed.cell(number, 3).hyperlink.location.replace("'", "") == f"{sheet}!{cell}"
        assert listed.cell(number, 4).value == found.message
        assert listed.cell(number, 5).value == found.hint
        assert (found.hint or "") in book[sheet][cell].comment.text
        assert listed.cell(number, 2).fill.fgColor.rgb != listed.cell(number, 4).fill.fgColor.rgb
    assert len(findings) == listed.max_row - 3


def it_can_be_corrected_and_checked_again(tmp_path):
    form = broken(tmp_path)
    findings = examine(form).diagnostics
    marked = marked_form(form.read_bytes(), findings)
    again = examine(marked, name="审核.xlsx").diagnostics
    assert [(found.code, found.location.place) for found in again] == [
        (found.code, found.location.place) for found in findings
    ]
    twice = openpyxl.load_workbook(io.BytesIO(marked_form(marked, [])))
    assert twice.sheetnames.count("审核结果") == 1
    notes = [cell.comment for sheet in twice.worksheets for row in sheet.iter_rows() for cell in row if cell.comment]
    assert not [note for note in notes if note.author == "generator"]


def it_keeps_the_notes_of_others(tmp_path):
    form = broken(tmp_path)
    book = openpyxl.load_workbook(form)
    cell = next(row[2] for row in book["填报"].iter_rows() if row[0].value == "人员.在职人数")
    cell.comment = openpyxl.comments.Comment("问人事科", "老王")
    book.save(form)
    marked = marked_form(form.read_bytes(), examine(form).diagnostics)
    assert openpyxl.load_workbook(io.BytesIO(marked))["填报"][cell.coordinate].comment.text.endswith("问人事科")
    cleared = marked_form(marked, [])
    assert openpyxl.load_workbook(io.BytesIO(cleared))["填报"][cell.coordinate].comment.text == "问人事科"
    assert "审核" not in convert(marked, ".yaml", "a.xlsx").content.decode()


def it_makes_the_same_bytes_on_every_run(tmp_path):
    form = broken(tmp_path)
    findings = examine(form).diagnostics
    assert marked_form(form.read_bytes(), findings) == marked_form(form.read_bytes(), findings)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["data/beita-2023.yaml", "--mark", "a.xlsx"], "mark-no-form"),
        (["data/beita-2023.yaml", "data/dayu-2020.yaml", "--mark", "a.xlsx"], "mark-one-form"),
        (["data/beita-2023.yaml", "--mark", "a.txt"], "form-output"),
    ],
)
def it_refuses_what_cannot_be_marked(arguments, code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert run(["check", *arguments]) == 2
    assert f"[{code}]" in capsys.readouterr().err


def it_does_not_write_over_the_form(tmp_path, capsys):
    form = broken(tmp_path)
    assert run(["check", str(form), "--mark", str(form)]) == 2
    assert "[mark-itself]" in capsys.readouterr().err


def it_keeps_the_red_stars_of_what_must_be_filled_in():
    """Text in several fonts stays so, the clerk's own too: openpyxl reads it as plain text unless it is asked not to."""
    form = load_standard("shifeng-2020").form()
    assert rich_texts(marked_form(form, [], "zh")) == rich_texts(form) != {}


def rich_texts(content: bytes) -> dict[tuple[str, str], str]:
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {(title, cell.coordinate): repr(cell.value) for title, cell in cells if isinstance(cell.value, CellRichText)}


def it_shows_every_problem_of_its_list_whole():
    form = load_standard("shifeng-2020").form()
    found = examine(form, name="a.xlsx").diagnostics
    sheet = openpyxl.load_workbook(io.BytesIO(marked_form(form, found))).worksheets[0]
    long = [row for row in range(4, sheet.max_row + 1) if len(str(sheet.cell(row, 4).value)) > 30]
    assert long
    assert all((sheet.row_dimensions[row].height or 0) >= 33 for row in long)  # two lines of 15 points
