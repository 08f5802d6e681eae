"""What compiled expressions call: these names, a record `r`, constants and values in between are all that their Python knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any, NoReturn

from generator.figures import Figure, chinese_date, figure_text
from generator.formula.functions import band, explains, extreme, first, has_value, says, total, yuan
from generator.formula.keyed_items import found
from generator.formula.missed_targets import missed
from generator.formula.slots import INVALID, InvalidInput, Within
from generator.formula.typed_amounts import number_in, unit_in
from generator.formula.value_text import MAX_TEXT, yes_no

__all__ = [
    "INVALID",
    "Figure",
    "alike",
    "band",
    "chinese_date",
    "counted",
    "counted_of",
    "days_between",
    "earlier",
    "explains",
    "extreme",
    "figure_text",
    "filled",
    "filled_without_blanks",
    "filtered",
    "first",
    "flattened",
    "flattened_lists",
    "has_value",
    "held_by_key",
    "in_map",
    "invalid",
    "joined",
    "joined_by",
    "kept",
    "later",
    "listed_values",
    "missed",
    "number_in",
    "says",
    "shown_items",
    "sorted_by",
    "spread",
    "total",
    "total_of",
    "unit_in",
    "with_own",
    "yes_no",
    "yuan",
]

_Of = Callable[[Any], Any]


def invalid() -> NoReturn:
    """End an evaluation that needs a value that cannot be used."""
    raise InvalidInput


def flattened(items: Iterable[Any], name: str) -> list[Any]:
    """A field of each record of a list."""
    values = []
    for item in items:
        if item is None:
            continue
        value = item[name]
        if value is INVALID:
            raise InvalidInput
        values.append(value)
    return values


def flattened_lists(items: Iterable[Any], name: str) -> list[Any]:
    """What the lists hold that stand in a field of each record of a list."""
    return [value for values in flattened(items, name) for value in values or ()]


def listed_values(entries: Any) -> list[Any]:
    """The values of a map."""
    return [*(entries or {}).values()]


def in_map(table: Any, name: Any) -> Any:
    """An entry of a map."""
    return None if table is None or name is None else table.get(str(name))


def held_by_key(items: Iterable[Any], name: Any) -> Any:
    """An item of a list."""
    return None if name is None else found(items, name)


def filled(shown: Sequence[str | None]) -> str | None:
    """A text of its pieces; none of them may be blank."""
    return None if None in shown else "".join(shown)  # type: ignore[arg-type]  none is blank


def filled_without_blanks(shown: Sequence[str | None]) -> str:
    """A text of its pieces; one that is blank prints nothing."""
    return "".join([piece for piece in shown if piece is not None])


def joined(shown: Sequence[str | None]) -> str | None:
    """Texts one behind the other, bounded."""
    return None if None in shown else "".join(shown)[: MAX_TEXT + 1]  # type: ignore[arg-type]  none is blank


def spread(choose: Callable[..., Any], present: list[Any]) -> Any:
    """The smallest or greatest of values of which none may be blank."""
    return None if None in present else choose(present)


def alike(left: Any, right: Any) -> bool:
    """Whether two values are the same, or read the same."""
    return left == right if type(left) is type(right) else str(left) == str(right)


def days_between(day: Any, other: Any) -> Decimal:
    """The days from one day to another."""
    return Decimal((day - other).days)


def later(day: Any, days: Any) -> Any:
    """A day some days later; none beyond the calendar."""
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        return None


def earlier(day: Any, days: Any) -> Any:
    """A day some days earlier; none beyond the calendar."""
    try:
        return day - timedelta(days=int(days))
    except OverflowError:
        return None


def with_own(items: Iterable[Any], record: Any) -> list[Any]:
    """The items, each with the record whose field is computed."""
    own = record.own if isinstance(record, Within) else record
    return [item if item is None else Within(item, own) for item in items]


def total_of(seen: Iterable[Any], each: _Of) -> Decimal | None:
    """The sum of what an expression gives for each item."""
    return total([each(item) for item in seen])


def counted(values: Iterable[Any]) -> Decimal:
    """How many values there are."""
    return Decimal(sum(1 for value in values if value is not None))


def counted_of(seen: Iterable[Any], each: _Of) -> Decimal:
    """How many items an expression holds for."""
    return Decimal(sum(1 for item in seen if each(item)))


def kept(items: Iterable[Any], seen: Iterable[Any], holds: _Of) -> list[Any]:
    """The items that an expression holds for."""
    return [item for item, as_seen in zip(items, seen, strict=True) if holds(as_seen) is True]


def sorted_by(items: Iterable[Any], seen: Iterable[Any], by: _Of, descending: bool) -> list[Any]:
    """The items in the order of what an expression gives; those without a value last."""
    keyed = [(by(as_seen), item) for item, as_seen in zip(items, seen, strict=True)]
    valued = [pair for pair in keyed if pair[0] is not None]
    valued.sort(key=lambda pair: pair[0], reverse=descending)  # also reversed, equal ones keep their order
    return [item for _, item in valued] + [item for value, item in keyed if value is None]


def shown_items(values: Iterable[Any], shown: _Of) -> list[str]:
    """What is printed of each item that prints anything."""
    return [text for value in values if value is not None and (text := shown(value))]


def joined_by(texts: Iterable[str], separator: str | None) -> str:
    """Texts one behind the other, with a separator in between."""
    return (separator or "").join(texts)[: MAX_TEXT + 1]


def filtered(value: Any, apply: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    """A value as a print filter shows it; a number too large to be spelt out prints in digits."""
    with suppress(TypeError, ValueError):
        return apply(value, *arguments)
    return value
