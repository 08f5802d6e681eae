"""Charts as they are printed: the first takes the place of the template's, each further one has parts of its own."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from jinja2 import Undefined

from generator.diagnostics import InvalidTemplate
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import CONTENT_TYPES
from generator.ooxml.relationships import (
    content_type_of,
    moved_links,
    related_parts,
    relationships_member,
    without_entries,
)
from generator.word.compile.fed_charts import FedChart
from generator.word.run.additions import Additions, rendered_part


class ChartFault(InvalidTemplate):
    """What is wrong with the data of a chart; its findings have their places."""


def chart_printed(
    chart: FedChart, identity: str, values: Mapping[str, Any], additions: Additions, *, first: bool
) -> str:
    """The relationship of a chart that is printed here.

    Args:
        chart: of the template.
        identity: its relationship in the template.
        values: the names that its data uses.
        additions: take its parts.
        first: whether it is printed for the first time.

    Raises:
        ChartFault: its data cannot be printed.
    """
    known = {name: value for name, value in values.items() if not isinstance(value, Undefined)}
    try:
        workbook, xml, shapes = chart.data.render(known)
    except InvalidTemplate as fault:
        raise ChartFault(fault.diagnostics) from None
    if first:
        additions.new_members[chart.workbook] = workbook
        additions.new_members[chart.member] = xml
        if shapes is not None:
            additions.new_members[chart.shapes] = shapes
        return identity
    package = additions.ground.package
    type_of = content_type_of(package)
    moved = {chart.workbook: additions.add_part(chart.workbook, workbook, type_of(chart.workbook))}
    if shapes is not None:
        moved[chart.shapes] = additions.add_part(chart.shapes, shapes, type_of(chart.shapes))
    member = additions.add_part(chart.member, xml, type_of(chart.member))
    additions.new_members[relationships_member(member)] = moved_links(package, chart.member, member, moved)
    return rendered_part().relate("chart", member)


def leave_out_charts(charts: Mapping[str, FedChart], printed: Set[str], main: str, overlay: Overlay) -> None:
    """Leave out the parts of charts of the template that were not printed.

    Args:
        charts: relationship -> chart of the template.
        printed: the relationships of those that were printed.
        main: the main document.
        overlay: the package as rendered so far.
    """
    gone = {identity: chart for identity, chart in charts.items() if identity not in printed}
    if not gone:
        return
    dropped: set[str] = set()
    for chart in gone.values():
        dropped |= {chart.member, chart.workbook, relationships_member(chart.member)}
        dropped |= {*related_parts(overlay.package, chart.member, "chartUserShapes", "chartColorStyle", "chartStyle")}
    for member in dropped:
        overlay.leave_out(member)
    name = relationships_member(main)
    overlay.write(name, without_entries(overlay.xml(name), "Id", gone))
    types = without_entries(overlay.xml(CONTENT_TYPES), "PartName", {f"/{member}" for member in dropped})
    overlay.write(CONTENT_TYPES, types)
