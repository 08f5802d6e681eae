"""What a document says, whatever programs compute anew in it: documents that say the same have one digest."""

import io

import openpyxl
import pytest

from generator.diagnostics import InvalidDocument
from generator.documents.wording_digest import wording_digest
from generator.ooxml.package import open_package
from tests.support.words import document, members, pack


def said(body: str) -> str:
    return wording_digest(open_package(document(body)))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark.format("begin") + told + mark.format("separate") + result + mark.format("end")


def simple(instruction: str, result: str) -> str:
    return f'<w:fldSimple w:instr="{instruction}">{result}</w:fldSimple>'


def box(inner: str) -> str:
    return f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Choice></mc:AlternateContent></w:r>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (run("甲乙"), run("甲") + run("乙")),
        (run("甲 乙"), run("甲乙")),  # blanks are layout
        (run("第") + field(" PAGE ", run("1")) + run("页"), run("第") + field(" PAGE ", run("2")) + run("页")),
        (run("第") + field(" PAGE ", run("1")) + run("页"), run("第页")),
        (run("第") + simple(" NUMPAGES ", run("1")), run("第") + simple(" NUMPAGES ", run("22"))),
        (
            field(" TOC ", run("甲") + field(" REF a ", run("1"))),
            field(" TOC ", run("乙")),
        ),  # a field within a live one
        (
            field(" REF a ", run("甲") + field(" PAGE ", run("1")) + run("乙")),
            field(" REF a ", run("甲") + field(" PAGE ", run("2")) + run("乙")),
        ),
    ],
)
def it_leaves_out_what_programs_compute_anew(old, new):
    assert said(paragraph(old)) == said(paragraph(new))
    assert said(paragraph(old)) != said(paragraph(run("别的")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (paragraph(run("甲")), paragraph(run("乙"))),
        (paragraph(run("甲")) + paragraph(run("乙")), paragraph(run("乙")) + paragraph(run("甲"))),
        (paragraph(run("甲乙")), paragraph(run("甲")) + paragraph(run("乙"))),
        (paragraph(field(" REF a ", run("1"))), paragraph(field(" REF a ", run("2")))),
        (paragraph(simple(" REF a ", run("1"))), paragraph(simple(" REF a ", run("2")))),
        (paragraph(field(" PAGE ", run("1")) + run("甲")), paragraph(field(" PAGE ", run("1")) + run("乙"))),
        (
            paragraph(field(" REF a ", field(" PAGE ", run("1")) + run("甲"))),
            paragraph(field(" REF a ", field(" PAGE ", run("1")) + run("乙"))),
        ),
        (paragraph(run("外") + box(paragraph(run("甲")))), paragraph(run("外") + box(paragraph(run("乙"))))),
        (paragraph(run("外") + box(paragraph(run("甲")))), paragraph(run("外甲"))),
    ],
)
def it_notices_every_word(old, new):
    assert said(old) != said(new)


def it_says_a_text_box_in_one_of_its_two_forms():
    twin = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    first, second = paragraph(run("甲")), paragraph(run("乙"))
    assert said(paragraph(twin.format(first, first))) == said(paragraph(twin.format(first, second)))
    assert said(paragraph(twin.format(first, first))) == said(paragraph(box(first)))


def workbook(cells: str) -> str:
    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    parts = members(stream.getvalue())
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", f"{cells}</sheetData>").encode()
    assert cells in parts["xl/worksheets/sheet1.xml"].decode()
    return wording_digest(open_package(pack(parts)))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ('<c r="A1"><v>0.29</v></c>', '<c r="A1"><v>0.28999999999999998</v></c>', True),
        ('<c r="A1"><v>0.29</v></c>', '<c r="A1"><v>0.28</v></c>', False),
        ('<c r="A1"><v>1</v></c>', '<c r="A1"><v>1.0</v></c>', True),
        ('<c r="A1"><v>1</v></c>', '<c r="B1"><v>1</v></c>', False),
        ('<c r="B1"><v>1</v></c>', '<c/><c><v>1</v></c>', True),  # cells without an address follow one another
        ('<c r="A1"><f>SUM(B1)</f><v>1</v></c>', '<c r="A1"><f>SUM(B1)</f><v>2</v></c>', True),  # its value is computed
        ('<c r="A1"><f>SUM(B1)</f></c>', '<c r="A1"><f>SUM(B2)</f></c>', False),
        ('<c r="A1"><f>_xlfn.CONCAT(B1)</f></c>', '<c r="A1"><f>CONCAT(B1)</f></c>', True),
        (
            '<c r="A1"><f t="shared" si="0" ref="A1:B1">C1*2</f></c><c r="B1"><f t="shared" si="0"/></c>',
            '<c r="A1"><f>C1*2</f></c><c r="B1"><f>D1*2</f></c>',
            True,
        ),
        (
            '<c r="A1"><f t="shared" si="0" ref="A1:B1">C1*2</f></c><c r="B1"><f t="shared" si="0"/></c>',
            '<c r="A1"><f>C1*2</f></c><c r="B1"><f>C1*2</f></c>',
            False,
        ),
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', '<c r="A1" t="str"><v>甲</v></c>', True),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', '<c r="A1" t="str"><v>甲乙</v></c>', True),
        ('<c r="A1" t="inlineStr"><is><t/></is></c>', "", True),
    ],
)  # fmt: skip
def it_reads_cells_by_what_they_say(old, new, same):
    one, other = (workbook(f'<row r="1">{cells}</row>') for cells in (old, new))
    assert (one == other) == same


def it_reads_the_strings_that_cells_share():
    def shared(text: str) -> str:
        book, stream = openpyxl.Workbook(), io.BytesIO()
        book.save(stream)
        parts, space = members(stream.getvalue()), "http://schemas.openxmlformats.org/"
        cells = [f'<row r="{at}"><c r="A{at}" t="s"><v>{at - 1}</v></c></row>' for at in (1, 2)]
        for part, end, more in (
            ("xl/worksheets/sheet1.xml", "</sheetData>", "".join(cells)),
            (
                "xl/_rels/workbook.xml.rels",
                "</Relationships>",
                f'<Relationship Id="s" Type="{space}officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>',
            ),
        ):
            parts[part] = (
                parts[part]
                .decode()
                .replace("<sheetData/>", "<sheetData></sheetData>")
                .replace(end, more + end)
                .encode()
            )
        strings = f"<si><t>首</t></si><si><r><t>{text}</t></r></si>"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}spreadsheetml/2006/main">{strings}</sst>'.encode()
        return wording_digest(open_package(pack(parts)))

    own = ('<row r="1"><c r="A1" t="str"><v>首</v></c></row>', '<row r="2"><c r="A2" t="str"><v>甲</v></c></row>')
    assert shared("甲") == workbook("".join(own))
    assert shared("甲") != shared("乙")


def it_refuses_a_package_whose_document_is_not_there():
    parts = members(document(paragraph(run("甲"))))
    del parts["word/document.xml"]
    with pytest.raises(InvalidDocument) as refusal:
        wording_digest(open_package(pack(parts)))
    assert [found.code for found in refusal.value.diagnostics] == ["compare-part-missing"]
