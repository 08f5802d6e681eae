"""Runs the checks of a standard on a report, and compares what the published report says elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.diagnostics import Diagnostic, Severity, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import check_words as words
from generator.diagnostics.wording import report_reasons as reasons
from generator.figures import round_half_up
from generator.formula import INVALID, InvalidInput, Recorder
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.kept.light_tuples import NamedTuple
from generator.report.compute import Computation
from generator.report.field_paths import find
from generator.report.read_records import ALSO
from generator.report.record import Record, evaluate
from generator.report.stated import printed
from generator.report.stated_text import says_nothing, typed_places
from generator.source import List, Map, Scalar, locate
from generator.standard import Check, RecordType
from generator.standard.check_programs import CheckProgram
from generator.standard.convert import convert, loose
from generator.standard.kinds import BadValue, kind_of

_TIMES = lazy(r"\b[0-9]+ \*|\* [0-9]+\b")  # a figure over so many times another is probably wrong, and may be right
_Asked = Callable[[Record], Any]
_Test = tuple[Check, _Asked | None, _Asked]


class Failure(NamedTuple):
    """A check that a record fails.

    Args:
        record: whose check it is; `position` is its place among those of its section.
        check: the check.
        found: the finding.
    """

    record: Record
    position: int
    check: Check
    found: Diagnostic

    @property
    def key(self) -> tuple[str, int, str]:
        """The same in every reading of the file."""
        return self.record.section.path, self.position, self.check.id


def run_checks(computation: Computation) -> None:
    """Run every check on every record that it belongs to; an unknown rule is skipped, an invalid input silences."""
    computation.failures = []
    for failure in failures_of(computation):
        computation.failures.append(failure)
        computation.note(failure.found)


def failures_of(computation: Computation) -> Iterator[Failure]:
    """The checks that fail; that of a row of totals follows from the same check of one of its rows."""
    incomplete = {identity for identity, _ in computation.missing} | computation.doubled
    programs = computation.programs.checks if computation.programs else {}
    for path, records in computation.records.items():
        tests = _tests(records[0].section.type)
        program = programs.get(path)
        for position, record in enumerate(records if tests else ()):
            if id(record) in computation.misnamed:
                continue
            for check, applies, holds in _due(tests, program, record) if program else tests:
                try:  # nearly every check passes
                    if (applies is not None and applies(record) is not True) or holds(record) is not False:
                        continue
                except InvalidInput:
                    continue
                found = _failed(computation, record, check, incomplete)
                if found and not any(_failed(computation, row, check, incomplete) for row in _rows_of(record)):
                    yield Failure(record, position, check, found)


def _due(tests: tuple[_Test, ...], program: CheckProgram, record: Record) -> Iterable[_Test]:
    """The checks of a record that a program does not know to pass."""
    failed = program.asked(record)
    if failed is None:
        return tests
    return [tests[place] for place in (sorted((*failed, *program.others)) if failed else program.others)]


@lru_cache(maxsize=4096)
def _tests(of: RecordType) -> tuple[_Test, ...]:
    """The checks of a record type: each with what asks whether it applies, and whether it holds."""
    return tuple((check, check.when.function if check.when else None, check.rule.function) for check in of.checks)


def _rows_of(record: Record) -> Iterator[Record]:
    """The rows that a row of totals adds up, if they are of its type."""
    parent = record.parent
    if parent is None or record.index is not None:
        return
    name = record.section.name
    for source in parent.section.cells[name].field.total:
        for path in source.paths:
            row = parent.get(path[0]) if len(path) == 1 else None
            if isinstance(row, Record) and row.section.type is record.section.type:
                yield row


def one_a_place(computation: Computation) -> None:
    """Leave of several findings about one typed value the gravest: the others follow from it, and its hint names them.

    Checks that read sums are told at the first number that these add up: of two that stand there, the one about the smaller part.
    """
    _advise_yuan(computation)
    groups: dict[tuple[int | None, int | None, str | None, bool], list[Diagnostic]] = {}
    deep = {
        id(failure.found): len(failure.record.section.path)
        for failure in computation.failures
        if not failure.found.arguments.get("direct")
    }
    for found in sorted(computation.diagnostics, key=lambda found: -deep.get(id(found), 0)):
        where = found.location
        if where.path is not None:
            direct = found.code != "check-failed" or bool(found.arguments.get("direct"))
            groups.setdefault((where.line, where.column, where.path, direct), []).append(found)
    changed: dict[Diagnostic, Diagnostic | None] = {}
    reads = {failure.found.arguments["id"]: frozenset(failure.check.rule.paths) for failure in computation.failures}
    for group in groups.values():
        if len(group) > 1:
            _leave_one(group, changed, reads)
    if changed:
        computation.replace_all(changed)


def _advise_yuan(computation: Computation) -> None:
    """Of an amount in 元 whose checks fail, tell the check, and advise what the amount should be."""
    typed = {found.location.path: found for found in computation.diagnostics if found.code == "amount-in-yuan"}
    failed = {found: typed[path] for found in computation.diagnostics if (path := found.location.path) in typed}
    failed = {found: amount for found, amount in failed.items() if found.code == "check-failed"}
    if failed:
        advised = {found: replace(found, hint_text=amount.hint_text) for found, amount in failed.items()}
        computation.replace_all({**advised, **dict.fromkeys(failed.values())})


def _leave_one(
    group: list[Diagnostic], changed: dict[Diagnostic, Diagnostic | None], reads: dict[Any, frozenset[tuple[str, ...]]]
) -> None:
    """Note what becomes of findings of one place; of warnings alone, those that speak of the same."""
    errors = [found for found in group if found.severity is Severity.ERROR]
    checks = [found for found in group if found.code == "check-failed"]
    first = (errors or checks or group)[0]
    others = [found for found in checks if found is not first]
    if not errors and first.code == "check-failed":
        own = reads.get(first.arguments["id"], frozenset())
        told = ((one, reads.get(one.arguments["id"], frozenset())) for one in others)
        others = [one for one, other in told if 2 * len(own & other) > min(len(own), len(other))]  # mostly the same
    if not others:
        return
    changed.update(dict.fromkeys(others))
    more = [str(found.arguments["id"]) for found in others if found.severity is first.severity]
    if more and first.hint_text:
        also = words.ALSO_FAILS.filled(checks=Text("、".join(more), ", ".join(more)))
        changed[first] = replace(first, hint_text=Text(first.hint_text.zh + also.zh, first.hint_text.en + also.en))


def _overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two rules read mostly the same."""
    return 2 * len(one & other) > min(len(one), len(other))


