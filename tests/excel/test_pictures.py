"""Pictures from data, read back by openpyxl."""

import io

import openpyxl
import pytest
from openpyxl.drawing.image import Image

from generator.excel.template import ExcelTemplate
from tests.support.ooxml import assert_valid
from tests.support.pictures import picture


class Checked(ExcelTemplate):
    """A template whose outputs are judged: no fault that the template does not have."""

    def __init__(self, source, **options):
        super().__init__(source, **options)
        self.source = source

    def render_with_notes(self, context, **options):
        rendered = super().render_with_notes(context, **options)
        assert_valid(rendered.content, self.source)
        return rendered


def book(cells, *, own_picture=False) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    for address, value in cells.items():
        sheet[address] = value
    if own_picture:
        sheet.add_image(Image(io.BytesIO(picture(colour="blue"))), "D5")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def pictures(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
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
    image = openpyxl.load_workbook(io.BytesIO(content)).active._images[0]
    assert (image.anchor.ext.width, image.anchor.ext.height) == (720_000, 360_000)
