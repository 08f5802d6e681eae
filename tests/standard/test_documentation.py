"""The examples of docs/language.md work."""

import re
from pathlib import Path

import pytest

from generator.report import examine
from generator.standard import load_standard
from tests.support.reports import HEAD

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
STANDARD = next(block for block in BLOCKS if block.startswith("standard:"))
DATA = next(block for block in BLOCKS if block.startswith("标准:"))


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
