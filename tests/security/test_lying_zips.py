"""Zips that two readers read in two ways: documents and standard packages are refused alike."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable

import pytest

from generator.diagnostics import InvalidDocument
from generator.distribution.archive import read_archive
from generator.ooxml.package import CONTENT_TYPES, open_package

TYPES = (CONTENT_TYPES, b"<Types/>")
END, DIRECTORY = b"PK\5\6", b"PK\1\2"


def zipped(*entries: tuple[str, bytes], comment: bytes = b"", **attributes: object) -> bytes:
    """A zip of entries; `attributes` are those of the last."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in (TYPES, *entries):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if name == entries[-1][0]:
                for attribute, value in attributes.items():
                    setattr(entry, attribute, value)
            archive.writestr(entry, data)
        archive.comment = comment
    return stream.getvalue()


def patched(change: Callable[[bytearray, int, int], object]) -> bytes:
    """A zip, changed by a function that gets it, the place of the last entry in its directory and that of its header."""
    data = bytearray(zipped(("a.xml", b"<a/>"), ("b.xml", b"<b/>")))
    entry = data.rindex(DIRECTORY)
    change(data, entry, struct.unpack_from("<L", data, entry + 42)[0])
    return bytes(data)


def flag(bits: int) -> Callable[[bytearray, int, int], None]:
    def set_(data: bytearray, _: int, local: int) -> None:
        data[local + 6 : local + 8] = struct.pack("<H", bits)

    return set_


SOUND = zipped(("a.xml", b"<a/>"))
OTHER_NAME = struct.pack("<HHBL", 0x7075, 11, 1, 0) + b"../b.x"
LYING = {
    "a folder with content": zipped(("a/", b"<a>data</a>")),
    "encrypted by its own header": patched(flag(1)),
    "masked headers": patched(flag(0x2000)),
    "a patch": patched(flag(0x20)),
    "another disk": patched(lambda data, entry, _: struct.pack_into("<H", data, entry + 34, 5)),
    "fewer entries than there are": patched(
        lambda data, *_: struct.pack_into("<HH", data, data.index(END) + 8, 1, 1),
    ),
    "another name in an extra field": zipped(("a.xml", b"<a/>"), extra=OTHER_NAME),
    "another method": patched(lambda data, _, local: struct.pack_into("<H", data, local + 8, 0)),
    "behind the end": SOUND + b"x",
    "before the start": b"MZ" + SOUND,
    "two in one": SOUND + SOUND,
    "an end within the comment": zipped(("a.xml", b"<a/>"), comment=END + bytes(18)),
}


@pytest.mark.parametrize("name", LYING)
@pytest.mark.parametrize("read", [open_package, lambda data: read_archive(data, "a.zip")], ids=["document", "package"])
def it_refuses_what_two_readers_read_in_two_ways(name, read):
    with pytest.raises(InvalidDocument):
        read(LYING[name])


@pytest.mark.parametrize("name", ["a//b.xml", "a/./b.xml", "%2e%2E/a.xml", "..%2fa.xml", "a%00b.xml", "a%5Cb.xml"])
def it_refuses_names_that_others_undo(name):
    with pytest.raises(InvalidDocument) as caught:
        open_package(zipped((name, b"<a/>")))
    assert [finding.code for finding in caught.value.diagnostics] == ["package-bad-name"]


@pytest.mark.parametrize(
    ("entries", "attributes", "code"),
    [
        ((("a", b""), ("a/b", b"")), {}, "distribution-collision"),
        ((("a/b/c", b""), ("A", b"")), {}, "distribution-collision"),
        ((("a", b"x"),), {"external_attr": (stat.S_IFDIR | 0o755) << 16, "create_system": 3}, "distribution-link"),
        ((("a//b", b"x"),), {}, "distribution-bad-name"),
    ],
)
def it_refuses_a_file_that_is_a_folder_too(entries, attributes, code):
    with pytest.raises(InvalidDocument) as caught:
        read_archive(zipped(*entries, **attributes), "a.zip")
    assert {finding.code for finding in caught.value.diagnostics} == {code}


def it_takes_folders_and_comments():
    for data in (zipped(("a/", b""), ("a/b.xml", b"<a/>")), zipped(("a.xml", b"<a/>"), comment=b"made by hand")):
        assert open_package(data)
        assert read_archive(data, "a.zip")
