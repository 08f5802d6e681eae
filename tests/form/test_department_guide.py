"""docs/department.zh-CN.md: every command of the form chapter is typed as it is written."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from generator.cli import run
from tests.support.sample_forms import sample_form

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


@pytest.mark.parametrize("command", COMMANDS)
def it_types_a_command(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", "data")
    for name in ("填报.xlsx", "旧填报.xlsx"):
        Path(name).write_bytes(sample_form("shifeng-2020"))
    Path("导出.csv").write_text("科目,支出金额\n一般公共服务支出,88.5\n", encoding="utf-8")
    arguments = shlex.split(command)[1:]
    made = Path(arguments[arguments.index("-o") + 1]) if "-o" in arguments else None
    if made is not None and made.is_file():
        made.unlink()
    assert run(arguments) == 0, capsys.readouterr().err
    assert made is None or made.exists()
