"""Word documents with native charts, as Word writes them: the chart's part and the workbook behind it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlsxwriter
from lxml import etree

from tests.support import words

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = (
    '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5400000" cy="2700000"/>'
    '<wp:docPr id="{0}" name="图表 {0}"/><wp:cNvGraphicFramePr/><a:graphic>'
    f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="rIdChart{{0}}"/></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
Rows = Sequence[Sequence[Any]]


def workbook(rows: Rows, sheet: str = "数据", formats: str = "General") -> bytes:
    """A workbook of one sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2021, 1, 1)})  # noqa: DTZ001
        made, style = book.add_worksheet(sheet), book.add_format({"num_format": formats})
        for number, row in enumerate(rows):
            made.write_row(number, 0, row, style)
    return buffer.getvalue()


def chart_part(draw: Callable[[Any], Any], rows: Rows, sheet: str = "数据") -> bytes:
    """The part of a chart that XlsxWriter draws, with what it keeps of its cells."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        made = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            made.write_row(number, 0, row)
        made.insert_chart("H1", draw(book))
    part = words.members(buffer.getvalue())["xl/charts/chart1.xml"]
    link = f'<c:externalData xmlns:r="{_LINKS}" r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    root = etree.fromstring(part)
    for settings in root.findall(f"{C}printSettings"):
        root.remove(settings)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True).replace(
        b"</c:chartSpace>", link.encode()
    )


def drawing(number: int = 1) -> str:
    """The run that shows a chart of the document."""
    return _DRAWING.format(number)


def document(*blocks: str, charts: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A document of blocks with charts, each its part and its workbook; `drawing(n)` shows the n-th."""
    found = words.members(words.document(*blocks))
    types = (
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
    )
    links = ""
    for number, (part, book) in enumerate(charts, 1):
        found[f"word/charts/chart{number}.xml"] = part
        found[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"] = book
        found[f"word/charts/_rels/chart{number}.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
            f' Type="{_LINKS}/package" Target="../embeddings/Microsoft_Excel_Sheet{number}.xlsx"/></Relationships>'
        ).encode()
        links += f'<Relationship Id="rIdChart{number}" Type="{_LINKS}/chart" Target="charts/chart{number}.xml"/>'
        types += (
            f'<Override PartName="/word/charts/chart{number}.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
        )
    for name, added, end in (
        ("word/_rels/document.xml.rels", links, b"</Relationships>"),
        ("[Content_Types].xml", types, b"</Types>"),
    ):
        found[name] = found[name].replace(end, added.encode() + end)
    return words.pack(found)


def shown(content: bytes) -> list[etree._Element]:
    """The parts of the charts of the body, in its order, each equal to the workbook behind it."""
    return [part for part, _ in _charts(content)]


def books(content: bytes) -> list[Any]:
    """The workbooks of the charts of the body, in its order."""
    return [book for _, book in _charts(content)]


def _charts(content: bytes) -> list[tuple[etree._Element, Any]]:
    parts, found = words.members(content), []
    links = {one.get("Id"): one.get("Target") for one in words.root(content, "word/_rels/document.xml.rels")}
    for element in words.root(content).iter(f"{C}chart"):
        member = links[element.get(f"{{{_LINKS}}}id")].rpartition("/")[2]
        (target,) = (
            one.get("Target").rpartition("/")[2]
            for one in words.root(content, f"word/charts/_rels/{member}.rels")
            if one.get("Type").endswith("/package")
        )
        part = words.root(content, f"word/charts/{member}")
        book = openpyxl.load_workbook(io.BytesIO(parts[f"word/embeddings/{target}"]), data_only=True)
        _hold(part, book)
        found.append((part, book))
    return found


def _hold(part: etree._Element, book: Any) -> None:
    """A chart keeps what the cells of its ranges hold, nothing else."""
    for reference in part.iter():
        if not isinstance(reference.tag, str) or etree.QName(reference).localname != "f":
            continue
        cells = [value for area in _areas(reference.text or "") for value in _values(area, book)]
        cache = next((one for one in reference.itersiblings() if "Cache" in etree.QName(one).localname), None)
        assert cache is not None, reference.text
        kept = [
            [(int(point.get("idx")), "".join(point.itertext())) for point in level if point.tag == f"{C}pt"]
            for level in (cache.findall(f"{C}lvl") or [cache])
        ]
        if cache.find(f"{C}lvl") is None:
            assert int(cache.find(f"{C}ptCount").get("val")) == len(cells), reference.text
            numbers = cache.tag == f"{C}numCache"
            expected = [
                (index, str(value))
                for index, value in enumerate(cells)
                if value is not None and (not numbers or isinstance(value, int | float))
            ]
            assert kept == [expected], reference.text


def _areas(text: str) -> list[str]:
    return text.strip("()").split(",")


def _values(area: str, book: Any) -> list[Any]:
    sheet, _, address = area.rpartition("!")
    cells = book[sheet.strip("'").replace("''", "'")][address.replace("$", "")]
    return [cell.value for row in (cells if isinstance(cells, tuple) else ((cells,),)) for cell in row]


def series(part: etree._Element) -> list[dict[str, list[str]]]:
    """What each series of a chart keeps: `tx`, `cat`, `val`, `xVal`, `yVal`, `bubbleSize`."""
    return [
        {
            etree.QName(child).localname: [node.text or "" for node in child.iter(f"{C}v")]
            for child in one
            if etree.QName(child).localname in ("tx", "cat", "val", "xVal", "yVal", "bubbleSize")
        }
        for one in part.iter(f"{C}ser")
    ]
