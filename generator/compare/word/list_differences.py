"""What changed of lists: how they number, and the numbers that are printed.

A number follows from what stands above it: what an inserted, deleted or moved paragraph does to the numbers below it is no
difference. One that begins anew, goes on or counts from elsewhere without that is told of the first paragraph that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.compare.canonical import changed
from generator.compare.difference import Findings, Level
from generator.compare.format_labels import told_changes
from generator.compare.word.document_model import ListLevel, Paragraph, Printed
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple

_SUFFIXES = {"tab": terms.TAB, "space": terms.SPACE, "nothing": terms.NOTHING}
_ON, _ANEW = terms.CONTINUED, terms.RESTARTED


class ListPair(NamedTuple):
    """A paragraph of a list before and after; `position` is how many differences were found before it.

    Of one whose `change` is told already (its style, a move) the numbers are only noted.
    """

    position: int
    old: Paragraph
    new: Paragraph
    anchor: Mapping[str, Any]
    where: Mapping[str, Any]
    told: bool


@dataclass
class _Known:
    """Which stretch of numbers became which, which numbering which, and what was told of them."""

    runs: dict[int, set[int]] = field(default_factory=dict)
    new_runs: set[int] = field(default_factory=set)
    numberings: dict[str, str] = field(default_factory=dict)
    told: set[Any] = field(default_factory=set)
    levels: set[tuple[str, int]] = field(default_factory=set)


def compare_lists(findings: Findings, pairs: list[ListPair], effective: bool) -> None:
    """Note what differs of the lists, each difference where its paragraph was compared.

    Args:
        findings: what was found before.
        pairs: the paragraphs that are in a list of the same level on both sides, in the order of the new document.
        effective: whether indents are compared as a reader sees them; then the paragraphs tell them.
    """
    known = _Known()
    merged = []
    last = 0
    for pair in pairs:
        own = Findings(findings.level)
        _compare(own, pair, known, effective)
        if own.found:
            merged += [*findings.found[last : pair.position], *own.found]
            last = pair.position
    findings.found = [*merged, *findings.found[last:]]


def _compare(findings: Findings, pair: ListPair, known: _Known, effective: bool) -> None:
    before, after = pair.old.number, pair.new.number
    assert before is not None
    assert after is not None
    if pair.told:
        known.runs.setdefault(before.run, set()).add(after.run)
        known.new_runs.add(after.run)
        return
    other = known.numberings.setdefault(before.numbering, after.numbering) != after.numbering
    restarted = _restart(findings, pair, known, before, after)
    for found in _definitions(pair, effective):
        key = (before.numbering, after.numbering, pair.new.list and pair.new.list.level, found.key)
        if key in known.told:
            continue
        known.told.add(key)
        if restarted and found.wording == "list-start":
            continue  # it begins anew there: that is told
        known.levels.add((after.numbering, pair.new.list.level if pair.new.list else 0))
        findings.add("list-format", found.level, pair.anchor, found.wording, **pair.where, **found.arguments)
        if other:
            break  # the paragraph went into another list: that is one change
    if before.formats != after.formats and not any(numbering == after.numbering for numbering, _ in known.levels):
        # of a level above that no paragraph shows by itself
        known.levels.add((after.numbering, -1))
        sides = {"old": before.label, "new": after.label}
        findings.add("list-number", Level.STRUCTURE, pair.anchor, "list-number", **sides, **pair.where)


def _restart(findings: Findings, pair: ListPair, known: _Known, before: Printed, after: Printed) -> bool:
    """Tell numbers that begin anew or go on where they did not; whether it was told."""
    targets = known.runs.setdefault(before.run, set())
    here = after.run in targets
    first = not targets
    taken = after.run in known.new_runs
    targets.add(after.run)
    known.new_runs.add(after.run)
    both_count = before.label != after.label and pair.old.list and pair.new.list
    if here or (first and not taken) or not both_count or _looks_otherwise(pair):
        return False
    if taken and not first:
        sides = {"old": before.label, "new": after.label}
        findings.add("list-number", Level.STRUCTURE, pair.anchor, "list-number", **sides, **pair.where)
        return True
    if not (before if first else after).begins:
        return False
    sides = {"old": _ANEW, "new": _ON} if first else {"old": _ON, "new": _ANEW}
    printed = _printed(pair)
    findings.add("list-restart", Level.STRUCTURE, pair.anchor, "list-restart", printed=printed, **sides, **pair.where)
    return True


def _looks_otherwise(pair: ListPair) -> bool:
    old, new = pair.old.list, pair.new.list
    return old is not None and new is not None and _pattern(old) != _pattern(new)


def _printed(pair: ListPair) -> Any:
    before, after = pair.old.label, pair.new.label
    return Text(f"（{before} → {after}）", f" ({before} → {after})") if before != after else ""


def _pattern(level: ListLevel) -> str:
    legal = "isLgl" if level.legal else ""
    return " ".join(filter(None, (level.text, level.custom or level.format, legal)))


class _Found(NamedTuple):
    key: Any
    level: Level
    wording: str
    arguments: dict[str, Any]


def _definitions(pair: ListPair, effective: bool) -> Iterator[_Found]:
    """What changed of a list level: its number is structure; where it stands and how it looks, format."""
    old, new = pair.old.list, pair.new.list
    if old is None or new is None:
        return
    printed = _printed(pair)
    if _pattern(old) != _pattern(new):
        sides = {"old": _pattern(old), "new": _pattern(new)}
        yield _Found(("pattern", *sides.values()), Level.STRUCTURE, "list-format", {**sides, "printed": printed})
    if old.start != new.start and old.format != "bullet":
        sides = {"old": old.start, "new": new.start}
        yield _Found(("start", *sides.values()), Level.STRUCTURE, "list-start", {**sides, "printed": printed})
    for level, name, before, after in (
        (Level.STRUCTURE, terms.BEHIND_THE_NUMBER, _SUFFIXES.get(old.suffix), _SUFFIXES.get(new.suffix)),
        (Level.STRUCTURE, terms.RESTART_LEVEL, *_restarts(old, new)),
        (Level.FORMAT, terms.ALIGNMENT_OF_THE_NUMBER, old.alignment, new.alignment),
    ):
        if before != after:
            yield _Found(
                (name, before, after), level, "property-value", {"old": before, "new": after, "property": name}
            )
    for name, pairs in (("ind", changed(old.indent, new.indent)), ("mark", changed(old.run, new.run))):
        if pairs and not (name == "ind" and effective):  # the paragraphs tell where they stand
            label = terms.INDENT_OF_THE_LIST if name == "ind" else terms.FORMAT_OF_THE_NUMBER
            yield _Found((name, tuple(pairs)), Level.FORMAT, "text", told_changes(pairs, label))


def _restarts(old: ListLevel, new: ListLevel) -> tuple[Any, Any]:
    def said(level: ListLevel) -> Any:
        return {None: terms.ANY_ABOVE, 0: terms.NEVER}.get(level.restart, level.restart)

    return said(old), said(new)
