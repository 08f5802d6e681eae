"""A golden case for every finding of comparing: the call, and what is told of it in both languages and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from generator.compare import Comparison, compare, output_kinds
from generator.compare.compare import compare_folders, compare_rendered
from generator.compare.excel.marked_workbook import marked
from generator.compare.rules import make_rules, read_rules
from generator.compare.word.tracked_document import tracked
from generator.diagnostics import Diagnostic
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.file_endings import WORD_ENDINGS
from generator.ooxml.limits import Limits, within
from tests.support import words
from tests.support.golden import check_every_code
from tests.support.told import CASES, check_case, saved, told, workbook
from tests.support.words import document, paragraph, run


def part_missing() -> None:
    parts = words.members(saved(workbook({"A1": 1})))
    del parts["xl/worksheets/sheet1.xml"]
    Path("自评表.xlsx").write_bytes(words.pack(parts))
    compare("自评表.xlsx", saved(workbook({"A1": 1})))


def binary_workbook() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.bin"/>'
        "</Relationships>"
    )
    parts = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": relations.encode(), "xl/workbook.bin": b"\x83\x01"}
    Path("自评表.xlsb").write_bytes(words.pack(parts))
    compare("自评表.xlsb", "自评表.xlsb")


def no_office() -> None:
    Path("说明.zip").write_bytes(words.pack({"[Content_Types].xml": b"<Types/>", "说明.txt": "一段文字".encode()}))
    compare("说明.zip", "说明.zip")


def no_counterpart() -> None:
    Path("旧报告.docx").write_bytes(document(paragraph("甲")))
    compare_rendered("旧报告.docx", {"自评表.xlsx": b"", "附件.xlsx": b""})


def costly_pattern() -> None:
    with within(Limits(seconds=0.1)):
        compare(document(paragraph("1" * 26)), document(paragraph("1" * 26 + "年")), ignore=[r"pattern:^(\d+)*月"])


def rules_file(text: str) -> tuple[Diagnostic, ...]:
    Path("diff.yaml").write_text(text, "utf-8")
    return told(lambda: read_rules("diff.yaml"))


COMPARE: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "compare-not-office": lambda: told(no_office),
    "compare-binary-workbook": lambda: told(binary_workbook),
    "compare-part-missing": lambda: told(part_missing),
    "compare-formatting": lambda: told(lambda: make_rules(formatting="exact")),
    "compare-pages-kind": lambda: told(lambda: output_kinds.check_pages("旧.docx", "数据.yaml", "页")),
    "compare-pages-tool": lambda: [diagnostic("compare-pages-tool", tool="LibreOffice")],
    "compare-pages-failed": lambda: [diagnostic("compare-pages-failed", name="a.docx", reason="Syntax Error")],
    "compare-marked-kind": lambda: told(lambda: marked(document(paragraph(run("文"))), Comparison())),
    "compare-output-suffix": lambda: told(
        lambda: output_kinds.check_output("a.docx", "b.docx", "c.xlsx", WORD_ENDINGS)
    ),
    "compare-tracked-kind": lambda: told(lambda: tracked(saved(workbook({"A1": 1})), saved(workbook({"A1": 2})))),
    "compare-level": lambda: told(lambda: make_rules(level="strict")),
    "compare-rule": lambda: (
        *told(lambda: make_rules(ignore=["field:"])),
        *told(lambda: make_rules(ignore=[{"格": "A1"}])),
    ),
    "compare-pattern": lambda: told(lambda: make_rules(ignore=["pattern:(\\d{4}年"])),
    "compare-pattern-costly": lambda: told(costly_pattern),
    "compare-tolerance": lambda: told(lambda: make_rules(tolerance="一点")),
    "compare-rules-file": lambda: (
        *rules_file("levle: text\n"),
        *rules_file("- place:表2\n"),
        *rules_file("ignore: [a\n"),
        *rules_file("ignore: &a [*a]\n"),
    ),
    "compare-folder-missing": lambda: told(lambda: compare_folders("没有", "没有")),
    "compare-no-counterpart": lambda: told(no_counterpart),
}


@pytest.mark.parametrize("code", COMPARE)
def it_says_what_is_wrong(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    check_case(code, list(COMPARE[code]()), CASES / "compare" / code, bool(request.config.getoption("--update-golden")))


def it_has_a_case_for_every_code():
    check_every_code(COMPARE, "compare")
