"""What acts by itself in a document is refused or told, by one scan, in templates and by lint."""

import pytest

from generator.api import lint
from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.ooxml.active_content import RULES, active_content
from generator.ooxml.package import open_package
from generator.word import WordTemplate
from tests.security.attacks import one_cell, parts_of, with_relation
from tests.support.words import document, paragraph, run

WORD = document(paragraph("{{ a }}"))
BOOK = one_cell("{{ a }}")
SETTINGS = "word/settings.xml"
SHEET = "xl/worksheets/sheet1.xml"


def field(code: str) -> bytes:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    half = len(code) // 2
    texts = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (code[:half], code[half:]))
    return document(paragraph(mark("begin") + texts + mark("separate") + run("x") + mark("end")))


def formula(text: str) -> bytes:
    new = f'<c r="B1"><f>{text}</f></c></row>'.encode()
    return parts_of(BOOK, {SHEET: lambda data: data.replace(b"</row>", new, 1)})


def added(content: bytes, name: str, data: bytes = b"<a/>") -> bytes:
    return parts_of(content, {name: lambda _: data})


REFUSED = {
    "remote template": (with_relation(WORD, "attachedTemplate", "http://x/y.dotm", SETTINGS), "external"),
    "template on a share": (with_relation(WORD, "attachedTemplate", "file://///server/y.dotm", SETTINGS), "external"),
    "linked image": (with_relation(WORD, "image", "http://x/y.png"), "external"),
    "linked image of a drawing": (
        with_relation(BOOK, "image", "http://x/y.png", "xl/drawings/drawing1.xml"),
        "external",
    ),
    "remote altChunk": (with_relation(WORD, "aFChunk", "http://x/y.html"), "external"),
    "linked object": (with_relation(WORD, "oleObject", "http://x/y.doc"), "external"),
    "subdocument": (with_relation(WORD, "subDocument", "http://x/y.docx"), "external"),
    "frame": (with_relation(WORD, "frame", "http://x/y.html"), "external"),
    "script link": (with_relation(WORD, "hyperlink", "javascript:alert(1)"), "script-link"),
    "protocol link": (with_relation(WORD, "hyperlink", "ms-msdt:/id"), "script-link"),
    "macros": (added(WORD, "word/vbaProject.bin"), "macro"),
    "macros of a workbook": (added(BOOK, "xl/vbaProject.bin"), "macro"),
    "macro sheet": (added(BOOK, "xl/macrosheets/sheet1.xml"), "macro"),
    "control": (added(WORD, "word/activeX/activeX1.xml"), "activex"),
    "dde": (field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'), "dde"),
    "dde in small letters": (field("ddeauto excel x y"), "dde"),
    "includetext": (field('INCLUDETEXT "http://x/y"'), "fetching-field"),
    "includepicture": (field('INCLUDEPICTURE "http://x/y.png" \\d'), "fetching-field"),
    "link": (field("LINK Excel.Sheet.12 x y"), "fetching-field"),
    "webservice": (formula('WEBSERVICE("http://x")'), "fetching-formula"),
    "dde formula": (formula("cmd|'/c calc'!A0"), "fetching-formula"),
    "call": (formula('CALL("kernel32","WinExec")'), "fetching-formula"),
    "dde link": (added(BOOK, "xl/externalLinks/externalLink1.xml", b"<externalLink><ddeLink/></externalLink>"), "dde"),
}
TOLD = {
    "object": (added(WORD, "word/embeddings/oleObject1.bin"), "ole"),
    "file link": (with_relation(WORD, "hyperlink", "file:///c:/x.docx"), "file-link"),
    "own template": (
        with_relation(WORD, "attachedTemplate", "file:///C:/Templates/Normal.dotm", SETTINGS),
        "local-template",
    ),
    "connection": (added(BOOK, "xl/connections.xml"), "connection"),
    "other workbook": (
        with_relation(BOOK, "externalLinkPath", "b.xlsx", "xl/externalLinks/externalLink1.xml"),
        "external-workbook",
    ),
    "ribbon": (added(BOOK, "customUI/customUI14.xml"), "custom-ui"),
}
HARMLESS = {
    "link": with_relation(WORD, "hyperlink", "https://a.cn"),
    "mail": with_relation(WORD, "hyperlink", "mailto:a@b.cn"),
    "page": field("PAGE"),
    "contents": field('TOC \\o "1-3" \\h'),
    "formula": formula("SUM(A1:A9)&amp;HYPERLINK(A1)"),
    "embedded workbook": added(WORD, "word/embeddings/book.xlsx", b"x"),
}


def engine(content: bytes):
    return WordTemplate if "word/document.xml" in parts_of(content) else ExcelTemplate


@pytest.mark.parametrize("name", REFUSED)
def it_refuses(name, tmp_path):
    content, kind = REFUSED[name]
    assert kind in {one.kind for one in active_content(open_package(content))}
    with pytest.raises(InvalidTemplate) as caught:
        engine(content)(content)
    assert {finding.code for finding in caught.value.diagnostics} <= {"active-content", "active-macros"}
    path = tmp_path / ("a.docx" if engine(content) is WordTemplate else "a.xlsx")
    path.write_bytes(content)
    assert [finding.code for finding in lint(path) if finding.code.startswith("active-")]


@pytest.mark.parametrize("name", TOLD)
def it_tells_of(name, tmp_path):
    content, kind = TOLD[name]
    assert [one.kind for one in active_content(open_package(content))] == [kind]
    assert engine(content)(content).render({"a": 1})
    path = tmp_path / ("a.docx" if engine(content) is WordTemplate else "a.xlsx")
    path.write_bytes(content)
    assert "active-content" in {finding.code for finding in lint(path)}


@pytest.mark.parametrize("name", HARMLESS)
def it_lets_pass(name):
    assert active_content(open_package(HARMLESS[name])) == []


def it_carries_macros_where_they_are_allowed(monkeypatch):
    content = added(BOOK, "xl/vbaProject.bin")
    monkeypatch.setenv("GENERATOR_ALLOW_MACROS", "1")
    assert parts_of(ExcelTemplate(content).render({"a": 1}))["xl/vbaProject.bin"] == b"<a/>"


def it_has_a_rule_for_every_kind():
    shown = {kind for _, kind in (*REFUSED.values(), *TOLD.values())}
    assert shown == set(RULES)
