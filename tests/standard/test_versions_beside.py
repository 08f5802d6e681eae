"""Versions of a standard side by side: which one a data file gets, and what is said where it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Failure
from generator.form.forms import form_of
from generator.report import examine
from generator.standard import available, load_standard
from generator.standard.identity import standard_digest
from generator.standard.library import user_library

ROOT = Path(__file__).parents[2]

STANDARD = """standard: 例
title: 例
issuer: 甲财政局
version: {version}
fields:
  年度: year
  名称: {{type: text, label: 名称{version}}}
"""


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch) -> Path:
    """An empty library of the user, with nothing else before it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    return user_library()


def install(library: Path, version: str) -> None:
    folder = library / "installed" / f"例@{version}" / "standards"
    folder.mkdir(parents=True)
    (folder / "例.yaml").write_text(STANDARD.format(version=version), encoding="utf-8")


def codes(text: str) -> list[str]:
    return [finding.code for finding in examine(text.encode(), name="data.yaml")[1]]


def it_takes_the_newest_where_none_is_asked_for(library):
    for version in ("1.0.0", "1.10.0", "1.9.0"):
        install(library, version)
    assert load_standard("例").version == "1.10.0"
    assert codes("标准: 例\n年度: 2020\n名称: 甲\n") == []


def it_takes_the_version_that_is_asked_for_and_says_that_a_newer_one_is_there(library):
    install(library, "1.0.0")
    install(library, "1.1.0")
    assert load_standard("例@1.0.0").version == "1.0.0"
    report, found = examine("标准: 例@1.0.0\n年度: 2020\n名称: 甲\n".encode(), name="data.yaml")
    assert report is not None
    assert report.standard.version == "1.0.0"
    assert [finding.code for finding in found] == ["report-standard-newer"]
    assert found[0].message == "数据文件按1.0.0填写，现行标准是1.1.0。"


def it_is_served_by_a_later_version_where_its_own_is_not_there(library):
    install(library, "1.1.0")
    report, found = examine("标准: 例@1.0.0\n年度: 2020\n名称: 甲\n".encode(), name="data.yaml")
    assert report is not None
    assert report.standard.version == "1.1.0"
    assert [finding.code for finding in found] == ["report-standard-newer"]


def it_says_what_to_install_where_only_another_version_is_there(library):
    install(library, "2.0.0")
    _, found = examine("标准: 例@1.0.0\n年度: 2020\n名称: 甲\n".encode(), name="data.yaml")
    assert [finding.code for finding in found] == ["report-standard-version"]
    assert "例@1.0.0" in str(found[0].hint)
    assert "generator standard install" in str(found[0].hint)


def it_says_what_to_install_where_nothing_is_there(library):
    with pytest.raises(Failure) as refusal:
        examine("标准: 丙丁@1.0.0\n年度: 2020\n".encode(), name="data.yaml")
    found = refusal.value.diagnostics[0]
    assert (found.code, found.location.line) == ("standard-not-found", 1)
    assert "丙丁@1.0.0" in str(found.hint)


def it_finds_the_standard_of_a_stated_digest_behind_another(library):
    install(library, "1.0.0")
    install(library, "1.1.0")
    old = standard_digest(load_standard("例@1.0.0"))
    report, found = examine(f"标准: 例\n摘要: {old[:16]}\n年度: 2020\n名称: 甲\n".encode(), name="data.yaml")
    assert found == []
    assert report is not None
    assert report.standard.version == "1.0.0"


def it_refuses_a_standard_that_was_edited_after_it_was_issued(library):
    install(library, "1.0.0")
    issued = standard_digest(load_standard("例"))
    path = library / "installed" / "例@1.0.0" / "standards" / "例.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 改\n", encoding="utf-8")
    assert codes(f"标准: 例\n摘要: {issued}\n年度: 2020\n名称: 甲\n") == ["report-standard-digest"]


@pytest.mark.parametrize("digest", ["''", "1234567", "不是摘要"])
def it_takes_no_short_digest(library, digest):
    install(library, "1.0.0")
    assert codes(f"标准: 例\n摘要: {digest}\n年度: 2020\n名称: 甲\n") == ["report-standard-digest"]


def it_lists_what_is_hidden_by_what(library):
    install(library, "1.0.0")
    install(library, "1.1.0")
    found = [one for one in available(hidden=True) if one.id == "例"]
    assert [one.version for one in found] == ["1.1.0", "1.0.0"]
    assert found[0].hidden_by is None
    assert found[1].hidden_by == found[0].path
    assert [one.version for one in available() if one.id == "例"] == ["1.1.0"]


def it_warns_of_a_form_that_was_made_from_an_edited_standard_of_the_same_version(library, tmp_path):
    install(library, "1.0.0")
    Path("d.yaml").write_text("标准: 例\n年度: 2020\n名称: 甲\n", encoding="utf-8")
    form = form_of("d.yaml").content
    assert examine(form, name="填报.xlsx")[1] == []
    path = library / "installed" / "例@1.0.0" / "standards" / "例.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 改\n", encoding="utf-8")
    found = examine(form, name="填报.xlsx")[1]
    assert [(finding.code, finding.severity) for finding in found] == [("report-standard-digest", "warning")]


def it_finds_what_comes_with_the_program_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("GENERATOR_LIBRARY", raising=False)
    monkeypatch.chdir(tmp_path)
    assert "shifeng-2020" in {one.id for one in available()}
    monkeypatch.chdir(ROOT)  # the checkout's own templates, found twice, are one library
    assert all(one.hidden_by is None for one in available() if one.id == "shifeng-2020")
