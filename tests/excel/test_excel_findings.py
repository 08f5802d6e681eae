"""A golden case for every finding of the Excel engine: the template, and what is told of it in both languages and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Alignment
from openpyxl.worksheet.table import Table

from generator import ExcelTemplate
from generator.diagnostics import Diagnostic
from tests.support import words
from tests.support.golden import check_every_code
from tests.support.told import CASES, check_case, check_place, in_excel, saved, workbook

LOOP = {"A1": "{%tr for 项 in 指标 %}", "A2": "{{ 项.名称 }}", "A3": "{%tr endfor %}"}


def number_format() -> Any:
    book = workbook({"A1": 1, "A2": "{{ 年度 }}"})
    book["表"]["A1"].number_format = '0"{{ 单位 }}"'
    return book


def notes_of_long_text() -> Iterable[Diagnostic]:
    book = workbook({"A1": 1, "B2": "{{ 说明 }}"})
    book["表"]["B2"].alignment = Alignment(wrap_text=True)
    Path("模板.xlsx").write_bytes(saved(book))
    _, notes = ExcelTemplate("模板.xlsx").render_with_notes({"说明": "完成" * 1_500})
    return notes


def overlapping() -> Any:
    """Cells that two tags merge, across and down."""
    return workbook(
        {"A1": "{%tr for 项 in 指标 %}", "A2": "{% colspan 2 %}甲", "B2": "{% vm %}乙", "A3": "{%tr endfor %}"}
    )


def with_table() -> Any:
    own = {"A1": "{%sheet for 项 in 指标 %}", "A2": "名称", "A3": "{{ 项 }}"}
    book = workbook(own, title="分表")
    book["分表"].add_table(Table(displayName="表1", ref="A2:A3"))
    return book


def colour_and_count(tag: str, value: Any) -> tuple[Diagnostic, ...]:
    return in_excel({"B2": tag + "甲"}, {"值": value})


EXCEL: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "excel-no-workbook": lambda: in_excel(content=words.pack({"[Content_Types].xml": b"<Types/>"})),
    "excel-unsafe-link": lambda: in_excel(
        {"A1": "{{ 网址 }}", "B1": '=HYPERLINK(A1,"官网")'}, {"网址": "javascript:alert(1)"}
    ),
    "excel-control-row-mixed": lambda: in_excel({**LOOP, "C1": "名称"}),
    "excel-control-column-mixed": lambda: in_excel(
        {"A1": "{%tc for 月 in 月份 %}", "A2": "单位", "B1": "{{ 月 }}", "C1": "{%tc endfor %}"}
    ),
    "excel-tag-not-for-rows": lambda: in_excel({"A1": "{%tr macro m() %}", "A2": "甲", "A3": "{%tr endmacro %}"}),
    "excel-tag-of-word": lambda: in_excel({"A1": "{%p if 有指标 %}甲{%p endif %}"}),
    "excel-loops-beside": lambda: in_excel(
        {
            "A1": "{%tr for 项 in 指标 %}",
            "B1": "{%tr for 项 in 资金 %}",
            "A2": "{{ 项 }}",
            "A3": "{%tr endfor %}{%tr endfor %}",
        }
    ),
    "excel-wide-braces": lambda: in_excel({"B2": "支出｛｛ 金额 ｝｝万元"}),
    "excel-half-tag": lambda: in_excel({"B2": "支出{ 金额 }}万元"}),
    "excel-tag-left": lambda: in_excel(book=number_format()),
    "excel-tag-in-formula": lambda: in_excel({"B2": "=SUM({{ 金额 }},1)"}),
    "excel-control-character": lambda: in_excel({"B2": "{{ 说明 }}"}, {"说明": "完成\x07情况"}),
    "excel-text-too-long": lambda: in_excel({"B2": "{{ 说明 }}"}, {"说明": "完成" * 20_000}),
    "excel-row-too-high": notes_of_long_text,
    "excel-not-finite": lambda: in_excel({"B2": "{{ 率 }}"}, {"率": float("nan")}),
    "excel-too-many-rows": lambda: in_excel(
        {"A1": "{%tr for i in 行 %}", "A2": "{{ i }}", "A1000000": "{%tr endfor %}"}, {"行": range(3)}
    ),
    "excel-too-many-columns": lambda: in_excel(
        {"A1": "{%tc for i in 列 %}", "B1": "{{ i }}", "C1": "{%tc endfor %}"}, {"列": range(16_385)}
    ),
    "excel-merges-overlap": lambda: in_excel(book=overlapping(), context={"指标": [1, 2]}),
    "excel-not-a-colour": lambda: colour_and_count("{% cellbg 值 %}", "红色"),
    "excel-not-a-count": lambda: colour_and_count("{% colspan 值 %}", "三"),
    "excel-sheet-tag": lambda: in_excel(
        {"A1": "{%sheet hidden 甲 %}", "B1": "{%sheet if 甲 %}", "C1": "{%sheet if 乙 %}"}
    ),
    "excel-sheet-name-control": lambda: in_excel(book=workbook({"A1": 1}, title="{% if 甲 %}乙{% endif %}")),
    "excel-sheet-unnamed": lambda: in_excel({"A1": "{%sheet name 名称 %}", "A2": 1}, {"名称": ""}),
    "excel-no-sheet": lambda: in_excel({"A1": "{%sheet for 项 in 指标 %}", "A2": "{{ 项 }}"}, {"指标": []}),
    "excel-sheet-not-repeatable": lambda: in_excel(book=with_table(), context={"指标": ["甲", "乙"]}),
}
# What concerns a workbook as a whole.
WHOLE = {
    "excel-no-workbook",
    "excel-no-sheet",
}
# What concerns a sheet or its cells, not one tag.
TAGLESS = {
    "excel-wide-braces",
    "excel-half-tag",
    "excel-row-too-high",
    "excel-too-many-rows",
    "excel-too-many-columns",
    "excel-unsafe-link",
    "excel-merges-overlap",
    "excel-sheet-unnamed",
    "excel-sheet-not-repeatable",
}


@pytest.mark.parametrize("code", EXCEL)
def it_says_what_is_wrong(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    check_case(code, list(EXCEL[code]()), CASES / "excel" / code, bool(request.config.getoption("--update-golden")))


@pytest.mark.parametrize("code", sorted({*EXCEL} - WHOLE))
def it_names_place_and_tag(code: str) -> None:
    check_place(CASES / "excel" / code, code in TAGLESS)


def it_has_a_case_for_every_code():
    check_every_code(EXCEL, "excel")
