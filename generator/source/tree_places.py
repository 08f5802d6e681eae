"""Where values go in a form's tree: paths of names, indexes and keys; what a typed-over computed value says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from generator.figures import round_half_up
from generator.ooxml.worksheet_cells import SheetCell
from generator.source.nodes import List, Map, Node, Refused, Scalar, Written

_STEP = re.compile(r'\.?(?P<name>[^\W\d]\w*)|\[(?P<index>\d{1,6})\]|\[["“](?P<key>[^"”]*)["”]\]')
LONG = 20_000  # characters of a piece of a text that is too long for a cell


def put(root: Map, path: str, node: Node, at: tuple[int, int]) -> None:
    """Set the value of a path of names; records on the way are made."""
    *upper, name = path.split(".")
    holder = record_at(root, upper, at)
    holder.key_at.setdefault(name, at)
    holder[name] = node


def record_at(root: Map, steps: Iterable[str], at: tuple[int, int]) -> Map:
    """The record at the end of names, each made where there is none."""
    for step in steps:
        inner = root.get(step)
        if not isinstance(inner, Map):
            inner = Map(*at)
            root.put(step, inner)
        root = inner
    return root


def own_key(item: Map, key: str) -> str:
    """The text by which an item is told apart; "" where it has none."""
    node = item.get(key) if key else None
    return node.text.strip() if isinstance(node, Scalar) and not isinstance(node, Refused) else ""


def as_shown(text: str, cell: SheetCell | None, places: int) -> str:
    """A computed value that was typed or pasted over its formula: a percent with the places that the cell shows, for it is
    compared at those; a pasted number without the digits that nobody sees."""
    sign = "%" if text.endswith("%") else ""
    body = text.removesuffix("%")
    if not re.fullmatch(r"-?\d+(\.\d+)?", body):
        return text
    typed = len(body.partition(".")[2])
    if typed > 8:
        return f"{round_half_up(Decimal(body), places)}" + sign
    typed_as_number = cell is not None and not isinstance(cell.value, str)
    shown = re.search(r"\.(0+)%", cell.number_format) if cell is not None and sign and typed_as_number else None
    if shown and len(shown[1]) > typed:
        return f"{Decimal(body):.{len(shown[1])}f}%"
    return text


def set_path(root: Map, path: str, node: Node, at: tuple[int, int], keys: frozenset[str]) -> bool:
    """Set the value at a path with indexes and keys (`指标["产出指标"].分值`); False where it leads nowhere."""
    steps = list(_STEP.finditer(path))
    if "".join(step[0] for step in steps) != path or not steps or steps[-1]["name"] is None:
        return False
    holder: Any = root
    for step in steps[:-1]:
        if step["name"] is not None:
            if not isinstance(holder, Map):
                return False
            if step["name"] not in holder:
                holder.put(step["name"], Map(*at))
            holder = holder[step["name"]]
            if isinstance(holder, Scalar):
                return False
        elif not isinstance(holder, List):
            return False
        elif step["index"] is not None:
            if int(step["index"]) >= len(holder):
                return False
            holder = holder[int(step["index"])]
        else:
            holder = _by_key(holder, step["key"], keys)
    if not isinstance(holder, Map):
        return False
    name = str(steps[-1]["name"])
    before = holder.get(name)
    if isinstance(before, Scalar) and isinstance(node, Scalar) and len(before.text) >= LONG:
        node = Written(before.text + node.text, before.line, before.column, "quoted")  # a text too long for one cell
    holder.put(name, node, at)
    return True


def _by_key(items: Iterable[Node], text: str, keys: frozenset[str]) -> Map | None:
    """The item whose key is the text."""
    for item in items:
        if isinstance(item, Map) and any(own_key(item, key) == text for key in keys):
            return item
    return None
