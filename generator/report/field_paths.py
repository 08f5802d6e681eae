"""Paths of a report: `指标[0].二级指标[1].得分`, also by key: `指标["产出指标"].得分`."""

from __future__ import annotations

from typing import Any

from generator.kept.lazy_patterns import lazy
from generator.report.record import Record

_STEP = lazy(
    r"\s*(?:(?P<name>[^\W\d]\w*)|\[\s*(?:(?P<index>[0-9]{1,6})|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|“(?P<curly>[^”]*)”)\s*\])\s*\.?"
)


def steps(path: str) -> list[str | int] | None:
    """The steps of a path: names as text, indexes as numbers, keys as text behind "="; None where it is no path."""
    found: list[str | int] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if not match or match.end() == position:
            return None
        if match["name"] is not None:
            found.append(match["name"])
        elif match["index"] is not None:
            found.append(int(match["index"]))
        else:
            found.append("=" + next(match[key] for key in ("double", "single", "curly") if match[key] is not None))
        position = match.end()
    return found or None


def find_record(root: Record, path: str) -> Record | None:
    """The record of a list that a path with an index or a key at its end leads to; None where it leads to none."""
    parts = steps(path.removeprefix("报告."))
    at: Any = root
    for part in parts or ():
        if isinstance(at, Record) and isinstance(part, str) and part in at.section.cells:
            at = at[part]
        elif isinstance(at, list):
            at = _item(at, part)
        else:
            return None
    return at if parts and isinstance(at, Record) else None


def _item(items: list[Any], step: str | int) -> Any:
    if isinstance(step, int):
        return items[step] if step < len(items) else None
    if not step.startswith("="):
        return None
    return next((item for item in items if isinstance(item, Record) and item.key_value == step[1:]), None)


def find(root: Record, path: str) -> tuple[Record, str] | None:
    """The record and the name of the field that a path leads to; None where it leads nowhere."""
    parts = steps(path.removeprefix("报告."))
    if parts is None:
        return None
    at: Any = root
    last: tuple[Record, str] | None = None
    for part in parts:
        if isinstance(at, Record) and isinstance(part, str) and part in at.section.cells:
            last = (at, part)
            at = at[part]
        elif isinstance(at, list) and isinstance(part, int) and part < len(at):
            at = at[part]
            last = last if not isinstance(at, Record) else None
        elif isinstance(at, list) and isinstance(part, str) and part.startswith("="):
            at = next((item for item in at if isinstance(item, Record) and item.key_value == part[1:]), None)
            last = None
        else:
            return None
    return last


def too_far(root: Record, path: str) -> tuple[str, int] | None:
    """The list of which a path asks for an item that it does not have, and how many it has; None where that is not what is wrong."""
    at: Any = root
    way = ""
    for part in steps(path.removeprefix("报告.")) or ():
        if isinstance(at, Record) and isinstance(part, str) and part in at.section.cells:
            at, way = at[part], f"{way}.{part}".lstrip(".")
        elif isinstance(at, list) and isinstance(part, int):
            if part >= len(at):
                return way, len(at)
            at, way = at[part], f"{way}[{part}]"
        elif isinstance(at, list) and isinstance(part, str):
            at = _item(at, part)
            way = at.path if isinstance(at, Record) else way
        else:
            return None
    return None
