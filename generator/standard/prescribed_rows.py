"""Rows that a bureau prescribes in a list, by key (`fixed`): read from a standard, and laid under what a data file gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.kept.light_tuples import NamedTuple
from generator.source import List, Map, Node, Scalar, Source, Written
from generator.standard.convert import converter
from generator.standard.entries import Stated
from generator.standard.kinds import BadValue, kind_of
from generator.standard.model import Field, Prescribed, RecordType
from generator.standard.standard_faults import Findings, meant, shape


def read_prescribed(stated: Stated, field: Field, is_open: bool, findings: Findings) -> Prescribed | None:
    """The rows under `fixed` of a field; None with findings where they are at fault."""
    source, node = stated.source, stated.node
    if not isinstance(node, List) or not node:
        findings.add("standard-not-list", source, node, what="fixed", found=shape(node))
        return None
    if kind_of(field).facts and not field.many:
        for item in node:
            if not isinstance(item, Scalar):
                findings.add("standard-not-text", source, item, what="fixed", found=shape(item))
        return Prescribed((), tuple(item.text for item in node if isinstance(item, Scalar)), is_open)
    if field.record is None or field.record.key is None or not field.many or field.computed:
        findings.add("standard-fixed-field", source, node, name=field.name)
        return None
    return _rows(node, field.record, source, is_open, findings)


def _rows(node: List, record: RecordType, source: Source, is_open: bool, findings: Findings) -> Prescribed:
    rows: list[Map] = []
    seen: set[str] = set()
    assert record.key is not None
    for item in node:
        if not isinstance(item, Map):
            findings.add("standard-not-mapping", source, item, what="fixed", found=shape(item))
            continue
        key = text_of(item.get(record.key))
        if not key:
            findings.add("standard-missing-key", source, item, key=record.key, where="fixed")
            continue
        if key in seen:
            findings.add("standard-fixed-twice", source, item, name=key)
            continue
        seen.add(key)
        for name, value in item.items():
            _check(name, value, item, record, source, findings)
        rows.append(item)
    return Prescribed(tuple(rows), (), is_open)


def _check(name: str, value: Node, row: Map, record: RecordType, source: Source, findings: Findings) -> None:
    """One value of a prescribed row: an input of the row, or the rows of a list inside it."""
    field = record.fields.get(name)
    if field is None or field.computed:
        known = [other.name for other in record.fields.values() if not other.computed]
        findings.add("standard-fixed-value", source, row.key_at[name], meant(name, known), name=name, row=record.name)
    elif field.record is not None and field.many and isinstance(value, List) and field.record.key:
        _rows(value, field.record, source, False, findings)
    elif field.record is not None or field.many or not isinstance(value, Scalar):
        findings.add("standard-fixed-value", source, row.key_at[name], name=name, row=record.name)
    else:
        try:
            converter(field)(value.text)
        except BadValue as bad:
            findings.add(bad.code, source, value, bad.hint, label=field.label, **bad.arguments)


class Trouble(NamedTuple):
    """What a data file's rows lack or have too much: a code, where it is told, the path within the list, what it names."""

    code: str
    at: Node
    path: str
    arguments: dict[str, Any]


class AbsentRow(Map):
    """A prescribed row that the data file lacks."""

    __slots__ = ()


Same = Callable[[Field, str, str], bool]


def laid_under(
    prescribed: Prescribed, record: RecordType, given: List, at: tuple[int, int], same: Same
) -> tuple[list[Node], list[Trouble]]:
    """The rows of a report: the prescribed ones in the bureau's order, completed by the data file's, then what it adds.

    Args:
        prescribed: the bureau's rows.
        record: what the rows are.
        given: the data file's rows; what is no mapping stays at the end, for the reader to refuse.
        at: where the data file states the list.
        same: whether two texts are one value of a field.
    """
    assert record.key is not None
    key = record.key
    left = list(given)
    rows: list[Node] = []
    trouble: list[Trouble] = []
    for fixed in prescribed.rows:
        name = text_of(fixed[key])
        found = next((item for item in left if isinstance(item, Map) and text_of(item.get(key)) == name), None)
        if found is not None:
            left.remove(found)
        rows.append(_completed(fixed, found, record, at, prescribed.open, same, trouble))
    for item in left:
        name = text_of(item.get(key)) if isinstance(item, Map) else ""
        if name and not prescribed.open:
            known = [text_of(fixed[key]) for fixed in prescribed.rows]
            trouble.append(Trouble("row-not-prescribed", item, f"[{len(rows)}]", {"name": name, "known": known}))
        rows.append(item)
    return rows, trouble


def _completed(
    fixed: Map,
    given: Map | None,
    record: RecordType,
    at: tuple[int, int],
    is_open: bool,
    same: Same,
    trouble: list[Trouble],
) -> Map:
    """A row of the data file with what the bureau prescribes of it."""
    line, column = at if given is None else (given.line, given.column)
    made = AbsentRow(line, column) if given is None else Map(line, column)
    if given is not None:
        made.update(given)
        made.key_at.update(given.key_at)
    for name, value in fixed.items():
        field = record.fields[name]
        stated = made.get(name)
        if isinstance(value, List):
            assert field.record is not None
            inner = stated if isinstance(stated, List) else List()
            rows, inside = laid_under(Prescribed(tuple(value), (), is_open), field.record, inner, (line, column), same)  # type: ignore[arg-type]  its items are maps, as lists of records are prescribed
            trouble += inside
            filled = List(line, column)
            filled.extend(rows)
            made[name] = filled
            made.key_at.setdefault(name, (line, column))
        elif not text_of(stated):
            assert isinstance(value, Scalar)
            made[name] = Written(value.text, line, column, "quoted")
            made.key_at.setdefault(name, (line, column))
        elif stated is not None and not same(field, text_of(stated), text_of(value)):
            arguments = {"label": field.label, "stated": text_of(stated), "fixed": text_of(value)}
            trouble.append(Trouble("fixed-differs", stated, f".{name}", arguments))
            made[name] = Written(text_of(value), line, column, "quoted")
    return made


def text_of(node: Node | None) -> str:
    """The text of a value, without outer white space; "" where there is none."""
    return node.text.strip() if isinstance(node, Scalar) and not node.is_null else ""
