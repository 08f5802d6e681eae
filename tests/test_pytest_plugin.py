"""The pytest plugin, as somebody's project uses it."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml  # noqa: F401 pytester forgets what its runs import; a second PyYAML beside the one of the C parser hangs

import generator.api  # noqa: F401 for the same reason

pytest_plugins = ["pytester"]
CASES = Path(__file__).parent / "cases" / "diff"


@pytest.fixture(autouse=True)
def outside_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)


def word(text="得分8分", bold=False):
    document = docx.Document()
    document.add_heading("自评", 1)
    document.add_paragraph(text).runs[0].bold = bold
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel(value):
    book = openpyxl.Workbook()
    book.active["A1"] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


TEST = """
from pathlib import Path
def test_report(document_regression):
    document_regression.check(Path("made.docx").read_bytes(){options})
"""


def project(pytester, options=""):
    pytester.path.joinpath("made.docx").write_bytes(word())
    return pytester.makepyfile(test_it=TEST.format(options=options))


def it_fails_with_a_hint_on_a_golden_never_seen(pytester):
    project(pytester)
    outcome = pytester.runpytest()
    outcome.assert_outcomes(failed=1)
    outcome.stdout.fnmatch_lines(["*还没有可以对照的文件*test_report.docx*", "*--update-golden*"])
    assert (pytester.path / "test_it" / "test_report.obtained.docx").exists()
    assert not (pytester.path / "test_it" / "test_report.docx").exists()


def it_accepts_compares_and_tells_the_difference(pytester):
    project(pytester)
    folder = pytester.path / "test_it"
    pytester.runpytest("--update-golden").assert_outcomes(passed=1)
    assert sorted(path.name for path in folder.iterdir()) == ["test_report.docx"]
    pytester.runpytest().assert_outcomes(passed=1)
    (pytester.path / "made.docx").write_bytes(word("得分9分"))
    outcome = pytester.runpytest()
    outcome.assert_outcomes(failed=1)
    outcome.stdout.fnmatch_lines(["*1 处差异*", "*正文 第2段：文字 “8” → “9”*"])
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["test_report.docx", "test_report.obtained.docx", "test_report.obtained.html"]
    page = (folder / "test_report.obtained.html").read_text(encoding="utf-8")
    assert "<del>8</del>" in page
    assert "<ins>9</ins>" in page
    pytester.runpytest("--update-golden").assert_outcomes(passed=1)
    assert sorted(path.name for path in folder.iterdir()) == ["test_report.docx"]
    pytester.runpytest().assert_outcomes(passed=1)


def it_takes_names_levels_and_ignore_rules(pytester):
    project(pytester, ', name="报告", level="format", ignore=["正文 第2段"]')
    pytester.runpytest("--update-golden").assert_outcomes(passed=1)
    assert (pytester.path / "test_it" / "报告.docx").exists()
    (pytester.path / "made.docx").write_bytes(word("得分9分", bold=True))
    pytester.runpytest().assert_outcomes(passed=1)


def it_sees_formats_only_at_their_level(pytester):
    project(pytester)
    pytester.runpytest("--update-golden").assert_outcomes(passed=1)
    (pytester.path / "made.docx").write_bytes(word(bold=True))
    pytester.runpytest().assert_outcomes(passed=1)
    project(pytester, ', level="format"')
    (pytester.path / "made.docx").write_bytes(word(bold=True))
    pytester.runpytest().assert_outcomes(failed=1)


def it_keeps_several_documents_of_one_test_apart(pytester):
    pytester.makepyfile(
        test_it="""
        import io
        import openpyxl
        def made(value):
            book = openpyxl.Workbook()
            book.active["A1"] = value
            file = io.BytesIO()
            book.save(file)
            file.seek(0)
            return file
        def test_two(document_regression):
            document_regression.check(made(1))
            document_regression.check(made(2))
        """
    )
    pytester.runpytest("--update-golden").assert_outcomes(passed=1)
    assert sorted(path.name for path in (pytester.path / "test_it").iterdir()) == ["test_two.xlsx", "test_two_2.xlsx"]
    pytester.runpytest().assert_outcomes(passed=1)


def it_fails_plainly_on_what_is_no_document(pytester):
    project(pytester)
    (pytester.path / "made.docx").write_bytes(b"no zip")
    for options in ([], ["--update-golden"]):
        outcome = pytester.runpytest(*options)
        outcome.assert_outcomes(failed=1)
        outcome.stdout.fnmatch_lines(["*package-not-zip*"])
        outcome.stdout.no_fnmatch_line("*Traceback*")
    assert not (pytester.path / "test_it" / "test_report.docx").exists()


STANDARD = """\
standard: small-2020
title: 小表
issuer: 某某县财政局
fiscal_year: 2020
version: 1.0.0
fields:
  名称: text
  预算: money
  支出: money
  执行率: percent = 支出 / 预算
