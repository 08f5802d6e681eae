"""What stands beside a data file: rules, lists, keys, earlier results, records, files of a folder. Each is bounded before it is read."""

import json
import os
import shutil
from pathlib import Path

import pytest

from generator.cli import run
from generator.compare import compare
from generator.compare.regular_rules import wildcard
from generator.diagnostics import Failure
from generator.ooxml.limits import Limits, within
from tests.support.words import document, paragraph

ROOT = Path(__file__).parents[2]
HUGE = 1 << 42  # bytes that a sparse file states, and that no machine holds
posix = pytest.mark.skipif(os.name != "posix", reason="a sparse file, a pipe: POSIX")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.setenv("GENERATOR_LANG", "en")
    shutil.copyfile(ROOT / "data" / "shifeng-2020.yaml", "s.yaml")
    Path("a.docx").write_bytes(document(paragraph("甲")))
    Path("b.docx").write_bytes(document(paragraph("乙")))
    return tmp_path


def sparse(name: str) -> str:
    with Path(name).open("wb") as file:
        file.truncate(HUGE)
    return name


def told(command: list[str], capsys) -> str:
    assert run(command) == 2
    text = capsys.readouterr().err
    assert "internal-error" not in text, text
    assert "Traceback" not in text, text
    return text


READS = {
    "data": ["check", "huge.yaml"],
    "data as JSON": ["check", "huge.json"],
    "data explained": ["explain", "huge.yaml", "年度"],
    "data beside a document": ["diff", "a.docx", "huge.yaml"],
    "slips": ["check", "--fix", "huge.yaml"],
    "another form": ["convert", "huge.yaml", "-o", "o.json"],
    "a filled form": ["form", "huge.yaml", "-o", "o.xlsx"],
    "a form": ["check", "huge.xlsx"],
    "a sample": ["standard", "pack", "shifeng-2020", "--sample", "huge.yaml", "-o", "o.zip"],
    "next year's data": ["migrate", "huge.yaml", "--to", "shifeng-2020", "-o", "o.yaml"],
    "a summary": ["collect", "shifeng-2020", "huge.yaml", "-o", "o.json"],
    "units": ["collect", "shifeng-2020", "s.yaml", "--units", "huge.csv", "-o", "o.json"],
    "an export": ["form", "shifeng-2020", "--fill", "事实=huge.csv", "-o", "o.xlsx"],
    "rules": ["diff", "a.docx", "b.docx", "--rules", "huge.yaml"],
    "documents": ["diff", "a.docx", "huge.docx"],
    "a baseline": ["lint", "shifeng-2020", "--baseline", "huge.json"],
    "a schema": ["schema", "huge.yaml"],
    "a blank data file": ["new", "huge.yaml"],
    "a description": ["standard", "describe", "huge.yaml", "-o", "o.html"],
    "another standard": ["standard", "init", "z", "--from", "huge.yaml"],
    "a rolled standard": ["standard", "roll", "huge.yaml", "z"],
    "a standard's lint": ["lint", "huge.yaml"],
    "a context": ["fill", "a.docx", "huge.yaml", "-o", "o.docx"],
    "a template": ["fill", "huge.docx", "s.yaml", "-o", "o.docx"],
    "a package": ["standard", "install", "huge.zip"],
    "a key": ["standard", "pack", "shifeng-2020", "--key", "huge.pem", "-o", "o.zip"],
    "apart": ["--isolated", "check", "huge.yaml"],
}


@posix
@pytest.mark.parametrize("name", READS)
def it_reads_no_file_that_is_larger_than_its_bound(name, capsys):
    command = READS[name]
    sparse(next(word.rpartition("=")[2] for word in command if "huge." in word))
    assert run(command) in (1, 2) or name == "a summary"
    told = capsys.readouterr()
    text = told.out + told.err + (Path("o.json").read_text("utf-8") if name == "a summary" else "")
    assert "internal-error" not in text
    assert "source-too-large" in text or "package-too-large" in text, text
    assert name == "a summary" or not any(Path().glob("o.*"))


@posix
def it_replaces_no_result_that_is_larger_than_any(capsys):
    Path("c.json").write_text("{}", encoding="utf-8")
    for output, command in (
        ("o.docx", ["fill", "a.docx", "c.json", "-o", "o.docx"]),
        ("o.json", ["schema", "shifeng-2020", "-o", "o.json"]),
    ):
        sparse(output)
        assert "output-edited" in told(command, capsys)
        assert Path(output).stat().st_size == HUGE


@posix
@pytest.mark.parametrize(
    "command", [["check", "in"], ["render", "in", "-o", "o"], ["collect", "shifeng-2020", "in", "-o", "o.json"]]
)
def it_tells_of_a_file_of_a_folder_that_is_too_large(command, capsys):
    Path("in").mkdir()
    shutil.copyfile("s.yaml", "in/s.yaml")
    sparse("in/t.yaml")
    run(command)
    told = capsys.readouterr()
    assert "source-too-large" in told.out + told.err


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "command", [["check", "in"], ["check", "--recursive", "in"], ["collect", "shifeng-2020", "in", "-o", "o.json"]]
)
@pytest.mark.parametrize("content", [DEEP, '{"标准":' * 100_000])
def it_looks_into_a_folder_with_a_file_of_very_many_levels(content, command, capsys):
    Path("in").mkdir()
    Path("in/a.json").write_text(content, encoding="utf-8")
    shutil.copyfile("s.yaml", "in/s.yaml")
    run(command)
    text = capsys.readouterr().err
    assert "internal-error" not in text
    assert "Traceback" not in text


