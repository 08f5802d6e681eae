"""Pictures, charts and shapes on a sheet."""

from __future__ import annotations

from typing import Any

from lxml import etree

from generator.compare.canonical import NOISE, tree
from generator.compare.chart_model import read_chart
from generator.compare.excel.workbook_model import Drawing
from generator.compare.package_facts import Parts, R
from generator.ooxml.package import local
from generator.ooxml.stated_numbers import whole

_NOISE = NOISE | {"cNvPr", "extLst", "blip", "txBody", "clientData", "from", "to", "ext", "graphicData"}


def read_drawings(parts: Parts, part: str) -> tuple[Drawing, ...]:
    """The objects of a drawing part in their order of places."""
    relationships = parts.relationships(part)
    found: list[Drawing] = []
    for anchor in parts.xml(part):
        if not local(anchor).endswith("Anchor"):
            continue
        marks = {local(e): e for e in anchor}
        start = _point(marks.get("from"))
        end = _point(marks.get("to"))
        size = marks.get("ext")
        extent = (size.get("cx", ""), size.get("cy", "")) if size is not None else ()
        # columns and rows of the end count from the start, so that a row inserted above moves nothing
        reach = (end[0] - start[0], end[2] - start[2], end[1], end[3]) if end and start else ()
        frame = (start[1:4:2] if start else (), extent, reach)
        row, column = (start[0] + 1, start[2] + 1) if start else (1, 1)
        look = tree(anchor, _NOISE)
        kind, value = "shape", None
        for inner in _content(anchor):
            name = local(inner)
            if name == "blip" and (
                relation := relationships.get(inner.get(R + "embed") or inner.get(R + "link") or "")
            ):
                kind, value = "image", relation.target if relation.external else parts.digest(relation.target)
            elif name == "chart" and (relation := relationships.get(inner.get(R + "id", ""))):
                kind, value = "chart", read_chart(parts.xml(relation.target))
        if kind == "shape":
            text = "\n".join(
                "".join(t.text or "" for t in p.iter() if local(t) == "t") for p in anchor.iter() if local(p) == "p"
            )
            shape = next((e.get("prst", "") for e in anchor.iter() if local(e) == "prstGeom"), "")
            value = (shape, text)
        alt = next((e.get("descr") or "" for e in anchor.iter() if local(e) == "cNvPr"), "")
        found.append(Drawing(kind, row, column, value, (frame, alt, look)))
    found.sort(key=lambda d: (d.row, d.column, d.kind))
    return tuple(found)


def _content(anchor: etree._Element) -> Any:
    for child in anchor:
        if local(child) == "Fallback":
            continue
        yield child
        yield from _content(child)


def _point(element: etree._Element | None) -> tuple[int, int, int, int] | None:
    """Row, offset in it, column, offset in it; from 0."""
    if element is None:
        return None
    values = {local(e): whole(e.text or 0, signed=True) for e in element}
    return values.get("row", 0), values.get("rowOff", 0), values.get("col", 0), values.get("colOff", 0)
