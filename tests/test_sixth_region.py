"""A region needs no Python: a standard, templates and a data file, all of whose documents are as they were.

`tests/cases/qinghe-2024` is a library of its own, which includes the shared types of the project's. Each document is held as
its readable text; `--update-golden` accepts what was obtained.
"""

import io
import shutil
from pathlib import Path

import pytest

from generator.api import show
from generator.diagnostics import Severity
from generator.documents.produce import render_documents
from generator.lint import lint_standard
from generator.report import examine
from generator.standard import load_standard

ROOT = Path(__file__).parents[1]
CASE = Path(__file__).parent / "cases" / "qinghe-2024"
DATA = CASE / "data" / "qinghe-2024.yaml"


@pytest.fixture
def qinghe(monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(CASE / "templates"))
    monkeypatch.chdir(ROOT)
    return load_standard("qinghe-2024")


def it_has_no_python_of_its_own(qinghe):
    assert {path.suffix for path in CASE.rglob("*") if path.is_file()} <= {".yaml", ".docx", ".xlsx", ".txt"}


def it_is_linted_without_errors(qinghe):
    assert [str(found) for found in lint_standard(qinghe) if found.severity is Severity.ERROR] == []


def it_renders_every_document_as_before(qinghe, tmp_path, request):
    report, findings = examine(str(DATA), qinghe)
    assert report is not None
    assert [str(found) for found in findings if found.severity is Severity.ERROR] == []
    names = []
    for document in render_documents(report):
        names.append(document.name)
        path = tmp_path / document.name
        path.write_bytes(document.content)
        text = show(path)
        golden = CASE / "expected" / (document.name + ".txt")
        if request.config.getoption("--update-golden"):
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(text, encoding="utf-8", newline="\n")
        assert golden.read_text(encoding="utf-8") == text
    assert names == [
        "XM001初中公用经费自评表.docx",
        "青禾县教育体育局2024年度项目支出绩效自评报告.docx",
        "青禾县教育体育局2024年度项目支出绩效自评表.xlsx",
    ]


def it_tells_a_department_what_it_left_out(qinghe, tmp_path):
    data = tmp_path / "data.yaml"
    shutil.copy(DATA, data)
    text = data.read_text(encoding="utf-8").replace("管理人员: 6, ", "").replace("纳入公开: 否", "纳入公开: 不")
    data.write_text(text, encoding="utf-8")
    _, findings = examine(str(data), qinghe)
    assert {found.code for found in findings if found.severity is Severity.ERROR} == {
        "missing-row",
        "value-not-boolean",
    }


def it_is_filled_in_as_a_form_by_a_clerk(qinghe, tmp_path):
    """The empty form takes what a clerk types into its cells, and the documents are those of the data file, byte for byte."""
    from openpyxl import load_workbook

    from generator.form.forms import form_of

    report, wished = examine(str(DATA), qinghe)
    assert report is not None
    typed = load_workbook(io.BytesIO(form_of(DATA).content))
    blank = load_workbook(io.BytesIO(form_of(None, qinghe).content))
    assert blank.sheetnames == typed.sheetnames
    cells = 0
    for sheet in typed.worksheets[1:-1]:
        for row in sheet.iter_rows():
            for cell in row:
                own = blank[sheet.title][cell.coordinate]
                if cell.value is not None and cell.data_type != "f" and own.value != cell.value:
                    assert own.data_type != "f"
                    own.value = cell.value
                    cells += 1
    assert cells > 100
    form = tmp_path / "填报.xlsx"
    blank.save(form)
    filled, findings = examine(str(form), qinghe)
    assert filled is not None
    assert [found.code for found in findings] == [found.code for found in wished]
    made, wanted = ({one.name: one.content for one in render_documents(each)} for each in (filled, report))
    assert made == wanted
