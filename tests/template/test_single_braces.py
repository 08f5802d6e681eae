"""A field in one pair of braces, which would print as it stands: refused where a report is printed, at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from generator import InvalidTemplate, load_standard

ROOT = Path(__file__).parents[2]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The standards that come with the program, to be marked up."""
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))


def _refused(library: Path) -> list[str]:
    """Where each refused pair of braces stands, and its text; nothing where the report is printed."""
    report = load_standard(library / "standards" / "shifeng-2020.yaml").read(ROOT / "data" / "shifeng-2020.yaml")
    try:
        report.documents()
    except InvalidTemplate as refusal:
        return [f"{one.code} {one.location.place and one.location.place.zh}" for one in refusal.diagnostics]
    return []


def _mark_word(library: Path, *runs: str) -> None:
    path = library / "docx" / "shifeng-2020.docx"
    document = docx.Document(str(path))
    for run in runs:
        document.paragraphs[0].add_run(run)
    document.save(str(path))


def it_refuses_a_field_in_one_pair_of_braces_wherever_runs_are_cut(library: Path):
    _mark_word(library, "得{ 总", "分 }分")
    assert _refused(library) == ["lint-single-braces 正文 第1段"]


def it_refuses_it_in_braces_of_double_width_and_twice_one(library: Path):
    _mark_word(library, "得｛总分｝分，{ {总分} }")
    assert _refused(library) == ["lint-single-braces 正文 第1段", "lint-single-braces 正文 第1段"]


def it_refuses_it_in_a_cell(library: Path):
    path = library / "xlsx" / "shifeng-2020.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["Z50"] = "得{ 总分 }分"
    book.save(path)
    assert _refused(library) == [f"lint-single-braces {sheet.title}!Z50"]


def it_refuses_it_in_a_process_of_its_own(library: Path):
    _mark_word(library, "{ 总分 }")
    report = load_standard(library / "standards" / "shifeng-2020.yaml").read(ROOT / "data" / "shifeng-2020.yaml")
    with pytest.raises(InvalidTemplate) as refusal:
        report.documents(isolated=True)
    assert [one.code for one in refusal.value.diagnostics] == ["lint-single-braces"]


@pytest.mark.parametrize(
    "runs",
    [
        (
            "得$",
            "总分$分",
        ),
        ("得«总分»分",),
        ("{%r for 项 in 成绩 %}", "{ 项.标题 }", "{%r endfor %}"),
    ],
)
def it_refuses_what_other_programs_fill_in_and_a_loop_s_variable(library: Path, runs: tuple[str, ...]):
    _mark_word(library, *runs)
    assert _refused(library) == ["lint-single-braces 正文 第1段"]


def it_refuses_it_in_a_header_and_a_cell_without_a_tag(library: Path):
    path = library / "docx" / "shifeng-2020.docx"
    document = docx.Document(str(path))
    document.sections[0].header.paragraphs[0].text = "$年度$年"
    document.save(str(path))
    assert _refused(library) == ["lint-single-braces 页眉（第1节） 第1段"]
    path = library / "xlsx" / "shifeng-2020.xlsx"
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["Z50"] = "得«总分»分"
    book.save(path)
    assert _refused(library)[1:] == [f"lint-single-braces {book.worksheets[0].title}!Z50"]


def it_prints_braces_around_what_is_no_field(library: Path):
    _mark_word(library, "{ 见附件 }98%总分%《总分》$附件${% raw %}{ 总分 }{% endraw %}")
    assert _refused(library) == []