def _failed(computation: Computation, record: Record, check: Check, incomplete: set[int]) -> Diagnostic | None:
    """What is told of a check that fails; `incomplete` are the identities of items that lack a value or stand twice."""
    try:
        applies = check.when is None or check.when.function(record) is True
        if not applies or check.rule.function(record) is not False:
            return None
        if (incomplete or computation.namesakes) and _rests_on_incomplete(computation, record, check, incomplete):
            return None
        message = check.message.function(record)
    except InvalidInput:
        return None
    place, path, direct = _place(computation, record, check)
    hint = None
    if path and (at := find(computation.root, path)):
        if _is_text(*at):
            hint = words.TEXTUAL
        elif check.severity is Severity.WARNING and " or " not in check.rule.text and _TIMES.search(check.rule.text):
            typed = at[0].source.get(at[1])
            hint = words.KEPT.filled(path=path, typed=typed.text.strip()) if isinstance(typed, Scalar) else None
    told = {"message": (message or "").rstrip("。"), "id": check.id, "direct": direct}
    at = locate(computation.source, place, path)
    return diagnostic("check-failed", at, severity=check.severity, hint=hint, **told)


def _rests_on_incomplete(computation: Computation, record: Record, check: Check, incomplete: set[int]) -> bool:
    """Whether a rule reads items of lists that lack a required value, stand twice or have another's name: those are told, and enough for now."""
    seen: dict[tuple[int, str], tuple[Record, str]] = {}
    check.rule.function(Recorder(record, seen))
    told: set[tuple[int, str]] = set()
    while seen:
        key, (other, name) = seen.popitem()
        if key in told:
            continue
        told.add(key)
        if id(other) in computation.namesakes and name == other.section.type.key:
            return True
        if any(at.index is not None and id(at) in incomplete for at in other.chain()):
            return True
        cell = other.section.cells[name]
        if cell.compute is not None:
            with suppress(InvalidInput):
                evaluate(other, cell, seen)
    return False


def _is_text(record: Record, name: str) -> bool:
    kind = kind_of(record.section.cells[name].field)
    return kind.sentence or kind.chosen


def _place(computation: Computation, record: Record, check: Check) -> tuple[tuple[int, int], str | None, bool]:
    """Where a failed check is told, and whether its rule names that value: the first value that it reads and the data file
    states, else the first of those from which what it reads is computed."""
    fallback: tuple[tuple[int, int], str] | None = None
    for path in check.rule.paths:
        at: Record | None = record
        for index, name in enumerate(path):
            if index == 0 and name == "报告":
                at = computation.root
                continue
            if at is None or name not in at.source:
                break
            value = at.get(name)
            found = (at.place_of(name), at.path_of(name))
            if isinstance(value, Record) and index + 1 < len(path):
                fallback = fallback or found
                at = value
                continue
            node = at.source[name]
            if isinstance(node, Scalar) and says_nothing(node):
                break
            if isinstance(node, Scalar):
                return *found, True
            fact = _fact_of_rule(node, name, check) if isinstance(node, Map) else None
            if fact:
                return fact[1], f"{found[1]}.{fact[0]}", True
            fallback = fallback or found
            break
    typed = _first_input(computation, record, check)
    if typed and (record.parent is None or typed[1].startswith(record.path)):
        return *typed, False
    if record.parent is not None and not (fallback and typed is None):  # a list of texts has a place, and no figure
        return record.place, record.path, False
    found = fallback or typed
    return (*found, False) if found else (computation.root.place, None, False)


