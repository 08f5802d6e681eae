"""Paths of a report: `指标[0].二级指标[1].得分`, also by key: `指标["产出指标"].得分`."""

from __future__ import annotations

from collections.abc import Iterator
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


_NOWHERE = object()


def _walk(root: Record, path: str) -> Iterator[tuple[Any, str | int, Any]]:
    """Each step of a path: what it is taken from, the step, what it leads to."""
    at: Any = root
    for step in steps(path.removeprefix("报告.")) or ():
        inner: Any = _NOWHERE
        if isinstance(at, Record) and isinstance(step, str) and step in at.section.cells:
            inner = at[step]
        elif isinstance(at, list):
            inner = _item(at, step)
        yield at, step, inner
        at = inner


def _item(items: list[Any], step: str | int) -> Any:
    if isinstance(step, int):
        return items[step] if step < len(items) else _NOWHERE
    if not step.startswith("="):
        return _NOWHERE
    return next((item for item in items if isinstance(item, Record) and item.key_value == step[1:]), _NOWHERE)


def find_record(root: Record, path: str) -> Record | None:
    """The record of a list that a path with an index or a key at its end leads to; None where it leads to none."""
    led = [inner for *_, inner in _walk(root, path)]
    return led[-1] if led and isinstance(led[-1], Record) else None


def find(root: Record, path: str) -> tuple[Record, str] | None:
    """The record and the name of the field that a path leads to; None where it leads nowhere."""
    last: tuple[Record, str] | None = None
    for at, step, inner in _walk(root, path):
        if inner is _NOWHERE:
            return None
        if isinstance(at, Record):
            last = at, str(step)
        elif isinstance(inner, Record):
            last = None
    return last


def too_far(root: Record, path: str) -> tuple[str, int] | None:
    """The list of which a path asks for an item that it does not have, and how many it has; None where that is not what is wrong."""
    way = ""
    for at, step, inner in _walk(root, path):
        if inner is _NOWHERE:
            return (way, len(at)) if isinstance(at, list) and isinstance(step, int) else None
        if isinstance(at, Record):
            way = f"{way}.{step}".lstrip(".")
        else:
            way = f"{way}[{step}]" if isinstance(step, int) else inner.path
    return None
