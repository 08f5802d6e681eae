"""Relationships and content types: what a part leads to, and what is added to its list."""

import pytest

from generator.ooxml.deflater import deflate
from generator.ooxml.package import Package
from generator.ooxml.relationships import (
    content_type_of,
    main_document,
    related,
    related_part,
    related_parts,
    relationships,
    relationships_member,
    resolve,
    with_relationships,
)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(**lists: str) -> Package:
    """A package of empty parts and of lists of relationships, `__` standing for the slash of a name."""
    members = {"word/document.xml": b"<a/>", "word/media/a.png": b"x", "styles.xml": b"<a/>"}
    for owner, links in lists.items():
        members[relationships_member(owner.replace("__", "/").replace("_", "."))] = (
            f'<Relationships xmlns="{SPACE}">{links}</Relationships>'.encode()
        )
    return Package("a.docx", {name: deflate(data) for name, data in members.items()})


def link(identifier: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{identifier}" Type="{OFFICE}{kind}" Target="{target}" {more}/>'


@pytest.mark.parametrize(
    ("part", "target", "member"),
    [
        ("word/document.xml", "media/a.png", "word/media/a.png"),
        ("word/document.xml", "../styles.xml", "styles.xml"),
        ("word/document.xml", "/styles.xml", "styles.xml"),
        ("", "word/document.xml", "word/document.xml"),
        ("word/document.xml", "./media//a.png", "word/media/a.png"),
    ],
)
def it_resolves_a_target_from_its_part(part, target, member):
    assert resolve(part, target) == member


def it_lists_what_a_part_leads_to():
    outside = link("r4", "hyperlink", "https://example.com/a", 'TargetMode="External"')
    links = link("r1", "image", "media/a.png") + link("r2", "image", "media/a.png") + link("r3", "image", "no.png")
    made = package(word__document_xml=links + outside)
    assert [one.kind for one in relationships(made, "word/document.xml").values()] == ["image"] * 3 + ["hyperlink"]
    assert relationships(made, "word/document.xml")["r4"].target == "https://example.com/a"
    assert related(made, "word/document.xml") == {
        "r1": ("image", "word/media/a.png"),
        "r2": ("image", "word/media/a.png"),
    }
    assert related_parts(made, "word/document.xml", "image", "styles") == ["word/media/a.png"]
    assert related_part(made, "word/document.xml", "styles") == ""
    assert relationships(made, "styles.xml") == {}


def it_finds_the_main_document_by_its_relationship():
    assert main_document(package(**{"": link("r1", "officeDocument", "word/document.xml")})) == "word/document.xml"
    assert main_document(package(**{"": link("r1", "officeDocument", "http://a", 'TargetMode="External"')})) == ""
    assert main_document(package()) == ""


def it_adds_to_a_list_what_it_reads_again():
    first = with_relationships(None, "word/document.xml", [("n1", OFFICE + "image", "word/media/a.png", False)])
    second = with_relationships(first, "word/document.xml", [("n2", OFFICE + "hyperlink", "tel:1", True)])
    made = Package("a.docx", {"word/_rels/document.xml.rels": deflate(second), "word/media/a.png": deflate(b"x")})
    found = relationships(made, "word/document.xml")
    assert {key: (one.kind, one.target, one.external) for key, one in found.items()} == {
        "n1": ("image", "word/media/a.png", False),
        "n2": ("hyperlink", "tel:1", True),
    }
    assert b'Target="media/a.png"' in first


def it_tells_a_members_content_type_by_its_name_or_its_ending():
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="PNG" ContentType="image/png"/><Override PartName="/A.xml" ContentType="text/a"/></Types>'
    )
    kind = content_type_of(Package("a.docx", {"[Content_Types].xml": deflate(types.encode())}))
    assert [kind(name) for name in ("a.xml", "b.xml", "x/b.png")] == ["text/a", "", "image/png"]
