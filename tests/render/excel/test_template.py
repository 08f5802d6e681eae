"""Workbooks rendered through the public door and read by openpyxl and calamine."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from generator.diagnostics import InvalidTemplate
from generator.figures import Blank, Figure
from generator.render.excel.template import ExcelTemplate


def workbook(cells, **sheets) -> bytes:
    """A workbook of one sheet `表` with cells by address; more sheets by name."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, content in {"表": cells, **sheets}.items():
        sheet = book.create_sheet(title)
        for address, value in content.items():
            sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rendered(cells, context, **options):
    content = ExcelTemplate(workbook(cells), **options).render(context)
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def values(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


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
        ExcelTemplate(workbook(cells))
    found = {(finding.location.place.zh, finding.code) for finding in caught.value.diagnostics}
    assert found == {
        ("表!A1", "template-syntax"),
        ("表!B2", "template-tag-unclosed"),
        ("表!C3", "template-unclosed-block"),
        ("表!D4", "template-unknown-filter"),
        ("表!E5", "excel-tag-of-word"),
        ("表!E5", "template-unclosed-block"),
    }


def it_finds_every_fault_of_a_render_with_its_cell():
    cells = {
        "A1": "{{ nmae }}",
        "B2": "总{{ unit.titel }}",
        "C3": "{{ text }}",
        "D4": "{{ 1 / zero }}",
        "E5": "{{ long }}",
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
    }
    hints = [finding.hint for finding in caught.value.diagnostics]
    assert any("name" in (hint or "") for hint in hints)
    assert any("title" in (hint or "") for hint in hints)


def it_prints_nothing_for_undefined_names_if_asked_to():
    assert values(rendered({"A1": "{{ a.b }}", "B1": "x"}, {}, undefined="empty")) == [[None, "x"]]


def it_carries_a_workbook_without_tags_over_part_for_part():
    import zipfile

    source = workbook({"A1": 1, "A2": "=A1"})
    with (
        zipfile.ZipFile(io.BytesIO(source)) as before,
        zipfile.ZipFile(io.BytesIO(ExcelTemplate(source).render({}))) as after,
    ):
        assert sorted(before.namelist()) == sorted(after.namelist())
        assert all(before.read(name) == after.read(name) for name in before.namelist())


def it_is_read_by_calamine():
    content = ExcelTemplate(workbook({"A1": "{{ a }}", "B1": "{{ b }}"})).render({"a": "甲", "b": 1.5})
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python() == [["甲", 1.5]]