checks:
  - {id: 不超预算, rule: 支出 <= 预算, message: "支出{{ 支出 }}超过预算{{ 预算 }}"}
documents:
  - {template: docx/small.docx, name: "{{ 名称 }}小表"}
"""
DATA = "标准: small-2020\n名称: 某某局\n预算: 100\n支出: {spent}\n"


@pytest.fixture
def case(pytester, monkeypatch):
    library = pytester.path / "library"
    (library / "standards").mkdir(parents=True)
    (library / "docx").mkdir()
    (library / "standards" / "small-2020.yaml").write_text(STANDARD, encoding="utf-8")
    (library / "docx" / "small.docx").write_bytes(word("{{ 名称 }}执行率{{ 执行率 }}"))
    folder = pytester.path / "cases" / "小表"
    folder.mkdir(parents=True)
    (folder / "data.yaml").write_text(DATA.format(spent=50), encoding="utf-8")
    monkeypatch.setenv("GENERATOR_LIBRARY", str(library))
    return folder


def it_runs_a_folder_with_a_data_file_and_expected_findings(pytester, case):
    (case / "expected.json").write_text('{"diagnostics": [], "values": {"执行率": "50%"}}', encoding="utf-8")
    pytester.runpytest("cases", "-v").assert_outcomes(passed=1)
    (case / "data.yaml").write_text(DATA.format(spent=150), encoding="utf-8")
    outcome = pytester.runpytest("cases")
    outcome.assert_outcomes(failed=1)
    outcome.stdout.fnmatch_lines(["*多了：data.yaml:4:*支出150超过预算100*"])


def it_accepts_findings_and_keeps_what_still_holds(pytester, case):
    expected = case / "expected.json"
    expected.write_text("", encoding="utf-8")
    (case / "data.yaml").write_text(DATA.format(spent=150), encoding="utf-8")
    outcome = pytester.runpytest("cases")
    outcome.assert_outcomes(failed=1)
    outcome.stdout.fnmatch_lines(["*--update-golden*"])
    pytester.runpytest("cases", "--update-golden").assert_outcomes(passed=1)
    (finding,) = json.loads(expected.read_text(encoding="utf-8"))["diagnostics"]
    assert (finding["line"], finding["severity"]) == (4, "error")
    short = json.dumps({"diagnostics": [{"code": finding["code"], "line": 4}]})
    expected.write_text(short, encoding="utf-8")
    pytester.runpytest("cases", "--update-golden").assert_outcomes(passed=1)
    assert expected.read_text(encoding="utf-8") == short
    pytester.runpytest("cases").assert_outcomes(passed=1)


def it_runs_a_folder_with_expected_documents(pytester, case):
    (case / "expected.docx").write_bytes(b"")
    pytester.runpytest("cases").assert_outcomes(failed=1)
    pytester.runpytest("cases", "--update-golden").assert_outcomes(passed=1)
    pytester.runpytest("cases").assert_outcomes(passed=1)
    (case / "data.yaml").write_text(DATA.format(spent=60), encoding="utf-8")
    outcome = pytester.runpytest("cases")
    outcome.assert_outcomes(failed=1)
    outcome.stdout.fnmatch_lines(["*正文 第2段：文字 “50%” → “60%”*"])
    assert (case / "expected.obtained.html").exists()


def it_tells_when_a_data_file_with_errors_should_render(pytester, case):
    (case / "某某局小表.docx").write_bytes(word())
    (case / "data.yaml").write_text(DATA.format(spent=150), encoding="utf-8")
    outcome = pytester.runpytest("cases")
    outcome.assert_outcomes(failed=1)
    outcome.stdout.fnmatch_lines(["*支出150超过预算100*"])
    outcome.stdout.no_fnmatch_line("*Traceback*")


def it_keeps_the_pages_of_two_documents_apart_and_overlooks_fields(pytester, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(CASES.parents[2] / "templates"))
    folder = pytester.path / "cases" / "两份"
    shutil.copytree(CASES / "two-pages-case", folder)
    (folder / "data.yaml.txt").rename(folder / "data.yaml")
    pytester.runpytest("cases", "--update-golden").assert_outcomes(passed=1)
    text = (folder / "data.yaml").read_text(encoding="utf-8")
    (folder / "data.yaml").write_text(text.replace("县城人民路21号3楼", "县城人民路22号3楼"), encoding="utf-8")
    (folder / "expected.xlsx").write_bytes(excel("别的"))
    pytester.runpytest("cases").assert_outcomes(failed=1)
    pages = {path.name for path in folder.iterdir() if path.suffix == ".html"}
    assert pages == {"expected.obtained.docx.html", "expected.obtained.xlsx.html"}
    rules = folder / "diff.yaml"
    rules.write_text(rules.read_text(encoding="utf-8") + "  - field: 办公说法\n", encoding="utf-8")
    (folder / "expected.xlsx").unlink()
    pytester.runpytest("cases").assert_outcomes(passed=1)


def it_refuses_two_checks_of_one_golden(pytester):
    pytester.makepyfile(test_collide=(CASES / "collide.py.txt").read_text(encoding="utf-8"))
    outcome = pytester.runpytest("--update-golden")
    outcome.assert_outcomes(passed=4, failed=5)
    outcome.stdout.fnmatch_lines(
        [
            "*两个检查用同一个对照文件*test_x.docx*",
            "*test_collide.py::TestA::test_x",
            "*test_collide.py::TestB::test_x",
            "*test_collide.py::test_n1",
            "*test_collide.py::test_n2",
            "*test_collide.py::test_p[[]甲[]]",
            "*test_collide.py::test_p[[]乙[]]",
        ]
    )


def it_knows_a_shared_golden_in_several_processes(pytester):
    pytester.makepyfile(test_collide=(CASES / "collide.py.txt").read_text(encoding="utf-8"))
    pytester.runpytest_subprocess("--update-golden", "-n", "2").assert_outcomes(passed=4, failed=5)


NAMED = """
import io
import docx, openpyxl, pytest
def made(text):
    document = docx.Document()
    document.add_paragraph(text)
    return document
