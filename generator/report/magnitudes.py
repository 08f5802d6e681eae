"""Amounts that are typed in 元 where 万元 are wanted: a number out of all proportion to the others of its report."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from generator.kept.light_tuples import NamedTuple
from generator.report.compute import Computation
from generator.report.record import Record
from generator.source import Scalar
from generator.standard import Field
from generator.standard.kinds import kind_of

YUAN = Decimal(10_000)  # of 万元
LEAST = Decimal(5_000)  # 万元: below it a number may well be what it says
GAP = 100  # how many times the next smaller amount it is at least
BELOW, ABOVE = 10, 100  # how far outside the other amounts it may lie, taken as 元


class _Amount(NamedTuple):
    record: Record
    name: str
    field: Field
    node: Scalar
    value: Decimal


def check_magnitudes(computation: Computation) -> None:
    """Tell of amounts of 万元 that are a hundred times the next smaller one and fit among the others once taken as 元."""
    amounts = sorted(_amounts(computation), key=lambda amount: amount.value)
    pairs = enumerate(pairwise(amount.value for amount in amounts), 1)
    at = next((index for index, (below, value) in pairs if value >= LEAST and value >= GAP * below), None)
    if at is None:
        return
    lower = amounts[:at]
    least, highest = lower[0].value / BELOW, lower[-1].value * ABOVE
    for amount in amounts[at:]:
        meant = amount.value / YUAN
        if not least <= meant <= highest:
            continue
        path, label, text = amount.record.path_of(amount.name), amount.field.label, amount.node.text.strip()
        most, proposed = (format(value.normalize(), "f") for value in (lower[-1].value, meant))
        computation.tell("amount-in-yuan", amount.node, path, label=label, text=text, most=most, meant=proposed)


def _amounts(computation: Computation) -> list[_Amount]:
    found: list[_Amount] = []
    for records in computation.records.values():
        cells = [
            (name, cell.field)
            for name, cell in records[0].section.cells.items()
            if cell.field.unit == "万元" and cell.origin == "data" and kind_of(cell.field).money and not cell.field.many
        ]
        for record in records if cells else ():
            for name, field in cells:
                node, value = record.source.get(name), record.get(name)
                if isinstance(node, Scalar) and isinstance(value, Decimal) and value:
                    found.append(_Amount(record, name, field, node, abs(value)))
    return found
