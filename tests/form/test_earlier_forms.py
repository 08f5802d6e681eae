"""Forms that earlier versions wrote are read as they were, though their plans call the readings of cells by the names of kinds."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import openpyxl
import pytest

from generator import InvalidReport, Standard, load_standard
from generator.source.form_plan import PLAN_SHEET

CASE = Path(__file__).parents[1] / "cases" / "form-earlier"
LATER = {"公开", "图"}  # fields of kinds that the first version did not have
NAMES = {
    "integer",
    "money",
    "score",
    "year",
    "phone",
    "paragraphs",
}  # of kinds, by which no form of today calls a reading


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load_standard(CASE / "样表.yaml")


def kinds_in(form: Path) -> set[str]:
    """What the plan within a form calls the readings of its cells."""
    rows = openpyxl.load_workbook(io.BytesIO(form.read_bytes()))[PLAN_SHEET].iter_rows(values_only=True)
    plan = json.loads("".join(str(value) for row in rows for value in row if str(value).startswith(("{", "["))))
    tables = [sheet["table"]["columns"] for sheet in plan["sheets"] if sheet["table"]]
    inputs = [sheet["inputs"].values() for sheet in plan["sheets"] if sheet["inputs"]]
    return {one["kind"] for group in (*tables, *inputs) for one in group}


@pytest.mark.parametrize(("written", "lacks"), [("2026-11-27", LATER), ("2026-11-28", set())])
def it_reads_what_the_data_file_says(standard: Standard, written: str, lacks: set[str]):
    form = CASE / f"{written}.xlsx"
    assert kinds_in(form) >= NAMES | (set() if lacks else {"boolean", "image"})
    of_form, of_data = standard.read(form), standard.read(CASE / "values.yaml")
    assert [found.code for found in of_form.diagnostics] == ["report-standard-digest"]  # the standard has changed since
    assert of_data.diagnostics == ()
    for name in ("年度", "人数", "额", "得分", "比例", "日期", "电话", "公开", "图", "说明", "双倍"):
        if name not in lacks:
            assert of_form.value(name) == of_data.value(name), name
    for name in ("名称", "个数", "额", "得分", "年", "电话", "公开", "说明"):
        if name not in lacks:
            for row in (0, 1):
                assert of_form.value(f"项目[{row}].{name}") == of_data.value(f"项目[{row}].{name}"), name


@pytest.mark.parametrize("written", ["2026-11-27", "2026-11-28"])
def it_refuses_a_day_where_a_number_belongs(standard: Standard, written: str):
    book = openpyxl.load_workbook(CASE / f"{written}.xlsx")
    for sheet, cell in (("填报", "C7"), ("项目", "D6")):
        book[sheet][cell] = datetime.date(2024, 3, 5)
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(InvalidReport) as caught:
        standard.read(content.getvalue(), "填报.xlsx")
    told = [(found.code, found.location.anchor) for found in caught.value.diagnostics if found.code.startswith("form-")]
    number = "form-date-for-number"
    assert told == [(number, {"sheet": "填报", "cell": "C7"}), (number, {"sheet": "项目", "cell": "D6"})]


def it_calls_no_reading_by_the_name_of_a_kind_today(standard: Standard, tmp_path: Path):
    form = tmp_path / "填报.xlsx"
    form.write_bytes(standard.form(CASE / "values.yaml"))
    assert not kinds_in(form) & NAMES
