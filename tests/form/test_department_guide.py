"""docs/department.zh-CN.md: every command of the form chapter is typed as it is written."""

import re
import shlex
import shutil
from pathlib import Path

from generator.cli import run
from tests.support.sample_forms import sample_book, sample_form

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "department.zh-CN.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.S | re.M)
    for line in block.splitlines()
    if line.startswith(("generator form", "generator check 填报", "generator render 填报", "generator convert"))
]


def it_finds_the_commands():
    assert len(COMMANDS) >= 8


def it_types_them_one_after_another(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", "data")
    Path("旧填报.xlsx").write_bytes(sample_form("shifeng-2020"))
    Path("导出.csv").write_text("科目,支出金额\n一般公共服务支出,88.5\n", encoding="utf-8")
    for command in COMMANDS:
        arguments = shlex.split(command)[1:]
        assert run(arguments) == 0, (command, capsys.readouterr().err)
        if "-o" in arguments:
            assert Path(arguments[arguments.index("-o") + 1]).exists()
        if arguments == ["form", "shifeng-2020", "-o", "填报.xlsx"]:  # filled in by the clerk
            Path("填报.xlsx").write_bytes(sample_form("shifeng-2020"))


def it_shows_a_finding_as_it_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.chdir(tmp_path)
    (shown,) = re.findall(r"^```\n(填报.*?)^```$", GUIDE, re.S | re.M)
    book = sample_book("shifeng-2020")
    (label,) = (cell for cell in book["填报"]["B"] if str(cell.value).startswith("其他资金来源"))
    label.offset(column=1).value = "0.96万元"
    book.save("填报.xlsx")
    assert run(["check", "填报.xlsx"]) == 1
    assert capsys.readouterr().out == shown
