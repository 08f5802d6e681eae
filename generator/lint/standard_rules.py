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
from generator.formula import FormulaError, Tag, parse_expression, parse_text
from generator.formula.scope import OWN, ROOT
from generator.formula.tree import (
    Arithmetic,
    Attribute,
    Call,
    Comparison,
    Conditional,
    Item,
    Items,
    Name,
    Node,
    String,
    children,
)
from generator.formula.unparse import show
from generator.source import Map, Scalar, locate
from generator.standard.convert import converter, single
from generator.standard.kinds import BadValue
from generator.standard.model import Field, RecordType, Standard
from generator.template.paths import Use

_PER_ITEM = ("sum", "count", "join", "filter", "sort")


def standard_rules(standard: Standard, uses: Iterable[Use] | None) -> list[Diagnostic]:
    """The findings about a standard itself; `uses`: the paths that its templates use, None where they cannot be read."""
    found: dict[Diagnostic, None] = {}
    for record in _records(standard):
        for finding in _of_record(standard, record):
            found[finding] = None
    found.update(dict.fromkeys(_bands(standard)))
    found.update(dict.fromkeys(_documents(standard)))
    if uses is not None:
        found.update(dict.fromkeys(_unused(standard, uses)))
    own = standard.source.name  # a library is linted by itself
    return [finding for finding in found if finding.location.file in (None, own)]


def _records(standard: Standard) -> list[RecordType]:
    seen: dict[int, RecordType] = {}
    for section in standard.root.walk():
        seen.setdefault(id(section.type), section.type)
    return list(seen.values())


def _of_record(standard: Standard, record: RecordType) -> Iterator[Diagnostic]:
    for field in record.fields.values():
        at = locate(field.source, field.at) if field.source else Location()
        yield from _example(field, at)
        if field.label == field.name and field.name.isascii():
            yield diagnostic("lint-no-label", at, name=field.name)
        for compiled in (field.formula, field.default_formula, *field.set.values()):
            if compiled is not None:
                owner = field if compiled is field.formula else None
                yield from _Walk(standard, record, at, owner).expression(compiled.text)
        for when, text in field.texts:
            if when is not None:
                yield from _Walk(standard, record, at, None).expression(when.text)
            yield from _Walk(standard, record, at, None).wording(text.text)
    for check in record.checks:
        at = locate(check.source, check.at)
        walk = _Walk(standard, record, at, None)
        if not check.rule.paths and not check.rule.parameters:
            yield diagnostic("lint-constant", at, text=check.rule.text, why=words.READS_NO_FIELD)
        yield from walk.expression(check.rule.text)
        if check.when is not None:
            yield from walk.expression(check.when.text)


def _example(field: Field, at: Location) -> Iterator[Diagnostic]:
    if not field.example or field.record is not None or field.kind in ("map", "bands", "image"):
        return
    try:
        converter(single(field) if field.many else field)(field.example)
    except BadValue:
        yield diagnostic("lint-bad-example", at, name=field.name, example=field.example)


