"""A comparison as counts, and for the tools of continuous integration."""

import io
from xml.etree import ElementTree

import docx
import pytest

from generator.cli import run
from generator.compare import compare, compare_folders, to_github, to_junit, to_markdown, to_summary, to_text


def document(*texts: str) -> bytes:
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    made.add_table(1, 1).cell(0, 0).text = texts[0]
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def folders(tmp_path):
    for side, text in (("a", "得分 8, 即 80%"), ("b", "得分 9, 即 90%")):
        (tmp_path / side).mkdir()
        (tmp_path / side / "changed.docx").write_bytes(document(text, "第二段"))
        (tmp_path / side / "same.docx").write_bytes(document("一样"))
    (tmp_path / "a" / "gone.docx").write_bytes(document("没了"))
    return str(tmp_path / "a"), str(tmp_path / "b")


def it_counts_by_kind_place_and_file(folders):
    lines = to_summary(compare_folders(*folders)).splitlines()
    assert lines[0] == "3 处差异"
    assert "       2  文字" in lines
    assert "       1  changed.docx 正文" in lines
    assert "       1  changed.docx 表1" in lines
    assert lines[lines.index("文件：") :] == [
        "文件：",
        "       2  changed.docx  不同",
        "       1  gone.docx  只在前一个文件夹里",
        "       0  same.docx  相同",
    ]


def it_says_how_many_differences_it_did_not_list():
    result = compare(document("一", "二"), document("甲", "乙"))
    assert to_text(result, "en", 1).splitlines()[1] == "2 more are not listed."
    assert len(to_text(result).splitlines()) == len(to_text(result, most=3).splitlines())


def it_escapes_what_github_would_read_as_a_command(folders):
    lines = to_github(compare_folders(*folders), "out,1:x").splitlines()
    assert lines[0].startswith("::error file=out%2C1%3Ax/changed.docx,title=文字::changed.docx 正文 第1段")
    assert "“80%25” → “90%25”" in lines[0]
    assert lines[-1] == "::notice file=out%2C1%3Ax::3 处差异"


def it_writes_a_test_case_a_file(folders):
    root = ElementTree.fromstring(to_junit(compare_folders(*folders), folders[1]).encode())
    cases = {case.get("name"): case.find("failure") for case in root.iter("testcase")}
    assert list(cases) == ["changed.docx", "gone.docx", "same.docx"]
    assert cases["same.docx"] is None
    failure = cases["changed.docx"]
    assert failure is not None
    assert failure.get("message") == "2 处差异"
    assert "第1段" in (failure.text or "")
    alone = ElementTree.fromstring(to_junit(compare(document("一"), document("一")), "b.docx").encode())
    assert (alone.get("tests"), alone.get("failures")) == ("1", "0")


def it_writes_markdown_that_prints_what_it_says():
    result = compare(document("a|b"), document("a*c\nd"))
    text = to_markdown(result, ("a_1.docx", "b.docx"), "en")
    assert text.startswith("## a\\_1.docx → b.docx\n\n**2 differences**\n")
    rows = [line for line in text.splitlines() if line.startswith("| text |")]
    assert rows[0] == "| text | 2 |"
    assert all(row.replace("\\|", "").count("|") == 3 for row in rows)


def it_prints_each_form_at_the_command_line(folders, capsys):
    for form, begins in (("github", "::error file="), ("junit", "<?xml"), ("markdown", "## ")):
        assert run(["diff", *folders, "--format", form, "--lang", "en"]) == 1
        assert capsys.readouterr().out.startswith(begins)
    assert run(["diff", *folders, "--summary", "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "3 differences"
