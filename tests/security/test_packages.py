"""Packages that are not what they say: refused when they are opened, by every command, whatever part is at fault."""

import io
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from generator.api import lint
from generator.compare import compare
from generator.diagnostics import InvalidDocument, InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.ooxml.limits import Limits, within
from generator.ooxml.package import CONTENT_TYPES, open_package
from generator.word import WordTemplate
from tests.security.attacks import one_cell
from tests.support.words import document, paragraph

CASES = Path(__file__).parents[1] / "cases/hostile"


def changed(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A package with parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name, data in parts.items():
            if name not in old.namelist():
                new.writestr(name, data)
    return stream.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in {CONTENT_TYPES: b"<Types/>", **members}.items():
            archive.writestr(name, data)
    return stream.getvalue()


WORD = document(paragraph("{{ a }}"))
BOOK = one_cell("{{ a }}")
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
CROWDED = "<a " + " ".join(f"b{number}='1'" for number in range(9999)) + "/>"
DEEP = b"<a>" * 300 + b"</a>" * 300


@pytest.mark.parametrize("path", sorted(CASES.glob("pkg-*")), ids=lambda path: path.name)
def it_refuses_what_lies_about_its_parts(path):
    with pytest.raises(InvalidDocument) as caught:
        open_package(path)
    assert caught.value.diagnostics[0].code == "package-damaged"
    with pytest.raises(InvalidTemplate):
        (WordTemplate if path.suffix == ".docx" else ExcelTemplate)(path)
    assert {finding.code for finding in lint(path)} == {"package-damaged"}


@pytest.mark.parametrize(
    ("part", "data", "code"),
    [
        ("customXml/item9.xml", b"<a><b></a>", "xml-damaged"),
        ("customXml/item9.xml", b"not xml at all", "xml-damaged"),
        ("customXml/item9.xml", b"", "xml-damaged"),
        ("customXml/item9.xml", DTD, "xml-doctype"),
        ("customXml/item9.xml", DEEP, "xml-damaged"),
        ("customXml/item9.xml", b'<?xml version="1.0" encoding="nonsense"?><a/>', "xml-damaged"),
        ("customXml/item9.xml", b'<?xml version="1.0" encoding="UTF-7"?><a/>', "xml-damaged"),
        ("customXml/item9.xml", b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-7"?><a/>', "xml-damaged"),
        ("customXml/item9.xml", b"<?xml version='1.0'" + b" " * 999 + b"encoding='UTF-7'?><a/>", "xml-damaged"),
        ("customXml/item9.xml", b'<?xml version="1.0" encoding="gb18030"?><a/>', "xml-damaged"),
        ("customXml/item9.xml", "<a/>".encode("utf-32"), "xml-damaged"),
        ("customXml/item9.xml", '<?xml version="1.0"?><a/>'.encode("cp037"), "xml-damaged"),
        ("customXml/item9.xml", b'<?xml version="1.0" encoding="UTF-16"?><a/>', "xml-damaged"),
        ("customXml/item9.xml", CROWDED.encode("utf-16"), "package-too-large"),
        ("customXml/item9.xml", b'<a xmlns="h|up://x"/>', "xml-damaged"),
        ("customXml/item9.xml", b'<a b:c="1"/>', "xml-damaged"),
        ("customXml/_rels/item9.xml.rels", DTD, "xml-doctype"),
        (CONTENT_TYPES, b"<Types>", "xml-damaged"),
        (CONTENT_TYPES, DTD, "xml-doctype"),
    ],
)
def it_refuses_parts_that_no_tag_touches(part, data, code):
    for base, make in ((WORD, WordTemplate), (BOOK, ExcelTemplate)):
        content = changed(base, {part: data})
        with pytest.raises(InvalidTemplate) as caught:
            make(content)
        assert [finding.code for finding in caught.value.diagnostics] == [code]
        with pytest.raises(InvalidDocument):
            compare(content, content)


def it_refuses_what_it_cannot_decode_although_another_program_may():
    with pytest.raises(InvalidTemplate, match="xml-damaged"):
        WordTemplate(changed(WORD, {"customXml/item9.bin": '<?xml version="1.0"?><a/>'.encode("cp037")}))


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" + b" " * 50_000_000 + b"</a>",
        b"<a>" + b"<b/>" * 10_000_000 + b"</a>",
        b"\0" * 20_000_000,
    ],
    ids=["spaces", "elements", "zeros"],
)
def it_refuses_bombs(data):
    with pytest.raises(InvalidDocument) as caught:
        open_package(zipped({"word/document.xml": data}))
    assert caught.value.diagnostics[0].code == "package-too-large"


