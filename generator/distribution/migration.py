"""A data file for another standard: an older version's for the current one, last year's for this year's.

The old file is read and never written. Of the same standard, every value stays, renamed where the standard says so. For another
standard, what its `carry` names is taken over and the rest is left empty. Comments stay with their values.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Invalid, Location, Severity
from generator.diagnostics.catalogue import diagnostic
from generator.distribution.tree_edits import children, copied, renamed, stated_at, taken
from generator.form.comments import comments_of
from generator.form.conversion import TARGETS
from generator.form.data_text import json_text, yaml_text
from generator.form.forms import filled_form
from generator.formula import INVALID
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.file_endings import YAML_ENDINGS
from generator.report import Report, examine
from generator.report.chosen_standard import DIGEST_KEY, STANDARD_KEYS
from generator.report.read_records import ALSO, KEPT
from generator.source import List, Map, Node, Scalar, Source, Written, read_source
from generator.source.nodes import scalars
from generator.source.tree_places import put
from generator.standard import Field, Section, Standard
from generator.standard.identity import standard_digest, standard_reference
from generator.standard.kinds import kind_of
from generator.standard.kinds.kind import plainly_written
from generator.standard.versions import version_of


@dataclass(frozen=True, slots=True)
class Migrated:
    """A new data file.

    Args:
        content: its bytes.
        notes: what was renamed, taken over or left out.
        tasks: what `check` finds in it: what a person must still do.
    """

    content: bytes
    notes: tuple[Diagnostic, ...]
    tasks: tuple[Diagnostic, ...]


def migrate(data: str, standard: Standard, target: str) -> Migrated:
    """A data file for a standard.

    Args:
        data: the path of the old data file: YAML, JSON or a form.
        standard: the one that the new file is for.
        target: the new file's name; its suffix says which kind.

    Raises:
        Invalid: the old file's syntax is at fault.
        Failure: it cannot be read, or the suffix is none of a data file.
    """
    if PurePath(target).suffix.lower() not in TARGETS:
        raise Failure([diagnostic("convert-target", name=target)])
    source = read_source(data, form=True)
    assert isinstance(source.root, Map)
    mover = _Mover(source, standard)
    root = mover.same_standard() if mover.before == standard.id else mover.next_year()
    content, notes = _written(source, root, standard, target)
    tasks = _tasks(content, target)
    if PurePath(target).suffix.lower() in YAML_ENDINGS:
        content = _with_tasks(content.decode(), tasks).encode()
        tasks = _tasks(content, target)
    return Migrated(content, (*mover.notes, *notes), tuple(tasks))


def _written(source: Source, root: Map, standard: Standard, target: str) -> tuple[bytes, tuple[Diagnostic, ...]]:
    suffix = PurePath(target).suffix.lower()
    if suffix == ".xlsx":
        made = filled_form(standard, replace(source, root=root))
        return made.content, made.notes
    if suffix == ".json":
        return json_text(root).encode(), ()
    return yaml_text(root, comments_of(source)).encode(), ()


def _tasks(content: bytes, target: str) -> list[Diagnostic]:
    try:
        found = examine(content, None, target)[1]
    except Invalid as refusal:
        found = list(refusal.diagnostics)
    return [finding for finding in found if finding.severity is not Severity.INFO]


def _with_tasks(text: str, tasks: list[Diagnostic]) -> str:
    """The file with what is still to be done as comments behind its first line."""
    lines = [f"#   {finding.location.path or ''}：{finding.message}".replace("\n", " ") for finding in tasks]
    if not lines:
        return text
    head = next(index for index, line in enumerate(text.split("\n")) if line.startswith(STANDARD_KEYS))
    rows = text.split("\n")
    return "\n".join([*rows[: head + 1], "", "# 还要做的（做完删去）：", *lines, *rows[head + 1 :]])


class _Mover:
    """One migration: the old tree, the new standard, and what is to be told."""

    def __init__(self, source: Source, standard: Standard):
        self.source = source
        self.standard = standard
        self.notes: list[Diagnostic] = []
        root = source.root
        assert isinstance(root, Map)
        self.old = root
        key = next((key for key in STANDARD_KEYS if key in root), "")
        self.head = root.get(key)
        text = self.head.text.strip() if isinstance(self.head, Scalar) else ""
        self.before, _, self.version = text.partition("@")

    def tell(self, code: str, path: str, **arguments: Any) -> None:
        where = Location(file=self.source.name or None, path=path or None)
        self.notes.append(diagnostic(code, where, path=path, **arguments))

    def _start(self) -> Map:
        """The new file's head: its standard at the place of the old one's, so that comments stay."""
        made = Map(self.old.line, self.old.column)
        reference = standard_reference(self.standard)
        at = (self.head.line, self.head.column) if isinstance(self.head, Scalar) else (1, 1)
        made.put("标准", Written(reference, *at))
        if DIGEST_KEY in self.old and DIGEST_KEY not in self.standard.fields:
            node = self.old[DIGEST_KEY]
            made.put(DIGEST_KEY, Written(standard_digest(self.standard), node.line, node.column))
        return made

    # --- a newer version of the same standard

    def same_standard(self) -> Map:
        """Every value, renamed as the standard's changes say; what it no longer has is left out and told."""
        tree = copied(self.old)
        assert isinstance(tree, Map)
        own = version_of(self.version) if self.version else None
        for change in self.standard.changes:
            number = version_of(change.version) or ()
            if own is not None and number <= own:
                continue
            if change.note:
                self.tell("migrate-note", "", version=change.version, note=change.note)
            for before, name in change.renamed.items():
                if renamed(tree, before.split("."), name):
                    self.tell("migrate-renamed", before, name=name, version=change.version)
            for path in change.removed:
                for value in taken(tree, path.split(".")):
                    self.tell("migrate-removed", path, value=_shown(value), version=change.version)
            for path in change.added:
                self.tell("migrate-added", path, version=change.version)
        made = self._start()
        for name, node in tree.items():
            if name not in (*STANDARD_KEYS, DIGEST_KEY):
                made.put(name, node, tree.key_at.get(name))
        self._without_unknown(made, self.standard.root, "")
        return made

    def _without_unknown(self, tree: Map, section: Section, path: str) -> None:
        """Leave out what the standard does not have (any more)."""
        about = (*STANDARD_KEYS, DIGEST_KEY, ALSO, KEPT) if not path else ()
        for name in list(tree):
            inner = f"{path}.{name}" if path else name
            cell = section.cells.get(name)
            if cell is None:
                if name not in about:
                    self.tell("migrate-unknown", inner, value=_shown(tree.pop(name)))
                continue
            if cell.section is not None:
                for below in children(tree[name]):
                    self._without_unknown(below, cell.section, inner)

    # --- next year's standard

    def next_year(self) -> Map:
        """What the new standard's `carry` names; the rest is left empty."""
        made = self._start()
        carry = self.standard.carry
        if carry is None:
            self.tell("migrate-no-carry", "", name=self.standard.id)
        self._year(made)
        report = self._report() if carry and carry.moved else None
        for path in carry.keep if carry else ():
            if (node := stated_at(self.old, path.split("."))) is not None:
                put(made, path, copied(node), (node.line, node.column))
        for target, origin in (carry.moved if carry else {}).items():
            self._move(made, target.split("."), origin.split("."), report)
        self._without_computed(made, self.standard.root)
        if (left := _said(self.old) - _said(made)) > 0:
            self.tell("migrate-emptied", "", count=left)
        return self._ordered(made)

    def _year(self, made: Map) -> None:
        year = self.standard.fiscal_year
        for name, cell in self.standard.root.cells.items():
            if year and cell.origin == "data" and kind_of(cell.field).year and not cell.field.many:
                at = self.old.get(name)
                place = (at.line, at.column) if at is not None else (1, 1)
                made.put(name, Written(str(year), *place))
                self.tell("migrate-year", name, year=year)
                return

    def _report(self) -> Report | None:
        """Last year's report, for what it computed; None where its standard is not here or the file is wrong."""
        try:
            report, found = examine(self.source.name, None) if self.source.name else (None, [])
        except Invalid:
            return None
        return report if not any(finding.severity is Severity.ERROR for finding in found) else None

    def _move(self, made: Map, target: list[str], origin: list[str], report: Report | None) -> None:
        """Take over values, item by item where the path leads through lists."""
        record = report.root if report is not None else None
        told = self._move_in(made, self.old, record, target, origin, self.standard.root)
        path, source = ".".join(target), ".".join(origin)
        if told:
            shown = "、".join(told[:3]) + ("…" if len(told) > 3 else "")
            self.tell("migrate-carried", path, origin=source, value=shown)
        else:
            self.tell("migrate-nothing", path, origin=source)

    def _move_in(
        self, made: Map, old: Map, record: Any, target: list[str], origin: list[str], section: Section | None
    ) -> list[str]:
        """The values that were taken over, as text."""
        cell = section.cells.get(target[0]) if section else None
        if len(target) == 1 or cell is None:
            node = self._value(old, record, origin, cell.field if cell else None)
            if node is None:
                return []
            made.put(target[0], node)
            return [_shown(node)]
        below = old.get(origin[0])
        inner_record = _inner(record, origin[0])
        if cell.field.many:
            items = [item for item in below if isinstance(item, Map)] if isinstance(below, List) else []
            rows = made.get(target[0])
            if not isinstance(rows, List):
                rows = List(below.line, below.column) if isinstance(below, List) else List()
                rows.extend(Map(item.line, item.column) for item in items)
                made.put(target[0], rows)
            key = cell.section.type.key if cell.section else None
            told = []
            for number, (row, item) in enumerate(zip(rows, items, strict=False)):
                assert isinstance(row, Map)
                if key and key in item and key not in row:
                    row.put(key, copied(item[key]))
                own = inner_record[number] if isinstance(inner_record, list) and number < len(inner_record) else None
                told += self._move_in(row, item, own, target[1:], origin[1:], cell.section)
            return told
        inner = made.get(target[0])
        if not isinstance(inner, Map):
            inner = Map(*((below.line, below.column) if below is not None else (1, 1)))
            made.put(target[0], inner)
        if target[0] != origin[0] and len(origin) == 1:
            return self._move_in(inner, old, record, target[1:], origin, cell.section)
        next_old = below if isinstance(below, Map) else Map()
        return self._move_in(inner, next_old, inner_record, target[1:], origin[1:] or origin, cell.section)

    def _value(self, old: Map, record: Any, origin: list[str], field: Field | None) -> Node | None:
        """A value of last year: as it was typed, else as it was computed."""
        node = stated_at(old, origin)
        if isinstance(node, Scalar) and not node.is_null:
            return copied(node)
        if isinstance(node, List) and (field is None or field.record is None):
            return copied(node)
        value = record
        for step in origin:
            value = _inner(value, step)
        text = _typed(value, field)
        place = (node.line, node.column) if node is not None else (1, 1)
        return Written(text, *place) if text else None

    def _without_computed(self, tree: Map, section: Section) -> None:
        """Leave out computed fields, which the new standard computes itself."""
        for name in list(tree):
            cell = section.cells.get(name)
            if cell is None:
                continue
            if cell.origin != "data" and cell.section is None:
                del tree[name]
            elif cell.section is not None:
                for below in children(tree[name]):
                    self._without_computed(below, cell.section)

    def _ordered(self, made: Map) -> Map:
        """The fields in the order of the standard."""
        found = Map(made.line, made.column)
        names = [*STANDARD_KEYS, DIGEST_KEY, *self.standard.root.cells]
        for name in dict.fromkeys([*names, *made]):
            if name in made:
                found.put(name, made[name], made.key_at.get(name))
        return found


def _inner(value: Any, step: str) -> Any:
    """A step of a path into a computed record."""
    with suppress(KeyError):
        return value[step] if isinstance(value, dict) else None
    return None


def _typed(value: Any, field: Field | None) -> str:
    """A computed value as somebody types it into a data file; "" where it is none."""
    if value is None or value is INVALID:
        return ""
    if isinstance(value, Decimal):
        return kind_of(field).written(value) if field is not None else plainly_written(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else ""


def _shown(node: Node) -> str:
    """A value in a message, shortened."""
    text = "、".join(scalar.text.strip() for scalar in scalars(node))
    return text if len(text) <= 40 else text[:39] + "…"


def _said(node: Node) -> int:
    """How many values say something."""
    return sum(not one.is_null for one in scalars(node))
