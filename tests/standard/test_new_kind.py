"""A kind of field is one object: with it in the list of kinds, every door of the program takes fields of it."""

import io
import json

import docx
import openpyxl
import pytest
from pydantic import ValidationError

import generator
from generator.cli import run
from generator.lint import lint_standard, lint_template
from generator.standard import load_standard
from generator.standard.kinds import KINDS
from tests.support.month_kind import MONTH

STANDARD = """standard: case
title: 例
fiscal_year: 2023
version: 1.0.0
fields:
  名称: {type: text, label: 项目名称}
  起始: {type: month, label: 起始月份}
  停办: {type: optional month, label: 停办月份, empty: 至今}
  各月: {type: list of month, label: 各月份, required: false}
  评审: {type: map, of: month, label: 评审月份, required: false}
  分项: {type: list, label: 分项, required: false, key: 月份, fields: {月份: {type: month, label: 分项月份}, 数: {type: integer, label: 件数}}}
  说明: {type: text, label: 起止, text: "自{{ 起始 }}起"}
checks:
  - {id: 起止, rule: 起始 != 停办, message: 起始月份和停办月份不能一样}
documents: [{template: 报告.docx, name: 报告}, {template: 报告.xlsx, name: 报告}]
"""
DATA = """标准: case
名称: 某项目
起始: 2023-05
各月: [2023-05, 2023-06]
评审: {初审: 2023-07}
分项: [{月份: 2023-05, 数: 3}]
"""


@pytest.fixture
def used(tmp_path, monkeypatch):
    """A standard with months, its templates beside it."""
    monkeypatch.setitem(KINDS, MONTH.name, MONTH)
    (tmp_path / "case.yaml").write_text(STANDARD, encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("{{ 名称 }}：{{ 起始 }}至{{ 停办 }}，{{ 说明 }}，{{ 各月 | join('、') }}，{{ 评审.初审 }}")
    document.save(str(tmp_path / "报告.docx"))
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "{{ 起始 }}", "至{{ 停办 }}"
    book.save(tmp_path / "报告.xlsx")
    return generator.load_standard(tmp_path / "case.yaml")


def refused(used: generator.Standard, data: str) -> list[tuple[str, int | None, int | None, str]]:
    """Code, line, column and message of each finding."""
    with pytest.raises(generator.InvalidReport) as caught:
        used.read(data.encode(), "data.yaml")
    return [
        (found.code, found.location.line, found.location.column, found.message) for found in caught.value.diagnostics
    ]


def it_is_linted_with_its_templates(used, tmp_path):
    loaded = load_standard(str(tmp_path / "case.yaml"))
    told = [*lint_standard(loaded), *lint_template(tmp_path / "报告.docx", loaded)]
    told += lint_template(tmp_path / "报告.xlsx", loaded)
    assert [found.code for found in told if found.code.startswith("lint-unknown") or "月" in found.message] == []


def it_takes_its_values_and_looks_records_up_by_them(used):
    report = used.read(DATA.encode(), "data.yaml")
    assert report.value("起始") == "2023-05"
    assert report.value("说明") == "自2023-05起"
    assert "2023-05" in str(report.explain("起始"))


@pytest.mark.parametrize(
    ("right", "wrong", "line", "column", "label", "text"),
    [
        ("起始: 2023-05", "起始: 五月", 3, 5, "起始月份", "五月"),
        ("[2023-05, 2023-06]", "[2023-05, 2023-13]", 4, 15, "各月份", "2023-13"),
        ("初审: 2023-07", "初审: 七月", 5, 10, "评审月份", "七月"),
        ("月份: 2023-05", "月份: 2023.5", 6, 11, "分项月份", "2023.5"),
    ],
)
def it_tells_of_its_wrong_values_at_their_place_in_its_own_words(used, right, wrong, line, column, label, text):
    assert refused(used, DATA.replace(right, wrong)) == [
        ("value-of-no-kind", line, column, f"{label}：“{text}”不是月份，例如 2020-05。")
    ]


def it_tells_of_a_value_of_another_shape_in_its_own_words(used):
    (found,) = refused(used, DATA.replace("起始: 2023-05", "起始: {年: 2023}"))
    assert found[0] == "wrong-shape"
    assert "月份，例如 2020-05" in found[3]


def it_mends_a_slip_of_the_keyboard(used, tmp_path, capsys, monkeypatch):
    (tmp_path / "standards").mkdir()
    (tmp_path / "case.yaml").rename(tmp_path / "standards" / "case.yaml")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "data.yaml"
    file.write_text(DATA.replace("起始: 2023-05", "起始: 2023年5月"), encoding="utf-8")
    assert run(["check", "--fix", "data.yaml"]) == 0
    assert "起始: 2023-05\n" in file.read_text(encoding="utf-8")


def it_is_in_the_schema_and_the_model(used):
    properties = used.json_schema()["properties"]
    assert properties["起始"]["pattern"] == "^[0-9]{4}-[0-9]{2}$"
    assert properties["各月"]["items"]["pattern"] == "^[0-9]{4}-[0-9]{2}$"
    model = used.data_model()
    good = {"标准": "case", "名称": "某项目", "起始": "2023-05"}
    assert model.model_validate(good).起始 == "2023-05"
    with pytest.raises(ValidationError) as caught:
        model.model_validate({**good, "起始": "五月"})
    assert [(one["type"], one["loc"]) for one in caught.value.errors()] == [("value-of-no-kind", ("起始",))]


def it_is_asked_for_in_an_empty_data_file(used):
    text = used.blank_data_file()
    assert "起始:" in text
    assert "月份" in text
    assert "例如 2023-05" in text
    assert "a month" in used.blank_data_file(language="en")


def it_has_cells_and_columns_in_a_form_which_reads_back(used, tmp_path):
    form = used.form(DATA.encode(), "data.yaml")
    book = openpyxl.load_workbook(io.BytesIO(form))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "2023-05"]
    assert len(cells) == 3  # of its own, of a list, of a record
    prompts = [rule.prompt for sheet in book for rule in sheet.data_validations.dataValidation if rule.prompt]
    assert any("月份；例如 2020-05" in prompt or ("月份" in prompt and "2020-05" in prompt) for prompt in prompts)
    assert used.read(form, "form.xlsx").value("起始") == "2023-05"
    for cell in cells:
        cell.value = "五月"
    changed = io.BytesIO()
    book.save(changed)
    with pytest.raises(generator.InvalidReport) as caught:
        used.read(changed.getvalue(), "form.xlsx")
    assert [found.code for found in caught.value.diagnostics] == ["value-of-no-kind"] * 3
    assert [found.location.anchor is not None for found in caught.value.diagnostics] == [True] * 3


def it_prints_in_both_kinds_of_documents(used):
    word, excel = used.read(DATA.encode(), "data.yaml").documents(isolated=False)
    assert [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs] == [
        "某项目：2023-05至至今，自2023-05起，2023-05、2023-06，2023-07"
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(excel.content)).active
    assert [sheet["A1"].value, sheet["A2"].value] == ["2023-05", "至至今"]


def it_is_offered_where_a_standard_names_a_kind_that_there_is_not(used, tmp_path):
    (tmp_path / "other.yaml").write_text(STANDARD.replace("type: month", "type: mouth"), encoding="utf-8")
    with pytest.raises(generator.InvalidStandard) as caught:
        generator.load_standard(tmp_path / "other.yaml")
    assert "month" in json.dumps([found.hint for found in caught.value.diagnostics], ensure_ascii=False)
