"""No tag stays as it is: what is not printed is an error at its place."""

import io
import zipfile

import pytest
import xlsxwriter

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.support.ooxml import assert_valid

TAG = "{{ a }}"
BAR = {"type": "data_bar", "data_bar_2010": True}


def _protected(book, sheet):
    sheet.protect("x")
    sheet.unprotect_range("B1", TAG)


def _filtered(book, sheet):
    sheet.autofilter("A1:B2")
    sheet.filter_column("A", "x == " + TAG.replace(" ", ""))


def _chart(book, sheet):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=表!$B$1:$B$2"})
    chart.set_y_axis({"num_format": f'"{TAG}"0'})
    sheet.insert_chart("D5", chart)


REFUSED = {
    "表!B1:B2": lambda book, sheet: sheet.conditional_format(
        "B1:B2", {**BAR, "min_type": "formula", "min_value": f'="{TAG}"'}
    ),
    "名称“名”": lambda book, sheet: book.define_name("名", f'="{TAG}"'),
    "受保护的区域": _protected,
    "筛选": _filtered,
    "图表的设置": _chart,
    "批注的作者": lambda book, sheet: sheet.write_comment("B1", "注", {"author": TAG}),
    "图形的设置": lambda book, sheet: sheet.insert_textbox("D4", "x", {"url": f"https://x.cn/{TAG}"}),
}


def written(edit) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("表")
    sheet.write("A1", TAG)
    sheet.write_column("B1", [1, 2])
    edit(book, sheet)
    book.close()
    return stream.getvalue()


def rendered(template: bytes) -> dict[str, str]:
    content = ExcelTemplate(template).render({"a": "优"})
    assert_valid(content, template)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


@pytest.mark.parametrize("word", REFUSED)
def it_refuses_a_tag_that_nothing_prints(word):
    with pytest.raises(InvalidTemplate) as caught:
        ExcelTemplate(written(REFUSED[word]))
    (found,) = caught.value.diagnostics
    assert found.code == "excel-tag-left"
    assert word in f"{found.location.place} {found.message}"


def it_prints_the_label_of_a_table_s_totals_as_its_cell():
    def table(book, sheet):
        columns = [{"header": "甲", "total_string": TAG + "计"}, {"header": "乙", "total_function": "sum"}]
        sheet.add_table("D1:E4", {"total_row": True, "columns": columns})

    assert 'totalsRowLabel="优计"' in rendered(written(table))["xl/tables/table1.xml"]


def _extended(sheet: str, rules: str) -> bytes:
    """A sheet with rules that only its extension list holds, as Excel writes those that read other sheets."""
    template = written(lambda book, sheet: book.add_worksheet("另").write_column("A1", ["优", "良"]))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == sheet:
                data = data.replace(b"</worksheet>", f"<extLst>{rules}</extLst></worksheet>".encode())
            new.writestr(name, data)
    return stream.getvalue()


X14 = (
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
RULES = (
    f'<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" {X14}><x14:conditionalFormattings><x14:conditionalFormatting>'
    '<x14:cfRule type="expression" priority="1" id="{11111111-2222-3333-4444-555555555555}">'
    '<xm:f>另!$A$1="{{ a }}"</xm:f><x14:dxf><font><b/></font></x14:dxf></x14:cfRule><xm:sqref>B1</xm:sqref>'
    "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}><x14:dataValidations count="2">'
    '<x14:dataValidation type="list" prompt="填{{ a }}" promptTitle="{{ a }}" error="{{ a }}"><x14:formula1>'
    "<xm:f>另!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>B2</xm:sqref></x14:dataValidation>"
    '<x14:dataValidation type="list"><x14:formula1><xm:f>"{{ a }},良"</xm:f></x14:formula1><xm:sqref>C2</xm:sqref>'
    "</x14:dataValidation></x14:dataValidations></ext>"
)
SHEET = "xl/worksheets/sheet1.xml"


def it_prints_the_tags_of_extended_formats_and_validations():
    xml = rendered(_extended(SHEET, RULES))[SHEET]
    assert "{{" not in xml
    assert '另!$A$1="优"<' in xml
    assert 'prompt="填优" promptTitle="优" error="优"' in xml
    assert '>"优,良"<' in xml


def it_refuses_a_tag_outside_the_quotes_of_an_extended_rule():
    with pytest.raises(InvalidTemplate) as caught:
        ExcelTemplate(_extended(SHEET, RULES.replace('"{{ a }},良"', "{{ a }}")))
    (found,) = caught.value.diagnostics
    assert "C2" in str(found.location.place)