class _Walk:
    """Looks through one expression of a record; `owner` is the field that it computes."""

    def __init__(self, standard: Standard, own: RecordType, at: Location, owner: Field | None):
        self.standard, self.own, self.at, self.owner = standard, own, at, owner

    def expression(self, text: str) -> Iterator[Diagnostic]:
        try:
            tree = parse_expression(text)
        except FormulaError:
            return
        yield from self.node(tree, ())

    def wording(self, text: str) -> Iterator[Diagnostic]:
        try:
            parts = parse_text(text)
        except FormulaError:
            return
        for part in parts:
            if isinstance(part, Tag):
                yield from self.node(part.node, ())

    def node(self, node: Node, items: tuple[RecordType | None, ...]) -> Iterator[Diagnostic]:
        if isinstance(node, Conditional):  # its test may see to it that a divisor is there
            owner, self.owner = self.owner, None
            for child in children(node):
                yield from self.node(child, items)
            self.owner = owner
            return
        if isinstance(node, Call) and node.function in _PER_ITEM and len(node.arguments) > 1:
            yield from self.node(node.arguments[0], items)
            inner = self.record(node.arguments[0], items)
            for argument in node.arguments[1:]:
                yield from self.node(argument, (*items, inner))
            return
        if isinstance(node, Comparison):
            yield from self.comparison(node, items)
        elif isinstance(node, Arithmetic) and node.operator == "/" and self.owner is not None and not items:
            divisor = self.field(node.right, items)
            if divisor is not None and self.owner.needed and _may_be_blank(divisor, self.standard):
                yield diagnostic("lint-division-blank", self.at, name=self.owner.name, divisor=divisor.name)
        elif isinstance(node, Item):
            yield from self.lookup(node, items)
        for child in children(node):
            yield from self.node(child, items)

    def comparison(self, node: Comparison, items: tuple[RecordType | None, ...]) -> Iterator[Diagnostic]:
        left = node.first
        for _, right in node.rest:
            if show(left) == show(right):
                yield diagnostic("lint-constant", self.at, text=show(node), why=words.BOTH_SIDES_ONE)
            for one, other in ((left, right), (right, left)):
                field = self.field(one, items)
                if field is None or not field.choices:
                    continue
                texts = other.items if isinstance(other, Items) else (other,)
                for text in texts:
                    if isinstance(text, String) and text.value not in field.choices:
                        choices = words.listed(field.choices)
                        yield diagnostic(
                            "lint-not-a-choice", self.at, text=text.value, name=field.name, choices=choices
                        )
            left = right

    def lookup(self, node: Item, items: tuple[RecordType | None, ...]) -> Iterator[Diagnostic]:
        """A map of the bureau's that lacks what it is looked up by."""
        if not isinstance(node.base, Name) or node.base.name not in self.standard.parameters:
            return
        entries = self.standard.parameters[node.base.name].value
        field = self.field(node.key, items)
        if not isinstance(entries, dict) or field is None:
            return
        keys = [*field.choices, *(self.prescribed(items[-1] if items else self.own, field.name))]
        if lacking := [key for key in dict.fromkeys(keys) if key not in entries]:
            shown = words.listed([f"“{key}”" for key in lacking])
            yield diagnostic("lint-map-lacks", self.at, name=node.base.name, keys=shown)

    def prescribed(self, record: RecordType | None, name: str) -> list[str]:
        """What rows that the bureau prescribes state of a field."""
        found = []
        for other in _records(self.standard):
            for field in other.fields.values():
                if field.fixed is not None and field.record is record:
                    found += [row[name].text for row in field.fixed.rows if isinstance(row.get(name), Scalar)]  # type: ignore[union-attr]
        return found

    def record(self, node: Node, items: tuple[RecordType | None, ...]) -> RecordType | None:
        if isinstance(node, Name) and node.name == ROOT:
            return self.standard.root.type
        if isinstance(node, Name) and node.name == OWN:
            return self.own
        if isinstance(node, Call) and node.function in ("filter", "sort", "first"):
            return self.record(node.arguments[0], items)
        if isinstance(node, Item):
            return self.record(node.base, items)
        field = self.field(node, items)
        return field.record if field else None

    def field(self, node: Node, items: tuple[RecordType | None, ...]) -> Field | None:
        match node:
            case Name(name=name):
                record = items[-1] if items else self.own
                return record.fields.get(name) if record else None
            case Attribute(base=base, name=name):
                record = self.record(base, items)
                return record.fields.get(name) if record else None
        return None


def _may_be_blank(field: Field, standard: Standard) -> bool:
    stands = field.default is not None or field.default_formula is not None
    if field.required or stands or field.many:
        return False
    cells = [cell for section in standard.root.walk() for cell in section.cells.values() if cell.field is field]
    return any(cell.origin not in ("set", "total") for cell in cells)


def _bands(standard: Standard) -> Iterator[Diagnostic]:
    text = standard.source.text
    for name, parameter in standard.parameters.items():
        value = parameter.value
        if not isinstance(value, dict) or not re.search(rf"band\([^()]*(?:\([^()]*\))?[^()]*,\s*{name}\s*\)", text):
            continue
        numbers = [item for item in value.values() if isinstance(item, Decimal)]
        if numbers and min(numbers) > 0:
            yield diagnostic("lint-no-floor", _declared(standard, "parameters", name), name=name, lowest=min(numbers))


def _documents(standard: Standard) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str]] = set()
    for document in standard.documents:
        key = (document.name.text, PurePosixPath(document.template).suffix.lower())
        if document.when is None and document.each is None:
            if key in seen:
                yield diagnostic("lint-same-document", locate(document.source, document.at), name=key[0])
            seen.add(key)


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
