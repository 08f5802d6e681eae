"""A golden case for every finding about a form: what was done to it, its text in both languages, its JSON."""

import io
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.api import examine
from generator.cli.app import failed
from generator.diagnostics import Diagnostic, Failure
from generator.form.conversion import convert
from generator.form.forms import form_of
from generator.standard import load_standard
from tests.support.golden import check_every_code, check_golden

CASES = Path(__file__).parents[1] / "cases" / "form"
LIBRARY = Path(__file__).parents[1] / "cases" / "form-library"
DATA = """标准: 填报样表
年度: 2024
时间: 2024年3月
额: 1.5
比例: 95%
指标:
  - 名称: 数量
    权重: 1
    三级指标:
      - {名称: 甲, 值: 1}
      - {名称: 乙, 值: 2}
项目:
  - 名称: 修路
    明细: [{对象: 某村, 金额: 1}, {对象: 某镇, 金额: 2}]
成绩:
  - {标题: 一, 要点: [做了, 做完了]}
  - {标题: 二}
甲: {数: 1, 原因: [{事项: 多, 金额: 1}]}
乙: {数: 1}
丙: {数: 1}
数字: {户数: 3, 件数: 4}   # 年底数
分类: [{类: 甲类, 额: 1}]
"""
Change = Callable[[Any], None]


@cache
def form() -> bytes:
    return form_of(DATA.encode(), name="data.yaml").content


def changed(*changes: Change) -> list[Diagnostic]:
    """What is found in the sample's form after changes."""
    book = openpyxl.load_workbook(io.BytesIO(form()))
    for change in changes:
        change(book)
    Path("填报.xlsx").write_bytes(b"")
    book.save("填报.xlsx")
    return list(examine("填报.xlsx").diagnostics)


def set_input(path: str, value: Any, **more: Any) -> Change:
    def change(book: Any) -> None:
        sheet = book["填报"]
        cell = next(row[2] for row in sheet.iter_rows() if row[0].value == path)
        cell.value = value
        for name, one in more.items():
            setattr(cell, name, one)

    return change


def beside(path: str, value: Any) -> Change:
    def change(book: Any) -> None:
        row = next(row for row in book["填报"].iter_rows() if row[0].value == path)
        row[2].value, row[3].value = None, value

    return change


def set_cell(sheet: str, address: str, value: Any) -> Change:
    def change(book: Any) -> None:
        book[sheet][address] = value

    return change


def plan(old: str, new: str) -> Change:
    def change(book: Any) -> None:
        cell = book["_generator"]["A2"]
        cell.value = cell.value.replace(old, new)

    return change


def delete(sheet: str) -> Change:
    def change(book: Any) -> None:
        del book[sheet]

    return change


def delete_row(path: str) -> Change:
    def change(book: Any) -> None:
        sheet = book["填报"]
        sheet.delete_rows(next(row[0].row for row in sheet.iter_rows() if row[0].value == path))

    return change


def copy(sheet: str) -> Change:
    return lambda book: book.copy_worksheet(book[sheet])


def lose_header(book: Any) -> None:
    book["项目"].delete_rows(5)


def written(name: str, content: bytes) -> list[Diagnostic]:
    Path(name).write_bytes(content)
    return list(examine(name).diagnostics)


def damaged() -> list[Diagnostic]:
    import zipfile

    from generator.ooxml.package import open_package
    from generator.ooxml.zip_written import build

    package = open_package(form())
    assert zipfile.is_zipfile(io.BytesIO(form()))
    return written("填报.xlsx", build(package, {"xl/styles.xml": None}))


def not_a_workbook() -> list[Diagnostic]:
    from generator.ooxml.package import open_package
    from generator.ooxml.zip_written import build

    return written("填报.xlsx", build(open_package(form()), {"xl/workbook.xml": None}))


def no_form() -> list[Diagnostic]:
    book = openpyxl.Workbook()
    book.save("填报.xlsx")
    return list(examine("填报.xlsx").diagnostics)


def refusal(work: Callable[[], Any]) -> list[Diagnostic]:
    with pytest.raises(Failure) as caught:
        work()
    return list(caught.value.diagnostics)


def fill(text: str, path: str = "项目", file: str = "导出.csv") -> list[Diagnostic]:
    Path(file).write_text(text, encoding="utf-8")
    return list(form_of(None, load_standard("填报样表"), fills={path: file}).notes)


