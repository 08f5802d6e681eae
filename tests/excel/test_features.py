"""A workbook with one of everything: what moves follows, what no tag touches keeps its bytes, LibreOffice agrees."""

import io
import re

import openpyxl
import pandas
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from tests.excel.feature_workbook import feature_workbook, read_parts, write_parts
from tests.support.office import convert
from tests.support.ooxml import assert_valid

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # of openpyxl

COUNTS = [0, 1, 2, 7]
NAMES = ["办公费", "差旅费", "水费"]


def context(count: int):
    rows = [
        {"名称": NAMES[index % 3], "数量": index + 1, "单价": 2.35 + index / 7, "备注": "备注 文字，需要换行" * 3}
        for index in range(count)
    ]
    return {"标题": "石峰区自评表", "rows": rows, "空": {"名称": "", "数量": None, "单价": None, "备注": ""}}


@pytest.fixture(scope="module")
def template() -> bytes:
    return feature_workbook()


@pytest.fixture(scope="module")
def outputs(template) -> dict[int, bytes]:
    compiled = ExcelTemplate(template)
    return {count: compiled.render(context(count)) for count in COUNTS}


@pytest.fixture(scope="module")
def of_libreoffice(template, outputs, tmp_path_factory) -> dict[str, bytes]:
    """What LibreOffice makes, in one start: of the template, and of every output without its kept values, which it computes."""
    folder = tmp_path_factory.mktemp("office")
    contents = {"template": template}
    for count, content in outputs.items():
        parts = read_parts(content)
        for name in parts:
            if name.startswith("xl/worksheets/sheet"):
                parts[name] = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", parts[name])
        contents[f"features{count}"] = write_parts(parts)
    files = [folder / f"{name}.xlsx" for name in contents]
    for file, content in zip(files, contents.values(), strict=True):
        file.write_bytes(content)
    made = convert(files, "xlsx:Calc MS Excel 2007 XML", folder / "out")
    return {file.stem: result.read_bytes() for file, result in made.items()}


def part(content: bytes, name: str) -> str:
    return read_parts(content)[name].decode()


def it_is_valid_wherever_the_template_is(template, outputs):
    assert_valid(template)
    for content in outputs.values():
        assert_valid(content, template)


def it_keeps_the_bytes_of_what_no_tag_and_no_moved_row_touches(template, outputs):
    before = read_parts(template)
    # the sheets with tags or formulas on them, what hangs on these, the strings that held tags
    touched = {f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)} | {
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/drawings/drawing1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/comments1.xml",
        "xl/tables/table1.xml",
        *(f"xl/charts/chart{number}.xml" for number in (1, 2, 3)),
    }
    for content in outputs.values():
        after = read_parts(content)
        assert list(after) == list(before)
        assert {name for name in before if after[name] != before[name]} <= touched


def it_gives_a_template_without_tags_back_part_for_part(template):
    parts = read_parts(template)
    plain = {
        name: re.sub(rb"\{[%{].*?[%}]\}", b"x", data)
        if name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
        else data
        for name, data in parts.items()
    }
    assert read_parts(ExcelTemplate(write_parts(plain)).render({})) == plain


