"""Packages: read within limits, written deterministically, saved whole or not at all."""

import io
import zipfile

import pytest

from generator.diagnostics import Failure, InvalidDocument
from generator.ooxml import package
from generator.ooxml.deflater import deflate
from generator.ooxml.zip_written import build


def a_zip(members, **kwargs):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, **kwargs)
    return stream.getvalue()


TYPES = {package.CONTENT_TYPES: "<Types/>"}


def it_reads_members_and_carries_them_over_still_deflated():
    opened = package.open_package(a_zip({"a.xml": "<r>" + "<a/>" * 500 + "</r>", **TYPES}))
    written = build(opened, {})
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [package.CONTENT_TYPES, "a.xml"]
        assert archive.read("a.xml") == b"<r>" + b"<a/>" * 500 + b"</r>"
    assert package.open_package(written).members["a.xml"].data == opened.members["a.xml"].data


def it_replaces_adds_and_leaves_out_members_and_gives_the_same_bytes_every_time():
    opened = package.open_package(a_zip({**TYPES, "a.xml": "<a/>", "b.xml": "<b/>"}))
    changes = {"a.xml": b"<new/>", "b.xml": None, "c.xml": deflate([b"<c", b"/>"])}
    written = build(opened, changes)
    again = package.open_package(written)
    assert {name: again.read(name) for name in again.members} == {
        package.CONTENT_TYPES: b"<Types/>",
        "a.xml": b"<new/>",
        "c.xml": b"<c/>",
    }
    assert written == build(opened, changes)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"plain text", "package-not-zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "package-old-format"),
        (a_zip({"a.xml": "x"}), "package-not-zip"),
        (a_zip({**TYPES, "../a.xml": "x"}), "package-bad-name"),
        (a_zip({**TYPES, "a.xml": "x", "A.xml": "x"}), "package-bad-name"),
        (a_zip({**TYPES, "bomb.xml": b"\0" * 50_000_000}), "package-too-large"),
    ],
)
def it_refuses_what_is_no_sound_package(content, code):
    with pytest.raises(InvalidDocument) as caught:
        package.open_package(content)
    assert [found.code for found in caught.value.diagnostics] == [code]


def it_refuses_a_doctype():
    with pytest.raises(InvalidDocument) as caught:
        package.parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert caught.value.diagnostics[0].code == "xml-doctype"


def it_says_that_a_file_is_missing_or_a_folder(tmp_path):
    for source, code in ((tmp_path / "none.docx", "file-missing"), (tmp_path, "file-is-folder")):
        with pytest.raises(Failure) as caught:
            package.open_package(source)
        assert caught.value.diagnostics[0].code == code


def it_writes_a_file_whole_or_not_at_all(tmp_path):
    package.write_atomically(tmp_path / "新 文件夹" / "a.docx", b"content")
    assert (tmp_path / "新 文件夹" / "a.docx").read_bytes() == b"content"
    (tmp_path / "taken").mkdir()
    with pytest.raises(Failure):
        package.write_atomically(tmp_path / "taken", b"content")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken", "新 文件夹"]


def it_writes_several_files_or_none(tmp_path):
    (tmp_path / "b.docx").mkdir()
    with pytest.raises(Failure) as caught:
        package.write_together({tmp_path / "a.docx": b"a", tmp_path / "b.docx": b"b"})
    assert caught.value.diagnostics[0].code == "output-unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["b.docx"]


def it_says_why_a_folder_cannot_be_written(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Failure) as caught:
        package.write_atomically(tmp_path / "file" / "a.docx", b"a")
    finding = caught.value.diagnostics[0]
    assert finding.code == "output-folder"
    assert finding.message.endswith("：同名的位置是文件")


def it_leaves_nothing_behind_when_the_disk_is_full(tmp_path, monkeypatch):
    import errno
    import os

    real = os.fdopen

    class Full:
        def __init__(self, handle):
            self.file = real(handle, "wb")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, content):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(package.os, "fdopen", lambda handle, mode: Full(handle))
    with pytest.raises(Failure) as caught:
        package.write_atomically(tmp_path / "a.docx", b"a")
    assert caught.value.diagnostics[0].message.endswith("磁盘已满")
    assert list(tmp_path.iterdir()) == []
