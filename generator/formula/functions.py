"""The functions of expressions: what they compute, over values that may be blank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from generator.kept.name_sets import names

FUNCTIONS = {  # how many arguments each takes, at least and at most
    "abs": (1, 1),
    "band": (2, 2),
    "count": (1, 2),
    "filter": (2, 2),
    "first": (1, 2),
    "has": (1, 1),
    "join": (1, 3),
    "max": (1, 20),
    "min": (1, 20),
    "missed": (3, 3),
    "number_in": (1, 1),
    "says": (2, 60),
    "sort": (2, 3),
    "sum": (1, 2),
    "unit_in": (1, 1),
    "yuan": (1, 1),
}
OF_NARRATIVE = ("abs", "count", "filter", "first", "has", "join", "sort")
DEFAULT_SEPARATOR = "、"
_ZERO = Decimal(0)
_WAN = Decimal(10000)


def total(values: Iterable[Any]) -> Decimal | None:
    """The sum; blanks are skipped; no items give 0, only blanks give a blank."""
    result = _ZERO
    items = blanks = 0
    for value in values:
        items += 1
        if value is None:
            blanks += 1
        else:
            result += value
    return None if items and items == blanks else result


def extreme(choose: Callable[[Iterable[Any]], Any], values: Iterable[Any]) -> Any:
    """The smallest or greatest of a list; blanks are skipped; a list without values gives a blank."""
    present = [value for value in values if value is not None]
    return choose(present) if present else None


def band(value: Decimal | None, bands: Mapping[str, Decimal] | None) -> str | None:
    """The name of the band that a value falls into; lower bounds are inclusive; below the lowest, blank."""
    if value is None or not bands:
        return None
    reached = [(bound, name) for name, bound in bands.items() if value >= bound]
    return max(reached, key=lambda pair: pair[0])[1] if reached else None


def first(items: list[Any], count: Decimal | None) -> list[Any]:
    """The first `count` items; none where the number is blank or negative."""
    return items[: max(0, int(count))] if count is not None else []


def says(text: str | None, words: Iterable[str]) -> bool | None:
    """Whether a text holds one of some words at least."""
    if text is None:
        return None
    for word in words:  # noqa: SIM110  `any` takes three times as long
        if word in text:
            return True
    return False


def yuan(value: Decimal | None) -> Decimal | None:
    """万元 in 元."""
    return None if value is None else value * _WAN


_SIZED = (str, list, tuple)

# what says that there is no reason, where one is demanded
_NO_WORDS = names("无 没有 暂无 略 不适用 不涉及 不详 无说明 无原因 没有原因 未说明 同上 见上 N/A n/a NA")


def explains(value: Any) -> bool:
    """Whether a text gives a reason: `or 说明` is not met by 无, by 不适用 or by a dash."""
    if not has_value(value) or not isinstance(value, str | tuple):
        return has_value(value)
    text = "".join(str(value).split()).strip("。.，,；;！!（）()")
    return text not in _NO_WORDS and any(sign.isalnum() for sign in text)


def has_value(value: Any) -> bool:
    """Whether there is a value: not blank, no empty text, no empty list; 0 is a value, a record that exists is one."""
    return value is not None and (len(value) > 0 if isinstance(value, _SIZED) else True)
