"""Rows of a form that do not stand quite as the form gave them: read as they are meant where nothing else can be, told once where not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.diagnostics import Diagnostic, Severity
from generator.report import examine
from generator.report.data_digest import data_digest
from generator.source.form_homes import ordinal
from tests.support.sample_forms import sample_book, saved

Change = Callable[[Any], None]


def _read(change: Change, name: str = "shifeng-2020") -> tuple[str, list[Diagnostic]]:
    """What the changed form comes to, and what is told of it that is not told of the sample."""
    book = sample_book(name)
    before, told = examine(saved(book), name="填报.xlsx")
    assert before is not None
    change(book)
    report, found = examine(saved(book), name="填报.xlsx")
    assert report is not None
    known = {(one.code, str(one.message)) for one in told}
    same = "same" if data_digest(report) == data_digest(before) else "changed"
    return same, [one for one in found if (one.code, str(one.message)) not in known]


def _place(found: Diagnostic) -> str:
    return found.location.place.zh if found.location.place is not None else ""


def _cells(sheet: str, **values: Any) -> Change:
    def change(book: Any) -> None:
        for address, value in values.items():
            book[sheet][address] = value

    return change


def _rows(sheet: str, column: int, values: list[Any]) -> Change:
    def change(book: Any) -> None:
        for row, value in enumerate(values, 6):
            book[sheet].cell(row, column).value = value

    return change


def _pasted_header(book: Any) -> None:
    book["指标"].insert_rows(10)
    for column in range(2, 15):
        book["指标"].cell(10, column).value = book["指标"].cell(5, column).value


def _subtotal(name: str, **numbers: Any) -> Change:
    def change(book: Any) -> None:
        book["指标"].insert_rows(14)
        _cells("指标", B14=name, **numbers)(book)

    return change


@pytest.mark.parametrize(
    "change",
    [
        _cells("整体支出绩效情况-要点", B6="2"),
        _cells("整体支出绩效情况-要点", B6="第2项"),
        _cells("整体支出绩效情况-要点", B6="（二）"),
        _cells("整体支出绩效情况-要点", B6="加强沟通协调服务，助力民营企业发展"),
        _rows("整体支出绩效情况", 2, [None] * 11),
        _rows("整体支出绩效情况", 2, [*"一二三四五六"]),
        _rows("整体支出绩效情况", 2, [f"{number}." for number in range(1, 7)]),
        _cells("指标", B7="产出\u3000指标"),
        _cells("指标", B8="产出\n指标", C8="数量 指标"),
        _cells("项目支出-支出明细", B6="非公有制中小微企业\n发展项目"),
    ],
)
def it_reads_a_row_that_can_belong_to_one_item_only(change: Change):
    assert _read(change) == ("same", [])


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (_pasted_header, "form-header-again", "指标!B10"),
        (_subtotal("小计", K14="=SUM(K6:K13)"), "total-row", "指标!B14"),
        (_subtotal("产出指标小计", K14=50, L14=48), "total-row", "指标!B14"),
        (_cells("指标", B19="合计", K19=90, L19=87), "total-row", "指标!B19"),
    ],
)
def it_leaves_out_a_row_that_is_none_of_the_table_and_says_so(change: Change, code: str, place: str):
    same, (found,) = _read(change)
    assert (same, found.code, _place(found)) == ("same", code, place)


@pytest.mark.parametrize(
    ("change", "name", "code", "place"),
    [
        (_cells("项目支出", B6="另一个项目"), "shifeng-2020", "form-no-parent", "项目支出-支出明细!B6"),
        (lambda book: book.remove(book["填报"]), "shifeng-2020", "form-sheet-missing", ""),
        (_cells("填报", C49=None, D49=161.4), "shifeng-2020", "form-value-beside", "填报!D49"),
        (_cells("填报", C49=None, F49="161.40"), "shifeng-2020", "form-value-beside", "填报!F49"),
        (_cells("增减的主要原因", B6="收支与上年"), "wanzhou-2020", "form-no-place", "增减的主要原因!B6"),
        (_cells("增减的主要原因", B6=None), "wanzhou-2020", "form-place-empty", "增减的主要原因!B6"),
    ],
)
def it_tells_what_belongs_nowhere_once_and_not_what_follows(change: Change, name: str, code: str, place: str):
    _, (found,) = _read(change, name)
    assert (found.code, _place(found), found.severity) == (code, place, Severity.ERROR)


def it_counts_the_rows_that_call_what_is_not_there():
    _, (found,) = _read(_cells("项目支出", B6="非公有制中小企业发展项目"))
    assert "（共11行）" in str(found.message)
    assert "是不是“非公有制中小企业发展项目”" in str(found.hint)


def it_lets_a_note_in_words_stand_beside_an_empty_cell():
    assert _read(_cells("填报", F16="待与人事部门核对")) == ("same", [])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1", "1"), ("02", "2"), ("３．", "3"), ("(4)", "4"), ("第五项", "5"), ("十", "10"), ("二十一、", "21")],
)
def it_knows_a_number_in_any_spelling(typed: str, meant: str):
    assert ordinal(typed) == meant


@pytest.mark.parametrize("typed", ["产出指标", "2020年", "1-2", "十十", "一二"])
def it_leaves_what_is_no_number_as_it_is(typed: str):
    assert ordinal(typed) == typed


def it_says_that_a_row_that_says_none_is_no_item():
    def change(book: Any) -> None:
        _rows("领导职数", 3, [None, None])(book)
        _cells("领导职数", B6="无", B7=None)(book)

    _, (found,) = _read(change)
    assert (found.code, _place(found)) == ("missing-value", "领导职数!C6")
    assert "写着“无”也算一行；没有就清空这一行。" in str(found.hint)


def it_shows_the_computed_figures_of_the_report_and_not_what_its_checks_compare():
    heads = {str(cell.value) for cell in sample_book("shifeng-2020")["指标"][5]}
    assert "完成比例" in heads
    assert not heads & {"目标值", "完成值", "目标文字数", "大约目标值"}


def it_marks_an_optional_list_as_optional():
    book = sample_book("shifeng-2020")
    assert [book["主要职能"]["B5"].value, book["年度总体目标（预期目标）"]["B5"].value] == [
        "主要职能",
        "年度总体目标（预期目标） *",
    ]
