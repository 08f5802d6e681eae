"""Reads a data file's mapping into records: every slot a value, absent or invalid; every finding at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import level_words as words
from generator.diagnostics.wording import report_reasons as reasons
from generator.formula import INVALID, KeyedItems
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace
from generator.kept.light_tuples import NamedTuple
from generator.report.bare_items import SHOWN
from generator.report.chosen_standard import DIGEST_KEY, STANDARD_KEYS
from generator.report.compute import Computation
from generator.report.given import check_items
from generator.report.misplaced import tell_levels
from generator.report.prescribed_items import prescribed_items
from generator.report.record import Record
from generator.report.repeated_items import tell_repeated
from generator.report.stated_text import NO_VALUES, nothing_inside, says_nothing
from generator.report.unknown_names import tell_unknown
from generator.source import List, Map, Node, Scalar
from generator.source.nodes import NULLS, Refused, Written
from generator.standard import Cell, Field, Section
from generator.standard.convert import convert
from generator.standard.field_wording import wanted
from generator.standard.kinds import BadValue, kind_of
from generator.standard.prescribed_rows import AbsentRow
from generator.standard.standard_faults import shape

ALSO = "另载"
KEPT = "保留"
ABOUT_THE_FILE = frozenset((*STANDARD_KEYS, DIGEST_KEY, ALSO, KEPT))

NAMED_ITEM = lazy(
    r"([^\W\d]\w*)\s*[:：﹕︰]\s*(\S.*)", re.S
)  # how a text begins that was meant to be a field and its value
_LACKS = ("missing-value", "missing-record", "missing-row")
_DIRECT, _TEXT, _LATER, _RECORD, _RECORDS, _COMPUTED = range(6)


class _Entry(NamedTuple):
    kind: int
    cell: Cell
    convert: Callable[[str], Any]  # of what is read at once


class Plan(NamedTuple):
    """How the fields of a section are read."""

    entries: dict[str, _Entry]
    required: tuple[str, ...]
    demanded: frozenset[str]  # the same
    records: tuple[str, ...]


@lru_cache(maxsize=4096)
def plan(section: Section) -> Plan:
    """The reading plan of a section, made once."""
    entries = {}
    required = []
    records = []
    for name, cell in section.cells.items():
        field = cell.field
        made: Callable[[str], Any] = str
        if cell.origin != "data":
            kind = _COMPUTED
        elif field.record is not None:
            kind = _RECORDS if field.many else _RECORD
            if not field.many:
                records.append(name)
        elif field.many or kind_of(field).keyed or kind_of(field).file:
            kind = _LATER
        else:
            kind = _TEXT if kind_of(field).prose else _DIRECT
            made = convert(field)
        entries[name] = _Entry(kind, cell, made)
        if cell.demanded and (field.record is None or field.many):
            required.append(name)
    return Plan(entries, tuple(required), frozenset(required), tuple(records))


def read_records(computation: Computation, root: Map, section: Section | None = None) -> None:
    """Read the whole data file, or what one section of its standard takes, into `computation.root`."""
    record = Record(computation, section or computation.standard.root, None, None, root)
    computation.root = record
    _fill(computation, record)
    tell_levels(computation)


def _fill(computation: Computation, record: Record) -> None:
    """Read the fields that a record's source states, then see what is missing."""
    section = record.section
    computation.records.setdefault(section.path, []).append(record)
    entries, required, demanded, records = plan(section)
    source = record.source
    later, unknown = _fill_stated(computation, record, entries)
    meant = tell_unknown(computation, record, unknown, required) if unknown else set()
    for name in meant:
        if (
            name not in source
            and not entries[name].cell.field.required
            and entries[name].kind not in (_RECORD, _COMPUTED)
        ):
            record[name] = INVALID  # it is stated, by another name
    for name in () if record.keys() >= demanded else required:
        if name in record:
            continue
        # of a list of records, what its empty items lack is told; other items that say nothing are none
        absent = says_nothing if entries[name].kind == _RECORDS else nothing_inside
        if absent(source.get(name)):
            _missing(computation, record, entries[name].cell.field, name, meant)
    for name, entry, node in later:
        nothing = says_nothing if entry.cell.demanded else nothing_inside
        if entry.kind == _RECORDS and not nothing(node):
            record[name] = _read_list(computation, record, entry.cell, node)
    for name in records:
        record[name] = _read_one(computation, record, entries[name].cell, source.get(name), meant)


def _fill_stated(
    computation: Computation, record: Record, entries: dict[str, _Entry]
) -> tuple[list[tuple[str, _Entry, Node]], list[str]]:
    """Read the single values that a record's source states; the records in it, for later, and the names that are not known."""
    later: list[tuple[str, _Entry, Node]] = []
    unknown: list[str] = []
    for name, node in record.source.items():
        entry = entries.get(name)
        if entry is None:
            if record.section.parent is not None or name not in ABOUT_THE_FILE:
                unknown.append(name)
            continue
        kind, cell, made = entry
        if kind <= _TEXT and (type(node) is Written or (isinstance(node, Scalar) and type(node) is not Refused)):
            text = node.text
            if text in NULLS and (not text or node.is_null):
                continue
            if kind == _TEXT and "{" in text:
                continue  # printed when it is first read
            try:
                value = made(text)
            except BadValue as bad:
                if says_nothing(node):
                    continue
                computation.bad_value(bad, node, cell.field, record.path_of(name))
                value = INVALID
            if value or not isinstance(value, str):
                record[name] = value
        elif kind in (_RECORD, _RECORDS):
            later.append((name, entry, node))
    return later, unknown


def _missing(computation: Computation, record: Record, field: Field, name: str, meant: set[str]) -> None:
    """A required value is absent: told once, unless an unknown name probably meant it."""
    record[name] = INVALID
    _lacks(computation, record, field, meant, "missing-value", wanted=wanted(field, computation.spelling))


