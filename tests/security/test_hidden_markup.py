"""Markup that a workbook hides in comments, processing instructions and CDATA: no cell, no string, and nothing to search for long."""

import io
import time

import openpyxl
import pytest

from generator.api import lint
from generator.excel.template import ExcelTemplate
from tests.security.attacks import one_cell, parts_of

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
OPENINGS = (
    "<t ", "<f ", "<v ", '<c r="A1" ', "<c>", "<is>", "<row ", "<formula ", "<dataValidation ", "<conditionalFormatting ",
    "<hyperlink ", "<mergeCells ", "<sheetData ", "<oddHeader ", "<definedNames>", "<sheet ", "<calcPr ", "<xf ", "<numFmt ",
    "<cellXfs", "<Override ", "<Relationship ", "<<", "</c", "<x:t ", " ",
)  # fmt: skip


def values(content: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].rows]


HIDING = {"comment": "<!-- {} -->", "instruction": "<?x {} ?>"}


@pytest.mark.parametrize("hiding", HIDING)
def it_does_not_search_what_is_hidden(hiding, tmp_path):
    hidden = "".join(HIDING[hiding].format(opening * 1_000) for opening in OPENINGS).encode()

    def with_hidden(data: bytes) -> bytes:
        end = data.rfind(b"</")
        return data[:end] + hidden + data[end:]

    content = one_cell("{{ a }}")
    names = [name for name in parts_of(content) if name.endswith((".xml", ".rels"))]
    content = parts_of(content, dict.fromkeys(names, with_hidden))
    (tmp_path / "a.xlsx").write_bytes(content)
    begun = time.thread_time()
    assert values(ExcelTemplate(content).render({"a": "甲"})) == [["甲"]]
    lint(str(tmp_path / "a.xlsx"))
    assert time.thread_time() - begun < 5


@pytest.mark.parametrize(
    ("before", "behind", "printed"),
    [
        ("<!-- <c r='A1'><v>1</v></c> -->", "", [["甲"]]),
        ("<!-- </c></row></sheetData> -->", "", [["甲"]]),
        ("<?x <c r='A1'> ?>", "<!-- <c r='B1'><v>2</v></c> -->", [["甲"]]),
    ],
)
def it_takes_no_cell_from_a_comment(before, behind, printed):
    def change(data: bytes) -> bytes:
        data = data.replace(b"<c ", before.encode() + b"<c ", 1)
        return data.replace(b"</row>", behind.encode() + b"</row>", 1)

    content = parts_of(one_cell("{{ a }}"), {SHEET: change})
    assert values(ExcelTemplate(content).render({"a": "甲"})) == printed


def it_reads_tags_in_cdata():
    content = parts_of(
        one_cell("{{ a }}"), {SHEET: lambda data: data.replace(b"{{ a }}", b"<![CDATA[{{ a ]]><![CDATA[}}]]>")}
    )
    assert values(ExcelTemplate(content).render({"a": "<甲>"})) == [["<甲>"]]


def it_reads_parts_in_utf_16():
    content = parts_of(
        one_cell("{{ a }}"), {name: lambda data: data.decode().encode("utf-16") for name in (SHEET, BOOK)}
    )
    assert values(ExcelTemplate(content).render({"a": "甲"})) == [["甲"]]


def it_carries_plain_parts_as_they_are():
    content = one_cell("{{ a }}")
    assert parts_of(ExcelTemplate(content).render({"a": 1}))["xl/styles.xml"] == parts_of(content)["xl/styles.xml"]
