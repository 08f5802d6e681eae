"""Native charts of every kind, fed with data: titles, axes, labels, ranges and what each keeps of its workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from generator import WordTemplate
from generator.diagnostics import InvalidTemplate
from tests.support import office, ooxml, word_charts, words
from tests.support.word_charts import C

ROWS = [
    ["科目", "预算", "{{ 决算名 }}"],
    ["{%tr for 项 in 项目 %}"],
    ["{{ 项.名 }}", "{{ 项.甲 }}", "{{ 项.乙 }}"],
    ["{%tr endfor %}"],
]
DATA = {
    "决算名": "决算&",
    "题": "标题<甲>",
    "横轴": "科目",
    "单位": "万元",
    "项目": [
        {"名": "人员", "甲": 3, "乙": -2.5},
        {"名": "公用 & 其他", "甲": 4, "乙": 5},
        {"名": "项目", "甲": 0, "乙": 7},
    ],
}
NUMBERS = {**DATA, "项目": [{"名": 1, "甲": 1, "乙": -1}, {"名": 2, "甲": 4, "乙": -2}, {"名": 5, "甲": 25, "乙": -5}]}


def drawn(kind: str, columns: str = "BC", sheet: str = "数据", title: str = "{{ 题 }}", **options: Any):
    """What draws a chart of the looped row, a series a column."""

    def draw(book: Any) -> Any:
        chart, quoted = book.add_chart({"type": kind, **options}), sheet.replace("'", "''")
        for column in columns:
            name, categories, values = (f"='{quoted}'!${at}" for at in (f"{column}$1", "A$3:$A$3", f"{column}$3"))
            chart.add_series({"name": name, "categories": categories, "values": f"{values}:${column}$3"})
        chart.set_title({"name": title})
        if kind not in ("pie", "doughnut", "radar"):
            chart.set_x_axis({"name": "{{ 横轴 }}"})
            chart.set_y_axis({"name": "金额（{{ 单位 }}）"})
        return chart

    return draw


def combined(book: Any) -> Any:
    """Bars, and a line on an axis of its own."""
    bars, line = drawn("column", "B")(book), drawn("line", "")(book)
    line.add_series(
        {
            "name": "='数据'!$C$1",
            "categories": "='数据'!$A$3:$A$3",
            "values": "='数据'!$C$3:$C$3",
            "y2_axis": True,
            "data_labels": {"value": True, "custom": [{"value": "{{ 题 }}"}]},
        }
    )
    line.set_y2_axis({"name": "{{ 单位 }}"})
    bars.combine(line)
    return bars


KINDS: dict[str, Callable[[Any], Any]] = {
    "columns": drawn("column"),
    "bars": drawn("bar"),
    "stacked": drawn("column", subtype="stacked"),
    "percent": drawn("bar", subtype="percent_stacked"),
    "line": drawn("line"),
    "area": drawn("area"),
    "pie": drawn("pie", "B"),
    "doughnut": drawn("doughnut"),
    "scatter": drawn("scatter"),
    "radar": drawn("radar"),
    "combined": combined,
}


def template(draw: Callable[[Any], Any], rows: Any = ROWS, sheet: str = "数据", blocks: tuple[str, ...] = ()) -> bytes:
    blocks = blocks or (words.paragraph(word_charts.drawing()),)
    parts = word_charts.chart_part(draw, rows, sheet), word_charts.workbook(rows, sheet)
    return word_charts.document(*blocks, charts=[parts])


def looped(*inner: str) -> tuple[str, ...]:
    return words.paragraph("{%p for g in gs %}"), *inner, words.paragraph("{%p endfor %}")


def titles(part: Any) -> list[str]:
    return ["".join(title.itertext()) for title in part.iter(f"{C}title")]


@pytest.mark.parametrize("kind", KINDS)
def it_feeds_a_chart_of_any_kind(kind):
    made, data = template(KINDS[kind]), NUMBERS if kind == "scatter" else DATA
    content = WordTemplate(made).render(data)
    assert not ooxml.new_findings(made, content)
    (part,) = word_charts.shown(content)
    names = [item["名"] for item in data["项目"]]
    columns = {"预算": "甲", "决算&": "乙"}
    for one in word_charts.series(part):
        assert one.get("cat", one.get("xVal")) == [str(name) for name in names]
        assert one.get("val", one.get("yVal")) == [str(item[columns[one["tx"][0]]]) for item in data["项目"]]
    assert [one["tx"] for one in word_charts.series(part)] == [["预算"], ["决算&"]][: 1 if kind == "pie" else 2]
    assert titles(part)[0] == "标题<甲>"
    assert set(titles(part)[1:]) <= {"科目", "金额（万元）", "万元"}
    assert len(docx.Document(io.BytesIO(content)).inline_shapes) == 1


@pytest.mark.parametrize("kind", KINDS)
def it_draws_no_points_of_an_empty_list(kind):
    made = template(KINDS[kind])
    content = WordTemplate(made).render({**DATA, "项目": []})
    assert not ooxml.new_findings(made, content)
    (part,) = word_charts.shown(content)
    assert all(one.get("val", one.get("yVal")) == [] for one in word_charts.series(part))


@pytest.mark.parametrize("kind", KINDS)
def it_draws_a_chart_of_any_kind_once_an_item(kind):
    rows = [["科目", "{{ g.名 }}", "{{ g.名 }}"], ["{%tr for 项 in g.项目 %}"], *ROWS[2:]]
    made = template(KINDS[kind], rows, blocks=looped(words.paragraph(word_charts.drawing())))
    groups = [{"名": name, "项目": NUMBERS["项目"][:size]} for name, size in (("甲", 1), ("乙", 3))]
    content = WordTemplate(made).render({**DATA, "gs": groups})
    assert not ooxml.new_findings(made, content)
    parts = word_charts.shown(content)
    assert [word_charts.series(part)[0]["tx"] for part in parts] == [["甲"], ["乙"]]
    assert [len(word_charts.series(part)[0].get("val") or word_charts.series(part)[0]["yVal"]) for part in parts] == [
        1,
        3,
    ]


def it_prints_numbers_of_a_scatter_chart_as_numbers():
    content = WordTemplate(template(KINDS["scatter"])).render(NUMBERS)
    (part,) = word_charts.shown(content)
    assert {node.tag for one in part.iter(f"{C}xVal") for node in one} == {f"{C}numRef"}
    content = WordTemplate(template(KINDS["scatter"])).render(DATA)
    assert {node.tag for one in word_charts.shown(content)[0].iter(f"{C}xVal") for node in one} == {f"{C}strRef"}


def it_prints_the_name_of_an_item_in_the_title_of_its_chart():
    rows = [["科目", "预算", "决算"], [], ["人员", 1, 2]]
    made = template(drawn("column", title="{{ g.名 }}"), rows, blocks=looped(words.paragraph(word_charts.drawing())))
    content = WordTemplate(made).render({**DATA, "gs": [{"名": "甲"}, {"名": "乙"}]})
    assert [titles(part)[0] for part in word_charts.shown(content)] == ["甲", "乙"]


SHAPES = (
    '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><cdr:relSizeAnchor'
    ' xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"><cdr:from><cdr:x>0</cdr:x><cdr:y>0</cdr:y>'
    "</cdr:from><cdr:to><cdr:x>1</cdr:x><cdr:y>1</cdr:y></cdr:to><cdr:sp><cdr:nvSpPr>"
    '<cdr:cNvPr id="2" name="框"/><cdr:cNvSpPr txBox="1"/></cdr:nvSpPr><cdr:spPr/><cdr:txBody><a:bodyPr/>'
    '<a:p><a:r><a:rPr b="1"/><a:t>{{ g.</a:t></a:r><a:r><a:t>名 }}（{{ 单位 }}）</a:t></a:r></a:p></cdr:txBody></cdr:sp>'
    "</cdr:relSizeAnchor></c:userShapes>"
)


def it_prints_the_text_boxes_of_a_chart_with_the_names_of_its_loop():
    rows = [["科目", "预算", "决算"], [], ["人员", 1, 2]]
    made = words.members(template(drawn("column"), rows, blocks=looped(words.paragraph(word_charts.drawing()))))
    made["word/drawings/drawing1.xml"] = SHAPES.encode()
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/drawings/drawing1.xml"'
        b' ContentType="application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"/></Types>',
    )
    links = "word/charts/_rels/chart1.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
    made[links] = made[links].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdU" Type="' + kind + b'" Target="../drawings/drawing1.xml"/></Relationships>',
    )
    content = words.members(WordTemplate(words.pack(made)).render({**DATA, "gs": [{"名": "甲&"}, {"名": "乙"}]}))
    drawings = [part for name, part in content.items() if name.startswith("word/drawings/")]
    texts = ["".join(map(str, words.etree.fromstring(part).itertext())).removeprefix("0011") for part in drawings]
    assert texts == ["甲&（万元）", "乙（万元）"]
    assert all(b'b="1"' in part for part in drawings)
    targets = [part for name, part in content.items() if name.startswith("word/charts/_rels/")]
    assert [b"drawing1.xml" in part for part in targets] == [True, False]


def it_prints_a_label_of_a_point():
    content = WordTemplate(template(combined)).render(DATA)
    label: Any
    (label,) = word_charts.shown(content)[0].iter(f"{C}dLbl")
    assert "".join(label.find(f"{C}tx").itertext()) == "标题<甲>"


@pytest.mark.parametrize("sheet", ["Sheet1", "2020年", "预算 决算", "A1", "支出'表"])
def it_follows_the_cells_of_a_sheet_of_any_name(sheet):
    content = WordTemplate(template(drawn("column", sheet=sheet), sheet=sheet)).render(DATA)
    assert [one["val"] for one in word_charts.series(word_charts.shown(content)[0])] == [
        ["3", "4", "0"],
        ["-2.5", "5", "7"],
    ]


def it_lets_the_table_of_a_chart_s_workbook_follow():
    """Word lays the data of a new chart out as a table."""
    book: Any = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in [["科目", "预算", "决算"], *ROWS[1:]]:
        book.active.append(row)
    book.active.add_table(Table(displayName="表1", ref="A1:C4"))
    buffer = io.BytesIO()
    book.save(buffer)
    part = word_charts.chart_part(drawn("column", sheet="Sheet1"), ROWS, "Sheet1")
    made = WordTemplate(
        word_charts.document(words.paragraph(word_charts.drawing()), charts=[(part, buffer.getvalue())])
    )
    (filled,) = word_charts.books(made.render(DATA))
    assert filled["Sheet1"].tables["表1"].ref == "A1:C4"
    assert len(word_charts.series(word_charts.shown(made.render(DATA))[0])[0]["val"]) == 3
    with pytest.raises(InvalidTemplate) as caught:
        made.render({**DATA, "项目": []})
    assert [(one.code, one.location.place.zh) for one in caught.value.diagnostics if one.location.place] == [
        ("excel-table-empty", "图表1的数据 Sheet1!A1:C4")
    ]


def it_keeps_the_levels_of_categories():
    rows = [
        ["部门", "科目", "预算"],
        ["{%tr for g in gs %}"],
        ["{%tr for 项 in g.项目 %}"],
        ["{{ g.名 if loop.first else '' }}", "{{ 项.名 }}", "{{ 项.甲 }}"],
        ["{%tr endfor %}"],
        ["{%tr endfor %}"],
    ]

    def draw(book: Any) -> Any:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "=数据!$C$1", "categories": "=数据!$A$4:$B$4", "values": "=数据!$C$4:$C$4"})
        return chart

    part = word_charts.chart_part(draw, rows)
    before, kept, after = part.partition(b"<c:cat>")[0], b"<c:cat>", part.partition(b"</c:cat>")[2]
    kept += "<c:multiLvlStrRef><c:f>数据!$A$4:$B$4</c:f></c:multiLvlStrRef></c:cat>".encode()
    chart = before + kept + after
    made = word_charts.document(words.paragraph(word_charts.drawing()), charts=[(chart, word_charts.workbook(rows))])
    groups = [{"名": "甲", "项目": DATA["项目"][:2]}, {"名": "乙", "项目": DATA["项目"][2:]}]
    content = WordTemplate(made).render({"gs": groups})
    assert not ooxml.new_findings(made, content)
    cache: Any
    (cache,) = words.root(content, "word/charts/chart1.xml").iter(f"{C}multiLvlStrCache")
    levels = [[(point.get("idx"), "".join(point.itertext())) for point in level] for level in cache.iter(f"{C}lvl")]
    assert levels == [[("0", "人员"), ("1", "公用 & 其他"), ("2", "项目")], [("0", "甲"), ("2", "乙")]]
    assert cache.find(f"{C}ptCount").get("val") == "3"


def it_lets_labels_from_cells_follow():
    link = (
        '<c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}"'
        ' xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:datalabelsRange><c15:f>数据!$A$3</c15:f>'
        '<c15:dlblRangeCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{{ 项.名 }}</c:v></c:pt></c15:dlblRangeCache>'
        "</c15:datalabelsRange></c:ext></c:extLst></c:ser>"
    ).encode()
    part = word_charts.chart_part(drawn("column", "B"), ROWS).replace(b"</c:ser>", link)
    made = word_charts.document(words.paragraph(word_charts.drawing()), charts=[(part, word_charts.workbook(ROWS))])
    content = WordTemplate(made).render(DATA)
    (cache,) = (one for one in words.root(content, "word/charts/chart1.xml").iter() if "dlblRangeCache" in str(one.tag))
    assert [node.text for node in cache.iter(f"{C}v")] == ["人员", "公用 & 其他", "项目"]


def it_names_the_place_of_tags_behind_a_chart_of_a_newer_kind():
    """Waterfalls, treemaps and their kin keep their data another way: their tags are not printed, and said so."""
    found = words.members(template(drawn("column")))
    types = found["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.drawingml.chart+xml", b"application/vnd.ms-office.chartex+xml"
    )
    links = found["word/_rels/document.xml.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart",
        b"http://schemas.microsoft.com/office/2014/relationships/chartEx",
    )
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(words.pack({**found, "[Content_Types].xml": types, "word/_rels/document.xml.rels": links}))
    assert "word-tag-left" in [one.code for one in caught.value.diagnostics]


@pytest.mark.office
def it_shows_every_kind_in_libreoffice(tmp_path: Path):
    files = []
    for kind, draw in KINDS.items():
        files.append(tmp_path / f"{kind}.docx")
        files[-1].write_bytes(WordTemplate(template(draw)).render(NUMBERS if kind == "scatter" else DATA))
    made = office.convert(files, "pdf", tmp_path / "pdf")
    for file in files:
        (page,) = office.pdf_pages(made[file])
        assert "标题" in page
        assert "预算" in page or file.stem in ("pie", "doughnut")
