"""The checker of validity finds what is broken on purpose, and nothing in what Word, Excel and sound libraries write."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
import xlsxwriter

from tests.support import ooxml


def document() -> bytes:
    """A document with formatted text, a table with merges, a header, an image-free package."""
    made = docx.Document()
    run = made.add_paragraph("文字").runs[0]
    run.bold = run.italic = True
    table = made.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "并"
    table.cell(2, 0).merge(table.cell(2, 1))
    made.sections[0].header.paragraphs[0].text = "页眉"
    return _saved(made)


def workbook() -> bytes:
    """A workbook with texts, numbers, a formula, a merge, a name and a table."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["项目", "分值"], ["产出", 50], ["效益", 30]):
        sheet.append(row)
    sheet["B4"] = "=SUM(B2:B3)"
    sheet.merge_cells("A6:B7")
    sheet.merge_cells("A9:B9")
    return _saved(made)


def _saved(made: object) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A package with one part's text changed; the change must do something."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                text = change(data.decode())
                assert text != data.decode()
                data = text.encode()
            new.writestr(name, data)
    return buffer.getvalue()


def swap(pattern: str, replacement: str) -> Callable[[str], str]:
    """Replace the first match."""
    return lambda text: re.sub(pattern, lambda match: match.expand(replacement), text, count=1, flags=re.DOTALL)


DOCUMENT = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"
PARA_ID = ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="0A0A0A0A"'
DOC_PR = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="1" cy="1"/><wp:docPr id="7" name="a"/></wp:inline></w:drawing></w:r>'
)


@pytest.mark.parametrize(
    ("kind", "part", "change"),
    [
        ("schema:r/rPr:Unexpected element 'b' found", DOCUMENT, swap("<w:b/><w:i/>", "<w:i/><w:b/>")),
        ("schema:tr/tc:", DOCUMENT, swap("(<w:tc>.*?)(<w:tcPr>.*?</w:tcPr>)(.*?)</w:tc>", r"\1\3\2</w:tc>")),
        ("schema:body/tbl:", DOCUMENT, swap("<w:tblGrid>.*?</w:tblGrid>", "")),
        ("cell-without-paragraph", DOCUMENT, swap("(</w:tcPr>)<w:p/>", r"\1")),
        ("row-without-cells", DOCUMENT, swap("<w:tr>.*?</w:tr>", "<w:tr/>")),
        ("table-without-rows", DOCUMENT, swap("<w:tr>.*</w:tr>", "")),
        ("row-off-grid", DOCUMENT, swap("<w:gridCol [^>]*/>", "")),
        ("merge-without-start", DOCUMENT, swap('<w:vMerge w:val="restart"/>', "")),
        ("stray-text", DOCUMENT, swap("<w:r>", "x<w:r>")),
        ("stray-text", DOCUMENT, swap("(<w:body>)", r"\1x")),
        ("element-in-text", DOCUMENT, swap("文字", "文<w:br/>字")),
        ("xml-damaged", DOCUMENT, swap("文字", "a<b")),
        ("docPr-id-twice", DOCUMENT, swap("(</w:p>)", DOC_PR * 2 + r"\1")),
        ("paraId-twice", DOCUMENT, lambda text: text.replace("<w:p>", f"<w:p{PARA_ID}>")),
        ("bookmark-id-twice", DOCUMENT, swap("(</w:p>)", '<w:bookmarkStart w:id="1" w:name="a"/>' * 2 + r"\1")),
        ("bookmark-name-twice", DOCUMENT, swap("(</w:p>)", '<w:bookmarkStart w:id="1" w:name="a"/>' * 2 + r"\1")),
        ("bookmark-without-end", DOCUMENT, swap("(</w:p>)", r'<w:bookmarkStart w:id="1" w:name="a"/>\1')),
        ("field-without-end", DOCUMENT, swap("(</w:p>)", r'<w:r><w:fldChar w:fldCharType="begin"/></w:r>\1')),
        ("relationship-unknown", DOCUMENT, swap("(</w:p>)", r'<w:hyperlink r:id="rId999"/>\1')),
        ("relationship-to-nowhere", "word/_rels/document.xml.rels", swap('Target="styles.xml"', 'Target="no.xml"')),
        ("part-unreached", "word/_rels/document.xml.rels", swap('<Relationship [^>]*Target="styles.xml"/>', "")),
        ("relationship-twice", "word/_rels/document.xml.rels", swap("(<Relationship [^>]*/>)", r"\1\1")),
        ("part-without-content-type", "[Content_Types].xml", lambda text: re.sub("<Default [^>]*/>", "", text)),
        ("content-type-without-part", "[Content_Types].xml", swap("/word/styles.xml", "/word/no.xml")),
        ("content-type-twice", "[Content_Types].xml", swap("(<Override [^>]*/>)", r"\1\1")),
    ],
)
def it_finds_what_is_broken_in_a_document(kind: str, part: str, change: Callable[[str], str]) -> None:
    sound = document()
    broken = changed(sound, part, change)
    assert any(finding.kind.startswith(kind) for finding in ooxml.new_findings(sound, broken)), kind
    with pytest.raises(AssertionError):
        ooxml.assert_valid(broken, sound)


