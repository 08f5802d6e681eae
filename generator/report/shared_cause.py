"""Failed checks that one mistake explains where no equation names its value: told once.

A number that several of them read, with a digit, the point or the sign otherwise; two values of one record, or of two neighbouring
items, that were exchanged; an item of a list that should not be there: whichever lets most of them hold, and no other fail. What is
told is the gravest of them; no value is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain, combinations, islice, permutations

from generator.diagnostics import Diagnostic, Severity, Text
from generator.diagnostics.wording import check_words as words
from generator.formula import INVALID
from generator.kept.light_classes import replace
from generator.kept.light_tuples import NamedTuple
from generator.report.checks import Failure, failures_of
from generator.report.compute import Computation
from generator.report.facts_read import facts_read
from generator.report.one_cause import MOST, names_of
from generator.report.read_records import read_records
from generator.report.record import Record
from generator.report.trials import Typed, numbers_read, sides_of, solved, written
from generator.source import List, Map, Node, Scalar, locate
from generator.standard.kinds import kind_of

TRIALS = 90  # readings of a file with other values, for one kind of mistake
RECORDS = 90_000  # that all readings of a file make together
NUMBERS = 6  # that are tried
_POWERS = (-1, 1, -2, 2, -4, 4)

Left = set[tuple[str, int, str]]
Pair = tuple[Scalar, Scalar, str, str]
Place = tuple[int | None, int | None, str | None]


class Explained(NamedTuple):
    """What one mistake explains.

    Args:
        failures: the checks that hold without it.
        places: how many places they are told at.
        node, path: where the mistake stands; None where several numbers may be it.
        other: the path of the value that it was exchanged with.
    """

    failures: tuple[Failure, ...]
    places: int
    node: Node | None = None
    path: str = ""
    other: tuple[str, str, str] | None = None


def tell_shared_causes(computation: Computation) -> None:
    """Tell failed checks that one mistake explains as one finding."""
    trials = _Trials(computation)
    while True:
        failures = trials.open()
        if len({_place(found) for found in failures.values()}) < 2 or len(failures) > MOST:
            return
        best = max(trials.explanations(failures), key=lambda one: one.places, default=None)
        if best is None:
            return
        _tell(computation, failures, best)


class _Trials:
    """Readings of a file with other values, as many as are worth their time."""

    def __init__(self, computation: Computation):
        self.computation = computation
        records = sum(map(len, computation.records.values()))
        self.rest = max(RECORDS // max(records, 1), 1)  # readings of this file
        self.left = 0  # of them for one kind
        self.refused = 0  # how much of the file as it is cannot be read
        self.before = {failure.key for failure in computation.failures}

    def open(self) -> dict[int, Diagnostic]:
        """By position among the failures: what is told of each that is told."""
        found = {}
        for index, failure in enumerate(self.computation.failures):
            told = self.computation.told_for(failure.found)
            if told is not None:
                found[index] = told
        return found

    def explanations(self, told: dict[int, Diagnostic]) -> Iterator[Explained]:
        """What explains findings at two places or more: the first kind that explains any."""
        self.refused = _read(self.computation)[1]
        for kind in (self._numbers, self._items, self._exchanged, self._lacking):
            self.left = min(TRIALS, self.rest)
            found = list(kind(told))
            if found:
                yield from found
                return

    def _explained(self, told: dict[int, Diagnostic], left: Left | None) -> tuple[tuple[Failure, ...], int] | None:
        """Which of the checks that are told hold in a reading, and at how many places they are told."""
        if left is None or not left <= self.before:
            return None
        healed = [index for index in told if self.computation.failures[index].key not in left]
        places = len({_place(told[index]) for index in healed})
        return (tuple(self.computation.failures[index] for index in healed), places) if places > 1 else None

    # --- one number

    def _numbers(self, told: dict[int, Diagnostic]) -> Iterator[Explained]:
        failures = [self.computation.failures[index] for index in told]
        reads = [numbers_read(self.computation, failure) for failure in failures]
        known = {key: typed for read in reads for key, typed in read.items()}
        counts = {key: sum(key in read for read in reads) for key in known}
        order = sorted((key for key in known if counts[key] > 1), key=lambda key: -counts[key])[:NUMBERS]
        best: dict[int, Explained] = {}
        for key in order:
            typed = known[key]
            for value in self._values(typed, [one for one, read in zip(failures, reads, strict=True) if key in read]):
                found = self._explained(told, self._left({id(typed.node): (typed.node, written(typed.field, value))}))
                if found and found[1] > (best[key].places if key in best else 1):
                    best[key] = Explained(*found, typed.node, typed.record.path_of(typed.field.name))
        most = max((one.places for one in best.values()), default=0)
        alike = [one for one in best.values() if one.places == most]
        yield from alike if len(alike) == 1 else [one._replace(node=None) for one in alike[:1]]

    def _values(self, typed: Typed, failures: list[Failure]) -> Iterator[Decimal]:
        """What a number may have been meant to be: what a check that says `=` asks for; else by a slip of the hand."""
        stated = typed.record[typed.field.name]
        for failure in failures:
            sides = sides_of(self.computation.standard, failure.record.section.type, failure.check)
            value = solved(self.computation, typed, failure, sides) if sides is not None else None
            if value is not None and value != stated:
                yield value
                return
        kind = kind_of(typed.field)
        for power in _POWERS if stated else ():
            value = stated.scaleb(power)
            if not kind.whole or value == value.to_integral_value():
                yield value
        if stated < 0:
            yield -stated
        text = written(typed.field, stated)
        for at in range(len(text) - 1):
            if text[at : at + 2].isdigit() and text[at] != text[at + 1] and not kind.hundredths:
                yield Decimal(text[:at] + text[at + 1] + text[at] + text[at + 2 :])

    # --- two that were exchanged

    def _exchanged(self, told: dict[int, Diagnostic]) -> Iterator[Explained]:
        best: Explained | None = None
        for one, other, path, second in self._pairs(told):
            texts = {id(one): (one, other.text), id(other): (other, one.text)}
            found = self._explained(told, self._left(texts))
            if found and (best is None or found[1] > best.places):
                best = Explained(*found, one, path, (second, one.text.strip(), other.text.strip()))
        if best:
            yield best

    def _pairs(self, told: dict[int, Diagnostic]) -> Iterator[tuple[Scalar, Scalar, str, str]]:
        """Values that may have been exchanged: the like ones of neighbouring items, and of one record, and entries of a map."""
        records: dict[int, Record] = {}
        read: set[int] = set()
        facts: dict[int, tuple[str, Scalar]] = {}
        for index in told:
            failure = self.computation.failures[index]
            numbers = numbers_read(self.computation, failure)
            records |= {id(record): record for record in failure.record.chain()}
            records |= {id(one.record): one.record for one in numbers.values()}
            read |= numbers.keys()
            facts |= facts_read(self.computation, failure)
        pairs: dict[frozenset[int], Pair] = {}
        for pair in chain(_facts(facts), *map(_neighbours, records.values()), *map(_within, records.values())):
            if pair[0].text != pair[1].text:
                pairs.setdefault(frozenset((id(pair[0]), id(pair[1]))), pair)
        yield from sorted(pairs.values(), key=lambda pair: -sum(id(node) in read for node in pair[:2]))

    # --- a group, or a row, that is not there

    def _lacking(self, told: dict[int, Diagnostic]) -> Iterator[Explained]:
        """Sums that lack the same: a part's and the whole's; those of two columns of one list."""
        sums = [failure for failure in (self.computation.failures[index] for index in told) if self._gap(failure)]
        for one, other in permutations(sums, 2):
            inner = one.record.index is not None and len(one.record.path) > len(other.record.path)
            if inner and self._gap(one) == self._gap(other):
                yield Explained((one, other), 2, one.record.source, one.record.path)
                return
        lists = {id(failure): self._lists(failure) for failure in sums}
        for one, other in combinations(sums, 2):
            if lists[id(one)].keys() & lists[id(other)].keys():
                few = min(one, other, key=lambda failure: sum(lists[id(failure)].values()))
                yield Explained((few, other if few is one else one), 2)
                return

    def _gap(self, failure: Failure) -> Decimal | None:
        """What the sides of a check that says `=` differ by."""
        sides = sides_of(self.computation.standard, failure.record.section.type, failure.check)
        if sides is None:
            return None
        left, right = (side.function(failure.record) for side in sides)
        return left - right if isinstance(left, Decimal) and isinstance(right, Decimal) else None

    def _lists(self, failure: Failure) -> dict[tuple[int, str], int]:
        """How many numbers of items a check reads, by list."""
        counted: dict[tuple[int, str], int] = {}
        items: dict[tuple[int, str], set[int]] = {}
        for typed in numbers_read(self.computation, failure).values():
            for at in typed.record.chain():
                if at.index is not None and at.parent is not None:
                    key = (id(at.parent), at.section.name)
                    counted[key] = counted.get(key, 0) + 1
                    items.setdefault(key, set()).add(at.index)
        return {key: sum(counted.values()) for key in counted if len(items[key]) > 1}

    # --- an item that should not be there

    def _items(self, told: dict[int, Diagnostic]) -> Iterator[Explained]:
        places = [found.location.path or "" for found in told.values()]
        for record in {id(at): at for index in told for at in self.computation.failures[index].record.chain()}.values():
            if record.index is None or record.parent is None or not any(map(_within_path(record.path), places)):
                continue
            items = record.parent.source.get(record.section.name)
            if not isinstance(items, List) or len(items) < 2:
                continue
            found = self._without(told, items, record)
            if found:
                yield found
                return

    def _without(self, told: dict[int, Diagnostic], items: List, record: Record) -> Explained | None:
        """What holds without an item: every check that is told, at least one of which is not the item's own."""
        if not self._another():
            return None
        at = next(index for index, item in enumerate(items) if item is record.source)
        del items[at]
        try:
            left, refused = _read(self.computation)
        finally:
            items.insert(at, record.source)
        if left or refused > self.refused:
            return None
        failures = tuple(self.computation.failures[index] for index in told)
        own = [failure for failure in failures if record in failure.record.chain()]
        outside = [
            one
            for one in failures
            if one not in own and sides_of(self.computation.standard, one.record.section.type, one.check)
        ]
        if not own or not outside:
            return None
        return Explained(failures, len(failures), record.source, record.path)

    def _another(self) -> bool:
        """Whether one more reading is worth its time."""
        if self.left <= 0:
            return False
        self.left -= 1
        self.rest -= 1
        return True

    def _left(self, texts: dict[int, tuple[Scalar, str]]) -> Left | None:
        """The checks that fail with other texts; None where no more readings are worth their time."""
        if not self._another():
            return None
        with _other_texts(texts):
            left, refused = _read(self.computation)
        return left if refused <= self.refused else None


