"""A data file as it would be with other numbers: what a check reads, which value would satisfy it, what then holds.

Nothing of the file is changed: the text of a number is another one while a trial reads it.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.diagnostics import Severity
from generator.figures import round_half_up
from generator.formula import (
    INVALID,
    Compiled,
    FormulaError,
    InvalidInput,
    Names,
    Recorder,
    compile_expression,
    parse_expression,
)
from generator.formula.tree import Comparison
from generator.kept.light_tuples import NamedTuple
from generator.report.checks import Failure, failures_of
from generator.report.compute import Computation
from generator.report.read_records import read_records
from generator.report.record import Record, Seen, evaluate
from generator.report.stated_text import NO_VALUES, says_nothing
from generator.source import Map, Scalar, Written
from generator.standard import Check, Field, Standard
from generator.standard.kinds import kind_of, stored_places


class Typed(NamedTuple):
    """A number of the data file.

    Args:
        record, field: where it belongs.
        node: as it is written; of a number that is left out, as it would be.
    """

    record: Record
    field: Field
    node: Scalar


Changes = tuple[tuple[Typed, Decimal], ...]


def numbers_read(
    computation: Computation, failure: Failure, rule_only: bool = False, absent: list[Typed] | None = None
) -> dict[int, Typed]:
    """The typed numbers from which what a check reads is computed, by the identity of their node.

    Args:
        computation: the report.
        failure: the check.
        rule_only: leave out what only its condition (`when`) reads.
        absent: takes the optional numbers that it would read if they were stated.
    """
    seen: Seen = {}
    with suppress(InvalidInput):
        failure.check.rule.function(Recorder(failure.record, seen))
        if failure.check.when is not None and not rule_only:
            failure.check.when.function(Recorder(failure.record, seen))
    found: dict[int, Typed] = {}
    told: set[tuple[int, str]] = set()
    while seen:
        key = next(iter(seen))
        record, name = seen.pop(key)
        if key in told:
            continue
        told.add(key)
        cell, node = record.section.cells[name], record.source.get(name)
        if isinstance(node, Scalar) and says_nothing(node):  # an empty cell of a form
            node = None
        if cell.origin != "data":
            with suppress(InvalidInput):
                evaluate(record, cell, seen)
        elif kind_of(cell.field).amount and isinstance(node, Scalar) and isinstance(record.get(name), Decimal):
            found[id(node)] = Typed(record, cell.field, node)
        elif node is None and cell.field.default_formula is not None:
            with suppress(InvalidInput):
                cell.field.default_formula.function(Recorder(record, seen))
        elif node is None and absent is not None and kind_of(cell.field).amount and record.source is not NO_VALUES:
            if record.get(name) is None:
                absent.append(Typed(record, cell.field, Written("", *record.place)))
        elif isinstance(node, Scalar):
            for part in computation.compiled.get((record.section.type, node.text), ()):
                if not isinstance(part, str):
                    with suppress(InvalidInput):
                        part[1].function(Recorder(record, seen))
    return found


@lru_cache(maxsize=256)
def sides_of(standard: Standard, record_type: Any, check: Check) -> tuple[Compiled, Compiled] | None:
    """What a check says to be equal; None where it says something else."""
    try:
        tree = parse_expression(check.rule.text)
        if not isinstance(tree, Comparison) or len(tree.rest) != 1 or tree.rest[0][0] != "==":
            return None
        names = Names(record_type, standard.root.type, standard.parameters)
        left, right = (compile_expression(side, names) for side in (tree.first, tree.rest[0][1]))
    except FormulaError:
        return None
    return (left, right) if left.type.kind == right.type.kind == "number" else None


def solved(
    computation: Computation, typed: Typed, failure: Failure, sides: tuple[Compiled, Compiled]
) -> Decimal | None:
    """Where the difference of two sides is 0: it changes evenly with the number, or there is no answer."""
    stated = typed.record[typed.field.name] or Decimal(0)
    step = Decimal("0.01") if kind_of(typed.field).hundredths else Decimal(1)
    differences: list[Decimal] = []
    for value in (stated, stated + step):
        trial = Trial(computation, ((typed, value),))
        record = trial.record(failure)
        if record is None:
            return None
        try:
            left, right = (side.function(record) for side in sides)
        except InvalidInput:
            return None
        if not isinstance(left, Decimal) or not isinstance(right, Decimal):
            return None
        differences.append(left - right)
    slope = (differences[1] - differences[0]) / step
    if not slope:
        return None
    return round_half_up(stated - differences[0] / slope, stored_places(typed.field))


def heals(computation: Computation, changes: Changes, ends: tuple[Failure, ...], errors_only: bool = False) -> bool:
    """Whether with other values all these checks hold, and no other fails that held.

    Args:
        computation: the report.
        changes: the other values.
        ends: the checks that must hold.
        errors_only: let others fail that only warn.
    """
    trial = Trial(computation, changes)
    if not trial.taken:
        return False
    ended = {failure.key for failure in ends}
    before = {failure.key for failure in computation.failures}
    return not any(
        failure.key in ended
        or (failure.key not in before and not (errors_only and failure.found.severity is not Severity.ERROR))
        for failure in failures_of(trial.made)
    )


class Trial:
    """The data file as it would be with other numbers, computed when it is asked."""

    def __init__(self, computation: Computation, changes: Changes):
        self.made = Computation(computation.standard, computation.source)
        root = computation.source.root
        assert isinstance(root, Map)
        kept = [typed.node.text for typed, _ in changes]
        added = [typed for typed, _ in changes if typed.field.name not in typed.record.source]
        try:
            for typed, value in changes:
                typed.node.text = written(typed.field, value)
            for typed in added:
                typed.record.source[typed.field.name] = typed.node
            read_records(self.made, root)
        finally:
            for (typed, _), text in zip(changes, kept, strict=True):
                typed.node.text = text
            for typed in added:
                del typed.record.source[typed.field.name]
        self.taken = all(self._value(typed) == value for typed, value in changes)

    def _value(self, typed: Typed) -> Any:
        for record in self.made.records.get(typed.record.section.path, ()):
            if record.source is typed.record.source:
                return record.get(typed.field.name, INVALID)
        return INVALID

    def record(self, failure: Failure) -> Record | None:
        """The record whose check failed."""
        records = self.made.records.get(failure.record.section.path, ())
        return records[failure.position] if self.taken and failure.position < len(records) else None


def written(field: Field, value: Decimal) -> str:
    """A number as it is typed."""
    return kind_of(field).written(value)