@pytest.mark.parametrize("count", COUNTS)
def it_moves_everything_on_the_sheet_of_the_loop(outputs, count):
    sheet = openpyxl.load_workbook(io.BytesIO(outputs[count]))["自评表"]
    last, by = 2 + count, count - 3  # the last row of the loop, and how far rows below it moved
    total = 6 + by
    rows = f"3:{last}" if count else "1048576:1048576"
    first, end = rows.split(":")
    assert sheet[f"B{total}"].value == f"=SUM(B{first}:B{end})"
    assert sheet[f"F{total}"].value.text.lstrip("=") == f"SUM(B{first}:B{end}*C{first}:C{end})"
    assert sheet[f"C{8 + by}"].value == f"=AVERAGE(B2:B{total})"
    assert sheet[f"C{14 + by}"].value == "=合计数*2+SUM(表1[数量])"
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A1:F1", f"A{8 + by}:B{9 + by}"}
    rules = {
        str(found.sqref): [rule.formula for rule in rules]
        for found, rules in sheet.conditional_formatting._cf_rules.items()
    }
    expected = {f"B2:B{8 + by}": [[]], f"C{8 + by}:C{12 + by}": [[]]}
    if count:
        cells = [f"{column}3" + (f":{column}{last}" if count > 1 else "") for column in "DBF"]
        expected |= {cells[0]: [[f"$D${total}/2"]], f"A3:F{last}": [[f"$B3>$B${total}/2"]]}
    assert rules == expected
    validations = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert validations[f"C{8 + by}"] == '"甲,乙"'
    if count:
        assert validations["F3" if count == 1 else f"F3:F{last}"] == f"$A${8 + by}:$A${10 + by}"
    comments = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert comments == {f"B{row}" for row in range(3, last + 1)} | {f"D{total}"}
    assert sheet.auto_filter.ref == f"A2:F{total}"
    assert sheet.freeze_panes == f"B{6 + by if count else 3}"
    assert sheet.print_area == f"'自评表'!$A$1:$F${12 + by}"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$A")
    assert [mark.id for mark in sheet.row_breaks.brk] == [total, 12 + by]
    assert sheet.row_dimensions[8 + by].outlineLevel == 1
    links = {
        cell.coordinate: cell.hyperlink.location or cell.hyperlink.target
        for row in sheet
        for cell in row
        if cell.hyperlink
    }
    assert links == {f"A{total}": "图表!A1", f"A{11 + by}": "https://example.cn/"}


@pytest.mark.parametrize("count", COUNTS)
def it_moves_pictures_shapes_and_controls(outputs, count):
    parts = read_parts(outputs[count])
    root = etree.fromstring(parts["xl/drawings/drawing1.xml"])
    anchors = []
    for anchor in root:
        start = [int(element.text) for element in anchor[0] if element.tag.endswith(("}col", "}row"))]
        end = [int(element.text) for element in anchor[1] if element.tag.endswith(("}col", "}row"))]
        name = anchor.xpath("string(.//*[local-name()='cNvPr']/@name)")
        anchors.append((name, start, end))
    by = count - 3
    pictures = [("Picture 1", [7, row], [7, row]) for row in range(2, 2 + count)]
    assert [anchor for anchor in anchors if anchor[0] == "Picture 1"] == pictures
    found = {name: (start, end) for name, start, end in anchors if name != "Picture 1"}
    assert found["Picture 2"] == ([7, 8 + by], [7, 8 + by])
    assert found["Picture 3"][0] == [9, 8]  # its author fixed it to the page
    assert found["TextBox 5"][0] == [7, 11 + by]
    assert found["Chart 4"][0] == [13, 1]
    identifiers = root.xpath("//*[local-name()='cNvPr']/@id")
    assert len(identifiers) == len(set(identifiers))
    links = root.xpath("//@textlink")
    assert links == [f"$D${6 + by}"]
    vml = parts["xl/drawings/vmlDrawing1.vml"].decode()
    assert re.findall(r"<x:Row>(\d+)</x:Row>", vml) == [str(row) for row in [*range(2, 2 + count), 5 + by]]
    button = re.search(r'ObjectType="Button".*?<x:Anchor>([^<]*)', vml, re.S)
    assert button
    assert [int(number) for number in button[1].split(",")][2] == 11 + by


@pytest.mark.parametrize("count", COUNTS)
def it_moves_charts_and_what_they_show(outputs, count):
    parts = read_parts(outputs[count])
    rows = (3, 2 + count) if count else (1048576, 1048576)
    for number in (1, 2, 3):
        root = etree.fromstring(parts[f"xl/charts/chart{number}.xml"])
        column = "D" if number == 1 else "B"
        ranges = root.xpath("//*[local-name()='cat' or local-name()='val']//*[local-name()='f']/text()")
        assert ranges == [f"自评表!${letter}${rows[0]}:${letter}${rows[1]}" for letter in ("A", column)]
        shown = root.xpath("//*[local-name()='val']//*[local-name()='pt']/*[local-name()='v']/text()")
        wanted = [
            row["数量"] * (round(row["单价"] * row["数量"], 2) / row["数量"] if number == 1 else 1)
            for row in context(count)["rows"]
        ]
        assert [float(value) for value in shown] == pytest.approx(wanted)
        labels = root.xpath("//*[local-name()='cat']//*[local-name()='pt']/*[local-name()='v']/text()")
        assert labels == [row["名称"] for row in context(count)["rows"]]


