"""A field at the wrong level: the same name is unknown in one place and missing in another, which is one mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.report.record import Record
from generator.report.session import Session

_DEPTH = 3  # levels down that are looked through


def tell_levels(session: Session) -> None:
    """Say of every unknown name where it belongs, and no more that it is missing there."""
    for record, name, told in session.unknown:
        for other in _around(record):
            cell = other.section.cells.get(name)
            if cell is None or cell.origin != "data" or name in other.source:
                continue
            lacked = [one for at, field, one in session.lacking if at is other and field == name]
            hint = _hint(other, record, name) if session.spelling == "yaml" else _moved(other, name)
            session.diagnostics = {
                (replace(one, hint_text=hint) if one is told else one): None
                for one in session.diagnostics
                if one not in lacked
            }
            break


def _around(record: Record) -> Iterator[Record]:
    """The records near one: those above it, those in it, those beside it."""
    at = record.parent
    while at is not None:
        yield at
        at = at.parent
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
        return Text(f"“{name}”应写在最外层的花括号里。", f"“{name}” belongs into the outermost braces.")
    held = other.path
    return Text(
        f"“{name}”是“{held}”里的，请移到它的花括号里。", f"“{name}” belongs to “{held}”: move it into its braces."
    )


def _hint(other: Record, record: Record, name: str) -> Text:
    deeper = other in set(_inside(record, _DEPTH))
    beside = next((field for field in other.source if field != name), "")
    aligned = reasons.IN_LINE_WITH.filled(beside=beside) if beside else Text("", "")
    if other.parent is None:
        return reasons.BELONGS_OUTERMOST.filled(name=name)
    held = other.path
    move = reasons.INDENT_MORE if deeper else reasons.INDENT_LESS
    return reasons.BELONGS_TO.filled(name=name, held=held, move=move, aligned=aligned)
