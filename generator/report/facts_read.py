"""The entries of a report's maps (`事实`) that a check reads: named by its rule, or by a text that stands in its record."""

from __future__ import annotations

from generator.kept.lazy_patterns import lazy
from generator.report.checks import Failure
from generator.report.compute import Computation
from generator.source import Map, Scalar
from generator.standard.kinds import kind_of

_NAMES = lazy(r"(?<!\w)\d*+([^\W\d]\w*+)\.([^\W\d]\w*)")


def facts_read(computation: Computation, failure: Failure) -> dict[int, tuple[str, Scalar]]:
    """The entries with their paths, by the identity of their node."""
    root = computation.root
    maps = {
        name: node
        for name, cell in root.section.cells.items()
        if kind_of(cell.field).facts and isinstance(node := root.source.get(name), Map)
    }
    if not maps:
        return {}
    texts = [failure.check.rule.text]
    texts += [one.text for one in failure.record.source.values() if isinstance(one, Scalar) and "{" in one.text]
    found: dict[int, tuple[str, Scalar]] = {}
    for name, key in (pair for text in texts for pair in _NAMES.findall(text)):
        entry = maps[name].get(key) if name in maps else None
        if isinstance(entry, Scalar):
            found[id(entry)] = (f"{name}.{key}", entry)
    return found
