"""What a standard says that cannot be meant: comparisons that never hold, maps with holes, things that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import standard_words as words
from generator.kept.lazy_patterns import lazy
from generator.lint.formula_walk import FormulaWalk, records_of
from generator.lint.missing_inputs import optional_inputs
from generator.lint.path_types import FRACTION
from generator.source import Map, locate
from generator.standard.convert import converter, single
from generator.standard.kinds import BadValue, kind_of
from generator.standard.model import Field, RecordType, Standard
from generator.template.paths import Use

_YEAR = lazy(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def standard_rules(standard: Standard, uses: Iterable[Use] | None) -> list[Diagnostic]:
    """The findings about a standard itself; `uses`: the paths that its templates use, None where they cannot be read."""
    found = [finding for record in records_of(standard) for finding in _of_record(standard, record)]
    found += [*_bands(standard), *_documents(standard), *_year(standard)]
    if uses is not None:
        found += _unused(standard, uses)
    own = standard.source.name  # a library is linted by itself
    return [finding for finding in dict.fromkeys(found) if finding.location.file in (None, own)]


def _of_record(standard: Standard, record: RecordType) -> Iterator[Diagnostic]:
    for field in record.fields.values():
        at = locate(field.source, field.at) if field.source else Location()
        yield from _example(field, at)
        if field.label == field.name and field.name.isascii():
            yield diagnostic("lint-no-label", at, name=field.name)
        found = list(FormulaWalk(standard, record, at, field).expression(field.formula.text)) if field.formula else []
        yield from found or optional_inputs(standard, record, field, at)
        for compiled in (field.default_formula, *field.set.values()):
            if compiled is not None:
                yield from FormulaWalk(standard, record, at, None).expression(compiled.text)
        yield from _texts(standard, record, field, at)
        for name, total in field.balance.items():
            part = field.record.fields.get(name) if field.record else None
            number = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", total.text.strip())
            if part is not None and kind_of(part).hundredths and number and Decimal(number[0]) >= FRACTION:
                yield FormulaWalk(standard, record, at, None).percent(part, Decimal(number[0]))
    for check in record.checks:
        at = locate(check.source, check.at)
        walk = FormulaWalk(standard, record, at, None)
        if not check.rule.paths and not check.rule.parameters:
            yield diagnostic("lint-constant", at, text=check.rule.text, why=words.READS_NO_FIELD)
        yield from walk.condition(check.rule.text)
        if check.when is not None:
            yield from walk.condition(check.when.text)


def _texts(standard: Standard, record: RecordType, field: Field, at: Location) -> Iterator[Diagnostic]:
    """A text of several wordings: each reached, one for every case."""
    walk = FormulaWalk(standard, record, at, None)
    reached = True
    for when, text in field.texts:
        yield from walk.wording(text.text)
        if not reached:
            yield diagnostic("lint-text-unreached", at, name=field.name, text=text.text[:30])
            break
        if when is not None:
            yield from walk.condition(when.text)
        reached = when is not None
    whens = [when.text for when, _ in field.texts if when is not None]
    conditional = len(whens) == len(field.texts) and bool(whens) and field.needed
    if conditional and walk.outcome(" or ".join(f"({text})" for text in whens)) is not True:
        yield diagnostic("lint-text-no-else", at, name=field.name)


def _example(field: Field, at: Location) -> Iterator[Diagnostic]:
    if not field.example or field.record is not None or kind_of(field).keyed or kind_of(field).file:
        return
    try:
        converter(single(field) if field.many else field)(field.example)
    except BadValue:
        yield diagnostic("lint-bad-example", at, name=field.name, example=field.example)


def _bands(standard: Standard) -> Iterator[Diagnostic]:
    text = standard.source.text
    for name, parameter in standard.parameters.items():
        value = parameter.value
        if not isinstance(value, dict) or not re.search(rf"band\([^()]*(?:\([^()]*\))?[^()]*,\s*{name}\s*\)", text):
            continue
        bounds = {band: bound for band, bound in value.items() if isinstance(bound, Decimal)}
        at = _declared(standard, "parameters", name)
        odd = [*_order_of_bands(name, bounds, at)]
        yield from odd
        if not odd and bounds and min(bounds.values()) > 0:
            yield diagnostic("lint-no-floor", at, name=name, lowest=min(bounds.values()))


def _order_of_bands(name: str, bounds: dict[str, Decimal], at: Location) -> Iterator[Diagnostic]:
    """Two bands with one bound, or bounds that neither fall nor rise."""
    seen: dict[Decimal, str] = {}
    for band, bound in bounds.items():
        if bound in seen:
            why = words.SAME_BOUND.filled(other=seen[bound], bound=bound)
            yield diagnostic("lint-band-unreached", at, name=name, band=band, why=why)
            return
        seen[bound] = band
    numbers = list(bounds.values())
    if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
        odd = _out_of_order(numbers)
        yield diagnostic("lint-band-order", at, name=name, band=list(bounds)[odd], bound=numbers[odd])


def _out_of_order(numbers: list[Decimal]) -> int:
    """The first of numbers without which the others fall or rise; else the first that turns round."""
    for index in range(len(numbers)):
        rest = numbers[:index] + numbers[index + 1 :]
        if rest in (sorted(rest), sorted(rest, reverse=True)):
            return index
    return next(index for index in range(1, len(numbers)) if numbers[index] > numbers[index - 1])


def _documents(standard: Standard) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str]] = set()
    for document in standard.documents:
        at = locate(document.source, document.at)
        walk = FormulaWalk(standard, standard.root.type, at, None)
        if document.when is not None and document.each is None:
            yield from walk.condition(document.when.text)
        key = (document.name.text, PurePosixPath(document.template).suffix.lower())
        if document.each is not None:
            if not re.search(rf"(?<!\w){re.escape(document.item)}(?!\w)", document.name.text):
                yield diagnostic("lint-same-item-document", at, name=key[0], item=document.item)
        elif document.when is None:
            if key in seen:
                yield diagnostic("lint-same-document", at, name=key[0])
            seen.add(key)


def _year(standard: Standard) -> Iterator[Diagnostic]:
    """The year in the standard's name, far from its own."""
    years = [int(text) for text in _YEAR.findall(standard.id)]
    own = standard.fiscal_year
    if own is not None and years and all(abs(year - own) > 1 for year in years):
        root = standard.source.root
        at = root.get("fiscal_year") if isinstance(root, Map) else None
        yield diagnostic("lint-other-year", locate(standard.source, at), name=standard.id, year=own)


def _unused(standard: Standard, uses: Iterable[Use]) -> Iterator[Diagnostic]:
    printed = {re.split(r"[.\[]", use.path)[0] for use in uses}
    for key, kind in words.UNUSED.items():
        node = standard.source.root.get(key) if isinstance(standard.source.root, Map) else None
        for name in node if isinstance(node, Map) else ():
            mentioned = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", _without_comments(standard.source.text)))
            if mentioned < 2 and name not in printed:
                yield diagnostic("lint-unused", _declared(standard, key, name), kind=kind, name=name)


def _without_comments(text: str) -> str:
    return re.sub(r"(?m)(?:^|\s)#.*$", "", text)


def _declared(standard: Standard, key: str, name: str) -> Location:
    root: Any = standard.source.root
    node = root.get(key) if isinstance(root, Map) else None
    at = node.key_at.get(name) if isinstance(node, Map) else None
    return locate(standard.source, at) if at else Location(file=str(standard.path))
