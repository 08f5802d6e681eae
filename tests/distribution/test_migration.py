"""Data files for a newer version, and for next year's standard, through the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from generator.cli import run
from generator.source import plain_values, read_source

V1 = """standard: qinghe-2024
title: 自评报告
issuer: 青河市财政局
fiscal_year: 2024
version: {version}
types:
  单位: {{fields: {{名称: text, 电话: optional phone}}}}
  项目:
    key: 名称
    fields:
      名称: text
      {department}: text
      上年执行: optional money
      预算: money
      执行: money
      执行率: percent = 执行 / 预算
fields:
  年度: year
  单位: 单位
  上年决算: optional money
  本年决算: money = sum(项目.执行)
  项目: list of 项目
  {more}
"""
DATA = """# 甲局的数据
标准: qinghe-2024@1.0.0     # 2024年的标准
年度: 2024
单位:
  名称: 甲局       # 全称
  电话: 0731-1234567
项目:
  # 第一个
  - {名称: 道路, 科室: 建设科, 预算: 100, 执行: 90}
  - 名称: 绿化
    科室: 园林科
    预算: 60        # 调整后
    执行: 60
旧说明: 老版本里写的话
"""


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", "library")
    for name in ("XDG_DATA_HOME", "HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = Path("library/standards")
    folder.mkdir(parents=True)
    write("qinghe-2024", V1.format(version="1.0.0", department="科室", more="旧说明: optional text"))
    Path("旧.yaml").write_text(DATA, encoding="utf-8")
    return folder


def write(name: str, text: str) -> None:
    Path(f"library/standards/{name}.yaml").write_text(text, encoding="utf-8")


def newer() -> None:
    write(
        "qinghe-2024",
        V1.format(version="1.1.0", department="责任科室", more="备注: text")
        + "changes:\n  - version: 1.1.0\n    renamed: {项目.科室: 责任科室}\n    added: [备注]\n    removed: [旧说明]\n    note: 科室改称责任科室\n",
    )


def next_year() -> None:
    text = V1.format(version="1.0.0", department="科室", more="备注: optional text")
    text = text.replace("qinghe-2024", "qinghe-2025").replace("fiscal_year: 2024", "fiscal_year: 2025")
    write("qinghe-2025", text + "carry: {上年决算: 本年决算, 项目.上年执行: 项目.执行, keep: [单位]}\n")


def values(path: str) -> dict:
    return plain_values(read_source(path, form=True))


def it_moves_to_a_newer_version_and_keeps_values_and_comments(capsys):
    newer()
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2024@1.1.0", "-o", "新.yaml"]) == 0
    told = capsys.readouterr().err
    for code in ("migrate-renamed", "migrate-removed", "migrate-added", "migrate-note", "missing-value"):
        assert f"[{code}]" in told
    assert "老版本里写的话" in told
    found = values("新.yaml")
    assert found["标准"] == "qinghe-2024@1.1.0"
    assert [item["责任科室"] for item in found["项目"]] == ["建设科", "园林科"]
    assert "旧说明" not in found
    text = Path("新.yaml").read_text(encoding="utf-8")
    for comment in ("# 甲局的数据", "# 全称", "# 第一个", "# 调整后"):
        assert comment in text
    assert "# 还要做的（做完删去）：\n#   备注：" in text
    assert Path("旧.yaml").read_text(encoding="utf-8") == DATA
    assert run(["check", "新.yaml"]) == 1
    Path("新.yaml").write_text(text + "备注: 无\n", encoding="utf-8")
    assert run(["check", "新.yaml"]) == 0


def it_says_what_a_renamed_field_is_called_now(capsys):
    changes = (
        "changes: [{version: 1.1.0, renamed: {项目.科室: 承办}}, {version: 1.2.0, renamed: {项目.承办: 负责人}}]\n"
    )
    write("qinghe-2024", V1.format(version="1.2.0", department="负责人", more="联系人: optional text") + changes)
    assert run(["check", "旧.yaml"]) == 1
    told = capsys.readouterr().out
    assert "没有字段“科室”" in told
    assert "是不是“负责人”？" in told


def it_says_how_to_move_where_the_old_version_is_checked(capsys):
    newer()
    assert run(["check", "旧.yaml"]) == 1
    told = capsys.readouterr().out
    assert "数据文件按1.0.0填写，现行标准是1.1.0。" in told
    assert "generator migrate 旧.yaml --to qinghe-2024@1.1.0" in told


def it_carries_into_next_year_what_the_standard_says(capsys):
    next_year()
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2025", "-o", "新.yaml"]) == 0
    told = capsys.readouterr().err
    assert "“上年决算”取自上年的“本年决算”：150" in told
    assert values("新.yaml") == {
        "标准": "qinghe-2025@1.0.0",
        "年度": 2025,
        "单位": {"名称": "甲局", "电话": "0731-1234567"},
        "上年决算": 150,
        "项目": [{"名称": "道路", "上年执行": 90}, {"名称": "绿化", "上年执行": 60}],
    }
    assert "# 全称" in Path("新.yaml").read_text(encoding="utf-8")
    assert "还要做" in told
    assert "项目[0].预算" in told


def it_takes_nothing_computed_from_a_file_with_errors(capsys):
    next_year()
    Path("旧.yaml").write_text(DATA.replace("执行: 90", "执行: 九十"), encoding="utf-8")
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2025", "-o", "新.yaml"]) == 0
    assert "[migrate-nothing]" in capsys.readouterr().err
    assert "上年决算" not in values("新.yaml")


def it_carries_nothing_without_carry_and_says_so(capsys):
    next_year()
    path = Path("library/standards/qinghe-2025.yaml")
    path.write_text(path.read_text(encoding="utf-8").partition("carry:")[0], encoding="utf-8")
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2025", "-o", "新.yaml"]) == 0
    assert "[migrate-no-carry]" in capsys.readouterr().err
    assert values("新.yaml") == {"标准": "qinghe-2025@1.0.0", "年度": 2025}


@pytest.mark.parametrize("suffix", [".json", ".xlsx"])
def it_writes_other_kinds_of_data_files_with_the_same_values(suffix):
    next_year()
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2025", "-o", "新.yaml"]) == 0
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2025", "-o", f"新{suffix}"]) == 0
    assert texts(values(f"新{suffix}")) == texts(values("新.yaml"))


def texts(value: object) -> object:
    """Values as text: a form's numbers and YAML's are typed alike; what says nothing is nowhere."""
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items() if item is not None}
    return [texts(item) for item in value] if isinstance(value, list) else str(value)


def it_migrates_a_form_to_a_form():
    next_year()
    Path("旧.yaml").write_text(DATA.replace("旧说明: 老版本里写的话\n", ""), encoding="utf-8")
    assert run(["form", "旧.yaml", "-o", "旧.xlsx"]) == 0
    assert run(["migrate", "旧.xlsx", "--to", "qinghe-2025", "-o", "新.xlsx"]) == 0
    assert values("新.xlsx")["单位"]["名称"] == "甲局"
    assert len(openpyxl.load_workbook("新.xlsx").worksheets) > 1


def it_never_touches_the_old_file_or_another(capsys):
    next_year()
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2025", "-o", "旧.yaml", "--force"]) == 2
    Path("新.yaml").write_text("x", encoding="utf-8")
    assert run(["migrate", "旧.yaml", "--to", "qinghe-2025", "-o", "新.yaml"]) == 2
    assert Path("旧.yaml").read_text(encoding="utf-8") == DATA
    assert Path("新.yaml").read_text(encoding="utf-8") == "x"