@contextmanager
def _other_texts(texts: dict[int, tuple[Scalar, str]]) -> Iterator[None]:
    kept = {key: node.text for key, (node, _) in texts.items()}
    for node, text in texts.values():
        node.text = text
    try:
        yield
    finally:
        for key, (node, _) in texts.items():
            node.text = kept[key]


def _read(computation: Computation) -> tuple[Left, int]:
    """The checks that fail as the file reads now, and how much of it cannot be read: what is not taken fails no check."""
    made = Computation(computation.standard, computation.source)
    root = computation.source.root
    assert isinstance(root, Map)
    read_records(made, root)
    refused = len(made.diagnostics)
    return {failure.key for failure in failures_of(made)}, refused


def _place(found: Diagnostic) -> Place:
    return found.location.line, found.location.column, found.location.path


def _within_path(outer: str):
    return lambda path: path == outer or path.startswith((f"{outer}.", f"{outer}["))


def _within(record: Record) -> Iterator[Pair]:
    """The like values of one record, and of each of its maps, two by two."""
    typed = [(name, node) for name, node in record.source.items() if isinstance(node, Scalar) and node.text.strip()]
    kinds = {name: record.section.cells[name].field.kind for name, _ in typed if name in record.section.cells}
    alike = [(name, node) for name, node in typed if name in kinds and record.get(name) is not INVALID]
    for (name, one), (second, other) in islice(combinations(alike, 2), 60):
        if kinds[name] == kinds[second]:
            yield one, other, record.path_of(name), record.path_of(second)