@pytest.mark.parametrize("count", COUNTS)
def it_moves_names_and_tables(outputs, count):
    parts = read_parts(outputs[count])
    names = dict(re.findall(r'<definedName name="([^"]*)"[^>]*>([^<]*)<', parts["xl/workbook.xml"].decode()))
    total = 3 + count
    assert names == {
        "_xlnm._FilterDatabase": f"自评表!$A$2:$F${total}",
        "_xlnm.Print_Area": f"自评表!$A$1:$F${9 + count}",
        "_xlnm.Print_Titles": "自评表!$A:$A,自评表!$1:$2",
        "合计数": f"自评表!$D${total}",
        "本表": f"自评表!$A$3:$D${total}",
        "税率": "0.13",
    }
    table = etree.fromstring(parts["xl/tables/table1.xml"])
    assert table.get("ref") == table[0].get("ref") == f"B2:D{2 + max(count, 1)}"


@pytest.mark.parametrize("count", COUNTS)
def it_keeps_the_value_of_every_formula_but_the_volatile_ones(outputs, count):
    formulas = openpyxl.load_workbook(io.BytesIO(outputs[count]))
    values = openpyxl.load_workbook(io.BytesIO(outputs[count]), data_only=True)
    without = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and values[sheet.title][cell.coordinate].value is None
    ]
    by = count - 3
    assert without == [f"自评表!C{11 + by}", f"自评表!C{12 + by}"]
    sheet = values["自评表"]
    amounts = [round(row["数量"] * row["单价"] + 1e-9, 2) for row in context(count)["rows"]]
    assert sheet[f"D{6 + by}"].value == pytest.approx(sum(amounts))
    assert sheet[f"C{13 + by}"].value == f"共{count}项"
    assert values["表格"][f"B{6 + max(count, 1)}"].value == sum(range(count + 1))


def it_is_read_by_calamine_and_pandas(outputs):
    for count, content in outputs.items():
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("自评表").to_python()
        assert [row[0] for row in rows[2 : 2 + count]] == [row["名称"] for row in context(count)["rows"]]
        frame = pandas.read_excel(io.BytesIO(content), sheet_name="自评表", header=1, engine="calamine")
        assert list(frame["数量"][:count]) == list(range(1, count + 1))


def it_refuses_what_cannot_follow(template):
    parts = read_parts(template)
    part = "xl/worksheets/sheet1.xml"
    scenario = '<scenarios><scenario name="s" count="1"><inputCells r="B8" val="1"/></scenario></scenarios>'
    parts[part] = parts[part].replace(b"<autoFilter", scenario.encode() + b"<autoFilter", 1)
    compiled = ExcelTemplate(write_parts(parts))
    compiled.render(context(3))  # two control rows go, two more rows come: what stands below stays
    with pytest.raises(InvalidTemplate) as refused:
        compiled.render(context(7))
    errors = [found for found in refused.value.diagnostics if found.severity == "error"]
    assert [(found.code, found.message.startswith("方案")) for found in errors] == [("excel-cannot-follow", True)]
    assert errors[0].as_json()["place"] == "自评表!B8"


def it_refuses_a_table_that_is_left_without_rows(template):
    parts = read_parts(template)
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace("rows or [空]".encode(), b"rows")
    with pytest.raises(InvalidTemplate) as refused:
        ExcelTemplate(write_parts(parts)).render(context(0))
    errors = [found for found in refused.value.diagnostics if found.severity == "error"]
    assert [(found.code, found.as_json()["place"]) for found in errors] == [("excel-table-empty", "表格!B2:D4")]


