"""Ranges that a formula names by OFFSET, INDIRECT or `A1:INDEX(…)` with numbers and texts that stand in it.

These functions are volatile, since they may name other cells each time; with constants they name the same cells always, and are
as good as the reference itself. Source: Microsoft, "OFFSET function", "INDIRECT function".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.excel.calculate.formula_areas import Node
from generator.excel.calculate.formula_forms import name_of
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, Area, Position, columns_of, parse_area, rows_of, write_area

NAMES_RANGES = lazy(r"\b(?:OFFSET|INDIRECT)\(|\)\s*:|:\s*[A-Z.]+\(", re.IGNORECASE)


def with_references(node: Any) -> Any:
    """A formula's tree with a plain reference in the place of every range that its constants name."""
    if isinstance(node, list):
        return [with_references(one) for one in node]
    if not isinstance(node, Mapping):
        return node
    if node.get("node_type") in ("Function", "BinaryOp") and (area := _area(node)) is not None:
        return {"node_type": "Reference", "reference": write_area(area)}
    return {key: with_references(value) for key, value in node.items()}


def _area(node: Node) -> Area | None:
    """The area that a function or a range operator names; None if it is no such one, or depends on cells."""
    if node["node_type"] == "BinaryOp":
        return _between(node["left"], node["right"]) if node["operator"] == ":" else None
    name, arguments = name_of(node), node["args"]
    if name == "OFFSET" and 3 <= len(arguments) <= 5:
        return _offset(arguments)
    if name == "INDIRECT" and 1 <= len(arguments) <= 2:
        return _indirect(arguments)
    return None


def _known(node: Node) -> Area | None:
    area = parse_area(node["reference"]) if node["node_type"] == "Reference" else None
    if area is None and node["node_type"] in ("Function", "BinaryOp"):
        area = _area(node)
    if area is None or len(area.sheets) > 1 or None in (area.top, area.bottom, area.left, area.right):
        return None
    return area


def _offset(arguments: list[Node]) -> Area | None:
    base = _known(arguments[0])
    numbers = [_whole(argument) for argument in arguments[1:]]
    if base is None or None in numbers:
        return None
    (first, last), (begin, end) = rows_of(base), columns_of(base)
    omitted = [argument["node_type"] == "Omitted" for argument in arguments[1:]] + [True, True]
    down, right, *size = (number or 0 for number in numbers)
    height, width = [*size, 0, 0][:2]
    if omitted[2]:
        height = last - first + 1
    if omitted[3]:
        width = end - begin + 1
    top, left = first + down, begin + right
    if height < 1 or width < 1:
        return None
    return _placed(top, left, top + height - 1, left + width - 1, base)


def _placed(top: int, left: int, bottom: int, right: int, like: Area) -> Area | None:
    if top < 1 or left < 1 or bottom > MAX_ROWS or right > MAX_COLUMNS:
        return None
    down, across = (bool(end and end.absolute) for end in (like.top, like.left))
    ends = (Position(top, down), Position(bottom, down), Position(left, across), Position(right, across))
    return Area(*ends, sheets=like.sheets, single=top == bottom and left == right)


def _indirect(arguments: list[Node]) -> Area | None:
    text = arguments[0]
    if text["node_type"] != "Literal" or not isinstance(text["value"], str):
        return None
    if len(arguments) == 2 and not (arguments[1]["node_type"] == "Literal" and arguments[1]["value"] in (True, 1)):
        return None
    area = parse_area(text["value"].strip())
    return _known({"node_type": "Reference", "reference": write_area(area)}) if area is not None else None


def _between(left: Node, right: Node) -> Area | None:
    """The rectangle of `left:right`."""
    ends = [_known(left), _end(right)]
    if None in ends:
        return None
    one, other = ends
    assert one is not None
    assert other is not None
    if other.sheets not in ((), one.sheets):
        return None
    rows = [end.number for area in (one, other) for end in (area.top, area.bottom) if end]
    columns = [end.number for area in (one, other) for end in (area.left, area.right) if end]
    return _placed(min(rows), min(columns), max(rows), max(columns), one)


def _end(node: Node) -> Area | None:
    """The end of a range, which may be a cell that INDEX finds by numbers."""
    if node["node_type"] != "Function" or name_of(node) != "INDEX":
        return _known(node)
    arguments = node["args"]
    area = _known(arguments[0]) if arguments else None
    numbers = [_whole(argument) for argument in arguments[1:]]
    if area is None or None in numbers or not 1 <= len(numbers) <= 2:
        return None
    (first, last), (begin, end) = rows_of(area), columns_of(area)
    row, column = (numbers[0] or 0), (numbers[1] or 0) if len(numbers) == 2 else 1
    if len(numbers) == 1 and first == last:
        row, column = 1, row
    top, left = first + row - 1, begin + column - 1
    if not (row >= 1 and column >= 1 and top <= last and left <= end):
        return None
    return _placed(top, left, top, left, area)


def _whole(node: Node) -> int | None:
    """A whole number as it is written; 0 for one that was left out."""
    if node["node_type"] == "Omitted":
        return 0
    if node["node_type"] == "UnaryOp" and node["operator"] in "+-":
        number = _whole(node["operand"])
        return None if number is None else -number if node["operator"] == "-" else number
    value = node.get("value") if node["node_type"] == "Literal" else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        return None
    return int(value)
