"""Failed checks that follow from another finding: a number left out, a score above its bound, a sum that is wrong, a stated value.

Each is told by the finding that it follows from; no value is proposed where several would do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from generator.diagnostics import Diagnostic, Severity, Text
from generator.diagnostics.wording import check_words as words
from generator.figures import round_half_up
from generator.formula import InvalidInput, Names, compile_expression, parse_expression
from generator.formula.tree import Comparison
from generator.kept.light_classes import replace
from generator.report.checks import Failure, failures_of
from generator.report.compute import Computation
from generator.report.field_paths import find
from generator.report.one_cause import MOST, names_of, others_too
from generator.report.read_records import read_records
from generator.report.record import evaluate
from generator.report.trials import Changes, Trial, Typed, heals, numbers_read, sides_of, solved, written
from generator.source import Map, Scalar, locate
from generator.standard.kinds import stored_places
from generator.standard.model import PUBLISHED

TRIED = 8  # numbers of one check

Key = tuple[str, int, str]
Keys = set[Key]


def tell_follow_ups(computation: Computation) -> None:
    """Leave out failed checks that follow from another finding."""
    if not computation.failures:
        return
    _of_stated(computation)
    _of_homeless(computation)
    failures = _open(computation)
    if not 0 < len(failures) <= MOST:
        return
    _of_left_out(computation, failures)
    for step in (_of_bound, _of_sum):
        failures = sorted(_open(computation), key=lambda one: -len(one.record.section.path))  # the smaller part first
        for failure in failures if len(failures) > 1 else ():
            if failure.found in computation.diagnostics:
                step(computation, failure, [one for one in _open(computation) if one is not failure])


def _open(computation: Computation) -> list[Failure]:
    return [failure for failure in computation.failures if failure.found in computation.diagnostics]


def _of_homeless(computation: Computation) -> None:
    """Rows of a form whose upper item is not known are told; so are the checks that miss them."""
    codes = ("form-no-parent", "form-parent-empty", "form-no-place", "form-place-empty")
    told = [found for found in computation.diagnostics if found.code in codes]
    lists = {path for found in told for path in found.arguments.get("paths", (found.location.path,))} - {None}
    if not lists:
        return
    for failure in _open(computation):
        section = failure.record.section
        owner = [step for step in section.path.replace("[]", "").split(".") if step]
        own = failure.check.rule.paths
        inner = (section.cells[path[0]].paths for path in own if path[0] in section.cells)
        read = [".".join((*owner, *path)) for path in (*own, *(path for paths in inner for path in paths))]
        if any(f"{path}.".startswith(f"{one}.") for path in read for one in lists):
            computation.diagnostics.pop(failure.found, None)


def _of_stated(computation: Computation) -> None:
    """A computed field that the data file states otherwise is told; so are the checks that it fails."""
    for found in [found for found in computation.diagnostics if found.code == "stated-differs"]:
        failures = _open(computation)
        at = find(computation.root, found.location.path or "")
        if at is None or not 0 < len(failures) <= MOST:
            continue
        record, name = at
        cell, node = record.section.cells[name], record.source.get(name)
        node = node.get(PUBLISHED) if isinstance(node, Map) else node
        with suppress(InvalidInput):
            value = evaluate(record, cell) if cell.compute is not None else None
            if not isinstance(node, Scalar) or not isinstance(value, Decimal):
                continue
            value = round_half_up(value, stored_places(cell.field))
            left = _left_if_stated(computation, node, written(cell.field, value))
            computation.put(found, found, [one.found for one in failures if one.key not in left])


def _left_if_stated(computation: Computation, node: Scalar, text: str) -> Keys:
    """The checks that fail if a computed field is stated as it is computed."""
    made = Computation(computation.standard, computation.source)
    root = computation.source.root
    assert isinstance(root, Map)
    kept, node.text = node.text, text
    try:
        read_records(made, root)
        return {failure.key for failure in failures_of(made)}  # computed fields are read when they are asked for
    finally:
        node.text = kept


def _left_with(computation: Computation, changes: Changes) -> Keys | None:
    """The checks that fail with other values; None where the values are not taken."""
    trial = Trial(computation, changes)
    return {failure.key for failure in failures_of(trial.made)} if trial.taken else None


def _of_left_out(computation: Computation, failures: list[Failure]) -> None:
    """One optional number that is not there explains checks that fail."""
    absent: dict[tuple[int, str], tuple[Typed, list[Failure]]] = {}
    for failure in failures:
        lacking: list[Typed] = []
        numbers_read(computation, failure, absent=lacking)
        for typed in lacking:
            absent.setdefault((id(typed.record), typed.field.name), (typed, []))[1].append(failure)
    causes: list[tuple[Typed, Decimal, list[Failure]]] = []
    for typed, ends in list(absent.values())[: 2 * TRIED]:
        for value in _values(computation, typed, ends):
            if value > 0 and heals(computation, ((typed, value),), tuple(ends)):
                causes.append((typed, value, ends))
                break
    if len(causes) != 1 and not (causes and len({len(ends) for *_, ends in causes}) > 1):
        return
    typed, value, ends = max(causes, key=lambda cause: len(cause[2]))
    first = min(ends, key=lambda failure: failure.found.severity is not Severity.ERROR)
    path = typed.record.path_of(typed.field.name)
    also = others_too([failure for failure in ends if failure is not first])
    hint = words.LEFT_OUT.filled(path=path, value=written(typed.field, value), also=also)
    place = locate(computation.source, typed.record.place, path)
    at = place.line, place.column
    blank = [
        found
        for found in computation.diagnostics
        if found.code == "computed-blank" and (found.location.line, found.location.column) == at
    ]
    gone = [failure.found for failure in ends]
    if blank:
        computation.put(replace(blank[0], hint_text=hint), blank[0], gone)
    else:
        computation.put(replace(first.found, location=place, hint_text=hint), first.found, gone)


def _values(computation: Computation, typed: Typed, ends: list[Failure]) -> Iterator[Decimal]:
    """The values of a number with which checks that say `=` hold."""
    for failure in ends:
        sides = sides_of(computation.standard, failure.record.section.type, failure.check)
        value = solved(computation, typed, failure, sides) if sides is not None else None
        if value is not None:
            yield value


def _of_bound(computation: Computation, failure: Failure, others: list[Failure]) -> None:
    """A number beyond its own bound: what fails by it and would not at the bound."""
    if failure.found.severity is not Severity.ERROR:
        return
    found: list[tuple[Typed, list[Failure]]] = []
    reads = numbers_read(computation, failure, rule_only=True)
    for typed in list(reads.values())[:TRIED]:
        by_it = [one for one in others if id(typed.node) in numbers_read(computation, one)]
        for bound in _operands(computation, failure) if by_it else ():
            stated = typed.record[typed.field.name]
            if bound != stated and heals(computation, ((typed, bound),), (failure, *by_it), errors_only=True):
                found.append((typed, by_it))
                break
    if not found:
        return
    typed, by_it = max(found, key=lambda one: len(one[1]))
    path = typed.record.path_of(typed.field.name)
    same = [one for one, explained in found if len(explained) == len(by_it)]
    place = locate(computation.source, typed.node, path) if len(same) == 1 else failure.found.location
    _follow(computation, failure, by_it, replace(failure.found, location=place))


def _operands(computation: Computation, failure: Failure) -> Iterator[Decimal]:
    """What a rule that compares compares, as far as it is numbers."""
    tree = parse_expression(failure.check.rule.text)
    if not isinstance(tree, Comparison):
        return
    names = Names(failure.record.section.type, computation.standard.root.type, computation.standard.parameters)
    for side in (tree.first, *(operand for _, operand in tree.rest)):
        with suppress(InvalidInput):
            value = compile_expression(side, names).function(failure.record)
            if isinstance(value, Decimal):
                yield value


def _of_sum(computation: Computation, failure: Failure, others: list[Failure]) -> None:
    """A check that says `=`: what fails besides, and would not whichever of its numbers were put right."""
    sides = sides_of(computation.standard, failure.record.section.type, failure.check)
    if sides is None:
        return
    before = {one.key for one in computation.failures}
    shared = {key for one in others for key in numbers_read(computation, one)}
    numbers = numbers_read(computation, failure)
    healing: list[tuple[Typed, bool, Keys]] = []  # a number, whether nothing else fails, and what no longer does
    for key in sorted(numbers, key=lambda key: key not in shared)[:TRIED]:
        value = solved(computation, numbers[key], failure, sides)
        left = _left_with(computation, ((numbers[key], value),)) if value is not None else None
        if left is not None and failure.key not in left:
            healing.append((numbers[key], left <= before, before - left))
    healing = [one for one in healing if one[1]] or healing
    most = max((len(healed) for *_, healed in healing), default=0)
    best = [(typed, healed) for typed, _, healed in healing if len(healed) == most]
    told, followers = failure.found, set[Key]()
    if most > 1 and len(best) == 1:  # one number alone explains that much
        typed, followers = best[0]
        told = replace(told, location=locate(computation.source, typed.node, typed.record.path_of(typed.field.name)))
    elif healing:
        followers = set[Key].intersection(*(healed for *_, healed in healing))
    _follow(computation, failure, [one for one in others if one.key in followers], told)


def _follow(computation: Computation, failure: Failure, followers: list[Failure], told: Diagnostic) -> None:
    """Tell a failed check with those that follow from it."""
    if not followers:
        return
    also = words.FOLLOW.filled(checks=names_of(followers))
    hint = told.hint_text or Text("", "")
    told = replace(told, hint_text=Text(hint.zh + also.zh, hint.en + also.en))
    computation.put(told, failure.found, [one.found for one in followers])
