"""The parts beside the worksheets that hold addresses: each follows the cells, or is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

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
from generator.ooxml.package import parse_xml
from generator.ooxml.spreadsheet import local

Read = Callable[[str], bytes]
Related = Callable[[str], Mapping[str, tuple[str, str]]]  # a part's relationships: identifier → (kind, target part)


def follow_related(
    part: str,
    read: Read,
    related: Related,
    frame: Frame,
    free: Callable[[str], str] | None = None,
    sliced: Collection[str] = (),
) -> dict[str, bytes]:
    """The parts that hang on a worksheet (drawings, charts, comments, tables, controls), those that changed.

    Args:
        part: the worksheet's part.
        read: a part's content, as the render has made it so far.
        related: a part's relationships to other parts of the package.
        frame: the layout and the worksheet's sheet; takes what cannot follow.
        free: a free name for a copy of a member; None: nothing is copied.
        sliced: the identifiers of the tables that slicers filter.
    """
    if frame.workbook.unmoved:
        return {}
    changes: dict[str, bytes] = {}
    own = related(part)
    shapes = next((read(target) for kind, target in own.values() if kind == "vmlDrawing"), b"")
    controls = control_copies(shapes, frame.sheet) if shapes and frame.sheet else {}
    for kind, target in own.values():
        if kind == "drawing":
            copies = ChartCopies(target, read, related, frame, changes, free) if free else None
            _edit(target, read, changes, lambda root, copies=copies: follow_drawing(root, frame, copies, controls))
            for inner, chart in related(target).values():
                if inner in ("chart", "chartEx") and not (copies and chart in copies.done):
                    _edit(chart, read, changes, lambda root: follow_chart(root, frame))
        elif kind == "comments":
            _edit(target, read, changes, lambda root: follow_comments(root, frame))
        elif kind == "threadedComment":
            _edit(target, read, changes, lambda root: follow_threads(root, frame))
        elif kind == "vmlDrawing":
            before = read(target)
            after = follow_vml(before, frame)
            if after != before:
                changes[target] = after
        elif kind == "table":
            _edit(target, read, changes, lambda root: follow_table(root, frame))
            if target in changes and frame.sheet and str(parse_xml(read(target)).get("id")) in sliced:
                area = parse_xml(read(target)).get("ref", "")
                place: dict[str, object] = {"sheet": frame.sheet.source, "range": area}
                frame.refuse("excel-cannot-follow", place, what=words.SLICED_TABLE, reference=area)
        elif kind == "ctrlProp" and not (
            frame.sheet and frame.sheet.moved
        ):  # else they follow with the sheet's controls
            _edit(target, read, changes, lambda root: follow_properties(root, frame))
        elif kind == "pivotTable":
            _edit(target, read, changes, lambda root: follow_pivot(root, frame))
    return changes


def sliced_tables(main: str, read: Read, related: Related) -> frozenset[str]:
    """The identifiers of the tables that slicers filter.

    Args:
        main: the workbook's part.
        read, related: see `follow_related`.
    """
    return frozenset(
        element.get("tableId", "")
        for kind, target in related(main).values()
        if kind == "slicerCache"
        for element in parse_xml(read(target), part=target).iter()
        if isinstance(element.tag, str) and local(element) == "tableSlicerCache"
    )


def _edit(part: str, read: Read, changes: dict[str, bytes], edit: Callable[[etree._Element], bool]) -> None:
    root = parse_xml(changes.get(part) or read(part), part=part)
    if edit(root):
        changes[part] = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)
