"""A package with changes laid over it, worksheets cut at their children, and codes of Word's fields that act."""

import io
import zipfile

import pytest
from lxml import etree

from generator.ooxml.addresses import quote_sheet
from generator.ooxml.deflater import deflate
from generator.ooxml.field_codes import field_acts, field_codes, field_links
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import Package
from generator.ooxml.relationships import relationships
from generator.ooxml.spreadsheet import cut, double_quoted

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def overlay() -> Overlay:
    members = {"[Content_Types].xml": TYPES, "a/b.xml": b"<a/>", "a/c.xml": b"<c/>"}
    return Overlay(Package("a.docx", {name: deflate(data) for name, data in members.items()}))


def it_reads_what_will_be_written():
    changes = overlay()
    assert not changes
    changes.write("a/b.xml", b"<new/>")
    changes.write("d.bin", deflate(b"d" * 99))
    changes.leave_out("a/c.xml")
    changes.write_all({"e.bin": b"e", "f.bin": None})
    assert bool(changes)
    assert changes.xml("a/b.xml").tag == "new"
    assert (changes.read("d.bin"), changes.read("e.bin")) == (b"d" * 99, b"e")
    assert ["a/c.xml" in changes, "f.bin" in changes, "d.bin" in changes] == [False, False, True]
    assert changes.changed("a/c.xml")
    assert not changes.changed("[Content_Types].xml")
    assert changes.members() == ["[Content_Types].xml", "a/b.xml", "a/c.xml", "d.bin", "e.bin", "f.bin"]
    for gone in ("a/c.xml", "f.bin", "never"):
        with pytest.raises(KeyError):
            changes.read(gone)
    with zipfile.ZipFile(io.BytesIO(changes.build())) as written:
        assert sorted(written.namelist()) == ["[Content_Types].xml", "a/b.xml", "d.bin", "e.bin"]
        assert written.read("a/b.xml") == b"<new/>"


def it_relates_and_declares_what_was_added():
    changes = overlay()
    changes.relate("a/b.xml", [("r1", OFFICE + "image", "a/m/x.png", False)])
    changes.relate("a/b.xml", [("r2", OFFICE + "hyperlink", "tel:1", True)])
    assert changes.relate_alike("a/b.xml", "r1", "a/m/y.png") == "r1_1"
    assert changes.relate_alike("a/b.xml", "r1", "z.png") == "r1_2"
    changes.declare(("a/m/x.png", "image/png"))
    targets = {key: one.target for key, one in relationships(changes, "a/b.xml").items()}
    assert targets == {"r1": "a/m/x.png", "r2": "tel:1", "r1_1": "a/m/y.png", "r1_2": "z.png"}
    assert b'PartName="/a/m/x.png"' in changes.read("[Content_Types].xml")


@pytest.mark.parametrize(
    ("xml", "names"),
    [
        (b"<w><a/><b>1<c/></b> <d e='>'/></w>", ["", "a", "b", "", "d", ""]),
        (b'<?xml version="1.0"?><x:w xmlns:x="x"><x:a></x:a></x:w>', ["", "a", ""]),
        (b"<w/>", [""]),
    ],
)
def it_cuts_a_part_at_its_children_and_joins_to_the_same(xml, names):
    assert [piece.name for piece in cut(xml)] == names
    assert b"".join(piece.xml for piece in cut(xml)) == xml


def it_puts_attributes_into_double_quotes():
    assert double_quoted(b"""<a b='1' c='"x"'>='t'</a>""") == b"""<a b="1" c="&quot;x&quot;">='t'</a>"""
    plain = b'<a b="it\'s"/>'
    assert double_quoted(plain) is plain


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("表1", "表1"),
        ("一 表", "'一 表'"),
        ("A1", "'A1'"),
        ("R1C1", "'R1C1'"),
        ("TRUE", "'TRUE'"),
        ("a'b", "'a''b'"),
        ("1", "'1'"),
    ],
)
def it_quotes_a_sheets_name_where_it_must(name, written):
    assert quote_sheet(name) == written


def codes(*pieces: str) -> list[str]:
    return [one for one in field_codes(etree.fromstring(f'<a xmlns:w="{W}">{"".join(pieces)}</a>')) if one]


def it_reads_the_code_of_every_field_whole():
    begin, apart, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    code = "<w:instrText>{}</w:instrText>".format
    assert codes(begin, code("DDE"), code("AUTO x"), apart, end) == ["DDEAUTO x"]
    assert codes(begin, code("IF "), begin, code("PAGE"), end, code("=1"), end) == ["PAGE", "IF \ufffc=1"]
    assert codes('<w:fldSimple w:instr="PAGE"/>', code("loose")) == ["PAGE", "loose"]
    assert codes(begin, code("OPEN")) == ["OPEN"]


@pytest.mark.parametrize(
    ("code", "acts"),
    [
        ("DDEAUTO excel", ("dde", "DDEAUTO")),
        ("{% if a %}D{% endif %}DE x", ("dde", "DDE")),
        ("INCLUDEPICTURE a", ("fetching-field", "INCLUDEPICTURE")),
        ("\ufffc a", ("fetching-field", "{ } a")),
        ("{{ a }} b", ("fetching-field", "{{ a }} b")),
        ("LINK Excel.Sheet", ("fetching-field", "LINK")),
        ("link", None),
        ("CONTROL x", ("activex", "CONTROL")),
        ("PAGE", None),
        ("", None),
    ],
)
def it_tells_what_a_field_does_by_itself(code, acts):
    assert field_acts(code) == acts


def it_reads_the_targets_of_a_link():
    assert field_links(' HYPERLINK "https://a.cn" \\o "说明" ') == ["https://a.cn"]
    assert field_links("PAGE") == []
