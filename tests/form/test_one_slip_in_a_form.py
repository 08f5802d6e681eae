"""One slip in a filled-in form is one finding: columns, rows and headers that are gone, parents and numbers that are wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from generator.diagnostics import Severity
from generator.form.conversion import convert
from generator.report import examine

ROOT = Path(__file__).parents[2]


@cache
def _form() -> bytes:
    return convert(ROOT / "data" / "shifeng-2020.yaml", ".xlsx").content


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)


def _without_column(sheet: str, label: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        table = book[sheet]
        number = next(cell.column for row in table.iter_rows() for cell in row if cell.value == label)
        table.delete_cols(number)

    return change


def _with(sheet: str, row: int, column: int, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet].cell(row, column).value = value  # pyright: ignore[reportAttributeAccessIssue]

    return change


def _without_row(sheet: str, row: int) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].delete_rows(row)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_without_column("指标", "分值 *"), "form-column-missing"),
        (_without_column("指标", "一级指标 *"), "form-column-missing"),
        (_without_column("指标", "三级指标 *"), "form-column-missing"),
        (_without_column("指标", "年度指标值"), "form-column-missing"),
        (_without_column("整体支出绩效情况", "标题 *"), "form-column-missing"),
        (_without_column("项目支出-支出明细", "金额 *"), "form-column-missing"),
        (_without_row("指标", 5), "form-header-missing"),
        (_without_row("填报", 6), "form-row-missing"),
        (_with("项目支出-支出明细", 6, 2, "非公有制企业项目"), "form-no-parent"),
        (_with("整体支出绩效情况-要点", 6, 2, 9), "form-no-parent"),
        (_with("整体支出绩效情况", 7, 2, 1), "form-number-twice"),
        (_with("填报", 6, 3, 2202), "year-not-fiscal"),
        (_without_column("填报", "填写"), "form-column-missing"),
        (_with("指标", 19, 2, "合计"), "form-below-table"),
        (_with("指标", 20, 2, "注：得分由单位填写"), "form-below-table"),
        (_with("指标", 6, 6, ">=52"), "value-not-number"),
        (_with("填报", 49, 3, "(161.4)"), "value-not-number"),
        (_without_column("正文", "填写"), "form-column-missing"),
    ],
)
def it_tells_one_slip_once(change: Callable[[Workbook], None], code: str):
    book = openpyxl.load_workbook(io.BytesIO(_form()))
    change(book)
    changed = io.BytesIO()
    book.save(changed)
    told = [found for found in examine(changed.getvalue(), name="填报.xlsx")[1] if found.severity is not Severity.INFO]
    assert [(found.code, found.severity) for found in told] == [(code, Severity.ERROR)]


@pytest.mark.parametrize("name", ["dayu-2020", "huidong-2023"])
def it_tells_the_column_of_all_values_once(name: str):
    book = openpyxl.load_workbook(io.BytesIO(convert(ROOT / "data" / f"{name}.yaml", ".xlsx").content))
    _without_column("填报", "填写")(book)
    changed = io.BytesIO()
    book.save(changed)
    told = [found for found in examine(changed.getvalue(), name="填报.xlsx")[1] if found.severity is not Severity.INFO]
    assert [found.code for found in told] == ["form-column-missing"]


def it_reads_values_whose_mark_alone_is_gone():
    book = openpyxl.load_workbook(io.BytesIO(_form()))
    book["填报"]["C1"].value = None
    changed = io.BytesIO()
    book.save(changed)
    assert [
        found for found in examine(changed.getvalue(), name="填报.xlsx")[1] if found.severity is Severity.ERROR
    ] == []


@pytest.mark.parametrize(("typed", "bare"), [(">=52", "52"), ("≥52家", "52"), ("＞ 52", "52"), ("52家以上", "52")])
def it_says_of_a_bound_that_only_its_number_is_typed(typed: str, bare: str):
    book = openpyxl.load_workbook(io.BytesIO(_form()))
    _with("指标", 6, 6, typed)(book)
    changed = io.BytesIO()
    book.save(changed)
    (found,) = [one for one in examine(changed.getvalue(), name="填报.xlsx")[1] if one.severity is Severity.ERROR]
    assert f"：{bare}。" in str(found.hint)
