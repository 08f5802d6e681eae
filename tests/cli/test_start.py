"""What a command brings into memory before it works: only what it needs."""

import subprocess
import sys

import docx
import openpyxl
import pytest

from generator.cli.app import COMMANDS, MODULES

HEAVY = {"typer", "pydantic", "rich", "openpyxl", "docxtpl", "docx", "numpy", "distributed"}
_TELL = "import sys; from generator.cli import run; code = run(sys.argv[1:]); print(code, *sorted(sys.modules), file=sys.stderr)"


def modules_of(*arguments: str) -> set[str]:
    """The modules in memory when a command has ended well."""
    told = subprocess.run([sys.executable, "-c", _TELL, *arguments], capture_output=True, text=True, timeout=120)
    code, *modules = told.stderr.splitlines()[-1].split()
    assert code == "0", told.stderr
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [("check", "data/shifeng-2020.yaml"), ("check", "data/shifeng-2020.yaml", "--format", "json")],
)
def it_checks_without_pydantic_or_any_engine(arguments):
    modules = modules_of(*arguments)
    assert not (HEAVY | {"zlib_ng"}) & modules
    assert not [name for name in modules if name.startswith(("generator.word", "generator.excel"))]


@pytest.mark.parametrize("arguments", [("--help",), ("render", "--help"), ("-V",), ("--lang", "en", "standard", "-h")])
def it_answers_to_help_with_next_to_nothing_in_memory(arguments):
    modules = {
        name for name in modules_of(*arguments) if name.startswith(("generator", "typer", "typing", "pathlib", "json"))
    }
    assert modules == {"generator", "generator.cli", "generator.cli.ready_pages"}


def it_renders_without_pydantic(tmp_path):
    modules = modules_of("render", "data/shifeng-2020.yaml", "-o", str(tmp_path))
    assert not (HEAVY | {"multiprocessing", "concurrent.futures.process"}) & modules


@pytest.mark.parametrize(("suffix", "other"), [("docx", "excel"), ("xlsx", "word")])
def it_imports_the_engine_of_the_format_that_is_filled(suffix, other, tmp_path):
    template, context = tmp_path / f"a.{suffix}", tmp_path / "a.json"
    context.write_text("{}", encoding="utf-8")
    if suffix == "docx":
        docx.Document().save(str(template))
    else:
        openpyxl.Workbook().save(template)
    modules = modules_of("fill", str(template), str(context), "-o", str(tmp_path / f"out.{suffix}"))
    assert not HEAVY & modules
    assert not [
        name for name in modules if name.startswith((f"generator.{other}.", "generator.report", "generator.standard"))
    ]


def it_imports_only_the_command_that_is_called():
    modules = modules_of("check", "data/shifeng-2020.yaml")
    called = {name for name in COMMANDS if f"generator.cli.{MODULES.get(name, name)}" in modules}
    assert called == {"check"}


def it_takes_whole_numbers_and_refuses_what_is_none(tmp_path, capsys):
    from generator.cli import run

    assert run(["render", "data/shifeng-2020.yaml", "-o", str(tmp_path), "--workers", "1"]) == 0
    assert run(["render", "data/shifeng-2020.yaml", "-o", str(tmp_path), "--workers", "two"]) == 2
    assert "usage-bad-value" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["diff", "a", "b", "--max", "0"], "--max 的值不对：不能小于 1。"),
        (["diff", "a", "b", "--max", "x"], "--max 的值不对：要写整数。"),
        (["collect", "shifeng-2020", "data", "-o", "s.csv", "--workers", "99"], "--workers 的值不对：不能大于 64。"),
        (["check", "data", "--workers", "-1"], "--workers 的值不对：不能小于 0。"),
    ],
)
def it_holds_numbers_to_their_bounds(arguments, told, capsys):
    from generator.cli import run

    assert run(arguments) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--version"], ["check", "--help"], ["chek"], ["check", "data/shifeng-2020.yaml"]]
)
def it_ends_the_process_as_it_answers_within_one(arguments, capfd):
    from generator.cli import run

    code = run(arguments)
    within = capfd.readouterr()
    alone = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], capture_output=True, encoding="utf-8", timeout=120
    )
    assert (alone.returncode, alone.stdout, alone.stderr) == (code, within.out, within.err)


def it_ends_the_ordinary_way_where_something_watches(tmp_path):
    profile = tmp_path / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(profile), "-m", "generator", "--version"]
    assert subprocess.run(command, capture_output=True, timeout=120).returncode == 0
    assert profile.stat().st_size
