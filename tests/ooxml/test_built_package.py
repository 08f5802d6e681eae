"""A package that was written just now is taken apart as a reader of zips takes it apart; any other is left to that reader."""

from contextlib import suppress

import pytest

from generator.diagnostics import InvalidDocument
from generator.kept.light_classes import replace
from generator.ooxml import built_package
from generator.ooxml.built_package import reopened
from generator.ooxml.deflater import deflate
from generator.ooxml.limits import DEFAULT, within
from generator.ooxml.package import CONTENT_TYPES, Package, open_package
from generator.ooxml.zip_written import build


def built(*names: str) -> bytes:
    members = {CONTENT_TYPES: deflate(b"<Types/>"), **{name: deflate(name.encode() * 9) for name in names}}
    return build(Package("", members), {"docProps/文档.xml": b"<a/>"})


@pytest.fixture
def foreign(monkeypatch) -> list[bytes]:
    """The packages that were read as foreign ones."""
    read: list[bytes] = []

    def seen(content: bytes, **named: object) -> Package:
        read.append(content)
        return open_package(content, own=True)

    monkeypatch.setattr(built_package, "open_package", seen)
    return read


def it_takes_a_written_package_apart_as_the_reader_of_zips_does(foreign):
    content = built("word/document.xml", "word/media/image1.png")
    package, known = reopened(content), open_package(content, own=True)
    assert dict(package.members) == dict(known.members)
    assert [*package.members] == [*known.members]
    assert not foreign


@pytest.mark.parametrize(
    "odd",
    [
        built("a.xml") + b" ",
        b" " + built("a.xml"),
        built("a.xml").replace(b"a.xml", b"A.xml", 1),
        built("../a.xml"),
        built("a/"),
        built("a.xml", "A.xml"),
        built("a.xml")[:-30],
        b"PK",
        b"",
    ],
)
def it_leaves_any_other_to_the_reader_of_zips(odd, foreign):
    with suppress(InvalidDocument):
        reopened(odd)
    assert foreign == [odd]


def it_holds_the_limits_of_packages():
    content = built("a.xml")
    with within(replace(DEFAULT, package=20)), pytest.raises(InvalidDocument):
        reopened(content)
    with within(replace(DEFAULT, entries=1)), pytest.raises(InvalidDocument):
        reopened(content)
