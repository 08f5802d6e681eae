"""Failed checks that one mistyped number explains: the value that puts all of them right, told once where it stands.

A number is suspected only where its right value can be computed from a check that says `=`, where that value looks like what was
typed (a digit wrong, left out or doubled, two digits swapped, the point or the sign wrong), where with it every check that read it
holds and no other fails, and where it is the only such number. What is proposed is a hint; no value is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.diagnostics import Severity, Text
from generator.diagnostics.wording import check_words as words
from generator.formula import parse_expression
from generator.formula.tree import Comparison
from generator.kept.light_classes import replace
from generator.kept.light_tuples import NamedTuple
from generator.report.checks import Failure
from generator.report.compute import Computation
from generator.report.trials import Changes, Typed, heals, numbers_read, sides_of, solved, written
from generator.source import Scalar, locate
from generator.standard.kinds import kind_of

MOST = 12  # failures that are looked at; a file with more has other troubles
CANDIDATES = 40  # numbers that are tried
FEW = 3  # digits, of which one that differs says nothing
SHOWN = 3  # checks that a hint names
FAR = 10  # times as much: a point is missing sooner than that two numbers were exchanged


class Cause(NamedTuple):
    """What should be in the place of one number, or of two that were exchanged, and the failures that this ends."""

    changes: Changes
    ends: tuple[Failure, ...]
    sure: bool = False  # two numbers each have a failure of their own, which exchanging them ends


def tell_one_cause(computation: Computation) -> None:
    """Tell failed checks that one number explains as one finding, at that number."""
    failures = [failure for failure in computation.failures if failure.found in computation.diagnostics]
    if not 0 < len(failures) <= MOST:
        return
    reads = {id(failure): numbers_read(computation, failure) for failure in failures}
    while failures:
        cause = _best(computation, failures, reads)
        if cause is None:
            return
        _tell(computation, cause)
        failures = [failure for failure in failures if failure not in cause.ends]


def _best(computation: Computation, failures: list[Failure], reads: dict[int, dict[int, Typed]]) -> Cause | None:
    """The number that explains most; None where none explains any, or several explain as much."""
    known = {key: typed for failure in failures for key, typed in reads[id(failure)].items()}
    ends = {key: tuple(one for one in failures if key in reads[id(one)]) for key in known}
    order = sorted(known, key=lambda key: -len(ends[key]))[:CANDIDATES]
    found: list[Cause] = []
    for key in order:
        if found and len(ends[key]) < len(found[0].ends):
            break
        value = _right_value(computation, known[key], ends[key])
        if value is not None:
            found.append(Cause(((known[key], value),), ends[key]))
    if not found:
        found = list(_exchanged(computation, [known[key] for key in order], ends))
    return found[0] if len(found) == 1 else None


def _exchanged(computation: Computation, numbers: list[Typed], ends: dict[int, tuple[Failure, ...]]) -> Iterator[Cause]:
    """Two numbers of one record that explain failures if each was typed in the place of the other."""
    pairs: dict[frozenset[int], tuple[Typed, Typed]] = {}
    for one in numbers:
        for other in _beside(one):
            pairs.setdefault(frozenset((id(one.node), id(other.node))), (one, other))
    most = 0
    for one, other in list(pairs.values())[:CANDIDATES]:
        ended = tuple(dict.fromkeys([*ends.get(id(one.node), ()), *ends.get(id(other.node), ())]))
        changes = (one, _stated(other)), (other, _stated(one))
        says = not kind_of(one.field).points  # 得分 over 分值 says no more
        apart = says and len(ended) > 1 and all(ends.get(id(typed.node)) for typed in (one, other))  # each has its own
        small = max(map(_digits, (_stated(one), _stated(other)))) < 2
        if len(ended) < most or (small and not apart):  # small counts say nothing
            continue
        if not heals(computation, changes, ended, errors_only=True):
            continue
        apart = apart and heals(computation, changes, ended)
        both = apart or (says and any(_compares(computation, failure, one, other) for failure in ended))
        if both or any(_equals_with(computation, changes, failure) for failure in ended):
            most = len(ended)
            yield Cause(changes, ended, apart)


def _digits(value: Decimal) -> int:
    """How many digits of a number say something."""
    return len(format(abs(value).normalize(), "f").replace(".", "").strip("0"))


def _compares(computation: Computation, failure: Failure, one: Typed, other: Typed) -> bool:
    """Whether the rule of a check sets one number against another."""
    if not isinstance(parse_expression(failure.check.rule.text), Comparison):
        return False
    read = numbers_read(computation, failure, rule_only=True)
    return id(one.node) in read and id(other.node) in read


def _beside(typed: Typed) -> Iterator[Typed]:
    """The other numbers of its kind in its record."""
    record = typed.record
    for name, node in record.source.items():
        cell = record.section.cells.get(name)
        if cell is None or cell.origin != "data" or cell.field.kind != typed.field.kind or node is typed.node:
            continue
        value = record.get(name)
        if isinstance(node, Scalar) and isinstance(value, Decimal) and value != _stated(typed):
            yield Typed(record, cell.field, node)


def _stated(typed: Typed) -> Decimal:
    return typed.record[typed.field.name]


def _tell(computation: Computation, cause: Cause) -> None:
    found = [(one.found.severity is not Severity.ERROR, one.found.arguments["direct"]) for one in cause.ends]
    first = cause.ends[found.index(min(found))]
    (record, field, node), value = cause.changes[0]
    path = record.path_of(field.name)
    also = others_too([failure for failure in cause.ends if failure is not first])
    if len(cause.changes) == 1:
        hint = words.MISTYPED.filled(path=path, typed=node.text.strip(), value=written(field, value), also=also)
    else:
        hint = _advice_on_two(computation, cause, also)
    if first.found.severity is not Severity.ERROR:
        keep = words.OR_KEEP.filled(path=path, typed=node.text.strip())
        hint = Text(hint.zh + keep.zh, hint.en + keep.en)
    told = replace(first.found, location=locate(computation.source, node, path), hint_text=hint)
    computation.put(told, first.found, (failure.found for failure in cause.ends))


def _advice_on_two(computation: Computation, cause: Cause, also: Text) -> Text:
    """What is advised where two numbers that are exchanged make the checks hold."""
    (one, _), (second, _) = cause.changes
    values = _stated(one), _stated(second)
    equal = any(_equals_with(computation, cause.changes, failure) for failure in cause.ends)
    if equal or _near(*values) or (cause.sure and _near(*values, times=FAR)):
        hint = words.EXCHANGED
    else:
        hint = words.FAR_APART if all(values) else words.ONE_IS_NOTHING
    path, other = (typed.record.path_of(typed.field.name) for typed in (one, second))
    return hint.filled(path=path, other=other, typed=one.node.text.strip(), stated=second.node.text.strip(), also=also)


def others_too(failures: Sequence[Failure]) -> Text:
    """That one value puts these checks right, too; nothing where there are none."""
    return words.OTHERS_TOO.filled(checks=names_of(failures)) if failures else Text("", "")


def names_of(failures: Sequence[Failure]) -> Text:
    """The first checks that failed, as a hint names them."""
    names = [str(failure.check.id) for failure in failures[:SHOWN]]
    return Text("、".join(names), ", ".join(names))


def _near(one: Decimal, other: Decimal, times: int = 2) -> bool:
    """Whether two numbers are of one size: whether `a <= b` fails because they were exchanged."""
    return times * min(abs(one), abs(other)) >= max(abs(one), abs(other))


def _equals_with(computation: Computation, changes: Changes, failure: Failure) -> bool:
    """Whether a check that says `=` holds because of these numbers, not of one that they do not touch."""
    sides = sides_of(computation.standard, failure.record.section.type, failure.check)
    return sides is not None and any(solved(computation, typed, failure, sides) is not None for typed, _ in changes)


# --- the value that would be right


def _right_value(computation: Computation, typed: Typed, ends: tuple[Failure, ...]) -> Decimal | None:
    """The value with which all that fails by a number holds."""
    stated = typed.record[typed.field.name]
    for failure in ends:
        sides = sides_of(computation.standard, failure.record.section.type, failure.check)
        if sides is None:
            continue
        value = solved(computation, typed, failure, sides)
        if value is None or value == stated or not is_slip(written(typed.field, stated), written(typed.field, value)):
            return None
        return value if heals(computation, ((typed, value),), ends) else None
    return None


# --- how numbers are mistyped


def is_slip(typed: str, meant: str) -> bool:
    """Whether one number is probably the other, mistyped."""
    if typed.lstrip("-") == meant.lstrip("-"):
        return True
    if typed.startswith("-") != meant.startswith("-"):
        return False
    digits = [text.strip("-%").replace(".", "").strip("0") for text in (typed, meant)]
    if digits[0] == digits[1] and digits[0]:
        return True
    if min(map(len, digits)) < FEW:
        return len(digits[0]) > 1 and digits[0] == digits[1][::-1]
    return _one_apart(typed, meant) or _one_apart(typed.replace(".", ""), meant.replace(".", ""))


def _one_apart(one: str, other: str) -> bool:
    """Whether two texts differ by one character, or by two neighbours that are swapped."""
    if min(len(one), len(other)) < 2:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest = [one[start:], other[start:]]
    if len(one) == len(other):
        swapped = rest[0][:2] == rest[1][:2][::-1]
        return rest[0][1:] == rest[1][1:] or (swapped and rest[0][2:] == rest[1][2:])
    longer, shorter = sorted(rest, key=len, reverse=True)
    return longer[1:] == shorter
