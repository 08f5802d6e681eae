"""The parts beside the worksheets that hold addresses: each follows the cells, or is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from generator.diagnostics import Text
from generator.excel.follow.anchors import follow_drawing
from generator.excel.follow.chart_copies import ChartCopies
from generator.excel.follow.charts import follow_chart
from generator.excel.follow.formulas import Frame, parse_formula, rewrite
from generator.excel.follow.notes import follow_comments, follow_threads, follow_vml
from generator.excel.follow.pivots import follow_pivot
from generator.excel.follow.tables import follow_table
from generator.ooxml.package import parse_xml
from generator.ooxml.spreadsheet import set_attributes

Read = Callable[[str], bytes]
Related = Callable[[str], Mapping[str, tuple[str, str]]]  # a part's relationships: identifier → (kind, target part)

_SLICER = Text("切片器", "a slicer")


def follow_related(
    part: str, read: Read, related: Related, frame: Frame, free: Callable[[str], str] | None = None
) -> dict[str, bytes]:
    """The parts that hang on a worksheet (drawings, charts, comments, tables, controls), those that changed.

    Args:
        part: the worksheet's part.
        read: a part's content, as the render has made it so far.
        related: a part's relationships to other parts of the package.
        frame: the layout and the worksheet's sheet; takes what cannot follow.
        free: a free name for a copy of a member; None: nothing is copied.
    """
    if frame.workbook.unmoved:
        return {}
    changes: dict[str, bytes] = {}
    sliced = False
    tables: list[str] = []
    for kind, target in related(part).values():
        if kind == "drawing":
            copies = ChartCopies(target, read, related, frame, changes, free) if free else None
            _edit(target, read, changes, lambda root, copies=copies: follow_drawing(root, frame, copies))
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
            before = len(changes)
            _edit(target, read, changes, lambda root: follow_table(root, frame))
            if len(changes) > before:
                tables.append(target)
        elif kind == "ctrlProp":
            _edit(target, read, changes, lambda root: _control(root, frame))
        elif kind == "pivotTable":
            _edit(target, read, changes, lambda root: follow_pivot(root, frame))
        elif kind == "slicer":
            sliced = True
    if sliced and tables and frame.sheet is not None and frame.sheet.moved:
        frame.refuse("excel-cannot-follow", {"sheet": frame.sheet.source}, what=_SLICER, reference=", ".join(tables))
    return changes


def _edit(part: str, read: Read, changes: dict[str, bytes], edit: Callable[[etree._Element], bool]) -> None:
    root = parse_xml(changes.get(part) or read(part), part=part)
    if edit(root):
        changes[part] = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)


def _control(root: etree._Element, frame: Frame) -> bool:
    changed = False
    for name in ("fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup"):
        if text := root.get(name):
            changed |= set_attributes(root, {name: rewrite(parse_formula(text), frame)})
    return changed