def _lacks(
    computation: Computation, record: Record, field: Field, meant: set[str], code: str, **arguments: Any
) -> None:
    """Note that a field lacks what it needs; it is told unless an unknown name probably meant the field."""
    name = field.name
    computation.missing.add((id(record), name))
    if name not in meant:
        at = record.source.key_at.get(name) or record.place
        told = computation.tell_missing(code, at, record.path_of(name), label=field.label, **arguments)
        if told is not None:
            computation.lacking.append((record, name, told))


def _read_one(computation: Computation, record: Record, cell: Cell, node: Node | None, meant: set[str]) -> Any:
    """A record inside a record; None where it is optional and absent."""
    field, section = cell.field, cell.section
    if section is None:
        return None
    if node is None and field.name in meant:  # it is stated, by another name
        return INVALID
    if says_nothing(node):
        if not field.required:
            return None
        absent = node is None or isinstance(node, Scalar)
        if absent and (inside := demanded(section)):
            shown = Text("、".join(inside[:8]), ", ".join(inside[:8]))
            _lacks(computation, record, field, meant, "missing-record", inside=shown)
            return INVALID
    if node is not None and not isinstance(node, Map) and not says_nothing(node):
        computation.wrong_shape(field, node, record.path_of(field.name))
        return INVALID
    made = Record(computation, section, record, None, node if isinstance(node, Map) else NO_VALUES)
    _fill(computation, made)
    return made


def demanded(section: Section) -> list[str]:
    """The labels of what a record cannot do without."""
    entries, required, _, records = plan(section)
    found = [entries[name].cell.field.label for name in required]
    for name in records:
        cell = entries[name].cell
        if cell.field.required and cell.section is not None and demanded(cell.section):
            found.append(cell.field.label)
    return found


def _read_list(computation: Computation, record: Record, cell: Cell, node: Node) -> Any:
    """A list of records; duplicate keys are told."""
    field, section = cell.field, cell.section
    if section is None:
        return []
    if not isinstance(node, List):
        computation.wrong_shape(field, node, record.path_of(field.name))
        return INVALID
    check_items(computation, record, field, node)
    if field.fixed is not None:
        node = prescribed_items(computation, record, field, node)
    items: list[Record] = KeyedItems() if section.type.key else []
    broken = False
    for index, item in enumerate(node):
        if not isinstance(item, Map):
            path = f"{record.path_of(field.name)}[{index}]"
            word = wanted(Field(field.name, "record"), computation.spelling)
            hint, found = _item_hint(computation, section, item), shape(item, computation.spelling)
            computation.tell("wrong-shape", item, path, hint, label=field.label, wanted=word, found=found)
            broken = True
            continue
        made = Record(computation, section, record, index, item)
        if isinstance(item, AbsentRow) and not computation.quiet:
            _fill_absent(computation, made, field)
        elif item and nothing_inside(item):
            _fill_hollow(computation, made)
        else:
            _fill(computation, made)
        items.append(made)
    tell_repeated(computation, section, items)
    return INVALID if broken else items


def _item_hint(computation: Computation, section: Section, item: Node) -> Text | None:
    """How an item that is a text alone is written: under the name that it begins with, if it has a colon that is none to YAML
    (`标题：会议`), else under the first that its record must have."""
    required = plan(section).required
    wording = words.ITEM_FIELD.get(computation.spelling)
    if not isinstance(item, Scalar) or says_nothing(item) or wording is None:
        return None
    text = item.text.strip()
    if (named := NAMED_ITEM.match(text)) and named[1] in section.cells:
        return wording.filled(name=named[1], text=named[2][:40])
    return wording.filled(name=required[0], text=text[:40]) if required else None


def _fill_hollow(computation: Computation, record: Record) -> None:
    """Read an item in which nothing is stated, however deep; the first that it lacks is told, and names the others."""
    before, lacking = len(computation.diagnostics), len(computation.lacking)
    within = any(id(at) in computation.hollow for at in record.chain())
    computation.hollow.add(id(record))
    _fill(computation, record)
    if within:  # the outer one tells
        return
    added = [*islice(reversed(computation.diagnostics), len(computation.diagnostics) - before)][::-1]
    told = [found for found in added if found.code in _LACKS]
    if len(told) < 2:
        return
    first = min(told, key=lambda found: (found.location.line or 0, found.location.column or 0))
    labels = [*dict.fromkeys(str(found.arguments["label"]) for found in (first, *told))][:SHOWN]
    made = replace(first, hint_text=words.ITEM_LACKS.filled(zh="、".join(labels), en=", ".join(labels)))
    for found in added:
        del computation.diagnostics[found]
    computation.diagnostics |= dict.fromkeys(
        made if found is first else found for found in added if found is first or found not in told
    )
    computation.lacking[lacking:] = [
        (at, name, made) for at, name, found in computation.lacking[lacking:] if found is first
    ]


def _fill_absent(computation: Computation, record: Record, field: Field) -> None:
    """Read a prescribed row that the data file lacks; what it needs is told in one finding."""
    before = len(computation.missing)
    computation.quiet = True
    _fill(computation, record)
    computation.quiet = False
    if len(computation.missing) == before:
        return  # the bureau has stated all of it
    lacking = [
        cell.field.label for name, cell in record.section.cells.items() if (id(record), name) in computation.missing
    ]
    shown = Text("、".join(lacking), ", ".join(lacking)) if lacking else reasons.ROWS_INSIDE
    name = str(record.source[record.section.type.key or ""].text)  # type: ignore[union-attr]  prescribed rows have a key, which is a text
    computation.tell_missing("missing-row", record.place, record.path, label=field.label, name=name, inside=shown)