MADE: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "form-output": lambda: [*failed("form-output", name="填报.xls").diagnostics],
    "form-other-format": lambda: written("填报.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "form-not-workbook": not_a_workbook,
    "form-damaged": damaged,
    "form-below-table": lambda: changed(
        set_cell("指标", "B40", "注：权重按县里的文件"), set_cell("成绩-要点", "C60", "以上都已核对")
    ),
    "form-not-ours": no_form,
    "form-later": lambda: changed(plan('"format":1', '"format":2')),
    "form-sheet-missing": lambda: changed(delete("成绩-要点")),
    "form-sheet-copied": lambda: changed(copy("指标")),
    "form-row-missing": lambda: changed(delete_row("时间")),
    "form-column-missing": lambda: changed(lambda book: book["指标"].delete_cols(3)),
    "form-header-missing": lambda: changed(lose_header),
    "form-header-again": lambda: changed(
        set_cell("项目-明细", "C7", "对象 *"),
        set_cell("项目-明细", "D7", "金额 *"),
        set_cell("项目-明细", "B7", "项目"),
    ),
    "form-value-beside": lambda: changed(beside("额", 1.5)),
    "form-formula": lambda: changed(set_input("额", "=1+1"), set_cell("指标", "E6", "=1")),
    "form-error-value": lambda: changed(set_input("额", "#N/A", data_type="e")),
    "form-date-for-text": lambda: changed(set_input("时间", _day())),
    "form-date-for-number": lambda: changed(set_input("额", _day())),
    "form-number-for-date": lambda: changed(set_input("日期", 45000, number_format="General")),
    "form-time": lambda: changed(set_input("时间", _day().time())),
    "form-long-number": lambda: changed(set_input("电话", 1234567890123456789)),
    "form-percent-unsure": lambda: changed(set_input("比例", 95)),
    "form-two-values": lambda: changed(set_cell("指标", "C7", 2)),
    "form-place-empty": lambda: changed(set_cell("原因", "B6", None)),
    "form-no-place": lambda: changed(set_cell("原因", "B6", "丁")),
    "form-parent-empty": lambda: changed(set_cell("成绩-要点", "B6", None), set_cell("成绩-要点", "B7", None)),
    "form-no-parent": lambda: changed(set_cell("项目-明细", "B6", "修桥")),
    "form-number-twice": lambda: changed(set_cell("成绩", "B7", 1)),
    "form-name-empty": lambda: changed(set_cell("数字", "B6", None)),
    "form-name-twice": lambda: changed(set_cell("数字", "B7", "户数")),
    "form-path-empty": lambda: changed(set_cell("公布值", "C6", 3)),
    "form-stated-empty": lambda: changed(set_cell("公布值", "B6", "额")),
    "form-no-path": lambda: changed(set_cell("公布值", "B6", "没有[0]"), set_cell("公布值", "C6", 3)),
    "form-older-version": lambda: changed(plan('"version":"1.2.0"', '"version":"1.1.0"')),
    "fill-no-list": lambda: refusal(lambda: fill("名称\n甲\n", "没有")),
    "fill-file": lambda: refusal(lambda: fill("甲\n", file="导出.doc")),
    "fill-cell-too-long": lambda: refusal(lambda: fill('名称,金额\n甲,"' + "1" * 140_000)),
    "fill-columns": lambda: refusal(lambda: fill("项目名,金额\n甲,1\n")),
    "fill-left-out": lambda: fill("名称,金额\n甲,1\n"),
    "fill-argument": lambda: [*failed("fill-argument", text="项目", form="列表=文件").diagnostics],
    "mark-one-form": lambda: [*failed("mark-one-form", count=2).diagnostics],
    "mark-no-form": lambda: [*failed("mark-no-form", name="data.yaml").diagnostics],
    "mark-itself": lambda: [*failed("mark-itself", name="填报.xlsx").diagnostics],
    "convert-target": lambda: refusal(lambda: convert(DATA.encode(), "a.csv", "data.yaml")),
    "convert-not-carried": lambda: convert((DATA + "没有: [{甲: 1}]\n").encode(), ".xlsx", "data.yaml").notes,
    "convert-comments": lambda: convert(DATA.encode(), ".json", "data.yaml").notes,
}
ALSO = {"missing-value", "missing-record"}  # what follows where something was taken away


def _day() -> Any:
    import datetime

    return datetime.datetime(2024, 3, 5, 8, 30, tzinfo=datetime.UTC).replace(tzinfo=None)


@pytest.fixture(autouse=True)
def library(monkeypatch, tmp_path):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(LIBRARY))
    monkeypatch.chdir(tmp_path)


def it_finds_nothing_in_the_sample():
    assert [str(found) for found in changed() if found.severity != "info"] == []


@pytest.mark.parametrize("code", MADE)
def it_says_what_is_wrong(code, request):
    findings = list(MADE[code]())
    assert code in {found.code for found in findings}
    check_golden(CASES / code, findings, request.config.getoption("--update-golden"))


def it_has_a_case_for_every_code():
    check_every_code(MADE, "form")