@pytest.mark.parametrize(
    ("kind", "part", "change"),
    [
        ("row-out-of-order", SHEET, swap('<row r="3">', '<row r="1">')),
        ("row-twice", SHEET, swap('<row r="3">', '<row r="2">')),
        ("cell-in-wrong-row", SHEET, swap('r="B3"', 'r="B5"')),
        ("cell-twice", SHEET, swap('r="B2"', 'r="A2"')),
        ("cell-out-of-order", SHEET, swap("(<c [^>]*>(?:(?!</c>).)*</c>)(<c [^>]*>(?:(?!</c>).)*</c>)", r"\2\1")),
        ("shared-string-unknown", SHEET, swap('t="n"><v>50', 't="s"><v>50')),
        ("number-not-a-number", SHEET, swap("<v>50</v>", "<v>五十</v>")),
        ("cell-style-unknown", SHEET, swap('r="B2"', 'r="B2" s="99"')),
        ("merges-overlap", SHEET, swap("A9:B9", "B7:C9")),
        ("merge-count", SHEET, swap('count="2"', 'count="3"')),
        ("merge-of-one-cell", SHEET, swap("A9:B9", "A9:A9")),
        ("schema:/worksheet:", SHEET, swap("(<sheetData>.*</sheetData>)(<mergeCells.*</mergeCells>)", r"\2\1")),
        ("sheet-name", "xl/workbook.xml", swap('name="Sheet"', 'name="a/b"')),
        ("formula-with-equals", SHEET, swap("<f>", "<f>=")),
    ],
)
def it_finds_what_is_broken_in_a_workbook(kind: str, part: str, change: Callable[[str], str]) -> None:
    sound = workbook()
    broken = changed(sound, part, change)
    assert any(finding.kind.startswith(kind) for finding in ooxml.new_findings(sound, broken)), kind


def it_finds_nothing_in_sound_files() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        sheet = made.add_worksheet("自评表")
        sheet.write_row(0, 0, ["项目", "分值"])
        sheet.write_formula(1, 1, "=SUM(B3:B4)", None, 80)
        sheet.merge_range("A6:B7", "并")
        sheet.add_table("D1:E3", {"columns": [{"header": "一"}, {"header": "二"}]})
        sheet.write_url("G1", "https://example.com")
        sheet.insert_textbox("G4", "框")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=自评表!$B$1:$B$2"})
        sheet.insert_chart("G9", chart)
    ooxml.assert_valid(buffer.getvalue())
    # openpyxl writes a font's children out of order; Excel does not mind
    assert ooxml.kinds(workbook()) <= {"schema:fonts/font:Unexpected element 'color' found"}
    # python-docx's own template keeps a part of Word 2010 that newer validators warn of
    assert {kind.split(":")[0] for kind in ooxml.kinds(document())} <= {"semantic"}


def it_holds_a_fault_of_the_template_against_the_template_alone() -> None:
    faulty = changed(document(), DOCUMENT, swap("<w:b/><w:i/>", "<w:i/><w:b/>"))
    assert ooxml.findings(faulty)
    ooxml.assert_valid(faulty, faulty)
