"""Entries of a map of figures that nothing refers to, one letter apart from one that is referred to: `走仿企业` beside `走访企业`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.kept.lazy_patterns import lazy
from generator.report.compute import Computation
from generator.report.spoken_texts import texts
from generator.source import Map
from generator.standard.kinds import kind_of

LONGEST = 60  # letters of a name that is looked at
SHORTEST = 3  # letters of a name, of which one more or less says something
_NAMES = lazy(r"\.\s*([^\W\d]\w*)")


def tell_unused_facts(computation: Computation) -> None:
    """Tell of such entries of the report's own maps: a figure was corrected under a mistyped name, and the old one prints."""
    root = computation.root
    maps = {name: root.source.get(name) for name, cell in root.section.cells.items() if kind_of(cell.field).facts}
    facts = {name: node for name, node in maps.items() if isinstance(node, Map) and len(node) > 1}
    if not facts:
        return
    used = {path[1] for check in root.section.type.checks for path in check.rule.paths if len(path) > 1}
    unread = {key for node in facts.values() for key in node} - used
    if unread.issubset(_NAMES.findall(computation.source.text)):  # what nearly every file is
        return
    used |= {name for prose in texts(computation) if "{" in prose.node.text for name in _NAMES.findall(prose.node.text)}
    for name, node in facts.items():
        near: dict[str, list[str]] = {}
        for other in node:
            if other in used:
                for piece in _pieces(other):
                    near.setdefault(piece, []).append(other)
        for key in (one for one in node if one not in used):
            found = next(
                (other for piece in _pieces(key) for other in near.get(piece, ()) if _one_apart(key, other)), None
            )
            if found is not None:
                computation.tell("fact-unused", node.key_at[key], f"{name}.{key}", name=key, near=found)


def _pieces(name: str) -> Iterator[str]:
    """A name and what is left of it without one letter: names one letter apart have one of these in common."""
    if SHORTEST <= len(name) <= LONGEST:
        yield name
        yield from (name[:at] + name[at + 1 :] for at in range(len(name)))


def _one_apart(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA  # an entry without use is rare, and the import is not free

    return min(len(one), len(other)) >= SHORTEST and OSA.distance(one, other, score_cutoff=1) == 1
