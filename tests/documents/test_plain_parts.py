"""What a document says is read by patterns where they read what a parser reads, else by the parser."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import wording_digest as digests
from generator.documents.plain_parts import plain_cells, plain_paragraphs
from generator.ooxml.deflater import deflate
from generator.ooxml.escaping import escape
from generator.ooxml.package import CONTENT_TYPES, Package, open_package

CASES = Path(__file__).parents[1] / "cases"
DOCUMENTS = sorted(path for path in CASES.rglob("*.*x") if path.suffix in (".docx", ".xlsx"))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def parsed(package: Package, monkeypatch) -> list[str]:
    """What a parser reads."""
    with monkeypatch.context() as patch:
        patch.setattr(digests, "plain_paragraphs", lambda data: None)
        patch.setattr(digests, "plain_cells", lambda *arguments: None)
        return digests.wording_digest(package)


def it_reads_of_every_document_what_a_parser_reads(monkeypatch):
    read = 0
    for path in DOCUMENTS:
        try:
            package = open_package(path)
            expected = parsed(package, monkeypatch)
        except Exception:
            continue  # no document
        assert digests.wording_digest(package) == expected, path
        read += 1
    assert read > 50


def word(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def sheet(cells: str) -> bytes:
    return f'<worksheet xmlns="{X}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode()


def by_parser(data: bytes) -> list[str]:
    package = Package("", {"word/document.xml": deflate(data), CONTENT_TYPES: deflate(b"<Types/>")})
    return [
        line
        for paragraph in package.xml("word/document.xml").iter(f"{{{W}}}p")
        if (line := "".join("".join(piece.text or "" for piece in paragraph.iter(f"{{{W}}}t")).split()))
    ]


@given(st.lists(st.lists(TEXTS, max_size=4), max_size=6))
def it_reads_paragraphs_of_any_text(paragraphs):
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t><w:t/></w:r>' for texts in paragraphs for text in texts
    )
    body = runs and f"<w:p>{runs}</w:p>"
    body += "".join(
        "<w:p><w:pPr/>" + "".join(f"<w:r><w:t>{escape(text)}</w:t></w:r>" for text in texts) + "</w:p><w:p/>"
        for texts in paragraphs
    )
    assert plain_paragraphs(word(body)) == by_parser(word(body))


@pytest.mark.parametrize(
    "data",
    [
        word("<w:p><w:r><w:t>a<!-- no --></w:t></w:r></w:p>"),
        word("<w:p><w:r><w:t><![CDATA[a]]></w:t></w:r></w:p>"),
        word('<w:p w:x="1>2"><w:r><w:t>a</w:t></w:r></w:p>'),
        word("<w:p><w:r><w:t>a<w:tab/></w:t></w:r></w:p>"),
        word("<w:p><w:r><w:t>a</w:t ></w:r></w:p>"),
        word("<w:p><w:r><w:t>a</w:t></w:r></w:p ><w:p><w:r><w:t>b</w:t></w:r></w:p>"),
        word("<?x <w:t>?><w:p/>"),
        word(f'<v:p xmlns:v="{W}"/>'),
        word('<w:p xmlns:w="urn:other"/>'),
        word("<w:p/>").replace(b"UTF-8", b"GB18030"),
        word("<w:p/>").decode().encode("utf-16"),
    ],
)
def it_leaves_other_spellings_of_paragraphs_to_the_parser(data):
    assert plain_paragraphs(data) is None


def cells(data: bytes) -> list[str] | None:
    return plain_cells(data, alone, lambda place, kind, text, group: f"{place} {kind} {text} {group}")


def alone(place: str, kind: str, text: str, group: str | None) -> str | None:
    return None if kind == "s" or group is not None else f"{place} {kind}:{text}"


def it_reads_cells_by_their_kind():
    data = sheet(
        '<c r="A1" s="3"/><c r="B1"><v>1.5</v></c><c r="C1" t="s"><v>0</v></c><c r="D1" t="str"><f>A1&amp;"x"</f><v>x</v></c>'
        '<c r="E1"><f t="shared" si="0"/><v>2</v></c><c r="F1"><f t="shared" ref="F1:F9" si="1">B1&lt;2</f></c><c r="G1"></c>'
        '<c r="H1" t="inlineStr"><is><t>甲 &#x4e59;</t></is></c><c r="I1" t="inlineStr"><is><r><t>丙</t></r><r><rPr/><t>丁</t></r></is></c>'
    )
    assert cells(data) == [
        "B1 n:1.5",
        "C1 s 0 None",
        'D1 =:A1&"x"',
        "E1 =  0",
        "F1 = B1<2 1",
        "H1 inlineStr:甲 乙",
        "I1 inlineStr:丙丁",
    ]


@pytest.mark.parametrize(
    "data",
    [
        sheet("<c><v>1</v></c>"),
        sheet('<c s="1" r="A1"><v>1</v></c>'),
        sheet('<c r="A1"><f>1>0</f></c>'),
        sheet('<c r="A1" t="inlineStr"><is><t>a</t><r><t>b</t></r></is></c>'),
        sheet('<c r="A1" t="inlineStr"><is><r><t>a</t></r><rPh sb="0" eb="1"><t>b</t></rPh></is></c>'),
        sheet('<c r="A1"><v>1</v></c>')
        .replace(b"xmlns=", b"xmlns:x=")
        .replace(b"<c", b"<x:c")
        .replace(b"</c", b"</x:c"),
    ],
)
def it_leaves_other_spellings_of_cells_to_the_parser(data):
    assert cells(data) is None
