"""A field at the wrong level: the same name is unknown in one place and missing in another, which is one mistake."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.diagnostics import Diagnostic, Text
from generator.diagnostics.wording import level_words as words
from generator.kept.light_classes import replace
from generator.report.record import Record
from generator.report.session import Session
from generator.report.stated_text import says_nothing
from generator.standard import Section

_DEPTH = 3  # levels down that are looked through


def tell_levels(session: Session) -> None:
    """Say of every unknown name where it belongs, and no more that it is missing there."""
    gathered = _tell_absent(session)
    for record, name, told in session.unknown:
        if told in gathered:
            continue
        for other in _around(record):
            cell = other.section.cells.get(name)
            if cell is None or cell.origin != "data" or name in other.source:
                continue
            lacked = [one for at, field, one in session.lacking if at is other and field == name]
            below = _below(session, record, name, cell.section)
            gathered |= set(below)
            lacked += below
            hint = _hint(other, record, name) if session.spelling == "yaml" else _moved(other, name)
            session.put(replace(told, hint_text=hint), told, lacked)
            break


def _below(session: Session, record: Record, name: str, section: Section | None) -> list[Diagnostic]:
    """The findings about names that stand beside an empty name and belong to it: it is at their level, they are at the right one."""
    if section is None or not says_nothing(record.source.get(name)):
        return []
    return [told for at, inner, told in session.unknown if at is record and inner != name and inner in section.cells]


def _tell_absent(session: Session) -> set[Diagnostic]:
    """Tell once of names that stand beside the empty name of the record that they belong to; gives what that replaces."""
    gathered: set[Diagnostic] = set()
    for record in dict.fromkeys(record for record, _, _ in session.unknown):
        stray = [(name, told) for at, name, told in session.unknown if at is record]
        for name, cell in record.section.cells.items():
            section = cell.section
            if section is None or cell.field.many or name not in record.source or isinstance(record.get(name), Record):
                continue
            inside = [(inner, told) for inner, told in stray if inner in section.cells and told not in gathered]
            if not inside:
                continue
            lacked = [one for at, field, one in session.lacking if at is record and field == name]
            first = inside[0][1]
            names = "、".join(inner for inner, _ in inside)
            wording = words.INDENT_BELOW if session.spelling == "yaml" else words.MOVE_INTO
            hint = wording.filled(names=names, name=name)
            followed = {told for _, told in inside[1:]} | set(lacked)
            gathered |= {told for _, told in inside}
            session.put(replace(first, hint_text=hint), first, followed)
    return gathered


def _in_braces(record: Record) -> bool:
    """Whether a record of a YAML file stands in braces: two of its names, or the first and its own, are on one line."""
    lines = [line for line, _ in record.source.key_at.values()]
    if len(set(lines)) < len(lines):
        return True
    above = record.parent.source.key_at.get(record.path.rpartition(".")[2]) if record.parent is not None else None
    return above is not None and above[0] in lines


def _around(record: Record) -> Iterator[Record]:
    """The records near one: those above it, those in it, those beside it."""
    yield from islice(record.chain(), 1, None)
    yield from _inside(record, _DEPTH)
    if record.parent is not None:
        yield from (other for other in _inside(record.parent, 1) if other is not record)


def _inside(record: Record, depth: int) -> Iterator[Record]:
    held = [value for value in record.values() if isinstance(value, Record)]
    yield from held
    if depth > 1:
        for inner in held:
            yield from _inside(inner, depth - 1)


def _moved(other: Record, name: str) -> Text:
    """Where it belongs in a file whose levels are brackets."""
    if other.parent is None:
        return words.MOVE_OUTERMOST.filled(name=name)
    return words.MOVE_INTO.filled(names=name, name=other.path)


def _hint(other: Record, record: Record, name: str) -> Text:
    """Where it belongs in a YAML file, whose levels are spaces, or braces on one line."""
    if _in_braces(record):
        wording = words.OUTERMOST_OF_BRACES if other.parent is None else words.OUT_OF_BRACES
        return wording.filled(name=name, held=other.path)
    if other.parent is None:
        return words.UNINDENT_WHOLLY.filled(name=name)
    deeper = other in set(_inside(record, _DEPTH))
    beside = next((field for field in other.source if field != name), "")
    aligned = words.ALIGNED.filled(name=beside) if beside else Text("", "")
    move = words.INDENT if deeper else words.INDENT_LESS
    return words.BELONGS_TO.filled(name=name, held=other.path, move=move, aligned=aligned)
