"""Tables as a reader sees them: borders, margins and shading of the table's style, its first row and bands, and of each cell."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from generator.compare import compare

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
LINE = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
STYLE = f"""<w:style {W} w:type="table" w:customStyle="1" w:styleId="Banded"><w:name w:val="Banded"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders><w:top {LINE}/><w:bottom {LINE}/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom {LINE}/></w:tcBorders><w:shd w:val="clear" w:fill="DDEEFF"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" w:fill="F5F5F5"/></w:tcPr></w:tblStylePr></w:style>"""


def borders(name, sides=SIDES, line=LINE):
    return f"<w:{name} {W}>{''.join(f'<w:{side} {line}/>' for side in sides)}</w:{name}>"


def table(edit=lambda table: None, style="Table Grid", look="04A0", spelled=STYLE) -> bytes:
    document = docx.Document()
    document.styles.element.append(parse_xml(spelled))
    made = document.add_table(4, 3, style=document.styles[style])
    for r, row in enumerate(made.rows):
        for c, cell in enumerate(row.cells):
            cell.text = f"第{r}行{c}"
    made._tbl.tblPr.find(qn("w:tblLook")).attrib.clear()
    made._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:val"), look)
    edit(made)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def messages(old, new):
    return [d.message for d in compare(old, new, level="format")]


def on_table(xml):
    return lambda made: made._tbl.tblPr.insert(1, parse_xml(xml))


def on_cells(xml, cells=None):
    def edit(made):
        for r, row in enumerate(made.rows):
            for c, cell in enumerate(row.cells):
                if cells is None or (r, c) in cells:
                    cell._tc.get_or_add_tcPr().append(parse_xml(xml))

    return edit


def plain(edit):
    """Normal Table, with what an editor writes out that does not know the style."""
    return table(edit, style="Normal Table")


ALIKE = {
    "the style's borders on the table": lambda: table(on_table(borders("tblBorders"))),
    "the style's borders on every cell": lambda: table(on_cells(borders("tcBorders", SIDES[:4]))),
    "a border that is none where the table has none": lambda: table(
        on_cells(borders("tcBorders", ("tl2br",), 'w:val="nil"'), {(0, 0)})
    ),
    "shading that is none": lambda: table(on_cells(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="auto"/>')),
    "the alignment that cells have anyway": lambda: table(on_cells(f'<w:vAlign {W} w:val="top"/>')),
    "the style's margins on every cell": lambda: table(
        on_cells(f'<w:tcMar {W}><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tcMar>')
    ),
    "a line from the cell below": lambda: table(on_cells(borders("tcBorders", ("top",)), {(1, 1)})),
}


@pytest.mark.parametrize("name", ALIKE)
def it_takes_what_the_style_says_anyway_for_no_difference(name):
    assert messages(table(), ALIKE[name]()) == []
    assert messages(ALIKE[name](), table()) == []


def it_tells_where_the_bottom_of_a_table_is_drawn_by_its_cells():
    """LibreOffice writes all borders on the table and takes those away again that the last row does not have."""
    none = 'w:val="nil"'
    old = table(on_table(borders("tblBorders", ("bottom",), none)))

    def written(made):
        on_table(borders("tblBorders"))(made)
        on_cells(borders("tcBorders", ("bottom",), none), {(3, 0), (3, 1), (3, 2)})(made)

    assert messages(old, table(written)) == []


def it_tells_a_border_of_one_cell_once():
    found = messages(table(), table(on_cells(borders("tcBorders", ("bottom",), 'w:val="double" w:sz="12"'), {(1, 1)})))
    assert found == ["表1 第2行 第2列：边框 bottom sz=4 val=single → bottom sz=12 val=double"]


def it_tells_borders_of_the_whole_table_once():
    found = messages(table(), table(on_table(borders("tblBorders", SIDES, 'w:val="double" w:sz="12"'))))
    assert len(found) == 1
    assert found[0].startswith("表1：表格边框 ")


def it_tells_margins_of_the_whole_table_once():
    found = messages(table(), table(on_table(f'<w:tblCellMar {W}><w:left w:w="400" w:type="dxa"/></w:tblCellMar>')))
    assert [one.split(" ")[0] for one in found] == ["表1：单元格边距"]


def it_tells_another_style_once_whatever_it_does_to_cells():
    assert messages(table(), table(style="Banded")) == ["表1：表格样式 网格型 → Banded"]


def it_tells_a_first_row_that_is_no_longer_one_once():
    found = messages(table(style="Banded"), table(style="Banded", look="0480"))
    assert [one.split(" ")[0] for one in found] == ["表1：表格样式选项"]


def it_does_not_tell_options_that_a_style_makes_nothing_of():
    assert messages(table(), table(look="0480")) == []


def it_tells_a_changed_band_of_the_style():
    changed = STYLE.replace("F5F5F5", "FFEEDD")
    found = messages(table(style="Banded"), table(style="Banded", spelled=changed))
    assert [one.split("：")[0] for one in found] == ["样式 Banded"]


def it_sees_no_difference_where_bands_are_written_on_the_cells():
    """WPS and LibreOffice write what a style's first row and bands look like on each cell."""

    def written(made):
        on_cells(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="DDEEFF"/>', {(0, c) for c in range(3)})(made)
        on_cells(f'<w:shd {W} w:val="clear" w:color="auto" w:fill="F5F5F5"/>', {(2, c) for c in range(3)})(made)

    assert messages(table(style="Banded"), table(written, style="Banded")) == []


def it_still_compares_what_is_written_where_it_is_asked_to():
    pair = table(), table(on_table(borders("tblBorders")))
    assert len(compare(*pair, level="format", formatting="literal")) == 1


def it_reads_bold_of_a_first_row_from_the_style():
    def direct(made):
        for cell in made.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True

    assert messages(table(style="Banded"), table(direct, style="Banded")) == []


def it_is_tried_with_a_style_that_is_in_the_document():
    with zipfile.ZipFile(io.BytesIO(table(style="Banded"))) as archive:
        assert re.search(b'tblStyle w:val="Banded"', archive.read("word/document.xml"))
