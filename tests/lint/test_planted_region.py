"""A region's standard of another shape (one project, its lots, a document for each), written from the guides alone.

`tests/cases/yunxi-2024` holds it as a clerk writes it: the standard, the two Word templates and the worksheet as text, a data
file, and mistakes to plant. Sound, it renders without a word of complaint; each mistake is found at its place, once, with a
hint.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.api import show
from generator.cli import run
from generator.diagnostics import Diagnostic, Invalid
from generator.documents.produce import render_documents
from generator.lint import lint_standard
from generator.report import examine
from generator.standard import load_standard
from tests.support.guide import cells, excel_template, word_template

CASE = Path(__file__).parents[1] / "cases" / "yunxi-2024"
PLANTED: list[dict[str, Any]] = yaml.safe_load((CASE / "planted.yaml").read_text(encoding="utf-8"))
PLACES = {
    "standard.yaml": "standards/yunxi-xm-2024.yaml",
    "report.txt": "docx/yunxi-xm-2024.docx",
    "lot.txt": "docx/yunxi-bd-2024.docx",
    "grid.txt": "xlsx/yunxi-xm-2024.xlsx",
}


def text_of(name: str) -> str:
    return (CASE / name).read_text(encoding="utf-8")


def write(name: str, text: str, library: Path) -> None:
    """One file of the library, made of its text."""
    path = library / PLACES[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    if name == "standard.yaml":
        path.write_text(text, encoding="utf-8")
    elif name == "grid.txt":
        rows = enumerate(map(cells, text.splitlines()), 1)
        excel_template(
            {f"{letter}{row}": one for row, texts in rows for letter, one in zip("ABCDE", texts, strict=True) if one}
        ).save(path)
    else:
        word_template(text).save(str(path))


@cache
def sound(folder: Path) -> Path:
    for name in PLACES:
        write(name, text_of(name), folder)
    return folder


@pytest.fixture
def library(tmp_path, monkeypatch, tmp_path_factory) -> Path:
    """The library in `templates` of a folder of its own, the current one."""
    made = sound(tmp_path_factory.getbasetemp() / "yunxi")
    shutil.copytree(made, tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    return tmp_path / "templates"


def linted() -> list[Diagnostic]:
    try:
        return lint_standard(load_standard("templates/standards/yunxi-xm-2024.yaml"))
    except Invalid as fault:
        return list(fault.diagnostics)


def placed(found: Diagnostic) -> str:
    where = found.location
    return f"{found.code} {where.place.zh if where.place else f'{where.line}:{where.column}'}"


def it_is_sound(library):
    assert [str(found) for found in linted()] == []


def it_prints_every_document(library, tmp_path):
    shutil.copy(CASE / "data.yaml", tmp_path / "data.yaml")
    report, found = examine("data.yaml")
    assert report is not None
    assert [str(one) for one in found] == []
    documents = {one.name: one.content for one in render_documents(report)}
    assert list(documents) == [
        "云溪县林业局石漠化综合治理2024年度自评报告.docx",
        "云溪县林业局石漠化综合治理2024年度自评表.xlsx",
        "一标段情况表.docx",
        "二标段情况表.docx",
    ]
    path = tmp_path / "报告.docx"
    path.write_bytes(documents["云溪县林业局石漠化综合治理2024年度自评报告.docx"])
    text = show(path)
    for line in (
        "参与人员47人，其中管理人员5人、技术人员12人。",
        "预算300万元（3,000,000元），执行290万元，执行率96.67%，结余10万元。",
        "执行得9.7分，总分95.2分，等级优。失分最多的是验收合格率、群众满意度。",
        "二标段合同额120万元，2024年4月1日至2024年12月15日，共259天，已完成，逾期，扣2分。",
    ):
        assert line in text


def it_goes_the_way_of_a_package_and_into_the_next_year(library, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    shutil.copy(CASE / "data.yaml", tmp_path / "数据.yaml")
    for typed in (
        "standard pack yunxi-xm-2024 -o 标准.zip",
        "standard install 标准.zip",
        "standard describe yunxi-xm-2024 -o 说明.html",
        "convert 数据.yaml -o 填报.xlsx",
        "render 数据.yaml -o 甲",
        "render 填报.xlsx -o 乙",
        "standard roll yunxi-xm-2024 yunxi-xm-2025",
        "lint yunxi-xm-2025 --strict",
        "migrate 数据.yaml --to yunxi-xm-2025 -o 明年.yaml",
    ):
        arguments: list[str] = [*typed.split()]
        assert run(arguments) == 0, f"{typed}\n{capsys.readouterr().err}"
    made = sorted(path.name for path in (tmp_path / "甲").iterdir())
    assert len(made) == 4
    assert [(tmp_path / "乙" / name).read_bytes() == (tmp_path / "甲" / name).read_bytes() for name in made] == [
        True
    ] * 4
    assert (library / "docx" / "yunxi-bd-2025.docx").is_file()


@pytest.mark.parametrize(
    "planted",
    [  # every fourth one in the short run
        pytest.param(one, id=one["what"], marks=[pytest.mark.slow] if number % 4 else [])
        for number, one in enumerate(PLANTED)
    ],
)
def it_finds_a_planted_mistake(library, planted):
    text = text_of(planted["file"])
    assert planted["old"] in text
    write(planted["file"], text.replace(planted["old"], planted["new"], 1), library)
    found = linted()
    assert [placed(one) for one in found] == planted["told"]
    assert all(one.hint for one in found)
