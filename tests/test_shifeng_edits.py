"""Ordinary edits of a data file: what each changes in report and workbook, and that nothing else changes.

Each test edits the text of data/shifeng-2020.yaml as a clerk would, renders, and lists every paragraph, table row and
sheet row that is gone or new. Documents are read with python-docx and openpyxl.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator import load_standard
from generator.diagnostics import Diagnostic, InvalidReport

ROOT = Path(__file__).parent.parent
DATA = (ROOT / "data/shifeng-2020.yaml").read_text("utf-8")
Line = tuple[str, ...]


@dataclass(frozen=True)
class Documents:
    """A rendered pair: paragraphs outside tables, rows of tables, rows of sheets, merged ranges by sheet."""

    names: tuple[str, ...]
    paragraphs: list[Line]
    rows: list[Line]
    cells: list[Line]
    merges: dict[str, set[str]]
    findings: tuple[Diagnostic, ...]


def shown(value: Any) -> str:
    """A cell's value as text, numbers without a float's tail."""
    if value is None:
        return ""
    return format(Decimal(repr(value)).normalize(), "f") if isinstance(value, int | float) else str(value)


def read(paths: list[Path], findings: tuple[Diagnostic, ...]) -> Documents:
    report = docx.Document(str(next(path for path in paths if path.suffix == ".docx")))
    book = openpyxl.load_workbook(next(path for path in paths if path.suffix == ".xlsx"), data_only=True)
    rows = []
    for table in report.tables:
        for row in table.rows:
            texts: list[str] = []
            cells = []
            for cell in row.cells:
                if cell._tc not in cells:
                    cells.append(cell._tc)
                    texts.append(cell.text)
            rows.append(tuple(texts))
    return Documents(
        names=tuple(path.name for path in paths),
        paragraphs=[(paragraph.text,) for paragraph in report.paragraphs if paragraph.text],
        rows=rows,
        cells=[
            (sheet.title, *(shown(value) for value in row if value is not None))
            for sheet in book.worksheets
            for row in sheet.iter_rows(values_only=True)
            if any(value is not None for value in row)
        ],
        merges={sheet.title: {str(merged) for merged in sheet.merged_cells.ranges} for sheet in book.worksheets},
        findings=findings,
    )


def edited(*edits: tuple[str, str]) -> str:
    """The data file's text after replacing each first text, which must stand there once, by the second."""
    text = DATA
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def standard() -> Any:
    return load_standard("shifeng-2020")


@pytest.fixture
def render(standard: Any, tmp_path: Path) -> Callable[..., Documents]:
    def rendered(*edits: tuple[str, str]) -> Documents:
        file = tmp_path / "data.yaml"
        file.write_text(edited(*edits), "utf-8")
        report = standard.read(file)
        return read([Path(path) for path in report.render(tmp_path / "out")], tuple(report.diagnostics))

    return rendered


@pytest.fixture(scope="module")
def before(standard: Any, tmp_path_factory: pytest.TempPathFactory) -> Documents:
    report = standard.read(ROOT / "data/shifeng-2020.yaml")
    paths = report.render(tmp_path_factory.mktemp("before"))
    return read([Path(path) for path in paths], tuple(report.diagnostics))


def changes(old: list[Line], new: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that are gone and the lines that are new."""
    gone, come = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            come += new[c:d]
    return gone, come


def told(read_file: Callable[[], Any]) -> list[str]:
    """The messages of a data file that is refused."""
    with pytest.raises(InvalidReport) as caught:
        read_file()
    return [str(finding) for finding in caught.value.diagnostics]


def between(start: str, end: str) -> str:
    """The part of the data file from one text up to another."""
    first = DATA.index(start)
    return DATA[first : DATA.index(end, first)]


PROJECTS = between("项目:\n", "问题和措施:")
VISITS = '            实际完成值: "{{ 事实.走访家数 }}家"\n            分值: 10\n            得分: 10\n'
MEETING = "          - {名称: 组织召开了四届五次执委会议, 目标数: 1, 完成数: 1, 计量单位: 次, 分值: 1, 得分: 1}\n"
COST = between("      - 名称: 成本指标\n        三级指标:\n          - 名称: 全年资金", "  - 名称: 效益指标\n")
TIMELINESS = '            实际完成值: "{{ 年度 }}年12月前"\n            分值: 10\n            得分: 10\n'
LASTING = "      - 名称: 可持续影响指标\n        三级指标:\n          - 名称: 加强沟通"
SATISFACTION = between("    二级指标:\n      - 名称: 服务对象满意度指标", "\n项目:\n")
RESEARCH = between("  - 标题: 加强调查研究", "  - 标题: 加强联络帮扶")
LEGAL = between("      - 标题: 对接法律咨询服务", "      - 标题: 助推银企合作共赢")
GRADES = "{名称: 各项考核指标等级, 年度指标值: 优, 实际完成值: 优, 分值: 10, 得分: 10}"
