"""The parts beside the worksheets that hold addresses: each follows the cells, or is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection

from lxml import etree

from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.anchors import follow_drawing
from generator.excel.follow.chart_copies import ChartCopies
from generator.excel.follow.charts import follow_chart
from generator.excel.follow.control_copies import control_copies, follow_properties
from generator.excel.follow.formulas import Frame
from generator.excel.follow.notes import follow_comments, follow_threads, follow_vml
from generator.excel.follow.pivots import follow_pivot
from generator.excel.follow.tables import follow_table
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import local, parse_xml
from generator.ooxml.relationships import related, related_parts

_FOLLOWING = {"comments": follow_comments, "threadedComment": follow_threads, "pivotTable": follow_pivot}


def follow_related(
    part: str, parts: Overlay, frame: Frame, free: Callable[[str], str] | None = None, sliced: Collection[str] = ()
) -> None:
    """Let the parts that hang on a worksheet follow: drawings, charts, comments, tables, controls.

    Args:
        part: the worksheet's part.
        parts: the package as the render has it; takes what changes.
        frame: the layout and the worksheet's sheet; takes what cannot follow.
        free: a free name for a copy of a member; None: nothing is copied.
        sliced: the identifiers of the tables that slicers filter.
    """
    if frame.workbook.unmoved:
        return
    shapes = b"".join(parts.read(target) for target in related_parts(parts, part, "vmlDrawing")[:1])
    controls = control_copies(shapes, frame.sheet) if shapes and frame.sheet else {}
    for kind, target in related(parts, part).values():
        if kind == "drawing":
            copies = ChartCopies(target, parts, frame, free) if free else None
            _edit(target, parts, lambda root, copies=copies: follow_drawing(root, frame, copies, controls))
            for chart in related_parts(parts, target, "chart", "chartEx"):
                if not (copies and chart in copies.done):
                    _edit(chart, parts, lambda root: follow_chart(root, frame))
        elif kind in _FOLLOWING:
            _edit(target, parts, lambda root, follow=_FOLLOWING[kind]: follow(root, frame))
        elif kind == "vmlDrawing":
            before = parts.read(target)
            after = follow_vml(before, frame)
            if after != before:
                parts.write(target, after)
        elif kind == "table":
            before = parse_xml(parts.read(target), part=target)
            changed = _edit(target, parts, lambda root: follow_table(root, frame))
            if changed and frame.sheet and str(before.get("id")) in sliced:
                area = before.get("ref", "")
                place: dict[str, object] = {"sheet": frame.sheet.source, "range": area}
                frame.refuse("excel-cannot-follow", place, what=words.SLICED_TABLE, reference=area)
        elif kind == "ctrlProp" and not (frame.sheet and frame.sheet.moved):
            # where the sheet moved they follow with its controls
            _edit(target, parts, lambda root: follow_properties(root, frame))


def sliced_tables(main: str, parts: Overlay) -> frozenset[str]:
    """The identifiers of the tables that slicers filter.

    Args:
        main: the workbook's part.
        parts: the package.
    """
    return frozenset(
        element.get("tableId", "")
        for target in related_parts(parts, main, "slicerCache")
        for element in parse_xml(parts.read(target), part=target).iter()
        if isinstance(element.tag, str) and local(element) == "tableSlicerCache"
    )


def _edit(part: str, parts: Overlay, edit: Callable[[etree._Element], bool]) -> bool:
    root = parse_xml(parts.read(part), part=part)
    changed = edit(root)
    if changed:
        parts.write_xml(part, root)
    return changed
