"""The rows that a bureau prescribes, laid under those of a data file."""

from __future__ import annotations

from generator.diagnostics import Text
from generator.diagnostics.suggest import closest
from generator.diagnostics.wording import report_reasons as reasons
from generator.report.record import Record
from generator.report.session import Session
from generator.source import List, Map
from generator.standard import Field
from generator.standard.convert import convert
from generator.standard.kinds import BadValue
from generator.standard.prescribed_rows import laid_under


def prescribed_items(session: Session, record: Record, field: Field, node: List) -> List:
    """The items of a list: the prescribed ones in the bureau's order, then those that the department adds."""
    assert field.fixed is not None
    assert field.record is not None
    rows, trouble = laid_under(field.fixed, field.record, node, record.place_of(field.name), same)
    for found in trouble:
        arguments = {"label": field.label, **found.arguments}
        hint = not_prescribed(arguments["name"], arguments.pop("known")) if "known" in arguments else None
        session.tell(found.code, found.at, record.path_of(field.name) + found.path, hint, **arguments)
    made = List(node.line, node.column)
    made.extend(rows)
    return made


def not_prescribed(name: str, known: list[str]) -> Text:
    """What may be written instead of a row that is not prescribed."""
    if found := closest(name, known):
        return reasons.DID_YOU_MEAN.filled(found=found)
    return reasons.PRESCRIBED.filled(zh="、".join(known), en=", ".join(known))


def same(field: Field, one: str, other: str) -> bool:
    """Whether two texts are one value of a field; a text that is no value of it is told elsewhere."""
    try:
        return convert(field)(one) == convert(field)(other)
    except BadValue:
        return True


def prescribed_entries(session: Session, record: Record, field: Field, node: Map) -> Map:
    """The entries of a map in the bureau's order; one that is not prescribed, or absent, is told."""
    assert field.fixed is not None
    made = Map(node.line, node.column)
    for name in field.fixed.names:
        if name in node:
            made.put(name, node[name], node.key_at[name])
        else:
            at = record.place_of(field.name)
            path = f"{record.path_of(field.name)}.{name}"
            word = reasons.ONE_VALUE
            session.tell_missing("missing-row", at, path, label=field.label, name=name, inside=word)
    for name, value in node.items():
        if name in made:
            continue
        if not field.fixed.open:
            hint = not_prescribed(name, list(field.fixed.names))
            path = f"{record.path_of(field.name)}.{name}"
            session.tell("row-not-prescribed", node.key_at[name], path, hint, label=field.label, name=name)
        made.put(name, value, node.key_at[name])
    return made