def _fact_of_rule(facts: Map, name: str, check: Check) -> tuple[str, tuple[int, int]] | None:
    """The first value of a mapping that a rule names, with its place."""
    for found in re.finditer(rf"(?<![\w.]){name}\.([^\W\d]\w*)", check.rule.text):
        entry = facts.get(found[1])
        if isinstance(entry, Scalar):
            return found[1], (entry.line, entry.column)
    return None


def _first_input(computation: Computation, record: Record, check: Check) -> tuple[tuple[int, int], str] | None:
    """The first value that the data file states of those from which the fields that a rule reads are computed.

    A rule that adds up the amounts of one kind reads the kinds first: it is told at the amount beside.
    """
    seen: dict[tuple[int, str], tuple[Record, str]] = {}
    check.rule.function(Recorder(record, seen))
    told: set[tuple[int, str]] = set()
    waiting = [*reversed(seen.items())]
    zero: tuple[tuple[int, int], str] | None = None  # told where there is no other: it adds nothing to a sum
    while waiting:
        key, (other, name) = waiting.pop()
        if key in told:
            continue
        told.add(key)
        node = other.source.get(name)
        if isinstance(node, Scalar) and not says_nothing(node):
            at = name if isinstance(other.get(name), Decimal) else _amount_beside(other, check) or name
            found = other.place_of(at), other.path_of(at)
            if other.get(at) != 0:
                return found
            zero = zero or found
            continue
        cell = other.section.cells[name]
        if cell.compute is not None:
            inner: dict[tuple[int, str], tuple[Record, str]] = {}
            with suppress(InvalidInput):
                evaluate(other, cell, inner)
            waiting += reversed(inner.items())
    return zero


def _amount_beside(record: Record, check: Check) -> str:
    """The name of the first typed number of a record that a rule may read; "" where there is none."""
    read = {path[-1] for path in check.rule.paths}
    return next((name for name in record.source if name in read and isinstance(record.get(name), Decimal)), "")


_LIST_KEYS = frozenset(("字段", "值", "处", "理由"))


def compare_elsewhere(computation: Computation) -> None:
    """Compare the occurrences that `另载` lists with the report's values."""
    for item, path in entries_elsewhere(computation):
        _compare(computation, item, path)


def entries_elsewhere(computation: Computation) -> Iterator[tuple[dict[str, Scalar], str]]:
    """The entries of `另载`, each with its path; one that is not as it should be is told."""
    node = computation.root.source.get(ALSO)
    if node is None or says_nothing(node):
        return
    if not isinstance(node, List):
        computation.tell("also-stated-shape", node, ALSO)
        return
    for index, item in enumerate(node):
        path = f"{ALSO}[{index}]"
        texts = {key: text for key, text in item.items() if isinstance(text, Scalar)} if isinstance(item, Map) else {}
        if not isinstance(item, Map) or "字段" not in item or not item.keys() <= _LIST_KEYS:
            computation.tell("also-stated-shape", item, path)
        elif says_nothing(texts.get("字段")):
            computation.tell("also-stated-path", item["字段"], path, text="")
        elif says_nothing(texts.get("值")) or len(texts) < len(item):
            computation.tell("also-stated-shape", item, path)
        else:
            yield texts, path


def _compare(computation: Computation, item: dict[str, Scalar], path: str) -> None:
    target, stated = item["字段"], item["值"]
    place, reason = ("" if says_nothing(item.get(key)) else item[key].text.strip() for key in ("处", "理由"))
    record, name = find(computation.root, target.text.strip()) or (None, "")
    field = record.section.cells[name].field if record is not None else None
    if record is None or field is None or field.record is not None or kind_of(field).keyed or field.many:
        computation.tell("also-stated-path", target, path, text=target.text.strip())
        return
    value = record[name]
    if value is INVALID:
        return
    shown = stated.text.strip()
    try:
        typed = convert(field)(shown) if kind_of(field).prose else loose(field)(shown)
    except BadValue as bad:
        computation.bad_value(bad, stated, field, path)
        return
    if value is None:
        agree = False
    elif isinstance(typed, Decimal) and kind_of(field).hundredths:
        agree = round_half_up(record.exact(name), typed_places(shown) + 2) == typed
    else:
        agree = re.sub(r"\s", "", str(typed)) == re.sub(r"\s", "", str(value)) or typed == value
    if agree:
        return
    own = reasons.BLANK if value is None else printed(record, field, value, shown)
    where = reasons.AT_PLACE.filled(place=place) if place else reasons.ELSEWHERE
    told = {"place": where, "label": field.label, "stated": shown, "value": own}
    if reason:
        computation.tell("also-stated-exception", stated, path, reason=reason, **told)
    else:
        computation.tell("also-stated-differs", stated, path, **told)
