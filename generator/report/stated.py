"""Computed fields that the data file states anyway: they agree, differ, or are published exceptions."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Text
from generator.figures import round_half_up
from generator.formula import INVALID, InvalidInput
from generator.formula.value_text import plain, printer
from generator.report.record import Record
from generator.report.stated_text import has_tag, says_nothing, typed_places
from generator.source import List, Map, Node, Scalar
from generator.standard import Cell, Field
from generator.standard.convert import BadValue, convert, loose
from generator.standard.model import NUMERIC, PUBLISHED, REASON

if TYPE_CHECKING:
    from generator.report.compute import Computation

SHOWN_INPUTS = 6

Seen = dict[tuple[int, str], tuple[Any, str]]


def compare_stated(computation: Computation, record: Record, cell: Cell, node: Node, computed: Any) -> Any:
    """A computed field that the data file gives: it agrees, differs, or is a published exception."""
    field = cell.field
    path = record.path_of(field.name)
    reason = None
    if isinstance(node, Map) and PUBLISHED in node:
        for key in node:
            if key not in (PUBLISHED, REASON):
                computation.tell("unknown-field", node.key_at[key], path, where=field.label, name=key)
        stated_reason = node.get(REASON)
        reason = stated_reason.text.strip() if isinstance(stated_reason, Scalar) else ""
        if not reason or says_nothing(stated_reason):
            computation.tell("exception-without-reason", node, path, label=field.label)
            reason = "—"
        node = node[PUBLISHED]
    if field.many or not isinstance(node, Scalar) or field.kind in ("map", "bands"):
        if isinstance(node, List) and (field.many or field.kind == "paragraphs"):
            return stated_list(computation, record, cell, node, computed, reason)
        return computation.wrong_shape(record, field, node)
    try:
        text = node.text
        if field.kind in ("text", "paragraphs"):
            value = computation.one(record, field, node, path) if field.plain or has_tag(text) else convert(field)(text)
        else:
            value = loose(field)(text)
    except BadValue as bad:
        return computation.bad_value(bad, node, record, field)
    if value is INVALID or computed is INVALID:
        return INVALID
    kept = round_half_up(value, field.stored_places) if isinstance(value, Decimal) else value
    shown = node.text.strip()
    if computed is None:
        computation.tell("stated-not-computable", node, path, label=field.label, stated=shown, formula=cell.formula)
        return kept
    if agrees(record, field, value, shown, computed):
        return computed
    computed_text = printed(record, field, computed, shown)
    if reason is not None:
        computation.tell(
            "stated-exception", node, path, label=field.label, stated=shown, computed=computed_text, reason=reason
        )
    else:
        computation.tell(
            "stated-differs",
            node,
            path,
            label=field.label,
            stated=shown,
            computed=computed_text,
            formula=cell.formula,
            inputs=inputs(computation, record, cell),
        )
    if record.exact_values:
        record.exact_values.pop(field.name, None)
    return kept


def stated_list(
    computation: Computation, record: Record, cell: Cell, node: List, computed: Any, reason: str | None
) -> Any:
    """A computed list that the data file gives: it agrees if every item does."""
    field = cell.field
    path = record.path_of(field.name)
    stated = computation.given(record, field, node)
    if stated is INVALID or computed is INVALID:
        return INVALID
    texts = ["、".join(map(plain, items)) for items in (stated, computed or ())]
    if computed is None:
        computation.tell("stated-not-computable", node, path, label=field.label, stated=texts[0], formula=cell.formula)
    elif list(stated) == list(computed):
        return computed
    elif reason is not None:
        computation.tell(
            "stated-exception", node, path, label=field.label, stated=texts[0], computed=texts[1], reason=reason
        )
    else:
        computation.tell(
            "stated-differs",
            node,
            path,
            label=field.label,
            stated=texts[0],
            computed=texts[1],
            formula=cell.formula,
            inputs=inputs(computation, record, cell),
        )
    return stated


def agrees(record: Record, field: Field, stated: Any, shown: str, computed: Any) -> bool:
    """Whether a stated value is the computed one: percents at the places typed, others at the field's."""
    if isinstance(stated, Decimal):
        if field.kind == "percent":
            typed = typed_places(shown)
            exact = (record.exact_values or {}).get(field.name, computed)
            return round_half_up(exact, typed + 2) == stated
        return stated == computed
    return "".join(str(stated).split()) == "".join(str(computed).split())


def printed(record: Record, field: Field, value: Any, typed: str = "") -> str:
    """A value as its field prints it; a percent with at least the places that were typed."""
    if isinstance(value, Decimal) and field.kind == "percent" and typed:
        exact = (record.exact_values or {}).get(field.name, value)
        places = max(field.places, typed_places(typed))
        return printer(replace(field.type, places=places))(exact)
    text = printer(field.type)(value)
    return f"“{text}”" if isinstance(value, str) else text


def inputs(computation: Computation, record: Record, cell: Cell) -> Text:
    """What a formula read, with its values, for a message."""
    seen: dict[tuple[int, str], tuple[Any, str]] = {}
    try:
        computation.evaluated(record, cell, seen)
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
        shown.append(Text(f"{path} = {text or '空'}", f"{path} = {text or 'blank'}"))
    if not shown:
        return Text("", "")
    more = len(seen) - len(shown)
    zh = "，".join(text.zh for text in shown) + (f" 等{len(seen)}项" if more else "")
    en = ", ".join(text.en for text in shown) + (f" and {more} more" if more else "")
    return Text(f"（{zh}）", f" ({en})")


def note_blank(computation: Computation, record: Record, cell: Cell) -> None:
    """Note that a computed field is blank although everything that it reads has a value: a division by zero.

    It is told once for each zero, where the data file states it; a zero that is a default is nobody's statement.
    """
    if cell.origin == "text":
        return
    if not cell.up and any(len(path) == 1 and record[path[0]] is None for path in cell.paths if path[0] != "报告"):
        return
    seen: Seen = {}
    computation.evaluated(record, cell, seen)
    if any(other[name] is None for other, name in seen.values()) or not seen:
        return
    zeros = [(other, name) for other, name in leaves(computation, seen) if other[name] == 0]
    if any(says_nothing(other.source.get(name)) for other, name in zeros):
        return
    other, name = zeros[0] if zeros else next(iter(seen.values()))
    place = other.place_of(name) if other.source.get(name) is not None else record.place
    if place in computation.noted:
        return
    computation.noted.add(place)
    numeric = cell.field.kind in NUMERIC
    reason = Text("除数是 0", "it would divide by 0") if numeric else Text("没有相应的档次", "no band matches")
    computation.tell("computed-blank", place, record.path_of(cell.field.name), label=cell.field.label, reason=reason)


def leaves(computation: Computation, seen: Seen) -> list[tuple[Record, str]]:
    """The inputs below what an evaluation read, in reading order."""
    found: list[tuple[Record, str]] = []
    queue = list(seen.values())
    told: set[tuple[int, str]] = set()
    while queue:
        other, name = queue.pop(0)
        if (id(other), name) in told:
            continue
        told.add((id(other), name))
        cell = other.section.cells[name]
        if cell.compute is None or not says_nothing(other.source.get(name)):
            found.append((other, name))
            continue
        inner: Seen = {}
        with suppress(InvalidInput):
            computation.evaluated(other, cell, inner)
        queue += inner.values()
    return found
