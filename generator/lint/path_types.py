"""Paths of a template, typed against a standard: does the report have them, and are they used as what they are?

A template sees every declared field of its standard (see `generator.standard`), so a path that the standard does not
declare can be told before any data exists; so can a list that is printed as text, a loop over a single value, and
arithmetic on a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from generator.diagnostics import Diagnostic, Location, Severity, Text
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.suggest import asked, nearest
from generator.diagnostics.wording import standard_words as words
from generator.formula import Type
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, replace
from generator.standard.field_wording import wanted
from generator.standard.kinds import Kind, kind_named, kind_of
from generator.standard.model import Cell, Field, Section, Standard
from generator.template.faults import MERGES, PlacedTag
from generator.template.paths import Use

_STEP = lazy(r"([^.\[\]]+)((?:\[\])*)")
FRACTION = Decimal(5)  # a percentage that is compared with more than 500 % was meant as 5 %
_DATE_PARTS = frozenset({"year", "month", "day"})


@dataclass(frozen=True, slots=True)
class PlacedUse:
    """One use of a path and the tag that uses it."""

    use: Use
    location: Location
    tag: str


def placed_use(use: Use, placed: PlacedTag) -> PlacedUse:
    """A use with the place and the text of its tag; what a statement compares or loops over is not printed."""
    if placed.tag.keyword in MERGES or (use.how == "print" and placed.tag.mark != "{{"):
        use = replace(use, how="test")
    return PlacedUse(use, placed.location, placed.tag.text)


@dataclass(frozen=True, slots=True)
class Target:
    """What a path leads to.

    Args:
        kind: a base type of the standard's language, `record`, or `any` where anything may follow (a map's value).
        many: whether it is a list.
        field: the field, for its label and unit; None for the report itself.
        section: of records, their fields.
        values: of a parameter that is a map, what its values are like.
        keys: of a map that has no others, its names.
    """

    kind: str
    many: bool
    field: Field | None = None
    section: Section | None = None
    values: Type | None = None
    keys: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Where a path goes wrong: `name` is not among `names` of `owner`, or `owner` is a list that is not looped over."""

    name: str
    owner: str
    names: tuple[str, ...]
    of_list: bool = False