@pytest.mark.parametrize("unit", ["甲局", "乙局"])
def test_unit(document_regression, unit):
    document_regression.check(made(unit))
"""


def it_names_goldens_after_chinese_parameters(pytester):
    pytester.makepyfile(test_it=NAMED)
    pytester.runpytest("--update-golden").assert_outcomes(passed=2)
    names = sorted(path.name for path in (pytester.path / "test_it").iterdir())
    assert names == ["test_unit_乙局.docx", "test_unit_甲局.docx"]


def it_reports_and_removes_goldens_that_no_check_used(pytester):
    pytester.makepyfile(test_it=NAMED)
    pytester.runpytest("--update-golden").assert_outcomes(passed=2)
    old = pytester.path / "test_it" / "test_gone.docx"
    old.write_bytes(word())
    pytester.runpytest().stdout.fnmatch_lines(["*没有检查用到*", "*test_gone.docx"])
    chosen = pytester.runpytest("-k", "甲局 or unit", "--update-golden", "--remove-unused")
    chosen.stdout.no_fnmatch_line("*没有检查用到*")
    assert old.exists()
    pytester.runpytest("--update-golden", "--remove-unused").stdout.fnmatch_lines(["*已经删除*", "*test_gone.docx"])
    assert not old.exists()


def it_accepts_nothing_in_ci_unless_asked(pytester, monkeypatch):
    monkeypatch.setenv("CI", "true")
    project(pytester)
    assert pytester.runpytest("--update-golden").ret == pytest.ExitCode.USAGE_ERROR
    assert not (pytester.path / "test_it").exists()
    pytester.runpytest("--update-golden", "--update-golden-in-ci").assert_outcomes(passed=1)


def it_tells_every_failing_check_of_a_test(pytester):
    pytester.makepyfile(
        test_it="""
        from pathlib import Path
        import docx, openpyxl
        def test_all(document_regression):
            document_regression.check([Path("一.docx"), "二.docx"])
            book = openpyxl.Workbook()
            document_regression.check(book, name="表")
        """
    )
    for name in ("一", "二"):
        (pytester.path / f"{name}.docx").write_bytes(word(name))
    outcome = pytester.runpytest()
    outcome.assert_outcomes(failed=1)
    outcome.stdout.fnmatch_lines(["*一.docx*", "*二.docx*", "*表.xlsx*"])
    pytester.runpytest("--update-golden").assert_outcomes(passed=1)
    pytester.runpytest().assert_outcomes(passed=1)


def it_leaves_folders_alone_that_are_no_cases(pytester, case):
    other = pytester.path / "cases" / "other"
    other.mkdir()
    (other / "data.yaml").write_text("a: 1\n", encoding="utf-8")
    (other / "expected.json").write_text('{"zh": {}, "en": {}}', encoding="utf-8")
    outcome = pytester.runpytest("cases")
    outcome.assert_outcomes()
    assert outcome.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def it_is_light_to_load():
    code = "import sys, generator.pytest_plugin; print(*(m for m in ('lxml', 'docx', 'openpyxl', 'pydantic') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