@posix
def it_waits_for_no_pipe_in_a_library(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "templates", "library")
    for name in ("a.yaml", "b.json"):
        os.mkfifo(f"library/standards/{name}")
    Path("library/standards/zero.yaml").symlink_to("/dev/zero")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(tmp_path / "library"))
    assert run(["standards"]) == 0
    assert "shifeng-2020" in capsys.readouterr().out
    assert run(["new", "nothing"]) == 2
    assert "standard-not-found" in capsys.readouterr().err


RULES = {
    "levels": "ignore: " + DEEP,
    "levels in blocks": "- " * 20_000 + "a",
    "a circle": "ignore: &a [*a]\n",
    "references": "a: &a [1,1]\n"
    + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefghijkl", "bcdefghijklm", strict=True)),
    "size": "ignore: [" + "甲," * 400_000 + "]",
}


@pytest.mark.parametrize("name", RULES)
def it_refuses_rules_that_stand_for_more_than_they_say(name, capsys):
    Path("r.yaml").write_text(RULES[name], encoding="utf-8")
    text = told(["diff", "a.docx", "b.docx", "--rules", "r.yaml"], capsys)
    assert "compare-rules-file" in text


@pytest.mark.parametrize(
    "tolerance", ["1e999999999", "1e999999999%", "1e-999999999", "9" * 100_000, "NaN", "-1", "Infinity"]
)
def it_refuses_a_tolerance_that_is_no_number_of_documents(tolerance, capsys):
    assert "compare-tolerance" in told(["diff", "a.docx", "b.docx", f"--tolerance={tolerance}"], capsys)


@pytest.mark.parametrize(
    "pattern", ["(" * 5_000, "(?:" * 5_000 + ")" * 5_000, "a" * 20_000, "a{99999999999999999999}", "(?P<"]
)
def it_refuses_a_pattern_that_is_none_or_too_large(pattern, capsys):
    text = told(["diff", "a.docx", "b.docx", "--ignore", f"pattern:{pattern}"], capsys)
    assert "compare-pattern" in text
    assert len(text) < 2_000


@posix
@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "a*a*a*a*a*a*a*a*b"])
def it_ends_a_pattern_that_takes_twice_as_long_with_each_character(pattern):
    with within(Limits(seconds=0.2)), pytest.raises(Failure) as refusal:
        compare(
            document(paragraph("a" * 400 + "!")), document(paragraph("a" * 400 + "?")), ignore=[f"pattern:{pattern}"]
        )
    assert [found.code for found in refusal.value.diagnostics] == ["compare-pattern-costly"]


def it_leaves_the_signals_of_its_caller_as_they_were():
    signal = pytest.importorskip("signal")
    before = signal.getsignal(signal.SIGVTALRM)
    compare(document(paragraph("2023年")), document(paragraph("2024年")), ignore=[r"pattern:\d{4}年"])
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def it_matches_wildcards_as_they_are_meant_and_in_steps_as_the_text_is_long():
    for text, matched, not_matched in (
        ("表*行", ["表行", "表2 第5行"], ["表2", "行表"]),
        ("a*b*c", ["abc", "aXbXbYc", "abcbc"], ["acb", "ab"]),
        ("*", ["", "x\ny"], []),
        ("?*", ["x", "xy"], [""]),
        ("a.b", ["a.b"], ["axb"]),
        ("a**a", ["aa", "axa"], ["a"]),
    ):
        expression = wildcard(text)
        assert all(expression.fullmatch(one) for one in matched), text
        assert not any(expression.fullmatch(one) for one in not_matched), text
    assert wildcard("*a" * 100 + "b").fullmatch("a" * 20_000) is None  # for ever, if each went back


BASELINES = [
    DEEP,
    '{"lint-baseline": ' * 50_000,
    '{"lint-baseline": 1, "findings": [{"file": "a", "code": "b", "message": "c", "count": 1e999}]}',
    '{"lint-baseline": 1, "findings": [{"file": "a", "code": "b", "message": "c", "count": "' + "9" * 9_999 + '"}]}',
    '{"lint-baseline": 1, "findings": 5}',
    "[]",
]


@pytest.mark.parametrize("content", BASELINES)
def it_says_that_a_baseline_is_none(content, capsys):
    Path("base.json").write_text(content, encoding="utf-8")
    assert "baseline-unreadable" in told(["lint", "shifeng-2020", "--baseline", "base.json"], capsys)


def it_says_that_a_list_holds_a_cell_beyond_any(capsys):
    Path("u.csv").write_text('单位名称\n"' + "甲" * 200_000, encoding="utf-8")
    assert "units-unreadable" in told(["collect", "shifeng-2020", "s.yaml", "--units", "u.csv", "-o", "o.json"], capsys)


RECORDS = [
    DEEP,
    json.dumps(
        {
            "data": "s.yaml",
            "input": "",
            "findings": [],
            "documents": {"../../etc/passwd": "x", "\0": "y", "\ud800": "z"},
        }
    ),
    "\0" * 1_000,
    "null\n1\n[]\n{}\n",
]


@pytest.mark.parametrize("content", RECORDS)
def it_goes_on_from_a_record_that_is_none(content, capsys):
    from generator.batch.batch_record import NAME

    Path("o").mkdir()
    Path("o", NAME).write_text(content, encoding="utf-8")
    assert run(["render", "s.yaml", "-o", "o", "--resume"]) == 0
    assert len([*Path("o").glob("*.docx")]) == 1
    assert "internal-error" not in capsys.readouterr().err
