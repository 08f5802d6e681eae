"""The examples of docs/language.md work."""

import io
import re
from pathlib import Path

import docx
import pytest

from generator.figures import printing_a_report
from generator.report import examine
from generator.standard import load_standard
from generator.word import WordTemplate
from tests.support.pictures import picture
from tests.support.reports import HEAD, findings, standard
from tests.support.reports import report as report_of
from tests.support.words import document, paragraph, texts

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
STANDARD = next(block for block in BLOCKS if block.startswith("standard:"))
DATA = next(block for block in BLOCKS if block.startswith("标准: 示例-2020"))


@pytest.fixture
def library(tmp_path, monkeypatch):
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "示例-2020.yaml").write_text(STANDARD, encoding="utf-8")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path))
    return tmp_path


def it_shows_a_standard_and_a_data_file_that_go_together(library):
    report, found = examine(DATA.encode())
    assert found == []
    assert report is not None
    assert str(report.value("总分")) == "99"
    assert report.value("成绩[0].内容") == ("2020年支出161.4万元，执行率100.00%。", "自评得分99分。")
    assert [name for _, name in report.documents()] == ["某某区工商业联合会2020年度部门整体支出绩效自评报告.docx"]


def it_shows_what_other_occurrences_look_like(library):
    other = next(block for block in BLOCKS if block.startswith("另载:"))
    assert [finding.code for finding in examine((DATA + other).encode())[1]] == ["also-stated-differs"]


def it_shows_set_and_text(tmp_path):
    block = next(block for block in BLOCKS if "较上年:" in block)
    path = tmp_path / "case.yaml"
    path.write_text(HEAD + block, encoding="utf-8")
    report, _ = examine("标准: case\n决算数: 3\n上年决算数: 5.5\n".encode(), load_standard(str(path)))
    assert report is not None
    assert str(report.value("较上年.说法")) == "较上年减少2.5万元"


def it_shows_an_extension(tmp_path):
    block = next(block for block in BLOCKS if "extends:" in block)
    (tmp_path / "common.yaml").write_text(
        "library: common\ntypes:\n  三级指标:\n    key: 名称\n    fields: {名称: text, 分值: score, 偏差原因: optional text, 完成率: optional percent}\n"
        "    checks: [{id: 达标不应扣分, rule: 分值 > 0, message: 扣分}]\n",
        encoding="utf-8",
    )
    path = tmp_path / "case.yaml"
    path.write_text(HEAD + "includes: [common]\n" + block + "fields: {指标: list of 三级指标}\n", encoding="utf-8")
    fields = load_standard(str(path)).types["三级指标"].fields
    assert list(fields) == ["名称", "分值", "偏差原因", "权重"]
    assert (fields["偏差原因"].required, fields["分值"].kind) == (True, "integer")


def block(start: str) -> str:
    """The example that begins so."""
    return next(one for one in BLOCKS if one.startswith(start))


VALUES = re.findall(r"^\| `([^`|]+)` \| (\S+) \|$", PAGE[PAGE.index("### Lists") : PAGE.index("### Yes or no")], re.M)


@pytest.mark.parametrize(("path", "value"), VALUES)
def it_computes_lists_as_it_says(tmp_path, path, value):
    (tmp_path / "case.yaml").write_text(block("standard: 名次-2024"), encoding="utf-8")
    report, found = examine(block("标准: 名次-2024").encode(), load_standard(str(tmp_path / "case.yaml")))
    assert report is not None, found
    assert str(report.value(path)) == value


def it_shows_a_value_for_every_construct_of_lists():
    assert len(VALUES) == 11


def it_shows_prescribed_rows(tmp_path):
    used = standard(tmp_path, block("types:\n  二级: "))
    data = "指标: [{名称: 效益指标, 二级指标: [{名称: 就业, 得分: 1}]}, {名称: 产出指标, 二级指标: [{名称: 数量指标, 得分: 2}]}]\n职数: {科长: 1, 股长: 2, 局长: 1}\n"
    assert [found.code for found in findings(used, data)] == ["missing-row"]
    whole = data.replace("得分: 2}]", "得分: 2}, {名称: 质量指标, 得分: 3}]")
    context = report_of(used, whole).context()
    assert [(row["名称"], str(row["分值"])) for row in context["指标"]] == [("产出指标", "60"), ("效益指标", "40")]
    assert list(context["职数"]) == ["局长", "科长", "股长"]


OF_YEARS = """
types:
  项目: {key: 名称, fields: {名称: text, 责任科室: optional text, 等次: optional text, 公开: boolean}}
fields:
  单位: {fields: {名称: text}}
  项目: {type: list of 项目, required: false}
  上年决算: optional money
  本年决算: money
  总分: score
  等级: text
"""


def it_shows_documents_and_what_becomes_of_data_files(tmp_path):
    used = standard(tmp_path, OF_YEARS + block("documents:") + block("carry:"))
    data = "单位: {名称: 某局}\n本年决算: 1\n总分: 3\n等级: 优\n项目: [{名称: 甲, 公开: 是}, {名称: 乙, 公开: 否}]\n"
    assert [name for _, name in report_of(used, data).documents()] == ["某局报告.docx", "甲自评表.docx"]
    names = [name for _, name in report_of(used, data.replace("总分: 3", "总分: 0")).documents()]
    assert names == ["甲自评表.docx"]
    assert used.carry is not None
    assert used.summary is not None
    assert [change.version for change in used.changes] == ["1.1.0"]


PRINTED = re.findall(
    r"^\| `([^`]+)` \| (\S+) \|$", PAGE[PAGE.index("### Yes or no") : PAGE.index("### Prescribed rows")], re.M
)


@pytest.fixture
def context(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(block("standard: 验收-2024"), encoding="utf-8")
    (tmp_path / "数据.yaml").write_text(block("标准: 验收-2024"), encoding="utf-8")
    (tmp_path / "水厂.png").write_bytes(picture())
    found, told = examine("数据.yaml", load_standard("case.yaml"))
    assert told == []
    assert found is not None
    return found.context()


def rendered(text, context):
    with printing_a_report():
        return WordTemplate(document(paragraph(text))).render(context)


@pytest.mark.parametrize(("tag", "printed"), PRINTED)
def it_prints_yes_or_no_and_large_amounts_as_it_says(tag, printed, context):
    assert texts(rendered(tag.replace("\\|", "|"), context)) == [printed]


def it_prints_a_picture_beside_the_data_file(context):
    assert len(PRINTED) == 7
    opened = docx.Document(io.BytesIO(rendered("{{ 项目[0].现场 }}", context)))
    (shape,) = opened.inline_shapes
    assert round(shape.width.mm) == 40


def it_refuses_a_picture_elsewhere(tmp_path, context):
    (tmp_path / "数据.yaml").write_text(block("标准: 验收-2024").replace("水厂.png", "../水厂.png"), encoding="utf-8")
    assert [found.code for found in examine("数据.yaml", load_standard("case.yaml"))[1]] == ["value-image-outside"]
