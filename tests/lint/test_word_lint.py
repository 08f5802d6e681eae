"""A golden case for every finding of the lint of Word templates and standards, and for values that print objects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.diagnostics import Severity
from generator.lint import lint_standard, lint_template
from generator.standard import load_standard
from tests.lint.word_faults import CASES, MADE, STANDARD, linted, made, standard
from tests.support.golden import check_every_code, check_golden


@pytest.mark.parametrize(("room", "code"), sorted(MADE))
def it_says_what_is_wrong(
    room: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    findings = MADE[room, code]()
    assert {finding.code for finding in findings} - {"lint-list-not-looped"} <= {code} or code == "lint-list-not-looped"
    assert code in {finding.code for finding in findings}
    check_golden(CASES / room / code, findings, bool(request.config.getoption("--update-golden")))


def it_finds_nothing_in_a_sound_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not linted(
        "{{ 年度 }}年{{ 单位.名称 }}",
        "{{ 单位.简介 }}",
        "{%p for 项 in 指标 %}",
        "{{ 项.名称 }}得{{ 项.得分 }}分，满分{{ 满分 }}分。",
        "{%p endfor %}",
        "执行率{{ 资金.执行率 }}，支出{{ 资金.执行数 }}万元。",
    )


def it_tells_faults_of_tags_as_the_engine_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    codes = {finding.code for finding in linted("{{ 年度 ", "{% for 项 in 指标 %}", "{{ 年度|没有 }}")}
    assert codes == {"template-tag-unclosed", "template-unclosed-block", "template-unknown-filter"}


def it_checks_a_template_alone_without_a_standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made("{{ 任何.名称 }}", "请在此处填写").save("模板.docx")
    assert [finding.code for finding in lint_template("模板.docx")] == ["lint-guidance-left"]


def it_does_not_blame_a_template_that_cannot_be_read_for_fields(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    findings = lint_standard(standard(document=made("{{ 年度 ")))
    assert {finding.code for finding in findings} == {"template-tag-unclosed"}


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (CASES.parents[1] / "templates/standards").glob("*-20??.yaml"))
)
def it_finds_no_error_in_the_standards_of_the_project(name: str) -> None:
    findings = lint_standard(load_standard(name))
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


OTHER = STANDARD.replace(
    "  年度: year\n", "  年度: year\n  类别: {type: choice, of: [民生, 基建]}\n  元数: {type: money, unit: 元}\n"
)


@pytest.fixture
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def linted_table(*rows: Sequence[str]) -> list[tuple[str, str]]:
    """Codes and places of what lint finds about units in a table of those rows."""
    document = made("{{ 年度 }}")
    table = document.add_table(len(rows), len(rows[0]))
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    document.save("表.docx")
    found = lint_template("表.docx", standard(OTHER))
    return [(one.code, one.location.place.zh if one.location.place else "") for one in found if "unit" in one.code]


def it_compares_the_heading_of_a_word_table_with_the_unit_below(in_a_folder):
    head = ("项目", "预算（万元）", "决算（元）")
    assert linted_table(head, ("甲", "{{ 资金.预算数 }}", "{{ 元数 }}")) == []
    assert linted_table(head, ("甲", "{{ 元数 }}", "{{ 资金.预算数 }}")) == [
        ("lint-unit-heading", "表1 第2行 第2列"),
        ("lint-unit-heading", "表1 第2行 第3列"),
    ]
    assert linted_table(head, ("甲", "{{ 元数|万元 }}", "{{ 资金.预算数|元 }}")) == []
    assert linted_table(head, ("乙", "金额（元）", ""), ("甲", "{{ 元数 }}", "{{ 元数 }}")) == []


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 单位.地址|default('未说明', true) }}",
        "{{ 单位.地址|d('未说明', boolean=true) }}",
        "{{ 单位.地址 or '未说明' }}",
    ],
)
def it_takes_a_value_that_stands_in_for_a_guard(in_a_folder, tag):
    made(f"{{{{ 年度 }}}}年，地址在{tag}，特此说明。").save("句.docx")
    assert [one.code for one in lint_template("句.docx", standard(OTHER))] == []
    made("{{ 年度 }}年，地址在{{ 单位.地址|default('未说明') }}，特此说明。").save("句.docx")
    assert [one.code for one in lint_template("句.docx", standard(OTHER))] == ["lint-blank-in-words"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("类别 == '民生'", []),
        ("类别 == '民生类'", ["民生类"]),
        ("'民生类' != 类别", ["民生类"]),
        ("类别 in ['民生', '交通']", ["交通"]),
        ("类别 == 单位.名称", []),
    ],
)
def it_tells_of_a_text_in_a_tag_that_is_no_choice(in_a_folder, condition, found):
    made(f"{{% if {condition} %}}甲{{% endif %}}乙").save("句.docx")
    told = lint_template("句.docx", standard(OTHER))
    assert [(one.code, one.arguments["text"]) for one in told] == [("lint-not-a-choice", text) for text in found]


def it_tells_of_a_text_that_selects_by_no_choice(in_a_folder):
    text = OTHER.replace("fields: {名称: text, 分值", "fields: {名称: text, 类: {type: choice, of: [优, 良]}, 分值")
    made("{% for 项 in 指标|selectattr('类', 'equalto', '差') %}{{ 项.名称 }}{% endfor %}。").save("句.docx")
    assert [one.code for one in lint_template("句.docx", standard(text))] == ["lint-not-a-choice"]


def it_has_a_case_for_every_code():
    check_every_code((code for _, code in MADE), "lint", "objects")
