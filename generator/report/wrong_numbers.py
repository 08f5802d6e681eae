"""Failed checks that read a number which is told to be wrong by itself: the number is enough for now."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.report.compute import Computation
from generator.report.facts_read import facts_read
from generator.report.field_paths import find
from generator.report.trials import numbers_read

_WRONG = ("amount-in-yuan", "prose-count")


def leave_to_wrong_numbers(computation: Computation) -> None:
    """Leave out the failed checks that read an amount in 元, or a count that cannot be, and are told elsewhere."""
    wrong = {found.location.path: found for found in computation.diagnostics if found.code in _WRONG}
    if not wrong or not computation.failures:
        return
    nodes = {id(node) for path in wrong if path and (node := _node(computation, path)) is not None}
    gone: set[Diagnostic] = set()
    for failure in computation.failures:
        told = computation.told_for(failure.found)
        if told is None or told.location.path in wrong:
            continue
        if nodes & (numbers_read(computation, failure).keys() | facts_read(computation, failure).keys()):
            gone.add(told)
    if gone:
        computation.replace_all(dict.fromkeys(gone))


def _node(computation: Computation, path: str) -> object | None:
    """The value that a path names, as it is written; of a map, the entry."""
    if (at := find(computation.root, path)) is not None:
        return at[0].source.get(at[1])
    outer, _, key = path.rpartition(".")
    at = find(computation.root, outer)
    facts = at[0].source.get(at[1]) if at is not None else None
    return facts.get(key) if isinstance(facts, dict) else None
