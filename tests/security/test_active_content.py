"""What acts by itself in a document is refused or told, by one scan, in templates and by lint."""

import re

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


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(code: str) -> str:
    return f"<w:r><w:instrText>{code}</w:instrText></w:r>"


def code_of(code: str) -> str:
    return mark("begin") + instruction(code) + mark("end")


def with_relation_part(kind: str, target: str) -> bytes:
    return parts_of(with_relation(WORD, kind, target, SETTINGS))["word/_rels/settings.xml.rels"]


def formula(text: str) -> bytes:
    new = f'<c r="B1"><f>{text}</f></c></row>'.encode()
    return parts_of(BOOK, {SHEET: lambda data: data.replace(b"</row>", new, 1)})


def added(content: bytes, name: str, data: bytes = b"<a/>") -> bytes:
    return parts_of(content, {name: lambda _: data})


def internal(content: bytes, kind: str, part: str, data: bytes, content_type: str = "text/html") -> bytes:
    """A package with a part more, related from the document under a name of its own."""
    relation = (
        f'<Relationship Id="rIdX" Target="/{part}"'
        f' Type="http://schemas.microsoft.com/office/2006/relationships/{kind}"/></Relationships>'
    )
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    return parts_of(
        content,
        {
            part: lambda _: data,
            "word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", relation.encode()),
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", override.encode()),
        },
    )


def reworded(content: bytes, part: str, old: bytes, new: bytes, encoding: str = "") -> bytes:
    def change(data: bytes) -> bytes:
        data = data.replace(old, new)
        if not encoding:
            return data
        text = re.sub(r"<\?xml[^>]*\?>", "", data.decode())
        return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)

    return parts_of(content, {part: change})


def vml(shape: str) -> bytes:
    pict = f'<w:p><w:r><w:pict><v:group xmlns:v="urn:schemas-microsoft-com:vml">{shape}</v:group></w:pict></w:r></w:p>'
    return document(pict)


def defined(name: str, formula: str) -> bytes:
    new = f'</sheets><definedNames><definedName name="{name}">{formula}</definedName></definedNames>'.encode()
    return parts_of(BOOK, {"xl/workbook.xml": lambda data: re.sub(b"</sheets><definedNames ?/>", new, data)})


