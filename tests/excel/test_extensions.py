"""What Excel writes beside the plain cells (x14 rules, sparklines, protected ranges, pivot sources) follows a loop's rows."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule

from generator import ExcelTemplate, InvalidTemplate

CASES = Path(__file__).parents[1] / "cases" / "workbooks"
SHEET = "xl/worksheets/sheet1.xml"


def items(count: int) -> dict[str, object]:
    return {"rows": [{"name": f"指标{number}", "n": number, "p": number + 0.5} for number in range(1, count + 1)]}


def part(content: bytes, name: str = SHEET) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def rendered(name: str, count: int, edit=lambda xml: xml) -> str:
    """The first sheet of a case, rendered with some items, its XML edited before."""
    source = (CASES / f"{name}.xlsx").read_bytes()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as archive, zipfile.ZipFile(stream, "w") as written:
        for entry in archive.infolist():
            data = archive.read(entry)
            written.writestr(entry.filename, edit(data.decode()).encode() if entry.filename == SHEET else data)
    return part(ExcelTemplate(stream.getvalue()).render(items(count)))


@pytest.mark.parametrize("count", [0, 1, 3, 4])
def it_moves_data_bars_with_their_extension(count):
    xml = rendered("R11_databar_4", count)
    area = f"B{count + 5}:B{count + 6}"
    assert re.findall(r'<conditionalFormatting sqref="([^"]*)"|<xm:sqref>([^<]*)<', xml) == [(area, ""), ("", area)]


@pytest.mark.parametrize("count", [1, 3])
def it_repeats_extended_rules_in_a_loop(count):
    xml = rendered("R11_databar_4", count, lambda xml: xml.replace("B8:B9", "B3"))
    area = f"B2:B{count + 1}" if count > 1 else "B2"
    assert re.findall(r"<xm:sqref>([^<]*)<", xml) == [area]
    assert 'id="{DA7ABA51-AAAA-BBBB-0001-000000000001}"' in xml


def it_drops_extended_rules_of_which_nothing_is_left():
    xml = rendered("R11_databar_4", 0, lambda xml: xml.replace("B8:B9", "B3"))
    assert "x14:conditionalFormattings" not in xml
    assert "<extLst" not in xml


@pytest.mark.parametrize(("count", "source"), [(1, "表!$A$2:$A$2"), (3, "表!$A$2:$A$4"), (5, "表!$A$2:$A$6")])
def it_lets_an_extended_list_grow_with_its_source(count, source):
    assert re.findall("<xm:f>([^<]*)</xm:f>", rendered("x14dv_src_moves", count)) == [source]


@pytest.mark.parametrize("count", [0, 1, 4])
def it_moves_sparklines(count):
    xml = rendered("spark_below", count)
    row = count + 4
    assert re.findall("<xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)<", xml) == [(f"表!B{row}:C{row}", f"E{row}")]


def it_repeats_sparklines_once_an_item():
    xml = rendered("spark_below", 3, lambda xml: xml.replace("表!B7:C7", "表!A3:B3").replace(">E7<", ">E3<"))
    found = re.findall("<xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)<", xml)
    assert found == [(f"表!A{row}:B{row}", f"E{row}") for row in (2, 3, 4)]
    gone = rendered("spark_below", 0, lambda xml: xml.replace("表!B7:C7", "表!A3:B3").replace(">E7<", ">E3<"))
    assert "sparkline" not in gone


@pytest.mark.parametrize("count", [0, 1, 4])
def it_moves_protected_ranges(count):
    assert f'sqref="B{count + 4}:B{count + 5}"' in rendered("protrange_below", count)


@pytest.mark.parametrize("count", [1, 3, 5])
def it_lets_a_pivot_source_grow_and_the_pivot_refresh(count):
    content = ExcelTemplate(CASES / "pivot_range.xlsx").render(items(count))
    cache = part(content, "xl/pivotCache/pivotCacheDefinition1.xml")
    assert f'ref="A1:B{count + 1}"' in cache
    assert 'refreshOnLoad="1"' in cache


def it_refreshes_a_pivot_whose_source_is_a_name():
    content = ExcelTemplate(CASES / "pivot_norefresh_name.xlsx").render(items(2))
    assert 'refreshOnLoad="1"' in part(content, "xl/pivotCache/pivotCacheDefinition1.xml")
    assert "表!$A$1:$B$3" in part(content, "xl/workbook.xml")


def it_refuses_a_pivot_source_that_is_left_without_rows():
    with pytest.raises(InvalidTemplate) as refused:
        ExcelTemplate(CASES / "pivot_range.xlsx").render(items(0))
    errors = [found for found in refused.value.diagnostics if found.severity == "error"]
    assert [(found.code, found.as_json()["place"]) for found in errors] == [("excel-cannot-follow", "表!A1:B3")]


def nested(formula: str) -> bytes:
    """Groups with a row of their own and rows below, whose amounts are marked by a formula."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in (
        ["{%tr for g in groups %}"],
        ["{{ g.limit }}"],
        ["{%tr for n in g.rows %}"],
        ["{{ n }}"],
        ["{%tr endfor %}"],
        ["{%tr endfor %}"],
    ):
        sheet.append(row)
    sheet.conditional_formatting.add("A4", FormulaRule(formula=[formula], stopIfTrue=True))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def it_joins_rules_in_nested_loops_instead_of_multiplying_them():
    groups = {"groups": [{"limit": number, "rows": [number, number + 1]} for number in range(1500)]}
    own = part(ExcelTemplate(nested("A4>5")).render(groups))
    assert own.count("<conditionalFormatting ") == 1
    limit = part(ExcelTemplate(nested("A4>$A$2")).render(groups))
    found = re.findall(r'sqref="([^"]*)"><cfRule.*?<formula>([^<]*)<', limit)
    assert len(found) == 1500
    assert found[:2] == [("A2:A3", "A2&gt;$A$1"), ("A5:A6", "A5&gt;$A$4")]


