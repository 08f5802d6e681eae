"""A golden case for every finding about a file that is opened or written: what is done, and what is told of it in both languages and as JSON."""

from __future__ import annotations

import errno
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import InvalidDocument
from generator.ooxml.active_content import active_findings
from generator.ooxml.deflater import Deflated, deflate
from generator.ooxml.package import Package, open_package, parse_xml, write_atomically
from generator.ooxml.stated_numbers import whole
from generator.ooxml.zip_written import build
from tests.support.golden import check_every_code
from tests.support.told import CASES, check_case, told

OF_OFFICE = {"soffice-missing", "soffice-failed", "pages-unknown", "pdf-fonts-substituted"}  # told in tests/documents


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


MADE: dict[str, Callable[[], object]] = {
    "file-missing": lambda: open_package("没有.docx"),
    "file-is-folder": lambda: (Path("报告").mkdir(), open_package("报告")),
    "file-unreadable": lambda: open_package("长" * 300 + ".docx"),
    "file-empty": lambda: opened(b""),
    "package-not-zip": lambda: opened("一段文字".encode()),
    "package-old-format": lambda: opened(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "报告.doc"),
    "package-encrypted": lambda: opened(in_directory(packed(), 8, "<H", 1)),
    "package-damaged": damaged,
    "package-misstated": lambda: whole("壹"),
    "package-too-large": lambda: opened(in_directory(packed(), 24, "<L", 0xFFFFFFF0)),
    "package-bad-name": lambda: opened(packed("../报告.xml")),
    "xml-damaged": lambda: parse_xml(b"<a><b></a>", "报告.docx", "word/document.xml"),
    "xml-doctype": lambda: parse_xml(b"<!DOCTYPE a><a/>", "报告.docx", "word/document.xml"),
    "output-folder": below_a_file,
    "output-unwritable": open_elsewhere,
    "output-is-input": over_its_input,
    "active-macros": lambda: acting("word/vbaProject.bin", b"x"),
    "active-content": lambda: acting("word/activeX/activeX1.xml", b"<a/>"),
    "output-too-large": lambda: build(Package("报告.docx", {}), {"word/document.xml": Deflated(b"", 0, 1 << 33)}),
}


@pytest.mark.parametrize("code", MADE)
def it_says_what_is_wrong(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    check_case(
        code, list(told(MADE[code])), CASES / "package" / code, bool(request.config.getoption("--update-golden"))
    )


def it_has_a_case_for_every_code():
    check_every_code({*MADE, *OF_OFFICE}, "package")
