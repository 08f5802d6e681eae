"""Charts that a loop repeats: once an item, each of its own row.

That is a chart which lies wholly in the loop, or one that begins in it and whose every series is a stretch of one of its rows
(`$B$3:$E$3`). A chart beside a loop whose series run down (`$B$3:$B$3`) is one chart of all items and stays one.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from generator.excel.follow.charts import follow_chart
from generator.excel.follow.formulas import Frame
from generator.excel.follow.layout import Origin
from generator.excel.follow.ranges import Box, repeat
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import Area, rectangle
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import copy_of, local, parse_xml
from generator.ooxml.relationships import related, relationships_member

_VALUES = frozenset({"val", "xVal", "yVal", "bubbleSize"})
_OWN_LOOK = frozenset({"chartStyle", "chartColorStyle"})
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(slots=True)
class ChartCopies:
    """The charts of one drawing.

    Args:
        part: the drawing's part.
        parts: the package as the render has it; takes what is new or changed.
        frame: the layout and the sheet.
        free: a free name for a copy of a member.
        done: the chart parts that follow already.
    """

    part: str
    parts: Overlay
    frame: Frame
    free: Callable[[str], str]
    done: set[str] = field(default_factory=set)

    def places(
        self, element: etree._Element, top: int, left: int, bottom: int, right: int
    ) -> list[tuple[Box, Origin]] | None:
        """Where the copies of a chart lie, each with its row's instance; None: the loop does not repeat it.

        Args:
            element: the anchor with the chart.
            top, left, bottom, right: the cells under it.
        """
        sheet = self.frame.sheet
        found = self._chart(element)
        if sheet is None or found is None or not sheet.rows.loops(top):
            return None
        whole = bool(sheet.rows.around(top, bottom)) and all(sheet.rows.loops(row) for row in (top, bottom))
        if not whole and not self._of_one_row(parse_xml(self.parts.read(found[1]), part=found[1])):
            return None
        area = rectangle(top, left, bottom, right) if whole else rectangle(top, left, top, left)
        placed = [(one.box, Origin(top, one.row)) for one in repeat(area, sheet)]
        if whole:
            return placed
        height, width = bottom - top, right - left
        return [(Box(box.top, box.left, box.top + height, box.left + width), origin) for box, origin in placed]

    def _chart(self, element: etree._Element) -> tuple[etree._Element, str] | None:
        charts = [child for child in element.iter() if local(child) == "chart" and child.get(f"{{{_RELATIONSHIPS}}}id")]
        if len(charts) != 1:
            return None
        kind, target = related(self.parts, self.part).get(charts[0].get(f"{{{_RELATIONSHIPS}}}id", ""), ("", ""))
        return (charts[0], target) if kind == "chart" and target not in self.done else None

    def _of_one_row(self, root: etree._Element) -> bool:
        sheet = self.frame.here
        areas: list[Area] = []
        for holder in root.iter():
            if local(holder) in _VALUES:
                for child in holder.iter():
                    if local(child) == "f" and child.text:
                        areas += parse_formula(child.text.strip().removeprefix("=")).areas
        return bool(areas) and all(
            area.sheets == (sheet.source,)
            and area.top is not None
            and area.bottom is not None
            and area.left is not None
            and area.right is not None
            and area.top.number == area.bottom.number
            and area.left.number < area.right.number
            and bool(sheet.rows.loops(area.top.number))
            for area in areas
        )

    def copies(self, element: etree._Element, origins: list[Origin]) -> list[etree._Element]:
        """The anchor once for each instance of its row, each with a chart of its own.

        Args:
            element: the anchor with the chart.
            origins: the row's instances.
        """
        found = self._chart(element)
        assert found is not None
        source = found[1]
        self.done.add(source)
        content = self.parts.read(source)
        twins = []
        for number, origin in enumerate(origins):
            root = parse_xml(content, part=source)
            follow_chart(root, self.frame, origin)
            part = self.free(source) if number else source
            self.parts.write_xml(part, root)
            twin = copy_of(element)
            if number:
                self.done.add(part)
                self._relate(twin, source, part)
            twins.append(twin)
        return twins

    def _relate(self, twin: etree._Element, source: str, part: str) -> None:
        chart = next(child for child in twin.iter() if local(child) == "chart")
        identifier = f"{{{_RELATIONSHIPS}}}id"
        chart.set(identifier, self.parts.relate_alike(self.part, chart.get(identifier, ""), part))
        if any(kind not in _OWN_LOOK for kind, _ in related(self.parts, source).values()):
            self.parts.write(relationships_member(part), self.parts.read(relationships_member(source)))
