"""A golden case for every finding about a file: its input, its text in both languages, its JSON."""

import errno
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Failure, Invalid
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import package_wording, source_wording, syntax_wording
from generator.documents import page_numbers, pdf
from generator.lint import absent_fonts
from generator.ooxml.deflater import Deflated, deflate
from generator.ooxml.package import Package, open_package, parse_xml, write_atomically
from generator.ooxml.zip_written import build
from generator.source import plain_values, read_source
from tests.support import words
from tests.support.golden import check_every_code, check_golden

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
ROOMS = {"source": {**source_wording.WORDING, **syntax_wording.WORDING}, "package": package_wording.WORDING}


def packed(name: str = "[Content_Types].xml", content: bytes = b"<Types/>") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def in_directory(data: bytes, offset: int, layout: str, value: int) -> bytes:
    """A zip whose central directory says something else of its one member."""
    at = data.index(b"PK\1\2") + offset
    return data[:at] + struct.pack(layout, value) + data[at + struct.calcsize(layout) :]


def opened(data: bytes, name: str = "报告.docx") -> Package:
    Path(name).write_bytes(data)
    return open_package(name)


def below_a_file() -> None:
    Path("输出").write_bytes(b"x")
    write_atomically("输出/报告.docx", b"x")


def acting(part: str, content: bytes) -> None:
    from generator.diagnostics import InvalidDocument
    from generator.ooxml.active_content import active_findings

    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    raise InvalidDocument(
        active_findings(Package("报告.docx", {"[Content_Types].xml": deflate(types), part: deflate(content)}))
    )


def over_its_input() -> None:
    Path("模板.docx").write_bytes(b"x")
    write_atomically("模板.docx", b"y", inputs=["模板.docx"])


def open_elsewhere() -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "as Windows says of an open file")

    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(os, "replace", refuse)
        write_atomically("报告.docx", b"x")


def damaged() -> None:
    data = bytearray(packed(content=b"<Types>" + bytes(range(256)) + b"</Types>"))
    data[60] ^= 0xFF
    opened(bytes(data)).read("[Content_Types].xml")


def without_office() -> None:
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(pdf.shutil, "which", lambda name: None)
        machine.setattr(pdf, "_elsewhere", list)
        pdf.find_soffice()


def office_that_does_nothing() -> None:
    Path("报告.docx").write_bytes(b"x")
    pdf.convert_to_pdf([Path("报告.docx")], "没有这个程序")


def fonts_of_another_machine() -> None:
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(absent_fonts, "_families", lambda: frozenset({"宋体", "times new roman"}))
        found = absent_fonts.absent_fonts(
            [ROOT / "templates/docx/dayu-2020.docx", ROOT / "templates/xlsx/dayu-2020.xlsx"]
        )
    assert found is not None
    raise Failure([found])


def pages_that_nobody_says() -> None:
    """A document whose pages LibreOffice did not name."""
    code = '<w:fldSimple w:instr=" PAGEREF _Toc1 "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    mark = '<w:bookmarkStart w:id="1" w:name="_Toc1"/><w:bookmarkEnd w:id="1"/>'
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(page_numbers, "converted", lambda files, soffice: iter([b"%PDF-"]))
        machine.setattr(page_numbers, "_end", lambda laid_out: "")
        content = words.document(words.paragraph("总则", mark), words.paragraph("见第", code, "页"))
        _, found = page_numbers.with_page_numbers(content, "报告.docx", "soffice")
    raise Failure(found)


# What is too large to keep as a file, or needs the file system.
MADE: dict[tuple[str, str], Callable[[], object]] = {
    ("source", "text-too-long"): lambda: read_source(("说明: " + "完成" * 60_000 + "\n").encode(), "data.yaml"),
    ("source", "number-out-of-range"): lambda: plain_values(
        read_source("编号: 1e999\n金额: 0.5e-400\n合计: 0e-400\n".encode(), "data.yaml")
    ),
    ("source", "source-too-large"): lambda: read_source(b"#" * ((64 << 20) + 1), "data.yaml"),
    ("package", "file-missing"): lambda: open_package("没有.docx"),
    ("package", "file-is-folder"): lambda: (Path("报告").mkdir(), open_package("报告")),
    ("package", "file-unreadable"): lambda: open_package("长" * 300 + ".docx"),
    ("package", "file-empty"): lambda: opened(b""),
    ("package", "package-not-zip"): lambda: opened("一段文字".encode()),
    ("package", "package-old-format"): lambda: opened(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "报告.doc"),
    ("package", "package-encrypted"): lambda: opened(in_directory(packed(), 8, "<H", 1)),
    ("package", "package-damaged"): damaged,
    ("package", "package-too-large"): lambda: opened(in_directory(packed(), 24, "<L", 0xFFFFFFF0)),
    ("package", "package-bad-name"): lambda: opened(packed("../报告.xml")),
    ("package", "xml-damaged"): lambda: parse_xml(b"<a><b></a>", "报告.docx", "word/document.xml"),
    ("package", "xml-doctype"): lambda: parse_xml(b"<!DOCTYPE a><a/>", "报告.docx", "word/document.xml"),
    ("package", "soffice-missing"): without_office,
    ("package", "pdf-fonts-substituted"): fonts_of_another_machine,
    ("package", "soffice-failed"): office_that_does_nothing,
    ("package", "pages-unknown"): pages_that_nobody_says,
    ("package", "output-folder"): below_a_file,
    ("package", "output-unwritable"): open_elsewhere,
    ("package", "output-is-input"): over_its_input,
    ("package", "active-macros"): lambda: acting("word/vbaProject.bin", b"x"),
    ("package", "active-content"): lambda: acting("word/activeX/activeX1.xml", b"<a/>"),
    ("package", "output-too-large"): lambda: build(
        Package("报告.docx", {}), {"word/document.xml": Deflated(b"", 0, 1 << 33)}
    ),
}
KEPT = {
    ("source", folder.name): folder for folder in sorted((CASES / "source").iterdir()) if any(folder.glob("data.*"))
}


def findings_of(room: str, case: str) -> tuple[Diagnostic, ...]:
    make = MADE.get((room, case))
    if make is None:
        file = next(KEPT[room, case].glob("data.*"))
        make = lambda: read_source(file, file.name)  # noqa: E731
    with pytest.raises(Invalid) as caught:
        make()
    return caught.value.diagnostics


@pytest.mark.parametrize(("room", "case"), sorted({*MADE, *KEPT}), ids=lambda value: value)
def it_says_what_is_wrong(room, case, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    findings = findings_of(room, case)
    if case in ROOMS[room]:
        assert {finding.code for finding in findings} == {case}
    check_golden(CASES / room / case, findings, request.config.getoption("--update-golden"))


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("“三公经费”变动率", "“‘三公经费’变动率”"),
        ("“落实‘三公’经费”情况", "“‘落实“三公”经费’情况”"),
        ("‘两个’健康", "“‘两个’健康”"),
        ("半个“引号", "“半个“引号”"),
        ("多了”引号", "“多了”引号”"),
        ("it’s “x”", "“it’s ‘x’”"),
    ],
)
def it_alternates_quotation_marks_by_depth(label, shown):
    found = diagnostic("missing-value", label=label, wanted="数")
    assert found.message == f"缺少{shown}。"
    assert found.text.en == f"{shown} is missing."


def it_shows_what_somebody_typed_character_by_character():
    assert diagnostic("value-not-number", label="数", text="“三”").message == "数：““三””不是数。"


def it_has_a_case_for_every_code():
    check_every_code((case for _, case in (*MADE, *KEPT)), "source", "syntax", "package")
