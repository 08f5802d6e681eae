"""A data file in which far more is wrong than is printed: no command takes it for a sound one, and each says that it looked no further."""

import json
from pathlib import Path

import pytest

from generator.cli import run

ROOT = Path(__file__).parents[2]
BOUND = ["--limits", "findings=3"]
FAR_TOO_MANY = "标准: shifeng-2020\n指标:\n" + "- 甲\n" * 60
SAID = "[examined-in-part]"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    Path("部门").mkdir()
    Path("部门", "甲.yaml").write_text(FAR_TOO_MANY, encoding="utf-8")
    sound = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")
    Path("部门", "乙.yaml").write_text(sound, encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["check", "部门/甲.yaml"],
        ["check", "部门"],
        ["check", "部门/甲.yaml", "--isolated"],
        ["check", "部门/甲.yaml", "--fix"],
        ["render", "部门/甲.yaml", "-o", "out"],
        ["render", "部门/甲.yaml", "-o", "out", "--draft"],
        ["render", "部门/甲.yaml", "-o", "out", "--isolated"],
        ["render", "部门", "-o", "out"],
        ["explain", "部门/甲.yaml", "指标"],
    ],
)
def it_ends_with_1_and_says_that_the_rest_was_not_looked_at(command, capfd):
    assert run([*command, *BOUND]) == 1
    told = capfd.readouterr()
    assert SAID in told.err + told.out
    assert not list(Path().glob("out/*甲*"))


def it_says_so_in_json(capsys):
    assert run(["check", "部门/甲.yaml", "--format", "json", *BOUND]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["diagnostics"][0]["code"] == "examined-in-part"
    assert len(told["diagnostics"]) == 3
    assert told["omitted"] == told["errors"] + told["warnings"] - 3


def it_adds_nothing_of_such_a_file_to_a_collection(capsys):
    assert run(["collect", "shifeng-2020", "部门", "-o", "汇总.json", *BOUND]) == 1
    text = Path("汇总.json").read_text(encoding="utf-8")
    assert "examined-in-part" in text


def it_puts_right_every_value_of_a_file_however_many_there_are(capsys):
    """Values that `--fix` writes otherwise are looked for to the end of the file."""
    items = "".join(f"- {{名称: 指标１第{number}项, 权重: 很多}}\n" for number in range(60))
    Path("全角.yaml").write_text(f"标准: shifeng-2020\n指标:\n{items}", encoding="utf-8")
    run(["check", "全角.yaml", "--fix", *BOUND])
    assert "１" not in Path("全角.yaml").read_text(encoding="utf-8")
