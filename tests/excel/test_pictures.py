"""Pictures from data, read back by openpyxl."""

import io
import re
from typing import Any

import openpyxl
import pytest
from openpyxl.drawing.image import Image

from generator.diagnostics import InvalidTemplate
from generator.documents.produce import render_documents
from generator.excel.template import ExcelTemplate
from generator.report import read_report
from tests.excel.small_sheets import Checked
from tests.support.pictures import emf, picture, svg
from tests.support.reports import standard
from tests.support.words import members


def book(cells, *, own_picture=False) -> bytes:
    made: Any = openpyxl.Workbook()
    sheet = made.active
    for address, value in cells.items():
        sheet[address] = value
    if own_picture:
        sheet.add_image(Image(io.BytesIO(picture(colour="blue"))), "D5")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def pictures(content):
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    found = [(image.anchor._from.row + 1, image.anchor._from.col + 1, image._data()) for image in sheet._images]
    return sorted(found, key=lambda one: one[:2])


CELLS = {"A1": "{%tr for r in rows %}", "A2": "{{ r.name }}", "B2": "{{ r.photo }}", "A3": "{%tr endfor %}"}


@pytest.mark.parametrize("own_picture", [False, True])
def it_puts_pictures_at_their_cells(own_picture):
    template = Checked(book(CELLS, own_picture=own_picture))
    red, green = picture(colour="red"), picture("JPEG", colour="green")
    rows = [
        {"name": name, "photo": template.image(data, width="20mm")}
        for name, data in (("甲", red), ("乙", green), ("丙", red))
    ]
    found = pictures(template.render({"rows": rows}))
    own = [(5, 4, picture(colour="blue"))] if own_picture else []
    assert found == [(1, 2, red), (2, 2, green), (3, 2, red), *own]


def it_gives_a_picture_its_size():
    template = Checked(book({"A1": "{{ photo }}"}))
    content = template.render({"photo": template.image(picture(size=(40, 20)), height="10mm", description="照片")})
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    image = sheet._images[0]
    assert (image.anchor.ext.width, image.anchor.ext.height) == (720_000, 360_000)


@pytest.mark.parametrize("text", ["章：{{ 图 }}", "{{ 图 ~ '甲' }}", "{{ 图|upper }}"])
def it_names_the_cell_where_a_picture_stands_among_text(text):
    book: Any = openpyxl.Workbook()
    book.active["B3"] = text
    buffer = io.BytesIO()
    book.save(buffer)
    template = ExcelTemplate(buffer.getvalue())
    with pytest.raises(InvalidTemplate) as caught:
        template.render({"图": template.image(picture())})
    assert [(one.code, one.location.place.zh) for one in caught.value.diagnostics if one.location.place] == [
        ("object-not-here", "Sheet!B3")
    ]


@pytest.mark.parametrize("name", ["章.png", "章.svg", "章.webp", "章.emf"])
def it_puts_a_picture_beside_the_data_file_into_its_cell(tmp_path, name):
    fields = (
        "\ntypes:\n  项: {key: 名, fields: {名: text, 图: {type: image, width: 10mm, required: false}}}\n"
        "fields: {公章: {type: image, width: 20mm, required: false}, 列: list of 项}\n"
        "documents: [{template: a.xlsx, name: 甲}]\n"
    )
    used = standard(tmp_path, fields)
    book: Any = openpyxl.Workbook()
    lines = {
        "B2": "{{ 公章 }}",
        "A4": "{%tr for 项 in 列 %}",
        "A5": "{{ 项.名 }}",
        "B5": "{{ 项.图 }}",
        "A6": "{%tr endfor %}",
    }
    for address, text in lines.items():
        book.active[address] = text
    book.save(tmp_path / "a.xlsx")
    content = {"png": picture(), "svg": svg(), "webp": picture("WEBP"), "emf": emf()}[name[2:]]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "data.yaml").write_text(
        f"标准: case\n公章: {name}\n列: [{{名: 甲, 图: {name}}}, {{名: 乙}}, {{名: 丙, 图: {name}}}]\n",
        encoding="utf-8",
    )
    (made,) = render_documents(read_report(tmp_path / "data.yaml", used))
    drawing = members(made.content)["xl/drawings/drawing1.xml"].decode()
    rows = [int(row) + 1 for row in re.findall(r"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>", drawing)]
    widths = [int(width) // 36_000 for width in re.findall(r'<xdr:ext cx="(\d+)"', drawing)]
    assert (rows, widths) == ([2, 4, 6], [20, 10, 10])
    assert sum(one.startswith("xl/media/") for one in members(made.content)) == 1
    (tmp_path / "data.yaml").write_text("标准: case\n列: []\n", encoding="utf-8")
    (made,) = render_documents(read_report(tmp_path / "data.yaml", used))
    assert not [one for one in members(made.content) if one.startswith("xl/media/")]