def resolve(standard: Standard, path: str) -> Target | Unknown:
    """What a path of a template leads to: a field of the report, or a parameter of the standard.

    Args:
        standard: what the template prints.
        path: as `generator.template.paths` gives it: `资金.执行率`, `指标[].名称`.
    """
    at = Target("record", False, None, standard.root)
    walked = ""
    for name, brackets in _STEP.findall(path):
        if at.many:
            return Unknown(name, walked, (), of_list=True)
        step = _step(at, name) or (None if walked else _parameter(standard, name))
        if step is None:
            names = tuple(at.section.cells) if at.section else _names_of_map(at)
            return Unknown(name, walked, names)
        at = step
        walked = f"{walked}.{name}" if walked else name
        for _ in range(len(brackets) // 2):
            if kind_named(at.kind).keyed and not at.many:
                at = Target("text", False)  # a loop over a map gives its names
            else:
                at = replace(at, kind="text" if kind_named(at.kind).lines else at.kind, many=False)
            walked += "[]"
    return at


def _parameter(standard: Standard, name: str) -> Target | None:
    found = standard.parameters.get(name)
    if found is None:
        return None
    keys = tuple(map(str, found.value)) if isinstance(found.value, dict) else None
    return replace(_typed(found.type), keys=keys)


def _typed(found: Type) -> Target:
    return Target("any" if found.kind == "nothing" else found.kind, found.many, values=found.of)


def _names_of_map(at: Target) -> tuple[str, ...]:
    if at.keys is not None:
        return at.keys
    return at.field.fixed.names if at.field is not None and at.field.fixed is not None else ()


def _step(at: Target, name: str) -> Target | None:
    if at.kind == "any":
        return at
    if at.section is not None:
        cell = at.section.cells.get(name)
        return None if cell is None else Target(cell.field.kind, cell.field.many, cell.field, cell.shape)
    keys = at.keys
    if keys is None and kind_named(at.kind).facts and at.field is not None and at.field.fixed is not None:
        keys = None if at.field.fixed.open else at.field.fixed.names
    if keys is not None and name not in keys and name not in _METHODS:
        return None
    if at.values is not None:
        return _typed(at.values)
    if kind_named(at.kind).keyed:
        of = at.field.of if at.field else None
        return Target("any", False) if of is None else Target(of.kind, of.many, of)
    if kind_named(at.kind).day and name in _DATE_PARTS:
        return Target("integer", False)
    return None


_METHODS = ("items", "keys", "values", "get")


def check_uses(uses: Iterable[PlacedUse], standard: Standard) -> list[Diagnostic]:
    """Every path that the standard does not have or that is used as what it is not; one finding a path and tag."""
    found: list[Diagnostic] = []
    told: set[tuple[str, ...]] = set()
    for placed in uses:
        finding = _check(placed, standard)
        if finding is None or (finding.code == "lint-unknown-path" and not _named(placed)):
            continue
        one_each = finding.code != "lint-figure-arithmetic"  # a tag calculates once, with however many figures
        key = (
            finding.code,
            *((str(finding.arguments.get("name")), finding.message) if one_each else ()),
            placed.tag,
            str(placed.location.anchor),
        )
        if key not in told:
            told.add(key)
            found.append(finding)
    return found


def _named(placed: PlacedUse) -> bool:
    """Whether a tag names the path that it uses itself; what was set before is told where it was set."""
    return any(step and step in placed.tag for step in re.split(r"[.\[\]]+", placed.use.path)) or "{" not in placed.tag


def _check(placed: PlacedUse, standard: Standard) -> Diagnostic | None:
    use = placed.use
    target = resolve(standard, use.path)

    def finding(
        code: str, *, hint: Text | None = None, severity: Severity | None = None, **arguments: Any
    ) -> Diagnostic:
        location = placed.location
        return diagnostic(code, location, severity=severity, hint=hint, tag=placed.tag, path=use.path, **arguments)

    if isinstance(target, Unknown):
        if target.of_list:
            return finding("lint-list-not-looped", name=target.name, owner=target.owner)
        severity = Severity.WARNING if use.defaulted else None  # it prints all the same
        hint = _suggest(target, standard, use.path)
        return finding("lint-unknown-path", name=target.name, hint=hint, owner=_owner(target), severity=severity)
    name = use.path
    if compared := _no_choice(placed, target, standard) or _other_kind(placed, target):
        return compared
    kind = kind_named(target.kind)
    match use.how:
        case "print" if target.many:
            return finding("lint-list-printed", name=name, hint=_joined(name, target))
        case "print" if target.kind == "record" or kind.keyed:
            inner = next(iter(target.section.cells), "……") if target.section else "……"
            return finding("lint-record-printed", name=name, example=f"{{{{ {use.path}.{inner} }}}}")
        case "loop" if not (target.many or kind.lines or kind.keyed or target.kind == "any") or _in_one(target):
            return finding("lint-loop-over-one", name=name)
        case "arithmetic" if not target.many and kind.numeric:
            return finding("lint-figure-arithmetic", name=name)
    return None


def _is_word(kind: Kind) -> bool:
    """Whether a value can stand for its record in a sentence."""
    return kind.sentence or kind.chosen


def _in_one(target: Target) -> bool:
    """Whether a text prints in one piece, although it has lines: Markdown."""
    return not target.many and target.field is not None and target.field.markdown


def outcomes(field: Field, standard: Standard) -> tuple[str, ...]:
    """What a text field can be, where that is known: its options, or the bands that its formula chooses from."""
    kind = kind_of(field)
    if kind.chosen:
        return kind.options(field)
    if not kind.sentence or field.formula is None:
        return ()
    match = re.fullmatch(r"band\(.*,\s*(\w+)\s*\)", field.formula.text.strip(), re.S)
    parameter = standard.parameters.get(match[1]) if match else None
    return tuple(map(str, parameter.value)) if parameter is not None and isinstance(parameter.value, dict) else ()


def _no_choice(placed: PlacedUse, target: Target, standard: Standard) -> Diagnostic | None:
    """A comparison with a text that is none of a field's choices."""
    choices = outcomes(target.field, standard) if target.field is not None and not target.many else ()
    for text in placed.use.against if choices else ():
        if text not in choices:
            shown = words.listed(choices)
            name = placed.use.path.replace("[]", "")
            return diagnostic("lint-not-a-choice", placed.location, text=text, name=name, choices=shown)
    return None


def _other_kind(placed: PlacedUse, target: Target) -> Diagnostic | None:
    """A comparison of a number, a date or a yes/no with a text; of a percentage with what is no fraction."""
    name = placed.use.path.replace("[]", "")
    if target.many or target.field is None:
        return None
    kind = kind_named(target.kind)
    if (kind.numeric or kind.day or kind.truth) and placed.use.against:
        options = kind.options(target.field)
        text = next((one for one in placed.use.against if one not in options), None)
        if text is not None:
            hint = words.YES_OR_NO.filled(name=name) if kind.truth else None
            return diagnostic(
                "lint-never-equal",
                placed.location,
                hint=hint,
                tag=placed.tag,
                name=name,
                kind=wanted(target.field),
                text=text,
                path=placed.use.path,
            )
    number = max(placed.use.numbers, default=0)
    if kind.hundredths and number >= FRACTION:
        shown = Decimal(str(number))
        percent = format((shown * 100).normalize(), "f")
        return diagnostic("lint-percent-compared", placed.location, name=name, number=shown, percent=percent)
    return None


def _joined(name: str, target: Target) -> Text | None:
    """How a list of records is printed in a sentence: by the field that names its items."""
    cells = target.section.cells if target.section is not None else {}
    if not cells:
        return None
    key = target.section.type.key if target.section is not None else None
    plain = [one for one, cell in cells.items() if _is_word(kind_of(cell.field)) and not cell.field.many]
    field = key or next(iter(plain), next(iter(cells)))
    return words.RECORDS_PRINTED.filled(name=name, field=field)


def _owner(unknown: Unknown) -> Text:
    quoted = f"“{unknown.owner}”"
    return Text(quoted, quoted) if unknown.owner else words.THE_STANDARD


def _suggest(unknown: Unknown, standard: Standard, path: str) -> Text | None:
    """Names that resemble the unknown one, of the same record first, then the same name elsewhere."""
    near = nearest(unknown.name, unknown.names, 3)
    if not near and not unknown.owner:  # a document of one record knows it by the name of its list
        near = [
            f"{one}.{unknown.name}"
            for one, cell in standard.root.cells.items()
            if cell.shape is not None and not cell.field.many and unknown.name in cell.shape.cells
        ]
    if not near:
        near = [path for path, cell in fields(standard.root) if cell.field.name == unknown.name and "[]" not in path]
    if not near:
        paths = [path for path, _ in fields(standard.root) if "[]" not in path]
        near = nearest(f"{unknown.owner}.{unknown.name}".lstrip("."), paths, 3)
    return asked(near[:3])


def fields(section: Section) -> Iterator[tuple[str, Cell]]:
    """Every field of a report with its path, those of records below it too."""
    for name, cell in section.cells.items():
        path = f"{section.path}.{name}" if section.path else name
        yield path, cell
        if cell.section is not None:
            yield from fields(cell.section)