@pytest.mark.office
def it_agrees_with_what_libreoffice_computes(outputs, of_libreoffice):
    for count in COUNTS:
        ours = openpyxl.load_workbook(io.BytesIO(outputs[count]), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(outputs[count]))
        theirs = openpyxl.load_workbook(io.BytesIO(of_libreoffice[f"features{count}"]), data_only=True)
        compared = 0
        for sheet in formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    value = ours[sheet.title][cell.coordinate].value
                    if cell.data_type != "f" or value is None:
                        continue
                    other = theirs[sheet.title][cell.coordinate].value
                    compared += 1
                    assert other == (pytest.approx(value, rel=1e-13) if isinstance(value, float) else value), (
                        cell.coordinate
                    )
        assert compared >= 12 + 2 * count


@pytest.mark.office
def it_loses_nothing_in_libreoffice(outputs, tmp_path):
    file = tmp_path / "features.xlsx"
    file.write_bytes(outputs[7])
    converted = convert([file], "ods", tmp_path / "out")[file]
    content = read_parts(converted.read_bytes())["content.xml"].decode()
    assert content.count("<draw:frame") >= 7 + 2 + 3  # pictures and charts
    assert content.count("<office:annotation ") == 7 + 2
    assert all(word in content for word in ("文本框", "形状", "共7项", "table:content-validation"))


@pytest.mark.office
def it_renders_a_template_that_libreoffice_wrote(of_libreoffice):
    """The same features in another program's XML: attributes spelled out, other prefixes, other parts."""
    theirs = of_libreoffice["template"]
    compiled = ExcelTemplate(theirs)
    for count in COUNTS:
        content = compiled.render(context(count))
        assert_valid(content, theirs)
        book = openpyxl.load_workbook(io.BytesIO(content))
        total, by = 3 + count, count - 3
        rows = f"3:{2 + count}" if count else "1048576:1048576"
        first, last = rows.split(":")
        assert book["自评表"][f"D{total}"].value == f"=SUM(D{first}:D{last})"
        assert book["自评表"].auto_filter.ref == f"A2:F{total}"
        assert book.defined_names["合计数"].attr_text == f"自评表!$D${total}"
        assert dict(book["表格"].tables.items()) == {"表1": f"B2:D{2 + max(count, 1)}"}
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        assert values["自评表"][f"C{13 + by}"].value == f"共{count}项"
        assert values["表格"][f"B{6 + max(count, 1)}"].value == sum(range(count + 1))


def _prefixed(name: str, data: bytes) -> bytes:
    if not re.match(r"xl/(worksheets/sheet\d+|workbook|sharedStrings|styles|tables/table1|comments\d+)\.xml", name):
        return data
    data = re.sub(rb"<(/?)(?!\w+:)([A-Za-z])", rb"<\1x:\2", data)
    main = b'="http://schemas.openxmlformats.org/spreadsheetml'
    return data.replace(b" xmlns" + main, b" xmlns:x" + main)


def _single_quoted(name: str, data: bytes) -> bytes:
    return re.sub(rb'="([^"\']*)"(?=[^<>]*>)', rb"='\1'", data) if name.endswith((".xml", ".rels")) else data


def _utf16(name: str, data: bytes) -> bytes:
    if not re.match(r"xl/(worksheets/sheet\d+|sharedStrings)\.xml", name):
        return data
    return data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


@pytest.mark.parametrize("dialect", [_prefixed, _single_quoted, _utf16])
def it_renders_the_same_from_other_dialects_of_xml(template, outputs, dialect):
    compiled = ExcelTemplate(write_parts({name: dialect(name, data) for name, data in read_parts(template).items()}))
    for count in (0, 7):
        content = compiled.render(context(count))
        for values in (False, True):
            ours, theirs = (
                openpyxl.load_workbook(io.BytesIO(one), data_only=values) for one in (content, outputs[count])
            )
            assert cells_of(ours) == cells_of(theirs)
            assert {name: found.attr_text for name, found in ours.defined_names.items()} == {
                name: found.attr_text for name, found in theirs.defined_names.items()
            }


def cells_of(book):
    return {
        sheet.title: [[getattr(cell.value, "text", cell.value) for cell in row] for row in sheet.iter_rows()]
        for sheet in book
    }
