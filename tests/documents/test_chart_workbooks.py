"""Charts in Word documents take their data from tags in their workbooks."""

import io

import openpyxl
import pytest
from lxml import etree

from generator import WordTemplate
from generator.diagnostics import InvalidTemplate
from tests.support import ooxml, words
from tests.support.authoring import context_of, template_of
from tests.support.words import W

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
BOOK = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
SERIES = (
    '<c:ser><c:idx val="{0}"/><c:order val="{0}"/><c:tx><c:strRef><c:f>Sheet1!${1}$1</c:f></c:strRef></c:tx>'
    "<c:cat><c:strRef><c:f>Sheet1!$A$3</c:f></c:strRef></c:cat>"
    "<c:val><c:numRef><c:f>Sheet1!${1}$3</c:f></c:numRef></c:val></c:ser>"
)
ROWS = [
    ["", "预算", "{{ 名 }}"],
    ["{%tr for r in rows %}"],
    ["{{ r.n }}", "{{ r.a }}", "{{ r.b }}"],
    ["{%tr endfor %}"],
]
DATA = {
    "名": "决算",
    "title": "支出&",
    "note": "",
    "rows": [{"n": "人员", "a": 3, "b": 2.5}, {"n": "项目", "a": 4, "b": 5}],
}


def template(rows: list[list[str]] = ROWS, loop: str = "") -> bytes:
    """A document with a chart of two series over a looped row; within a loop of the body, if one is given."""
    parts = words.members(template_of("chart_all"))
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    parts[BOOK] = buffer.getvalue()
    chart = etree.fromstring(parts["word/charts/chart1.xml"])
    old = chart.find(f".//{C}ser")
    for number, column in enumerate("BC"):
        made = etree.fromstring(f'<x xmlns:c="{C[1:-1]}">{SERIES.format(number, column)}</x>')[0]
        old.addprevious(made)
    old.getparent().remove(old)
    parts["word/charts/chart1.xml"] = etree.tostring(chart)
    body = parts["word/document.xml"].decode()
    if loop:
        start, end = body.index("<w:p>"), body.index("<w:sectPr")
        marks = [words.paragraph(f"{{%p {tag} %}}") for tag in (f"for {loop}", "endfor")]
        body = body[:start] + marks[0] + body[start:end].replace("{{ title }}", "") + marks[1] + body[end:]
        parts["word/document.xml"] = body.encode()
    return words.pack(parts)


def charts(content: bytes) -> list[list[tuple[str, list[str], list[str]]]]:
    """Each chart of the body in order: name, categories and values that each series keeps, as its workbook has them."""
    parts, found = words.members(content), []
    links = {one.get("Id"): one.get("Target") for one in words.root(content, "word/_rels/document.xml.rels")}
    for element in words.root(content).iter(f"{C}chart"):
        member = links[next(value for key, value in element.attrib.items() if key.endswith("}id"))].rpartition("/")[2]
        book = next(
            one.get("Target").rpartition("/")[2]
            for one in words.root(content, f"word/charts/_rels/{member}.rels")
            if one.get("Type").endswith("/package")
        )
        sheet = openpyxl.load_workbook(io.BytesIO(parts[f"word/embeddings/{book}"]))["Sheet1"]
        assert not sheet._charts
        series = []
        for one in words.root(content, f"word/charts/{member}").iter(f"{C}ser"):
            kept = []
            for reference in one.iter(f"{C}f"):
                values = [node.text for node in reference.getparent().iter(f"{C}v")]
                cells = sheet[reference.text.partition("!")[2].replace("$", "")]
                cells = [cell for row in cells for cell in row] if isinstance(cells, tuple) else [cells]
                assert values == [str(cell.value) for cell in cells if cell.value is not None]
                kept.append(values)
            series.append((kept[0][0], kept[1], kept[2]))
        found.append(series)
    return found


def it_prints_the_tags_of_a_chart_and_of_its_workbook():
    content = WordTemplate(template_of("chart_all")).render(context_of("chart_all"))
    assert charts(content) == [[("系列", ["甲", "b"], ["7", "4"])]]
    chart = words.root(content, "word/charts/chart1.xml")
    assert "".join(chart.find(f".//{C}title").itertext()) == "T&T"
    assert not ooxml.new_findings(template_of("chart_all"), content)


@pytest.mark.parametrize("count", [1, 2, 5])
def it_lets_ranges_names_categories_and_values_follow_a_looped_row(count):
    rows = [{"n": f"项{number}", "a": number, "b": 2} for number in range(count)]
    (series,) = charts(WordTemplate(template()).render({**DATA, "rows": rows}))
    assert [name for name, _, _ in series] == ["预算", "决算"]
    assert series[0][1:] == ([f"项{number}" for number in range(count)], [str(number) for number in range(count)])


def it_prints_a_chart_in_a_loop_once_an_item_with_its_own_data():
    made = template(loop="g in gs")
    rows = [["", "预算", "{{ g.n }}"], ["{%tr for r in g.rows %}"], *ROWS[2:]]
    made = template(rows, loop="g in gs")
    data = [{"n": name, "rows": DATA["rows"][:size]} for name, size in (("甲", 1), ("乙", 2), ("丙", 1))]
    content = WordTemplate(made).render({**DATA, "gs": data})
    assert [[one[-1][0], one[-1][1]] for one in charts(content)] == [
        ["甲", ["人员"]],
        ["乙", ["人员", "项目"]],
        ["丙", ["人员"]],
    ]
    assert not ooxml.new_findings(made, content)
    assert content == WordTemplate(made).render({**DATA, "gs": data})


def it_leaves_nothing_of_a_chart_that_is_not_printed():
    content = WordTemplate(template(loop="g in gs")).render({**DATA, "gs": []})
    assert not [name for name in words.members(content) if "chart" in name or "embeddings" in name]
    assert b"chart" not in words.members(content)["[Content_Types].xml"]
    assert not list(words.root(content).iter(f"{W}drawing"))


def it_knows_what_the_data_of_a_chart_uses():
    names = {"名", "rows[].n", "rows[].a", "rows[].b"}
    assert names <= WordTemplate(template()).variables()
    rows = [["", "预算"], ["{%tr for r in g.rows %}"], *ROWS[2:]]
    found = WordTemplate(template(rows, loop="g in gs")).variables()
    assert "gs[].rows[].n" in found
    assert not [path for path in found if path.startswith("g.")]


def it_names_the_cell_of_a_fault():
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(template()).render({**DATA, "rows": [{"n": "人员", "a": 3}]})
    (found,) = caught.value.diagnostics
    assert found.location.place is not None
    assert found.location.place.zh == "图表1的数据 Sheet1!C3"
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(template([["", "{{ a b }}"]]))
    assert [one.location.place.zh for one in caught.value.diagnostics if one.location.place] == [
        "图表1的数据 Sheet1!B1"
    ]
