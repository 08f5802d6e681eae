"""A number that is none, where a part has to state one: the template is refused with its file's name, never by an error of the program."""

import io
import zipfile

import docx
import openpyxl
import pytest

from generator import ExcelTemplate, InvalidTemplate, WordTemplate
from generator.lint import lint_template

CONTEXT = {"name": "甲", "rows": [1, 2]}


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("{{ name }}", style="List Number")
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "{%tc for row in rows %}", "{{ name }}"
    table.cell(0, 0).add_paragraph("{{ row }}{%tc endfor %}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for text in ("{%tr for row in rows %}", "{{ row }}", "{%tr endfor %}", "=SUM(A2)"):
        sheet.append([text])
    sheet.row_dimensions[4].height = 20
    sheet.column_dimensions["A"].width = 10
    sheet.freeze_panes = "B2"
    sheet.row_breaks.append(openpyxl.worksheet.pagebreak.Break(4))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_changed(content: bytes, member: str, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            assert name != member or old in data
            made.writestr(name, data.replace(old, new) if name == member else data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("member", "old", "new", "text"),
    [
        ("xl/styles.xml", b'<sz val="11"', b'<sz val="%b"', "x"),
        ("xl/worksheets/sheet1.xml", b'xSplit="1"', b'xSplit="%b"', "9" * 5000),
        ("xl/worksheets/sheet1.xml", b'<brk id="4"', b'<brk id="%b"', "²"),
        ("xl/worksheets/sheet1.xml", b' min="1"', b' min="%b"', "-1"),
        ("xl/worksheets/sheet1.xml", b' ht="20"', b' ht="%b"', "NaN"),
        ("xl/worksheets/sheet1.xml", b'defaultRowHeight="15"', b'defaultRowHeight="%b"', "x"),
        ("word/numbering.xml", b'w:lvl w:ilvl="0"', b'w:lvl w:ilvl="%b"', "²"),
    ],
)
def it_is_told(member, old, new, text, tmp_path):
    make, ending, engine = (excel, ".xlsx", ExcelTemplate) if member.startswith("xl") else (word, ".docx", WordTemplate)
    path = tmp_path / f"模板{ending}"
    path.write_bytes(with_changed(make(), member, old, new % text.encode()))
    with pytest.raises(InvalidTemplate) as caught:
        engine(path).render(CONTEXT)
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.file) == ("package-misstated", str(path))
    assert f"“{text[:40]}”" in found.message
    assert {one.code for one in lint_template(path, None)} <= {"package-misstated", "lint-font-unnamed"}