def _facts(facts: dict[int, tuple[str, Scalar]]) -> Iterator[Pair]:
    """The entries of maps that are read, two by two."""
    for (path, one), (second, other) in islice(combinations(facts.values(), 2), 60):
        yield one, other, path, second


def _neighbours(record: Record) -> Iterator[Pair]:
    """The like values of an item and of the one behind it, and before it."""
    if record.index is None or record.parent is None:
        return
    items = record.parent.get(record.section.name)
    if not isinstance(items, list):
        return
    for at in (record.index, record.index - 1):
        if not 0 <= at < len(items) - 1:
            continue
        one, other = items[at], items[at + 1]
        for name in one.source:
            first, second = one.source[name], other.source.get(name)
            if isinstance(first, Scalar) and isinstance(second, Scalar):
                yield first, second, one.path_of(name), other.path_of(name)


def _tell(computation: Computation, told: dict[int, Diagnostic], cause: Explained) -> None:
    """Tell the gravest of what a mistake explains, where the mistake stands, and name the others."""
    ended = {id(failure) for failure in cause.failures}
    remaining = [told[index] for index in told if id(computation.failures[index]) in ended]
    inner = [
        one
        for one in cause.failures
        if isinstance(cause.node, Map) and _within_path(cause.path)(one.found.location.path or "")
    ]
    first = min(
        inner or cause.failures,
        key=lambda one: (
            one.found.severity is not Severity.ERROR,
            sides_of(computation.standard, one.record.section.type, one.check) is None,
            (one.found.location.path or "").rpartition(".")[0] != cause.path.rpartition(".")[0],
            not one.found.arguments["direct"],
        ),
    )
    others = [failure for failure in cause.failures if failure is not first]
    if cause.other:
        second, typed, stated = cause.other
        also = words.OTHERS_TOO.filled(checks=names_of(others))
        hint = words.EXCHANGED.filled(path=cause.path, other=second, typed=typed, stated=stated, also=also)
    else:
        hint, more = first.found.hint_text or Text("", ""), words.FOLLOW.filled(checks=names_of(others))
        hint = Text(hint.zh + more.zh, hint.en + more.en)
    location = first.found.location
    if isinstance(cause.node, Scalar) and not cause.other and location.path != cause.path and "保留" in hint.zh:
        kept, more = words.KEPT.filled(path=cause.path, typed=cause.node.text.strip()), words.FOLLOW
        more = more.filled(checks=names_of(others))
        hint = Text(kept.zh + more.zh, kept.en + more.en)
    if isinstance(cause.node, Scalar):
        location = locate(computation.source, cause.node, cause.path)
    made = replace(first.found, location=location, hint_text=hint)
    computation.put(made, remaining[0], remaining)
    for one in remaining:
        computation.became.setdefault(one, made)
