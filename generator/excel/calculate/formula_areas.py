"""The areas that a formula's references name, and the sheets that they span."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.ooxml.addresses import Area, parse_area

Node = Mapping[str, Any]


def area_of(node: Node) -> Area | None:
    """The area that a reference names; None for another node."""
    return parse_area(node["reference"]) if node["node_type"] == "Reference" else None


def sheets_of_span(node: Node) -> tuple[str, ...]:
    """The first and the last sheet of a reference over several; () for another node."""
    area = area_of(node)
    return area.sheets if area and len(area.sheets) == 2 else ()
