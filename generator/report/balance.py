"""Rounded shares that add up to their total: the largest remainders are rounded up (`balance` of a list)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from generator.diagnostics import Text
from generator.figures import round_half_up
from generator.formula import INVALID, InvalidInput
from generator.formula.value_text import printer
from generator.report.given import stored
from generator.report.record import Record, evaluate
from generator.report.session import Session
from generator.standard import Cell, Field
from generator.standard.kinds import stored_places


def largest_remainder(values: Sequence[Decimal], total: Decimal, places: int) -> list[Decimal] | None:
    """The values rounded to `places` so that they add up to `total`: the method of the largest remainder (Hamilton's).

    Each is rounded down; what is missing then goes, one unit of the last place each, to those that lost most by it, the
    first of equals first. None where the values are no parts of the total: they miss it by more than rounding could.
    """
    unit = Decimal(1).scaleb(-places)
    down = [value.quantize(unit, rounding=ROUND_FLOOR) for value in values]
    missing = (total - sum(down, Decimal(0))) / unit
    far = abs(sum(values, Decimal(0)) - total) > unit * len(values) / 2
    if far or missing != int(missing) or not 0 <= missing <= len(values):
        return None
    by_loss = sorted(range(len(values)), key=lambda index: down[index] - values[index])
    up = set(by_loss[: int(missing)])
    return [value + unit if index in up else value for index, value in enumerate(down)]


def balanced(session: Session, record: Record, cell: Cell) -> Any:
    """The value of a field whose values in the items of a list add up to a total; all of them are computed at once.

    Raises:
        InvalidInput: a value that it rests on is at fault.
    """
    kept = session.balanced.get((id(record.parent), record.section.path, cell.field.name))
    if kept is None:
        kept = _distributed(session, record, cell)
        session.balanced[id(record.parent), record.section.path, cell.field.name] = kept
    return kept[id(record)] if id(record) in kept else stored(session, record, cell.field, evaluate(record, cell))


def _distributed(session: Session, record: Record, cell: Cell) -> dict[int, Decimal]:
    """The values by item; of an item that has none, none; empty where they are no parts of the total."""
    parent, field = record.parent, cell.field
    assert parent is not None
    assert cell.balance is not None
    name = record.section.name
    items = parent[name]
    if items is INVALID:
        raise InvalidInput
    raw = {id(item): evaluate(item, cell) for item in items}
    total = cell.balance.function(parent)
    present = {key: value for key, value in raw.items() if value is not None}
    if total is None or not present:
        return {}
    shares = largest_remainder([*present.values()], round_half_up(total, stored_places(field)), stored_places(field))
    if shares is None:
        _tell(session, parent, name, field, sum(present.values(), Decimal(0)), total)
        return {}
    return dict(zip(present, shares, strict=True))


def _tell(session: Session, parent: Record, name: str, field: Field, found: Decimal, total: Decimal) -> None:
    shown = printer(field.type)
    told: dict[str, Any] = {"found": Text(*[shown(found)] * 2), "total": Text(*[shown(total)] * 2)}
    session.tell("balance-not-parts", parent.place_of(name), parent.path_of(name), label=field.label, **told)