def it_refuses_bombs_of_many_parts():
    with within(Limits(small=1 << 16)), pytest.raises(InvalidDocument, match="package-too-large"):
        open_package(zipped({f"{number}.xml": b"<a>" + b" " * 60_000 + b"</a>" for number in range(9)}))


def it_refuses_more_elements_than_it_could_hold():
    with within(Limits(elements=1000)), pytest.raises(InvalidDocument) as caught:
        open_package(zipped({"a.xml": b"<a>" + b"<b></b>" * 2000 + b"</a>"}))
    assert caught.value.diagnostics[0].code == "package-too-large"


@pytest.mark.parametrize(
    "name",
    [
        "../a.xml",
        "/../a.xml",
        "a/../../b.xml",
        "//a.xml",
        "C:/a.xml",
        "c:a.xml",
        "a\\..\\b.xml",
        "a\nb.xml",
        "CON",
        "aux.xml",
        "word/nul",
        "word/COM1.tar.xml",
        "word./a.xml",
        "word/a.xml.",
        "word/a.xml ",
        " word/a.xml",
        "word/a.xml:b",
        "word/a?.xml",
        "x" * 2000,
    ],
)
def it_refuses_names_that_lead_elsewhere(name):
    with pytest.raises(InvalidDocument) as caught:
        open_package(zipped({name: b"<a/>"}))
    assert caught.value.diagnostics[0].code == "package-bad-name"


def it_refuses_an_empty_name():
    data = bytearray(zipped({"z": b"<a/>"}))
    at = data.index(b"z", data.index(b"PK\3\4", 4))
    local = at - 30
    struct.pack_into("<H", data, local + 26, 0)
    central = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    struct.pack_into("<H", data, central + 28, 0)
    with pytest.raises(InvalidDocument):
        open_package(bytes(data))


@pytest.mark.parametrize("pair", [("a.xml", "A.xml"), ("\u00e9.xml", "e\u0301.xml"), ("a.xml", "a.xml")])
def it_refuses_names_that_some_systems_take_for_one(pair):
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")
        for name in (CONTENT_TYPES, *pair):
            archive.writestr(name, "<a/>")
    with pytest.raises(InvalidDocument) as caught:
        open_package(stream.getvalue())
    assert caught.value.diagnostics[0].code == "package-bad-name"


def it_refuses_what_stands_before_between_and_behind_its_entries():
    good = zipped({"a.xml": b"<a/>"})
    start, directory = good.index(b"PK\3\4", 4), good.index(b"PK\1\2")
    for bad in (
        b"x" + good,
        good + b"x",
        good[:start] + b"x" * 7 + good[start:],
        good[:directory] + b"x" + good[directory:],
    ):
        with pytest.raises(InvalidDocument):
            open_package(bad)


def it_refuses_links_and_ends_that_speak_of_other_disks():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(CONTENT_TYPES, "<Types/>")
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InvalidDocument, match="package-bad-name"):
        open_package(stream.getvalue())
    for at in (4, 6, 8):  # this disk, the first one, entries on this one
        other = bytearray(zipped({"a.xml": b"<a/>"}))
        other[other.rindex(b"PK\5\6") + at] += 1
        with pytest.raises(InvalidDocument):
            open_package(bytes(other))


def it_refuses_entries_that_overlap():
    data = bytearray(zipped({"a.xml": b"<a>1</a>", "b.xml": b"<a>2</a>"}))
    last = data.rindex(b"PK\1\2")
    struct.pack_into("<L", data, last + 42, struct.unpack_from("<L", data, data.index(b"PK\1\2") + 42)[0])
    with pytest.raises(InvalidDocument):
        open_package(bytes(data))


def it_takes_any_damage_without_another_error():
    """Every byte of the headers changed, one at a time."""
    good = zipped({"a.xml": b"<a/>"})
    for position in range(len(good)):
        for mask in (0xFF, 0x01, 0x80):
            bad = bytearray(good)
            bad[position] ^= mask
            try:
                package = open_package(bytes(bad))
                for name in package.members:
                    package.read(name)
            except InvalidDocument:
                pass


def it_reads_what_other_programs_stream():
    """Sizes behind the data, as programs write that cannot seek."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(io.BytesIO(BOOK)) as book:
        for name in book.namelist():
            archive.writestr(name, book.read(name))
    assert ExcelTemplate(pipe.data).render({"a": 1})
