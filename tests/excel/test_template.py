"""Workbooks rendered through the public door and read by openpyxl and calamine."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty
from python_calamine import CalamineWorkbook

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.figures import Blank, Figure
from tests.excel.feature_workbook import read_parts, write_parts
from tests.excel.small_sheets import Checked, merged_workbook, opened, rendered, values, workbook
from tests.support.ooxml import assert_valid


def it_keeps_the_type_of_a_value_alone_in_its_cell():
    context = {
        "number": 3,
        "decimal": Decimal("161.40"),
        "figure": Figure(Decimal("161.4"), "万元"),
        "percent": Figure(Decimal("0.4557"), "%"),
        "truth": True,
        "day": datetime.date(2020, 12, 31),
        "moment": datetime.datetime(2020, 12, 31, 12),  # noqa: DTZ001
        "text": "0123",
        "formula": "=1+1",
        "none": None,
        "blank": Blank("x"),
        "identifier": 430102199001011234,
    }
    sheet = rendered({f"A{row}": f"{{{{ {name} }}}}" for row, name in enumerate(context, 1)}, context)
    found = [sheet.cell(row, 1).value for row in range(1, 13)]
    assert found[:5] == [3, 161.4, 161.4, 0.4557, True]
    assert found[5:7] == [datetime.datetime(2020, 12, 31), datetime.datetime(2020, 12, 31, 12)]  # noqa: DTZ001
    assert found[7:] == ["0123", "=1+1", None, None, "430102199001011234"]
    assert sheet["A9"].data_type == "s"  # text, not a formula


def it_prints_values_inside_text():
    sheet = rendered(
        {"A1": "共{{ n }}项，{{ rate }}", "B1": "{% if n > 1 %}多{% else %}少{% endif %}<&>", "C1": "{{ a }}{{ b }}"},
        {"n": 3, "rate": Figure(Decimal("0.4557"), "%"), "a": None, "b": ""},
    )
    assert values(sheet) == [["共3项，45.57%", "多<&>", None]]


def it_repeats_rows_and_chooses_among_them():
    cells = {
        "A1": "名称",
        "A2": "{%tr for u in units %}",
        "A3": "{{ loop.index }}.{{ u.name }}",
        "A4": "{%tr for p in u.people if p %}",
        "B5": "{{ p }}",
        "A6": "{%tr endfor %}",
        "A7": "{%tr if u.note %}",
        "A8": "{{ u.note }}",
        "A9": "{%tr else %}",
        "A10": "无",
        "A11": "{%tr endif %}",
        "A12": "{%tr endfor %}",
        "A14": "完",
    }
    units = [{"name": "甲", "people": ["一", "", "二"], "note": "注"}, {"name": "乙", "people": [], "note": ""}]
    sheet = rendered(cells, {"units": units})
    assert values(sheet) == [
        ["名称", None],
        ["1.甲", None],
        [None, "一"],
        [None, "二"],
        ["注", None],
        ["2.乙", None],
        ["无", None],
        [None, None],
        ["完", None],
    ]


def it_repeats_columns():
    cells = {
        "A1": "单位",
        "B1": "{%tc for m in months %}",
        "C1": "{{ m }}月",
        "D1": "{%tc endfor %}",
        "E1": "合计",
        "A2": "{%tr for r in rows %}",
        "A3": "{{ r.name }}",
        "C3": "{{ r.by[m] }}",
        "E3": "{{ r.total }}",
        "A4": "{%tr endfor %}",
    }
    rows = [{"name": "甲", "by": {1: 5, 2: 6}, "total": 11}, {"name": "乙", "by": {1: 7, 2: 8}, "total": 15}]
    sheet = rendered(cells, {"months": iter([1, 2]), "rows": iter(rows)})
    assert values(sheet) == [["单位", "1月", "2月", "合计"], ["甲", 5, 6, 11], ["乙", 7, 8, 15]]


def it_moves_formulas_with_their_rows():
    cells = {
        "A1": "{%tr for r in rows %}",
        "A2": "{{ r }}",
        "B2": "=A2*2",
        "A3": "{%tr endfor %}",
        "A4": "=SUM(A2:A2)",
        "B4": "=SUM(B2)",
    }
    assert values(rendered(cells, {"rows": [1, 2, 3]})) == [
        [1, "=A1*2"],
        [2, "=A2*2"],
        [3, "=A3*2"],
        ["=SUM(A1:A3)", "=SUM(B1:B3)"],
    ]


def it_finds_every_fault_of_a_template_with_its_cell():
    cells = {
        "A1": "{{ a b }}",
        "B2": "{{ 未结束",
        "C3": "{%tr for x in y %}",
        "D4": "{{ x|nosuch }}",
        "E5": "{%p if x %}",
    }
    with pytest.raises(InvalidTemplate) as caught:
        Checked(workbook(cells))
    found = {(finding.location.place.zh, finding.code) for finding in caught.value.diagnostics}
    assert found == {
        ("表!A1", "template-syntax"),
        ("表!B2", "template-tag-unclosed"),
        ("表!D4", "template-unknown-filter"),
        ("表!E5", "excel-tag-of-word"),  # blocks that do not pair may follow from it
    }


def it_finds_every_fault_of_a_render_with_its_cell():
    cells = {
        "A1": "{{ nmae }}",
        "B2": "总{{ unit.titel }}",
        "C3": "{{ text }}",
        "D4": "{{ 1 / zero }}",
        "E5": "{{ long }}",
        "F6": "{{ zero[indx] }}",
    }
    context = {"name": "x", "unit": {"title": "y"}, "text": "a\x0bb", "zero": 0, "long": "长" * 32_768}
    with pytest.raises(InvalidTemplate) as caught:
        rendered(cells, context)
    found = {(finding.location.place.zh, finding.code) for finding in caught.value.diagnostics}
    assert found == {
        ("表!A1", "template-undefined"),
        ("表!B2", "template-undefined-item"),
        ("表!C3", "excel-control-character"),
        ("表!D4", "template-failed"),
        ("表!E5", "excel-text-too-long"),
        ("表!F6", "template-undefined"),
    }
    hints = [finding.hint for finding in caught.value.diagnostics]
    assert any("name" in (hint or "") for hint in hints)
    assert any("title" in (hint or "") for hint in hints)


@pytest.mark.parametrize("listed", [list, iter])
def it_tells_what_a_row_of_values_lacks_at_its_cell(listed):
    """Such rows are written outside of the program that knows the tags."""
    cells = {
        "A1": "{%tr for r in rows %}",
        "A2": "{{ r.n }}",
        "B2": "{{ r.a }}",
        "C2": "{{ r.b }}",
        "A3": "{%tr endfor %}",
    }
    with pytest.raises(InvalidTemplate) as caught:
        rendered(cells, {"rows": listed([{"n": 1, "a": 2, "b": 3}, {"n": 1}])})
    places = [finding.location.place.zh for finding in caught.value.diagnostics]
    assert (
        places == ["表!B2", "表!C2"][: 1 if listed is iter else 2]
    )  # what an iterator gave is gone: the first is told


def it_prints_nothing_for_undefined_names_if_asked_to():
    assert values(rendered({"A1": "{{ a.b }}", "B1": "x"}, {}, undefined="empty")) == [[None, "x"]]


def it_carries_a_workbook_without_tags_over_part_for_part():
    import zipfile

    source = workbook({"A1": 1, "A2": "=A1"})
    with (
        zipfile.ZipFile(io.BytesIO(source)) as before,
        zipfile.ZipFile(io.BytesIO(Checked(source).render({}))) as after,
    ):
        assert sorted(before.namelist()) == sorted(after.namelist())
        assert all(before.read(name) == after.read(name) for name in before.namelist())


def it_is_read_by_calamine():
    content = Checked(workbook({"A1": "{{ a }}", "B1": "{{ b }}"})).render({"a": "甲", "b": 1.5})
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python() == [["甲", 1.5]]


def it_refuses_what_is_no_workbook():
    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    for content, code in ((stream.getvalue(), "excel-no-workbook"), (b"x", "package-not-zip")):
        with pytest.raises(InvalidTemplate) as caught:
            Checked(content)
        assert [finding.code for finding in caught.value.diagnostics] == [code]


def it_makes_a_workbook_of_an_excel_template_file():
    book = openpyxl.Workbook()
    book.template = True
    book.active["A1"] = "{{ x }}"
    stream = io.BytesIO()
    book.save(stream)
    result = openpyxl.load_workbook(io.BytesIO(Checked(stream.getvalue()).render({"x": 1})))
    assert not result.template
    assert result.active["A1"].value == 1


def it_renders_in_many_threads_and_gives_the_same_bytes_every_time():
    from concurrent.futures import ThreadPoolExecutor

    cells = {
        "A1": "{%tr for r in rows %}",
        "A2": "{% vm r.k %}{{ r.k }}",
        "B2": "{{ r.n }}",
        "C2": "=B2*2",
        "A3": "{%tr endfor %}",
        "B4": "=SUM(B2)",
    }
    template = Checked(workbook(cells))
    contexts = [{"rows": [{"k": n // 3, "n": n + salt} for n in range(40)]} for salt in range(8)]
    alone = [template.render(context) for context in contexts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(template.render, contexts * 4))
    assert together == alone * 4


def it_keeps_the_runs_of_rich_text():
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    bold, red = InlineFont(b=True), InlineFont(color="FFFF0000")
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText(TextBlock(bold, "单位：{{ na"), TextBlock(red, "me }}共"), "{{ n }}项")
    book.active["A2"] = CellRichText(TextBlock(bold, "{{ n }}"))
    book.active["A3"] = CellRichText(TextBlock(bold, "{% if n > 2 %}多"), TextBlock(red, "少{% endif %}"))
    stream = io.BytesIO()
    book.save(stream)
    content = Checked(stream.getvalue()).render({"name": "甲<", "n": 3})
    sheet = openpyxl.load_workbook(io.BytesIO(content), rich_text=True).active
    found = [(str(part), getattr(getattr(part, "font", None), "b", None)) for part in sheet["A1"].value]
    assert found == [("单位：甲<", True), ("共", False), ("3项", None)]
    assert sheet["A1"].value[1].font.color.rgb == "FFFF0000"
    assert sheet["A2"].value == 3
    assert [str(part) for part in sheet["A3"].value] == ["多", "少"]


@pytest.mark.slow
def it_streams_rows_in_memory_that_does_not_grow_with_them():
    import tracemalloc

    def rows(count):
        for number in range(count):
            yield {"k": f"名称{number}", "n": number}

    cells = {"A1": "{%tr for r in rows %}", "A2": "{{ r.k }}", "B2": "{{ r.n }}", "A3": "{%tr endfor %}", "A4": "完"}
    template = ExcelTemplate(workbook(cells))  # the judge of `Checked` reads the whole document
    peaks, sizes = [], []
    for count in (20_000, 200_000):
        tracemalloc.start()
        sizes.append(len(template.render({"rows": rows(count)})))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 4 * (sizes[1] - sizes[0])


def it_lets_formatted_rows_without_content_fall_off_the_end():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook({"A1": "{%tr for r in rows %}", "A2": "{{ r }}", "A3": "{%tr endfor %}"}))
    )
    book.active.cell(1_048_576, 1).fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF0000")
    stream = io.BytesIO()
    book.save(stream)
    sheet = opened(Checked(stream.getvalue()).render({"rows": [1, 2, 3, 4]}))
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == [1, 2, 3, 4, None]
    book.active.cell(1_048_576, 1).value = "x"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(InvalidTemplate) as caught:
        Checked(stream.getvalue()).render({"rows": [1, 2, 3, 4]})
    assert [finding.code for finding in caught.value.diagnostics] == ["excel-too-many-rows"]


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\ud800", "\ufffe"])
def it_refuses_a_character_that_no_workbook_holds_in_names_and_properties_too(character):
    book = openpyxl.Workbook()
    book.active.title = "{{ a }}"
    book.create_sheet("次")["A1"] = "{%sheet name a %}"
    book.properties.title = "题{{ a }}"
    book.custom_doc_props.append(StringProperty(name="单位", value="{{ a }}局"))
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(InvalidTemplate) as caught:
        ExcelTemplate(stream.getvalue()).render({"a": f"甲{character}乙"})
    assert {(finding.location.place.zh, finding.code) for finding in caught.value.diagnostics} == {
        (place, "excel-control-character") for place in ("工作表 {{ a }}", "次!A1", "属性 title", "属性 单位")
    }


def it_keeps_text_that_reads_like_an_escape():
    sheet = rendered({"A1": "{{ a }}", "A2": "{{ b }}"}, {"a": "_x0041_", "b": " 两端有空格\n第二行 "})
    assert sheet["A2"].value == " 两端有空格\n第二行 "
    content = Checked(workbook({"A1": "{{ a }}"})).render({"a": "_x0041_"})
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python() == [["_x0041_"]]


def it_reads_sheets_whose_elements_have_a_prefix():
    import re
    import zipfile

    cells = {
        "A1": "{%tr for r in rows %}",
        "A2": "{{ r.k }}",
        "B2": "{{ r.n }}",
        "C2": "=B2*2",
        "A3": "{%tr endfor %}",
        "A4": "共{{ rows|length }}",
        "B4": "=SUM(B2)",
    }
    source = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(merged_workbook(cells, ["A4:A5"], {"A": 6}))) as before,
        zipfile.ZipFile(source, "w") as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", data).replace(b" xmlns=", b" xmlns:x=", 1)
            after.writestr(name, data)
    rows = [{"k": "甲<", "n": 1.5}, {"k": "很长的文字" * 9, "n": 2}]
    content = ExcelTemplate(source.getvalue()).render({"rows": rows})
    assert_valid(content, source.getvalue())
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
    assert values(sheet)[:3] == [["甲<", 1.5, 3], [rows[1]["k"], 2, 4], ["共2", 3.5, None]]
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A3:A4"}
    assert sheet.row_dimensions[2].height > 60


def it_tells_that_a_blank_is_too_many():
    with pytest.raises(InvalidTemplate) as caught:
        ExcelTemplate(workbook({"A1": "{% tr for r in rows %}", "A2": "x", "A3": "{%tr endfor %}"}))
    hints = {finding.location.place.zh: finding.hint for finding in caught.value.diagnostics}
    assert hints["表!A1"] == "“tr”要紧跟在“{%”后面：{%tr …%}"


def it_gives_a_date_its_format_in_a_cell_of_a_format_of_ones_own_called_general():
    """LibreOffice writes General as a format of the workbook's own (numFmtId 164)."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "{{ d }}"
    stream = io.BytesIO()
    book.save(stream)
    parts = read_parts(stream.getvalue())
    own = b'<numFmts count="1"><numFmt numFmtId="164" formatCode="General"/></numFmts>'
    styles = parts["xl/styles.xml"].replace(b'<numFmts count="0"/>', own)
    parts["xl/styles.xml"] = styles.replace(
        b'<cellXfs count="1"><xf numFmtId="0"', b'<cellXfs count="1"><xf numFmtId="164"'
    )
    assert parts["xl/styles.xml"].count(b'numFmtId="164"') == 2
    content = ExcelTemplate(write_parts(parts)).render({"d": datetime.date(2024, 5, 6)})
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A1"]
    assert (str(cell.value), cell.number_format) == ("2024-05-06 00:00:00", r"yyyy\-mm\-dd")