def charts(content: bytes) -> dict[str, str]:
    """The data of the charts' series by the charts' parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        return {name: ", ".join(re.findall(r"<c:f>([^<]*)</c:f>", archive.read(name).decode())) for name in names}


@pytest.mark.parametrize("count", [1, 3])
def it_draws_a_chart_of_one_row_once_an_item(count):
    content = ExcelTemplate(CASES / "chart_in_loop.xlsx").render(items(count))
    rows = range(2, count + 2)
    assert list(charts(content).values()) == [f"表!$B${row}:$C${row}" for row in rows]
    drawing = part(content, "xl/drawings/drawing1.xml")
    assert re.findall(r"<xdr:from>.*?<xdr:row>(\d+)<", drawing) == [str(row - 1) for row in rows]
    identifiers = re.findall(r'r:id="([^"]*)"', drawing)
    relations = part(content, "xl/drawings/_rels/drawing1.xml.rels")
    assert len(set(identifiers)) == count
    assert all(f'Id="{identifier}"' in relations for identifier in identifiers)
    types = part(content, "[Content_Types].xml")
    assert all(f'PartName="/{name}"' in types for name in charts(content))
    kept = part(content, f"xl/charts/chart{count}.xml")
    assert re.findall(r"<c:v>([^<]*)<", kept) == [str(count), str(2 * count)]
    assert len(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]._charts) == count


def it_draws_no_chart_where_there_is_no_item():
    content = ExcelTemplate(CASES / "chart_in_loop.xlsx").render(items(0))
    assert "graphicFrame" not in part(content, "xl/drawings/drawing1.xml")


def it_keeps_one_chart_of_all_items():
    source = (CASES / "chart_in_loop.xlsx").read_bytes()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as archive, zipfile.ZipFile(stream, "w") as written:
        for entry in archive.infolist():
            data = archive.read(entry)
            written.writestr(entry.filename, data.replace(b"$B$3:$C$3", b"$B$3:$B$3"))
    content = ExcelTemplate(stream.getvalue()).render(items(3))
    assert list(charts(content).values()) == ["表!$B$2:$B$4"]