def other_header(part: str) -> bytes:
    """A header with DDE under any name: its relationship and its content type say what it is."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    header = f'<w:hdr xmlns:w="{main}"><w:p>{code_of("DDEAUTO x y")}</w:p></w:hdr>'.encode()
    return internal(
        WORD, "header", part, header, "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    )


DDE = field('DDEAUTO c:\\\\x.exe "/k calc"')
WEB = formula('WEBSERVICE("http://x")')
DOCUMENT = "word/document.xml"
MACRO_TYPE = "application/vnd.ms-office.vbaProject"
HIDDEN = {  # the same, written so that a search for words does not see it
    "dde in entities": (reworded(DDE, DOCUMENT, b"DDEA", b"&#68;DE&#x41;"), "dde"),
    "dde in cdata": (reworded(DDE, DOCUMENT, b"<w:instrText>DDEA", b"<w:instrText>D<![CDATA[DEA]]>"), "dde"),
    "dde around a comment": (reworded(DDE, DOCUMENT, b"DDEA", b"DD<!-- -->EA"), "dde"),
    "dde in utf-16": (reworded(DDE, DOCUMENT, b"", b"", "utf-16"), "dde"),
    "dde of another prefix": (
        reworded(
            DDE,
            DOCUMENT,
            b"<w:instrText>DDEA",
            b'<w:instrText/><x:instrText xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main">DDEAUTO x y</x:instrText><w:instrText>',
        ),
        "dde",
    ),
    "dde within a statement": (field("D{% if 1 %}DEAUTO x{% endif %} y"), "dde"),
    "dde behind another field": (
        document(paragraph(code_of("PAGE") + code_of("DDEAUTO x y"))),
        "dde",
    ),
    "keyword by a tag": (field("INCLUDE{{ 'TEXT' }} x"), "fetching-field"),
    "keyword by a field": (
        document(paragraph(mark("begin") + code_of("QUOTE 68") + instruction("DEAUTO x y") + mark("end"))),
        "fetching-field",
    ),
    "argument by a tag": (field("INCLUDETEXT {{ a }}"), "fetching-field"),
    "link field": (field('HYPERLINK "ms-msdt:/id x"'), "script-link"),
    "field of another part": (added(WORD, "elsewhere/a.xml", b"<a><instrText>DDEAUTO x y</instrText></a>"), "dde"),
    "formula in entities": (reworded(WEB, SHEET, b"WEBS", b"&#87;EBS"), "fetching-formula"),
    "formula in cdata": (reworded(WEB, SHEET, b"WEBS", b"WE<![CDATA[BS]]>"), "fetching-formula"),
    "formula in utf-16": (reworded(WEB, SHEET, b"", b"", "utf-16"), "fetching-formula"),
    "formula of a rule": (
        reworded(
            BOOK,
            SHEET,
            b"</sheetData>",
            b'</sheetData><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>_xlfn.WEBSERVICE("http://x")</formula></cfRule></conditionalFormatting>',
        ),
        "fetching-formula",
    ),
    "formula of a link": (formula('HYPERLINK("javascript:alert(1)")'), "script-link"),
    "field of a header without an ending": (other_header("word/header9"), "dde"),
    "field of a header that is called a picture": (other_header("word/media/a.png"), "dde"),
    "field of a header that is called a list of relationships": (other_header("word/header9.rels"), "dde"),
    "dde link by another name": (added(BOOK, "xl/a.bin", b"<externalLink><ddeLink/></externalLink>"), "dde"),
    "document three deep": (added(WORD, "word/a.docx", added(WORD, "word/b.bin", added(WORD, "word/c", DDE))), "dde"),
    "link behind a switch": (field('HYPERLINK \\o "t" javascript:x'), "script-link"),
    "link behind switches": (field('HYPERLINK \\n \\l "a" "ms-msdt:x"'), "script-link"),
    "link without a blank": (field('HYPERLINK"javascript:x"'), "script-link"),
    "picture in VML by an entity": (vml('<v:imagedata src=" &#104;ttp://x"/>'), "external"),
    "picture in VML by its origin": (
        vml('<v:imagedata o:href="http://x" xmlns:o="urn:schemas-microsoft-com:office:office"/>'),
        "external",
    ),
    "picture in VML by href alone": (vml('<v:imagedata href="http://x"/>'), "external"),
    "picture in VML by src alone": (vml('<v:imagedata src="http://x"/>'), "external"),
    "link of a shape in VML": (vml('<v:rect href="javascript:x"/>'), "script-link"),
    "macro of another workbook": (added(BOOK, "xl/drawings/drawing1.xml", b'<sp macro="[1]!Run"/>'), "macro"),
    "macro on a share": (
        added(BOOK, "xl/drawings/drawing1.xml", b'<sp macro="&#39;\\\\h\\a.xlsm&#39;!Run"/>'),
        "macro",
    ),
    "name that runs on opening": (defined("_xlnm.Auto&#95;Open", "Sheet!$A$1"), "macro"),
    "page published on saving": (
        reworded(
            BOOK,
            SHEET,
            b"</sheetData>",
            b'</sheetData><webPublishItems><webPublishItem destinationFile="\\\\h\\x" autoRepublish="1"/></webPublishItems>',
        ),
        "external",
    ),
    "formula by its plain name": (formula("_xlfn.MAP(A1:A2,_xlfn.WEBSERVICE)"), "fetching-formula"),
    "formula by its name": (formula("_xlfn.MAP(A1:A2,_xlfn._xleta.WEBSERVICE)"), "fetching-formula"),
    "formula of a macro sheet in a name": (defined("a", "GET.WORKSPACE(2)"), "fetching-formula"),
    "formula that asks a service": (formula('COPILOT("x")'), "fetching-formula"),
    "macros by their type": (internal(WORD, "x", "word/a.bin", b"x", MACRO_TYPE), "macro"),
    "macros by their relationship": (internal(WORD, "vbaProject", "word/a.bin", b"x"), "macro"),
    "control by its relationship": (internal(WORD, "control", "word/a.xml", b"<a/>"), "activex"),
    "relationships in capitals": (
        added(WORD, "word/_RELS/settings.xml.RELS", with_relation_part("attachedTemplate", "http://x/y.dotm")),
        "external",
    ),
    "picture of a drawing in VML": (
        added(WORD, "word/a.vml", b'<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://x/y.png"/>'),
        "external",
    ),
    "document within": (added(WORD, "word/embeddings/a.docx", DDE), "dde"),
    "workbook within": (added(WORD, "word/embeddings/a.xlsx", WEB), "fetching-formula"),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
REFUSED = {
    "control's macro of another workbook": (
        added(BOOK, "xl/ctrlProps/ctrlProp1.xml", b'<formControlPr fmlaMacro="[1]!Run"/>'),
        "macro",
    ),
    "formula of a control in VML": (
        added(
            BOOK,
            "xl/drawings/vmlDrawing1.vml",
            b'<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><x:FmlaPict>WEBSERVICE("x")</x:FmlaPict></xml>',
        ),
        "fetching-formula",
    ),
    "script of an SVG": (added(WORD, "word/media/a.svg", SVG + b"<script>x</script></svg>"), "script-link"),
    "event of an SVG": (added(WORD, "word/media/a.svg", SVG + b'<g onclick="x"/></svg>'), "script-link"),
    "link of an SVG": (
        added(WORD, "word/media/a.svg", SVG + b'<a x:href="javascript:x"><g/></a></svg>'),
        "script-link",
    ),
    "picture of an SVG": (added(WORD, "word/media/a.svg", SVG + b'<image href="http://x/y.png"/></svg>'), "external"),
    "picture of an SVG that is no XML to us": (
        added(WORD, "word/media/a.svg", b"<!DOCTYPE svg>" + SVG + b'<image x:href="file:///x"/></svg>'),
        "external",
    ),
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
    "dde formula of another name": (formula("'cmd|calc'!A0"), "fetching-formula"),
    "call": (formula('CALL("kernel32","WinExec")'), "fetching-formula"),
    "dde link": (added(BOOK, "xl/externalLinks/externalLink1.xml", b"<externalLink><ddeLink/></externalLink>"), "dde"),
}
TOLD = {
    "object by another name": (added(WORD, "word/media/a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"), "ole"),
    "film of a page": (
        reworded(
            WORD,
            DOCUMENT,
            b"<w:body>",
            b'<w:body><w:p><x:webVideoPr xmlns:x="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing" embeddedHtml="x"/></w:p>',
        ),
        "alt-chunk",
    ),
    "html within": (internal(WORD, "aFChunk", "word/chunk.html", b"<p>x</p>"), "alt-chunk"),
    "add-in": (added(BOOK, "xl/webextensions/webextension1.xml"), "web-extension"),
    "macro call": (added(BOOK, "xl/drawings/drawing1.xml", b'<a><b macro="[0]!Run"/><c macro=""/></a>'), "macro-call"),
    "mail merge": (
        parts_of(WORD, {SETTINGS: lambda data: data.replace(b"<w:zoom", b"<w:mailMerge/><w:zoom", 1)}),
        "connection",
    ),
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
    "workbook by its address": (formula("'\\\\host\\share\\[b.xlsx]S'!A1"), "external-workbook"),
    "workbook on a page": (formula("'[http://x/b.xlsx]S'!A1"), "external-workbook"),
    "workbook beside it": (formula("SUM([b.xlsx]S!A1:A9)"), "external-workbook"),
    "ribbon": (added(BOOK, "customUI/customUI14.xml"), "custom-ui"),
}


def named(sheet: str, content: bytes) -> bytes:
    return parts_of(
        content, {"xl/workbook.xml": lambda data: data.replace(b'name="Sheet"', b'name="%b"' % sheet.encode())}
    )


HARMLESS = {
    "sheet whose name looks like a program's": named("A|B", formula("SUM('a|b'!A1:A2,'A|B:A|B'!A1)")),
    "drawing": added(
        WORD,
        "word/media/a.svg",
        b"<!DOCTYPE svg>" + SVG + b'<a><use x:href="#a"/><image href="data:image/png;base64,AA"/></a></svg>',
    ),
    "drawing without a document type": added(
        WORD, "word/media/a.svg", SVG + b'<a href="https://a.cn"><use href="#a"/></a></svg>'
    ),
    "link to a place": field('HYPERLINK \\l "file:///x" \\o "note: x" https://a.cn'),
    "link of a shape": vml('<v:rect href="https://a.cn" src="#a"/>'),
    "drawing that is no XML": added(BOOK, "xl/drawings/vmlDrawing1.vml", b"<xml><br><![CDATA[x]]><!-- y --></xml>"),
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


@pytest.mark.parametrize("name", HIDDEN)
def it_finds_what_hides(name):
    content, kind = HIDDEN[name]
    assert kind in {one.kind for one in active_content(open_package(content))}
    with pytest.raises(InvalidTemplate):
        engine(content)(content)


def it_refuses_a_document_from_data_that_acts():
    template = WordTemplate(document(paragraph("{{p a }}")))
    with pytest.raises(InvalidTemplate) as caught:
        template.render({"a": template.subdoc(DDE)})
    assert [finding.code for finding in caught.value.diagnostics] == ["active-content"]


def it_names_the_program_that_a_formula_asks():
    assert [one.detail for one in active_content(open_package(formula("1+cmd|'/c calc'!A0")))] == ["cmd|'"]


@pytest.mark.parametrize(
    "text",
    [
        "SUM(A1,PY)",
        "CALLS(1)",
        "表1[[#This Row],[甲]]",
        'A1&amp;"|"&amp;B1',
        '"a|b"',
        '"CALL(1)"',
        "SUM(图!A1)",
        'HYPERLINK("#图!A1")',
    ],
)
def it_takes_formulas_whose_texts_look_like_calls(text):
    assert active_content(open_package(formula(text))) == []


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
