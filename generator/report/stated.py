"""Computed fields that the data file states anyway: they agree, differ, or are published exceptions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import report_reasons as reasons
from generator.figures import round_half_up
from generator.formula import INVALID, InvalidInput
from generator.formula.value_text import plain, printer
from generator.kept.light_classes import replace
from generator.report.given import given, one
from generator.report.record import Record, Seen, evaluate
from generator.report.session import Session
from generator.report.stated_text import has_tag, says_nothing, typed_places
from generator.source import List, Map, Node, Refused, Scalar
from generator.standard import Cell, Field
from generator.standard.convert import convert, loose
from generator.standard.kinds import BadValue, kind_of, stored_places
from generator.standard.model import PUBLISHED, REASON

SHOWN_INPUTS = 6


def compare_stated(session: Session, record: Record, cell: Cell, node: Node, computed: Any) -> Any:
    """A computed field that the data file gives: it agrees, differs, or is a published exception."""
    stated, node, reason = stated_value(session, record, cell, node)
    if stated is INVALID or computed is INVALID:
        return computed if cell.leads else INVALID
    field = cell.field
    path = record.path_of(field.name)
    kept: Any = round_half_up(stated, stored_places(field)) if isinstance(stated, Decimal) else stated
    listed = isinstance(node, List)
    shown = "、".join(map(plain, stated)) if listed else node.text.strip()  # type: ignore[union-attr]  what is neither has no value
    if computed is None:
        session.tell("stated-not-computable", node, path, label=field.label, stated=shown, formula=cell.formula)
        return kept
    if [*kept] == [*computed] if listed else agrees(record, field, stated, shown, computed):
        return computed
    own = "、".join(map(plain, computed)) if listed else printed(record, field, computed, shown)
    told: dict[str, Any] = {"label": field.label, "stated": shown, "computed": own}
    if reason is not None:
        session.tell("stated-exception", node, path, reason=reason, **told)
    else:
        session.tell("stated-differs", node, path, formula=cell.formula, inputs=inputs(record, cell), **told)
        if session.marks is not None:
            return INVALID  # a draft marks it
    if record.exact_values:
        record.exact_values.pop(field.name, None)
    return kept


def stated_value(session: Session, record: Record, cell: Cell, node: Node) -> tuple[Any, Node, str | None]:
    """What a data file states of a computed field, as it is read: the value, where it stands, the reason for publishing another."""
    field = cell.field
    path = record.path_of(field.name)
    if cell.leads:
        session.tell("computed-records", node, path, label=field.label, formula=cell.formula)
        return INVALID, node, None
    node, reason = _published(session, cell, node, path)
    value = INVALID
    if isinstance(node, List) and (field.many or kind_of(field).lines):
        value = given(session, record, field, node)
    elif isinstance(node, Refused):
        pass  # a finding of the form says why
    elif field.many or not isinstance(node, Scalar) or kind_of(field).keyed:
        session.wrong_shape(field, node, path)
    elif kind_of(field).prose and (field.plain or has_tag(node.text)):
        value = one(session, record, field, node, path)
    else:
        try:
            value = (convert if kind_of(field).prose else loose)(field)(node.text)
        except BadValue as bad:
            session.bad_value(bad, node, field, path)
    return value, node, reason


def _published(session: Session, cell: Cell, node: Node, path: str) -> tuple[Node, str | None]:
    """What a data file states, and the reason that it gives for publishing another value than the computed one."""
    if not isinstance(node, Map) or PUBLISHED not in node:
        return node, None
    for key in node:
        if key not in (PUBLISHED, REASON):
            session.tell("unknown-field", node.key_at[key], path, where=cell.field.label, name=key)
    stated = node.get(REASON)
    reason = stated.text.strip() if isinstance(stated, Scalar) else ""
    if not reason or says_nothing(stated):
        session.tell("exception-without-reason", node, path, label=cell.field.label)
        reason = "—"
    return node[PUBLISHED], reason


def agrees(record: Record, field: Field, stated: Any, shown: str, computed: Any) -> bool:
    """Whether a stated value is the computed one: percents at the places typed, others at the field's."""
    if isinstance(stated, Decimal):
        if kind_of(field).hundredths:
            typed = typed_places(shown)
            exact = (record.exact_values or {}).get(field.name, computed)
            return round_half_up(exact, typed + 2) == stated
        return stated == computed
    return "".join(str(stated).split()) == "".join(str(computed).split())


def printed(record: Record, field: Field, value: Any, typed: str = "") -> str:
    """A value as its field prints it; a percent with at least the places that were typed."""
    if isinstance(value, Decimal) and kind_of(field).hundredths and typed:
        exact = (record.exact_values or {}).get(field.name, value)
        places = max(field.places, typed_places(typed))
        return printer(replace(field.type, places=places))(exact)
    text = printer(field.type)(value)
    return f"“{text}”" if isinstance(value, str) else text


def inputs(record: Record, cell: Cell) -> Text:
    """What a formula read, with its values, for a message."""
    seen: Seen = {}
    try:
        evaluate(record, cell, seen)
    except InvalidInput:
        return Text("", "")
    shown: list[Text] = []
    base: Record | None = record
    for _ in range(cell.up):
        base = base.parent if base is not None else None
    prefix = f"{base.path}." if base is not None and base.path else ""
    for other, name in list(seen.values())[:SHOWN_INPUTS]:
        value = other[name]
        path = other.path_of(name).removeprefix(prefix)
        field = other.section.cells[name].field
        text = "…" if isinstance(value, list | dict) else "" if value is None else printed(other, field, value)
        shown.append(reasons.COMPUTED_IS.filled(path=path, zh=text or "空", en=text or "blank"))
    if not shown:
        return Text("", "")
    more = len(seen) - len(shown)
    zh = "，".join(text.zh for text in shown) + (f" 等{len(seen)}项" if more else "")
    en = ", ".join(text.en for text in shown) + (f" and {more} more" if more else "")
    return Text(f"（{zh}）", f" ({en})")
